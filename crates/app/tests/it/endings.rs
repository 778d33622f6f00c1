//! Safe ending and replacement (F7), «подходим друг другу», the personal file (D9).

mod apart;
mod carried;
mod files;
mod fits;
mod left;
mod petitions;
mod replacements;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::pairs::stage::Stage;
use crate::support::{Browser, TestApp};

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The petition filed last.
async fn petition(app: &TestApp) -> String {
    let sql = "SELECT id FROM petition ORDER BY filed_at DESC, id DESC";
    let row: Option<Id> = nastavnik::kernel::db::one(app.app.db.reader(), sql, vec![]).await.unwrap();
    row.unwrap().id.to_string()
}

/// Files a petition about the pair and returns its id.
async fn filed(stage: &Stage, author: &Browser, pair: &str, kind: &str) -> String {
    let fields = [("kind", kind), ("last_day", "2026-11-30"), ("reason", "Не сошлись расписания")];
    author.post(&format!("/pairs/{pair}/petition"), &fields).await.led_to();
    petition(&stage.app).await
}
