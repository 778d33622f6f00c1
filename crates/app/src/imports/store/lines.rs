//! Rows of a list with their verdicts.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};
use uuid::Uuid;

use crate::kernel::db::{self, Sql, Tx};
use crate::values;

/// A row as kept.
#[derive(Clone, Debug, FromQueryResult)]
pub(in crate::imports) struct Line {
    pub(in crate::imports) number: i64,
    pub(in crate::imports) person_name: String,
    /// JSON of `Shown`.
    pub(in crate::imports) parsed: String,
    /// JSON of `Classified`.
    pub(in crate::imports) detail: String,
    pub(in crate::imports) decision: Option<String>,
}

/// A row to keep.
pub(in crate::imports) struct NewLine {
    pub(in crate::imports) number: u32,
    pub(in crate::imports) shelf: &'static str,
    pub(in crate::imports) person_name: String,
    pub(in crate::imports) person: Option<Uuid>,
    pub(in crate::imports) parsed: String,
    pub(in crate::imports) detail: String,
    pub(in crate::imports) decision: Option<String>,
}

const COLUMNS: &str =
    "SELECT number, person_name, parsed, detail, decision FROM staff_import_row WHERE import_id = ?";

/// All rows in their order.
pub(in crate::imports) async fn lines(
    connection: &impl ConnectionTrait,
    import: Uuid,
) -> Result<Vec<Line>, DbErr> {
    Sql::default().and(COLUMNS, values![import]).and("ORDER BY number", []).all(connection).await
}

/// One page of a shelf.
pub(in crate::imports) async fn lines_on(
    connection: &impl ConnectionTrait,
    import: Uuid,
    shelf: &str,
    offset: u64,
    limit: u64,
) -> Result<Vec<Line>, DbErr> {
    let page = values![i64::try_from(limit).unwrap_or(i64::MAX), i64::try_from(offset).unwrap_or(0)];
    Sql::default()
        .and(COLUMNS, values![import])
        .and("AND verdict = ?", values![shelf])
        .and("ORDER BY number LIMIT ? OFFSET ?", page)
        .all(connection)
        .await
}

pub(in crate::imports) async fn line(
    connection: &impl ConnectionTrait,
    import: Uuid,
    number: i64,
) -> Result<Option<Line>, DbErr> {
    Sql::default().and(COLUMNS, values![import]).and("AND number = ?", values![number]).one(connection).await
}

/// Puts new rows in the place of all old ones.
pub(in crate::imports) async fn replace_lines(tx: &Tx, import: Uuid, lines: &[NewLine]) -> Result<(), DbErr> {
    db::exec(tx, "DELETE FROM staff_import_row WHERE import_id = ?", values![import]).await?;
    for chunk in lines.chunks(500) {
        let row = "(?, ?, ?, ?, ?, ?, ?, ?)";
        let sql = format!(
            "INSERT INTO staff_import_row (import_id, number, verdict, person_name, person_id, parsed, detail, decision) \
             VALUES {}",
            vec![row; chunk.len()].join(", ")
        );
        let values: Vec<Value> = chunk
            .iter()
            .flat_map(|line| {
                values![
                    import,
                    i64::from(line.number),
                    line.shelf,
                    line.person_name.clone(),
                    line.person,
                    line.parsed.clone(),
                    line.detail.clone(),
                    line.decision.clone()
                ]
            })
            .collect();
        db::exec(tx, &sql, values).await?;
    }
    Ok(())
}

pub(in crate::imports) async fn decide(
    tx: &Tx,
    import: Uuid,
    number: i64,
    decision: &str,
) -> Result<(), DbErr> {
    let sql = "UPDATE staff_import_row SET decision = ? WHERE import_id = ? AND number = ?";
    db::exec(tx, sql, values![decision, import, number]).await.map(|_| ())
}

/// Decides all doubtful rows that nobody has decided.
pub(in crate::imports) async fn decide_rest(tx: &Tx, import: Uuid, decision: &str) -> Result<(), DbErr> {
    let sql = "UPDATE staff_import_row SET decision = ? \
               WHERE import_id = ? AND verdict = 'doubtful' AND decision IS NULL";
    db::exec(tx, sql, values![decision, import]).await.map(|_| ())
}

/// How many doubtful rows wait for a decision.
pub(in crate::imports) async fn undecided(
    connection: &impl ConnectionTrait,
    import: Uuid,
) -> Result<u64, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM staff_import_row \
               WHERE import_id = ? AND verdict = 'doubtful' AND decision IS NULL";
    db::count(connection, sql, values![import]).await
}

/// How many doubtful rows were decided and not left out.
pub(in crate::imports) async fn decided(
    connection: &impl ConnectionTrait,
    import: Uuid,
) -> Result<u64, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM staff_import_row \
               WHERE import_id = ? AND verdict = 'doubtful' AND decision IS NOT NULL AND decision <> 'skip'";
    db::count(connection, sql, values![import]).await
}
