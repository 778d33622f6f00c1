//! Computing a run: at once when it fits a page, otherwise in the background, with progress and a way to stop it.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use chrono::NaiveDate;
use nastavnik_domain::matching::{Phase, Proposals, ProposeError, Step, Stopped, Width, pairs_to_look_at};
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::input::Input;
use super::sight::{Sight, visible};
use super::store::{self, NewRun, RunRow, Scope};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::page::filters;
use crate::kernel::settings;
use crate::kernel::state::App;
use crate::kernel::web::{Ctx, Path, Submission, page, redirect};

/// The job that computes a large run.
pub const COMPUTE: &str = "matching_compute";

/// A run that looks at more pairs than this is computed in the background; `matching_pairs_at_once` of the settings of the
/// installation stands in its place.
const AT_ONCE: u64 = 300_000;
const SETTING: &str = "matching_pairs_at_once";

/// Progress is told in these parts.
const WHOLE: u64 = 1_000;

/// Chooses whom each mentee is compared with, and tells whether that fits a page.
pub(super) async fn fits_a_page(app: &App, input: &mut Input) -> Outcome<bool> {
    let limit = settings::number(&app.db, SETTING).await?.unwrap_or(AT_ONCE);
    input.width = Width::Everybody;
    if pairs_to_look_at(&input.people, input.width) <= limit {
        return Ok(true);
    }
    input.width = Width::Neighbors;
    Ok(pairs_to_look_at(&input.people, input.width) <= limit)
}

/// The result at once, beside the requests of others.
pub(super) async fn compute(input: Input) -> Outcome<(Input, Result<Proposals, ProposeError>)> {
    let done = tokio::task::spawn_blocking(move || {
        let result = input.result(&mut |_| Ok(()));
        (input, result)
    });
    done.await.map_err(|error| AppError::Internal(error.into()))
}

/// A run as it is to be kept.
pub(super) struct Begun<'a> {
    pub(super) scope: &'a Scope,
    pub(super) parent: Option<Uuid>,
    pub(super) run_on: NaiveDate,
    pub(super) input: &'a Input,
    /// Nothing: the job will tell.
    pub(super) result: Option<&'a Proposals>,
}

/// Writes the run, with its job if the result is still to come.
pub(super) async fn keep(change: &Change, begun: &Begun<'_>, kind: &'static str) -> Outcome<Uuid> {
    let input = serde_json::to_string(begun.input)?;
    let result = begun.result.map(serde_json::to_string).transpose()?;
    let people = (begun.input.people.mentees.len(), begun.input.people.mentors.len());
    let matched = begun.result.map_or(0, |result| result.pairs.len());
    let new = NewRun {
        scope: begun.scope,
        parent: begun.parent,
        run_on: begun.run_on,
        input: &input,
        people,
        result: result.as_deref().map(|result| (matched, result)),
    };
    let id = store::new_run(change, &new).await?;
    if begun.result.is_none() {
        change.enqueue(COMPUTE, id, &()).await?;
    }
    let (subject, organization) = (("matching_run", Some(id)), begun.scope.organization);
    change.journal(Entry { kind, subject, organization, payload: &() }).await?;
    Ok(id)
}

/// Computes a run in the background (the job [`COMPUTE`]). A run that was canceled is left alone, also half way.
pub async fn compute_run(app: &App, id: Uuid) -> anyhow::Result<()> {
    let Some(content) = store::content(app.db.reader(), id).await? else { return Ok(()) };
    if content.state != "computing" {
        return Ok(());
    }
    let progress = app.progress.clone();
    let work = tokio::task::spawn_blocking(move || -> anyhow::Result<Option<(usize, String)>> {
        let input: Input = serde_json::from_str(&content.input)?;
        let mut watch = |step: Step| {
            progress.set(id, permille(step), WHOLE);
            if progress.is_stopped(id) { Err(Stopped) } else { Ok(()) }
        };
        match input.result(&mut watch) {
            Ok(result) => Ok(Some((result.pairs.len(), serde_json::to_string(&result)?))),
            Err(ProposeError::Stopped(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    });
    let Some((matched, result)) = work.await?? else { return Ok(()) };
    let tx = app.db.begin().await?;
    store::finish(&tx, id, (matched, &result), app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Where each phase begins and how much of the whole it is, as measured on a region.
fn part(phase: Phase) -> (u64, u64) {
    match phase {
        Phase::Candidates => (0, 700),
        Phase::Pairs => (700, 150),
        Phase::Ties => (850, 50),
        Phase::Reasons => (900, 100),
    }
}

fn permille(step: Step) -> u64 {
    let (begin, length) = part(step.phase);
    begin + length * step.done / step.all.max(1)
}

/// The words of the phase that so much progress belongs to.
fn phase_words(done: u64) -> &'static str {
    let phases = Phase::ALL.into_iter().rev();
    let begun = phases.into_iter().find(|phase| part(*phase).0 <= done);
    begun.unwrap_or(Phase::Candidates).title()
}

/// The moving part of a run's page.
#[derive(Template)]
#[template(path = "matching/progress.html")]
pub(super) struct ProgressPart {
    href: String,
    title: &'static str,
    done: u64,
    all: u64,
}

// It stands inside another page, already escaped by its own template.
impl askama::filters::HtmlSafe for ProgressPart {}

pub(super) fn progress_of(ctx: &Ctx, run: &RunRow) -> ProgressPart {
    let (done, all) = ctx.app().progress.get(run.id).unwrap_or((0, WHOLE));
    let title = if done == 0 { "Ждёт очереди" } else { phase_words(done) };
    ProgressPart { href: run.href(), title, done: done * 100 / all, all: 100 }
}

/// The moving part alone; tells the browser to open the page anew when there is nothing to wait for.
pub(super) async fn progress(ctx: Ctx, Path(id): Path<Uuid>, headers: HeaderMap) -> Outcome {
    let run = visible(&ctx, id).await?;
    if run.state == "computing" {
        return page(&progress_of(&ctx, &run));
    }
    if headers.contains_key("hx-request") {
        return Ok(([("hx-refresh", "true")], "").into_response());
    }
    Ok(redirect(&run.href()))
}

/// Stops a run that is being computed: it will never have a result.
pub(super) async fn cancel(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let run = visible(&ctx, id).await?;
    ctx.require(Permission::RunMatching, &run.policy_place())?;
    if run.sight(&ctx) == Sight::Numbers && run.municipality_id.is_some() {
        return Err(AppError::Forbidden(
            "Подбор организации или муниципалитета останавливают там, где его начали",
        ));
    }
    let change = ctx.change(&submitted).await?;
    if !store::lock_computing(change.tx(), id).await? {
        return Err(AppError::Conflict(
            "Этот подбор уже закончен или остановлен. Обновите страницу подбора".to_owned(),
        ));
    }
    store::cancel(change.tx(), id, change.now()).await?;
    let (subject, organization) = (("matching_run", Some(id)), run.organization_id);
    change.journal(Entry { kind: "matching_canceled", subject, organization, payload: &() }).await?;
    let done = change.finish(&run.href(), "Подбор остановлен").await?;
    ctx.app().progress.stop(id);
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_rises_through_the_phases() {
        let mut before = 0;
        for phase in Phase::ALL {
            for done in 0..=4 {
                let now = permille(Step { phase, done, all: 4 });
                assert!(now >= before && now <= WHOLE, "{phase:?} {done}");
                before = now;
            }
            assert_eq!(phase_words(permille(Step { phase, done: 0, all: 4 })), phase.title());
        }
        assert_eq!(permille(Step { phase: Phase::Candidates, done: 0, all: 0 }), 0);
    }
}
