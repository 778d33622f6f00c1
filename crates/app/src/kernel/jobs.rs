//! Jobs in the database: put in the queue by the transaction that causes them, done by a worker,
//! tried again with growing pauses.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use sea_orm::{DbErr, FromQueryResult};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::db::{self, Tx};
use super::ids;
use super::state::App;
use crate::values;

/// After so many attempts a job stops and waits for a person.
pub const MOST_ATTEMPTS: i64 = 8;
/// A worker that dies gives its job back after this time; one that works says so more often.
const LEASE: Duration = Duration::minutes(2);
const SIGN_OF_LIFE: std::time::Duration = std::time::Duration::from_secs(30);

/// What to do, about which row.
pub struct NewJob<'a, P: Serialize> {
    pub kind: &'static str,
    pub subject: Option<Uuid>,
    pub payload: &'a P,
    pub run_at: DateTime<Utc>,
    pub created_by: Option<Uuid>,
}

/// Puts a job in the queue within the transaction of its cause. A second one of the same kind about the
/// same row, while the first waits or runs, is not put.
pub async fn enqueue<P: Serialize>(tx: &Tx, now: DateTime<Utc>, job: NewJob<'_, P>) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    let payload = serde_json::to_string(job.payload).map_err(|error| DbErr::Custom(error.to_string()))?;
    db::exec(
        tx,
        "INSERT INTO job (id, kind, subject_id, payload, run_at, state, created_by, created_at) \
         VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?) ON CONFLICT DO NOTHING",
        values![id, job.kind, job.subject, payload, job.run_at, job.created_by, now],
    )
    .await?;
    Ok(id)
}

/// A job taken by a worker.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Job {
    pub id: Uuid,
    pub kind: String,
    pub subject_id: Option<Uuid>,
    pub payload: String,
    pub attempts: i64,
    pub created_by: Option<Uuid>,
}

impl Job {
    pub fn payload<P: DeserializeOwned>(&self) -> anyhow::Result<P> {
        Ok(serde_json::from_str(&self.payload)?)
    }
}

/// What the page shows about a job.
#[derive(Clone, Debug, FromQueryResult)]
pub struct JobState {
    pub id: Uuid,
    pub kind: String,
    pub state: String,
    pub attempts: i64,
    pub message: Option<String>,
    pub run_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// How far running jobs of this process have come. Kept in memory: a job that applies everything in one transaction could
/// not show its progress through the database.
#[derive(Clone, Default)]
pub struct Progress(Arc<Mutex<HashMap<Uuid, (u64, u64)>>>);

impl Progress {
    fn running(&self) -> MutexGuard<'_, HashMap<Uuid, (u64, u64)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set(&self, subject: Uuid, done: u64, total: u64) {
        self.running().insert(subject, (done, total));
    }

    pub fn get(&self, subject: Uuid) -> Option<(u64, u64)> {
        self.running().get(&subject).copied()
    }

    pub fn clear(&self, subject: Uuid) {
        self.running().remove(&subject);
    }
}

/// Does one due job, if there is one. Returns whether it did.
pub async fn run_one(app: &App) -> anyhow::Result<bool> {
    let now = app.clock.now();
    let Some(job) = take(app, now).await? else { return Ok(false) };
    let outcome = tokio::select! {
        outcome = crate::jobs::perform(app, &job) => outcome,
        never = hold(app, &job) => match never {},
    };
    if let Some(subject) = job.subject_id {
        app.progress.clear(subject);
    }
    let now = app.clock.now();
    let (state, message, run_at) = match &outcome {
        Ok(()) => ("done", None, now),
        Err(error) if job.attempts >= MOST_ATTEMPTS => ("failed", Some(error.to_string()), now),
        Err(error) => ("waiting", Some(error.to_string()), now + pause(job.attempts)),
    };
    if let Err(error) = &outcome {
        tracing::error!(job = %job.id, kind = %job.kind, attempt = job.attempts, "job failed: {error:#}");
    }
    let tx = app.db.begin().await?;
    db::exec(
        &tx,
        "UPDATE job SET state = ?, message = ?, run_at = ?, locked_until = NULL, finished_at = ? WHERE id = ?",
        values![state, message, run_at, (state != "waiting").then_some(now), job.id],
    )
    .await?;
    tx.commit().await?;
    Ok(true)
}

/// Says again and again that the job is being worked on, so that nobody else takes it however long it lasts.
async fn hold(app: &App, job: &Job) -> std::convert::Infallible {
    loop {
        tokio::time::sleep(SIGN_OF_LIFE).await;
        if let Err(error) = renew(app, job).await {
            tracing::warn!(job = %job.id, "lease of a job: {error:#}");
        }
    }
}

async fn renew(app: &App, job: &Job) -> Result<(), DbErr> {
    let tx = app.db.begin().await?;
    let sql = "UPDATE job SET locked_until = ? WHERE id = ? AND attempts = ? AND state = 'running'";
    db::exec(&tx, sql, values![app.clock.now() + LEASE, job.id, job.attempts]).await?;
    tx.commit().await
}

/// Works until told to stop.
pub async fn work(app: App, mut stop: tokio::sync::watch::Receiver<bool>) {
    loop {
        if *stop.borrow() {
            return;
        }
        match run_one(&app).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!("job queue: {error:#}"),
        }
        tokio::select! {
            () = app.bell.notified() => {}
            () = tokio::time::sleep(std::time::Duration::from_secs(5)) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Claims the oldest due job: the row counter tells who was first, on both databases.
async fn take(app: &App, now: DateTime<Utc>) -> Result<Option<Job>, DbErr> {
    const DUE: &str = "SELECT id, kind, subject_id, payload, attempts, created_by FROM job \
        WHERE (state = 'waiting' AND run_at <= ?) OR (state = 'running' AND locked_until < ?) \
        ORDER BY run_at LIMIT 1";
    let due: Option<Job> = db::one(app.db.reader(), DUE, values![now, now]).await?;
    let Some(mut job) = due else { return Ok(None) };
    let tx = app.db.begin().await?;
    let taken = db::exec(
        &tx,
        "UPDATE job SET state = 'running', attempts = attempts + 1, locked_until = ? \
         WHERE id = ? AND attempts = ? AND state IN ('waiting', 'running')",
        values![now + LEASE, job.id, job.attempts],
    )
    .await?;
    tx.commit().await?;
    job.attempts += 1;
    Ok((taken == 1).then_some(job))
}

/// 10 s, 40 s, 90 s, … up to about ten minutes.
fn pause(attempts: i64) -> Duration {
    Duration::seconds(10 * attempts * attempts)
}
