//! Programs in lists: what stands beside the events.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::program::State;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::Sql;
use crate::values;

/// How many ids go into one query.
const CHUNK: usize = 400;

/// A program as lists know it.
#[derive(Clone, Debug)]
pub(in crate::programs) struct Row {
    pub(in crate::programs) state: State,
    pub(in crate::programs) revision: i64,
    pub(in crate::programs) approved_revision: Option<i64>,
    pub(in crate::programs) approved_at: Option<DateTime<Utc>>,
    pub(in crate::programs) council: Option<Uuid>,
    pub(in crate::programs) measures: i64,
    pub(in crate::programs) measures_done: i64,
    pub(in crate::programs) next_due: Option<NaiveDate>,
}

#[derive(FromQueryResult)]
struct StoredRow {
    mentorship_id: Uuid,
    state: String,
    revision: i64,
    approved_revision: Option<i64>,
    approved_at: Option<DateTime<Utc>>,
    council_subject: Option<Uuid>,
    measures: i64,
    measures_done: i64,
    next_due: Option<NaiveDate>,
}

/// Programs of these pairs, by the pair.
pub(in crate::programs) async fn of_pairs(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> Result<BTreeMap<Uuid, Row>, DbErr> {
    let mut found = BTreeMap::new();
    for part in pairs.chunks(CHUNK) {
        let rows: Vec<StoredRow> = Sql::new(
            "SELECT mentorship_id, state, revision, approved_revision, approved_at, council_subject, measures, \
             measures_done, next_due FROM program WHERE 1 = 1",
        )
        .and_in("AND mentorship_id", part.iter().copied())
        .all(connection)
        .await?;
        found.extend(rows.into_iter().map(|row| (row.mentorship_id, row.into())));
    }
    Ok(found)
}

impl From<StoredRow> for Row {
    fn from(row: StoredRow) -> Self {
        Self {
            state: State::from_code(&row.state).unwrap_or(State::Draft),
            revision: row.revision,
            approved_revision: row.approved_revision,
            approved_at: row.approved_at,
            council: row.council_subject,
            measures: row.measures,
            measures_done: row.measures_done,
            next_due: row.next_due,
        }
    }
}

#[derive(FromQueryResult)]
struct GoalsRow {
    mentorship_id: Uuid,
    goals_key: String,
}

/// The goals of the other programs of an organization, to see which are alike.
pub(in crate::programs) async fn goals_keys(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    without: Uuid,
) -> Result<Vec<(Uuid, String)>, DbErr> {
    let rows: Vec<GoalsRow> = Sql::new("SELECT mentorship_id, goals_key FROM program WHERE goals_key <> ''")
        .and("AND organization_id = ? AND id <> ? ORDER BY id", values![organization, without])
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.mentorship_id, row.goals_key)).collect())
}
