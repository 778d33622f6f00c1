//! Help when it is needed (C6, п. 2.3): a mentee asks, the mentor answers, and the time between is measured.
//!
//! What is asked and answered belongs to the pair's ring. The school sees that requests are there, how soon they are
//! answered and which wait too long; words are shown to the curator only if the asker has decided so.

mod answer;
mod ask;
mod numbers;
mod pair;
mod queue;
mod record;
mod store;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::policy::{Permission, Reach};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::kernel::registry::Registry;

/// Paths of help.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{AskForHelp, GiveHelp, ReadHelpNumbers, ReadPairNotes};
    registry
        .get("/pairs/{id}/help", ReadPairNotes, pair::show)
        .post("/pairs/{id}/help", AskForHelp, ask::ask)
        .get("/help", ReadHelpNumbers, numbers::show)
        .get("/help/queue", GiveHelp, queue::show)
        .post("/help/{request}/answer", GiveHelp, answer::answer)
        .post("/help/{request}/closing", GiveHelp, answer::close)
        .post("/help/{request}/visibility", AskForHelp, ask::show_or_hide)
        .post("/help/{request}/withdrawal", AskForHelp, ask::withdraw)
}

/// How many requests wait longer than they should, within the reach of `ReadHelpNumbers`.
pub async fn waiting_too_long(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    now: DateTime<Utc>,
) -> anyhow::Result<u64> {
    numbers::waiting_too_long(connection, reach, now).await
}

/// How many requests wait for the answer of this mentor.
pub async fn waiting_for(
    connection: &impl ConnectionTrait,
    mentor: Uuid,
    today: NaiveDate,
) -> anyhow::Result<u64> {
    queue::waiting_for(connection, mentor, today).await
}

/// How many requests of these pairs were asked and how many of them answered; a pair without any is absent.
pub async fn tallies(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> Result<BTreeMap<Uuid, (i64, i64)>, DbErr> {
    store::tallies(connection, pairs).await
}

/// The pair in which the mentor has answered this mentee and the request is still open.
pub async fn answered(connection: &impl ConnectionTrait, mentee: Uuid) -> anyhow::Result<Option<Uuid>> {
    pair::answered(connection, mentee).await
}
