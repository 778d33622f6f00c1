//! All SQL of meetings.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::Sql;

#[derive(FromQueryResult)]
struct HeldRow {
    mentorship_id: Uuid,
    held_on: NaiveDate,
}

pub(super) async fn held(
    connection: &impl ConnectionTrait,
    mentorships: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<NaiveDate>>, DbErr> {
    let rows: Vec<HeldRow> =
        Sql::new("SELECT mentorship_id, held_on FROM pair_meeting WHERE canceled_at IS NULL")
            .and_in("AND mentorship_id", mentorships.iter().copied())
            .and("ORDER BY held_on, id", [])
            .all(connection)
            .await?;
    let mut held: BTreeMap<Uuid, Vec<NaiveDate>> = BTreeMap::new();
    for row in rows {
        held.entry(row.mentorship_id).or_default().push(row.held_on);
    }
    Ok(held)
}
