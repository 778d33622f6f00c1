//! Rows of people.

mod batch;
mod card;
mod front;
mod write;

pub(super) use batch::{bring_back, end_employment, insert_employments, insert_people};
pub(super) use card::{JobRow, PersonRow, are_partners, job, jobs, person};
pub(super) use front::{BriefRow, EmployedRow, brief_rows, employed_rows};
pub(super) use write::{insert_employment, insert_person, update_employment, update_person};
