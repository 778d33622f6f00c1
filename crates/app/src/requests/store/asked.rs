//! What the matching asks of requests: everything at once, wishes included.

use std::collections::BTreeMap;

use nastavnik_domain::policy::Reach;
use nastavnik_domain::year::AcademicYear;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::{FROM, requests};
use crate::kernel::db::{self, Sql};
use crate::kernel::scope;
use crate::requests::Asked;
use crate::requests::record::{Answer, Request};
use crate::values;

#[derive(FromQueryResult)]
struct WishRow {
    request_id: Uuid,
    person_id: Uuid,
    is_wanted: i64,
}

/// Requests of the year for help within reach, with their wishes.
pub(in crate::requests) async fn asked(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    year: AcademicYear,
) -> anyhow::Result<Vec<Asked>> {
    let select = format!(
        "SELECT w.request_id, w.person_id, w.is_wanted FROM request_wish w WHERE w.request_id IN (SELECT r.id {FROM} \
         WHERE 1 = 1"
    );
    let sql = Sql::new(&select).and("AND r.year_start = ?", values![i64::from(year.0)]);
    let rows: Vec<WishRow> = scope::within(sql, reach, "o").and(")", []).all(connection).await?;
    let mut wishes: BTreeMap<Uuid, Vec<WishRow>> = BTreeMap::new();
    for row in rows {
        wishes.entry(row.request_id).or_default().push(row);
    }
    let mut found = requests(connection, reach, year).await?;
    found.retain(|request| request.answer == Answer::Needed);
    let of = |request: Request| {
        let wishes = wishes.remove(&request.id).unwrap_or_default();
        let list = |wanted: i64| {
            wishes.iter().filter(|wish| wish.is_wanted == wanted).map(|wish| wish.person_id).collect()
        };
        Asked {
            person: request.person,
            organization: request.organization,
            wanted: list(1),
            unwanted: list(0),
            domains: request.domains,
            formats: request.formats,
        }
    };
    Ok(found.into_iter().map(of).collect())
}

#[derive(FromQueryResult)]
struct UnwantedRow {
    mentee_id: Uuid,
    colleague_id: Uuid,
}

/// Whom the mentees of the organization do not want to be offered.
pub(in crate::requests) async fn unwanted(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    year: AcademicYear,
) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
    let rows: Vec<UnwantedRow> = db::all(
        connection,
        "SELECT r.person_id AS mentee_id, w.person_id AS colleague_id FROM request_wish w \
         JOIN mentee_request r ON r.id = w.request_id \
         WHERE r.organization_id = ? AND r.year_start = ? AND r.is_needed = 1 AND w.is_wanted = 0",
        values![organization, i64::from(year.0)],
    )
    .await?;
    Ok(rows.into_iter().map(|row| (row.mentee_id, row.colleague_id)).collect())
}
