//! Meetings of pairs and groups (D7): that they happen (everybody who may), and what was said (the pair's ring).
//!
//! Front door for other slices: the days on which pairs met, and what waits for a person.

mod calls;
mod cancel;
mod edit;
mod entry;
mod feed;
mod fields;
mod front;
mod lesson;
mod list;
mod planned;
mod plans;
mod pulse;
mod record;
mod ring;
mod rules;
mod seat;
mod store;
mod view;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

pub use front::{Errands, Tally, at_work, called, errands, held, tallies};

/// Paths of meetings.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{Public, ReadPairFacts, ReadPairNotes, ReadPairs, SignedIn, WritePairNotes};
    registry
        .get("/meetings", ReadPairFacts, list::show)
        .get("/pairs/{id}/meetings", ReadPairs, view::show)
        .post("/pairs/{id}/meetings", WritePairNotes, entry::record)
        .get("/pairs/{id}/meetings/new", WritePairNotes, entry::show_new)
        .get("/pairs/{id}/meetings/{meeting}/edit", WritePairNotes, edit::show)
        .post("/pairs/{id}/meetings/{meeting}/edit", WritePairNotes, edit::save)
        .post("/pairs/{id}/meetings/{meeting}/cancellation", WritePairNotes, cancel::cancel)
        .post("/pairs/{id}/lessons", WritePairNotes, lesson::record)
        .get("/pairs/{id}/lessons/blank.pdf", ReadPairNotes, lesson::blank)
        .get("/pairs/{id}/lessons/{lesson}", ReadPairNotes, lesson::show)
        .post("/pairs/{id}/lessons/{lesson}/answer", WritePairNotes, lesson::answer)
        .get("/pairs/{id}/pulse", WritePairNotes, pulse::show)
        .post("/pairs/{id}/pulse", WritePairNotes, pulse::answer)
        .get("/pairs/{id}/plans/new", WritePairNotes, plans::show_new)
        .post("/pairs/{id}/plans", WritePairNotes, plans::plan)
        .post("/pairs/{id}/plans/{plan}/taking", WritePairNotes, planned::take)
        .post("/pairs/{id}/plans/{plan}/cancellation", WritePairNotes, planned::cancel)
        .post("/pairs/{id}/plans/{plan}/holding", WritePairNotes, planned::hold)
        .get("/pairs/{id}/plans/{plan}/meeting.ics", ReadPairNotes, feed::one)
        .get("/calendar/{file}", Public, feed::feed)
        .get("/own/calendar", SignedIn, feed::show)
        .post("/own/calendar", SignedIn, feed::renew)
        .post("/own/calendar/closing", SignedIn, feed::close)
        .get("/own/calls", SignedIn, calls::show)
        .post("/own/calls/{call}/answer", SignedIn, calls::answer)
}
