//! What other slices and the first start may add: each function writes one row with its keys.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::person::{FullName, Gender};
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

/// A person to add. Codes are those of the domain's enums.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub name: FullName,
    pub gender: Gender,
    pub born_on: Option<NaiveDate>,
    pub education: Option<&'static str>,
    pub teaching_since: Option<NaiveDate>,
    pub teaching_precision: Option<&'static str>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

impl NewPerson {
    /// A person of whom only the name is known.
    pub fn named(name: FullName) -> Self {
        Self {
            name,
            gender: Gender::Female,
            born_on: None,
            education: None,
            teaching_since: None,
            teaching_precision: None,
            phone: None,
            email: None,
        }
    }
}

/// An employment to add.
#[derive(Clone, Debug)]
pub struct NewEmployment<'a> {
    pub person: Uuid,
    pub organization: Uuid,
    pub position: &'a str,
    pub subject: Option<&'a str>,
    pub qualification: Option<&'static str>,
    pub share_percent: i64,
    pub started_on: Option<NaiveDate>,
    pub started_precision: Option<&'static str>,
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

/// Adds a person with the keys for search and order.
pub async fn add_person(tx: &Tx, now: DateTime<Utc>, new: &NewPerson) -> Result<Uuid, DbErr> {
    store::insert_person(tx, now, new).await
}

/// Adds an employment.
pub async fn add_employment(tx: &Tx, new: &NewEmployment<'_>) -> Result<Uuid, DbErr> {
    store::insert_employment(tx, new).await
}

/// Gives a role. The rule about who may hold it was asked before (`domain::role::check_grant`).
pub async fn add_grant(tx: &Tx, new: &NewGrant<'_>) -> Result<Uuid, DbErr> {
    store::insert_grant(tx, new).await
}
