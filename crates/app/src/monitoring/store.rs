//! Rows the indicators are counted from.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::Sql;
use crate::kernel::scope::within;
use crate::values;

#[derive(FromQueryResult)]
pub(super) struct OrganizationRecord {
    pub(super) id: Uuid,
    pub(super) short_name: String,
    pub(super) kind: String,
    pub(super) territory_id: Uuid,
    pub(super) territory_name: String,
    pub(super) region_id: Uuid,
    pub(super) archived_at: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
pub(super) struct StaffRecord {
    pub(super) person_id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) position: String,
    pub(super) started_on: Option<NaiveDate>,
    pub(super) started_precision: Option<String>,
    pub(super) ended_on: Option<NaiveDate>,
    pub(super) teaching_since: Option<NaiveDate>,
    pub(super) teaching_precision: Option<String>,
}

/// The order behind a mentorship in force, a row for each mentee.
#[derive(FromQueryResult)]
pub(super) struct OrderRecord {
    pub(super) mentorship_id: Uuid,
    pub(super) mentor_id: Uuid,
    pub(super) mentee_id: Uuid,
    pub(super) label: String,
    pub(super) dated_on: NaiveDate,
}

/// Somebody of a named list, one row for each employment on the day.
#[derive(FromQueryResult)]
pub(super) struct NamedRecord {
    pub(super) person_id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) surname: String,
    pub(super) given: String,
    pub(super) patronymic: Option<String>,
    pub(super) position: String,
    pub(super) teaching_since: Option<NaiveDate>,
    pub(super) teaching_precision: Option<String>,
}

#[derive(FromQueryResult)]
pub(super) struct NameRecord {
    pub(super) id: Uuid,
    pub(super) surname: String,
    pub(super) given: String,
    pub(super) patronymic: Option<String>,
}

#[derive(FromQueryResult)]
pub(super) struct PreparedRecord {
    pub(super) id: Uuid,
    pub(super) organization_id: Uuid,
    pub(super) mentee_id: Uuid,
}

/// Organizations within reach by role, by municipality and name.
pub(super) async fn organizations(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<OrganizationRecord>, DbErr> {
    let sql = Sql::new(
        "SELECT o.id, o.short_name, o.kind, o.territory_id, t.name AS territory_name, o.region_id, o.archived_at \
         FROM organization o JOIN territory t ON t.id = o.territory_id WHERE 1 = 1",
    );
    within(sql, reach, "o").and("ORDER BY t.name, t.id, o.name_key, o.id", []).all(connection).await
}

/// Everybody employed in these organizations on the day.
pub(super) async fn staff(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    on: NaiveDate,
) -> Result<Vec<StaffRecord>, DbErr> {
    let sql = Sql::new(
        "SELECT e.person_id, e.organization_id, e.position, e.started_on, e.started_precision, e.ended_on, \
         p.teaching_since, p.teaching_precision FROM employment e JOIN person p ON p.id = e.person_id WHERE 1 = 1",
    );
    employed(sql, organizations, on).all(connection).await
}

/// Names and positions of these people in these organizations on the day, in the order of the alphabet.
pub(super) async fn named(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
    organizations: &[Uuid],
    on: NaiveDate,
) -> Result<Vec<NamedRecord>, DbErr> {
    let sql = Sql::new(
        "SELECT e.person_id, e.organization_id, p.surname, p.given, p.patronymic, e.position, p.teaching_since, \
         p.teaching_precision FROM employment e JOIN person p ON p.id = e.person_id WHERE 1 = 1",
    )
    .and_in("AND p.id", people.iter().copied());
    employed(sql, organizations, on).and("ORDER BY p.sort_key, p.id, e.id", []).all(connection).await
}

/// A beginning known only as a month or a year may lie before the day: the rules decide.
fn employed(sql: Sql, organizations: &[Uuid], on: NaiveDate) -> Sql {
    sql.and_in("AND e.organization_id", organizations.iter().copied())
        .and("AND (e.ended_on IS NULL OR e.ended_on > ?)", values![on])
        .and(
            "AND (e.started_on IS NULL OR e.started_on <= ? OR COALESCE(e.started_precision, 'day') <> 'day')",
            values![on],
        )
}

/// The signed orders that fix mentorships of these mentors on the day.
pub(super) async fn orders(
    connection: &impl ConnectionTrait,
    mentors: &BTreeSet<Uuid>,
    on: NaiveDate,
) -> Result<Vec<OrderRecord>, DbErr> {
    Sql::new(
        "SELECT m.id AS mentorship_id, m.mentor_id, e.person_id AS mentee_id, d.label, d.dated_on \
         FROM mentorship m JOIN mentorship_mentee e ON e.mentorship_id = m.id \
         JOIN document_mentorship dm ON dm.mentorship_id = m.id JOIN document d ON d.id = dm.document_id \
         WHERE d.kind = 'appointment_order' AND d.canceled_at IS NULL",
    )
    .and("AND d.signed_on <= ? AND m.starts_on <= ? AND m.ends_on >= ?", values![on, on, on])
    .and_in("AND m.mentor_id", mentors.iter().copied())
    .and("ORDER BY m.id, e.person_id", [])
    .all(connection)
    .await
}

/// Names of people.
pub(super) async fn names(
    connection: &impl ConnectionTrait,
    people: &BTreeSet<Uuid>,
) -> Result<Vec<NameRecord>, DbErr> {
    Sql::new("SELECT id, surname, given, patronymic FROM person WHERE 1 = 1")
        .and_in("AND id", people.iter().copied())
        .and("ORDER BY sort_key, id", [])
        .all(connection)
        .await
}

/// Pairs being prepared in these organizations: they have no order yet and were not withdrawn.
pub(super) async fn prepared(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    on: NaiveDate,
) -> Result<Vec<PreparedRecord>, DbErr> {
    Sql::new(
        "SELECT m.id, m.organization_id, e.person_id AS mentee_id FROM mentorship m \
         JOIN mentorship_mentee e ON e.mentorship_id = m.id \
         WHERE m.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM document_mentorship dm \
         JOIN document d ON d.id = dm.document_id WHERE dm.mentorship_id = m.id \
         AND d.kind = 'appointment_order' AND d.signed_on IS NOT NULL AND d.canceled_at IS NULL)",
    )
    .and("AND m.ends_on >= ?", values![on])
    .and_in("AND m.organization_id", organizations.iter().copied())
    .and("ORDER BY m.id", [])
    .all(connection)
    .await
}
