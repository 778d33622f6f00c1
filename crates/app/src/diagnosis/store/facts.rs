//! What the school sees: that a sheet is begun, completed or refused, and when. No answer is read here.

use chrono::{DateTime, Utc};
use nastavnik_domain::competence::Wave;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::year::AcademicYear;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::Sql;
use crate::kernel::scope;
use crate::values;

/// The fact of one sheet.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::diagnosis) struct Fact {
    pub(in crate::diagnosis) person_id: Uuid,
    pub(in crate::diagnosis) begun_at: DateTime<Utc>,
    pub(in crate::diagnosis) completed_at: Option<DateTime<Utc>>,
    pub(in crate::diagnosis) refused_at: Option<DateTime<Utc>>,
    pub(in crate::diagnosis) time_zone: String,
}

/// Facts of the wave about everybody who works within reach, wherever the sheet was begun: nobody is asked twice.
pub(in crate::diagnosis) async fn facts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    year: AcademicYear,
    wave: Wave,
) -> Result<Vec<Fact>, DbErr> {
    let sql = Sql::new(
        "SELECT d.person_id, d.begun_at, d.completed_at, d.refused_at, t.time_zone FROM diagnosis d \
         JOIN organization b ON b.id = d.organization_id JOIN territory t ON t.id = b.territory_id \
         WHERE d.view = 'own'",
    )
    .and("AND d.year_start = ? AND d.wave = ?", values![i64::from(year.0), wave.code()])
    .and(
        "AND d.person_id IN (SELECT e.person_id FROM employment e JOIN organization o ON o.id = e.organization_id \
         WHERE 1 = 1",
        [],
    );
    scope::within(sql, reach, "o").and(")", []).all(connection).await
}
