//! The personal file and its readings.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::ids;
use crate::values;

/// What the staff record says of a person.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::endings) struct PersonRow {
    pub(in crate::endings) surname: String,
    pub(in crate::endings) given: String,
    pub(in crate::endings) patronymic: Option<String>,
    pub(in crate::endings) education: Option<String>,
    pub(in crate::endings) teaching_since: Option<NaiveDate>,
    pub(in crate::endings) teaching_precision: Option<String>,
}

/// One job.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::endings) struct JobRow {
    pub(in crate::endings) organization_id: Uuid,
    pub(in crate::endings) short_name: String,
    pub(in crate::endings) position: String,
    pub(in crate::endings) subject: Option<String>,
    pub(in crate::endings) qualification: Option<String>,
    pub(in crate::endings) started_on: Option<NaiveDate>,
    pub(in crate::endings) ended_on: Option<NaiveDate>,
}

/// One opening of a file.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::endings) struct ReadingRow {
    pub(in crate::endings) read_at: DateTime<Utc>,
    pub(in crate::endings) surname: String,
    pub(in crate::endings) given: String,
    pub(in crate::endings) patronymic: Option<String>,
    pub(in crate::endings) time_zone: String,
}

/// The person's own record.
pub(in crate::endings) async fn person(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<PersonRow>, DbErr> {
    db::one(
        connection,
        "SELECT surname, given, patronymic, education, teaching_since, teaching_precision FROM person WHERE id = ?",
        values![id],
    )
    .await
}

/// All jobs of a person, the latest first.
pub(in crate::endings) async fn jobs(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Vec<JobRow>, DbErr> {
    db::all(
        connection,
        "SELECT e.organization_id, o.short_name, e.position, e.subject, e.qualification, e.started_on, e.ended_on \
         FROM employment e JOIN organization o ON o.id = e.organization_id WHERE e.person_id = ? \
         ORDER BY CASE WHEN e.ended_on IS NULL THEN 0 ELSE 1 END, e.started_on DESC, e.id",
        values![person],
    )
    .await
}

#[derive(FromQueryResult)]
struct CourseRow {
    title: String,
}

/// Titles of courses passed.
pub(in crate::endings) async fn courses(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Vec<String>, DbErr> {
    let rows: Vec<CourseRow> = db::all(
        connection,
        "SELECT title FROM mentor_course WHERE person_id = ? AND passed_on IS NOT NULL AND canceled_at IS NULL \
         ORDER BY passed_on DESC, id",
        values![person],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.title).collect())
}

#[derive(FromQueryResult)]
struct LastRow {
    read_at: DateTime<Utc>,
}

/// When this reader opened the file of this mentee last.
pub(in crate::endings) async fn last_reading(
    connection: &impl ConnectionTrait,
    reader: Uuid,
    pair: Uuid,
    mentee: Uuid,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let row: Option<LastRow> = db::one(
        connection,
        "SELECT read_at FROM personal_file_reading WHERE reader_id = ? AND mentorship_id = ? AND mentee_id = ? \
         ORDER BY read_at DESC LIMIT 1",
        values![reader, pair, mentee],
    )
    .await?;
    Ok(row.map(|row| row.read_at))
}

/// Keeps that the file was opened.
pub(in crate::endings) async fn add_reading(
    change: &Change,
    pair: Uuid,
    mentee: Uuid,
    reader: Uuid,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        change.tx(),
        "INSERT INTO personal_file_reading (id, mentorship_id, mentee_id, reader_id, read_at) VALUES (?, ?, ?, ?, ?)",
        values![id, pair, mentee, reader, change.now()],
    )
    .await?;
    Ok(id)
}

/// Who has opened this person's file, the latest first.
pub(in crate::endings) async fn readings(
    connection: &impl ConnectionTrait,
    mentee: Uuid,
) -> Result<Vec<ReadingRow>, DbErr> {
    db::all(
        connection,
        "SELECT r.read_at, p.surname, p.given, p.patronymic, t.time_zone FROM personal_file_reading r \
         JOIN person p ON p.id = r.reader_id JOIN mentorship m ON m.id = r.mentorship_id \
         JOIN organization o ON o.id = m.organization_id JOIN territory t ON t.id = o.territory_id \
         WHERE r.mentee_id = ? ORDER BY r.read_at DESC, r.id DESC LIMIT 200",
        values![mentee],
    )
    .await
}
