//! The bank: who needs a mentor and why, who may be a mentor (A5, A6, A8; п. 1.4, 3.1, 4.1.2).
//!
//! Front door for other slices: confirmed categories, people without a mentor, candidates with their places,
//! the lock on a candidate's last place, counts for the home page.

mod achievements;
mod by_hand;
mod decisions;
mod export;
mod front;
mod listing_up;
mod members;
mod mentee;
mod mentees;
mod mentor;
mod mentors;
mod needs;
mod rules;
mod store;
mod view;
mod worker;

use axum::response::Response;
use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;
use crate::kernel::web::redirect;

pub use front::{
    Counts, Mentee, Mentor, Pedagogue, candidates, confirmed_categories, counts, lock_candidate,
    needs_mentor, pedagogues, ready_mentors,
};

/// Paths of the bank.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{DecideCategories, EditMentors, ReadBank};
    registry
        .get("/bank", ReadBank, open)
        .get("/bank/mentees", ReadBank, mentees::show)
        .get("/bank/mentees.xlsx", ReadBank, export::mentees_workbook)
        .get("/bank/mentees/new", DecideCategories, by_hand::show)
        .post("/bank/mentees/new", DecideCategories, by_hand::add)
        .post("/bank/mentees/confirmations", DecideCategories, decisions::confirm_chosen)
        .get("/bank/mentees/{person}", ReadBank, mentee::show)
        .post("/bank/mentees/{person}/decisions", DecideCategories, decisions::decide)
        .post("/bank/mentees/{person}/withdrawal", DecideCategories, decisions::take_back)
        .get("/bank/mentors", ReadBank, mentors::show)
        .post("/bank/mentors", EditMentors, listing_up::create)
        .get("/bank/mentors/new", EditMentors, listing_up::show)
        .get("/bank/mentors/{id}", ReadBank, mentor::show)
        .post("/bank/mentors/{id}", EditMentors, mentor::update)
        .post("/bank/mentors/{id}/ending", EditMentors, mentor::end)
        .upload("/bank/mentors/{id}/achievements", EditMentors, achievements::add)
        .get("/bank/mentors/{id}/achievements/{achievement}/file", ReadBank, achievements::file)
}

/// The bank opens on those who need a mentor.
async fn open() -> Response {
    redirect("/bank/mentees")
}
