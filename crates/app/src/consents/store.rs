//! All SQL of consents.

use chrono::NaiveDate;
use nastavnik_domain::consent::Kind;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::kernel::db::{self, Sql};
use crate::values;

/// A consent holds from its day until it is withdrawn or its term is over.
const HOLDS: &str = "g.kind = ? AND g.withdrawn_at IS NULL AND g.given_on <= ? \
    AND (g.valid_until IS NULL OR g.valid_until >= ?)";

/// Has the person given this consent, and does it hold on the day?
pub async fn in_force(
    connection: &impl ConnectionTrait,
    person: Uuid,
    kind: Kind,
    day: NaiveDate,
) -> Result<bool, DbErr> {
    let sql = format!("SELECT COUNT(*) AS n FROM consent g WHERE g.person_id = ? AND {HOLDS}");
    Ok(db::count(connection, &sql, values![person, kind.code(), day, day]).await? > 0)
}

/// Narrows a query to people whose consent holds on the day. `column` is the query's column of the person's id;
/// the query ends in a place where `AND …` may follow.
#[must_use]
pub fn with_consent(sql: Sql, column: &str, kind: Kind, day: NaiveDate) -> Sql {
    let text = format!("AND EXISTS (SELECT 1 FROM consent g WHERE g.person_id = {column} AND {HOLDS})");
    sql.and(&text, values![kind.code(), day, day])
}
