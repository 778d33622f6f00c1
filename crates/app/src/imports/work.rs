//! Jobs: reading a list, and loading it all or nothing.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::carry::{self, Carried};
use super::lines::lines_of;
use super::model::{Chosen, State, Summary};
use super::plan::{self, Frame, Plan};
use super::reading::{self, Reading, ReadingError};
use super::store::{self, Found, Load};
use crate::kernel::audit::{self, By, Entry};
use crate::kernel::clock::local_day;
use crate::kernel::db::{self, Tx};
use crate::kernel::spreadsheet::{Limits, SpreadsheetError};
use crate::kernel::state::App;

/// Where the file came from decides how large it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Upload,
    /// The administrator of the machine is trusted with a region at once.
    CommandLine,
}

impl Source {
    pub(super) const fn limits(self) -> Limits {
        match self {
            Self::Upload => Limits::UPLOAD,
            Self::CommandLine => Limits::COMMAND_LINE,
        }
    }
}

/// What a job has come to.
pub(super) enum Outcome {
    /// The preview stands, or a problem does.
    Read,
    Applied(Summary),
    /// The data changed since the preview: a new preview stands.
    Stale,
    /// There was nothing to do.
    Nothing,
}

/// Reads the list and keeps the verdicts of its rows.
pub(super) async fn read(app: &App, id: Uuid, source: Source) -> anyhow::Result<Outcome> {
    let load = store::load(app.db.reader(), id).await?.context("загрузки нет")?;
    if load.state() != State::Reading {
        return Ok(Outcome::Nothing);
    }
    let now = app.clock.now();
    let today = local_day(now, load.zone());
    let chosen = load.chosen();
    let progress = |done, all| app.progress.set(id, done, all);
    let reading = match open(app, &load, &chosen, source, today).await? {
        Ok(reading) => reading,
        Err(problem) => return keep_problem(app, &load, "refused", &chosen, problem).await,
    };
    let chosen = Chosen {
        sheet: Some(reading.sheet.clone()),
        mapping: Some(reading.mapping.clone()),
        kinds: chosen.kinds,
    };
    if let Some(problem) = &reading.problem {
        return keep_unread(app, &load, &chosen, &reading, problem.to_string()).await;
    }
    let frame = Frame { load: &load, chosen: &chosen, today, progress: &progress };
    let plan = match plan::make(app.db.reader(), reading, &frame).await? {
        Ok(plan) => plan,
        Err(problem) => return keep_problem(app, &load, "refused", &chosen, problem).await,
    };
    let tx = app.db.begin().await?;
    if !still(&tx, id, State::Reading).await? {
        return Ok(Outcome::Nothing);
    }
    keep_preview(&tx, id, &chosen, &plan, None).await?;
    tx.commit().await?;
    Ok(Outcome::Read)
}

/// Loads the list: all of it in one transaction, or nothing.
pub(super) async fn apply(
    app: &App,
    id: Uuid,
    source: Source,
    account: Option<Uuid>,
) -> anyhow::Result<Outcome> {
    let load = store::load(app.db.reader(), id).await?.context("загрузки нет")?;
    if load.state() != State::Applying {
        return Ok(Outcome::Nothing);
    }
    let now = app.clock.now();
    let today = local_day(now, load.zone());
    let chosen = load.chosen();
    let reading = open(app, &load, &chosen, source, today).await?;
    let reading = reading.map_err(|problem| anyhow::anyhow!("файл больше не читается: {problem}"))?;
    let tx = app.db.begin().await?;
    // Loads of one municipality follow each other, so that none meets the people of another half way.
    db::lock_row(&tx, "territory", load.territory_id).await?;
    if !still(&tx, id, State::Applying).await? {
        return Ok(Outcome::Nothing);
    }
    let half = |done: u64, all: u64| app.progress.set(id, done / 2, all);
    let frame = Frame { load: &load, chosen: &chosen, today, progress: &half };
    let plan = match plan::make(&tx, reading, &frame).await? {
        Ok(plan) => plan,
        Err(problem) => {
            drop(tx);
            return keep_problem(app, &load, "refused", &chosen, problem).await;
        }
    };
    if load.summary().organizations != plan.new_places || differs(&tx, id, &plan).await? {
        keep_preview(&tx, id, &chosen, &plan, Some(CHANGED_MEANWHILE.to_owned())).await?;
        tx.commit().await?;
        return Ok(Outcome::Stale);
    }
    let carried = Carried { app, load: &load, now, today, by: By { account, request_id: None } };
    let summary = carry::carry_out(&tx, plan, &carried).await?;
    finish(&tx, &load, now, &carried.by, &summary).await?;
    tx.commit().await?;
    Ok(Outcome::Applied(summary))
}

const CHANGED_MEANWHILE: &str = "Пока список ждал решения, данные в системе изменились. Ничего не загружено: \
    посмотрите строки ещё раз и загрузите снова.";

/// What the journal keeps of a load.
#[derive(serde::Serialize)]
struct Totals {
    new: u64,
    changed: u64,
    same: u64,
    doubtful: u64,
    error: u64,
    skipped: u64,
    organizations: usize,
}

async fn finish(tx: &Tx, load: &Load, now: DateTime<Utc>, by: &By, summary: &Summary) -> anyhow::Result<()> {
    store::set_applied(tx, load.id, now).await?;
    let payload = Totals {
        new: summary.new,
        changed: summary.changed,
        same: summary.same,
        doubtful: summary.doubtful,
        error: summary.error,
        skipped: summary.skipped,
        organizations: summary.organizations.len(),
    };
    let subject = ("staff_import", Some(load.id));
    let entry =
        Entry { kind: "import_applied", subject, organization: load.organization_id, payload: &payload };
    audit::record(tx, now, by, entry).await?;
    Ok(())
}

/// Reads the kept file on a thread of its own. What is wrong with the file itself is a sentence for the page;
/// a disk that does not answer is tried again.
async fn open(
    app: &App,
    load: &Load,
    chosen: &Chosen,
    source: Source,
    today: NaiveDate,
) -> anyhow::Result<Result<Reading, String>> {
    let path = app.files.path(&load.sha256);
    let chosen = chosen.clone();
    let read =
        tokio::task::spawn_blocking(move || reading::read(&path, &source.limits(), &chosen, today)).await?;
    match read {
        Ok(reading) => Ok(Ok(reading)),
        Err(ReadingError::Spreadsheet(SpreadsheetError::Io(error))) => Err(error.into()),
        Err(problem) => Ok(Err(problem.to_string())),
    }
}

async fn still(tx: &Tx, id: Uuid, state: State) -> anyhow::Result<bool> {
    db::lock_row(tx, "staff_import", id).await?;
    Ok(store::load(tx, id).await?.is_some_and(|load| load.state() == state))
}

async fn keep_problem(
    app: &App,
    load: &Load,
    state: &'static str,
    chosen: &Chosen,
    problem: String,
) -> anyhow::Result<Outcome> {
    let tx = app.db.begin().await?;
    if !still(&tx, load.id, load.state()).await? {
        return Ok(Outcome::Nothing);
    }
    store::replace_lines(&tx, load.id, &[]).await?;
    let found = Found { state, chosen, problem: Some(problem), summary: &Summary::default() };
    store::keep_found(&tx, load.id, &found).await?;
    tx.commit().await?;
    Ok(Outcome::Read)
}

/// The columns are not understood: the page asks for their meanings.
async fn keep_unread(
    app: &App,
    load: &Load,
    chosen: &Chosen,
    reading: &Reading,
    problem: String,
) -> anyhow::Result<Outcome> {
    let tx = app.db.begin().await?;
    if !still(&tx, load.id, load.state()).await? {
        return Ok(Outcome::Nothing);
    }
    store::replace_lines(&tx, load.id, &[]).await?;
    let summary = Summary { sheets: reading.sheets.clone(), ..Summary::default() };
    let found = Found { state: "preview", chosen, problem: Some(problem), summary: &summary };
    store::keep_found(&tx, load.id, &found).await?;
    tx.commit().await?;
    Ok(Outcome::Read)
}

async fn keep_preview(
    tx: &Tx,
    id: Uuid,
    chosen: &Chosen,
    plan: &Plan,
    problem: Option<String>,
) -> anyhow::Result<()> {
    let old = store::lines(tx, id).await?;
    let decided: HashMap<i64, (String, String)> =
        old.into_iter().filter_map(|line| Some((line.number, (line.detail, line.decision?)))).collect();
    store::replace_lines(tx, id, &lines_of(plan, &decided)?).await?;
    let found = Found { state: "preview", chosen, problem, summary: &plan.summary };
    store::keep_found(tx, id, &found).await?;
    Ok(())
}

/// Does any row mean something else than the preview showed?
async fn differs(tx: &Tx, id: Uuid, plan: &Plan) -> anyhow::Result<bool> {
    let kept = store::lines(tx, id).await?;
    if kept.len() != plan.rows.len() {
        return Ok(true);
    }
    for (line, planned) in kept.iter().zip(&plan.rows) {
        let now = serde_json::to_string(&planned.classified)?;
        if line.number != i64::from(planned.number) || line.detail != now {
            return Ok(true);
        }
    }
    Ok(false)
}
