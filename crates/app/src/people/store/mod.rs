//! Rows of people.

mod batch;
mod card;
mod front;
pub(super) mod list;
mod past;
mod write;

pub(super) use batch::{bring_back, end_employment, insert_employments, insert_people};
pub(super) use card::{
    EventRow, JobRow, PersonRow, RoleRow, Ties, are_partners, events, job, jobs, namesakes, person, roles,
    ties,
};
pub(super) use front::{
    BriefRow, EmployedRow, brief_rows, contacts, employed_rows, ever_employed_rows, workplace,
};
pub(super) use past::{MentorshipRow, decisions, mentorships};
pub(super) use write::{
    insert_employment, insert_person, set_archived, set_contact, set_ended, set_name_forms,
    update_employment, update_person,
};
