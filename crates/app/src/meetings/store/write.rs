//! Writing meetings and what was said at them.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::meeting::MeetingKind;
use sea_orm::DbErr;
use uuid::Uuid;

use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::meetings::record::{Focus, Note, Said, Side};
use crate::values;

/// The fact of a meeting.
pub(in crate::meetings) struct NewMeeting {
    pub(in crate::meetings) pair: Uuid,
    pub(in crate::meetings) held_on: NaiveDate,
    pub(in crate::meetings) kind: MeetingKind,
    pub(in crate::meetings) by: Uuid,
}

pub(in crate::meetings) async fn add_meeting(
    tx: &Tx,
    now: DateTime<Utc>,
    new: &NewMeeting,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let sql = "INSERT INTO pair_meeting (id, mentorship_id, held_on, kind, recorded_by, recorded_at) \
               VALUES (?, ?, ?, ?, ?, ?)";
    db::exec(tx, sql, values![id, new.pair, new.held_on, new.kind.code(), new.by, now]).await?;
    Ok(id)
}

/// Another day or kind for a meeting that was not called off.
pub(in crate::meetings) async fn change_meeting(
    tx: &Tx,
    id: Uuid,
    held_on: NaiveDate,
    kind: MeetingKind,
) -> Result<(), DbErr> {
    let sql = "UPDATE pair_meeting SET held_on = ?, kind = ? WHERE id = ? AND canceled_at IS NULL";
    db::exec(tx, sql, values![held_on, kind.code(), id]).await.map(|_| ())
}

/// Calls a meeting off; it stays as a trace. Tells whether it stood until now.
pub(in crate::meetings) async fn cancel_meeting(
    tx: &Tx,
    now: DateTime<Utc>,
    id: Uuid,
) -> Result<bool, DbErr> {
    let sql = "UPDATE pair_meeting SET canceled_at = ? WHERE id = ? AND canceled_at IS NULL";
    let canceled = db::exec(tx, sql, values![now, id]).await? == 1;
    let plan = "UPDATE meeting_plan SET state = 'planned', meeting_id = NULL, version = version + 1 WHERE meeting_id = ?";
    db::exec(tx, plan, values![id]).await?;
    Ok(canceled)
}

/// What somebody says about a meeting for the first time.
pub(in crate::meetings) async fn add_note(
    tx: &Tx,
    now: DateTime<Utc>,
    (pair, meeting, author): (Uuid, Uuid, Uuid),
    said: &Said,
) -> Result<(), DbErr> {
    let id = ids::row_id();
    let (domain, goal) = focus(said);
    let sql = "INSERT INTO meeting_note (id, meeting_id, author_id, focus_domain, focus_goal, worked, minutes, \
               written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let values = values![id, meeting, author, domain, goal, said.worked.as_str(), said.minutes, now];
    db::exec(tx, sql, values).await?;
    for side in Side::ALL.into_iter().filter(|side| !said.step(*side).is_empty()) {
        add_step(tx, (pair, id), side, said.step(side)).await?;
    }
    Ok(())
}

/// Says it anew. Tells whether the note was still as its author had seen it. A step whose words stay keeps its mark.
pub(in crate::meetings) async fn change_note(
    tx: &Tx,
    pair: Uuid,
    note: &Note,
    version: i64,
    said: &Said,
) -> Result<bool, DbErr> {
    let (domain, goal) = focus(said);
    let sql = "UPDATE meeting_note SET focus_domain = ?, focus_goal = ?, worked = ?, minutes = ?, \
               version = version + 1 WHERE id = ? AND version = ?";
    let values = values![domain, goal, said.worked.as_str(), said.minutes, note.id, version];
    if db::exec(tx, sql, values).await? == 0 {
        return Ok(false);
    }
    for side in Side::ALL.into_iter().filter(|side| said.step(*side) != note.step(*side)) {
        let gone = "DELETE FROM meeting_step WHERE note_id = ? AND side = ?";
        db::exec(tx, gone, values![note.id, side.code()]).await?;
        if !said.step(side).is_empty() {
            add_step(tx, (pair, note.id), side, said.step(side)).await?;
        }
    }
    Ok(true)
}

async fn add_step(tx: &Tx, (pair, note): (Uuid, Uuid), side: Side, words: &str) -> Result<(), DbErr> {
    let sql = "INSERT INTO meeting_step (id, note_id, mentorship_id, side, words) VALUES (?, ?, ?, ?, ?)";
    db::exec(tx, sql, values![ids::row_id(), note, pair, side.code(), words]).await.map(|_| ())
}

/// Marks steps of this pair as done.
pub(in crate::meetings) async fn close_steps(
    tx: &Tx,
    now: DateTime<Utc>,
    pair: Uuid,
    done: &[Uuid],
) -> Result<(), DbErr> {
    for step in done {
        let sql =
            "UPDATE meeting_step SET done_at = ? WHERE id = ? AND mentorship_id = ? AND done_at IS NULL";
        db::exec(tx, sql, values![now, *step, pair]).await?;
    }
    Ok(())
}

/// Who of a group was there.
pub(in crate::meetings) async fn set_present(tx: &Tx, meeting: Uuid, present: &[Uuid]) -> Result<(), DbErr> {
    db::exec(tx, "DELETE FROM meeting_presence WHERE meeting_id = ?", values![meeting]).await?;
    for person in present {
        let sql = "INSERT INTO meeting_presence (meeting_id, person_id) VALUES (?, ?)";
        db::exec(tx, sql, values![meeting, *person]).await?;
    }
    Ok(())
}

fn focus(said: &Said) -> (Option<i64>, String) {
    match &said.focus {
        Focus::Domain(domain) => (Some(i64::from(domain.number())), String::new()),
        Focus::Goal(words) => (None, words.clone()),
    }
}
