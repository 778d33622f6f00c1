//! Ways in of the people of an organization.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::role::Role;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::super::rights::Held;
use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::scope;
use crate::values;

/// An account as those who look after it see it: no secrets.
#[derive(Clone, Debug, FromQueryResult)]
pub(in super::super) struct LoginRow {
    pub(in super::super) id: Uuid,
    pub(in super::super) person_id: Uuid,
    pub(in super::super) login: String,
    /// 1 if a password has been set.
    pub(in super::super) entered: i64,
    pub(in super::super) disabled_at: Option<DateTime<Utc>>,
    /// Until when the slip that was not used yet is good.
    pub(in super::super) slip_until: Option<DateTime<Utc>>,
    pub(in super::super) surname: String,
    pub(in super::super) given: String,
    pub(in super::super) patronymic: Option<String>,
    /// 1 if the person works in the organization today.
    pub(in super::super) works_here: i64,
    /// 1 if the person works anywhere today.
    pub(in super::super) works: i64,
}

/// Conditions on `e`; each takes the day twice.
const NOW: &str = "(e.started_on IS NULL OR e.started_on <= ?) AND (e.ended_on IS NULL OR e.ended_on > ?)";

/// Accounts of everybody who works or has worked in the organization.
pub(in super::super) async fn logins(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<Vec<LoginRow>, DbErr> {
    let sql = format!(
        "SELECT a.id, a.person_id, a.login, \
         CAST(CASE WHEN a.password_hash IS NULL THEN 0 ELSE 1 END AS BIGINT) AS entered, a.disabled_at, \
         (SELECT MAX(i.expires_at) FROM invitation i WHERE i.account_id = a.id AND i.used_at IS NULL) AS slip_until, \
         p.surname, p.given, p.patronymic, \
         (SELECT COUNT(*) FROM employment e WHERE e.person_id = a.person_id AND e.organization_id = ? AND {NOW}) \
         AS works_here, \
         (SELECT COUNT(*) FROM employment e WHERE e.person_id = a.person_id AND {NOW}) AS works \
         FROM account a JOIN person p ON p.id = a.person_id \
         WHERE a.person_id IN (SELECT person_id FROM employment WHERE organization_id = ?) \
         ORDER BY p.sort_key, a.id"
    );
    db::all(connection, &sql, values![organization, today, today, today, today, organization]).await
}

/// Roles, given and following from mentorships, of everybody who works or has worked in the organization, in
/// whatever place, now or from a later day.
pub(in super::super) async fn held_roles(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<Vec<(Uuid, Held)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: Uuid,
        role: String,
        organization_id: Uuid,
        territory_id: Uuid,
        region_id: Uuid,
    }
    let rows: Vec<Row> = db::all(
        connection,
        "SELECT g.person_id, g.role, g.organization_id, o.territory_id, o.region_id FROM ( \
             SELECT person_id, role, organization_id FROM role_grant \
             WHERE ended_on IS NULL OR (ended_on > ? AND ended_on > started_on) \
             UNION \
             SELECT mentor_id, 'mentor', organization_id FROM mentorship \
             WHERE withdrawn_at IS NULL AND (ended_on IS NULL OR ended_on > ?) \
             UNION \
             SELECT e.person_id, 'mentee', m.organization_id \
             FROM mentee_stay e JOIN mentorship m ON m.id = e.mentorship_id \
             WHERE m.withdrawn_at IS NULL AND (e.gone_on IS NULL OR e.gone_on > ?) \
         ) g JOIN organization o ON o.id = g.organization_id \
         WHERE g.person_id IN (SELECT person_id FROM employment WHERE organization_id = ?) \
         ORDER BY g.person_id, g.role",
        values![today, today, today, organization],
    )
    .await?;
    let held = |row: Row| {
        let role = Role::from_code(&row.role)?;
        Some((
            row.person_id,
            Held { role, place: scope::place(row.organization_id, row.territory_id, row.region_id) },
        ))
    };
    Ok(rows.into_iter().filter_map(held).collect())
}

/// Where the owner of an account works or has worked.
pub(in super::super) async fn workplaces_of(
    connection: &impl ConnectionTrait,
    account: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        organization_id: Uuid,
    }
    let rows: Vec<Row> = Sql::default()
        .and(
            "SELECT DISTINCT e.organization_id FROM account a JOIN employment e ON e.person_id = a.person_id \
             WHERE a.id = ?",
            values![account],
        )
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.organization_id).collect())
}

/// Opens a closed account again. Its old password is forgotten: only the new slip leads in.
pub(in super::super) async fn reopen(tx: &Tx, account: Uuid) -> Result<(), DbErr> {
    let sql = "UPDATE account SET disabled_at = NULL, password_hash = NULL, failures = 0, retry_after = NULL \
               WHERE id = ? AND disabled_at IS NOT NULL";
    db::exec(tx, sql, values![account]).await.map(|_| ())
}
