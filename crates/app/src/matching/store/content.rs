//! What runs are made of, and how far those being computed have come.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::Scope;
use super::runs::number;
use crate::kernel::db::{self, Tx};
use crate::values;

/// What a run was made from and what came of it, as kept.
#[derive(FromQueryResult)]
pub(in crate::matching) struct Content {
    pub(in crate::matching) input: String,
    pub(in crate::matching) result: Option<String>,
}

/// The content of a run; whoever asks has found the run visible, or computes it. Nothing before the people of a large run are
/// gathered.
pub(in crate::matching) async fn content(
    connection: &impl ConnectionTrait,
    run: Uuid,
) -> Result<Option<Content>, DbErr> {
    db::one(connection, "SELECT input, result FROM matching_content WHERE run_id = ?", values![run]).await
}

/// Keeps what a run is made from, with the result if it is there already.
pub(in crate::matching) async fn keep_content(tx: &Tx, run: Uuid, content: Content) -> Result<(), DbErr> {
    let sql = "INSERT INTO matching_content (run_id, input, result) VALUES (?, ?, ?)";
    db::exec(tx, sql, values![run, content.input, content.result]).await.map(|_| ())
}

/// Keeps what came of a run whose input is kept already.
pub(in crate::matching) async fn keep_result(tx: &Tx, run: Uuid, result: String) -> Result<(), DbErr> {
    let sql = "UPDATE matching_content SET result = ? WHERE run_id = ?";
    db::exec(tx, sql, values![result, run]).await.map(|_| ())
}

#[derive(FromQueryResult)]
struct NumbersRow {
    numbers: Option<String>,
}

/// What came of a run in numbers; empty for a run older than its numbers.
pub(in crate::matching) async fn numbers(
    connection: &impl ConnectionTrait,
    run: Uuid,
) -> Result<Option<String>, DbErr> {
    let sql = "SELECT numbers FROM matching_run WHERE id = ?";
    let row: Option<NumbersRow> = db::one(connection, sql, values![run]).await?;
    Ok(row.and_then(|row| row.numbers))
}

/// A run that is to be computed: whose people, as of which day.
pub(in crate::matching) struct Waiting {
    pub(in crate::matching) scope: Scope,
    pub(in crate::matching) run_on: NaiveDate,
}

#[derive(FromQueryResult)]
struct WaitingRow {
    organization_id: Option<Uuid>,
    municipality_id: Option<Uuid>,
    region_id: Uuid,
    run_on: NaiveDate,
}

/// The run if somebody still waits for it.
pub(in crate::matching) async fn waiting(
    connection: &impl ConnectionTrait,
    run: Uuid,
) -> Result<Option<Waiting>, DbErr> {
    let sql = "SELECT organization_id, municipality_id, region_id, run_on FROM matching_run \
               WHERE id = ? AND state = 'computing'";
    let row: Option<WaitingRow> = db::one(connection, sql, values![run]).await?;
    Ok(row.map(|row| Waiting {
        scope: Scope {
            organization: row.organization_id,
            municipality: row.municipality_id,
            region: row.region_id,
            title: String::new(),
        },
        run_on: row.run_on,
    }))
}

#[derive(FromQueryResult)]
struct PaceRow {
    done: i64,
}

/// How far a run being computed has come, in thousandths.
pub(in crate::matching) async fn pace(connection: &impl ConnectionTrait, run: Uuid) -> Result<u64, DbErr> {
    let sql = "SELECT done FROM matching_pace WHERE run_id = ?";
    let row: Option<PaceRow> = db::one(connection, sql, values![run]).await?;
    Ok(row.map_or(0, |row| row.done.unsigned_abs()))
}

/// Tells how far a run has come; `false` if nobody waits for it any more.
pub(in crate::matching) async fn set_pace(tx: &Tx, run: Uuid, done: u64) -> Result<bool, DbErr> {
    let done = number(usize::try_from(done).unwrap_or(usize::MAX));
    let sql = "UPDATE matching_pace SET done = ? WHERE run_id = ?";
    Ok(db::exec(tx, sql, values![done, run]).await? == 1)
}
