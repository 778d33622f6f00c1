//! All SQL of consents.

mod given;
mod list;
mod write;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};
use uuid::Uuid;

use super::veil::is_wide;
use crate::kernel::db::{self, Sql};
use crate::kernel::scope;
use crate::values;

pub(super) use given::{ConsentRow, StaffRow, consent, consents_of, own_places, worker, workers};
pub(super) use list::{PersonRow, count_rows, counts, organizations, rows, visible};
pub(super) use write::{NewConsent, insert, replace, set_withdrawn};

/// A consent holds from its day until it is withdrawn or its term is over.
const HOLDS: &str = "g.kind = ? AND g.withdrawn_at IS NULL AND g.replaced_at IS NULL AND g.given_on <= ? \
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

/// The consent given to one organization, as a condition: `person` and `organization` are columns of the query.
pub(super) fn held(person: &str, organization: &str, kind: Kind, day: NaiveDate) -> (String, Vec<Value>) {
    let text = format!(
        "EXISTS (SELECT 1 FROM consent g WHERE g.person_id = {person} AND g.organization_id = {organization} \
         AND {HOLDS})"
    );
    (text, values![kind.code(), day, day])
}

/// Narrows a query to people whose consent to this very organization holds on the day. `person` and `organization`
/// are columns of the query.
#[must_use]
pub fn given_to(sql: Sql, (person, organization): (&str, &str), kind: Kind, day: NaiveDate) -> Sql {
    let (text, values) = held(person, organization, kind, day);
    sql.and(&format!("AND {text}"), values)
}

/// Narrows a query to people whose names a reader with this reach may see: [`super::Veil`] as a condition, for lists
/// that are cut into pages by the database. `person` and `organization` are columns of the query.
#[must_use]
pub fn named(sql: Sql, reach: &Reach, (person, organization): (&str, &str), day: NaiveDate) -> Sql {
    if !is_wide(reach) {
        return sql;
    }
    let (agreed, values) = held(person, organization, Kind::Transfer, day);
    let own = reach.organizations.iter().map(|id| id.0);
    sql.and(&format!("AND ({agreed} OR"), values).and_in(organization, own).and(")", [])
}

#[derive(FromQueryResult)]
struct AgreedRow {
    person_id: Uuid,
    organization_id: Uuid,
}

/// Who within reach has let which organization pass the name on.
pub(super) async fn agreed(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    day: NaiveDate,
) -> Result<BTreeSet<(Uuid, Uuid)>, DbErr> {
    let sql = Sql::new(
        "SELECT g.person_id, g.organization_id FROM consent g JOIN organization o ON o.id = g.organization_id WHERE",
    )
    .and(HOLDS, values![Kind::Transfer.code(), day, day]);
    let rows: Vec<AgreedRow> = scope::within(sql, reach, "o").all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.person_id, row.organization_id)).collect())
}
