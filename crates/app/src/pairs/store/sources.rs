//! What the form of a pair is filled from: the bank, the staff, roles; and what the journal remembers.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::role::Role;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql};
use crate::values;

#[derive(FromQueryResult)]
struct WorkplaceRow {
    person_id: Uuid,
    organization_id: Uuid,
}

/// Who works in other organizations of the same region under exactly this name, as `search_key` writes it.
pub(in crate::pairs) async fn outsiders(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    name_key: &str,
    today: NaiveDate,
) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
    let rows: Vec<WorkplaceRow> = db::all(
        connection,
        "SELECT DISTINCT e.person_id, e.organization_id FROM employment e JOIN person p ON p.id = e.person_id \
         JOIN organization o ON o.id = e.organization_id \
         WHERE p.search_key = ? AND p.archived_at IS NULL AND e.organization_id <> ? \
         AND (e.ended_on IS NULL OR e.ended_on > ?) \
         AND o.region_id = (SELECT region_id FROM organization WHERE id = ?)",
        values![name_key, organization, today, organization],
    )
    .await?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.organization_id)).collect())
}

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

/// Who works in the organization, by name.
pub(in crate::pairs) async fn workers(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<Vec<Uuid>, DbErr> {
    let rows: Vec<IdRow> = db::all(
        connection,
        "SELECT p.id FROM person p WHERE p.archived_at IS NULL AND EXISTS (SELECT 1 FROM employment e \
         WHERE e.person_id = p.id AND e.organization_id = ? AND (e.ended_on IS NULL OR e.ended_on > ?)) \
         ORDER BY p.sort_key, p.id",
        values![organization, today],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(FromQueryResult)]
struct RoleRow {
    role: String,
}

/// Roles a person holds by an act in the organization on the day.
pub(in crate::pairs) async fn roles_on(
    connection: &impl ConnectionTrait,
    person: Uuid,
    organization: Uuid,
    day: NaiveDate,
) -> Result<Vec<Role>, DbErr> {
    let rows: Vec<RoleRow> = db::all(
        connection,
        "SELECT role FROM role_grant WHERE person_id = ? AND organization_id = ? AND started_on <= ? \
         AND (ended_on IS NULL OR ended_on > ?) ORDER BY role",
        values![person, organization, day, day],
    )
    .await?;
    Ok(rows.iter().filter_map(|row| Role::from_code(&row.role)).collect())
}

/// Who heads the organization on the day.
pub(in crate::pairs) async fn director_in(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    day: NaiveDate,
) -> Result<Option<Uuid>, DbErr> {
    let row: Option<IdRow> = db::one(
        connection,
        "SELECT person_id AS id FROM role_grant WHERE organization_id = ? AND role = 'director' \
         AND started_on <= ? AND (ended_on IS NULL OR ended_on > ?) ORDER BY started_on DESC, id DESC",
        values![organization, day, day],
    )
    .await?;
    Ok(row.map(|row| row.id))
}

/// An organization as papers and headings name it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct School {
    pub id: Uuid,
    pub short_name: String,
    pub full_name: String,
    /// «г. Нефтеюганск»; the territory's name where nobody has written it.
    pub place: String,
    pub time_zone: String,
}

impl School {
    /// The zone of its territory.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg)
    }
}

/// One organization.
pub(in crate::pairs) async fn school(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<School>, DbErr> {
    db::one(
        connection,
        "SELECT o.id, o.short_name, o.full_name, CASE WHEN o.place = '' THEN t.name ELSE o.place END AS place, \
         t.time_zone \
         FROM organization o JOIN territory t ON t.id = o.territory_id WHERE o.id = ?",
        values![id],
    )
    .await
}

/// Something that happened to a mentorship or its papers.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::pairs) struct EventRow {
    pub(in crate::pairs) at: DateTime<Utc>,
    pub(in crate::pairs) kind: String,
    pub(in crate::pairs) payload: String,
    pub(in crate::pairs) surname: Option<String>,
    pub(in crate::pairs) given: Option<String>,
    pub(in crate::pairs) patronymic: Option<String>,
}

/// The journal of these subjects, the newest first.
pub(in crate::pairs) async fn events(
    connection: &impl ConnectionTrait,
    subjects: &[Uuid],
) -> Result<Vec<EventRow>, DbErr> {
    Sql::new(
        "SELECT j.at, j.kind, j.payload, p.surname, p.given, p.patronymic FROM journal j \
         LEFT JOIN account a ON a.id = j.account_id LEFT JOIN person p ON p.id = a.person_id WHERE 1 = 1",
    )
    .and_in("AND j.subject_id", subjects.iter().copied())
    .and("ORDER BY j.at DESC, j.id DESC LIMIT 100", [])
    .all(connection)
    .await
}

/// Who of the organization has a mentor now or by an agreed plan ahead, or is about to join a group.
pub(in crate::pairs) async fn mentored(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<Vec<Uuid>, DbErr> {
    let rows: Vec<IdRow> = db::all(
        connection,
        "SELECT DISTINCT x.person_id AS id FROM mentorship_place x JOIN mentorship m ON m.id = x.mentorship_id \
         WHERE m.organization_id = ? AND m.withdrawn_at IS NULL AND m.ends_on >= ? \
         AND (x.gone_on IS NULL OR x.gone_on > ?)",
        values![organization, today, today],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(FromQueryResult)]
struct FormedRow {
    id: Uuid,
    mentor_id: Uuid,
    person_id: Uuid,
}

/// Who works with whom, or will by an agreed plan or by joining a group.
pub(in crate::pairs) async fn formed(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<BTreeMap<(Uuid, Uuid), Uuid>, DbErr> {
    let rows: Vec<FormedRow> = db::all(
        connection,
        "SELECT m.id, m.mentor_id, x.person_id FROM mentorship_place x JOIN mentorship m ON m.id = x.mentorship_id \
         WHERE m.organization_id = ? AND m.withdrawn_at IS NULL AND m.ends_on >= ? \
         AND (x.gone_on IS NULL OR x.gone_on > ?) ORDER BY m.id",
        values![organization, today, today],
    )
    .await?;
    Ok(rows.into_iter().map(|row| ((row.mentor_id, row.person_id), row.id)).collect())
}
