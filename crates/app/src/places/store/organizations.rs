//! Organizations: what is visible, who works there, how they change.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::organization::{OrganizationKind, TerritoryLevel};
use nastavnik_domain::policy::{Place, Reach};
use nastavnik_domain::russian::search_key;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::db::{self, Sql, Tx, contains_pattern};
use crate::kernel::scope::{self, within};
use crate::values;

/// An organization with the territories above it.
#[derive(Clone, Debug, FromQueryResult)]
pub(in super::super) struct Organization {
    pub(in super::super) id: Uuid,
    pub(in super::super) territory_id: Uuid,
    pub(in super::super) region_id: Uuid,
    pub(in super::super) kind: String,
    pub(in super::super) short_name: String,
    pub(in super::super) full_name: String,
    pub(in super::super) place: String,
    pub(in super::super) archived_at: Option<DateTime<Utc>>,
    pub(in super::super) version: i64,
    pub(in super::super) territory_name: String,
    pub(in super::super) territory_level: String,
    pub(in super::super) time_zone: String,
    pub(in super::super) region_name: String,
    /// How many people work there today.
    pub(in super::super) workers: i64,
}

impl Organization {
    pub(in super::super) fn place(&self) -> Place {
        scope::place(self.id, self.territory_id, self.region_id)
    }

    /// A code this version does not know can't be in the database: migrations bring old codes along.
    pub(in super::super) fn kind(&self) -> OrganizationKind {
        OrganizationKind::from_code(&self.kind).unwrap_or(OrganizationKind::Partner)
    }

    pub(in super::super) fn level(&self) -> TerritoryLevel {
        TerritoryLevel::from_code(&self.territory_level).unwrap_or(TerritoryLevel::Municipality)
    }

    pub(in super::super) fn href(&self) -> String {
        format!("/organizations/{}", self.id)
    }
}

/// What a list of organizations is narrowed to.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Filter<'a> {
    pub(in super::super) text: &'a str,
    pub(in super::super) kind: Option<OrganizationKind>,
    pub(in super::super) territory: Option<Uuid>,
    pub(in super::super) shelf: Shelf,
}

/// Where to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) enum Shelf {
    #[default]
    Working,
    Archive,
    Both,
}

/// Columns of [`Organization`]; takes the day twice.
const COLUMNS: &str = "SELECT o.id, o.territory_id, o.region_id, o.kind, o.short_name, o.full_name, o.place, \
     o.archived_at, o.version, t.name AS territory_name, t.level AS territory_level, t.time_zone, \
     r.name AS region_name, \
     (SELECT COUNT(DISTINCT e.person_id) FROM employment e JOIN person p ON p.id = e.person_id \
      WHERE e.organization_id = o.id AND p.archived_at IS NULL \
      AND (e.started_on IS NULL OR e.started_on <= ?) AND (e.ended_on IS NULL OR e.ended_on > ?)) AS workers \
     FROM organization o JOIN territory t ON t.id = o.territory_id JOIN territory r ON r.id = o.region_id \
     WHERE 1 = 1";

fn organizations(today: NaiveDate) -> Sql {
    Sql::default().and(COLUMNS, values![today, today])
}

/// The organization, if it is within reach.
pub(in super::super) async fn organization(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    id: Uuid,
    today: NaiveDate,
) -> Result<Option<Organization>, DbErr> {
    within(organizations(today), reach, "o").and("AND o.id = ?", values![id]).one(connection).await
}

/// All organizations within reach that pass the filter. Their number is that of a region's schools, so the
/// caller orders them as people count («№ 2» before «№ 10»), which no database does alike.
pub(in super::super) async fn listed(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    filter: &Filter<'_>,
    today: NaiveDate,
) -> Result<Vec<Organization>, DbErr> {
    let mut sql = within(organizations(today), reach, "o")
        .and_some(filter.kind.map(OrganizationKind::code), "AND o.kind = ?")
        .and_some(filter.territory, "AND o.territory_id = ?");
    // Each word on its own: «школа 5» finds «Школа №5».
    for word in search_key(filter.text).split(' ').filter(|word| !word.is_empty()) {
        sql = sql.and("AND o.search_key LIKE ? ESCAPE '\\'", values![contains_pattern(word)]);
    }
    let sql = match filter.shelf {
        Shelf::Working => sql.and("AND o.archived_at IS NULL", []),
        Shelf::Archive => sql.and("AND o.archived_at IS NOT NULL", []),
        Shelf::Both => sql,
    };
    sql.and("ORDER BY o.name_key, o.id", []).all(connection).await
}

/// How many mentorships are prepared or go on there.
pub(in super::super) async fn mentorships(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<u64, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM mentorship WHERE organization_id = ? AND withdrawn_at IS NULL \
               AND (ended_on IS NULL OR ended_on > ?)";
    db::count(connection, sql, values![organization, today]).await
}

/// How many people work there today or will.
pub(in super::super) async fn workers_now_or_later(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    today: NaiveDate,
) -> Result<u64, DbErr> {
    let sql = "SELECT COUNT(DISTINCT person_id) AS n FROM employment WHERE organization_id = ? \
               AND (ended_on IS NULL OR ended_on > ?)";
    db::count(connection, sql, values![organization, today]).await
}

/// Is there another organization of this name in the territory?
pub(in super::super) async fn name_taken(
    tx: &Tx,
    territory: Uuid,
    short_name: &str,
    except: Option<Uuid>,
) -> Result<bool, DbErr> {
    let sql = Sql::default()
        .and(
            "SELECT COUNT(*) AS n FROM organization WHERE territory_id = ? AND name_key = ?",
            values![territory, search_key(short_name)],
        )
        .and_some(except, "AND id <> ?");
    Ok(sql.count(tx).await? > 0)
}

/// What the form of an organization changes.
pub(in super::super) struct Facts<'a> {
    pub(in super::super) kind: OrganizationKind,
    pub(in super::super) short_name: &'a str,
    pub(in super::super) full_name: &'a str,
    pub(in super::super) place: &'a str,
}

pub(in super::super) async fn update_organization(tx: &Tx, id: Uuid, facts: &Facts<'_>) -> Result<(), DbErr> {
    let search = search_key(&format!("{} {}", facts.short_name, facts.full_name));
    db::exec(
        tx,
        "UPDATE organization SET kind = ?, short_name = ?, full_name = ?, place = ?, search_key = ?, name_key = ?, \
         version = version + 1 WHERE id = ?",
        values![
            facts.kind.code(),
            facts.short_name,
            facts.full_name,
            facts.place,
            search,
            search_key(facts.short_name),
            id
        ],
    )
    .await
    .map(|_| ())
}

/// Puts an organization in the archive, or takes it out with `None`.
pub(in super::super) async fn set_archived(
    tx: &Tx,
    id: Uuid,
    at: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    let sql = "UPDATE organization SET archived_at = ?, version = version + 1 WHERE id = ?";
    db::exec(tx, sql, values![at, id]).await.map(|_| ())
}

/// Who last changed the thing, and when.
#[derive(Debug, FromQueryResult)]
pub(in super::super) struct LastChange {
    pub(in super::super) at: DateTime<Utc>,
    pub(in super::super) surname: String,
    pub(in super::super) given: String,
    pub(in super::super) patronymic: Option<String>,
}

pub(in super::super) async fn last_change(
    connection: &impl ConnectionTrait,
    subject: Uuid,
) -> Result<Option<LastChange>, DbErr> {
    db::one(
        connection,
        "SELECT j.at, p.surname, p.given, p.patronymic FROM journal j JOIN account a ON a.id = j.account_id \
         JOIN person p ON p.id = a.person_id WHERE j.subject_id = ? ORDER BY j.at DESC, j.id DESC LIMIT 1",
        values![subject],
    )
    .await
}
