//! Rows of people and places.

use chrono::{DateTime, Utc};
use nastavnik_domain::russian::{search_key, sort_key};
use sea_orm::DbErr;
use uuid::Uuid;

use super::add::{NewEmployment, NewGrant, NewOrganization, NewPerson};
use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::values;

pub(super) async fn insert_territory(
    tx: &Tx,
    parent: Option<Uuid>,
    level: &str,
    name: &str,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO territory (id, parent_id, level, name) VALUES (?, ?, ?, ?)",
        values![id, parent, level, name],
    )
    .await?;
    Ok(id)
}

pub(super) async fn insert_organization(tx: &Tx, new: &NewOrganization<'_>) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let search = search_key(&format!("{} {}", new.short_name, new.full_name));
    db::exec(
        tx,
        "INSERT INTO organization (id, territory_id, region_id, kind, short_name, full_name, place, search_key, \
         name_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            new.territory,
            new.region,
            new.kind,
            new.short_name,
            new.full_name,
            new.place,
            search,
            search_key(new.short_name)
        ],
    )
    .await?;
    Ok(id)
}

pub(super) async fn insert_person(tx: &Tx, now: DateTime<Utc>, new: &NewPerson) -> Result<Uuid, DbErr> {
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

pub(super) async fn insert_employment(tx: &Tx, new: &NewEmployment<'_>) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO employment (id, person_id, organization_id, position, subject, qualification, share_percent, \
         started_on, started_precision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            new.person,
            new.organization,
            new.position,
            new.subject,
            new.qualification,
            new.share_percent,
            new.started_on,
            new.started_precision
        ],
    )
    .await?;
    Ok(id)
}

pub(super) async fn insert_grant(tx: &Tx, new: &NewGrant<'_>) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO role_grant (id, person_id, organization_id, role, act_number, act_on, started_on, granted_by) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            new.person,
            new.organization,
            new.role,
            new.act_number,
            new.act_on,
            new.started_on,
            new.granted_by
        ],
    )
    .await?;
    Ok(id)
}
