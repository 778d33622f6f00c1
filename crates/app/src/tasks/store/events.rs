//! A task from its events, and what stands beside them.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::task::{Deed, Recorded, Refusal, Source, Task};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql, Tx};
use crate::values;

/// A task with everything that happened to it.
#[derive(Clone, Debug)]
pub(in crate::tasks) struct Held {
    pub(in crate::tasks) id: Uuid,
    pub(in crate::tasks) pair: Uuid,
    pub(in crate::tasks) task: Task,
    pub(in crate::tasks) events: Vec<Recorded>,
    /// Where it goes on since the mentor was replaced: the pair and the task.
    pub(in crate::tasks) next: Option<(Uuid, Uuid)>,
}

impl Held {
    /// Whether this may happen to it now: nothing does once the next mentor goes on with it.
    pub(in crate::tasks) fn allows(&self, by: PersonId, deed: Deed) -> Result<(), Refusal> {
        if self.next.is_some() {
            return Err(Refusal::TakenOver);
        }
        self.task.allows(by, deed)
    }
}

#[derive(FromQueryResult)]
struct EventRow {
    task_id: Uuid,
    mentorship_id: Uuid,
    next_id: Option<Uuid>,
    next_pair: Option<Uuid>,
    person_id: Uuid,
    happened_at: DateTime<Utc>,
    event: String,
}

const EVENTS: &str = "SELECT e.task_id, t.mentorship_id, x.next_id, x.next_pair, e.person_id, e.happened_at, e.event \
                      FROM task_event e JOIN task t ON t.id = e.task_id LEFT JOIN task_next x ON x.task_id = t.id \
                      WHERE 1 = 1";

/// A task of this pair.
pub(in crate::tasks) async fn held(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    id: Uuid,
) -> anyhow::Result<Option<Held>> {
    let sql = Sql::new(EVENTS).and("AND t.mentorship_id = ? AND t.id = ?", values![pair, id]);
    Ok(load(connection, sql).await?.pop())
}

/// A task of any pair: for what its mentee may take along.
pub(in crate::tasks) async fn held_anywhere(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> anyhow::Result<Option<Held>> {
    Ok(load(connection, Sql::new(EVENTS).and("AND t.id = ?", values![id])).await?.pop())
}

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

/// Tasks of the pair that are neither accepted nor called off, as far as nobody goes on with them yet.
pub(in crate::tasks) async fn waiting_ids(tx: &Tx, pair: Uuid) -> Result<Vec<Uuid>, DbErr> {
    let sql = "SELECT t.id FROM task t LEFT JOIN task_next x ON x.task_id = t.id WHERE t.mentorship_id = ? \
               AND t.state IN ('set', 'handed_in', 'returned') AND x.next_id IS NULL ORDER BY t.id";
    let rows: Vec<IdRow> = db::all(tx, sql, values![pair]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The same with its row locked: two who act at once come one after the other.
pub(in crate::tasks) async fn locked(tx: &Tx, pair: Uuid, id: Uuid) -> anyhow::Result<Option<Held>> {
    db::lock_row(tx, "task", id).await?;
    held(tx, pair, id).await
}

/// Tasks of the pair that were accepted on these days, both included: one query.
pub(in crate::tasks) async fn accepted_between(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<Vec<Held>> {
    let sql = Sql::new(EVENTS)
        .and("AND t.mentorship_id = ?", values![pair])
        .and("AND t.accepted_on >= ? AND t.accepted_on <= ?", values![from, to]);
    load(connection, sql).await
}

async fn load(connection: &impl ConnectionTrait, sql: Sql) -> anyhow::Result<Vec<Held>> {
    let rows: Vec<EventRow> = sql.and("ORDER BY e.task_id, e.number", []).all(connection).await?;
    rows.chunk_by(|one, next| one.task_id == next.task_id)
        .filter_map(|own| Some((own.first()?, own)))
        .map(|(first, own)| {
            let events = own.iter().map(recorded).collect::<anyhow::Result<Vec<_>>>()?;
            Ok(Held {
                id: first.task_id,
                pair: first.mentorship_id,
                task: Task::replay(&events)?,
                events,
                next: first.next_pair.zip(first.next_id),
            })
        })
        .collect()
}

fn recorded(row: &EventRow) -> anyhow::Result<Recorded> {
    let event = serde_json::from_str(&row.event)?;
    Ok(Recorded { by: row.person_id.into(), at: row.happened_at, event })
}

/// Writes a new task with its first event.
pub(in crate::tasks) async fn insert(
    change: &Change,
    held: &Held,
    recorded: &Recorded,
) -> anyhow::Result<()> {
    let task = &held.task;
    let source: Option<Uuid> = task.source.as_ref().map(|Source { line, .. }| *line);
    let sql = "INSERT INTO task (id, mentorship_id, mentee_id, title, state, due_on, source_line, carried_from, version) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let values = values![
        held.id,
        held.pair,
        task.mentee.0,
        task.wording.title.as_str(),
        task.state().code(),
        task.wording.due,
        source,
        task.former.map(|former| former.task),
        i64::from(task.version)
    ];
    db::exec(change.tx(), sql, values).await?;
    add_event(change.tx(), held, recorded, None).await
}

/// Keeps an event that has happened, and what lists need of the task after it.
pub(in crate::tasks) async fn keep(
    change: &Change,
    held: &Held,
    recorded: &Recorded,
    file: Option<Uuid>,
) -> anyhow::Result<()> {
    add_event(change.tx(), held, recorded, file).await?;
    set_row(change.tx(), held).await?;
    Ok(())
}

async fn set_row(tx: &Tx, held: &Held) -> Result<(), DbErr> {
    let task = &held.task;
    let accepted: Option<NaiveDate> = task.accepted.as_ref().map(|accepted| accepted.on);
    let sql = "UPDATE task SET title = ?, state = ?, due_on = ?, accepted_on = ?, version = ? WHERE id = ?";
    let values = values![
        task.wording.title.as_str(),
        task.state().code(),
        task.wording.due,
        accepted,
        i64::from(task.version),
        held.id
    ];
    db::exec(tx, sql, values).await.map(|_| ())
}

async fn add_event(tx: &Tx, held: &Held, recorded: &Recorded, file: Option<Uuid>) -> anyhow::Result<()> {
    let sql = "INSERT INTO task_event (task_id, number, person_id, happened_at, kind, event, file_id) \
               VALUES (?, ?, ?, ?, ?, ?, ?)";
    let values = values![
        held.id,
        i64::from(held.task.version),
        recorded.by.0,
        recorded.at,
        recorded.event.code(),
        serde_json::to_string(&recorded.event)?,
        file
    ];
    db::exec(tx, sql, values).await?;
    Ok(())
}
