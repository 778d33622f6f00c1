//! The bank: who needs a mentor and why, who may be a mentor (A5, A6, A8, B3, B4, G8; п. 1.4, 3.1, 4.1.2).
//!
//! Front door for other slices: confirmed categories, pedagogical staff with their needs, candidates with their
//! places and strengths, the two sides of a matching, the lock on a candidate's last place, counts for the home page.

mod achievements;
mod by_hand;
mod courses;
mod decisions;
mod evidence;
mod front;
mod life;
mod listing_up;
mod mark;
mod members;
mod mentee;
mod mentees;
mod mentor;
mod mentors;
mod needs;
mod nominations;
mod own;
mod renewals;
mod rules;
mod selection;
mod sides;
mod store;
mod tables;
mod terms;
mod view;
mod worker;

use axum::response::Response;
use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;
use crate::kernel::web::redirect;

pub use front::{
    Counts, Mentee, Mentor, NeedOf, Offer, Pedagogue, candidates, candidates_within, confirmed_categories,
    counts, lock_candidate, needs_mentor, offers, own_need, pedagogues, ready_mentors,
};
pub use sides::{Names, Ready, Sided, Waiting, ready, waiting};
pub use terms::{domain_choices, domain_named};
pub use view::domain_label;

/// Paths of the bank.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{DecideCategories, DecideSelection, EditBank, EditMentors, ReadBank, SignedIn};
    registry
        .get("/bank", ReadBank, open)
        .get("/bank/mentees", ReadBank, mentees::show)
        .get("/bank/mentees.xlsx", ReadBank, tables::mentees_workbook)
        .get("/bank/mentees/new", DecideCategories, by_hand::show)
        .post("/bank/mentees/new", DecideCategories, by_hand::add)
        .post("/bank/mentees/confirmations", DecideCategories, decisions::confirm_chosen)
        .get("/bank/mentees/table", EditBank, tables::show_mentees)
        .upload("/bank/mentees/table", EditBank, tables::upload_mentees)
        .post("/bank/mentees/renewals", EditBank, renewals::renew_mentees)
        .get("/bank/mentees/{person}", ReadBank, mentee::show)
        .post("/bank/mentees/{person}/decisions", DecideCategories, decisions::decide)
        .post("/bank/mentees/{person}/withdrawal", DecideCategories, decisions::take_back)
        .post("/bank/mentees/{person}/renewal", EditBank, renewals::renew_mentee)
        .get("/bank/mentors", ReadBank, mentors::show)
        .get("/bank/mentors.xlsx", ReadBank, tables::mentors_workbook)
        .get("/bank/mentors/table", EditBank, tables::show_mentors)
        .upload("/bank/mentors/table", EditBank, tables::upload_mentors)
        .get("/bank/tables/{table}", EditBank, tables::card)
        .post("/bank/tables/{table}/application", EditBank, tables::apply)
        .post("/bank/mentors", EditMentors, listing_up::create)
        .get("/bank/mentors/new", EditMentors, listing_up::show)
        .post("/bank/mentors/renewals", EditBank, renewals::renew_mentors)
        .get("/bank/mentors/{id}", ReadBank, mentor::show)
        .post("/bank/mentors/{id}", EditMentors, mentor::update)
        .post("/bank/mentors/{id}/renewal", EditBank, renewals::renew_mentor)
        .post("/bank/mentors/{id}/ending", EditMentors, mentor::end)
        .upload("/bank/mentors/{id}/achievements", EditMentors, achievements::add)
        .get("/bank/mentors/{id}/achievements/{achievement}/file", ReadBank, achievements::file)
        .get("/bank/mentors/{id}/selection", ReadBank, selection::show)
        .post("/bank/mentors/{id}/selection/answers", DecideSelection, selection::answer)
        .post("/bank/mentors/{id}/selection/decisions", DecideSelection, selection::decide)
        .get("/bank/mentors/{id}/courses", ReadBank, courses::show)
        .upload("/bank/mentors/{id}/courses", EditMentors, courses::add)
        .upload("/bank/mentors/{id}/courses/{course}/certificate", EditMentors, courses::pass)
        .get("/bank/mentors/{id}/courses/{course}/certificate", ReadBank, courses::certificate)
        .post("/bank/mentors/{id}/courses/{course}/cancellation", EditMentors, courses::cancel)
        .get("/bank/nominations", ReadBank, nominations::show)
        .get("/bank/nominations/{id}", ReadBank, nominations::card)
        .post("/bank/nominations/{id}/acceptance", EditMentors, nominations::accept)
        .post("/bank/nominations/{id}/refusal", EditMentors, nominations::decline)
        .get("/own/nomination", SignedIn, own::show)
        .post("/own/nomination", SignedIn, own::save)
        .post("/own/nomination/withdrawal", SignedIn, own::withdraw)
        .get("/own/courses/{course}/certificate", SignedIn, own::certificate)
}

/// The bank opens on those who need a mentor.
async fn open() -> Response {
    redirect("/bank/mentees")
}
