//! Evenings of speed meetings (C7, п. 2.3): who comes, the rotation table, cards, who met, who would like to go on.
//!
//! A meeting of an evening is a meeting and no mentorship (decision 0015): it needs no papers, takes no place of the
//! mentor, and nobody counts as mentored because of it. What comes of it is a lasting pair, formed by the usual rules.

mod card;
mod cards;
mod create;
mod form;
mod marks;
mod own;
mod record;
mod replace;
mod store;
mod table;

use chrono::NaiveDate;
use nastavnik_domain::policy::{Permission, Reach};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::kernel::registry::Registry;

/// Paths of evenings.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{FormPairs, SignedIn};
    registry
        .get("/speed", FormPairs, card::list)
        .get("/speed/new", FormPairs, create::show_new)
        .post("/speed", FormPairs, create::create)
        .get("/speed/{evening}", FormPairs, card::show)
        .get("/speed/{evening}/edit", FormPairs, create::show_edit)
        .post("/speed/{evening}/edit", FormPairs, create::edit)
        .post("/speed/{evening}/table", FormPairs, table::make_again)
        .post("/speed/{evening}/replacements", FormPairs, replace::replace)
        .post("/speed/{evening}/cancellation", FormPairs, replace::cancel)
        .get("/speed/{evening}/cards.pdf", FormPairs, cards::pdf)
        .get("/speed/{evening}/cards.docx", FormPairs, cards::docx)
        .get("/speed/{evening}/marks", FormPairs, marks::show)
        .post("/speed/{evening}/marks", FormPairs, marks::save)
        .get("/own/speed", SignedIn, own::show)
        .post("/own/speed/{evening}", SignedIn, own::save)
}

/// What evenings ask of a curator, for the home page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The day is over and nobody has said who met: `/speed`.
    pub unmarked: u64,
    /// Two would like to go on and are no pair yet: `/speed`.
    pub matches: u64,
}

/// Counts within the reach of `FormPairs` as of today.
pub async fn counts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<Counts> {
    card::counts(connection, reach, today).await
}

/// An evening somebody is invited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub held_on: NaiveDate,
    /// «в 16:00, кабинет 12».
    pub when_and_where: String,
}

/// The next evening of a person from today on.
pub async fn next_of(
    connection: &impl ConnectionTrait,
    person: Uuid,
    today: NaiveDate,
) -> anyhow::Result<Option<Invitation>> {
    own::next_of(connection, person, today).await
}
