//! Who is about to join a running group, and who has.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
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

/// What somebody is told of a group they are about to join: nothing of its members.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::pairs) struct OwnJoining {
    pub(in crate::pairs) surname: String,
    pub(in crate::pairs) given: String,
    pub(in crate::pairs) patronymic: Option<String>,
    pub(in crate::pairs) starts_on: NaiveDate,
    /// Whether the agreement is signed: 0 or 1.
    pub(in crate::pairs) has_agreed: i64,
}

/// The groups a person is about to join, each with its mentor.
pub(in crate::pairs) async fn own_joinings(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Vec<OwnJoining>, DbErr> {
    db::all(
        connection,
        "SELECT p.surname, p.given, p.patronymic, j.starts_on, CASE WHEN EXISTS (SELECT 1 FROM document d \
         JOIN document_mentorship x ON x.document_id = d.id WHERE x.mentorship_id = j.mentorship_id \
         AND d.person_id = j.person_id AND d.kind = 'mentee_agreement' AND d.signed_on IS NOT NULL \
         AND d.canceled_at IS NULL) THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS has_agreed \
         FROM mentorship_joining j JOIN mentorship m ON m.id = j.mentorship_id JOIN person p ON p.id = m.mentor_id \
         WHERE j.person_id = ? AND j.joined_at IS NULL AND j.withdrawn_at IS NULL ORDER BY j.starts_on, j.id",
        values![person],
    )
    .await
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
