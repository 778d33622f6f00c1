//! How the installation is set: a few names with values.

use sea_orm::{DbErr, FromQueryResult};

use super::db::{self, Db, Tx};
use crate::values;

/// Was the installation filled as a demo?
pub async fn is_demo(db: &Db) -> Result<bool, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM setting WHERE name = ? AND value = ?";
    Ok(db::count(db.reader(), sql, values!["mode", "demo"]).await? > 0)
}

/// A number somebody has set for this installation.
pub async fn number(db: &Db, name: &str) -> Result<Option<u64>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        value: String,
    }
    let row: Option<Row> =
        db::one(db.reader(), "SELECT value FROM setting WHERE name = ?", values![name]).await?;
    Ok(row.and_then(|row| row.value.parse().ok()))
}

/// Marks the installation as a demo, for ever.
pub async fn mark_demo(tx: &Tx) -> Result<(), DbErr> {
    db::exec(tx, "INSERT INTO setting (name, value) VALUES (?, ?)", values!["mode", "demo"]).await.map(|_| ())
}
