//! Cards of lessons.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::ids;
use crate::values;

/// A card.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::meetings) struct Lesson {
    pub(in crate::meetings) id: Uuid,
    pub(in crate::meetings) author_id: Uuid,
    pub(in crate::meetings) teacher_id: Uuid,
    pub(in crate::meetings) held_on: NaiveDate,
    pub(in crate::meetings) class_name: String,
    pub(in crate::meetings) subject: String,
    pub(in crate::meetings) topic: String,
    /// A line each.
    pub(in crate::meetings) strengths: String,
    pub(in crate::meetings) step: String,
    pub(in crate::meetings) back_on: Option<NaiveDate>,
    pub(in crate::meetings) answer: String,
    pub(in crate::meetings) version: i64,
}

/// A card to write.
pub(in crate::meetings) struct NewLesson {
    pub(in crate::meetings) held_on: NaiveDate,
    pub(in crate::meetings) teacher: Uuid,
    pub(in crate::meetings) class_name: String,
    pub(in crate::meetings) subject: String,
    pub(in crate::meetings) topic: String,
    pub(in crate::meetings) strengths: String,
    pub(in crate::meetings) step: String,
    pub(in crate::meetings) back_on: Option<NaiveDate>,
}

/// A card of this pair; nothing once its meeting was called off.
pub(in crate::meetings) async fn lesson(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    id: Uuid,
) -> Result<Option<Lesson>, DbErr> {
    let sql = "SELECT c.id, c.author_id, c.teacher_id, m.held_on, c.class_name, c.subject, c.topic, c.strengths, c.step, \
               c.back_on, c.answer, c.version FROM lesson_card c JOIN pair_meeting m ON m.id = c.meeting_id \
               WHERE c.mentorship_id = ? AND c.id = ? AND m.canceled_at IS NULL";
    db::one(connection, sql, values![pair, id]).await
}

/// The cards of a pair by their meetings.
pub(in crate::meetings) async fn lessons_of(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> Result<BTreeMap<Uuid, Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        meeting_id: Uuid,
    }
    let sql = "SELECT id, meeting_id FROM lesson_card WHERE mentorship_id = ?";
    let rows: Vec<Row> = db::all(connection, sql, values![pair]).await?;
    Ok(rows.into_iter().map(|row| (row.meeting_id, row.id)).collect())
}

pub(in crate::meetings) async fn add_lesson(
    tx: &Tx,
    now: DateTime<Utc>,
    (pair, meeting, author): (Uuid, Uuid, Uuid),
    new: &NewLesson,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let sql = "INSERT INTO lesson_card (id, meeting_id, mentorship_id, author_id, teacher_id, class_name, subject, topic, \
               strengths, step, back_on, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let values = values![
        id,
        meeting,
        pair,
        author,
        new.teacher,
        new.class_name.as_str(),
        new.subject.as_str(),
        new.topic.as_str(),
        new.strengths.as_str(),
        new.step.as_str(),
        new.back_on,
        now
    ];
    db::exec(tx, sql, values).await?;
    Ok(id)
}

/// The teacher's answer. Tells whether the card was still as the teacher had seen it.
pub(in crate::meetings) async fn answer_lesson(
    tx: &Tx,
    now: DateTime<Utc>,
    id: Uuid,
    (answer, version): (&str, i64),
) -> Result<bool, DbErr> {
    let sql = "UPDATE lesson_card SET answer = ?, answered_at = ?, version = version + 1 WHERE id = ? AND version = ?";
    Ok(db::exec(tx, sql, values![answer, now, id, version]).await? == 1)
}

/// Cards of these pairs to which their author is to come back in the window.
pub(in crate::meetings) async fn lessons_due(
    connection: &impl ConnectionTrait,
    author: Uuid,
    pairs: &[Uuid],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Due>, DbErr> {
    Sql::new(
        "SELECT c.id, c.mentorship_id FROM lesson_card c JOIN pair_meeting m ON m.id = c.meeting_id \
         WHERE m.canceled_at IS NULL",
    )
    .and("AND c.author_id = ? AND c.back_on >= ? AND c.back_on <= ?", values![author, from, to])
    .and_in("AND c.mentorship_id", pairs.iter().copied())
    .and("ORDER BY c.back_on, c.id", [])
    .all(connection)
    .await
}

/// A card whose day to come back has come.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::meetings) struct Due {
    pub(in crate::meetings) id: Uuid,
    pub(in crate::meetings) mentorship_id: Uuid,
}
