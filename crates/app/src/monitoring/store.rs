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

/// The order behind a mentorship in force, a row for each mentee.
#[derive(FromQueryResult)]
pub(super) struct OrderRecord {
    pub(super) mentorship_id: Uuid,
    pub(super) mentor_id: Uuid,
    pub(super) mentee_id: Uuid,
    pub(super) label: String,
    pub(super) dated_on: NaiveDate,
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

/// The signed orders that fix mentorships of these mentors on the day.
pub(super) async fn orders(
    connection: &impl ConnectionTrait,
    mentors: &BTreeSet<Uuid>,
    on: NaiveDate,
) -> Result<Vec<OrderRecord>, DbErr> {
    Sql::new(
        "SELECT m.id AS mentorship_id, m.mentor_id, e.person_id AS mentee_id, d.label, d.dated_on \
         FROM mentorship m JOIN mentee_stay e ON e.mentorship_id = m.id \
         JOIN document_mentorship dm ON dm.mentorship_id = m.id JOIN document d ON d.id = dm.document_id \
         WHERE d.kind = 'appointment_order' AND d.canceled_at IS NULL",
    )
    .and(
        "AND d.signed_on <= ? AND e.came_on <= ? AND m.ends_on >= ? AND (e.gone_on IS NULL OR e.gone_on > ?)",
        values![on, on, on, on],
    )
    .and_in("AND m.mentor_id", mentors.iter().copied())
    .and("ORDER BY m.id, e.person_id", [])
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
         JOIN mentee_stay e ON e.mentorship_id = m.id \
         WHERE m.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM document_mentorship dm \
         JOIN document d ON d.id = dm.document_id WHERE dm.mentorship_id = m.id \
         AND d.kind = 'appointment_order' AND d.signed_on IS NOT NULL AND d.canceled_at IS NULL)",
    )
    .and("AND m.ends_on >= ? AND (e.gone_on IS NULL OR e.gone_on > ?)", values![on, on])
    .and_in("AND m.organization_id", organizations.iter().copied())
    .and("ORDER BY m.id", [])
    .all(connection)
    .await
}
