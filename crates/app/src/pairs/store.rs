//! Rows of mentorships.

mod engaged;
mod joining;
mod links;
mod people;
mod rows;
mod sources;
mod standing;
mod write;

use chrono::NaiveDate;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

pub(super) use engaged::{Engaged, InForceRow, engagements, in_force, in_force_with};
pub(super) use joining::OwnJoining;
pub(super) use joining::{add_joining, close_joining, own_joinings, set_joined};
pub(super) use links::{continued, link, linked, neighbors};
pub(super) use people::participants;
use rows::load_all;
pub use sources::School;
pub(super) use sources::{director_in, events, formed, mentored, outsiders, roles_on, school, workers};
pub use standing::Standing;
pub(super) use standing::standing_on;
pub(super) use write::{
    NewPair, insert, set_ended, set_left, set_replacement, set_withdrawn, strike, update,
};

use super::record::Pair;
use crate::kernel::db::{self, Sql};
use crate::kernel::scope;
use crate::values;

/// What a list may be narrowed by in the database; the state is computed from papers afterwards.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) organization: Option<Uuid>,
    pub(super) kind: Option<&'static str>,
    /// The mentorship shares a day with `[from, to)`.
    pub(super) between: Option<(NaiveDate, NaiveDate)>,
    /// A key made by `search_key`.
    pub(super) search: String,
}

/// The mentorships within reach that pass the filter.
pub(super) async fn visible(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    filter: &Filter,
) -> anyhow::Result<Vec<Pair>> {
    let sql = within(rows::select(), reach, person)
        .and_some(filter.organization, "AND m.organization_id = ?")
        .and_some(filter.kind.map(|kind| format!("%\"{kind}\"%")), "AND m.kinds LIKE ?");
    let sql = match filter.between {
        Some((from, to)) => sql.and("AND m.starts_on < ? AND m.ends_on >= ?", values![to, from]),
        None => sql,
    };
    let sql = if filter.search.is_empty() {
        sql
    } else {
        let pattern = db::contains_pattern(&filter.search);
        sql.and(
            "AND EXISTS (SELECT 1 FROM person p WHERE p.search_key LIKE ? ESCAPE '\\' AND (p.id = m.mentor_id \
             OR p.id IN (SELECT x.person_id FROM mentorship_mentee x WHERE x.mentorship_id = m.id)))",
            values![pattern],
        )
    };
    load_all(connection, sql).await
}

/// One mentorship, if it is within reach.
pub(super) async fn visible_one(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    id: Uuid,
) -> anyhow::Result<Option<Pair>> {
    let sql = within(rows::select().and("AND m.id = ?", values![id]), reach, person);
    Ok(load_all(connection, sql).await?.pop())
}

/// Mentorships by their ids, whoever asks.
pub(super) async fn by_ids(connection: &impl ConnectionTrait, ids: &[Uuid]) -> anyhow::Result<Vec<Pair>> {
    load_all(connection, rows::select().and_in("AND m.id", ids.iter().copied())).await
}

/// Narrows `m` (the mentorship, with its organization `o`) to what the reach covers. A participant sees
/// the own mentorships unless they came to nothing.
fn within(sql: Sql, reach: &Reach, person: Uuid) -> Sql {
    if reach.everywhere {
        return sql;
    }
    let (covered, values) = scope::condition(reach, "o");
    let sql = sql.and(&format!("AND ({covered}"), values);
    let sql = if reach.pairs {
        sql.and(
            "OR (m.withdrawn_at IS NULL AND (m.mentor_id = ? OR EXISTS (SELECT 1 FROM mentorship_mentee x \
             WHERE x.mentorship_id = m.id AND x.person_id = ?)))",
            values![person, person],
        )
    } else {
        sql
    };
    sql.and(")", [])
}

/// Organizations within reach, for the filter of lists.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct OrganizationRow {
    pub(super) id: Uuid,
    pub(super) short_name: String,
}

/// Organizations within reach that have mentorships.
pub(super) async fn organizations(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
) -> Result<Vec<OrganizationRow>, sea_orm::DbErr> {
    let sql = Sql::new(
        "SELECT DISTINCT o.id, o.short_name, o.name_key FROM mentorship m \
         JOIN organization o ON o.id = m.organization_id WHERE 1 = 1",
    );
    within(sql, reach, person).and("ORDER BY o.name_key, o.id", []).all(connection).await
}
