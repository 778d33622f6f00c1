//! Loading what the preview shows, or giving it up.

use uuid::Uuid;

use super::card::{self, card_page};
use super::choose::{in_preview, stale};
use super::model::{Decision, State};
use super::store;
use super::words;
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission, again};

/// Begins the loading. Doubtful rows must be decided, or left out all together.
pub(super) async fn apply(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    card::visible(&ctx, id).await?;
    let change = ctx.change(&submitted).await?;
    let load = in_preview(&change, id).await?;
    if submitted.form.text("version") != load.version.to_string() {
        return Err(stale());
    }
    let undecided = store::undecided(change.tx(), id).await?;
    let mut form = submitted.form.clone();
    if undecided > 0 && form.text("rest") != "skip" {
        form.error("rest", "Решите сомнительные строки или отметьте, что их надо пропустить.");
    }
    let summary = load.summary();
    let decided = store::decided(change.tx(), id).await?;
    if words::promise(&summary, decided).is_none() {
        form.error("rest", "Загружать нечего: все сведения из файла уже есть в системе.");
    }
    if !form.is_valid() {
        drop(change);
        return again(&card_page(&ctx, load, form).await?);
    }
    if undecided > 0 {
        store::decide_rest(change.tx(), id, &Decision::Skip.code()).await?;
    }
    store::set_state(change.tx(), id, "applying").await?;
    change.enqueue(super::APPLY, id, &()).await?;
    let subject = ("staff_import", Some(id));
    let entry =
        Entry { kind: "import_confirmed", subject, organization: load.organization_id, payload: &undecided };
    change.journal(entry).await?;
    change.finish(&load.href(), "Загрузка начата. Страницу можно закрыть: работа продолжится").await
}

/// Gives the load up: nothing of it comes into the system.
pub(super) async fn cancel(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    card::visible(&ctx, id).await?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "staff_import", id).await?;
    let load = store::load(change.tx(), id).await?.ok_or(AppError::NotFound)?;
    let may = match load.state() {
        State::Reading | State::Preview => true,
        // A job that has stopped for good will never finish it.
        State::Applying => store::last_job(change.tx(), id)
            .await?
            .is_none_or(|job| matches!(job.state.as_str(), "failed" | "done")),
        State::Refused | State::Applied | State::Canceled => false,
    };
    if !may {
        return Err(AppError::Conflict(format!(
            "Отменить уже нельзя: состояние загрузки — «{}»",
            load.state().title()
        )));
    }
    store::set_state(change.tx(), id, "canceled").await?;
    let subject = ("staff_import", Some(id));
    let entry = Entry { kind: "import_canceled", subject, organization: load.organization_id, payload: &() };
    change.journal(entry).await?;
    change.finish(&load.href(), "Загрузка отменена. В системе ничего не изменилось").await
}
