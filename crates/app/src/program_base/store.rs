//! All SQL of the base.

mod read;
mod write;

pub(super) use read::{centers_of, declined, of_pairs, of_person, one, published, within};
pub(super) use write::{add_use, insert, keep, locked, set_texts};
