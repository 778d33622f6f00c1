//! Lists of tasks, and what may be known of them without a word.

use std::collections::BTreeSet;

use anyhow::Context;
use chrono::NaiveDate;
use nastavnik_domain::task::State;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};
use uuid::Uuid;

use crate::kernel::db::{self, Sql};
use crate::values;

/// A line of a list inside the ring.
#[derive(Clone, Debug)]
pub(in crate::tasks) struct Row {
    pub(in crate::tasks) id: Uuid,
    pub(in crate::tasks) pair: Uuid,
    pub(in crate::tasks) mentee: Uuid,
    pub(in crate::tasks) title: String,
    pub(in crate::tasks) state: State,
    pub(in crate::tasks) due_on: NaiveDate,
    /// Where it stood with the mentor who was replaced.
    pub(in crate::tasks) was: Option<State>,
    /// The next mentor goes on with it.
    pub(in crate::tasks) is_taken_over: bool,
}

#[derive(FromQueryResult)]
struct Raw {
    id: Uuid,
    mentorship_id: Uuid,
    mentee_id: Uuid,
    title: String,
    state: String,
    due_on: NaiveDate,
    was: Option<String>,
    next_id: Option<Uuid>,
}

const ROWS: &str = "SELECT t.id, t.mentorship_id, t.mentee_id, t.title, t.state, t.due_on, f.state AS was, x.next_id \
                    FROM task t LEFT JOIN task f ON f.id = t.carried_from LEFT JOIN task_next x ON x.task_id = t.id \
                    WHERE 1 = 1";

/// Tasks of a pair; of one mentee only, if one is named.
pub(in crate::tasks) async fn rows(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    mentee: Option<Uuid>,
) -> anyhow::Result<Vec<Row>> {
    let sql =
        Sql::new(ROWS).and("AND t.mentorship_id = ?", values![pair]).and_some(mentee, "AND t.mentee_id = ?");
    load(connection, sql).await
}

/// Tasks of these pairs that wait for somebody.
pub(in crate::tasks) async fn open_of(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> anyhow::Result<Vec<Row>> {
    let sql = Sql::new(ROWS)
        .and("AND t.state IN ('set', 'returned', 'handed_in') AND x.next_id IS NULL", [])
        .and_in("AND t.mentorship_id", pairs.iter().copied());
    load(connection, sql).await
}

async fn load(connection: &impl ConnectionTrait, sql: Sql) -> anyhow::Result<Vec<Row>> {
    let raw: Vec<Raw> = sql.and("ORDER BY t.due_on, t.id", []).all(connection).await?;
    raw.into_iter()
        .map(|row| {
            Ok(Row {
                id: row.id,
                pair: row.mentorship_id,
                mentee: row.mentee_id,
                title: row.title,
                state: state(&row.state)?,
                due_on: row.due_on,
                was: row.was.as_deref().map(state).transpose()?,
                is_taken_over: row.next_id.is_some(),
            })
        })
        .collect()
}

fn state(code: &str) -> anyhow::Result<State> {
    State::from_code(code).context("неизвестное состояние задания")
}

/// What an outsider may know of a task: whose pair, where it stands, its term.
#[derive(Clone, Copy, Debug)]
pub(in crate::tasks) struct Fact {
    pub(in crate::tasks) pair: Uuid,
    pub(in crate::tasks) state: State,
    pub(in crate::tasks) due_on: NaiveDate,
}

/// Facts of these pairs: one query, no titles. A task that the next mentor goes on with is counted there.
pub(in crate::tasks) async fn facts(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> anyhow::Result<Vec<Fact>> {
    #[derive(FromQueryResult)]
    struct Bare {
        mentorship_id: Uuid,
        state: String,
        due_on: NaiveDate,
    }
    let rows: Vec<Bare> = Sql::new(
        "SELECT t.mentorship_id, t.state, t.due_on FROM task t LEFT JOIN task_next x ON x.task_id = t.id \
                  WHERE t.state <> 'called_off' AND x.next_id IS NULL",
    )
    .and_in("AND t.mentorship_id", pairs.iter().copied())
    .all(connection)
    .await?;
    rows.into_iter()
        .map(|row| Ok(Fact { pair: row.mentorship_id, state: state(&row.state)?, due_on: row.due_on }))
        .collect()
}

/// Which lines of the program have tasks of which mentees; those called off don't count.
pub(in crate::tasks) async fn of_lines(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> Result<BTreeSet<(Uuid, Uuid)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Line {
        source_line: Uuid,
        mentee_id: Uuid,
    }
    let sql = "SELECT source_line, mentee_id FROM task \
               WHERE mentorship_id = ? AND source_line IS NOT NULL AND state <> 'called_off'";
    let rows: Vec<Line> = db::all(connection, sql, values![pair]).await?;
    Ok(rows.into_iter().map(|row| (row.source_line, row.mentee_id)).collect())
}

/// A day on which a task of somebody's pair is due.
#[derive(Clone, Debug, FromQueryResult)]
struct Due {
    mentorship_id: Uuid,
    due_on: NaiveDate,
}

/// Terms of tasks the mentee works on, for the mentee and for the mentor, from `since` on: each day of a pair once.
pub(in crate::tasks) async fn due_days(
    connection: &impl ConnectionTrait,
    person: Uuid,
    since: NaiveDate,
) -> Result<Vec<(Uuid, NaiveDate)>, DbErr> {
    let own: [Value; 2] = [person.into(), person.into()];
    let rows: Vec<Due> = Sql::new(
        "SELECT DISTINCT t.mentorship_id, t.due_on FROM task t JOIN mentorship m ON m.id = t.mentorship_id \
         LEFT JOIN task_next x ON x.task_id = t.id \
         WHERE t.state IN ('set', 'returned') AND m.withdrawn_at IS NULL AND x.next_id IS NULL",
    )
    .and("AND (m.ended_on IS NULL OR t.due_on < m.ended_on) AND t.due_on >= ?", values![since])
    .and("AND (m.mentor_id = ? OR t.mentee_id = ?)", own)
    .and("ORDER BY t.due_on, t.mentorship_id LIMIT 500", [])
    .all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.mentorship_id, row.due_on)).collect())
}
