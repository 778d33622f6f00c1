//! Paper: a plain struct in, bytes of PDF, DOCX or XLSX out.
//!
//! No database, no network, no clock: everything that is printed stands in the struct, already declined by the
//! caller, so that one struct gives the same bytes every time.
//!
//! Each paper is first described as a [`block`] list; the PDF and the DOCX are two renderings of that one list and
//! therefore cannot say different things.

mod block;
mod calendar;
mod docx;
mod error;
mod fonts;
mod lists;
pub mod papers;
mod pdf;
mod qr;
mod typography;
mod words;

pub use calendar::{CalendarEvent, CalendarFile, When};
pub use error::PaperError;
pub use lists::{Cell, ColumnKind, ListColumn, table, table_with_note};
pub use words::{amount_in_words, date_in_words};
