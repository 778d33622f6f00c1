//! Tasks of mentees (D6): set by the mentor, handed in by the mentee, checked in person. Their words are read by the two
//! alone; whoever watches over pairs sees numbers (decision 0019).
//!
//! Front door for other slices: numbers of pairs, accepted products, what waits for a person, days for a calendar, handing
//! tasks over to the next mentor.

mod act;
mod card;
mod check;
mod edit;
mod fields;
mod file;
mod front;
mod hand_in;
mod list;
mod measures;
mod numbers;
mod off;
mod rules;
mod seat;
mod set;
mod store;
mod succession;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

pub use front::{Accepted, Brief, Counts, Errands, counts, due_days, errands, products};
pub use succession::transfer;

/// Paths of tasks.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{ReadPairNotes, ReadPairs, WritePairNotes};
    registry
        .get("/pairs/{id}/tasks", ReadPairs, list::show)
        .post("/pairs/{id}/tasks", WritePairNotes, set::set)
        .get("/pairs/{id}/tasks/new", WritePairNotes, set::show_new)
        .post("/pairs/{id}/tasks/measures", WritePairNotes, measures::make)
        .get("/pairs/{id}/tasks/{task}", ReadPairNotes, card::show)
        .get("/pairs/{id}/tasks/{task}/edit", WritePairNotes, edit::show)
        .post("/pairs/{id}/tasks/{task}/edit", WritePairNotes, edit::save)
        .upload("/pairs/{id}/tasks/{task}/products", WritePairNotes, hand_in::hand_in)
        .post("/pairs/{id}/tasks/{task}/handover", WritePairNotes, succession::hand_over)
        .post("/pairs/{id}/tasks/{task}/acceptance", WritePairNotes, check::accept)
        .post("/pairs/{id}/tasks/{task}/return", WritePairNotes, check::give_back)
        .post("/pairs/{id}/tasks/{task}/cancellation", WritePairNotes, off::call_off)
        .post("/pairs/{id}/tasks/{task}/resumption", WritePairNotes, off::resume)
        .get("/pairs/{id}/tasks/{task}/files/{file}", ReadPairNotes, file::download)
}
