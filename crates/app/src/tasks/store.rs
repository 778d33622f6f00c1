//! All SQL of tasks.

mod events;
mod lists;

pub(super) use events::{Held, accepted_between, held, held_anywhere, insert, keep, locked, waiting_ids};
pub(super) use lists::{Row, due_days, facts, of_lines, open_of, rows};
