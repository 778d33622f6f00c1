//! What other slices may add: each function writes one row with its keys.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::person::{FullName, Gender};
use sea_orm::DbErr;
use uuid::Uuid;

use super::store;
use crate::kernel::db::Tx;

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

/// Adds a person with the keys for search and order.
pub async fn add_person(tx: &Tx, now: DateTime<Utc>, new: &NewPerson) -> Result<Uuid, DbErr> {
    store::insert_person(tx, now, new).await
}

/// Writes all facts of a person over and raises the version. The caller holds the row (`db::lock_row`), has
/// compared the version and writes the journal.
pub async fn update_person(tx: &Tx, id: Uuid, new: &NewPerson) -> Result<(), DbErr> {
    store::update_person(tx, id, new).await
}

/// Writes an employment over and raises its version; the person, the organization and the end stay.
pub async fn update_employment(tx: &Tx, id: Uuid, new: &NewEmployment<'_>) -> Result<(), DbErr> {
    store::update_employment(tx, id, new).await
}

/// Adds an employment.
pub async fn add_employment(tx: &Tx, new: &NewEmployment<'_>) -> Result<Uuid, DbErr> {
    store::insert_employment(tx, new).await
}
