//! Consents that were given, and what their blanks are filled from.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use nastavnik_domain::consent::{Given, Kind};
use nastavnik_domain::person::{FullName, Gender};
use nastavnik_domain::policy::Place;
use nastavnik_domain::russian::NameForms;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use crate::kernel::clock::local_day;
use crate::kernel::db::{self, Sql};
use crate::kernel::scope;
use crate::values;

/// A consent as stored, with the organization it was given to.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::consents) struct ConsentRow {
    pub(in crate::consents) id: Uuid,
    pub(in crate::consents) person_id: Uuid,
    pub(in crate::consents) organization_id: Uuid,
    territory_id: Uuid,
    region_id: Uuid,
    time_zone: String,
    kind: String,
    pub(in crate::consents) text_version: String,
    pub(in crate::consents) given_on: NaiveDate,
    pub(in crate::consents) valid_until: Option<NaiveDate>,
    pub(in crate::consents) scan_id: Option<Uuid>,
    withdrawn_at: Option<DateTime<Utc>>,
    pub(in crate::consents) replaced_at: Option<DateTime<Utc>>,
}

impl ConsentRow {
    /// The database allows the four codes only.
    pub(in crate::consents) fn kind(&self) -> Kind {
        Kind::from_code(&self.kind).unwrap_or(Kind::Processing)
    }

    pub(in crate::consents) fn place(&self) -> Place {
        scope::place(self.organization_id, self.territory_id, self.region_id)
    }

    pub(in crate::consents) fn withdrawn_on(&self) -> Option<NaiveDate> {
        let zone: Tz = self.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
        self.withdrawn_at.map(|at| local_day(at, zone))
    }

    pub(in crate::consents) fn given(&self) -> Given {
        Given { given_on: self.given_on, valid_until: self.valid_until, withdrawn_on: self.withdrawn_on() }
    }
}

const CONSENTS: &str = "SELECT g.id, g.person_id, g.organization_id, o.territory_id, o.region_id, t.time_zone, g.kind, g.text_version, g.given_on, g.valid_until, g.scan_id, g.withdrawn_at, g.replaced_at \
    FROM consent g JOIN organization o ON o.id = g.organization_id JOIN territory t ON t.id = o.territory_id";

/// Every consent of these people, the latest first; of one organization if named.
pub(in crate::consents) async fn consents_of(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
    organization: Option<Uuid>,
) -> Result<Vec<ConsentRow>, DbErr> {
    let mut found = Vec::new();
    for part in people.chunks(CHUNK) {
        let rows: Vec<ConsentRow> = Sql::new(CONSENTS)
            .and_in("WHERE g.person_id", part.iter().copied())
            .and_some(organization, "AND g.organization_id = ?")
            .and("ORDER BY g.given_on DESC, g.recorded_at DESC, g.id DESC", [])
            .all(connection)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// How many ids go into one query: far below what both databases bind at once.
const CHUNK: usize = 400;

/// One consent, whoever asks: the caller decides what is visible.
pub(in crate::consents) async fn consent(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<ConsentRow>, DbErr> {
    Sql::new(CONSENTS).and("WHERE g.id = ?", values![id]).one(connection).await
}

/// Somebody as a blank names them, in one organization.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::consents) struct StaffRow {
    pub(in crate::consents) person_id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    gender: String,
    name_forms: Option<String>,
    pub(in crate::consents) organization_id: Uuid,
    pub(in crate::consents) position: String,
    pub(in crate::consents) subject: Option<String>,
}

impl StaffRow {
    pub(in crate::consents) fn name(&self) -> FullName {
        FullName::new(&self.surname, &self.given, self.patronymic.as_deref())
    }

    /// The database allows the two codes only.
    pub(in crate::consents) fn gender(&self) -> Gender {
        Gender::from_code(&self.gender).unwrap_or(Gender::Female)
    }

    /// Forms of the name typed by hand.
    pub(in crate::consents) fn forms(&self) -> anyhow::Result<Option<NameForms>> {
        let typed = self.name_forms.as_deref().filter(|text| !text.is_empty());
        Ok(typed.map(serde_json::from_str).transpose()?)
    }
}

const STAFF: &str = "SELECT p.id AS person_id, p.surname, p.given, p.patronymic, p.gender, p.name_forms, \
    e.organization_id, e.position, e.subject FROM employment e JOIN person p ON p.id = e.person_id";

/// The weightiest present jobs of these people, one or more rows each, in the order of names.
pub(in crate::consents) async fn workers(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
) -> Result<Vec<StaffRow>, DbErr> {
    let mut found = Vec::new();
    for part in people.chunks(CHUNK) {
        let rows: Vec<StaffRow> = Sql::new(STAFF)
            .and_in("WHERE e.person_id", part.iter().copied())
            .and(
                "ORDER BY p.sort_key, p.id, CASE WHEN e.ended_on IS NULL THEN 0 ELSE 1 END, e.share_percent DESC, e.id",
                [],
            )
            .all(connection)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// One person in one organization where they work or worked.
pub(in crate::consents) async fn worker(
    connection: &impl ConnectionTrait,
    person: Uuid,
    organization: Uuid,
) -> Result<Option<StaffRow>, DbErr> {
    let found = workers(connection, &[person]).await?;
    Ok(found.into_iter().find(|row| row.organization_id == organization))
}

/// Where somebody works now or has left a consent.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::consents) struct OwnPlace {
    pub(in crate::consents) id: Uuid,
    pub(in crate::consents) short_name: String,
    /// 1 where they work now.
    pub(in crate::consents) works: i64,
}

/// The organizations of the person's own page.
pub(in crate::consents) async fn own_places(
    connection: &impl ConnectionTrait,
    person: Uuid,
    today: NaiveDate,
) -> Result<Vec<OwnPlace>, DbErr> {
    db::all(
        connection,
        "SELECT o.id, o.short_name, CAST(CASE WHEN EXISTS (SELECT 1 FROM employment e WHERE e.person_id = ? \
         AND e.organization_id = o.id AND (e.ended_on IS NULL OR e.ended_on > ?)) THEN 1 ELSE 0 END AS BIGINT) AS works \
         FROM organization o WHERE EXISTS (SELECT 1 FROM consent g WHERE g.person_id = ? AND g.organization_id = o.id) \
         OR EXISTS (SELECT 1 FROM employment e WHERE e.person_id = ? AND e.organization_id = o.id \
         AND (e.ended_on IS NULL OR e.ended_on > ?)) ORDER BY works DESC, o.name_key, o.id",
        values![person, today, person, person, today],
    )
    .await
}
