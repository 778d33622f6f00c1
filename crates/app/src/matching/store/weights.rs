//! Editions of the weights.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql};
use crate::kernel::{ids, scope};
use crate::values;

/// An edition of a municipality.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::matching) struct EditionRow {
    pub(in crate::matching) valid_from: NaiveDate,
    pub(in crate::matching) points: String,
    pub(in crate::matching) source: String,
    pub(in crate::matching) set_at: DateTime<Utc>,
    pub(in crate::matching) surname: Option<String>,
    pub(in crate::matching) given: Option<String>,
    pub(in crate::matching) patronymic: Option<String>,
}

/// Every edition of the municipality; the one that holds on a day is the last of those that began by then.
pub(in crate::matching) async fn editions(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
) -> Result<Vec<EditionRow>, DbErr> {
    db::all(
        connection,
        "SELECT w.valid_from, w.points, w.source, w.set_at, p.surname, p.given, p.patronymic FROM matching_weights w \
         LEFT JOIN account a ON a.id = w.set_by LEFT JOIN person p ON p.id = a.person_id \
         WHERE w.territory_id = ? ORDER BY w.valid_from, w.set_at, w.id",
        values![municipality],
    )
    .await
}

/// A new edition.
pub(in crate::matching) struct NewEdition<'a> {
    pub(in crate::matching) municipality: Uuid,
    pub(in crate::matching) valid_from: NaiveDate,
    pub(in crate::matching) points: &'a str,
    pub(in crate::matching) source: &'a str,
}

/// Writes the edition.
pub(in crate::matching) async fn add_edition(change: &Change, new: &NewEdition<'_>) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        change.tx(),
        "INSERT INTO matching_weights (id, territory_id, valid_from, points, source, set_by, set_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        values![id, new.municipality, new.valid_from, new.points, new.source, change.account(), change.now()],
    )
    .await?;
    Ok(id)
}

/// A municipality with its name.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::matching) struct Municipality {
    pub(in crate::matching) id: Uuid,
    pub(in crate::matching) name: String,
}

/// Municipalities in which the reader reaches something.
pub(in crate::matching) async fn municipalities(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<Municipality>, DbErr> {
    let sql = Sql::new(
        "SELECT t.id, t.name FROM territory t WHERE t.level = 'municipality' AND EXISTS (SELECT 1 FROM organization o \
         WHERE o.territory_id = t.id AND o.archived_at IS NULL",
    );
    scope::within(sql, reach, "o").and(") ORDER BY t.name, t.id", []).all(connection).await
}
