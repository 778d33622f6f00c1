//! How the installation is set: a few names with values.

use sea_orm::DbErr;

use super::db::{self, Db, Tx};
use crate::values;

/// Was the installation filled as a demo?
pub async fn is_demo(db: &Db) -> Result<bool, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM setting WHERE name = ? AND value = ?";
    Ok(db::count(db.reader(), sql, values!["mode", "demo"]).await? > 0)
}

/// Marks the installation as a demo, for ever.
pub async fn mark_demo(tx: &Tx) -> Result<(), DbErr> {
    db::exec(tx, "INSERT INTO setting (name, value) VALUES (?, ?)", values!["mode", "demo"]).await.map(|_| ())
}
