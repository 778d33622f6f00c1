//! Many people at once, for lists: the same rows as [`super::add_person`] writes, in few statements.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DbErr;
use uuid::Uuid;

use super::add::{NewEmployment, NewPerson};
use super::store;
use crate::kernel::db::Tx;

/// Adds people under ids the caller has made.
pub async fn add_people(tx: &Tx, now: DateTime<Utc>, people: &[(Uuid, NewPerson)]) -> Result<(), DbErr> {
    store::insert_people(tx, now, people).await
}

/// Adds employments.
pub async fn add_employments(tx: &Tx, employments: &[NewEmployment<'_>]) -> Result<(), DbErr> {
    store::insert_employments(tx, employments).await
}

/// Ends an employment: `ended_on` is the first day without work.
pub async fn end_employment(tx: &Tx, id: Uuid, ended_on: NaiveDate) -> Result<(), DbErr> {
    store::end_employment(tx, id, ended_on).await
}

/// Takes somebody out of the archive: they work again.
pub async fn bring_back(tx: &Tx, person: Uuid) -> Result<(), DbErr> {
    store::bring_back(tx, person).await
}
