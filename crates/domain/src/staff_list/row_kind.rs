//! Rows that are not people: headings, totals, signatures. They are skipped with a reason, never silently.

use super::cell::Cell;
use super::column::Column;
use super::mapping::Mapping;
use super::text::search_key;

/// What a row of the sheet is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowKind {
    Data,
    Blank,
    /// Above the header.
    Title,
    /// The header itself, or the same header printed again.
    Header,
    /// `1 | 2 | 3 …` under the header.
    ColumnNumbers,
    /// «Администрация», «Педагоги».
    Section(String),
    /// «Всего: 89».
    Total,
    /// «Исп. секретарь, тел. …».
    Signature,
}

impl RowKind {
    /// Why the row is not loaded; None for data.
    pub fn reason(&self) -> Option<String> {
        Some(match self {
            Self::Data => return None,
            Self::Blank => "Пустая строка.".to_owned(),
            Self::Title => "Строка над таблицей.".to_owned(),
            Self::Header => "Строка с названиями столбцов.".to_owned(),
            Self::ColumnNumbers => "Строка с номерами столбцов.".to_owned(),
            Self::Section(title) => format!("Заголовок раздела «{title}»."),
            Self::Total => "Строка итога.".to_owned(),
            Self::Signature => "Подпись под таблицей.".to_owned(),
        })
    }
}

/// Tells people from everything else.
pub fn row_kind(mapping: &Mapping, number: u32, cells: &[Cell]) -> RowKind {
    let filled: Vec<(usize, &Cell)> = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
    let Some((first_place, first)) = filled.first() else { return RowKind::Blank };
    if number == mapping.header_row || is_header_again(mapping, cells) {
        return RowKind::Header;
    }
    if number < mapping.header_row {
        return RowKind::Title;
    }
    let all_numbers = filled.iter().enumerate().all(|(count, (place, cell))| match cell {
        Cell::Number(number) => {
            number.to_string() == (place + 1).to_string() || number.to_string() == (count + 1).to_string()
        }
        _ => false,
    });
    if all_numbers && filled.len() >= 3 {
        return RowKind::ColumnNumbers;
    }
    let shown = first.shown();
    let key = search_key(&shown);
    let begins = |starts: &[&str]| starts.iter().any(|start| key.starts_with(start));
    if filled.len() <= 4 && begins(&["всего", "итого"]) {
        return RowKind::Total;
    }
    if is_person(mapping, cells, filled.len()) {
        return RowKind::Data;
    }
    let signs = [
        "исп.",
        "исполнитель",
        "составил",
        "подпись",
        "м.п.",
        "мп",
        "директор",
        "руководитель",
        "заведующ",
        "секретарь",
        "ответственн",
        "делопроизводитель",
        "специалист",
        "тел.",
        "дата ",
        "«___",
        "___",
    ];
    if filled.len() <= 3 && begins(&signs) {
        return RowKind::Signature;
    }
    let named =
        [Column::FullName, Column::Surname].iter().any(|name| mapping.index_of(*name) == Some(*first_place));
    let groups =
        ["педагог", "администрац", "работник", "персонал", "совместител", "отпуск", "воспитател", "учител"];
    let grouped = groups.iter().any(|group| key.contains(group));
    if filled.len() == 1 && (!named || grouped || !shown.contains(' ')) && matches!(first, Cell::Text(_)) {
        return RowKind::Section(shown);
    }
    RowKind::Data
}

/// A name stands where names stand, and something else stands beside it.
fn is_person(mapping: &Mapping, cells: &[Cell], filled: usize) -> bool {
    let text = |meaning| {
        mapping
            .index_of(meaning)
            .and_then(|index| cells.get(index))
            .is_some_and(|cell| matches!(cell, Cell::Text(_)) && !cell.is_empty())
    };
    filled >= 2 && (text(Column::FullName) || text(Column::Surname))
}

fn is_header_again(mapping: &Mapping, cells: &[Cell]) -> bool {
    let named: Vec<_> = mapping
        .columns
        .iter()
        .filter(|column| column.meaning.is_loaded() && !column.heading.is_empty())
        .collect();
    named.len() >= 2
        && named.iter().all(|column| {
            cells
                .get(column.index)
                .is_some_and(|cell| search_key(&cell.shown()) == search_key(&column.heading))
        })
}
