//! Rules of loading staff lists: which row is the header, what each column means, how a cell is read,
//! and what a row says about the people already known.
//!
//! The way of a list: [`detect`] proposes a [`Mapping`], the user corrects it, [`parse_row`] turns each row
//! into a [`ParsedRow`] or a reason to skip it, and a [`Classifier`] compares the rows with the database.
//! The law of loading: after [`apply`] the same row is [`Verdict::Same`], so a list loaded twice changes nothing.

mod apply;
mod cell;
mod classify;
mod column;
mod header;
mod known;
mod mapping;
mod matching;
mod parse;
mod row;
mod row_kind;
mod text;
mod title;
mod values;
mod verdict;

#[cfg(test)]
mod tests;

pub use apply::{Merged, Transfer, apply, merge};
pub use cell::{Cell, address, column_letters};
pub use classify::Classifier;
pub use column::Column;
pub use header::{HEADER_DEPTH, SAMPLE_ROWS, SheetRow, detect};
pub use known::{KnownEmployment, KnownPerson, Since, SincePrecision};
pub use mapping::{MappedColumn, Mapping, MappingError};
pub use matching::{given_key, name_key, organization_key, position_key, short_key};
pub use parse::{
    CellProblem, Parsed, parse_birth_date, parse_education, parse_email, parse_experience, parse_full_name,
    parse_gender, parse_phone, parse_position, parse_position_with_subject, parse_qualification, parse_share,
    parse_since,
};
pub use row::{CellError, Dates, Note, ParsedRow, Row, Stated, parse_row};
pub use row_kind::{RowKind, row_kind};
pub use title::{list_date, title_names_organization};
pub use verdict::{Change, Classified, Doubt, Field, Verdict, Who};
