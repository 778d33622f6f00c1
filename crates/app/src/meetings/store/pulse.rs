//! The pulse: answers of their author, numbers of an organization.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::ids;
use crate::values;

/// Three answers.
pub(in crate::meetings) struct NewPulse {
    pub(in crate::meetings) pair: Uuid,
    pub(in crate::meetings) person: Uuid,
    pub(in crate::meetings) was_met: bool,
    pub(in crate::meetings) usefulness: Option<i64>,
}

pub(in crate::meetings) async fn add_pulse(tx: &Tx, now: DateTime<Utc>, new: &NewPulse) -> Result<(), DbErr> {
    let sql = "INSERT INTO pair_pulse (id, mentorship_id, person_id, was_met, usefulness, answered_at) \
               VALUES (?, ?, ?, ?, ?, ?)";
    let values = values![ids::row_id(), new.pair, new.person, i64::from(new.was_met), new.usefulness, now];
    db::exec(tx, sql, values).await.map(|_| ())
}

/// When this person has answered last, by pair.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::meetings) struct LastPulse {
    pub(in crate::meetings) mentorship_id: Uuid,
    pub(in crate::meetings) answered_at: DateTime<Utc>,
}

pub(in crate::meetings) async fn last_pulses(
    connection: &impl ConnectionTrait,
    person: Uuid,
    pairs: &[Uuid],
) -> Result<Vec<LastPulse>, DbErr> {
    Sql::new("SELECT mentorship_id, MAX(answered_at) AS answered_at FROM pair_pulse")
        .and("WHERE person_id = ?", [person.into()])
        .and_in("AND mentorship_id", pairs.iter().copied())
        .and("GROUP BY mentorship_id", [])
        .all(connection)
        .await
}

/// How many people of these pairs answered between two moments, and how many of them found meetings useful (4 or 5).
pub(in crate::meetings) async fn pulse_counts(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(u32, u32), DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        answered: i64,
        useful: i64,
    }
    let row: Option<Row> = Sql::new(
        "SELECT COUNT(DISTINCT person_id) AS answered, \
         COUNT(DISTINCT CASE WHEN usefulness >= 4 THEN person_id END) AS useful FROM pair_pulse WHERE 1 = 1",
    )
    .and("AND answered_at >= ? AND answered_at < ?", values![from, to])
    .and_in("AND mentorship_id", pairs.iter().copied())
    .one(connection)
    .await?;
    let number = |value: i64| u32::try_from(value).unwrap_or(0);
    Ok(row.map_or((0, 0), |row| (number(row.answered), number(row.useful))))
}
