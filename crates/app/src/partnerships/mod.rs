//! Agreements of cooperation between organizations (F12, п. 4.1.1): on them stand pairs whose mentor works elsewhere.
//!
//! Both parties read an agreement, the one that has recorded it changes it, the department reads those of its
//! municipality. Where it stands follows from its days alone. Not to be taken for the supplementary agreement, which is
//! a paper of slice `papers`.

mod card;
mod create;
mod form;
mod list;
mod paper;
mod record;
mod scan;
mod store;
mod termination;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::partnership::State;
use nastavnik_domain::period::Period;
use nastavnik_domain::policy::{Permission, Reach};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::kernel::registry::Registry;

pub use record::{Agreement, Outside};

/// Paths of agreements.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{EditAgreements, ReadAgreements};
    registry
        .get("/agreements", ReadAgreements, list::list)
        .get("/agreements.xlsx", ReadAgreements, list::workbook)
        .get("/agreements/new", EditAgreements, create::show_new)
        .post("/agreements", EditAgreements, create::create)
        .get("/agreements/{id}", ReadAgreements, card::show)
        .get("/agreements/{id}/edit", EditAgreements, create::show_edit)
        .post("/agreements/{id}/edit", EditAgreements, create::edit)
        .get("/agreements/{id}/pdf", ReadAgreements, paper::pdf)
        .get("/agreements/{id}/docx", ReadAgreements, paper::docx)
        .get("/agreements/{id}/scan", ReadAgreements, scan::show)
        .upload("/agreements/{id}/scan", EditAgreements, scan::add)
        .post("/agreements/{id}/termination", EditAgreements, termination::end)
}

/// Agreements by their ids, whoever asks.
pub async fn by_ids(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> anyhow::Result<BTreeMap<Uuid, Agreement>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = store::by_ids(connection, ids).await?;
    Ok(found.into_iter().map(|agreement| (agreement.id, agreement)).collect())
}

/// Agreements of an organization with others of this installation that share a day with the period: what the form of a
/// pair offers.
pub async fn of_organization(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    period: &Period,
) -> anyhow::Result<Vec<Agreement>> {
    let mut found = store::of_organization(connection, organization).await?;
    found.retain(|agreement| agreement.partner.is_some() && agreement.terms.days().overlaps(period));
    Ok(found)
}

/// The agreement of these two organizations that covers the period, the latest one where there are several.
pub async fn between(
    connection: &impl ConnectionTrait,
    one: Uuid,
    other: Uuid,
    period: &Period,
) -> anyhow::Result<Option<Agreement>> {
    let found = of_organization(connection, one, period).await?;
    let fits = |agreement: &Agreement| {
        agreement.terms.connects(one.into(), other.into()) && agreement.terms.covers(period)
    };
    Ok(found.into_iter().find(fits))
}

/// How many agreements within reach end within thirty days: the list is `/agreements?state=soon`.
pub async fn ending_soon(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<usize> {
    let found = store::visible(connection, reach, "").await?;
    Ok(found.iter().filter(|agreement| agreement.terms.state(today) == State::EndsSoon).count())
}

/// The label of an agreement numbered by the register of its maker: «3-СО/2026».
fn label(number: i64, year: i32) -> String {
    format!("{number}-СО/{year}")
}

/// Locks the agreement and reads it again within the change.
async fn locked(tx: &crate::kernel::db::Tx, id: Uuid) -> Result<bool, DbErr> {
    crate::kernel::db::lock_row(tx, "partnership", id).await
}
