//! Pairs the other way round: which two mentorships belong together.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Tx};
use crate::values;

#[derive(FromQueryResult)]
struct LinkRow {
    other_id: Uuid,
}

/// The mentorships linked with this one from either side, the latest first.
pub(in crate::pairs) async fn linked(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    let rows: Vec<LinkRow> = db::all(
        connection,
        "SELECT CASE WHEN reverse_id = ? THEN straight_id ELSE reverse_id END AS other_id FROM mentorship_link \
         WHERE reverse_id = ? OR straight_id = ? ORDER BY linked_at DESC, reverse_id",
        values![pair, pair, pair],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.other_id).collect())
}

/// Links a reverse mentorship with the one it goes along with.
pub(in crate::pairs) async fn link(
    tx: &Tx,
    reverse: Uuid,
    straight: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    db::exec(
        tx,
        "INSERT INTO mentorship_link (reverse_id, straight_id, linked_by, linked_at) VALUES (?, ?, ?, ?)",
        values![reverse, straight, by, now],
    )
    .await
    .map(|_| ())
}
