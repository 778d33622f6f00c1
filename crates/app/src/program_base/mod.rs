//! The municipal base of programs (D12, ДК 1.6): offered, consented to, freed of names, reviewed, published, begun from.
//!
//! An offer is kept as the events that made it (`domain::program_base`); every change locks its row, applies one event and
//! keeps it. Before everybody of the pair has agreed it exists for the pair and the curator alone, and the text with names
//! for nobody else at any time (decision 0023).

mod act;
mod begin;
mod candidates;
mod card;
mod check;
mod consent;
mod eligible;
mod export;
mod front;
mod list;
mod names;
mod offers;
mod paper;
mod publications;
mod record;
mod reviews;
mod rules;
mod store;
mod view;
mod visible;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

pub use front::{Desk, desk, published_title};

/// Paths of the base.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{
        OfferPrograms, PublishPrograms, ReadProgramBase, ReviewPrograms, SignedIn, WritePrograms,
    };
    registry
        .get("/base", ReadProgramBase, list::show)
        .get("/base.xlsx", ReadProgramBase, export::workbook)
        .get("/base/{id}", ReadProgramBase, card::show)
        .get("/base/{id}/prints/{paper}", ReadProgramBase, paper::file)
        .get("/base/offers", OfferPrograms, offers::show)
        .post("/base/offers", OfferPrograms, offers::offer)
        .get("/base/offers/{offer}", OfferPrograms, check::show)
        .post("/base/offers/{offer}/check", OfferPrograms, check::save)
        .post("/base/offers/{offer}/withdrawal", OfferPrograms, offers::take_back)
        .get("/base/reviews", ReviewPrograms, reviews::list)
        .get("/base/reviews/{offer}", ReviewPrograms, reviews::show)
        .post("/base/reviews/{offer}", ReviewPrograms, reviews::send)
        .get("/base/publications", PublishPrograms, publications::list)
        .get("/base/publications/{offer}", PublishPrograms, publications::show)
        .post("/base/publications/{offer}", PublishPrograms, publications::publish)
        .post("/base/publications/{offer}/ending", PublishPrograms, publications::take_out)
        .get("/own/base", SignedIn, consent::list)
        .get("/own/base/{offer}", SignedIn, consent::show)
        .post("/own/base/{offer}/consent", SignedIn, consent::agree)
        .post("/own/base/{offer}/refusal", SignedIn, consent::decline)
        .get("/pairs/{id}/program/base", WritePrograms, begin::choose)
        .get("/pairs/{id}/program/base/{published}", WritePrograms, begin::show)
        .post("/pairs/{id}/program/base/{published}", WritePrograms, begin::make)
}
