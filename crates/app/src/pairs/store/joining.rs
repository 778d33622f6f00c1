//! Who is about to join a running group, and who has.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DbErr;
use uuid::Uuid;

use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::values;

/// Keeps that somebody is about to join. The group is locked by the caller, so there is one at a time.
pub(in crate::pairs) async fn add_joining(
    tx: &Tx,
    (mentorship, person): (Uuid, Uuid),
    starts_on: NaiveDate,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    db::exec(
        tx,
        "INSERT INTO mentorship_joining (id, mentorship_id, person_id, starts_on, asked_by, asked_at) \
         VALUES (?, ?, ?, ?, ?, ?)",
        values![ids::row_id(), mentorship, person, starts_on, by, now],
    )
    .await
    .map(|_| ())
}

/// Gives the joining up.
pub(in crate::pairs) async fn close_joining(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    db::exec(tx, "UPDATE mentorship_joining SET withdrawn_at = ? WHERE id = ?", values![now, id])
        .await
        .map(|_| ())
}

/// Makes the newcomer a member from the day on.
pub(in crate::pairs) async fn set_joined(
    tx: &Tx,
    joining: Uuid,
    (mentorship, person): (Uuid, Uuid),
    first_day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    db::exec(tx, "UPDATE mentorship_joining SET joined_at = ? WHERE id = ?", values![now, joining]).await?;
    db::exec(
        tx,
        "INSERT INTO mentorship_mentee (mentorship_id, person_id, joined_on) VALUES (?, ?, ?)",
        values![mentorship, person, first_day],
    )
    .await?;
    db::exec(tx, "UPDATE mentorship SET version = version + 1 WHERE id = ?", values![mentorship])
        .await
        .map(|_| ())
}
