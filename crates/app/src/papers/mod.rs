//! Papers of mentoring: issued with a number that is never given twice, signed, canceled, read again.

mod document;
mod store;

use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

pub use document::{Document, EndingFacts, Facts, PaperKind, Standing, gate_papers};

/// Papers of these mentorships, the latest first.
pub async fn of_pairs(connection: &impl ConnectionTrait, ids: &[Uuid]) -> anyhow::Result<Vec<Document>> {
    store::of_pairs(connection, ids).await
}

/// How many orders within the reach of `SignOrders` or `RecordPapers` wait for a signature.
pub async fn orders_waiting(connection: &impl ConnectionTrait, reach: &Reach) -> Result<u64, DbErr> {
    store::orders_waiting(connection, reach).await
}
