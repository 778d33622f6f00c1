//! What other slices and the first start may add: each function writes one row with its keys.

use chrono::NaiveDate;
use sea_orm::DbErr;
use uuid::Uuid;

use super::store;
use crate::kernel::db::Tx;

/// An organization to add. `kind` is a code of `OrganizationKind`.
pub struct NewOrganization<'a> {
    pub territory: Uuid,
    pub region: Uuid,
    pub kind: &'a str,
    pub short_name: &'a str,
    pub full_name: &'a str,
    pub place: &'a str,
}

/// A role to give by an act.
pub struct NewGrant<'a> {
    pub person: Uuid,
    pub organization: Uuid,
    pub role: &'a str,
    pub act_number: &'a str,
    pub act_on: NaiveDate,
    pub started_on: NaiveDate,
    pub granted_by: Option<Uuid>,
}

/// Adds a territory under its parent.
pub async fn add_territory(tx: &Tx, parent: Option<Uuid>, level: &str, name: &str) -> Result<Uuid, DbErr> {
    store::insert_territory(tx, parent, level, name).await
}

/// Adds an organization.
pub async fn add_organization(tx: &Tx, new: NewOrganization<'_>) -> Result<Uuid, DbErr> {
    store::insert_organization(tx, &new).await
}

/// Gives a role. The rule about who may hold it was asked before (`domain::role::check_grant`).
pub async fn add_grant(tx: &Tx, new: &NewGrant<'_>) -> Result<Uuid, DbErr> {
    store::insert_grant(tx, new).await
}
