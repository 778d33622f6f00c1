//! Rows for other slices.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::Sql;
use crate::kernel::scope::within;
use crate::people::Contact;
use crate::values;

/// A database accepts only so many values in one statement.
const CHUNK: usize = 500;

#[derive(FromQueryResult)]
pub(in crate::people) struct BriefRow {
    pub(in crate::people) id: Uuid,
    pub(in crate::people) surname: String,
    pub(in crate::people) given: String,
    pub(in crate::people) patronymic: Option<String>,
    pub(in crate::people) gender: String,
    pub(in crate::people) name_forms: Option<String>,
}

/// People by their ids.
pub(in crate::people) async fn brief_rows(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<BriefRow>, DbErr> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(CHUNK) {
        let sql =
            Sql::new("SELECT id, surname, given, patronymic, gender, name_forms FROM person WHERE 1 = 1");
        found.extend(sql.and_in("AND id", part.iter().copied()).all::<BriefRow>(connection).await?);
    }
    Ok(found)
}

/// Everybody who works in the organization or ever did, by the Russian alphabet.
pub(in crate::people) async fn ever_employed_rows(
    connection: &impl ConnectionTrait,
    organization: Uuid,
) -> Result<Vec<BriefRow>, DbErr> {
    Sql::new(
        "SELECT p.id, p.surname, p.given, p.patronymic, p.gender, p.name_forms FROM person p WHERE 1 = 1",
    )
    .and(
        "AND p.id IN (SELECT e.person_id FROM employment e WHERE e.organization_id = ?)",
        values![organization],
    )
    .and("ORDER BY p.sort_key, p.id", [])
    .all(connection)
    .await
}

#[derive(FromQueryResult)]
struct PlaceRow {
    organization_id: Uuid,
}

/// The organization of the main job on the day.
pub(in crate::people) async fn workplace(
    connection: &impl ConnectionTrait,
    person: Uuid,
    day: NaiveDate,
) -> Result<Option<Uuid>, DbErr> {
    let row: Option<PlaceRow> = Sql::new("SELECT e.organization_id FROM employment e")
        .and("WHERE e.person_id = ?", values![person])
        .and(
            "AND (e.started_on IS NULL OR e.started_on <= ?) AND (e.ended_on IS NULL OR e.ended_on > ?)",
            values![day, day],
        )
        .and("ORDER BY e.share_percent DESC, e.started_on, e.id LIMIT 1", [])
        .one(connection)
        .await?;
    Ok(row.map(|row| row.organization_id))
}

#[derive(FromQueryResult)]
struct ContactRow {
    id: Uuid,
    phone: Option<String>,
    email: Option<String>,
    born_on: Option<NaiveDate>,
}

/// How to reach people, by their ids.
pub(in crate::people) async fn contacts(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<BTreeMap<Uuid, Contact>, DbErr> {
    let mut found = BTreeMap::new();
    for part in ids.chunks(CHUNK) {
        let sql = Sql::new("SELECT id, phone, email, born_on FROM person WHERE 1 = 1");
        let rows: Vec<ContactRow> = sql.and_in("AND id", part.iter().copied()).all(connection).await?;
        let contact = |row: ContactRow| Contact { phone: row.phone, email: row.email, born_on: row.born_on };
        found.extend(rows.into_iter().map(|row| (row.id, contact(row))));
    }
    Ok(found)
}

/// An employment together with its person.
#[derive(FromQueryResult)]
pub(in crate::people) struct EmployedRow {
    pub(in crate::people) person_id: Uuid,
    pub(in crate::people) surname: String,
    pub(in crate::people) given: String,
    pub(in crate::people) patronymic: Option<String>,
    pub(in crate::people) gender: String,
    pub(in crate::people) born_on: Option<NaiveDate>,
    pub(in crate::people) education: Option<String>,
    pub(in crate::people) teaching_since: Option<NaiveDate>,
    pub(in crate::people) teaching_precision: Option<String>,
    pub(in crate::people) employment_id: Uuid,
    pub(in crate::people) organization_id: Uuid,
    pub(in crate::people) position: String,
    pub(in crate::people) subject: Option<String>,
    pub(in crate::people) qualification: Option<String>,
    pub(in crate::people) share_percent: i64,
    pub(in crate::people) started_on: Option<NaiveDate>,
    pub(in crate::people) started_precision: Option<String>,
    pub(in crate::people) ended_on: Option<NaiveDate>,
}

/// Employments within reach that had begun by the day, of each person together, by the Russian alphabet.
pub(in crate::people) async fn employed_rows(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    organization: Option<Uuid>,
    day: NaiveDate,
) -> Result<Vec<EmployedRow>, DbErr> {
    let sql = Sql::new(
        "SELECT e.person_id, p.surname, p.given, p.patronymic, p.gender, p.born_on, p.education, \
                p.teaching_since, p.teaching_precision, e.id AS employment_id, e.organization_id, e.position, \
                e.subject, e.qualification, e.share_percent, e.started_on, e.started_precision, e.ended_on \
         FROM employment e LEFT JOIN person p ON p.id = e.person_id \
         LEFT JOIN organization o ON o.id = e.organization_id WHERE 1 = 1",
    )
    .and("AND (e.started_on IS NULL OR e.started_on <= ?)", values![day])
    .and_some(organization, "AND e.organization_id = ?");
    within(sql, reach, "o").and("ORDER BY p.sort_key, p.id, e.started_on, e.id", []).all(connection).await
}
