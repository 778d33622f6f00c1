//! Writing people and their employments.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::russian::{search_key, sort_key};
use sea_orm::DbErr;
use uuid::Uuid;

use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::people::{Contact, NewEmployment, NewPerson};
use crate::values;

pub(in crate::people) async fn insert_person(
    tx: &Tx,
    now: DateTime<Utc>,
    new: &NewPerson,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let full = new.name.full();
    db::exec(
        tx,
        "INSERT INTO person (id, surname, given, patronymic, gender, born_on, education, teaching_since, \
         teaching_precision, phone, email, search_key, sort_key, created_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            new.name.surname.clone(),
            new.name.given.clone(),
            new.name.patronymic.clone(),
            new.gender.code(),
            new.born_on,
            new.education,
            new.teaching_since,
            new.teaching_precision,
            new.phone.clone(),
            new.email.clone(),
            search_key(&full),
            sort_key(&full),
            now
        ],
    )
    .await?;
    Ok(id)
}

pub(in crate::people) async fn update_person(tx: &Tx, id: Uuid, new: &NewPerson) -> Result<(), DbErr> {
    let full = new.name.full();
    db::exec(
        tx,
        "UPDATE person SET surname = ?, given = ?, patronymic = ?, gender = ?, born_on = ?, education = ?, \
         teaching_since = ?, teaching_precision = ?, phone = ?, email = ?, search_key = ?, sort_key = ?, \
         version = version + 1 WHERE id = ?",
        values![
            new.name.surname.clone(),
            new.name.given.clone(),
            new.name.patronymic.clone(),
            new.gender.code(),
            new.born_on,
            new.education,
            new.teaching_since,
            new.teaching_precision,
            new.phone.clone(),
            new.email.clone(),
            search_key(&full),
            sort_key(&full),
            id
        ],
    )
    .await
    .map(|_| ())
}

/// Writes phone and e-mail over; everything else stays.
pub(in crate::people) async fn set_contact(tx: &Tx, id: Uuid, contact: &Contact) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE person SET phone = ?, email = ?, version = version + 1 WHERE id = ?",
        values![contact.phone.clone(), contact.email.clone(), id],
    )
    .await
    .map(|_| ())
}

pub(in crate::people) async fn insert_employment(tx: &Tx, new: &NewEmployment<'_>) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO employment (id, person_id, organization_id, position, position_key, subject, subject_key, \
         qualification, share_percent, started_on, started_precision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            new.person,
            new.organization,
            new.position,
            search_key(new.position),
            new.subject,
            new.subject.map(search_key),
            new.qualification,
            new.share_percent,
            new.started_on,
            new.started_precision
        ],
    )
    .await?;
    Ok(id)
}

/// Writes everything but the person, the organization and the end.
pub(in crate::people) async fn update_employment(
    tx: &Tx,
    id: Uuid,
    new: &NewEmployment<'_>,
) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE employment SET position = ?, position_key = ?, subject = ?, subject_key = ?, qualification = ?, \
         share_percent = ?, started_on = ?, started_precision = ?, version = version + 1 WHERE id = ?",
        values![
            new.position,
            search_key(new.position),
            new.subject,
            new.subject.map(search_key),
            new.qualification,
            new.share_percent,
            new.started_on,
            new.started_precision,
            id
        ],
    )
    .await
    .map(|_| ())
}

/// Sets the day the employment ends on: the first day without work.
pub(in crate::people) async fn set_ended(
    tx: &Tx,
    id: Uuid,
    ended_on: Option<NaiveDate>,
) -> Result<(), DbErr> {
    let sql = "UPDATE employment SET ended_on = ?, version = version + 1 WHERE id = ?";
    db::exec(tx, sql, values![ended_on, id]).await.map(|_| ())
}

pub(in crate::people) async fn set_archived(
    tx: &Tx,
    id: Uuid,
    at: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    let sql = "UPDATE person SET archived_at = ?, version = version + 1 WHERE id = ?";
    db::exec(tx, sql, values![at, id]).await.map(|_| ())
}

/// Writes the typed case forms; nothing takes them away.
pub(in crate::people) async fn set_name_forms(tx: &Tx, id: Uuid, forms: Option<String>) -> Result<(), DbErr> {
    let sql = "UPDATE person SET name_forms = ?, version = version + 1 WHERE id = ?";
    db::exec(tx, sql, values![forms, id]).await.map(|_| ())
}
