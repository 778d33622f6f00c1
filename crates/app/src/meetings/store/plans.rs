//! Plans, free times, and the feed of a person.

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::meeting::MeetingKind;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::ids;
use crate::values;

/// Where a plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::meetings) enum PlanState {
    /// A free time of the mentor that nobody has taken.
    Offered,
    Planned,
    Held,
    Canceled,
}

/// A meeting ahead, or one that was.
#[derive(Clone, Debug)]
pub(in crate::meetings) struct Plan {
    pub(in crate::meetings) id: Uuid,
    pub(in crate::meetings) pair: Uuid,
    pub(in crate::meetings) series: Uuid,
    pub(in crate::meetings) state: PlanState,
    pub(in crate::meetings) day: NaiveDate,
    /// Minutes after midnight.
    pub(in crate::meetings) starts_at: i64,
    pub(in crate::meetings) minutes: i64,
    pub(in crate::meetings) kind: MeetingKind,
    pub(in crate::meetings) place: String,
    pub(in crate::meetings) version: i64,
}

/// Days to plan.
pub(in crate::meetings) struct NewPlans<'a> {
    pub(in crate::meetings) pair: Uuid,
    pub(in crate::meetings) state: PlanState,
    pub(in crate::meetings) days: &'a [NaiveDate],
    pub(in crate::meetings) starts_at: i64,
    pub(in crate::meetings) minutes: i64,
    pub(in crate::meetings) kind: MeetingKind,
    pub(in crate::meetings) place: &'a str,
    pub(in crate::meetings) by: Uuid,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    mentorship_id: Uuid,
    series_id: Uuid,
    state: String,
    planned_on: NaiveDate,
    starts_at: i64,
    minutes: i64,
    kind: String,
    place: String,
    version: i64,
}

const PLANS: &str = "SELECT p.id, p.mentorship_id, p.series_id, p.state, p.planned_on, p.starts_at, p.minutes, p.kind, \
                     p.place, p.version FROM meeting_plan p WHERE 1 = 1";

impl PlanState {
    const fn code(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Planned => "planned",
            Self::Held => "held",
            Self::Canceled => "canceled",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Offered, Self::Planned, Self::Held, Self::Canceled]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

fn plan(row: Row) -> anyhow::Result<Plan> {
    Ok(Plan {
        id: row.id,
        pair: row.mentorship_id,
        series: row.series_id,
        state: PlanState::from_code(&row.state).context("неизвестное состояние плана")?,
        day: row.planned_on,
        starts_at: row.starts_at,
        minutes: row.minutes,
        kind: MeetingKind::from_code(&row.kind).context("неизвестный вид встречи")?,
        place: row.place,
        version: row.version,
    })
}

async fn load(connection: &impl ConnectionTrait, sql: Sql) -> anyhow::Result<Vec<Plan>> {
    let rows: Vec<Row> = sql.all(connection).await?;
    rows.into_iter().map(plan).collect()
}

/// What lies ahead of a pair or waits to be told about: planned and offered days from `since` on.
pub(in crate::meetings) async fn plans_of(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    since: NaiveDate,
) -> anyhow::Result<Vec<Plan>> {
    let sql = Sql::new(PLANS)
        .and("AND p.mentorship_id = ? AND p.planned_on >= ?", values![pair, since])
        .and("AND p.state IN ('offered', 'planned') ORDER BY p.planned_on, p.starts_at, p.id LIMIT 100", []);
    load(connection, sql).await
}

/// A plan of this pair.
pub(in crate::meetings) async fn plan_of(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    id: Uuid,
) -> anyhow::Result<Option<Plan>> {
    let sql = Sql::new(PLANS).and("AND p.mentorship_id = ? AND p.id = ?", values![pair, id]);
    Ok(load(connection, sql).await?.pop())
}

/// Planned days of pairs in a window, for reminders.
pub(in crate::meetings) async fn planned_between(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<Plan>> {
    let sql = Sql::new(PLANS)
        .and("AND p.state = 'planned' AND p.planned_on >= ? AND p.planned_on <= ?", values![from, to])
        .and_in("AND p.mentorship_id", pairs.iter().copied())
        .and("ORDER BY p.planned_on, p.starts_at, p.id", []);
    load(connection, sql).await
}

/// Writes a row for each day; they share a series.
pub(in crate::meetings) async fn add_plans(
    tx: &Tx,
    now: DateTime<Utc>,
    new: &NewPlans<'_>,
) -> Result<(), DbErr> {
    let series = ids::row_id();
    for day in new.days {
        let id = ids::row_id();
        let sql = "INSERT INTO meeting_plan (id, mentorship_id, series_id, state, planned_on, starts_at, minutes, kind, \
                   place, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let values = values![
            id,
            new.pair,
            series,
            new.state.code(),
            *day,
            new.starts_at,
            new.minutes,
            new.kind.code(),
            new.place,
            new.by,
            now
        ];
        db::exec(tx, sql, values).await?;
    }
    Ok(())
}

/// Moves a plan from one state to the next. Tells whether it still stood in the first.
pub(in crate::meetings) async fn move_plan(
    tx: &Tx,
    id: Uuid,
    (from, to): (PlanState, PlanState),
    meeting: Option<Uuid>,
) -> Result<bool, DbErr> {
    let sql =
        "UPDATE meeting_plan SET state = ?, meeting_id = ?, version = version + 1 WHERE id = ? AND state = ?";
    Ok(db::exec(tx, sql, values![to.code(), meeting, id, from.code()]).await? == 1)
}

/// Calls off this day and all later ones of its series that are still ahead. Returns how many.
pub(in crate::meetings) async fn cancel_rest(tx: &Tx, id: Uuid) -> Result<u64, DbErr> {
    let sql = "UPDATE meeting_plan SET state = 'canceled', version = version + 1 WHERE state IN ('planned', 'offered') \
               AND series_id = (SELECT series_id FROM meeting_plan WHERE id = ?) \
               AND planned_on >= (SELECT planned_on FROM meeting_plan WHERE id = ?)";
    db::exec(tx, sql, values![id, id]).await
}

/// Somebody's feed.
#[derive(FromQueryResult)]
pub(in crate::meetings) struct FeedRow {
    pub(in crate::meetings) person_id: Uuid,
    pub(in crate::meetings) secret: String,
}

pub(in crate::meetings) async fn feed_of(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Option<FeedRow>, DbErr> {
    db::one(connection, "SELECT person_id, secret FROM calendar_feed WHERE person_id = ?", values![person])
        .await
}

pub(in crate::meetings) async fn feed_by_secret(
    connection: &impl ConnectionTrait,
    secret: &str,
) -> Result<Option<FeedRow>, DbErr> {
    db::one(connection, "SELECT person_id, secret FROM calendar_feed WHERE secret = ?", values![secret]).await
}

/// A new address in place of the old one, which stops at once.
pub(in crate::meetings) async fn set_feed(
    tx: &Tx,
    now: DateTime<Utc>,
    person: Uuid,
    secret: &str,
) -> Result<(), DbErr> {
    close_feed(tx, person).await?;
    let sql = "INSERT INTO calendar_feed (person_id, secret, made_at) VALUES (?, ?, ?)";
    db::exec(tx, sql, values![person, secret, now]).await.map(|_| ())
}

pub(in crate::meetings) async fn close_feed(tx: &Tx, person: Uuid) -> Result<bool, DbErr> {
    Ok(db::exec(tx, "DELETE FROM calendar_feed WHERE person_id = ?", values![person]).await? == 1)
}

/// A day with the side the person takes in its pair and the clock of the place.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::meetings) struct FeedEvent {
    pub(in crate::meetings) id: Uuid,
    pub(in crate::meetings) mentorship_id: Uuid,
    pub(in crate::meetings) planned_on: NaiveDate,
    pub(in crate::meetings) starts_at: i64,
    pub(in crate::meetings) minutes: i64,
    pub(in crate::meetings) version: i64,
    pub(in crate::meetings) mentor_id: Uuid,
    pub(in crate::meetings) mentees: i64,
    pub(in crate::meetings) time_zone: String,
}

/// Days of all mentorships of the person that were not given up, from `since` on. What was called off is not
/// in the feed: calendar programs take it away themselves.
pub(in crate::meetings) async fn feed_events(
    connection: &impl ConnectionTrait,
    person: Uuid,
    since: NaiveDate,
) -> Result<Vec<FeedEvent>, DbErr> {
    Sql::new(
        "SELECT p.id, p.mentorship_id, p.planned_on, p.starts_at, p.minutes, p.version, m.mentor_id, \
         (SELECT COUNT(*) FROM mentorship_mentee y WHERE y.mentorship_id = m.id) AS mentees, t.time_zone \
         FROM meeting_plan p JOIN mentorship m ON m.id = p.mentorship_id \
         JOIN organization o ON o.id = m.organization_id JOIN territory t ON t.id = o.territory_id \
         WHERE m.withdrawn_at IS NULL AND p.state IN ('planned', 'held')",
    )
    .and("AND (m.ended_on IS NULL OR p.planned_on < m.ended_on) AND p.planned_on >= ?", values![since])
    .and(
        "AND (m.mentor_id = ? OR EXISTS (SELECT 1 FROM mentee_stay x WHERE x.mentorship_id = m.id \
         AND x.person_id = ? AND (x.gone_on IS NULL OR p.planned_on < x.gone_on)))",
        values![person, person],
    )
    .and("ORDER BY p.planned_on, p.starts_at, p.id LIMIT 500", [])
    .all(connection)
    .await
}
