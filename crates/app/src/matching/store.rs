//! All SQL of the matching.

mod content;
mod facts;
mod runs;
mod weights;

pub(super) use content::{
    Content, Waiting, content, keep_content, keep_result, numbers, pace, set_pace, waiting,
};
pub(super) use facts::{Site, directors, market, names, paired, parts, places, sites};
pub(super) use runs::{
    Done, NewRun, RunRow, add_draft, cancel, drafts, finish, lock_computing, nearby, new_run, runs,
    runs_total, visible,
};
pub(super) use weights::{EditionRow, NewEdition, add_edition, editions, municipalities};

use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::Sql;
use crate::kernel::scope;

/// Whose people a run is about: of an organization, of a municipality, or of a region.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(super) struct Scope {
    pub(super) organization: Option<Uuid>,
    /// Of an organization that hangs on a region: nothing.
    pub(super) municipality: Option<Uuid>,
    pub(super) region: Uuid,
    pub(super) title: String,
}

impl Scope {
    /// What a form sends for it.
    pub(super) fn code(&self) -> String {
        self.organization.or(self.municipality).unwrap_or(self.region).to_string()
    }
}

/// The scopes somebody with this reach may run a matching for, the narrowest first.
pub(super) async fn scopes(connection: &impl ConnectionTrait, reach: &Reach) -> Result<Vec<Scope>, DbErr> {
    let own = Reach { organizations: reach.organizations.clone(), ..Reach::default() };
    let sql = Sql::new(
        "SELECT o.id AS organization, t.id AS municipality, o.region_id AS region, o.short_name AS title \
         FROM organization o LEFT JOIN territory t ON t.id = o.territory_id AND t.level = 'municipality' \
         WHERE o.archived_at IS NULL",
    );
    let mut found: Vec<Scope> =
        scope::within(sql, &own, "o").and("ORDER BY o.search_key, o.id", []).all(connection).await?;
    for (ids, select) in [
        (&reach.municipalities, "t.id AS municipality, t.parent_id AS region"),
        (&reach.regions, "CAST(NULL AS UUID) AS municipality, t.id AS region"),
    ] {
        let sql = format!(
            "SELECT CAST(NULL AS UUID) AS organization, {select}, t.name AS title FROM territory t WHERE 1 = 1"
        );
        let rows: Vec<Scope> = Sql::new(&sql)
            .and_in("AND t.id", ids.iter().map(|id| id.0))
            .and("ORDER BY t.name, t.id", [])
            .all(connection)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}
