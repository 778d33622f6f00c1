//! All SQL of routes.

mod accompany;
mod events;
mod people;

pub(super) use accompany::{ReadingRow, Row, add_reading, last_reading, mentees, readings, visible};
pub(super) use events::{
    FINISHED, Held, STOPPED, add_import, all_of_person, delete_imports, import, insert, keep, locked,
    of_person, one, owners, set_access,
};
pub(super) use people::{JobRow, Tutor, jobs, name_of, tutors};
