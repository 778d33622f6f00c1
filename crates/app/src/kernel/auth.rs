//! Who is asking: sessions on the server, the actor made anew for each request, so that a right taken
//! away is gone with the next click.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use nastavnik_domain::ids::{AccountId, OrganizationId, PersonId, TerritoryId};
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::{Actor, Grant};
use nastavnik_domain::role::Role;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::clock;
use super::db::{self, Tx};
use super::ids;
use super::state::{App, Config};
use crate::values;

/// Nobody at the screen for so long: sign in again.
pub const IDLE: Duration = Duration::minutes(120);
/// And in any case after a working day.
pub const ABSOLUTE: Duration = Duration::hours(12);
/// A session's last look is written not more often than this.
const TOUCH: Duration = Duration::minutes(5);

/// Somebody who has signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub actor: Actor,
    pub login: String,
    pub name: FullName,
    pub session: String,
    /// Names of the organizations of the grants, for the menu.
    pub places: BTreeMap<OrganizationId, PlaceName>,
    /// The municipality whose name and color the pages carry.
    pub brand: Brand,
    pub today: NaiveDate,
    /// The clock of the municipality.
    pub zone: chrono_tz::Tz,
}

#[derive(Clone, Debug)]
pub struct PlaceName {
    pub short: String,
    pub kind: String,
}

/// Name, color and emblem of a municipality (J5).
#[derive(Clone, Debug, Default)]
pub struct Brand {
    pub territory: Option<Uuid>,
    pub name: String,
    pub authority: String,
    pub color: String,
    pub emblem: Option<Uuid>,
}

/// The name of the cookie: with TLS the browser itself holds it to this host.
pub fn cookie_name(config: &Config) -> &'static str {
    if config.is_secure() { "__Host-nastavnik" } else { "nastavnik" }
}

/// `Set-Cookie` that hands out or takes away the session.
pub fn session_cookie(config: &Config, token: Option<&str>) -> String {
    let secure = if config.is_secure() { "; Secure" } else { "" };
    let name = cookie_name(config);
    match token {
        Some(token) => format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}"),
        None => format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}"),
    }
}

/// Begins a session and returns its token; only its fingerprint is stored.
pub async fn begin(tx: &Tx, account: Uuid, now: DateTime<Utc>) -> anyhow::Result<String> {
    let token = ids::secret()?;
    db::exec(tx, "DELETE FROM session WHERE expires_at < ? OR seen_at < ?", values![now, now - IDLE]).await?;
    db::exec(
        tx,
        "INSERT INTO session (token_hash, account_id, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        values![ids::fingerprint(token.as_bytes()), account, now, now, now + ABSOLUTE],
    )
    .await?;
    Ok(token)
}

/// Ends one session.
pub async fn end(tx: &Tx, session: &str) -> Result<(), DbErr> {
    db::exec(tx, "DELETE FROM session WHERE token_hash = ?", values![session]).await.map(|_| ())
}

/// Ends every session of an account.
pub async fn end_all(tx: &Tx, account: Uuid) -> Result<u64, DbErr> {
    db::exec(tx, "DELETE FROM session WHERE account_id = ?", values![account]).await
}

#[derive(FromQueryResult)]
struct SessionRow {
    token_hash: String,
    account_id: Uuid,
    seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    login: String,
    person_id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
}

#[derive(FromQueryResult)]
struct GrantRow {
    role: String,
    started_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    organization_id: Uuid,
    territory_id: Uuid,
    region_id: Uuid,
    short_name: String,
    kind: String,
    territory_name: String,
    authority_name: String,
    time_zone: String,
    color: String,
    emblem_id: Option<Uuid>,
}

/// Finds who holds the token. `None`: no such session, or it is over.
pub async fn identify(app: &App, token: &str) -> anyhow::Result<Option<Arc<SignedIn>>> {
    let now = app.clock.now();
    let row: Option<SessionRow> = db::one(
        app.db.reader(),
        "SELECT s.token_hash, s.account_id, s.seen_at, s.expires_at, a.login, a.person_id, \
                p.surname, p.given, p.patronymic \
         FROM session s JOIN account a ON a.id = s.account_id JOIN person p ON p.id = a.person_id \
         WHERE s.token_hash = ? AND a.disabled_at IS NULL",
        values![ids::fingerprint(token.as_bytes())],
    )
    .await?;
    let Some(row) = row.filter(|row| row.expires_at > now && row.seen_at + IDLE > now) else {
        return Ok(None);
    };
    if row.seen_at + TOUCH < now {
        let tx = app.db.begin().await?;
        db::exec(
            &tx,
            "UPDATE session SET seen_at = ? WHERE token_hash = ?",
            values![now, row.token_hash.clone()],
        )
        .await?;
        tx.commit().await?;
    }
    Ok(Some(Arc::new(signed_in(app.db.reader(), row, now).await?)))
}

async fn signed_in(
    connection: &impl ConnectionTrait,
    row: SessionRow,
    now: DateTime<Utc>,
) -> Result<SignedIn, DbErr> {
    let rows = grants_of(connection, row.person_id, now).await?;
    let mut grants = Vec::new();
    let mut places = BTreeMap::new();
    for grant in &rows {
        let Some(role) = Role::from_code(&grant.role) else { continue };
        let organization = OrganizationId(grant.organization_id);
        grants.push(Grant {
            role,
            organization,
            territory: TerritoryId(grant.territory_id),
            region: TerritoryId(grant.region_id),
        });
        places.insert(organization, PlaceName { short: grant.short_name.clone(), kind: grant.kind.clone() });
    }
    let first = rows.first();
    let zone = first.and_then(|row| row.time_zone.parse().ok()).unwrap_or(chrono_tz::Asia::Yekaterinburg);
    let brand = first.map_or_else(Brand::default, |row| Brand {
        territory: Some(row.territory_id),
        name: row.territory_name.clone(),
        authority: row.authority_name.clone(),
        color: row.color.clone(),
        emblem: row.emblem_id,
    });
    Ok(SignedIn {
        actor: Actor { account: AccountId(row.account_id), person: PersonId(row.person_id), grants },
        login: row.login,
        name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        session: row.token_hash,
        places,
        brand,
        today: clock::local_day(now, zone),
        zone,
    })
}

impl GrantRow {
    /// Is it in force today, where the organization is?
    fn is_in_force(&self, now: DateTime<Utc>) -> bool {
        let zone = self.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
        let today = clock::local_day(now, zone);
        self.started_on.is_none_or(|day| day <= today) && self.ended_on.is_none_or(|day| day > today)
    }
}

/// Roles given by an act and in force today, and the roles that follow from mentorships that are being
/// prepared or run. Which day it is depends on the place, so the query takes a day more at both ends.
async fn grants_of(
    connection: &impl ConnectionTrait,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<GrantRow>, DbErr> {
    let (first, last) = ((now - Duration::hours(24)).date_naive(), (now + Duration::hours(24)).date_naive());
    let rows: Vec<GrantRow> = db::all(
        connection,
        "SELECT g.role, g.started_on, g.ended_on, g.organization_id, o.territory_id, o.region_id, o.short_name, \
                o.kind, t.name AS territory_name, t.authority_name, t.time_zone, t.color, t.emblem_id \
         FROM ( \
             SELECT role, organization_id, started_on, ended_on FROM role_grant \
             WHERE person_id = ? AND started_on <= ? AND (ended_on IS NULL OR ended_on > ?) \
             UNION ALL \
             SELECT DISTINCT 'mentor', organization_id, CAST(NULL AS DATE), ended_on FROM mentorship \
             WHERE mentor_id = ? AND withdrawn_at IS NULL AND (ended_on IS NULL OR ended_on > ?) \
             UNION ALL \
             SELECT DISTINCT 'mentee', m.organization_id, CAST(NULL AS DATE), e.gone_on \
             FROM mentee_stay e JOIN mentorship m ON m.id = e.mentorship_id \
             WHERE e.person_id = ? AND m.withdrawn_at IS NULL \
             AND (e.gone_on IS NULL OR e.gone_on > ?) \
         ) g JOIN organization o ON o.id = g.organization_id JOIN territory t ON t.id = o.territory_id \
         ORDER BY g.started_on, g.role, o.short_name",
        values![person, last, first, person, first, person, first],
    )
    .await?;
    Ok(rows.into_iter().filter(|row| row.is_in_force(now)).collect())
}
