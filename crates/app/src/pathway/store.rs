//! All SQL of routes.

mod accompany;
mod events;
mod people;

pub(super) use accompany::{ReadingRow, Row, add_reading, last_reading, mentees, readings, visible};
pub(super) use events::{
    Held, add_import, delete_imports, import, insert, keep, locked, of_person, owners, set_access,
};
pub(super) use people::{JobRow, Tutor, jobs, name_of, tutors};
