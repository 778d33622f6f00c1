//! Persons and their employments.

mod add;
mod archive;
mod batch;
mod card;
mod contact;
mod edit;
mod export;
mod fields;
mod front;
mod history;
mod jobs;
mod list;
mod names;
mod newcomer;
mod past;
mod store;
mod visible;
mod words;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

pub use add::{NewEmployment, NewPerson, add_employment, add_person, update_employment, update_person};
pub use batch::{add_employments, add_people, bring_back, end_employment};
pub use contact::{Contact, change_contact, contacts};
pub use front::{Employed, Job, PersonBrief, briefs, employed_on, ever_employed, since, workplace};
pub use history::{Facts, FieldChange};
pub use visible::{View, VisiblePerson, visible_person};

/// Paths of people.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{EditStaff, ReadPerson, ReadStaff};
    registry
        .get("/people", ReadStaff, list::show)
        .get("/people.xlsx", ReadStaff, export::workbook)
        .get("/people/new", EditStaff, newcomer::show)
        .post("/people", EditStaff, newcomer::create)
        .get("/people/{id}", ReadPerson, card::show)
        .get("/people/{id}/edit", EditStaff, edit::show)
        .post("/people/{id}", EditStaff, edit::update)
        .get("/people/{id}/name-forms", EditStaff, names::show)
        .post("/people/{id}/name-forms", EditStaff, names::update)
        .get("/people/{id}/employments/new", EditStaff, jobs::show_new)
        .post("/people/{id}/employments", EditStaff, jobs::create)
        .get("/employments/{id}", EditStaff, jobs::show)
        .post("/employments/{id}", EditStaff, jobs::update)
        .post("/employments/{id}/ending", EditStaff, jobs::end)
        .post("/people/{id}/archive", EditStaff, archive::archive)
        .post("/people/{id}/restoration", EditStaff, archive::restore)
}
