//! The queue of jobs: what waits, what failed and why, and another attempt.

use askama::Template;
use chrono_tz::Tz;
use uuid::Uuid;

use super::store::{self, JobRow};
use super::words;
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Choice;
use crate::kernel::page::{Layout, Listing, Tone, filters};
use crate::kernel::web::{Ctx, Path, Submission, page};
use crate::kernel::{ids, jobs};

const PER_PAGE: u64 = 50;

/// States of a job with their words and colors.
const STATES: [(&str, &str, Tone); 4] = [
    ("failed", "Не удалось", Tone::Late),
    ("running", "Выполняется", Tone::Plan),
    ("waiting", "Ждёт очереди", Tone::Wait),
    ("done", "Сделано", Tone::Done),
];

#[derive(Template)]
#[template(path = "oversight/jobs.html")]
struct JobsPage {
    layout: Layout,
    list: Listing,
    lines: Vec<Line>,
    states: Vec<Choice>,
    most_attempts: i64,
}

struct Line {
    id: Uuid,
    form_key: Uuid,
    title: &'static str,
    tone: Tone,
    state: &'static str,
    attempts: i64,
    message: String,
    created: String,
    term: String,
    progress: Option<(u64, u64)>,
    can_retry: CanRetry,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CanRetry {
    Yes,
    No,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let reader = ctx.app().db.reader();
    let state = ctx.asked("state").to_owned();
    let total = store::count_jobs(reader, &state).await?;
    let list = Listing::new("/jobs", &ctx.visit.query, PER_PAGE, total);
    let zone = store::zone(reader, ctx.who.brand.territory).await?;
    let rows = store::jobs(reader, &state, &list).await?;
    page(&JobsPage {
        layout: ctx.layout("Фоновые задания").await?,
        list,
        lines: rows.into_iter().map(|row| line(&ctx, zone, row)).collect(),
        states: STATES.iter().map(|(code, title, _)| Choice::new(*code, *title)).collect(),
        most_attempts: jobs::MOST_ATTEMPTS,
    })
}

/// A stopped job goes to the queue again with all its attempts; one that waits for its time goes at once.
pub(super) async fn retry(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let change = ctx.change(&submitted).await?;
    let job = store::lock_job(change.tx(), id).await?.ok_or(AppError::NotFound)?;
    if !matches!(job.state.as_str(), "failed" | "waiting") {
        return Err(AppError::Conflict(
            "Это задание уже выполняется или сделано. Обновите список заданий".to_owned(),
        ));
    }
    if store::has_twin(change.tx(), &job).await? {
        return Err(AppError::Conflict(
            "Такое же задание уже стоит в очереди: повторять это не нужно".to_owned(),
        ));
    }
    store::put_back(change.tx(), id, change.now()).await?;
    let subject = ("job", Some(id));
    change.journal(Entry { kind: "job_retried", subject, organization: None, payload: &() }).await?;
    change.finish("/jobs", "Задание снова в очереди").await
}

fn line(ctx: &Ctx, zone: Tz, row: JobRow) -> Line {
    let moment = |at: chrono::DateTime<chrono::Utc>| {
        let local = at.with_timezone(&zone);
        format!("{} {}", filters::short_date(local.date_naive()), local.format("%H:%M"))
    };
    let (_, state, tone) =
        STATES.iter().find(|(code, _, _)| *code == row.state).copied().unwrap_or(STATES[2]);
    let term = match (row.state.as_str(), row.finished_at) {
        ("waiting", _) if row.run_at > ctx.now => format!("Следующая попытка {}", moment(row.run_at)),
        (_, Some(at)) => moment(at),
        _ => String::new(),
    };
    let is_stopped = row.state == "failed" || (row.state == "waiting" && row.attempts > 0);
    Line {
        id: row.id,
        form_key: ids::form_key(),
        title: words::job_title(&row.kind),
        tone,
        state,
        attempts: row.attempts,
        message: row.message.unwrap_or_default(),
        created: moment(row.created_at),
        term,
        progress: row.subject_id.and_then(|subject| ctx.app().progress.get(subject)),
        can_retry: if is_stopped { CanRetry::Yes } else { CanRetry::No },
    }
}
