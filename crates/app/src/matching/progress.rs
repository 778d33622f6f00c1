//! A run that is being computed: how far it has come, and a way to stop it.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::pace::{self, WHOLE};
use super::sight::{Sight, visible};
use super::store::{self, RunRow};
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::page::filters;
use crate::kernel::web::{Ctx, Path, Submission, page, redirect};

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

/// How far the run has come; nothing if it is not being computed.
pub(super) async fn progress_of(ctx: &Ctx, run: &RunRow) -> Outcome<Option<ProgressPart>> {
    if run.state != "computing" {
        return Ok(None);
    }
    let done = store::pace(ctx.app().db.reader(), run.id).await?;
    let title = if done == 0 { "Ждёт очереди" } else { pace::words(done) };
    Ok(Some(ProgressPart { href: run.href(), title, done: done * 100 / WHOLE, all: 100 }))
}

/// The moving part alone; tells the browser to open the page anew when there is nothing to wait for.
pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>, headers: HeaderMap) -> Outcome {
    let run = visible(&ctx, id).await?;
    if let Some(progress) = progress_of(&ctx, &run).await? {
        return page(&progress);
    }
    if headers.contains_key("hx-request") {
        return Ok(([("hx-refresh", "true")], "").into_response());
    }
    Ok(redirect(&run.href()))
}

/// Stops a run that is being computed: it will never have a result. Whoever computes it learns of it from the database.
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
    change.finish(&run.href(), "Подбор остановлен").await
}
