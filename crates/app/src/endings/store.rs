//! All SQL of endings.

mod file;
mod fit;
mod numbers;
mod petitions;

pub(super) use file::{JobRow, add_reading, courses, jobs, last_reading, person, readings};
pub(super) use fit::{FitRow, NewFit, add_fit, fits, fits_within, own_fits};
pub(super) use numbers::{answered, ended, organizations};
pub(super) use petitions::{Row, insert, offices, one, own, set_answered, set_talk, set_withdrawn, within};
