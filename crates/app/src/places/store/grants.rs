//! Roles given by acts, and the workers to whom they are given.

use chrono::NaiveDate;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Place;
use nastavnik_domain::role::Role;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Tx};
use crate::kernel::scope;
use crate::values;

/// A role with its person.
#[derive(Clone, Debug, FromQueryResult)]
pub(in super::super) struct GrantRow {
    pub(in super::super) id: Uuid,
    pub(in super::super) person_id: Uuid,
    pub(in super::super) organization_id: Uuid,
    pub(in super::super) territory_id: Uuid,
    pub(in super::super) region_id: Uuid,
    pub(in super::super) role: String,
    pub(in super::super) act_number: String,
    pub(in super::super) act_on: NaiveDate,
    pub(in super::super) started_on: NaiveDate,
    /// The first day without the role.
    pub(in super::super) ended_on: Option<NaiveDate>,
    pub(in super::super) end_act_number: Option<String>,
    pub(in super::super) end_act_on: Option<NaiveDate>,
    pub(in super::super) surname: String,
    pub(in super::super) given: String,
    pub(in super::super) patronymic: Option<String>,
}

impl GrantRow {
    pub(in super::super) fn name(&self) -> FullName {
        FullName::new(&self.surname, &self.given, self.patronymic.as_deref())
    }

    pub(in super::super) fn role(&self) -> Option<Role> {
        Role::from_code(&self.role)
    }

    pub(in super::super) fn place(&self) -> Place {
        scope::place(self.organization_id, self.territory_id, self.region_id)
    }
}

const COLUMNS: &str = "SELECT g.id, g.person_id, g.organization_id, o.territory_id, o.region_id, g.role, \
     g.act_number, g.act_on, g.started_on, g.ended_on, g.end_act_number, g.end_act_on, p.surname, p.given, \
     p.patronymic FROM role_grant g JOIN person p ON p.id = g.person_id \
     JOIN organization o ON o.id = g.organization_id";

/// All roles ever given in an organization, the newest first.
pub(in super::super) async fn grants_in(
    connection: &impl ConnectionTrait,
    organization: Uuid,
) -> Result<Vec<GrantRow>, DbErr> {
    let sql = format!("{COLUMNS} WHERE g.organization_id = ? ORDER BY g.started_on DESC, p.sort_key, g.id");
    db::all(connection, &sql, values![organization]).await
}

/// One role.
pub(in super::super) async fn grant(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<GrantRow>, DbErr> {
    db::one(connection, &format!("{COLUMNS} WHERE g.id = ?"), values![id]).await
}

/// Periods of one role of one person in one organization.
pub(in super::super) async fn periods(
    tx: &Tx,
    person: Uuid,
    organization: Uuid,
    role: Role,
) -> Result<Vec<(NaiveDate, Option<NaiveDate>)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        started_on: NaiveDate,
        ended_on: Option<NaiveDate>,
    }
    let rows: Vec<Row> = db::all(
        tx,
        "SELECT started_on, ended_on FROM role_grant WHERE person_id = ? AND organization_id = ? AND role = ?",
        values![person, organization, role.code()],
    )
    .await?;
    Ok(rows.into_iter().map(|row| (row.started_on, row.ended_on)).collect())
}

/// Ends a role: the first day without it and the act.
pub(in super::super) async fn end_grant(
    tx: &Tx,
    id: Uuid,
    ends_on: NaiveDate,
    act: (&str, NaiveDate),
) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE role_grant SET ended_on = ?, end_act_number = ?, end_act_on = ? WHERE id = ?",
        values![ends_on, act.0, act.1, id],
    )
    .await
    .map(|_| ())
}

/// One position of a worker.
#[derive(Clone, Debug, FromQueryResult)]
pub(in super::super) struct WorkerRow {
    pub(in super::super) person_id: Uuid,
    pub(in super::super) surname: String,
    pub(in super::super) given: String,
    pub(in super::super) patronymic: Option<String>,
    pub(in super::super) search_key: String,
    pub(in super::super) position: String,
}

/// Who works in an organization today, a row for each position, in the order of the alphabet.
pub(in super::super) async fn workers(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<Vec<WorkerRow>, DbErr> {
    db::all(
        connection,
        "SELECT e.person_id, p.surname, p.given, p.patronymic, p.search_key, e.position \
         FROM employment e JOIN person p ON p.id = e.person_id \
         WHERE e.organization_id = ? AND p.archived_at IS NULL \
         AND (e.started_on IS NULL OR e.started_on <= ?) AND (e.ended_on IS NULL OR e.ended_on > ?) \
         ORDER BY p.sort_key, p.id, e.position",
        values![organization, today, today],
    )
    .await
}
