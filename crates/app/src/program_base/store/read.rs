//! Offers from their rows and events.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::ids::OrganizationId;
use nastavnik_domain::kind::{Form, Kind};
use nastavnik_domain::organization::OrganizationKind;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::program_base::{Offer, Recorded, State};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::kernel::db::{self, Sql};
use crate::kernel::{clock, scope};
use crate::program_base::record::Held;
use crate::values;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    mentorship_id: Uuid,
    organization_id: Uuid,
    territory_id: Uuid,
    region_id: Uuid,
    level: String,
    time_zone: String,
    revision: i64,
    form: String,
    kinds: String,
    source: String,
    mending: String,
    content: String,
    offered_at: DateTime<Utc>,
    uses: i64,
}

#[derive(FromQueryResult)]
struct EventRow {
    base_program_id: Uuid,
    person_id: Uuid,
    happened_at: DateTime<Utc>,
    event: String,
}

fn select() -> Sql {
    Sql::new(
        "SELECT b.id, b.mentorship_id, b.organization_id, o.territory_id, o.region_id, o.kind AS level, t.time_zone, \
         b.revision, b.form, b.kinds, b.source, b.mending, b.content, b.offered_at, \
         (SELECT COUNT(*) FROM base_program_use u WHERE u.base_program_id = b.id) AS uses \
         FROM base_program b JOIN organization o ON o.id = b.organization_id JOIN territory t ON t.id = o.territory_id \
         WHERE 1 = 1",
    )
}

/// Offers in these states within reach, the latest first.
pub(in crate::program_base) async fn within(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    states: &[State],
) -> anyhow::Result<Vec<Held>> {
    let sql =
        scope::within(select(), reach, "o").and_in("AND b.state", states.iter().map(|state| state.code()));
    loaded(connection, sql.and("ORDER BY b.offered_at DESC, b.id DESC", []).all(connection).await?).await
}

/// What is published within reach, the latest first.
pub(in crate::program_base) async fn published(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> anyhow::Result<Vec<Held>> {
    let sql = scope::within(select(), reach, "o").and("AND b.state = ?", values![State::Published.code()]);
    loaded(connection, sql.and("ORDER BY b.published_at DESC, b.id DESC", []).all(connection).await?).await
}

/// One offer, whoever asks.
pub(in crate::program_base) async fn one(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> anyhow::Result<Option<Held>> {
    let rows = select().and("AND b.id = ?", values![id]).all(connection).await?;
    Ok(loaded(connection, rows).await?.pop())
}

/// The offers of these pairs, the latest first.
pub(in crate::program_base) async fn of_pairs(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> anyhow::Result<Vec<Held>> {
    let sql = select().and_in("AND b.mentorship_id", pairs.iter().copied());
    loaded(connection, sql.and("ORDER BY b.offered_at DESC, b.id DESC", []).all(connection).await?).await
}

/// Offers of the pairs a person is or was in, the latest first.
pub(in crate::program_base) async fn of_person(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> anyhow::Result<Vec<Held>> {
    let sql = select().and(
        "AND b.mentorship_id IN (SELECT m.id FROM mentorship m WHERE m.mentor_id = ? \
         UNION SELECT e.mentorship_id FROM mentorship_mentee e WHERE e.person_id = ?) \
         ORDER BY b.offered_at DESC, b.id DESC",
        values![person, person],
    );
    let mut found = loaded(connection, sql.all(connection).await?).await?;
    found.retain(|held| held.offer.people.contains(&person.into()));
    Ok(found)
}

async fn loaded(connection: &impl ConnectionTrait, rows: Vec<Row>) -> anyhow::Result<Vec<Held>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let events: Vec<EventRow> =
        Sql::new("SELECT base_program_id, person_id, happened_at, event FROM base_program_event WHERE 1 = 1")
            .and_in("AND base_program_id", rows.iter().map(|row| row.id))
            .and("ORDER BY base_program_id, number", [])
            .all(connection)
            .await?;
    let mut happened: BTreeMap<Uuid, Vec<Recorded>> = BTreeMap::new();
    for row in events {
        let event = serde_json::from_str(&row.event)?;
        let recorded = Recorded { by: row.person_id.into(), at: row.happened_at, event };
        happened.entry(row.base_program_id).or_default().push(recorded);
    }
    rows.into_iter()
        .map(|row| {
            let events = happened.remove(&row.id).unwrap_or_default();
            held(&row, Offer::replay(&events)?)
        })
        .collect()
}

fn held(row: &Row, offer: Offer) -> anyhow::Result<Held> {
    let kinds: Vec<Kind> = serde_json::from_str(&row.kinds)?;
    let zone = row.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
    Ok(Held {
        id: row.id,
        pair: row.mentorship_id,
        place: scope::place(row.organization_id, row.territory_id, row.region_id),
        revision: u32::try_from(row.revision)?,
        level: OrganizationKind::from_code(&row.level).context("неизвестный вид организации")?,
        form: Form::from_code(&row.form).context("неизвестная форма наставничества")?,
        kinds,
        source: parsed(&row.source)?,
        mending: parsed(&row.mending)?,
        content: parsed(&row.content)?,
        offered_on: clock::local_day(row.offered_at, zone),
        uses: u64::try_from(row.uses).unwrap_or(0),
        offer,
    })
}

/// A text kept as JSON; an empty one was erased or is not written yet.
fn parsed<T: DeserializeOwned + Default>(text: &str) -> anyhow::Result<T> {
    if text.is_empty() { Ok(T::default()) } else { Ok(serde_json::from_str(text)?) }
}

#[derive(FromQueryResult)]
struct DeclinedRow {
    mentorship_id: Uuid,
    revision: i64,
}

/// The latest revision of each of these pairs to whose offer somebody has said no.
pub(in crate::program_base) async fn declined(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> Result<BTreeMap<Uuid, u32>, DbErr> {
    let rows: Vec<DeclinedRow> = Sql::new(
        "SELECT mentorship_id, MAX(revision) AS revision FROM base_program WHERE declined_at IS NOT NULL",
    )
    .and_in("AND mentorship_id", pairs.iter().copied())
    .and("GROUP BY mentorship_id", [])
    .all(connection)
    .await?;
    let revision = |row: &DeclinedRow| u32::try_from(row.revision).unwrap_or(0);
    Ok(rows.into_iter().map(|row| (row.mentorship_id, revision(&row))).collect())
}

#[derive(FromQueryResult)]
struct OrganizationRow {
    organization_id: Uuid,
}

/// Where a person works on the day.
pub(in crate::program_base) async fn centers_of(
    connection: &impl ConnectionTrait,
    person: Uuid,
    day: NaiveDate,
) -> Result<BTreeSet<OrganizationId>, DbErr> {
    let rows: Vec<OrganizationRow> = db::all(
        connection,
        "SELECT organization_id FROM employment WHERE person_id = ? AND (ended_on IS NULL OR ended_on >= ?)",
        values![person, day],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.organization_id.into()).collect())
}
