//! Which mentorships belong together: pairs the other way round, pairs that go on with the work of others.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql, Tx};
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

/// A pair before or after another.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(in crate::pairs) struct NeighborRow {
    pub(in crate::pairs) id: Uuid,
    pub(in crate::pairs) is_after: i64,
    pub(in crate::pairs) is_own: i64,
}

/// The pairs this one goes on from and is continued by, the latest last; one that was given up is not among them.
pub(in crate::pairs) async fn neighbors(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    reader: Uuid,
) -> Result<Vec<NeighborRow>, DbErr> {
    let sql = "SELECT o.id, CAST(CASE WHEN r.mentorship_id = ? THEN 1 ELSE 0 END AS BIGINT) AS is_after, \
               CAST(CASE WHEN o.mentor_id = ? OR EXISTS (SELECT 1 FROM mentorship_mentee x \
               WHERE x.mentorship_id = o.id AND x.person_id = ?) THEN 1 ELSE 0 END AS BIGINT) AS is_own \
               FROM mentorship_replacement r JOIN mentorship o \
               ON o.id = CASE WHEN r.mentorship_id = ? THEN r.replaced_by ELSE r.mentorship_id END \
               WHERE (r.mentorship_id = ? OR r.replaced_by = ?) AND o.withdrawn_at IS NULL \
               ORDER BY r.carried_out_at, o.id";
    db::all(connection, sql, values![pair, reader, reader, pair, pair, pair]).await
}

#[derive(FromQueryResult)]
struct ContinuedRow {
    mentorship_id: Uuid,
    replaced_by: Uuid,
}

/// By which pair each of these is continued, if any.
pub(in crate::pairs) async fn continued(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> Result<BTreeMap<Uuid, Uuid>, DbErr> {
    let rows: Vec<ContinuedRow> = Sql::new(
        "SELECT r.mentorship_id, r.replaced_by FROM mentorship_replacement r JOIN mentorship n ON n.id = r.replaced_by \
         WHERE n.withdrawn_at IS NULL",
    )
    .and_in("AND r.mentorship_id", pairs.iter().copied())
    .and("ORDER BY r.carried_out_at, n.id", [])
    .all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.mentorship_id, row.replaced_by)).collect())
}
