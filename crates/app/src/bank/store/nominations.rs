//! Nominations: somebody proposes themself, the curator accepts or declines.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::selection::short_name;
use super::terms::{StrengthRow, add_strengths, kinds_text};
use super::trusts::of_candidate_rows;
use crate::bank::terms::{Strength, Terms};
use crate::bank::worker::School;
use crate::kernel::change::Change;
use crate::kernel::clock::local_day;
use crate::kernel::db::{self, Sql};
use crate::kernel::ids;
use crate::kernel::scope;
use crate::values;

/// Where a nomination stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) enum NominationState {
    Proposed,
    Accepted,
    Declined,
    Withdrawn,
}

impl NominationState {
    pub(in crate::bank) const ALL: [Self; 4] =
        [Self::Proposed, Self::Accepted, Self::Declined, Self::Withdrawn];

    /// The code stored in the database.
    pub(in crate::bank) const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub(in crate::bank) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A nomination with who it is about.
#[derive(Clone, Debug)]
pub(in crate::bank) struct Nomination {
    pub(in crate::bank) id: Uuid,
    pub(in crate::bank) person: Uuid,
    pub(in crate::bank) name: FullName,
    pub(in crate::bank) school: School,
    pub(in crate::bank) terms: Terms,
    pub(in crate::bank) state: NominationState,
    pub(in crate::bank) proposed_on: NaiveDate,
    pub(in crate::bank) decided_on: Option<NaiveDate>,
    /// «Иванова А. А.»
    pub(in crate::bank) decided_by: String,
    pub(in crate::bank) reason: String,
    pub(in crate::bank) candidate: Option<Uuid>,
    pub(in crate::bank) version: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    surname: String,
    given: String,
    patronymic: Option<String>,
    organization_id: Uuid,
    short_name: String,
    territory_id: Uuid,
    region_id: Uuid,
    time_zone: Option<String>,
    capacity: i64,
    kinds: String,
    time_and_place: String,
    works_remotely: i64,
    in_register: i64,
    state: String,
    proposed_at: DateTime<Utc>,
    decided_at: Option<DateTime<Utc>>,
    by_surname: Option<String>,
    by_given: Option<String>,
    by_patronymic: Option<String>,
    reason: String,
    candidate_id: Option<Uuid>,
    version: i64,
}

const COLUMNS: &str = "SELECT n.id, n.person_id, p.surname, p.given, p.patronymic, n.organization_id, o.short_name, \
    o.territory_id, o.region_id, t.time_zone, n.capacity, n.kinds, n.time_and_place, n.works_remotely, n.in_register, \
    n.state, n.proposed_at, n.decided_at, dp.surname AS by_surname, dp.given AS by_given, \
    dp.patronymic AS by_patronymic, n.reason, n.candidate_id, n.version \
    FROM mentor_nomination n LEFT JOIN person p ON p.id = n.person_id \
    LEFT JOIN organization o ON o.id = n.organization_id LEFT JOIN territory t ON t.id = o.territory_id \
    LEFT JOIN account a ON a.id = n.decided_by LEFT JOIN person dp ON dp.id = a.person_id WHERE 1 = 1";

/// Whose nominations are wanted.
#[derive(Clone, Copy, Debug)]
pub(in crate::bank) enum Nominations<'a> {
    /// Within reach, those not withdrawn.
    Within(&'a Reach),
    /// One, within reach.
    One(&'a Reach, Uuid),
    /// The person's own, in any organization.
    OfPerson(Uuid),
}

/// Nominations, the latest first.
pub(in crate::bank) async fn nominations(
    connection: &impl ConnectionTrait,
    wanted: Nominations<'_>,
) -> anyhow::Result<Vec<Nomination>> {
    let sql = Sql::new(COLUMNS);
    let sql = match wanted {
        Nominations::Within(reach) => scope::within(sql.and("AND n.state <> 'withdrawn'", []), reach, "o"),
        Nominations::One(reach, id) => scope::within(sql.and("AND n.id = ?", values![id]), reach, "o"),
        Nominations::OfPerson(person) => sql.and("AND n.person_id = ?", values![person]),
    };
    let rows: Vec<Row> = sql.and("ORDER BY n.proposed_at DESC, n.id DESC", []).all(connection).await?;
    let mut strengths = strengths(connection, wanted).await?;
    rows.into_iter()
        .map(|row| {
            let own = strengths.remove(&row.id).unwrap_or_default();
            nomination(row, own)
        })
        .collect()
}

async fn strengths(
    connection: &impl ConnectionTrait,
    wanted: Nominations<'_>,
) -> Result<BTreeMap<Uuid, Vec<Strength>>, DbErr> {
    let sql = Sql::new(
        "SELECT s.nomination_id AS owner_id, s.domain, s.ground FROM nomination_strength s \
         JOIN mentor_nomination n ON n.id = s.nomination_id \
         LEFT JOIN organization o ON o.id = n.organization_id WHERE 1 = 1",
    );
    let sql = match wanted {
        Nominations::Within(reach) => scope::within(sql, reach, "o"),
        Nominations::One(reach, id) => scope::within(sql.and("AND n.id = ?", values![id]), reach, "o"),
        Nominations::OfPerson(person) => sql.and("AND n.person_id = ?", values![person]),
    };
    let rows: Vec<StrengthRow> = sql.and("ORDER BY s.domain", []).all(connection).await?;
    let mut found: BTreeMap<Uuid, Vec<Strength>> = BTreeMap::new();
    for (owner, strength) in rows.into_iter().filter_map(StrengthRow::strength) {
        found.entry(owner).or_default().push(strength);
    }
    Ok(found)
}

fn nomination(row: Row, strengths: Vec<Strength>) -> anyhow::Result<Nomination> {
    let zone: Tz = row.time_zone.as_deref().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC);
    let kinds: Vec<Kind> = serde_json::from_str(&row.kinds)?;
    Ok(Nomination {
        id: row.id,
        person: row.person_id,
        name: FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
        school: School {
            id: row.organization_id,
            name: row.short_name,
            place: scope::place(row.organization_id, row.territory_id, row.region_id),
        },
        terms: Terms {
            capacity: row.capacity,
            kinds,
            strengths,
            time_and_place: row.time_and_place,
            works_remotely: row.works_remotely == 1,
            in_register: row.in_register == 1,
        },
        state: NominationState::from_code(&row.state)
            .ok_or_else(|| anyhow::anyhow!("неизвестное состояние выдвижения {}", row.state))?,
        proposed_on: local_day(row.proposed_at, zone),
        decided_on: row.decided_at.map(|at| local_day(at, zone)),
        decided_by: short_name(
            row.by_surname.as_deref(),
            row.by_given.as_deref(),
            row.by_patronymic.as_deref(),
        ),
        reason: row.reason,
        candidate: row.candidate_id,
        version: row.version,
    })
}

/// Writes a nomination; nothing if one of this person waits in this organization already.
pub(in crate::bank) async fn add_nomination(
    change: &Change,
    (person, organization): (Uuid, Uuid),
    terms: &Terms,
) -> Result<Option<Uuid>, DbErr> {
    let id = ids::row_id();
    let written = db::exec(
        change.tx(),
        "INSERT INTO mentor_nomination (id, person_id, organization_id, capacity, kinds, time_and_place, \
         works_remotely, in_register, state, proposed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'proposed', ?) \
         ON CONFLICT DO NOTHING",
        values![
            id,
            person,
            organization,
            terms.capacity,
            kinds_text(terms),
            terms.time_and_place.clone(),
            i64::from(terms.works_remotely),
            i64::from(terms.in_register),
            change.now()
        ],
    )
    .await?;
    if written == 0 {
        return Ok(None);
    }
    add_strengths(change.tx(), ("nomination_strength", "nomination_id"), id, &terms.strengths).await?;
    Ok(Some(id))
}

/// Changes what a waiting nomination tells; `false` if it was considered or saved since `version`.
pub(in crate::bank) async fn set_nomination(
    change: &Change,
    (id, version): (Uuid, i64),
    terms: &Terms,
) -> Result<bool, DbErr> {
    let changed = db::exec(
        change.tx(),
        "UPDATE mentor_nomination SET capacity = ?, kinds = ?, time_and_place = ?, works_remotely = ?, \
         in_register = ?, version = version + 1 WHERE id = ? AND version = ? AND state = 'proposed'",
        values![
            terms.capacity,
            kinds_text(terms),
            terms.time_and_place.clone(),
            i64::from(terms.works_remotely),
            i64::from(terms.in_register),
            id,
            version
        ],
    )
    .await?;
    if changed != 1 {
        return Ok(false);
    }
    db::exec(change.tx(), "DELETE FROM nomination_strength WHERE nomination_id = ?", values![id]).await?;
    add_strengths(change.tx(), ("nomination_strength", "nomination_id"), id, &terms.strengths).await?;
    Ok(true)
}

/// Ends the waiting of a nomination; `false` if it waits no more.
pub(in crate::bank) async fn close_nomination(
    change: &Change,
    id: Uuid,
    state: NominationState,
    (reason, candidate): (&str, Option<Uuid>),
) -> Result<bool, DbErr> {
    let closed = db::exec(
        change.tx(),
        "UPDATE mentor_nomination SET state = ?, reason = ?, candidate_id = ?, decided_by = ?, decided_at = ?, \
         version = version + 1 WHERE id = ? AND state = 'proposed'",
        values![state.code(), reason, candidate, change.account(), change.now(), id],
    )
    .await?;
    Ok(closed == 1)
}

/// How many nominations within reach wait.
pub(in crate::bank) async fn waiting_nominations(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<u64, DbErr> {
    let sql = Sql::new(
        "SELECT COUNT(*) AS n FROM mentor_nomination n LEFT JOIN organization o ON o.id = n.organization_id \
         WHERE n.state = 'proposed'",
    );
    scope::within(sql, reach, "o").count(connection).await
}

#[derive(FromQueryResult)]
struct CandidateOf {
    candidate_id: Uuid,
    organization_id: Uuid,
}

/// Which candidates within reach have proposed themselves: their ids.
pub(in crate::bank) async fn self_nominated(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    candidate: Option<Uuid>,
) -> Result<BTreeSet<Uuid>, DbErr> {
    let sql = Sql::new(
        "SELECT n.candidate_id, n.organization_id FROM mentor_nomination n \
         WHERE n.state = 'accepted' AND n.candidate_id IS NOT NULL",
    );
    let rows: Vec<CandidateOf> =
        of_candidate_rows(sql, "n.candidate_id", candidate, reach).all(connection).await?;
    Ok(rows.into_iter().map(|row| row.candidate_id).collect())
}

/// Live candidacies of a person: (candidate, organization).
pub(in crate::bank) async fn own_candidacies(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
    let rows: Vec<CandidateOf> = db::all(
        connection,
        "SELECT id AS candidate_id, organization_id FROM mentor_candidate \
         WHERE person_id = ? AND ended_on IS NULL ORDER BY listed_at, id",
        values![person],
    )
    .await?;
    Ok(rows.into_iter().map(|row| (row.candidate_id, row.organization_id)).collect())
}
