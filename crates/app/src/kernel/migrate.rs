//! Numbered migrations, forward only. Each commits together with its mark, so a process killed in the
//! middle leaves the previous number; the next start goes on.

use anyhow::bail;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::clock::Clock;
use super::db::{self, Db};
use super::ids;
use crate::values;

/// A step of the schema: its number, name and text.
pub struct Migration {
    pub number: i64,
    pub name: &'static str,
    pub sql: &'static str,
}

/// All steps in order. A step that has been released never changes: its fingerprint is checked.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "ground", sql: include_str!("../../migrations/0001_ground.sql") },
    Migration { number: 2, name: "mentoring", sql: include_str!("../../migrations/0002_mentoring.sql") },
    Migration { number: 3, name: "diagnosis", sql: include_str!("../../migrations/0003_diagnosis.sql") },
    Migration { number: 4, name: "consents", sql: include_str!("../../migrations/0004_consents.sql") },
    Migration { number: 5, name: "mentors", sql: include_str!("../../migrations/0005_mentors.sql") },
    Migration { number: 6, name: "requests", sql: include_str!("../../migrations/0006_requests.sql") },
    Migration {
        number: 7,
        name: "confirmations",
        sql: include_str!("../../migrations/0007_confirmations.sql"),
    },
    Migration { number: 8, name: "tables", sql: include_str!("../../migrations/0008_tables.sql") },
    Migration {
        number: 9,
        name: "council_and_meetings",
        sql: include_str!("../../migrations/0009_council_and_meetings.sql"),
    },
    Migration { number: 10, name: "matching", sql: include_str!("../../migrations/0010_matching.sql") },
    Migration { number: 11, name: "council", sql: include_str!("../../migrations/0011_council.sql") },
    Migration { number: 12, name: "endings", sql: include_str!("../../migrations/0012_endings.sql") },
    Migration { number: 13, name: "kinds", sql: include_str!("../../migrations/0013_kinds.sql") },
    Migration { number: 14, name: "programs", sql: include_str!("../../migrations/0014_programs.sql") },
    Migration { number: 15, name: "meetings", sql: include_str!("../../migrations/0015_meetings.sql") },
    Migration { number: 16, name: "tasks", sql: include_str!("../../migrations/0016_tasks.sql") },
    Migration { number: 17, name: "talk", sql: include_str!("../../migrations/0017_talk.sql") },
    Migration { number: 18, name: "evaluations", sql: include_str!("../../migrations/0018_evaluations.sql") },
    Migration {
        number: 19,
        name: "educational_routes",
        sql: include_str!("../../migrations/0019_educational_routes.sql"),
    },
    Migration {
        number: 20,
        name: "program_base",
        sql: include_str!("../../migrations/0020_program_base.sql"),
    },
    Migration { number: 21, name: "agreements", sql: include_str!("../../migrations/0021_agreements.sql") },
    Migration {
        number: 22,
        name: "matching_at_large",
        sql: include_str!("../../migrations/0022_matching_at_large.sql"),
    },
    Migration { number: 23, name: "succession", sql: include_str!("../../migrations/0023_succession.sql") },
    Migration { number: 24, name: "more_routes", sql: include_str!("../../migrations/0024_more_routes.sql") },
    Migration {
        number: 25,
        name: "places_of_mentors",
        sql: include_str!("../../migrations/0025_places_of_mentors.sql"),
    },
];

#[derive(FromQueryResult)]
struct Applied {
    number: i64,
    fingerprint: String,
}

/// Brings the schema to the newest step and returns how many steps were applied now.
pub async fn run(db: &Db, clock: &Clock) -> anyhow::Result<usize> {
    run_to(db, clock, i64::MAX).await
}

/// The same up to a step: migration tests fill an older schema with data first.
pub async fn run_to(db: &Db, clock: &Clock, last: i64) -> anyhow::Result<usize> {
    let mut fresh = 0;
    for migration in MIGRATIONS.iter().filter(|migration| migration.number <= last) {
        let tx = db.begin().await?;
        lock(&tx).await?;
        if is_applied(&tx, migration).await? {
            tx.rollback().await?;
            continue;
        }
        tx.execute_unprepared(migration.sql).await?;
        db::exec(
            &tx,
            "INSERT INTO schema_step (number, name, fingerprint, applied_at) VALUES (?, ?, ?, ?)",
            values![
                migration.number,
                migration.name,
                ids::fingerprint(migration.sql.as_bytes()),
                clock.now()
            ],
        )
        .await?;
        tx.commit().await?;
        fresh += 1;
    }
    Ok(fresh)
}

/// The number of the newest applied step.
pub async fn current(db: &Db) -> Result<u64, sea_orm::DbErr> {
    db::count(db.reader(), "SELECT COALESCE(MAX(number), 0) AS n FROM schema_step", vec![]).await
}

/// Two processes may start at once: the second waits here and then finds the work done.
async fn lock(tx: &db::Tx) -> anyhow::Result<()> {
    db::take_schema_lock(tx).await?;
    tx.execute_unprepared(
        "CREATE TABLE IF NOT EXISTS schema_step (number BIGINT PRIMARY KEY, name TEXT NOT NULL, \
         fingerprint TEXT NOT NULL, applied_at TIMESTAMPTZ NOT NULL)",
    )
    .await?;
    Ok(())
}

async fn is_applied(tx: &db::Tx, migration: &Migration) -> anyhow::Result<bool> {
    let applied: Option<Applied> = db::one(
        tx,
        "SELECT number, fingerprint FROM schema_step WHERE number = ?",
        values![migration.number],
    )
    .await?;
    let Some(applied) = applied else { return Ok(false) };
    if applied.fingerprint != ids::fingerprint(migration.sql.as_bytes()) {
        bail!("шаг {} схемы базы отличается от выпущенного: база сделана другой сборкой", applied.number);
    }
    Ok(true)
}
