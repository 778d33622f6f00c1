//! People around a route.

use chrono::NaiveDate;
use nastavnik_domain::person::FullName;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db;
use crate::values;

/// A tutor of the growth center who may be named.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::pathway) struct Tutor {
    pub(in crate::pathway) id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    pub(in crate::pathway) short_name: String,
}

impl Tutor {
    pub(in crate::pathway) fn name(&self) -> FullName {
        FullName::new(&self.surname, &self.given, self.patronymic.as_deref())
    }
}

/// Tutors of the region in which this organization stands.
pub(in crate::pathway) async fn tutors(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    day: NaiveDate,
) -> Result<Vec<Tutor>, DbErr> {
    db::all(
        connection,
        "SELECT DISTINCT p.id, p.surname, p.given, p.patronymic, o.short_name FROM role_grant g \
         JOIN person p ON p.id = g.person_id JOIN organization o ON o.id = g.organization_id \
         WHERE g.role = 'tutor' AND g.started_on <= ? AND (g.ended_on IS NULL OR g.ended_on > ?) \
         AND o.region_id = (SELECT own.region_id FROM organization own WHERE own.id = ?) \
         ORDER BY p.surname, p.given, p.id",
        values![day, day, organization],
    )
    .await
}

#[derive(FromQueryResult)]
struct NameRow {
    surname: String,
    given: String,
    patronymic: Option<String>,
}

/// Somebody's name.
pub(in crate::pathway) async fn name_of(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Option<FullName>, DbErr> {
    let sql = "SELECT surname, given, patronymic FROM person WHERE id = ?";
    let row: Option<NameRow> = db::one(connection, sql, values![person]).await?;
    Ok(row.map(|row| FullName::new(&row.surname, &row.given, row.patronymic.as_deref())))
}

/// A job for the passport of the route.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::pathway) struct JobRow {
    pub(in crate::pathway) short_name: String,
    pub(in crate::pathway) full_name: String,
    pub(in crate::pathway) position: String,
    pub(in crate::pathway) subject: Option<String>,
    pub(in crate::pathway) qualification: Option<String>,
    pub(in crate::pathway) teaching_since: Option<NaiveDate>,
}

/// The jobs of a day, the main one first.
pub(in crate::pathway) async fn jobs(
    connection: &impl ConnectionTrait,
    person: Uuid,
    day: NaiveDate,
) -> Result<Vec<JobRow>, DbErr> {
    db::all(
        connection,
        "SELECT o.short_name, o.full_name, e.position, e.subject, e.qualification, p.teaching_since FROM employment e \
         JOIN organization o ON o.id = e.organization_id JOIN person p ON p.id = e.person_id WHERE e.person_id = ? \
         AND (e.started_on IS NULL OR e.started_on <= ?) AND (e.ended_on IS NULL OR e.ended_on > ?) \
         ORDER BY e.share_percent DESC, e.started_on, e.id",
        values![person, day, day],
    )
    .await
}
