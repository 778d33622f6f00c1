//! A program from its events, and what stands beside them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::program::{Body, Program, Recorded, goals_key};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql, Tx};
use crate::programs::visible::Held;
use crate::values;

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct EventRow {
    person_id: Uuid,
    happened_at: DateTime<Utc>,
    event: String,
}

/// The program of a pair.
pub(in crate::programs) async fn of_pair(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> anyhow::Result<Option<Held>> {
    let row: Option<IdRow> =
        db::one(connection, "SELECT id FROM program WHERE mentorship_id = ?", values![pair]).await?;
    match row {
        Some(row) => Ok(Some(Held { id: row.id, program: replayed(connection, row.id).await? })),
        None => Ok(None),
    }
}

/// The same with the row locked: two who write at once come one after the other.
pub(in crate::programs) async fn locked(tx: &Tx, pair: Uuid) -> anyhow::Result<Option<Held>> {
    let row: Option<IdRow> =
        db::one(tx, "SELECT id FROM program WHERE mentorship_id = ?", values![pair]).await?;
    let Some(row) = row else { return Ok(None) };
    db::lock_row(tx, "program", row.id).await?;
    Ok(Some(Held { id: row.id, program: replayed(tx, row.id).await? }))
}

#[derive(FromQueryResult)]
struct VersionRow {
    version: i64,
}

/// How many events the program of a pair has seen.
pub(in crate::programs) async fn version_of(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> Result<Option<i64>, sea_orm::DbErr> {
    let sql = "SELECT version FROM program WHERE mentorship_id = ?";
    let row: Option<VersionRow> = db::one(connection, sql, values![pair]).await?;
    Ok(row.map(|row| row.version))
}

async fn replayed(connection: &impl ConnectionTrait, id: Uuid) -> anyhow::Result<Program> {
    let rows: Vec<EventRow> = db::all(
        connection,
        "SELECT person_id, happened_at, event FROM program_event WHERE program_id = ? ORDER BY number",
        values![id],
    )
    .await?;
    let events = rows.iter().map(recorded).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Program::replay(&events)?)
}

fn recorded(row: &EventRow) -> anyhow::Result<Recorded> {
    let event = serde_json::from_str(&row.event)?;
    Ok(Recorded { by: row.person_id.into(), at: row.happened_at, event })
}

#[derive(FromQueryResult)]
struct PairEventRow {
    mentorship_id: Uuid,
    person_id: Uuid,
    happened_at: DateTime<Utc>,
    event: String,
}

/// The programs of several pairs by one query.
pub(in crate::programs) async fn programs_of_pairs(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> anyhow::Result<BTreeMap<Uuid, Program>> {
    let rows: Vec<PairEventRow> = Sql::new(
        "SELECT g.mentorship_id, e.person_id, e.happened_at, e.event FROM program_event e \
         JOIN program g ON g.id = e.program_id WHERE 1 = 1",
    )
    .and_in("AND g.mentorship_id", pairs.iter().copied())
    .and("ORDER BY g.mentorship_id, e.number", [])
    .all(connection)
    .await?;
    let mut events: BTreeMap<Uuid, Vec<Recorded>> = BTreeMap::new();
    for row in rows {
        let PairEventRow { mentorship_id, person_id, happened_at, event } = row;
        let one = recorded(&EventRow { person_id, happened_at, event })?;
        events.entry(mentorship_id).or_default().push(one);
    }
    events.into_iter().map(|(pair, events)| Ok((pair, Program::replay(&events)?))).collect()
}

/// Writes a new program with its first event.
pub(in crate::programs) async fn insert(
    change: &Change,
    held: &Held,
    recorded: &Recorded,
    (pair, organization): (Uuid, Uuid),
) -> anyhow::Result<()> {
    let program = &held.program;
    db::exec(
        change.tx(),
        "INSERT INTO program (id, mentorship_id, organization_id, state, revision, goals_key, version, created_at, \
         changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            held.id,
            pair,
            organization,
            program.state().code(),
            i64::from(program.revision),
            goals_key(&program.text()),
            i64::from(program.version),
            change.now(),
            change.now(),
        ],
    )
    .await?;
    add_event(change.tx(), held, recorded).await
}

/// Keeps an event that has happened, and what lists need of the program after it.
pub(in crate::programs) async fn keep(
    change: &Change,
    held: &Held,
    recorded: &Recorded,
) -> anyhow::Result<()> {
    add_event(change.tx(), held, recorded).await?;
    let program = &held.program;
    let progress = Progress::of(program);
    let approved = program.in_force();
    db::exec(
        change.tx(),
        "UPDATE program SET state = ?, revision = ?, approved_revision = ?, approved_at = ?, council_subject = ?, \
         goals_key = ?, measures = ?, measures_done = ?, next_due = ?, version = ?, changed_at = ? WHERE id = ?",
        values![
            program.state().code(),
            i64::from(program.revision),
            approved.map(|approved| i64::from(approved.number)),
            approved.map(|approved| approved.at),
            program.council,
            goals_key(&program.text()),
            progress.all,
            progress.done,
            progress.next_due,
            i64::from(program.version),
            change.now(),
            held.id,
        ],
    )
    .await?;
    Ok(())
}

async fn add_event(tx: &Tx, held: &Held, recorded: &Recorded) -> anyhow::Result<()> {
    db::exec(
        tx,
        "INSERT INTO program_event (program_id, number, person_id, happened_at, event) VALUES (?, ?, ?, ?, ?)",
        values![
            held.id,
            i64::from(held.program.version),
            recorded.by.0,
            recorded.at,
            serde_json::to_string(&recorded.event)?,
        ],
    )
    .await?;
    Ok(())
}

/// Measures of the text in force.
struct Progress {
    all: i64,
    done: i64,
    next_due: Option<NaiveDate>,
}

impl Progress {
    fn of(program: &Program) -> Self {
        let Some(approved) = program.in_force() else { return Self { all: 0, done: 0, next_due: None } };
        let measures = approved.text.measures();
        let waits: Vec<_> = measures.iter().filter(|(id, _)| !program.done.contains_key(*id)).collect();
        let next_due = waits.first().and_then(|(_, body)| match body {
            Body::Measure { due, .. } => Some(*due),
            _ => None,
        });
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        Self { all: count(measures.len()), done: count(measures.len() - waits.len()), next_due }
    }
}

/// Keeps the approved text apart. Nothing updates these rows.
pub(in crate::programs) async fn add_revision(tx: &Tx, held: &Held) -> anyhow::Result<()> {
    let Some(approved) = held.program.in_force() else { return Ok(()) };
    db::exec(
        tx,
        "INSERT INTO program_revision (program_id, number, reason, body, approved_by, approved_at, document_id) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        values![
            held.id,
            i64::from(approved.number),
            approved.reason.clone(),
            serde_json::to_string(&approved.text)?,
            approved.by.0,
            approved.at,
            approved.document,
        ],
    )
    .await?;
    Ok(())
}
