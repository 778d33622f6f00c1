//! The council as a body: opinions, objections, sittings, disputes.

mod disputes;
mod objections;
mod opinions;
mod sittings;
mod withdrawals;

use nastavnik::kernel::{db, ids};
use nastavnik::values;
use sea_orm::Value;
use uuid::Uuid;

use crate::pairs::stage::{Stage, day};
use crate::support::TestApp;

/// Ids that a query calls `id`, in its order.
async fn found(app: &TestApp, sql: &str, values: Vec<Value>) -> Vec<Uuid> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let rows: Vec<Row> = db::all(app.app.db.reader(), sql, values).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

/// Gives a role in the school from 1 September on.
async fn give(stage: &Stage, person: Uuid, role: &str) {
    stage
        .app
        .exec(
            "INSERT INTO role_grant (id, person_id, organization_id, role, act_number, act_on, started_on) \
             VALUES (?, ?, ?, ?, '7-к', ?, ?)",
            values![ids::row_id(), person, stage.world.school, role, day("2026-09-01"), day("2026-09-01")],
        )
        .await;
}

/// A member of the council more.
async fn member(stage: &Stage, surname: &str) -> Uuid {
    let person = stage.worker("учитель", surname).await;
    give(stage, person, "council").await;
    person
}
