//! From the file to rows: which sheet holds the people, what its columns mean, what its rows say.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::NaiveDate;
use nastavnik_domain::organization::OrganizationKind;
use nastavnik_domain::russian::search_key;
use nastavnik_domain::staff_list::{
    Cell, Dates, Mapping, MappingError, Row, SAMPLE_ROWS, SheetRow, detect, parse_row,
};

use super::kinds;
use super::model::Chosen;
use crate::kernel::spreadsheet::{Limits, SpreadsheetError, Workbook};

type Book = Workbook<BufReader<File>>;

/// A list that has been read.
pub(super) struct Reading {
    pub(super) sheets: Vec<String>,
    pub(super) sheet: String,
    pub(super) mapping: Mapping,
    /// Why rows can't be read until the meanings of columns are mended.
    pub(super) problem: Option<MappingError>,
    pub(super) rows: Vec<(u32, Row)>,
    /// Organizations of a sheet of their own.
    pub(super) listed: Vec<Listed>,
}

/// An organization named by the list itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) kind: Option<OrganizationKind>,
}

/// Why a file can't be shown row by row.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadingError {
    #[error(transparent)]
    Spreadsheet(#[from] SpreadsheetError),
    #[error(transparent)]
    Mapping(#[from] MappingError),
}

/// Looks a file through without keeping anything: is there a sheet with something in it?
pub(super) fn check(content: &[u8], limits: &Limits) -> Result<(), SpreadsheetError> {
    let mut book = Workbook::open(std::io::Cursor::new(content), limits)?;
    let mut problem = None;
    for sheet in book.sheets() {
        match book.read(&sheet, |_, _| ControlFlow::Break(())) {
            Ok(_) => return Ok(()),
            Err(error) => problem = problem.or(Some(error)),
        }
    }
    Err(problem.unwrap_or(SpreadsheetError::NotSpreadsheet))
}

/// Reads the list. What the user has chosen goes before what the program proposes.
pub(super) fn read(
    path: &Path,
    limits: &Limits,
    chosen: &Chosen,
    today: NaiveDate,
) -> Result<Reading, ReadingError> {
    let mut book = Workbook::open_path(path, limits)?;
    let sheets = book.sheets();
    let (sheet, proposed) = choose_sheet(&mut book, &sheets, chosen.sheet.as_deref())?;
    let kept = chosen.mapping.clone().filter(|_| chosen.sheet.as_ref() == Some(&sheet));
    let mapping = kept.map_or(proposed, Ok)?;
    let problem = mapping.validate().err();
    let rows = if problem.is_none() { read_rows(&mut book, &sheet, &mapping, today)? } else { Vec::new() };
    let listed = sheets.iter().filter(|other| **other != sheet).find_map(|other| listed(&mut book, other));
    Ok(Reading { sheets, sheet, mapping, problem, rows, listed: listed.unwrap_or_default() })
}

type Proposal = (String, Result<Mapping, MappingError>);

/// The sheet asked for, otherwise the first whose columns are understood, otherwise the first with a header.
fn choose_sheet(
    book: &mut Book,
    sheets: &[String],
    asked: Option<&str>,
) -> Result<Proposal, SpreadsheetError> {
    let mut best: Option<Proposal> = None;
    let mut problem = None;
    for sheet in sheets.iter().filter(|sheet| asked.is_none_or(|asked| asked == *sheet)) {
        let rows = match sample(book, sheet) {
            Ok(rows) => rows,
            Err(error) => {
                problem = problem.or(Some(error));
                continue;
            }
        };
        let mapping = detect(&rows);
        if mapping.as_ref().is_ok_and(|mapping| mapping.validate().is_ok()) {
            return Ok((sheet.clone(), mapping));
        }
        if best.as_ref().is_none_or(|(_, known)| known.is_err() && mapping.is_ok()) {
            best = Some((sheet.clone(), mapping));
        }
    }
    best.ok_or_else(|| problem.unwrap_or(SpreadsheetError::NotSpreadsheet))
}

fn sample(book: &mut Book, sheet: &str) -> Result<Vec<SheetRow>, SpreadsheetError> {
    let mut rows = Vec::new();
    book.read(sheet, |number, cells| {
        if number > SAMPLE_ROWS {
            return ControlFlow::Break(());
        }
        rows.push((number, cells.to_vec()));
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}

fn read_rows(
    book: &mut Book,
    sheet: &str,
    mapping: &Mapping,
    today: NaiveDate,
) -> Result<Vec<(u32, Row)>, SpreadsheetError> {
    let dates = Dates::of(mapping, today);
    let mut rows = Vec::new();
    book.read(sheet, |number, cells| {
        rows.push((number, parse_row(mapping, number, cells, dates)));
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}

/// A sheet that only lists organizations with their kinds, as the department keeps it.
fn listed(book: &mut Book, sheet: &str) -> Option<Vec<Listed>> {
    let mut places: Option<(usize, usize)> = None;
    let mut found = Vec::new();
    let shown = |cells: &[Cell], index: usize| cells.get(index).map(Cell::shown).unwrap_or_default();
    let read = book.read(sheet, |number, cells| {
        match places {
            Some((name, kind)) => {
                let name = shown(cells, name);
                if !name.is_empty() {
                    found.push(Listed { name, kind: kinds::from_word(&shown(cells, kind)) });
                }
            }
            None if number > 10 => return ControlFlow::Break(()),
            None => {
                let keys: Vec<String> = cells.iter().map(|cell| search_key(&cell.shown())).collect();
                let place = |stems: &[&str]| {
                    keys.iter().position(|key| stems.iter().any(|stem| key.starts_with(stem)))
                };
                places = place(&["организац", "учрежден", "наименован", "название"])
                    .zip(place(&["вид", "тип"]))
                    .filter(|_| keys.iter().filter(|key| !key.is_empty()).count() <= 4);
            }
        }
        ControlFlow::Continue(())
    });
    (read.is_ok() && places.is_some()).then_some(found)
}
