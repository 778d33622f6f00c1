//! Territories: names, authorities, colors, emblems.

use nastavnik_domain::organization::TerritoryLevel;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql, Tx};
use crate::values;

/// A territory with the one above it.
#[derive(Clone, Debug, FromQueryResult)]
pub(in super::super) struct Territory {
    pub(in super::super) id: Uuid,
    pub(in super::super) parent_id: Option<Uuid>,
    pub(in super::super) level: String,
    pub(in super::super) name: String,
    pub(in super::super) authority_name: String,
    pub(in super::super) time_zone: String,
    pub(in super::super) color: String,
    pub(in super::super) emblem_id: Option<Uuid>,
    pub(in super::super) version: i64,
    pub(in super::super) parent_name: Option<String>,
    /// How many organizations hang on it, those of the archive not counted.
    pub(in super::super) organizations: i64,
}

impl Territory {
    pub(in super::super) fn level(&self) -> TerritoryLevel {
        TerritoryLevel::from_code(&self.level).unwrap_or(TerritoryLevel::Municipality)
    }

    pub(in super::super) fn href(&self) -> String {
        format!("/territories/{}", self.id)
    }
}

/// The territories somebody with this reach looks after: all, or one's own municipalities.
pub(in super::super) async fn territories(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<Territory>, DbErr> {
    let sql = Sql::new(
        "SELECT t.id, t.parent_id, t.level, t.name, t.authority_name, t.time_zone, t.color, t.emblem_id, t.version, \
         u.name AS parent_name, (SELECT COUNT(*) FROM organization o WHERE o.territory_id = t.id \
         AND o.archived_at IS NULL) AS organizations \
         FROM territory t LEFT JOIN territory u ON u.id = t.parent_id WHERE 1 = 1",
    );
    let sql = if reach.everywhere {
        sql
    } else {
        sql.and_in("AND t.id", reach.municipalities.iter().map(|id| id.0))
    };
    sql.and("ORDER BY t.name, t.id", []).all(connection).await
}

/// One of them.
pub(in super::super) async fn territory(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    id: Uuid,
) -> Result<Option<Territory>, DbErr> {
    Ok(territories(connection, reach).await?.into_iter().find(|territory| territory.id == id))
}

/// Names of the territories right below.
pub(in super::super) async fn names_below(tx: &Tx, parent: Uuid) -> Result<Vec<(Uuid, String)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
    }
    let rows: Vec<Row> =
        db::all(tx, "SELECT id, name FROM territory WHERE parent_id = ?", values![parent]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// What the form of a territory changes.
pub(in super::super) struct Look<'a> {
    pub(in super::super) name: &'a str,
    pub(in super::super) authority_name: &'a str,
    pub(in super::super) time_zone: &'a str,
    pub(in super::super) color: &'a str,
    pub(in super::super) emblem: Option<Uuid>,
}

pub(in super::super) async fn update_territory(tx: &Tx, id: Uuid, look: &Look<'_>) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE territory SET name = ?, authority_name = ?, time_zone = ?, color = ?, emblem_id = ?, \
         version = version + 1 WHERE id = ?",
        values![look.name, look.authority_name, look.time_zone, look.color, look.emblem, id],
    )
    .await
    .map(|_| ())
}
