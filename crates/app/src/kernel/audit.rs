//! The journal: who did what, when, written in the same transaction as the change.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;
use serde::Serialize;
use uuid::Uuid;

use super::db::{self, Tx};
use super::ids;
use crate::values;

/// One thing that happened. `kind` is a stable code, `payload` its facts without secrets.
pub struct Entry<'a, P: Serialize> {
    pub kind: &'static str,
    pub subject: (&'static str, Option<Uuid>),
    pub organization: Option<Uuid>,
    pub payload: &'a P,
}

/// On whose behalf.
#[derive(Clone, Debug, Default)]
pub struct By {
    pub account: Option<Uuid>,
    pub request_id: Option<String>,
}

/// Writes one entry.
pub async fn record<P: Serialize>(
    tx: &Tx,
    at: DateTime<Utc>,
    by: &By,
    entry: Entry<'_, P>,
) -> Result<(), DbErr> {
    let payload = serde_json::to_string(entry.payload).map_err(|error| DbErr::Custom(error.to_string()))?;
    db::exec(
        tx,
        "INSERT INTO journal (id, at, account_id, organization_id, kind, subject_kind, subject_id, payload, \
         request_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            ids::row_id(),
            at,
            by.account,
            entry.organization,
            entry.kind,
            entry.subject.0,
            entry.subject.1,
            payload,
            by.request_id.clone()
        ],
    )
    .await
    .map(|_| ())
}

/// One of many things that happened at once.
pub struct Line {
    pub kind: &'static str,
    pub subject: (&'static str, Option<Uuid>),
    pub organization: Option<Uuid>,
    /// JSON.
    pub payload: String,
}

/// Writes many entries in few statements.
pub async fn record_many(tx: &Tx, at: DateTime<Utc>, by: &By, lines: &[Line]) -> Result<(), DbErr> {
    for chunk in lines.chunks(500) {
        let row = "(?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let sql = format!(
            "INSERT INTO journal (id, at, account_id, organization_id, kind, subject_kind, subject_id, payload, \
             request_id) VALUES {}",
            vec![row; chunk.len()].join(", ")
        );
        let values = chunk.iter().flat_map(|line| {
            values![
                ids::row_id(),
                at,
                by.account,
                line.organization,
                line.kind,
                line.subject.0,
                line.subject.1,
                line.payload.clone(),
                by.request_id.clone()
            ]
        });
        db::exec(tx, &sql, values.collect()).await?;
    }
    Ok(())
}
