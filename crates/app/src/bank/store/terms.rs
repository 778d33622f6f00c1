//! What candidates are ready for, and how many mentees they have agreed to since when.

use chrono::{DateTime, Utc};
use nastavnik_domain::competence::Domain;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::trusts::of_candidate_rows;
use crate::bank::terms::{Strength, Terms};
use crate::kernel::change::Change;
use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::ids;
use crate::values;

/// Lists somebody as a candidate.
pub(in crate::bank) async fn add_candidate(
    change: &Change,
    (person, organization): (Uuid, Uuid),
    terms: &Terms,
    note: &str,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        change.tx(),
        "INSERT INTO mentor_candidate (id, person_id, organization_id, capacity, note, in_register, works_remotely, \
         kinds, time_and_place, listed_by, listed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            id,
            person,
            organization,
            terms.capacity,
            note,
            i64::from(terms.in_register),
            i64::from(terms.works_remotely),
            kinds_text(terms),
            terms.time_and_place.clone(),
            change.account(),
            change.now()
        ],
    )
    .await?;
    add_strengths(change.tx(), ("mentor_strength", "candidate_id"), id, &terms.strengths).await?;
    add_capacity(change, id, 1, terms.capacity).await?;
    Ok(id)
}

/// Changes a candidate's terms; `false` if somebody saved or ended it since `version`.
pub(in crate::bank) async fn set_candidate(
    change: &Change,
    (id, version): (Uuid, i64),
    terms: &Terms,
    note: &str,
) -> Result<bool, DbErr> {
    let changed = db::exec(
        change.tx(),
        "UPDATE mentor_candidate SET capacity = ?, note = ?, in_register = ?, works_remotely = ?, kinds = ?, \
         time_and_place = ?, version = version + 1 WHERE id = ? AND version = ? AND ended_on IS NULL",
        values![
            terms.capacity,
            note,
            i64::from(terms.in_register),
            i64::from(terms.works_remotely),
            kinds_text(terms),
            terms.time_and_place.clone(),
            id,
            version
        ],
    )
    .await?;
    if changed != 1 {
        return Ok(false);
    }
    db::exec(change.tx(), "DELETE FROM mentor_strength WHERE candidate_id = ?", values![id]).await?;
    add_strengths(change.tx(), ("mentor_strength", "candidate_id"), id, &terms.strengths).await?;
    add_capacity(change, id, version + 1, terms.capacity).await?;
    Ok(true)
}

/// The kinds as stored.
pub(super) fn kinds_text(terms: &Terms) -> String {
    serde_json::json!(terms.kinds).to_string()
}

/// Writes strengths of a candidate or a nomination; the table and its column are names of our own code.
pub(super) async fn add_strengths(
    tx: &Tx,
    (table, column): (&'static str, &'static str),
    owner: Uuid,
    strengths: &[Strength],
) -> Result<(), DbErr> {
    let sql = format!("INSERT INTO {table} ({column}, domain, ground) VALUES (?, ?, ?)");
    for strength in strengths {
        let domain = i64::from(strength.domain.number());
        db::exec(tx, &sql, values![owner, domain, strength.ground.clone()]).await?;
    }
    Ok(())
}

async fn add_capacity(change: &Change, candidate: Uuid, version: i64, capacity: i64) -> Result<(), DbErr> {
    db::exec(
        change.tx(),
        "INSERT INTO mentor_capacity (candidate_id, version, capacity, recorded_by, recorded_at) \
         VALUES (?, ?, ?, ?, ?)",
        values![candidate, version, capacity, change.account(), change.now()],
    )
    .await
    .map(|_| ())
}

#[derive(FromQueryResult)]
pub(super) struct StrengthRow {
    pub(super) owner_id: Uuid,
    pub(super) domain: i64,
    pub(super) ground: String,
}

impl StrengthRow {
    /// Nothing if the domain is none of the eight.
    pub(super) fn strength(self) -> Option<(Uuid, Strength)> {
        let domain = Domain::from_number(self.domain)?;
        Some((self.owner_id, Strength { domain, ground: self.ground }))
    }
}

/// Strengths of candidates within reach, by domain; of one candidate if named.
pub(in crate::bank) async fn strengths(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    candidate: Option<Uuid>,
) -> Result<Vec<(Uuid, Strength)>, DbErr> {
    let sql =
        Sql::new("SELECT s.candidate_id AS owner_id, s.domain, s.ground FROM mentor_strength s WHERE 1 = 1");
    let rows: Vec<StrengthRow> = of_candidate_rows(sql, "s.candidate_id", candidate, reach)
        .and("ORDER BY s.domain", [])
        .all(connection)
        .await?;
    Ok(rows.into_iter().filter_map(StrengthRow::strength).collect())
}

/// A number of places with who recorded it and when.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::bank) struct CapacityRow {
    pub(in crate::bank) capacity: i64,
    pub(in crate::bank) recorded_at: DateTime<Utc>,
    pub(in crate::bank) surname: Option<String>,
    pub(in crate::bank) given: Option<String>,
    pub(in crate::bank) patronymic: Option<String>,
}

/// The places of a candidate, the first version first.
pub(in crate::bank) async fn capacities(
    connection: &impl ConnectionTrait,
    candidate: Uuid,
) -> Result<Vec<CapacityRow>, DbErr> {
    db::all(
        connection,
        "SELECT c.capacity, c.recorded_at, p.surname, p.given, p.patronymic FROM mentor_capacity c \
         LEFT JOIN account a ON a.id = c.recorded_by LEFT JOIN person p ON p.id = a.person_id \
         WHERE c.candidate_id = ? ORDER BY c.version",
        values![candidate],
    )
    .await
}

#[derive(FromQueryResult)]
struct DomainRow {
    domain: i64,
}

/// Domains in which the person's newest completed self-diagnosis shows strength. Only for the person themself
/// (decision 0009): call it with the id of the one who asks.
pub(in crate::bank) async fn own_strong_domains(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<Vec<Domain>, DbErr> {
    let rows: Vec<DomainRow> = db::all(
        connection,
        "SELECT dd.domain FROM diagnosis_domain dd WHERE dd.is_strength = 1 AND dd.diagnosis_id = ( \
           SELECT d.id FROM diagnosis d WHERE d.person_id = ? AND d.view = 'own' AND d.completed_at IS NOT NULL \
           ORDER BY d.completed_at DESC, d.id DESC LIMIT 1) ORDER BY dd.domain",
        values![person],
    )
    .await?;
    Ok(rows.iter().filter_map(|row| Domain::from_number(row.domain)).collect())
}
