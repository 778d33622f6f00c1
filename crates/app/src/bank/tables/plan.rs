//! What a table that came back would change: exactly the cells that differ, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use nastavnik_domain::category::Category;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::russian::search_key;
use nastavnik_domain::staff_list::{Cell, parse_email, parse_phone};
use serde::{Deserialize, Serialize};

use super::code::Code;
use super::reading::{FileCell, FileRow};
use super::records::{Column, Record, Subject, kinds, yes_or_no};
use crate::bank::decisions::REASON;
use crate::bank::listing_up::NOTE;
use crate::bank::needs::Standing;
use crate::kernel::filters::short_date;
use crate::kernel::forms::Form;
use crate::kernel::ids;

/// Longest note of time and place.
const TIME_AND_PLACE: usize = 300;

/// Everything a table would do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) problems: Vec<Problem>,
    /// Rows in which nothing differs.
    pub(super) untouched: u64,
}

/// What would change in one record.
#[derive(Debug)]
pub(super) struct Step {
    /// Its place among the records.
    pub(super) record: usize,
    pub(super) name: String,
    pub(super) number: u32,
    pub(super) changes: Vec<Change>,
    /// Goes with the decisions among the changes.
    pub(super) reason: String,
}

/// One cell before and after, as the table shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) column: Column,
    pub(super) before: String,
    pub(super) after: String,
}

/// Something that must be mended in the file first.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// «C15».
    pub(super) at: String,
    pub(super) name: String,
    pub(super) message: String,
}

/// A line of the preview and of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ReportLine {
    pub(super) row: u32,
    pub(super) name: String,
    pub(super) column: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// What the comparison needs beside the rows and the records.
pub(super) struct Frame {
    pub(super) most_places: u32,
    pub(super) today: chrono::NaiveDate,
}

impl Plan {
    /// Compares the rows of a file with the records within reach.
    pub(super) fn of(rows: &[FileRow], records: &[Record], frame: &Frame) -> Self {
        let places: BTreeMap<&str, usize> =
            records.iter().enumerate().map(|(place, record)| (record.key.as_str(), place)).collect();
        let mut plan = Self::default();
        let mut met = BTreeSet::new();
        for row in rows {
            match found(row, &places, &mut met) {
                Ok((place, code)) => plan.compare(row, (place, &records[place]), &code, frame),
                Err(message) => {
                    plan.problems.push(Problem { at: row.code_at.clone(), name: String::new(), message });
                }
            }
        }
        plan
    }

    fn compare(&mut self, row: &FileRow, (place, record): (usize, &Record), code: &Code, frame: &Frame) {
        let name = || record.name.clone();
        let mut changes = Vec::new();
        let mut is_wrong = false;
        for (&column, cell) in &row.cells {
            match changed(record, column, cell, frame) {
                Ok(change) => changes.extend(change),
                Err(message) => {
                    is_wrong = true;
                    self.problems.push(Problem { at: cell.at.clone(), name: name(), message });
                }
            }
        }
        let reason = row.cells.get(&Column::Reason).map(|cell| cell.text.clone()).unwrap_or_default();
        if let Some((at, message)) = unreasoned(row, &changes, &reason) {
            is_wrong = true;
            self.problems.push(Problem { at, name: name(), message });
        }
        if is_wrong {
            return;
        }
        if changes.is_empty() {
            self.untouched += 1;
        } else if code.stamp == record.code().stamp {
            self.steps.push(Step { record: place, name: name(), number: row.number, changes, reason });
        } else {
            let message = "Эту запись изменили в программе после выгрузки таблицы. Выгрузите таблицу заново и повторите \
                           правку в этой строке: чужие изменения не затираются.";
            self.problems.push(Problem {
                at: row.code_at.clone(),
                name: name(),
                message: message.to_owned(),
            });
        }
    }

    /// How many cells would change.
    pub(super) fn changes(&self) -> usize {
        self.steps.iter().map(|step| step.changes.len()).sum()
    }

    /// The lines of the preview.
    pub(super) fn lines(&self) -> Vec<ReportLine> {
        let lines = self.steps.iter().flat_map(|step| {
            step.changes.iter().map(|change| ReportLine {
                row: step.number,
                name: step.name.clone(),
                column: change.column.title(),
                before: change.before.clone(),
                after: change.after.clone(),
            })
        });
        lines.collect()
    }

    /// Tells whether two plans would do the same.
    pub(super) fn fingerprint(&self) -> anyhow::Result<String> {
        let reasons: Vec<&str> = self.steps.iter().map(|step| step.reason.as_str()).collect();
        Ok(ids::fingerprint(serde_json::to_string(&(self.lines(), reasons, self.problems.len()))?.as_bytes()))
    }
}

/// The record of a row, or what to do about its code.
fn found(
    row: &FileRow,
    places: &BTreeMap<&str, usize>,
    met: &mut BTreeSet<usize>,
) -> Result<(usize, Code), String> {
    if row.code.is_empty() {
        return Err("В строке нет кода записи. Если он стёрт, скопируйте его из свежей выгрузки. Новых людей вносят в \
                    банк на его странице, не таблицей."
            .to_owned());
    }
    let code = Code::read(&row.code).ok_or(
        "Код записи повреждён. Скопируйте его из свежей выгрузки таблицы или удалите эту строку из файла.",
    )?;
    let place = *places.get(code.key.as_str()).ok_or(
        "Записи с этим кодом среди ваших нет: она из другой организации, из другой таблицы банка или уже выведена из \
         него. Удалите эту строку из файла.",
    )?;
    if !met.insert(place) {
        return Err("Эта запись уже есть в таблице выше. Оставьте одну строку из двух.".to_owned());
    }
    Ok((place, code))
}

/// The change of a cell, if it differs, or what is wrong with it.
fn changed(
    record: &Record,
    column: Column,
    cell: &FileCell,
    frame: &Frame,
) -> Result<Option<Change>, String> {
    let before = record.cell(column);
    if column == Column::Reason || cell.text == before {
        return Ok(None);
    }
    let text = cell.text.as_str();
    let after = match column {
        Column::Capacity => places(text, frame.most_places)?,
        Column::Kinds => kinds(&read_kinds(text)?),
        Column::TimeAndPlace => paragraphs(&column.title(), text, TIME_AND_PLACE)?,
        Column::Note => paragraphs(&column.title(), text, NOTE)?,
        Column::Remotely | Column::Register => yes_or_no(read_yes(text)?).to_owned(),
        Column::Phone => parse_phone(&as_cell(text)).map_err(|problem| problem.0)?.value.unwrap_or_default(),
        Column::Email => parse_email(&as_cell(text)).map_err(|problem| problem.0)?.value.unwrap_or_default(),
        Column::Decision(category) => decision(record, category, text)?,
        Column::Confirmation => return confirmation(record, text, frame),
        Column::Reason => return Ok(None),
    };
    Ok((after != before).then(|| Change { column, before: before.to_owned(), after }))
}

fn places(text: &str, most: u32) -> Result<String, String> {
    let number = text.parse::<u32>().ok().filter(|number| *number <= most);
    number.map(|number| number.to_string()).ok_or_else(|| format!("Впишите целое число от 0 до {most}."))
}

fn paragraphs(label: &str, text: &str, longest: usize) -> Result<String, String> {
    let mut form = Form::blank().with("cell", text);
    let read = form.optional_paragraphs("cell", label, longest).unwrap_or_default();
    match form.error_at("cell") {
        Some(message) => Err(message.to_owned()),
        None => Ok(read),
    }
}

fn read_kinds(text: &str) -> Result<Vec<Kind>, String> {
    let parts = text.split([';', ',', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let known = |part: &str| {
        let key = search_key(part);
        let first = |title: &str| search_key(title.split(" (").next().unwrap_or(title));
        let kind =
            Kind::ALL.into_iter().find(|kind| search_key(kind.title()) == key || first(kind.title()) == key);
        kind.ok_or_else(|| {
            let titles: Vec<&str> = Kind::ALL.into_iter().map(Kind::title).collect();
            format!(
                "«{part}»: такого вида наставничества нет. Перечислите через точку с запятой: {}.",
                titles.join("; ")
            )
        })
    };
    parts.map(known).collect()
}

fn read_yes(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "да" | "+" | "1" => Ok(true),
        "" | "нет" | "-" | "–" | "0" => Ok(false),
        _ => Err("Впишите «да» или «нет».".to_owned()),
    }
}

fn as_cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn decision(record: &Record, category: Category, text: &str) -> Result<String, String> {
    let after = match text.to_lowercase().as_str() {
        "подтверждено" | "подтвердить" => Standing::Confirmed,
        "отклонено" | "отклонить" => Standing::Declined,
        _ => return Err("Впишите «подтверждено» или «отклонено» или верните то, что было.".to_owned()),
    };
    let Subject::Mentee(need, _) = &record.subject else { return Ok(after.title().to_owned()) };
    match need.entry(category).map(super::super::needs::Entry::standing) {
        Some(Standing::Proposed) => Ok(after.title().to_owned()),
        Some(known) if known == after => Ok(after.title().to_owned()),
        Some(_) => {
            Err("Решение об этой категории уже принято. Отозвать его можно на странице педагога.".to_owned())
        }
        None if category == Category::NeedsNewSkill && after == Standing::Confirmed => {
            Ok(after.title().to_owned())
        }
        None => Err(
            "Данные списка работников не говорят об этой категории: решать нечего. Оставьте ячейку пустой."
                .to_owned(),
        ),
    }
}

fn confirmation(record: &Record, text: &str, frame: &Frame) -> Result<Option<Change>, String> {
    let asked = read_yes(text)
        .map_err(|_| "Впишите «да», чтобы подтвердить запись, или оставьте пустым.".to_owned())?;
    let Some(mark) = record.mark() else {
        return if asked {
            Err("Этого педагога ещё нет в банке: решение о категории и будет подтверждением.".to_owned())
        } else {
            Ok(None)
        };
    };
    let change = || Change {
        column: Column::Confirmation,
        before: short_date(mark.on),
        after: short_date(frame.today),
    };
    Ok((asked && mark.on < frame.today).then(change))
}

/// Where a reason is missing or too long for the decisions among the changes.
fn unreasoned(row: &FileRow, changes: &[Change], reason: &str) -> Option<(String, String)> {
    let decided = changes.iter().find(|change| {
        let declined = change.after == Standing::Declined.title();
        matches!(change.column, Column::Decision(category) if declined || category == Category::NeedsNewSkill)
    });
    let at =
        |column: Column| row.cells.get(&column).map_or_else(|| row.code_at.clone(), |cell| cell.at.clone());
    if let Some(change) = decided.filter(|_| reason.is_empty()) {
        let message = "Впишите причину в столбец «Основание или причина решения»: без неё предложение не отклоняют, а \
                       новую потребность не записывают (п. 1.4).";
        return Some((at(change.column), message.to_owned()));
    }
    let is_used = changes.iter().any(|change| matches!(change.column, Column::Decision(_)));
    if !is_used {
        return None;
    }
    paragraphs(&Column::Reason.title(), reason, REASON).err().map(|message| (at(Column::Reason), message))
}
