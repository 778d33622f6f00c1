//! Uploaded tables of the bank, and what of a candidate they carry.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nastavnik_domain::competence::Domain;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::confirmations::Side;
use crate::kernel::db::{self, Sql, Tx};
use crate::kernel::ids;
use crate::kernel::scope;
use crate::values;

/// What a candidate is ready for (B3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::bank) struct Readiness {
    pub(in crate::bank) in_register: bool,
    pub(in crate::bank) works_remotely: bool,
    pub(in crate::bank) kinds: Vec<Kind>,
    pub(in crate::bank) time_and_place: String,
    pub(in crate::bank) strengths: Vec<Domain>,
}

#[derive(FromQueryResult)]
struct ReadinessRow {
    id: Uuid,
    in_register: i64,
    works_remotely: i64,
    kinds: String,
    time_and_place: String,
    domain: Option<i64>,
}

/// What candidates within reach are ready for, by candidate.
pub(in crate::bank) async fn readiness(
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> anyhow::Result<BTreeMap<Uuid, Readiness>> {
    let sql = Sql::new(
        "SELECT c.id, c.in_register, c.works_remotely, c.kinds, c.time_and_place, s.domain \
         FROM mentor_candidate c LEFT JOIN organization o ON o.id = c.organization_id \
         LEFT JOIN mentor_strength s ON s.candidate_id = c.id WHERE c.ended_on IS NULL",
    );
    let rows: Vec<ReadinessRow> =
        scope::within(sql, reach, "o").and("ORDER BY c.id, s.domain", []).all(connection).await?;
    let mut found: BTreeMap<Uuid, Readiness> = BTreeMap::new();
    for row in rows {
        let kinds: Vec<Kind> = serde_json::from_str(&row.kinds)?;
        let known = found.entry(row.id).or_insert_with(|| Readiness {
            in_register: row.in_register == 1,
            works_remotely: row.works_remotely == 1,
            kinds,
            time_and_place: row.time_and_place,
            strengths: Vec::new(),
        });
        known.strengths.extend(row.domain.and_then(Domain::from_number));
    }
    Ok(found)
}

/// Changes everything a table may change of a candidate; `false` if somebody saved or ended it since `version`.
pub(in crate::bank) async fn set_readiness(
    tx: &Tx,
    (id, version): (Uuid, i64),
    (capacity, note): (i64, &str),
    ready: &Readiness,
) -> anyhow::Result<bool> {
    let changed = db::exec(
        tx,
        "UPDATE mentor_candidate SET capacity = ?, note = ?, in_register = ?, works_remotely = ?, kinds = ?, \
         time_and_place = ?, version = version + 1 WHERE id = ? AND version = ? AND ended_on IS NULL",
        values![
            capacity,
            note,
            i64::from(ready.in_register),
            i64::from(ready.works_remotely),
            serde_json::to_string(&ready.kinds)?,
            ready.time_and_place.clone(),
            id,
            version
        ],
    )
    .await?;
    Ok(changed == 1)
}

/// An uploaded table.
#[derive(Clone, Debug)]
pub(in crate::bank) struct TableRow {
    pub(in crate::bank) id: Uuid,
    pub(in crate::bank) side: Side,
    pub(in crate::bank) file_name: String,
    pub(in crate::bank) sha256: String,
    pub(in crate::bank) applied_at: Option<DateTime<Utc>>,
    /// What was changed, as JSON; nothing before it was applied.
    pub(in crate::bank) report: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    side: String,
    name: String,
    sha256: String,
    applied_at: Option<DateTime<Utc>>,
    report: Option<String>,
}

/// A table this account has uploaded.
pub(in crate::bank) async fn own_table(
    connection: &impl ConnectionTrait,
    account: Uuid,
    id: Uuid,
) -> Result<Option<TableRow>, DbErr> {
    let row: Option<Row> = db::one(
        connection,
        "SELECT b.id, b.side, f.name, f.sha256, b.applied_at, b.report FROM bank_table b \
         JOIN file f ON f.id = b.file_id WHERE b.id = ? AND b.created_by = ?",
        values![id, account],
    )
    .await?;
    Ok(row.and_then(|row| {
        Some(TableRow {
            id: row.id,
            side: Side::from_code(&row.side)?,
            file_name: row.name,
            sha256: row.sha256,
            applied_at: row.applied_at,
            report: row.report,
        })
    }))
}

/// Takes an uploaded table down.
pub(in crate::bank) async fn add_table(
    tx: &Tx,
    now: DateTime<Utc>,
    by: Uuid,
    side: Side,
    file: Uuid,
) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO bank_table (id, side, file_id, created_by, created_at) VALUES (?, ?, ?, ?, ?)",
        values![id, side.code(), file, by, now],
    )
    .await?;
    Ok(id)
}

/// Marks a table as applied with what it has changed; `false` if that was done before.
pub(in crate::bank) async fn set_applied(
    tx: &Tx,
    id: Uuid,
    now: DateTime<Utc>,
    report: &str,
) -> Result<bool, DbErr> {
    let changed = db::exec(
        tx,
        "UPDATE bank_table SET applied_at = ?, report = ? WHERE id = ? AND applied_at IS NULL",
        values![now, report, id],
    )
    .await?;
    Ok(changed == 1)
}
