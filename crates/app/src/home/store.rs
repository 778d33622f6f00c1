//! Facts of the home page that no other slice counts.

use chrono::NaiveDate;
use nastavnik_domain::organization::OrganizationKind;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::role::Role;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql};
use crate::kernel::scope::within;
use crate::values;

#[derive(FromQueryResult)]
pub(super) struct PlaceRow {
    pub(super) id: Uuid,
    pub(super) short_name: String,
}

#[derive(FromQueryResult)]
pub(super) struct TerritoryRow {
    pub(super) id: Uuid,
    pub(super) level: String,
}

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

/// Territories that still bear one of these names.
pub(super) async fn territories_named(
    connection: &impl ConnectionTrait,
    names: [&str; 2],
) -> Result<Vec<TerritoryRow>, DbErr> {
    let sql = "SELECT id, level FROM territory WHERE name IN (?, ?) ORDER BY level, id";
    db::all(connection, sql, values![names[0], names[1]]).await
}

/// Organizations that teach, within reach and not archived.
fn teaching(select: &str, reach: &Reach) -> Sql {
    let kinds = OrganizationKind::ALL.into_iter().filter(|kind| kind.teaches()).map(OrganizationKind::code);
    let sql = Sql::new(&format!("{select} FROM organization o WHERE o.archived_at IS NULL"));
    within(sql, reach, "o").and_in("AND o.kind", kinds)
}

/// How many organizations teach.
pub(super) async fn organizations(connection: &impl ConnectionTrait, reach: &Reach) -> Result<u64, DbErr> {
    teaching("SELECT COUNT(*) AS n", reach).count(connection).await
}

/// Organizations in which nobody holds the role today.
pub(super) async fn without_role(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    role: Role,
    today: NaiveDate,
) -> Result<Vec<PlaceRow>, DbErr> {
    teaching("SELECT o.id, o.short_name", reach)
        .and(
            "AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.organization_id = o.id AND g.role = ? \
             AND g.started_on <= ? AND (g.ended_on IS NULL OR g.ended_on > ?)) ORDER BY o.name_key, o.id",
            values![role.code(), today, today],
        )
        .all(connection)
        .await
}

/// Organizations in which nobody is employed today.
pub(super) async fn without_staff(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> Result<Vec<PlaceRow>, DbErr> {
    teaching("SELECT o.id, o.short_name", reach)
        .and(
            "AND NOT EXISTS (SELECT 1 FROM employment e WHERE e.organization_id = o.id \
             AND (e.ended_on IS NULL OR e.ended_on > ?)) ORDER BY o.name_key, o.id",
            values![today],
        )
        .all(connection)
        .await
}

/// Different people employed today within reach.
pub(super) async fn workers(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> Result<u64, DbErr> {
    let sql = Sql::new(
        "SELECT COUNT(DISTINCT e.person_id) AS n FROM employment e JOIN organization o ON o.id = e.organization_id \
         WHERE 1 = 1",
    );
    let dates = "AND (e.started_on IS NULL OR e.started_on <= ?) AND (e.ended_on IS NULL OR e.ended_on > ?)";
    within(sql, reach, "o").and(dates, values![today, today]).count(connection).await
}

/// People with a role today, or in a mentorship that is not over, who have no way in.
pub(super) async fn without_login(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> Result<u64, DbErr> {
    let sql = Sql::new("SELECT COUNT(DISTINCT w.person_id) AS n FROM (").and(
        "SELECT person_id, organization_id FROM role_grant WHERE started_on <= ? AND (ended_on IS NULL OR ended_on > ?) \
         UNION ALL SELECT mentor_id, organization_id FROM mentorship \
         WHERE withdrawn_at IS NULL AND ends_on >= ? AND (ended_on IS NULL OR ended_on > ?) \
         UNION ALL SELECT e.person_id, m.organization_id FROM mentee_stay e JOIN mentorship m ON m.id = e.mentorship_id \
         WHERE m.withdrawn_at IS NULL AND m.ends_on >= ? AND (e.gone_on IS NULL OR e.gone_on > ?)",
        values![today, today, today, today, today, today],
    );
    let sql = sql.and(
        ") w JOIN organization o ON o.id = w.organization_id \
         WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = w.person_id)",
        [],
    );
    within(sql, reach, "o").count(connection).await
}

/// Loadings that have been read and wait for a decision, within the reach of loading.
pub(super) async fn imports_waiting(connection: &impl ConnectionTrait, reach: &Reach) -> Result<u64, DbErr> {
    let sql = Sql::new("SELECT COUNT(*) AS n FROM staff_import i WHERE i.state = 'preview'");
    if reach.everywhere {
        return sql.count(connection).await;
    }
    sql.and("AND (", [])
        .and_in("i.organization_id", reach.organizations.iter().map(|id| id.0))
        .and_in("OR i.territory_id", reach.municipalities.iter().map(|id| id.0))
        .and(")", [])
        .count(connection)
        .await
}

/// Mentorships of the person, as a mentor or as a mentee, that are not over.
pub(super) async fn own_mentorships(
    connection: &impl ConnectionTrait,
    person: Uuid,
    role: Role,
    today: NaiveDate,
) -> Result<Vec<Uuid>, DbErr> {
    let sql = Sql::new("SELECT m.id FROM mentorship m WHERE m.withdrawn_at IS NULL")
        .and("AND m.ends_on >= ? AND (m.ended_on IS NULL OR m.ended_on > ?)", values![today, today]);
    let sql = match role {
        Role::Mentor => sql.and("AND m.mentor_id = ?", values![person]),
        _ => sql.and(
            "AND EXISTS (SELECT 1 FROM mentee_stay e WHERE e.mentorship_id = m.id AND e.person_id = ? \
             AND (e.gone_on IS NULL OR e.gone_on > ?))",
            values![person, today],
        ),
    };
    let rows: Vec<IdRow> = sql.and("ORDER BY m.starts_on, m.id", []).all(connection).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
