//! The laws of the matching: equal to trying everything, the same for the same people, proven and refutable.

mod groups;
mod laws;
mod live;
pub(super) mod optimum;
mod people;
mod reasons;
mod search;
mod table;
