//! A route from its events, and what stands beside them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use nastavnik_domain::pathway::{Pathway, Recorded};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::ids;
use crate::pathway::sight::Section;
use crate::values;

/// A route with what is said about it here: nothing of this goes into a file.
#[derive(Clone, Debug)]
pub(in crate::pathway) struct Held {
    pub(in crate::pathway) id: Uuid,
    pub(in crate::pathway) person: Uuid,
    pub(in crate::pathway) tutor: Option<Uuid>,
    pub(in crate::pathway) opens: BTreeSet<Section>,
    pub(in crate::pathway) version: i64,
    pub(in crate::pathway) pathway: Pathway,
}

#[derive(FromQueryResult)]
struct HeadRow {
    id: Uuid,
    person_id: Uuid,
    tutor_id: Option<Uuid>,
    opens: String,
    version: i64,
}

#[derive(FromQueryResult)]
struct EventRow {
    pathway_id: Uuid,
    event: String,
}

const HEAD: &str = "SELECT id, person_id, tutor_id, opens, version FROM pathway";

/// The step of a finished route as lists know it, and of one that was stopped before.
pub(in crate::pathway) const FINISHED: i64 = 8;
pub(in crate::pathway) const STOPPED: i64 = 9;

/// The open route of a person, otherwise the latest one.
pub(in crate::pathway) async fn of_person(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> anyhow::Result<Option<Held>> {
    let sql = format!(
        "{HEAD} WHERE person_id = ? ORDER BY CASE WHEN step < 8 THEN 0 ELSE 1 END, starts_on DESC, created_at DESC LIMIT 1"
    );
    found(connection, db::one(connection, &sql, values![person]).await?).await
}

/// All routes of a person, the earliest first.
pub(in crate::pathway) async fn all_of_person(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> anyhow::Result<Vec<Held>> {
    let sql = format!("{HEAD} WHERE person_id = ? ORDER BY starts_on, created_at, id");
    let rows: Vec<HeadRow> = db::all(connection, &sql, values![person]).await?;
    let mut events = events_of(connection, rows.iter().map(|row| row.id).collect()).await?;
    rows.into_iter()
        .map(|row| {
            let happened = events.remove(&row.id).unwrap_or_default();
            held(&row, &happened)
        })
        .collect()
}

/// One route, whoever asks.
pub(in crate::pathway) async fn one(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> anyhow::Result<Option<Held>> {
    found(connection, db::one(connection, &format!("{HEAD} WHERE id = ?"), values![id]).await?).await
}

/// Which of these people have a route.
pub(in crate::pathway) async fn owners(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
) -> Result<BTreeSet<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: Uuid,
    }
    let sql = Sql::new("SELECT person_id FROM pathway WHERE 1 = 1");
    let rows: Vec<Row> = sql.and_in("AND person_id", people.iter().copied()).all(connection).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// A route with its row locked until the change ends: events come one after the other.
pub(in crate::pathway) async fn locked(tx: &Tx, id: Uuid) -> anyhow::Result<Option<Held>> {
    db::lock_row(tx, "pathway", id).await?;
    one(tx, id).await
}

async fn found(connection: &impl ConnectionTrait, row: Option<HeadRow>) -> anyhow::Result<Option<Held>> {
    let Some(row) = row else { return Ok(None) };
    let happened = events_of(connection, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    Ok(Some(held(&row, &happened)?))
}

fn held(row: &HeadRow, events: &[Recorded]) -> anyhow::Result<Held> {
    Ok(Held {
        id: row.id,
        person: row.person_id,
        tutor: row.tutor_id,
        opens: Section::read(&row.opens),
        version: row.version,
        pathway: Pathway::replay(events)?,
    })
}

/// What happened to these routes.
async fn events_of(
    connection: &impl ConnectionTrait,
    routes: Vec<Uuid>,
) -> anyhow::Result<BTreeMap<Uuid, Vec<Recorded>>> {
    let rows: Vec<EventRow> = Sql::new("SELECT pathway_id, event FROM pathway_event WHERE 1 = 1")
        .and_in("AND pathway_id", routes)
        .and("ORDER BY pathway_id, number", [])
        .all(connection)
        .await?;
    let mut events: BTreeMap<Uuid, Vec<Recorded>> = BTreeMap::new();
    for row in rows {
        events.entry(row.pathway_id).or_default().push(serde_json::from_str(&row.event)?);
    }
    Ok(events)
}

fn step_of(pathway: &Pathway) -> i64 {
    match pathway.current() {
        Some(step) => i64::from(step.number()),
        None if pathway.stopped.is_some() => STOPPED,
        None => FINISHED,
    }
}

/// Writes a new route with its first event. `false` if it is open and the person has an open one already.
pub(in crate::pathway) async fn insert(
    change: &Change,
    held: &Held,
    recorded: &Recorded,
) -> anyhow::Result<bool> {
    let pathway = &held.pathway;
    let written = db::exec(
        change.tx(),
        "INSERT INTO pathway (id, person_id, tutor_id, opens, agreed_at, starts_on, ends_on, step, version, created_at, \
         changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING",
        values![
            held.id,
            held.person,
            held.tutor,
            Section::write(&held.opens),
            change.now(),
            pathway.term.from,
            pathway.term.to,
            step_of(pathway),
            change.now(),
            change.now(),
        ],
    )
    .await?;
    if written == 0 {
        return Ok(false);
    }
    keep(change, held, recorded, held.person).await?;
    Ok(true)
}

/// Keeps an event that has happened, and what lists need of the route after it.
pub(in crate::pathway) async fn keep(
    change: &Change,
    held: &Held,
    recorded: &Recorded,
    by: Uuid,
) -> anyhow::Result<()> {
    let number = held.version + 1;
    db::exec(
        change.tx(),
        "INSERT INTO pathway_event (pathway_id, number, person_id, happened_at, event) VALUES (?, ?, ?, ?, ?)",
        values![held.id, number, by, change.now(), serde_json::to_string(recorded)?],
    )
    .await?;
    let pathway = &held.pathway;
    let progress = pathway.progress();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let outcomes = pathway.roadmap.iter().filter_map(|entry| entry.outcome.as_ref());
    db::exec(
        change.tx(),
        "UPDATE pathway SET starts_on = ?, ends_on = ?, step = ?, entries = ?, outcomes = ?, product_on = ?, \
         open_comments = ?, version = ?, changed_at = ? WHERE id = ?",
        values![
            pathway.term.from,
            pathway.term.to,
            step_of(pathway),
            count(progress.entries),
            count(progress.outcomes),
            outcomes.map(|outcome| outcome.on).max(),
            count(pathway.open_comments().count()),
            number,
            change.now(),
            held.id,
        ],
    )
    .await?;
    Ok(())
}

/// Who accompanies besides curator and mentor, and what of the personal sections is opened.
pub(in crate::pathway) async fn set_access(
    change: &Change,
    id: Uuid,
    tutor: Option<Uuid>,
    opens: &BTreeSet<Section>,
) -> Result<(), DbErr> {
    let sql = "UPDATE pathway SET tutor_id = ?, opens = ?, changed_at = ? WHERE id = ?";
    db::exec(change.tx(), sql, values![tutor, Section::write(opens), change.now(), id]).await.map(|_| ())
}

/// Keeps a file that was read without a fault; an earlier one of the same person gives way.
pub(in crate::pathway) async fn add_import(
    change: &Change,
    person: Uuid,
    content: &str,
) -> Result<Uuid, DbErr> {
    delete_imports(change.tx(), person).await?;
    let id = ids::row_id();
    let sql = "INSERT INTO pathway_import (id, person_id, content, created_at) VALUES (?, ?, ?, ?)";
    db::exec(change.tx(), sql, values![id, person, content, change.now()]).await?;
    Ok(id)
}

#[derive(FromQueryResult)]
struct ImportRow {
    content: String,
    created_at: DateTime<Utc>,
}

/// A file of this person that waits, not older than a day.
pub(in crate::pathway) async fn import(
    connection: &impl ConnectionTrait,
    person: Uuid,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<String>, DbErr> {
    let sql = "SELECT content, created_at FROM pathway_import WHERE id = ? AND person_id = ?";
    let row: Option<ImportRow> = db::one(connection, sql, values![id, person]).await?;
    Ok(row.filter(|row| now - row.created_at < chrono::Duration::days(1)).map(|row| row.content))
}

/// Forgets files of this person that wait.
pub(in crate::pathway) async fn delete_imports(tx: &Tx, person: Uuid) -> Result<(), DbErr> {
    db::exec(tx, "DELETE FROM pathway_import WHERE person_id = ?", values![person]).await.map(|_| ())
}
