//! What stands out in somebody's newest sheet.

use chrono::{DateTime, Utc};
use nastavnik_domain::competence::{Domain, Standing};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::diagnosis::front::Finding;
use crate::kernel::clock;
use crate::kernel::db::Sql;
use crate::values;

#[derive(FromQueryResult)]
struct Row {
    domain: i64,
    is_deficit: i64,
    completed_at: DateTime<Utc>,
    time_zone: String,
}

/// Deficits and strengths of the newest completed own sheet, begun in this organization or anywhere.
pub(in crate::diagnosis) async fn newest_findings(
    connection: &impl ConnectionTrait,
    person: Uuid,
    organization: Option<Uuid>,
) -> Result<Vec<Finding>, DbErr> {
    let newest = Sql::new(
        "SELECT x.domain, x.is_deficit, d.completed_at, t.time_zone FROM diagnosis_domain x \
         JOIN diagnosis d ON d.id = x.diagnosis_id JOIN organization o ON o.id = d.organization_id \
         JOIN territory t ON t.id = o.territory_id \
         WHERE (x.is_deficit = 1 OR x.is_strength = 1) AND d.id = (SELECT n.id FROM diagnosis n \
         WHERE n.view = 'own' AND n.completed_at IS NOT NULL",
    )
    .and("AND n.person_id = ?", values![person])
    .and_some(organization, "AND n.organization_id = ?")
    .and("ORDER BY n.completed_at DESC, n.id DESC LIMIT 1) ORDER BY x.domain", []);
    let rows: Vec<Row> = newest.all(connection).await?;
    let finding = |row: Row| {
        let zone = row.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
        Some(Finding {
            person,
            domain: Domain::from_number(row.domain)?,
            standing: if row.is_deficit == 1 { Standing::Deficit } else { Standing::Strength },
            seen_on: clock::local_day(row.completed_at, zone),
        })
    };
    Ok(rows.into_iter().filter_map(finding).collect())
}
