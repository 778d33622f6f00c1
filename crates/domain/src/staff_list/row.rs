//! A row of a staff list read into values.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::cell::{Cell, address};
use super::column::Column;
use super::known::{Since, SincePrecision};
use super::mapping::Mapping;
use super::parse::{self, Parsed, Reading};
use super::row_kind::row_kind;
use super::text::guess_gender;
use crate::person::{Education, FullName, Gender, Qualification};
use crate::russian::count;

/// Years of age at which the Labor Code lets one work (ст. 63; by general rule, 16).
const LEAST_WORKING_AGE: u32 = 16;

/// The days a row is read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    pub today: NaiveDate,
    /// The day the list was true; experience is counted back from it.
    pub list: NaiveDate,
}

impl Dates {
    /// The day the list itself names, otherwise today.
    pub fn of(mapping: &Mapping, today: NaiveDate) -> Self {
        Self { today, list: mapping.list_date.unwrap_or(today) }
    }
}

/// A value that can be left out or said to be absent: an empty cell is not «без категории».
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stated<T> {
    /// The cell is empty or the list has no such column.
    #[default]
    Empty,
    /// Said that there is none: `б/к`, `-`, `нет`.
    Nothing,
    Value(T),
}

/// Something that was mended while reading a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// «B13».
    pub cell: String,
    pub text: String,
}

/// A cell that cannot be read and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellError {
    /// «C15».
    pub cell: String,
    pub text: String,
}

/// What one row says about one employment of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ParsedRow {
    /// Absent only when the row has errors.
    pub name: Option<FullName>,
    /// As the list says it; see [`ParsedRow::gender_or_guess`].
    pub gender: Option<Gender>,
    pub born_on: Option<NaiveDate>,
    pub position: Option<String>,
    pub subject: Option<String>,
    pub qualification: Stated<Qualification>,
    pub education: Option<Education>,
    pub teaching_since: Option<Since>,
    pub hired_on: Option<Since>,
    pub organization: Option<String>,
    /// Percent of a full post.
    pub share: Option<u16>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub notes: Vec<Note>,
    pub errors: Vec<CellError>,
}

impl ParsedRow {
    /// The gender of the list, otherwise guessed from the patronymic.
    pub fn gender_or_guess(&self) -> Option<Gender> {
        self.gender.or_else(|| {
            let name = self.name.as_ref()?;
            guess_gender(&name.given, name.patronymic.as_deref())
        })
    }
}

/// A row of the sheet after reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Row {
    /// Not a person; the reason in words.
    Skipped(String),
    Person(Box<ParsedRow>),
}

/// Reads one row: `number` counts from 1, `cells` from column A. Errors are kept in the row with their
/// addresses, so that all of them are shown at once.
pub fn parse_row(mapping: &Mapping, number: u32, cells: &[Cell], dates: Dates) -> Row {
    if let Some(reason) = row_kind(mapping, number, cells).reason() {
        return Row::Skipped(reason);
    }
    let mut reader = Reader { number, ..Reader::default() };
    for column in mapping.columns.iter().filter(|column| column.meaning.is_loaded()) {
        let cell = cells.get(column.index).unwrap_or(&Cell::Empty);
        reader.read(column.meaning, column.index, cell, dates);
    }
    reader.finish();
    Row::Person(Box::new(reader.row))
}

#[derive(Default)]
struct Reader {
    number: u32,
    row: ParsedRow,
    /// Surname, given name, patronymic of separate columns.
    name: [Option<String>; 3],
    name_at: usize,
    teaching_at: usize,
    hired_at: usize,
}

impl Reader {
    fn read(&mut self, meaning: Column, index: usize, cell: &Cell, dates: Dates) {
        match meaning {
            Column::FullName => {
                self.name_at = index;
                if !cell.is_empty() {
                    self.row.name = self.take(index, parse::parse_full_name(cell));
                }
            }
            Column::Surname | Column::Given | Column::Patronymic => self.read_name_part(meaning, index, cell),
            Column::Gender => self.row.gender = self.take(index, parse::parse_gender(cell)).flatten(),
            Column::BornOn => {
                self.row.born_on = self.take(index, parse::parse_birth_date(cell, dates.today)).flatten();
            }
            Column::Position => self.row.position = self.take(index, parse::parse_position(cell)).flatten(),
            Column::PositionWithSubject => {
                if let Some((position, subject)) = self.take(index, parse::parse_position_with_subject(cell))
                {
                    self.row.position = position;
                    self.row.subject = subject.or_else(|| self.row.subject.take());
                }
            }
            Column::Subject => {
                let subject = self.take(index, parse::parse_subject(cell)).flatten();
                self.row.subject = subject.or_else(|| self.row.subject.take());
            }
            Column::Qualification if !cell.is_empty() => {
                let said = |value: Option<_>| value.map_or(Stated::Nothing, Stated::Value);
                self.row.qualification =
                    self.take(index, parse::parse_qualification(cell)).map(said).unwrap_or_default();
            }
            Column::Education => {
                self.row.education = self.take(index, parse::parse_education(cell)).flatten();
            }
            Column::TeachingSince => {
                self.teaching_at = index;
                self.row.teaching_since = self.take(index, parse::parse_since(cell, dates.today)).flatten();
            }
            Column::TeachingYears => {
                self.teaching_at = index;
                self.row.teaching_since =
                    self.take(index, parse::parse_experience(cell, dates.list)).flatten();
            }
            Column::HiredOn => {
                self.hired_at = index;
                self.row.hired_on = self.take(index, parse::parse_since(cell, dates.today)).flatten();
            }
            Column::Organization => {
                self.row.organization = Some(cell.shown()).filter(|text| !text.is_empty());
            }
            Column::Share => self.row.share = self.take(index, parse::parse_share(cell)).flatten(),
            Column::Phone => self.row.phone = self.take(index, parse::parse_phone(cell)).flatten(),
            Column::Email => self.row.email = self.take(index, parse::parse_email(cell)).flatten(),
            Column::Qualification | Column::Ordinal | Column::PersonnelNumber | Column::Ignore => {}
        }
    }

    fn read_name_part(&mut self, meaning: Column, index: usize, cell: &Cell) {
        let place = match meaning {
            Column::Surname => 0,
            Column::Given => 1,
            _ => 2,
        };
        if place == 0 {
            self.name_at = index;
        }
        self.name[place] = self.take(index, parse::parse_name_part(cell)).flatten();
    }

    /// Keeps the note or the error of a cell with its address.
    fn take<T>(&mut self, index: usize, reading: Reading<T>) -> Option<T> {
        let cell = address(index, self.number);
        match reading {
            Ok(Parsed { value, note }) => {
                self.row.notes.extend(note.map(|text| Note { cell, text }));
                Some(value)
            }
            Err(problem) => {
                self.row.errors.push(CellError { cell, text: problem.to_string() });
                None
            }
        }
    }

    fn finish(&mut self) {
        if let [Some(surname), Some(given), patronymic] = &self.name {
            self.row.name = Some(FullName::new(surname, given, patronymic.as_deref()));
        }
        if self.row.name.is_none() && self.row.errors.is_empty() {
            let cell = address(self.name_at, self.number);
            let text = "Не указаны фамилия и имя. Впишите их.".to_owned();
            self.row.errors.push(CellError { cell, text });
        }
        self.compare_ages();
    }

    /// Work that begins in childhood is a slip in one of two dates; both are shown, for either may be wrong.
    fn compare_ages(&mut self) {
        let Some(born) = self.row.born_on else { return };
        let begun = [
            (self.row.teaching_since, self.teaching_at, "Педагогическая работа начата"),
            (self.row.hired_on, self.hired_at, "Приём на работу записан"),
        ];
        for (since, at, what) in begun {
            let Some(age) = since.and_then(|since| too_young(born, since)) else { continue };
            let text =
                format!("{what} {age} (дата рождения {}). Проверьте обе даты.", born.format("%d.%m.%Y"));
            self.row.errors.push(CellError { cell: address(at, self.number), text });
        }
    }
}

/// The age in words if a person of this birth could not have worked yet. A year that is all that is known may
/// mean any of its days, so the latest is taken.
fn too_young(born: NaiveDate, since: Since) -> Option<String> {
    let slack = match since.precision {
        SincePrecision::Day => 0,
        SincePrecision::Month | SincePrecision::Year | SincePrecision::Experience => 12,
    };
    let latest = since.date.checked_add_months(Months::new(slack))?;
    let least = born.checked_add_months(Months::new(12 * LEAST_WORKING_AGE))?;
    if latest >= least {
        return None;
    }
    Some(match since.date.years_since(born) {
        Some(years @ 1..) => format!("в {}", count(years.into(), "год", "года", "лет")),
        _ => "до рождения или в первый год жизни".to_owned(),
    })
}
