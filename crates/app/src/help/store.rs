//! All SQL of help. Content is read by `of_pair`, `for_mentor`, `visible…` and, as far as the askers have decided so,
//! by `shown`; `facts` never meets it.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::competence::Domain;
use nastavnik_domain::help::Urgency;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::record::{Content, Fact, Request, Shown};
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::ids;
use crate::kernel::scope::{self, within};
use crate::values;

#[derive(FromQueryResult)]
struct FactRow {
    id: Uuid,
    mentorship_id: Uuid,
    organization_id: Uuid,
    territory_id: Uuid,
    region_id: Uuid,
    time_zone: String,
    mentor_id: Uuid,
    mentor_surname: String,
    mentor_given: String,
    mentor_patronymic: Option<String>,
    asker_id: Uuid,
    asker_surname: String,
    asker_given: String,
    asker_patronymic: Option<String>,
    urgency: String,
    shows_curator: i64,
    asked_at: DateTime<Utc>,
    answered_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    withdrawn_at: Option<DateTime<Utc>>,
    version: i64,
}

#[derive(FromQueryResult)]
struct ContentRow {
    id: Uuid,
    domain: i64,
    words: String,
    answer: String,
    meet_on: Option<NaiveDate>,
}

fn select() -> Sql {
    Sql::new(
        "SELECT h.id, h.mentorship_id, m.organization_id, o.territory_id, o.region_id, t.time_zone, m.mentor_id, \
         pm.surname AS mentor_surname, pm.given AS mentor_given, pm.patronymic AS mentor_patronymic, h.asker_id, \
         pa.surname AS asker_surname, pa.given AS asker_given, pa.patronymic AS asker_patronymic, h.urgency, \
         h.shows_curator, h.asked_at, h.answered_at, h.closed_at, h.withdrawn_at, h.version \
         FROM help_request h JOIN mentorship m ON m.id = h.mentorship_id \
         JOIN organization o ON o.id = m.organization_id JOIN territory t ON t.id = o.territory_id \
         JOIN person pm ON pm.id = m.mentor_id JOIN person pa ON pa.id = h.asker_id WHERE 1 = 1",
    )
}

/// Facts of the requests within reach, the latest first.
pub(super) async fn facts(connection: &impl ConnectionTrait, reach: &Reach) -> anyhow::Result<Vec<Fact>> {
    load(connection, within(select(), reach, "o")).await
}

#[derive(FromQueryResult)]
struct TallyRow {
    mentorship_id: Uuid,
    asked: i64,
    answered: i64,
}

/// Requests of these pairs that were not withdrawn: asked, answered.
pub(super) async fn tallies(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> Result<BTreeMap<Uuid, (i64, i64)>, DbErr> {
    let rows: Vec<TallyRow> = Sql::new(
        "SELECT mentorship_id, COUNT(*) AS asked, COUNT(answered_at) AS answered FROM help_request \
         WHERE withdrawn_at IS NULL",
    )
    .and_in("AND mentorship_id", pairs.iter().copied())
    .and("GROUP BY mentorship_id", [])
    .all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.mentorship_id, (row.asked, row.answered))).collect())
}

/// Requests within reach whose askers show them to the curator and which are not over.
pub(super) async fn shown(connection: &impl ConnectionTrait, reach: &Reach) -> anyhow::Result<Vec<Request>> {
    let sql = within(select(), reach, "o")
        .and("AND h.shows_curator = 1 AND h.closed_at IS NULL AND h.withdrawn_at IS NULL", []);
    with_content(connection, sql).await
}

/// Requests of a pair that this person may read: their own, or all if they are its mentor.
pub(super) async fn of_pair(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    person: Uuid,
) -> anyhow::Result<Vec<Request>> {
    let sql = select().and(
        "AND h.mentorship_id = ? AND (h.asker_id = ? OR m.mentor_id = ?)",
        values![pair, person, person],
    );
    with_content(connection, sql).await
}

/// Requests of these pairs for their mentor.
pub(super) async fn for_mentor(
    connection: &impl ConnectionTrait,
    mentor: Uuid,
) -> anyhow::Result<Vec<Request>> {
    let sql = select()
        .and("AND m.mentor_id = ? AND h.closed_at IS NULL AND h.withdrawn_at IS NULL", values![mentor]);
    with_content(connection, sql).await
}

/// One request this person takes part in.
pub(super) async fn visible(
    connection: &impl ConnectionTrait,
    person: Uuid,
    id: Uuid,
) -> anyhow::Result<Option<Request>> {
    let sql =
        select().and("AND h.id = ? AND (h.asker_id = ? OR m.mentor_id = ?)", values![id, person, person]);
    Ok(with_content(connection, sql).await?.pop())
}

/// One's own requests that are answered and not closed.
pub(super) async fn answered(connection: &impl ConnectionTrait, asker: Uuid) -> anyhow::Result<Vec<Fact>> {
    let sql = select().and(
        "AND h.asker_id = ? AND h.answered_at IS NOT NULL AND h.closed_at IS NULL AND h.withdrawn_at IS NULL",
        values![asker],
    );
    load(connection, sql).await
}

async fn load(connection: &impl ConnectionTrait, sql: Sql) -> anyhow::Result<Vec<Fact>> {
    let rows: Vec<FactRow> = sql.and("ORDER BY h.asked_at DESC, h.id DESC", []).all(connection).await?;
    rows.iter().map(fact).collect()
}

async fn with_content(connection: &impl ConnectionTrait, sql: Sql) -> anyhow::Result<Vec<Request>> {
    let facts = load(connection, sql).await?;
    let rows: Vec<ContentRow> =
        Sql::new("SELECT id, domain, words, answer, meet_on FROM help_request WHERE 1 = 1")
            .and_in("AND id", facts.iter().map(|fact| fact.id))
            .all(connection)
            .await?;
    facts
        .into_iter()
        .map(|fact| {
            let row = rows.iter().find(|row| row.id == fact.id).context("нет содержания просьбы")?;
            let domain = Domain::from_number(row.domain);
            let content = Content {
                domain: domain.context("неизвестная область")?,
                words: row.words.clone(),
                answer: row.answer.clone(),
                meet_on: row.meet_on,
            };
            Ok(Request { fact, content })
        })
        .collect()
}

fn fact(row: &FactRow) -> anyhow::Result<Fact> {
    Ok(Fact {
        id: row.id,
        pair: row.mentorship_id,
        place: scope::place(row.organization_id, row.territory_id, row.region_id),
        zone: row.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg),
        mentor: row.mentor_id,
        mentor_name: FullName::new(&row.mentor_surname, &row.mentor_given, row.mentor_patronymic.as_deref()),
        asker: row.asker_id,
        asker_name: FullName::new(&row.asker_surname, &row.asker_given, row.asker_patronymic.as_deref()),
        urgency: Urgency::from_code(&row.urgency).context("неизвестная срочность")?,
        shown: if row.shows_curator == 1 { Shown::ToCurator } else { Shown::ToPair },
        asked_at: row.asked_at,
        answered_at: row.answered_at,
        closed_at: row.closed_at,
        withdrawn_at: row.withdrawn_at,
        version: row.version,
    })
}

/// A request to be written.
pub(super) struct New {
    pub(super) pair: Uuid,
    pub(super) asker: Uuid,
    pub(super) domain: Domain,
    pub(super) urgency: Urgency,
    pub(super) words: String,
    pub(super) shown: Shown,
}

/// Writes a request.
pub(super) async fn insert(change: &Change, new: &New) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        change.tx(),
        "INSERT INTO help_request (id, mentorship_id, asker_id, domain, urgency, words, shows_curator, asked_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            new.pair,
            new.asker,
            i64::from(new.domain.number()),
            new.urgency.code(),
            new.words.clone(),
            flag(new.shown),
            change.now(),
        ],
    )
    .await?;
    Ok(id)
}

const fn flag(shown: Shown) -> i64 {
    match shown {
        Shown::ToPair => 0,
        Shown::ToCurator => 1,
    }
}

/// Writes an answer or a changed one; the time of the first stays. `false` if the request is over or has changed.
pub(super) async fn set_answer(
    change: &Change,
    request: &Request,
    mentor: Uuid,
    (words, meet_on): (&str, Option<NaiveDate>),
) -> Result<bool, DbErr> {
    let touched = db::exec(
        change.tx(),
        "UPDATE help_request SET answer = ?, meet_on = ?, answered_by = ?, answered_at = COALESCE(answered_at, ?), \
         version = version + 1 WHERE id = ? AND version = ? AND closed_at IS NULL AND withdrawn_at IS NULL",
        values![words, meet_on, mentor, change.now(), request.fact.id, request.fact.version],
    )
    .await?;
    Ok(touched == 1)
}

/// Closes an answered request. `false` if it is over already.
pub(super) async fn set_closed(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let touched = db::exec(
        tx,
        "UPDATE help_request SET closed_at = ?, version = version + 1 \
         WHERE id = ? AND answered_at IS NOT NULL AND closed_at IS NULL AND withdrawn_at IS NULL",
        values![now, id],
    )
    .await?;
    Ok(touched == 1)
}

/// Takes a request back. `false` if it is over already.
pub(super) async fn set_withdrawn(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let touched = db::exec(
        tx,
        "UPDATE help_request SET withdrawn_at = ?, version = version + 1 \
         WHERE id = ? AND closed_at IS NULL AND withdrawn_at IS NULL",
        values![now, id],
    )
    .await?;
    Ok(touched == 1)
}

/// Shows the words to the curator, or hides them again.
pub(super) async fn set_shown(tx: &Tx, id: Uuid, shown: Shown) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE help_request SET shows_curator = ?, version = version + 1 WHERE id = ?",
        values![flag(shown), id],
    )
    .await
    .map(|_| ())
}
