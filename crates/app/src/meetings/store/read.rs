//! Reading what the ring of a pair knows.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::competence::Domain;
use nastavnik_domain::meeting::MeetingKind;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql};
use crate::meetings::record::{Focus, Meeting, Note, Side, Step};
use crate::values;

#[derive(FromQueryResult)]
struct MeetingRow {
    id: Uuid,
    held_on: NaiveDate,
    kind: String,
    recorded_by: Uuid,
    recorded_at: DateTime<Utc>,
    canceled_at: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct NoteRow {
    id: Uuid,
    meeting_id: Uuid,
    author_id: Uuid,
    focus_domain: Option<i64>,
    focus_goal: String,
    worked: String,
    minutes: Option<i64>,
    written_at: DateTime<Utc>,
    version: i64,
}

#[derive(FromQueryResult)]
struct StepRow {
    id: Uuid,
    note_id: Uuid,
    side: String,
    words: String,
    done_at: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct PresentRow {
    meeting_id: Uuid,
    person_id: Uuid,
}

const MEETINGS: &str =
    "SELECT id, held_on, kind, recorded_by, recorded_at, canceled_at FROM pair_meeting WHERE 1 = 1";

/// The latest meetings of a pair with everything said, the newest first.
pub(in crate::meetings) async fn meetings(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    (offset, limit): (u64, u64),
) -> anyhow::Result<Vec<Meeting>> {
    let window = [i64::try_from(limit)?, i64::try_from(offset)?];
    let sql = Sql::new(MEETINGS)
        .and("AND mentorship_id = ?", [pair.into()])
        .and("ORDER BY held_on DESC, id DESC LIMIT ? OFFSET ?", window.map(Into::into));
    load(connection, sql).await
}

/// A meeting of this pair.
pub(in crate::meetings) async fn meeting(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    id: Uuid,
) -> anyhow::Result<Option<Meeting>> {
    let sql = Sql::new(MEETINGS).and("AND mentorship_id = ? AND id = ?", values![pair, id]);
    Ok(load(connection, sql).await?.pop())
}

/// Meetings of a pair on a day that were not called off, in the order they were recorded.
pub(in crate::meetings) async fn on_day(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    day: NaiveDate,
) -> anyhow::Result<Vec<Meeting>> {
    let sql = Sql::new(MEETINGS)
        .and("AND canceled_at IS NULL AND mentorship_id = ? AND held_on = ?", values![pair, day])
        .and("ORDER BY id", []);
    load(connection, sql).await
}

/// Meetings, notes, steps, presence: four queries for any number of rows.
async fn load(connection: &impl ConnectionTrait, sql: Sql) -> anyhow::Result<Vec<Meeting>> {
    let rows: Vec<MeetingRow> = sql.all(connection).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut notes = notes_of(connection, &ids).await?;
    let mut present: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    let there: Vec<PresentRow> = Sql::new(
        "SELECT q.meeting_id, q.person_id FROM meeting_presence q JOIN person p ON p.id = q.person_id WHERE 1 = 1",
    )
        .and_in("AND q.meeting_id", ids)
        .and("ORDER BY p.sort_key, p.id", [])
        .all(connection)
        .await?;
    for row in there {
        present.entry(row.meeting_id).or_default().push(row.person_id);
    }
    rows.into_iter()
        .map(|row| {
            Ok(Meeting {
                id: row.id,
                held_on: row.held_on,
                kind: MeetingKind::from_code(&row.kind).context("неизвестный вид встречи")?,
                recorded_by: row.recorded_by,
                recorded_at: row.recorded_at,
                is_canceled: row.canceled_at.is_some(),
                notes: notes.remove(&row.id).unwrap_or_default(),
                present: present.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect()
}

async fn notes_of(
    connection: &impl ConnectionTrait,
    meetings: &[Uuid],
) -> anyhow::Result<BTreeMap<Uuid, Vec<Note>>> {
    let rows: Vec<NoteRow> = Sql::new(
        "SELECT id, meeting_id, author_id, focus_domain, focus_goal, worked, minutes, written_at, version \
         FROM meeting_note WHERE 1 = 1",
    )
    .and_in("AND meeting_id", meetings.iter().copied())
    .and("ORDER BY written_at, id", [])
    .all(connection)
    .await?;
    let ids = rows.iter().map(|row| row.id);
    let steps: Vec<StepRow> =
        Sql::new("SELECT id, note_id, side, words, done_at FROM meeting_step WHERE 1 = 1")
            .and_in("AND note_id", ids)
            .and("ORDER BY side, id", [])
            .all(connection)
            .await?;
    let mut own: BTreeMap<Uuid, Vec<Step>> = BTreeMap::new();
    for row in steps {
        let note = row.note_id;
        own.entry(note).or_default().push(step(row)?);
    }
    let mut notes: BTreeMap<Uuid, Vec<Note>> = BTreeMap::new();
    for row in rows {
        let focus = match row.focus_domain.and_then(Domain::from_number) {
            Some(domain) => Focus::Domain(domain),
            None => Focus::Goal(row.focus_goal),
        };
        let steps = own.remove(&row.id).unwrap_or_default();
        notes.entry(row.meeting_id).or_default().push(Note {
            id: row.id,
            author: row.author_id,
            focus,
            worked: row.worked,
            minutes: row.minutes,
            written_at: row.written_at,
            version: row.version,
            steps,
        });
    }
    Ok(notes)
}

fn step(row: StepRow) -> anyhow::Result<Step> {
    Ok(Step {
        id: row.id,
        side: Side::from_code(&row.side).context("неизвестная сторона шага")?,
        words: row.words,
        is_done: row.done_at.is_some(),
    })
}

/// Steps of a pair that nobody has marked as done, the oldest first.
pub(in crate::meetings) async fn open_steps(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> anyhow::Result<Vec<Step>> {
    let sql = "SELECT s.id, s.note_id, s.side, s.words, s.done_at FROM meeting_step s \
               JOIN meeting_note n ON n.id = s.note_id JOIN pair_meeting m ON m.id = n.meeting_id \
               WHERE s.mentorship_id = ? AND s.done_at IS NULL AND m.canceled_at IS NULL ORDER BY m.held_on, s.id";
    let rows: Vec<StepRow> = db::all(connection, sql, values![pair]).await?;
    rows.into_iter().map(step).collect()
}

/// How the pair met last: what the next entry proposes.
pub(in crate::meetings) async fn last_kind(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> Result<Option<MeetingKind>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        kind: String,
    }
    let sql = "SELECT kind FROM pair_meeting WHERE mentorship_id = ? AND canceled_at IS NULL \
               ORDER BY held_on DESC, id DESC LIMIT 1";
    let row: Option<Row> = db::one(connection, sql, values![pair]).await?;
    Ok(row.and_then(|row| MeetingKind::from_code(&row.kind)))
}

/// How many meetings a pair has recorded, those called off as well: its people see the trace.
pub(in crate::meetings) async fn count(connection: &impl ConnectionTrait, pair: Uuid) -> Result<u64, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM pair_meeting WHERE mentorship_id = ?";
    db::count(connection, sql, values![pair]).await
}
