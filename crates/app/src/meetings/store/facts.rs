//! That meetings happen: days and counts, never a word of what was said.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::meeting::MeetingKind;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::Sql;
use crate::kernel::scope;
use crate::values;

#[derive(FromQueryResult)]
struct HeldRow {
    mentorship_id: Uuid,
    held_on: NaiveDate,
}

pub(in crate::meetings) async fn held(
    connection: &impl ConnectionTrait,
    mentorships: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<NaiveDate>>, DbErr> {
    let rows: Vec<HeldRow> =
        Sql::new("SELECT mentorship_id, held_on FROM pair_meeting WHERE canceled_at IS NULL")
            .and_in("AND mentorship_id", mentorships.iter().copied())
            .and("ORDER BY held_on, id", [])
            .all(connection)
            .await?;
    let mut held: BTreeMap<Uuid, Vec<NaiveDate>> = BTreeMap::new();
    for row in rows {
        held.entry(row.mentorship_id).or_default().push(row.held_on);
    }
    Ok(held)
}

/// What an outsider may know of a pair's meetings.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::meetings) struct Fact {
    pub(in crate::meetings) mentorship_id: Uuid,
    pub(in crate::meetings) last_on: Option<NaiveDate>,
    pub(in crate::meetings) this_month: i64,
}

/// Meetings of these pairs counted: one query. `month` is its first day.
pub(in crate::meetings) async fn facts(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
    month: NaiveDate,
) -> Result<BTreeMap<Uuid, Fact>, DbErr> {
    let rows: Vec<Fact> = Sql::new("SELECT mentorship_id, MAX(held_on) AS last_on,")
        .and("CAST(SUM(CASE WHEN held_on >= ? THEN 1 ELSE 0 END) AS BIGINT) AS this_month", [month.into()])
        .and("FROM pair_meeting WHERE canceled_at IS NULL", [])
        .and_in("AND mentorship_id", pairs.iter().copied())
        .and("GROUP BY mentorship_id", [])
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.mentorship_id, row)).collect())
}

/// Meetings held, visits to lessons among them, steps done and open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub meetings: i64,
    pub visits: i64,
    pub steps_done: i64,
    pub steps_open: i64,
}

#[derive(FromQueryResult)]
struct CountRow {
    mentorship_id: Uuid,
    one: i64,
    other: i64,
}

/// Meetings and steps that were not called off: two queries.
pub(in crate::meetings) async fn tallies(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> Result<BTreeMap<Uuid, Tally>, DbErr> {
    let meetings: Vec<CountRow> = Sql::new(
        "SELECT mentorship_id, COUNT(*) AS one, \
         CAST(SUM(CASE WHEN kind = 'lesson_visit' THEN 1 ELSE 0 END) AS BIGINT) AS other \
         FROM pair_meeting WHERE canceled_at IS NULL",
    )
    .and_in("AND mentorship_id", pairs.iter().copied())
    .and("GROUP BY mentorship_id", [])
    .all(connection)
    .await?;
    let steps: Vec<CountRow> = Sql::new(
        "SELECT s.mentorship_id, CAST(SUM(CASE WHEN s.done_at IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS one, \
         CAST(SUM(CASE WHEN s.done_at IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS other \
         FROM meeting_step s JOIN meeting_note n ON n.id = s.note_id JOIN pair_meeting x ON x.id = n.meeting_id \
         WHERE x.canceled_at IS NULL",
    )
    .and_in("AND s.mentorship_id", pairs.iter().copied())
    .and("GROUP BY s.mentorship_id", [])
    .all(connection)
    .await?;
    let mut found: BTreeMap<Uuid, Tally> = BTreeMap::new();
    for row in meetings {
        let tally = found.entry(row.mentorship_id).or_default();
        (tally.meetings, tally.visits) = (row.one, row.other);
    }
    for row in steps {
        let tally = found.entry(row.mentorship_id).or_default();
        (tally.steps_done, tally.steps_open) = (row.one, row.other);
    }
    Ok(found)
}

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

/// Mentorships within reach whose days contain the day; whether the order is signed is asked of the pair itself.
pub(in crate::meetings) async fn running(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    day: NaiveDate,
) -> Result<Vec<Uuid>, DbErr> {
    let sql = Sql::new(
        "SELECT m.id FROM mentorship m JOIN organization o ON o.id = m.organization_id \
         WHERE m.withdrawn_at IS NULL",
    )
    .and(
        "AND m.starts_on <= ? AND m.ends_on >= ? AND (m.ended_on IS NULL OR m.ended_on > ?)",
        values![day, day, day],
    );
    let rows: Vec<IdRow> = scope::within(sql, reach, "o").and("ORDER BY m.id", []).all(connection).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// A mentorship of one's own with the day of its last meeting.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::meetings) struct Own {
    pub(in crate::meetings) id: Uuid,
    pub(in crate::meetings) starts_on: NaiveDate,
    pub(in crate::meetings) last_on: Option<NaiveDate>,
}

/// The last meetings of these pairs: what a reminder needs.
pub(in crate::meetings) async fn own_pairs(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> Result<Vec<Own>, DbErr> {
    Sql::new(
        "SELECT m.id, m.starts_on, MAX(x.held_on) AS last_on FROM mentorship m \
         LEFT JOIN pair_meeting x ON x.mentorship_id = m.id AND x.canceled_at IS NULL WHERE 1 = 1",
    )
    .and_in("AND m.id", pairs.iter().copied())
    .and("GROUP BY m.id, m.starts_on ORDER BY m.starts_on, m.id", [])
    .all(connection)
    .await
}

/// The latest days of a pair with how it met.
pub(in crate::meetings) async fn days(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    limit: u64,
) -> Result<Vec<(NaiveDate, &'static str)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        held_on: NaiveDate,
        kind: String,
    }
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows: Vec<Row> = Sql::new("SELECT held_on, kind FROM pair_meeting WHERE canceled_at IS NULL")
        .and("AND mentorship_id = ? ORDER BY held_on DESC, id DESC LIMIT ?", values![pair, limit])
        .all(connection)
        .await?;
    let title = |code: &str| MeetingKind::from_code(code).map_or("", MeetingKind::title);
    Ok(rows.into_iter().map(|row| (row.held_on, title(&row.kind))).collect())
}
