//! Uploaded tables of the bank.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::confirmations::Side;
use crate::kernel::db::{self, Tx};
use crate::kernel::ids;
use crate::values;

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
