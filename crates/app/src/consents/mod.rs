//! Consents to the processing of personal data (L2, 152-ФЗ): collected on paper, recorded by the curator,
//! withdrawn by anybody who gave them.
//!
//! Front door for other slices: whether a consent is in force, the same as a condition of a query, whose names a
//! reader of the municipality may see, how many people the curator still has to ask.

mod blanks;
mod export;
mod filter;
mod list;
mod own;
mod person;
mod record;
mod rules;
mod store;
mod veil;
mod view;
mod withdrawal;

use nastavnik_domain::policy::{Permission, Reach};
use sea_orm::{ConnectionTrait, DbErr};

use crate::kernel::registry::Registry;
use filter::{Filter, Missing, Who};

pub use store::{given_to, in_force, named, with_consent};
pub use veil::Veil;

/// Paths of consents.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{ReadConsents, RecordConsents, SignedIn};
    registry
        .get("/consents", ReadConsents, list::show)
        .get("/consents.xlsx", ReadConsents, export::workbook)
        .get("/consents/blanks.pdf", ReadConsents, blanks::many)
        .post("/consents/receipts", RecordConsents, record::many)
        .get("/consents/people/{person}", ReadConsents, person::show)
        .get("/consents/people/{person}/blanks/{file}", ReadConsents, blanks::one)
        .upload("/consents/people/{person}/receipts", RecordConsents, record::one)
        .get("/consents/given/{consent}/scan", ReadConsents, person::scan)
        .post("/consents/given/{consent}/withdrawal", RecordConsents, withdrawal::by_application)
        .get("/own/consents", SignedIn, own::show)
        .get("/own/consents/blanks/{file}", SignedIn, blanks::own)
        .post("/own/consents/{consent}/withdrawal", SignedIn, withdrawal::own)
}

/// How many people of the bank and of pairs within the reach of `ReadConsents` have not given А or Б: the list is
/// `/consents?who=participants&missing=basic`.
pub async fn to_collect(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: chrono::NaiveDate,
) -> Result<u64, DbErr> {
    let filter = Filter { who: Who::Participants, missing: Some(Missing::Basic), ..Filter::default() };
    store::count_rows(connection, reach, &filter, today).await
}
