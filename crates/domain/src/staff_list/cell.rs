//! A cell of a spreadsheet, free of the library that read it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use super::text::squeeze;

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Date(NaiveDate),
    Bool(bool),
}

impl Cell {
    /// Nothing, or nothing but spaces.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// What a person sees in the cell: numbers with a decimal comma, dates as `31.12.2026`, spaces squeezed.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => squeeze(text),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Date(date) => date.format("%d.%m.%Y").to_string(),
            Self::Bool(true) => "да".to_owned(),
            Self::Bool(false) => "нет".to_owned(),
        }
    }

    /// The text as typed, without copying; empty for everything that is not text.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            _ => Cow::Borrowed(""),
        }
    }
}

/// «C15»: the address of a cell as the spreadsheet shows it. The column counts from 0, the row from 1.
pub fn address(column: usize, row: u32) -> String {
    format!("{}{row}", column_letters(column))
}

/// «A», «Z», «AA» for columns 0, 25, 26.
pub fn column_letters(column: usize) -> String {
    const ALPHABET: &[u8; 26] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(ALPHABET[(rest - 1) % 26]));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
