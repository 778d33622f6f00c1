//! All SQL of tasks.

mod events;
mod lists;

pub(super) use events::{Held, accepted_between, held, insert, keep, locked};
pub(super) use lists::{Row, due_days, facts, of_lines, open_of, rows};
