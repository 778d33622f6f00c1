//! Results of completed sheets, counted by organization, wave and domain.

use nastavnik_domain::organization::OrganizationKind;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::year::AcademicYear;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::Sql;
use crate::kernel::scope;
use crate::values;

/// Answers of an organization about one domain in one wave; an organization without answers has one empty row.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct CountRow {
    pub(super) organization_id: Uuid,
    pub(super) short_name: String,
    pub(super) territory: String,
    pub(super) wave: Option<String>,
    pub(super) domain: Option<i64>,
    pub(super) answered: Option<i64>,
    pub(super) deficits: Option<i64>,
    pub(super) strengths: Option<i64>,
}

/// All numbers of the map in ONE query, however many organizations and waves there are.
pub(super) async fn counts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    year: AcademicYear,
) -> Result<Vec<CountRow>, DbErr> {
    let kinds = OrganizationKind::ALL.into_iter().filter(|kind| kind.teaches()).map(OrganizationKind::code);
    let sql = Sql::new(
        "SELECT o.id AS organization_id, o.short_name, t.name AS territory, f.wave, f.domain, f.answered, \
         f.deficits, f.strengths FROM organization o LEFT JOIN territory t ON t.id = o.territory_id \
         LEFT JOIN (SELECT d.organization_id, d.wave, r.domain, COUNT(*) AS answered, \
         CAST(SUM(r.is_deficit) AS BIGINT) AS deficits, CAST(SUM(r.is_strength) AS BIGINT) AS strengths \
         FROM diagnosis d JOIN diagnosis_domain r ON r.diagnosis_id = d.id \
         WHERE d.view = 'own' AND d.completed_at IS NOT NULL",
    )
    .and("AND d.year_start = ?", values![i64::from(year.0)])
    .and("GROUP BY d.organization_id, d.wave, r.domain) f ON f.organization_id = o.id", [])
    .and("WHERE o.archived_at IS NULL", [])
    .and_in("AND o.kind", kinds);
    scope::within(sql, reach, "o")
        .and("ORDER BY t.name, o.search_key, o.id, f.wave, f.domain", [])
        .all(connection)
        .await
}
