//! Organizations and municipalities, as far as loading needs them.

use chrono::{DateTime, Utc};
use nastavnik_domain::policy::Reach;
use nastavnik_domain::russian::search_key;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql};
use crate::kernel::scope;
use crate::values;

/// An organization by its names.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::imports) struct KnownPlace {
    pub(in crate::imports) id: Uuid,
    pub(in crate::imports) territory_id: Uuid,
    pub(in crate::imports) kind: String,
    pub(in crate::imports) short_name: String,
    pub(in crate::imports) full_name: String,
    pub(in crate::imports) archived_at: Option<DateTime<Utc>>,
}

/// A municipality.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::imports) struct Municipality {
    pub(in crate::imports) id: Uuid,
    pub(in crate::imports) name: String,
}

const PLACES: &str =
    "SELECT o.id, o.territory_id, o.kind, o.short_name, o.full_name, o.archived_at FROM organization o";
const MUNICIPALITIES: &str = "SELECT t.id, t.name FROM territory t WHERE t.level = 'municipality'";

/// All organizations of a municipality, archived ones too.
pub(in crate::imports) async fn places_of(
    connection: &impl ConnectionTrait,
    territory: Uuid,
) -> Result<Vec<KnownPlace>, DbErr> {
    Sql::new(PLACES)
        .and("WHERE o.territory_id = ? ORDER BY o.name_key, o.id", values![territory])
        .all(connection)
        .await
}

/// Organizations within reach for which a list may be loaded.
pub(in crate::imports) async fn places_within(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<KnownPlace>, DbErr> {
    scope::within(Sql::new(PLACES).and("WHERE o.archived_at IS NULL", []), reach, "o")
        .and("ORDER BY o.name_key, o.id", [])
        .all(connection)
        .await
}

/// Organizations of this name, for the command line.
pub(in crate::imports) async fn organizations_named(
    connection: &impl ConnectionTrait,
    name: &str,
) -> Result<Vec<KnownPlace>, DbErr> {
    Sql::new(PLACES)
        .and("WHERE o.archived_at IS NULL AND o.name_key = ?", values![search_key(name)])
        .all(connection)
        .await
}

/// Municipalities wholly within reach.
pub(in crate::imports) async fn municipalities(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<Municipality>, DbErr> {
    let sql = Sql::new(MUNICIPALITIES);
    let sql = if reach.everywhere {
        sql
    } else {
        sql.and_in("AND t.id", reach.municipalities.iter().map(|id| id.0))
    };
    sql.and("ORDER BY t.name, t.id", []).all(connection).await
}

/// Municipalities of this name, or all of them.
pub(in crate::imports) async fn municipalities_named(
    connection: &impl ConnectionTrait,
    name: Option<&str>,
) -> Result<Vec<Municipality>, DbErr> {
    let all: Vec<Municipality> = db::all(connection, MUNICIPALITIES, vec![]).await?;
    let wanted = name.map(search_key);
    Ok(all
        .into_iter()
        .filter(|one| wanted.as_ref().is_none_or(|key| *key == search_key(&one.name)))
        .collect())
}
