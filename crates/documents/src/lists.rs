//! XLSX lists: text stays text, dates stay dates, and no cell can become a formula.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::PaperError;
use crate::typography::is_printable;

/// Rows of a sheet below its heading.
const MAX_ROWS: u32 = 1_048_575;

/// UTF-16 units in a cell; a longer text makes the whole file unreadable.
const MAX_TEXT: usize = 32_767;

/// A column of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListColumn {
    /// Heading.
    pub title: String,
    /// Width in characters of the usual font.
    pub width: f64,
    /// What its cells hold.
    pub kind: ColumnKind,
}

/// What the cells of a column hold: how they look and whether their text is guarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text typed by people: guarded against formulas.
    Text,
    /// Telephone numbers: «+7…» is left as it is, the cell is of type text.
    Phone,
    /// Whole numbers or fractions.
    Number,
    /// Sums in kopecks shown in rubles.
    Money,
    /// Dates without time.
    Date,
    /// Dates with time.
    Moment,
}

/// A value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A sum in kopecks.
    Money(i64),
    /// A date.
    Date(NaiveDate),
    /// A date with time by the clock of the municipality.
    Moment(NaiveDateTime),
}

/// Writes a list: heading frozen and filtered, landscape, the heading repeated on each printed sheet.
///
/// The rows are streamed: memory does not grow with their number. Text beginning with `=`, `+`, `-`, `@`, a tab or a
/// line end gets an apostrophe in front (except [`ColumnKind::Phone`]), so that no later saving as CSV makes it run.
///
/// # Errors
/// No columns, more rows than a sheet can hold, or a file that could not be packed.
pub fn table<R>(sheet_name: &str, columns: &[ListColumn], rows: R) -> Result<Vec<u8>, PaperError>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    written(sheet_name, None, columns, rows)
}

/// The same with a line above the heading that tells people what to do with the table.
///
/// # Errors
/// As of [`table`].
pub fn table_with_note<R>(
    sheet_name: &str,
    note: &str,
    columns: &[ListColumn],
    rows: R,
) -> Result<Vec<u8>, PaperError>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    written(sheet_name, Some(note), columns, rows)
}

fn written<R>(
    sheet_name: &str,
    note: Option<&str>,
    columns: &[ListColumn],
    rows: R,
) -> Result<Vec<u8>, PaperError>
where
    R: IntoIterator<Item = Vec<Cell>>,
{
    let last = columns.len().checked_sub(1).and_then(|last| u16::try_from(last).ok());
    let last = last.ok_or(PaperError::Empty("в списке нет столбцов"))?;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
    sheet.set_name(safe_name(sheet_name)).map_err(failed)?;
    let top = u32::from(note.is_some());
    if let Some(note) = note {
        sheet.write_string_with_format(0, 0, guarded(note), &Format::new().set_italic()).map_err(failed)?;
    }
    heading(sheet, top, columns).map_err(failed)?;

    let formats: Vec<Format> = columns.iter().map(|column| column.kind.format()).collect();
    let mut written = top;
    for row in rows {
        if written == MAX_ROWS {
            return Err(PaperError::TooLarge(format!("строк больше {MAX_ROWS}")));
        }
        written += 1;
        for ((index, cell), (column, format)) in (0_u16..).zip(&row).zip(columns.iter().zip(&formats)) {
            write(sheet, (written, index), cell, column.kind, format).map_err(failed)?;
        }
    }
    sheet.autofilter(top, 0, written, last).map_err(failed)?;
    workbook.save_to_buffer().map_err(failed)
}

impl ColumnKind {
    fn format(self) -> Format {
        let format = Format::new().set_align(FormatAlign::Top);
        match self {
            Self::Text => format.set_text_wrap(),
            Self::Phone => format.set_num_format("@"),
            Self::Number => format,
            Self::Money => format.set_num_format("#,##0.00"),
            Self::Date => format.set_num_format("dd.mm.yyyy"),
            Self::Moment => format.set_num_format("dd.mm.yyyy hh:mm"),
        }
    }
}

fn heading(sheet: &mut Worksheet, top: u32, columns: &[ListColumn]) -> Result<(), XlsxError> {
    let bold = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_border(FormatBorder::Thin);
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(top, top)?;
    sheet.set_freeze_panes(top + 1, 0)?;
    for (index, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(index, column.width)?;
        sheet.write_string_with_format(top, index, guarded(&column.title), &bold)?;
    }
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    kind: ColumnKind,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => {
            let text = if kind == ColumnKind::Phone { Cow::Owned(fitting(text)) } else { guarded(text) };
            sheet.write_string_with_format(row, column, text, format)?
        }
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number, format)?,
        Cell::Money(kopecks) => sheet.write_number_with_format(row, column, rubles(*kopecks), format)?,
        Cell::Date(date) => sheet.write_datetime_with_format(row, column, day(*date)?, format)?,
        Cell::Moment(moment) => {
            let time = day(moment.date())?.and_hms(hour(moment), minute(moment), 0_u8)?;
            sheet.write_datetime_with_format(row, column, time, format)?
        }
    };
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a spreadsheet knows only floating numbers; sums stay far below 2^53"
)]
fn rubles(kopecks: i64) -> f64 {
    kopecks as f64 / 100.0
}

fn day(date: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(date.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(
        year,
        u8::try_from(date.month()).unwrap_or_default(),
        u8::try_from(date.day()).unwrap_or_default(),
    )
}

fn hour(moment: &NaiveDateTime) -> u16 {
    u16::try_from(moment.hour()).unwrap_or_default()
}

fn minute(moment: &NaiveDateTime) -> u8 {
    u8::try_from(moment.minute()).unwrap_or_default()
}

/// Puts an apostrophe before what a spreadsheet could take for a formula (OWASP ASVS 1.2.10).
fn guarded(text: &str) -> Cow<'static, str> {
    let dangerous = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
    let text = fitting(text);
    // A dropped invisible character may have hidden the dangerous one.
    let revealed = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    Cow::Owned(if dangerous || revealed { fitting(&format!("'{text}")) } else { text })
}

/// Only what XML can hold and a cell can fit.
fn fitting(text: &str) -> String {
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= MAX_TEXT
    };
    text.chars().filter(|letter| is_printable(*letter)).take_while(fits).collect()
}

/// A name a spreadsheet accepts: at most 31 letters, none of `[]:*?/\`, no apostrophe at the ends.
fn safe_name(name: &str) -> String {
    let plain = |letter: char| if "[]:*?/\\".contains(letter) { ' ' } else { letter };
    let name: String = name.chars().filter(|letter| !letter.is_control()).map(plain).collect();
    let name: String = name.trim_matches(['\'', ' ']).chars().take(31).collect();
    let name = name.trim_matches(['\'', ' ']);
    if name.is_empty() { "Список".to_owned() } else { name.to_owned() }
}

fn failed(error: impl std::fmt::Display) -> PaperError {
    PaperError::Package(error.to_string())
}
