//! Which pairs stand on agreements of cooperation.

use chrono::NaiveDate;
use nastavnik_domain::period::Period;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::rows::CHUNK;
use crate::kernel::db::Sql;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    partnership_id: Uuid,
    organization_id: Uuid,
    mentor_organization: Uuid,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    ended_on: Option<NaiveDate>,
}

/// A pair that stands on an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub id: Uuid,
    pub agreement: Uuid,
    pub organization: Uuid,
    pub mentor_organization: Uuid,
    /// The days agreed on, cut by an order that has ended them.
    pub period: Period,
}

/// The pairs that stand on these agreements and were not given up.
pub(in crate::pairs) async fn standing_on(
    connection: &impl ConnectionTrait,
    agreements: &[Uuid],
) -> anyhow::Result<Vec<Standing>> {
    let mut found = Vec::new();
    for part in agreements.chunks(CHUNK) {
        let rows: Vec<Row> = Sql::new(
            "SELECT m.id, m.partnership_id, m.organization_id, \
             COALESCE(m.mentor_organization_id, m.organization_id) AS mentor_organization, \
             m.starts_on, m.ends_on, m.ended_on FROM mentorship m WHERE m.withdrawn_at IS NULL",
        )
        .and_in("AND m.partnership_id", part.iter().copied())
        .and("ORDER BY m.id", [])
        .all(connection)
        .await?;
        for row in rows {
            let planned = Period::through(row.starts_on, row.ends_on)?;
            let ended = row.ended_on.and_then(|day| day.pred_opt());
            let period = ended.and_then(|last| planned.ending(last).ok()).unwrap_or(planned);
            found.push(Standing {
                id: row.id,
                agreement: row.partnership_id,
                organization: row.organization_id,
                mentor_organization: row.mentor_organization,
                period,
            });
        }
    }
    Ok(found)
}
