//! Rows of places and roles.

mod grants;
mod logins;
mod organizations;
mod territories;

use nastavnik_domain::russian::search_key;
use sea_orm::DbErr;
use uuid::Uuid;

use super::add::{NewGrant, NewOrganization};
use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::values;

pub(super) use grants::*;
pub(super) use logins::*;
pub(super) use organizations::*;
pub(super) use territories::*;

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
