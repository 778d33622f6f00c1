//! From the file to rows: where the heading is, which columns may be changed, what stands in them.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use nastavnik_domain::russian::search_key;
use nastavnik_domain::staff_list::{Cell, address};

use super::records::{CODE, Column, MAY_CHANGE};
use crate::bank::store::Side;
use crate::kernel::spreadsheet::{Limits, SpreadsheetError, Workbook};

/// Rows before which the heading must stand.
const HEADING_DEPTH: u32 = 30;

/// The bank of a municipality is far smaller than a staff list of a region.
const LIMITS: Limits = Limits { rows: 20_000, cells: 400_000, ..Limits::UPLOAD };

/// Why a file is not a table of the bank.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadingError {
    #[error(transparent)]
    Spreadsheet(#[from] SpreadsheetError),
    #[error(
        "В файле нет столбца «{CODE}». Загрузите таблицу, выгруженную из банка, и не удаляйте её последний столбец."
    )]
    NoCode,
    #[error("В файле нет ни одного столбца, который можно менять. Выгрузите таблицу заново и правьте её.")]
    NoColumns,
}

/// A row of the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FileRow {
    pub(super) number: u32,
    /// «N7»: where the code stands.
    pub(super) code_at: String,
    pub(super) code: String,
    pub(super) cells: BTreeMap<Column, FileCell>,
}

/// A cell that may have been changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FileCell {
    pub(super) at: String,
    pub(super) text: String,
}

/// Reads the sheet that has the codes.
pub(super) fn read(content: &[u8], side: Side) -> Result<Vec<FileRow>, ReadingError> {
    let mut book = Workbook::open(std::io::Cursor::new(content), &LIMITS)?;
    let mut problem = None;
    for sheet in book.sheets() {
        let mut reader = Reader { side, heading: None, rows: Vec::new() };
        match book.read(&sheet, |number, cells| reader.take(number, cells)) {
            Err(error) => problem = problem.or(Some(error)),
            Ok(_) => match reader.heading {
                None => {}
                Some(heading) if heading.columns.is_empty() => return Err(ReadingError::NoColumns),
                Some(_) => return Ok(reader.rows),
            },
        }
    }
    Err(problem.map_or(ReadingError::NoCode, ReadingError::Spreadsheet))
}

struct Reader {
    side: Side,
    heading: Option<Heading>,
    rows: Vec<FileRow>,
}

/// Where the columns stand.
struct Heading {
    code: usize,
    columns: Vec<(Column, usize)>,
}

impl Reader {
    fn take(&mut self, number: u32, cells: &[Cell]) -> ControlFlow<()> {
        match &self.heading {
            Some(heading) => self.rows.extend(heading.row(number, cells)),
            None if number > HEADING_DEPTH => return ControlFlow::Break(()),
            None => self.heading = Heading::of(cells, self.side),
        }
        ControlFlow::Continue(())
    }
}

impl Heading {
    fn of(cells: &[Cell], side: Side) -> Option<Self> {
        let keys: Vec<String> = cells.iter().map(|cell| search_key(&cell.shown())).collect();
        let place = |title: &str| keys.iter().position(|key| *key == search_key(title));
        let code = place(CODE)?;
        let may_be_changed = |column: Column| {
            let title = column.title();
            Some((column, place(&format!("{title}{MAY_CHANGE}")).or_else(|| place(&title))?))
        };
        Some(Self { code, columns: Column::of(side).into_iter().filter_map(may_be_changed).collect() })
    }

    /// The row, unless nothing stands in it.
    fn row(&self, number: u32, cells: &[Cell]) -> Option<FileRow> {
        if cells.iter().all(Cell::is_empty) {
            return None;
        }
        let text = |index: usize| cells.get(index).map(text).unwrap_or_default();
        let cell = |&(column, index): &(Column, usize)| {
            (column, FileCell { at: address(index, number), text: text(index) })
        };
        Some(FileRow {
            number,
            code_at: address(self.code, number),
            code: text(self.code),
            cells: self.columns.iter().map(cell).collect(),
        })
    }
}

/// What a person meant by a cell: lines of a text stay, and the apostrophe that guards a text against being taken
/// for a formula is none of its letters.
fn text(cell: &Cell) -> String {
    let Cell::Text(text) = cell else { return cell.shown() };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    let guarded =
        text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']));
    guarded.unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use nastavnik_documents as paper;

    use super::*;

    fn workbook(titles: &[&str], rows: &[&[&str]]) -> Vec<u8> {
        let column = |title: &&str| paper::ListColumn {
            title: (*title).to_owned(),
            width: 20.0,
            kind: paper::ColumnKind::Text,
        };
        let columns: Vec<_> = titles.iter().map(column).collect();
        let cells = |row: &&[&str]| row.iter().map(|text| paper::Cell::Text((*text).to_owned())).collect();
        paper::table("Банк", &columns, rows.iter().map(cells)).unwrap()
    }

    #[test]
    fn columns_are_found_wherever_they_stand() {
        let titles = ["код записи – НЕ менять", "чужой столбец", "Примечание (можно менять)", "Мест всего"];
        let book = workbook(&titles, &[&["abc", "x", "=1+1", "3"], &["", "", "", ""], &["", "y", "", ""]]);
        let rows = read(&book, Side::Mentor).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].number, rows[0].code_at.as_str(), rows[0].code.as_str()), (2, "A2", "abc"));
        let note = FileCell { at: "C2".to_owned(), text: "=1+1".to_owned() };
        assert_eq!(rows[0].cells[&Column::Note], note);
        assert_eq!(rows[0].cells[&Column::Capacity].text, "3");
        assert_eq!((rows[1].number, rows[1].code.as_str()), (4, ""));
    }

    #[test]
    fn what_is_no_table_of_the_bank_is_told_in_words() {
        let told = |content: &[u8]| read(content, Side::Mentor).unwrap_err().to_string();
        assert!(told(&workbook(&["Фамилия"], &[&["Ёлкина"]])).contains("нет столбца «Код записи"));
        assert!(told(&workbook(&[CODE], &[&["abc"]])).contains("ни одного столбца"));
        assert!(told(b"").contains("Файл пуст"));
        assert!(told(b"PK\x03\x04 nonsense").contains("поврежд"));
        assert!(told(b"%PDF-1.7").contains("не таблица Excel"));
    }
}
