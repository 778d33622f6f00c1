//! The history of runs, and a new one.

use askama::Template;
use chrono::NaiveDate;
use chrono_tz::Tz;
use nastavnik_domain::matching::Proposals;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::year::AcademicYear;
use uuid::Uuid;

use super::gather::{gather, size};
use super::input::Input;
use super::store::{self, RunRow, Scope};
use super::work::{self, Begun};
use crate::kernel::clock::local_day;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Layout, Listing, Tone, filters};
use crate::kernel::web::{Ctx, Submission, again, page};

const PATH: &str = "/matching";
const PER_PAGE: u64 = 25;

#[derive(Template)]
#[template(path = "matching/list.html")]
struct ListPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    scopes: Vec<Choice>,
    /// Who waits for a mentor where this reader may run a matching; nothing for those who only read.
    waiting: Option<usize>,
    list: Listing,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    day: NaiveDate,
    time: String,
    by: String,
    place: String,
    is_variant: bool,
    /// Mentees, mentors and pairs; nothing as long as they are not known.
    numbers: Option<[u64; 3]>,
    tone: Tone,
    state: &'static str,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    page(&list_page(&ctx, Form::blank()).await?)
}

/// Gathers the people of today and keeps the run with its input.
pub(super) async fn begin(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let scopes = store::scopes(ctx.app().db.reader(), &ctx.reach(Permission::RunMatching)).await?;
    let Some(scope) = chosen(&mut form, &scopes)? else {
        return again(&list_page(&ctx, form).await?);
    };
    let size = size(ctx.app().db.reader(), scope, ctx.today).await?;
    if !work::can_be_gathered_at_once(ctx.app(), size).await? {
        return keep(&ctx, &submitted, (scope, None, None)).await;
    }
    let mut input = gather(ctx.app().db.reader(), scope, ctx.today, |_, _| ()).await?;
    if input.people.mentees.is_empty() {
        form.error(
            "scope",
            "Сейчас никто не ждёт наставника: сначала подтвердите категории в банке (п. 1.4 Положения).",
        );
        return again(&list_page(&ctx, form).await?);
    }
    let result = if work::fits_a_page(ctx.app(), &mut input).await? {
        let (back, result) = work::compute(input).await?;
        input = back;
        Some(result.map_err(|error| AppError::Internal(error.into()))?)
    } else {
        None
    };
    keep(&ctx, &submitted, (scope, Some(&input), result.as_ref())).await
}

/// What is not there is left to the job.
async fn keep(
    ctx: &Ctx,
    submitted: &Submission,
    (scope, input, result): (&Scope, Option<&Input>, Option<&Proposals>),
) -> Outcome {
    let change = ctx.change(submitted).await?;
    let begun = Begun { scope, parent: None, run_on: ctx.today, input, result };
    let id = work::keep(&change, &begun, "matching_run").await?;
    change.finish(&format!("{PATH}/{id}"), "Подбор сохранён").await
}

/// The scope asked for; the only one there is need not be named. One that is not the reader's does not exist.
fn chosen<'a>(form: &mut Form, scopes: &'a [Scope]) -> Outcome<Option<&'a Scope>> {
    let asked = form.text("scope").to_owned();
    if let ([only], true) = (scopes, asked.is_empty()) {
        return Ok(Some(only));
    }
    if asked.is_empty() {
        form.error("scope", "Выберите, для кого подобрать наставников.");
        return Ok(None);
    }
    scopes.iter().find(|scope| scope.code() == asked).map(Some).ok_or(AppError::NotFound)
}

async fn list_page(ctx: &Ctx, form: Form) -> Outcome<ListPage> {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadMatching);
    let list = Listing::new(PATH, &ctx.visit.query, PER_PAGE, store::runs_total(reader, &reach).await?);
    let rows = store::runs(reader, &reach, (list.offset(), PER_PAGE)).await?;
    let runs = ctx.reach(Permission::RunMatching);
    let scopes = store::scopes(reader, &runs).await?;
    Ok(ListPage {
        layout: ctx.layout("Подбор пар").await?,
        form,
        form_key: ids::form_key(),
        scopes: scopes.iter().map(|scope| Choice::new(scope.code(), scope.title.clone())).collect(),
        waiting: waiting(ctx, &runs).await?,
        rows: rows.iter().map(row).collect(),
        list,
    })
}

/// How many wait where that is soon told; a region or a large city is too wide to be counted on every visit.
async fn waiting(ctx: &Ctx, runs: &Reach) -> Outcome<Option<usize>> {
    if runs.is_empty() || !runs.regions.is_empty() {
        return Ok(None);
    }
    let year = AcademicYear::of(ctx.today);
    let size = store::market(ctx.app().db.reader(), (runs, runs), year).await?;
    if !work::can_be_gathered_at_once(ctx.app(), size).await? {
        return Ok(None);
    }
    let names = crate::bank::Names::Shown;
    let (waiting, _) = crate::bank::waiting(ctx.app().db.reader(), runs, names, ctx.today).await?;
    Ok(Some(waiting.len()))
}

fn row(run: &RunRow) -> Row {
    let zone: Tz = run.time_zone.as_deref().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC);
    let (tone, state) = state_words(&run.state);
    Row {
        href: run.href(),
        day: local_day(run.created_at, zone),
        time: run.created_at.with_timezone(&zone).format("%H:%M").to_string(),
        by: run.by(),
        place: run.place_name(),
        is_variant: run.parent_id.is_some(),
        numbers: (run.state == "done")
            .then(|| [run.mentees, run.mentors, run.matched].map(i64::unsigned_abs)),
        tone,
        state,
    }
}

/// The state of a run in words.
pub(super) fn state_words(state: &str) -> (Tone, &'static str) {
    match state {
        "done" => (Tone::Done, "готов"),
        "canceled" => (Tone::Closed, "остановлен"),
        _ => (Tone::Wait, "считается"),
    }
}

impl ListPage {
    /// Known to have nobody to look for.
    const fn nobody_waits(&self) -> bool {
        matches!(self.waiting, Some(0))
    }
}
