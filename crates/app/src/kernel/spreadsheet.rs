//! Reading XLSX files of strangers in flat memory.
//!
//! The library believes what a file says about itself: a file of 1 423 bytes made it take 3.1 GB and another
//! of 1 429 bytes aborted the process. So every part is unpacked and looked through with counters first
//! (see [`inspect`]), and only a file within the [`Limits`] reaches the library, which then reads cell by cell.

mod inspect;
mod markup;
#[cfg(test)]
mod memory_tests;
#[cfg(test)]
mod staff_tests;
#[cfg(test)]
mod tests;

use std::io::{BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx};
use chrono::NaiveDate;
use nastavnik_domain::staff_list::Cell;

/// What a file may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub file_bytes: u64,
    /// All parts together after unpacking.
    pub unpacked_bytes: u64,
    /// Unpacked to packed, of one part; parts under a megabyte are not asked.
    pub ratio: u64,
    pub parts: usize,
    pub rows: u32,
    pub columns: usize,
    /// Cells of all sheets, empty formatted ones too: each costs time.
    pub cells: u64,
    /// Texts of the table shared by all sheets; the library keeps them in memory.
    pub shared_strings: u64,
    pub shared_string_bytes: u64,
    /// One cell, one tag or one comment.
    pub piece_bytes: u64,
    /// Tags in a part that the library keeps in memory whole (styles, relations, the list of sheets).
    pub kept_tags: u64,
}

impl Limits {
    /// For staff lists that people upload.
    pub const UPLOAD: Self = Self {
        file_bytes: 20 << 20,
        unpacked_bytes: 50 << 20,
        ratio: 100,
        parts: 200,
        rows: 50_000,
        columns: 200,
        cells: 1_000_000,
        shared_strings: 500_000,
        shared_string_bytes: 24 << 20,
        piece_bytes: 256 << 10,
        kept_tags: 150_000,
    };

    /// For lists loaded from the command line by the administrator of the machine: a region at once.
    pub const COMMAND_LINE: Self =
        Self { unpacked_bytes: 200 << 20, rows: 200_000, cells: 4_000_000, ..Self::UPLOAD };
}

/// Why a file is not read: what is wrong and how to mend it, for the message at the field of the file.
#[derive(Debug, thiserror::Error)]
pub enum SpreadsheetError {
    #[error("Файл больше {megabytes} МБ. Оставьте в нём только лист со списком и сохраните снова.")]
    TooBig { megabytes: u64 },
    #[error(
        "Это не таблица Excel: содержимое файла не распознано. Откройте список в Excel или LibreOffice и сохраните как .xlsx."
    )]
    NotSpreadsheet,
    #[error("Это документ Word, а не таблица. Скопируйте список в Excel и сохраните как .xlsx.")]
    WordDocument,
    #[error("Это таблица OpenDocument. Откройте её и сохраните как .xlsx.")]
    OpenDocument,
    #[error("Это таблица старого образца (.xls). Откройте её и сохраните как .xlsx.")]
    OldExcel,
    #[error("Это двоичная таблица (.xlsb). Откройте её и сохраните как .xlsx.")]
    BinaryExcel,
    #[error("Файл закрыт паролем. Снимите пароль: «Файл», «Сведения», «Защита книги», и сохраните снова.")]
    Encrypted,
    #[error("Файл пуст. Выберите файл со списком.")]
    EmptyFile,
    #[error("На листе «{sheet}» нет ни одной заполненной ячейки. Выберите другой лист или другой файл.")]
    EmptySheet { sheet: String },
    #[error("В книге нет листа «{sheet}». Выберите лист из списка.")]
    NoSheet { sheet: String },
    #[error(
        "Файл повреждён и не читается. Откройте его в Excel или LibreOffice и сохраните как .xlsx заново."
    )]
    Damaged,
    #[error("Файл устроен необычно: {what}. Скопируйте список в новую книгу и сохраните как .xlsx.")]
    Suspicious { what: &'static str },
    #[error("В таблице больше {limit} строк. Разделите список на несколько файлов.")]
    TooManyRows { limit: u32 },
    #[error(
        "Ячейка {cell} заполнена за пределами {limit} столбцов. Удалите лишние столбцы справа от списка."
    )]
    TooManyColumns { cell: String, limit: usize },
    #[error(
        "В книге больше {limit} ячеек, считая пустые с оформлением. Скопируйте список в новую книгу и сохраните её."
    )]
    TooManyCells { limit: u64 },
    #[error("Файл не удалось прочитать с диска. Попробуйте выбрать его ещё раз.")]
    Io(#[from] std::io::Error),
}

/// A workbook that has passed the inspection.
pub struct Workbook<R: Read + Seek> {
    book: Xlsx<R>,
    limits: Limits,
}

impl Workbook<BufReader<std::fs::File>> {
    /// Opens a file on the disk.
    pub fn open_path(path: &Path, limits: &Limits) -> Result<Self, SpreadsheetError> {
        Self::open(BufReader::new(std::fs::File::open(path)?), limits)
    }
}

impl<R: Read + Seek> Workbook<R> {
    /// Looks the whole file through and opens it.
    pub fn open(mut source: R, limits: &Limits) -> Result<Self, SpreadsheetError> {
        inspect::inspect(&mut source, limits)?;
        source.rewind()?;
        let book = guarded(|| Xlsx::new(source))?;
        Ok(Self { book, limits: *limits })
    }

    /// The names of the sheets in their order.
    pub fn sheets(&self) -> Vec<String> {
        self.book.sheet_names()
    }

    /// Gives every row that has a filled cell to `row`, from top to bottom: its number from 1 and its cells from
    /// column A. Of merged cells the first has the value, the others are empty. Returns the number of rows given;
    /// `row` stops the reading by [`ControlFlow::Break`].
    pub fn read(
        &mut self,
        sheet: &str,
        mut row: impl FnMut(u32, &[Cell]) -> ControlFlow<()>,
    ) -> Result<u32, SpreadsheetError> {
        if !self.book.sheet_names().iter().any(|name| name == sheet) {
            return Err(SpreadsheetError::NoSheet { sheet: sheet.to_owned() });
        }
        let limits = self.limits;
        let mut reader = guarded(|| self.book.worksheet_cells_reader(sheet))?;
        let mut current = Row::default();
        let mut given = 0;
        while let Some(cell) = guarded(|| reader.next_cell())? {
            let (place, value) = (cell.get_position(), convert(cell.get_value()));
            if value.is_empty() {
                continue;
            }
            let number = place.0.saturating_add(1);
            if number < current.number {
                return Err(SpreadsheetError::Suspicious {
                    what: "строки идут не по порядку"
                });
            }
            if number > limits.rows {
                return Err(SpreadsheetError::TooManyRows { limit: limits.rows });
            }
            if number > current.number {
                given += u32::from(current.number > 0);
                if current.give(&mut row).is_break() {
                    return Ok(given);
                }
                current.begin(number);
            }
            current.put(place.1, value, &limits)?;
        }
        if current.number == 0 {
            return Err(SpreadsheetError::EmptySheet { sheet: sheet.to_owned() });
        }
        let _ = current.give(&mut row);
        Ok(given + 1)
    }
}

/// The row being gathered; the cells are reused from row to row.
#[derive(Default)]
struct Row {
    /// 0 before the first filled cell.
    number: u32,
    cells: Vec<Cell>,
}

impl Row {
    fn begin(&mut self, number: u32) {
        self.number = number;
        self.cells.clear();
    }

    fn put(&mut self, column: u32, value: Cell, limits: &Limits) -> Result<(), SpreadsheetError> {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= limits.columns {
            let cell = nastavnik_domain::staff_list::address(column, self.number);
            return Err(SpreadsheetError::TooManyColumns { cell, limit: limits.columns });
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Cell::Empty);
        }
        self.cells[column] = value;
        Ok(())
    }

    fn give(&self, row: &mut impl FnMut(u32, &[Cell]) -> ControlFlow<()>) -> ControlFlow<()> {
        if self.number == 0 { ControlFlow::Continue(()) } else { row(self.number, &self.cells) }
    }
}

/// The library subtracts and multiplies numbers of the file without checking; what it breaks on is a damaged file.
fn guarded<T>(call: impl FnOnce() -> Result<T, calamine::XlsxError>) -> Result<T, SpreadsheetError> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(calamine::XlsxError::Io(error))) => Err(SpreadsheetError::Io(error)),
        Ok(Err(calamine::XlsxError::Password)) => Err(SpreadsheetError::Encrypted),
        Ok(Err(_)) | Err(_) => Err(SpreadsheetError::Damaged),
    }
}

fn convert(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) | DataRef::DurationIso(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Float(number) => number_cell(*number),
        #[expect(clippy::cast_precision_loss, reason = "spreadsheets keep all numbers as floats")]
        DataRef::Int(number) => number_cell(*number as f64),
        DataRef::Bool(value) => Cell::Bool(*value),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
            // A time of the day or a duration is no date.
            let dated = moment.is_datetime() && moment.as_f64() >= 1.0;
            date.filter(|_| dated).map_or_else(|| number_cell(moment.as_f64()), Cell::Date)
        }
        DataRef::DateTimeIso(text) => text
            .get(..10)
            .and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok())
            .map_or_else(|| text_cell(text), Cell::Date),
        DataRef::Error(error) => Cell::Text(error.to_string()),
    }
}

fn number_cell(number: f64) -> Cell {
    if number.is_finite() { Cell::Number(number) } else { Cell::Text("не число".to_owned()) }
}

fn text_cell(text: &str) -> Cell {
    if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// The names of the sheets of a file in memory.
pub fn sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<String>, SpreadsheetError> {
    Workbook::open(std::io::Cursor::new(bytes), limits).map(|book| book.sheets())
}

/// Reads a sheet of a file in memory; see [`Workbook::read`].
pub fn read(
    bytes: &[u8],
    sheet: &str,
    limits: &Limits,
    row: impl FnMut(u32, &[Cell]) -> ControlFlow<()>,
) -> Result<u32, SpreadsheetError> {
    Workbook::open(std::io::Cursor::new(bytes), limits)?.read(sheet, row)
}
