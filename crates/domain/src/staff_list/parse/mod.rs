//! Readers of single cells: a value, what was mended on the way, or what is wrong and how to mend it.

mod contact;
mod date;
mod experience;
mod name;
mod position;
mod words;

pub use contact::{parse_email, parse_phone, parse_share};
pub use date::{parse_birth_date, parse_since};
pub use experience::parse_experience;
pub use name::parse_full_name;
pub(super) use name::parse_name_part;
pub(super) use position::parse_subject;
pub use position::{parse_position, parse_position_with_subject};
pub use words::{parse_education, parse_gender, parse_qualification};

/// A value read from a cell and what had to be mended to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<T> {
    pub value: T,
    /// A Russian sentence for the preview, absent when the cell was read as it stands.
    pub note: Option<String>,
}

impl<T> Parsed<T> {
    pub(crate) const fn plain(value: T) -> Self {
        Self { value, note: None }
    }

    pub(crate) fn noted(value: T, note: impl Into<String>) -> Self {
        Self { value, note: Some(note.into()) }
    }
}

/// Why a cell cannot be read and how to mend it, a Russian sentence without the address of the cell.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CellProblem(pub String);

impl CellProblem {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// What a reader of a cell returns.
pub(crate) type Reading<T> = Result<Parsed<T>, CellProblem>;
