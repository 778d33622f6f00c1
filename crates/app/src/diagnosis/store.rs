//! Rows of sheets. Own sheets are found by the person, views by their author: nobody else has a loader here.

mod facts;
mod findings;
mod read;
mod write;

pub(super) use facts::{Fact, facts};
pub use findings::Past;
pub(super) use findings::{completed, newest_findings};
pub(super) use read::{
    Colleague, asked_of, colleague, colleagues, contents, of_mentee, own, own_sheet, written_by,
};
pub(super) use write::{
    Began, Change, Filled, NewSheet, Value, add_completed, complete, insert, save, set_refused,
};
