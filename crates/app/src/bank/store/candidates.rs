//! Candidates for mentors.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::policy::Reach;
use nastavnik_domain::russian::search_key;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::staff::StaffFilter;
use crate::kernel::db::{self, Sql, Tx, contains_pattern};
use crate::kernel::scope;
use crate::values;

/// A line of the list of candidates.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::bank) struct CandidateRow {
    pub(in crate::bank) id: Uuid,
    pub(in crate::bank) person_id: Uuid,
    pub(in crate::bank) surname: String,
    pub(in crate::bank) given: String,
    pub(in crate::bank) patronymic: Option<String>,
    pub(in crate::bank) sort_key: String,
    pub(in crate::bank) organization_id: Uuid,
    pub(in crate::bank) short_name: String,
    pub(in crate::bank) territory_id: Uuid,
    pub(in crate::bank) region_id: Uuid,
    pub(in crate::bank) time_zone: Option<String>,
    pub(in crate::bank) capacity: i64,
    pub(in crate::bank) note: String,
    pub(in crate::bank) kinds: String,
    pub(in crate::bank) time_and_place: String,
    pub(in crate::bank) works_remotely: i64,
    pub(in crate::bank) in_register: i64,
    pub(in crate::bank) listed_at: DateTime<Utc>,
    pub(in crate::bank) ended_on: Option<NaiveDate>,
    pub(in crate::bank) version: i64,
}

const COLUMNS: &str = "SELECT c.id, c.person_id, p.surname, p.given, p.patronymic, p.sort_key, \
    c.organization_id, o.short_name, o.territory_id, o.region_id, t.time_zone, c.capacity, c.note, c.kinds, \
    c.time_and_place, c.works_remotely, c.in_register, c.listed_at, c.ended_on, c.version \
    FROM mentor_candidate c LEFT JOIN person p ON p.id = c.person_id \
    LEFT JOIN organization o ON o.id = c.organization_id LEFT JOIN territory t ON t.id = o.territory_id";

/// Candidates in the list now.
pub(in crate::bank) async fn candidate_rows(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &StaffFilter,
) -> Result<Vec<CandidateRow>, DbErr> {
    let key = search_key(&filter.name);
    let pattern = (!key.is_empty()).then(|| contains_pattern(&key));
    let sql = Sql::new(COLUMNS)
        .and("WHERE c.ended_on IS NULL AND p.archived_at IS NULL", [])
        .and_some(filter.organization, "AND c.organization_id = ?")
        .and_some(pattern, "AND p.search_key LIKE ? ESCAPE '\\'");
    scope::within(sql, reach, "o").and("ORDER BY p.sort_key, c.id", []).all(connection).await
}

/// One candidate within reach, also one who has left the list.
pub(in crate::bank) async fn visible_candidate(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    id: Uuid,
) -> Result<Option<CandidateRow>, DbErr> {
    let sql = Sql::new(COLUMNS).and("WHERE c.id = ?", values![id]);
    scope::within(sql, reach, "o").one(connection).await
}

#[derive(FromQueryResult)]
struct Lockable {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Capacity {
    capacity: i64,
}

/// Locks the live row of a candidate and reads its capacity after the lock.
pub(in crate::bank) async fn lock_candidate(
    tx: &Tx,
    person: Uuid,
    organization: Uuid,
) -> Result<Option<u32>, DbErr> {
    let found: Option<Lockable> = db::one(
        tx,
        "SELECT id FROM mentor_candidate WHERE person_id = ? AND organization_id = ? AND ended_on IS NULL",
        values![person, organization],
    )
    .await?;
    let Some(found) = found else { return Ok(None) };
    if !db::lock_row(tx, "mentor_candidate", found.id).await? {
        return Ok(None);
    }
    // Read again: somebody may have changed or ended the row while we waited for it.
    let row: Option<Capacity> = db::one(
        tx,
        "SELECT capacity FROM mentor_candidate WHERE id = ? AND ended_on IS NULL",
        values![found.id],
    )
    .await?;
    Ok(row.and_then(|row| u32::try_from(row.capacity).ok()))
}
