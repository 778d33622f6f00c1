//! The one way by which something happens to a task: its row is locked, one event applied, kept, told to the journal.

use nastavnik_domain::task::{Deed, Event, Recorded, Refusal, Task};
use serde_json::json;
use uuid::Uuid;

use super::seat;
use super::store::{self, Held};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::ids;
use crate::kernel::web::{Ctx, Submission};
use crate::pairs::Case;

/// The task for whoever may do this to it now; asked before anything typed is looked at.
pub(super) async fn open(ctx: &Ctx, ids: (Uuid, Uuid), deed: Deed) -> Outcome<(Case, Held)> {
    let (case, held) = seat::visible_task(ctx, ctx.app().db.reader(), ids).await?;
    held.allows(ctx.actor().person, deed).map_err(told)?;
    seat::require_work(ctx, &case)?;
    Ok((case, held))
}

/// The same for a form that was sent: pressed twice, it is led where it led the first time, however the task stands now.
pub(super) async fn open_for(
    ctx: &Ctx,
    ids: (Uuid, Uuid),
    deed: Deed,
    submitted: &Submission,
) -> Outcome<(Case, Held)> {
    match open(ctx, ids, deed).await {
        Err(AppError::Conflict(why)) => {
            // Tells a form that was carried out already; otherwise nothing is written and the refusal stands.
            ctx.change(submitted).await?;
            Err(AppError::Conflict(why))
        }
        answer => answer,
    }
}

/// Lets the event happen to the task as the submitted page has shown it.
pub(super) async fn act(
    ctx: &Ctx,
    change: &Change,
    (case, id): (&Case, Uuid),
    submitted: &Submission,
    (event, file): (Event, Option<Uuid>),
) -> Outcome<()> {
    let mut held = store::locked(change.tx(), case.pair.id, id).await?.ok_or(AppError::NotFound)?;
    let seen: u32 = submitted.form.text("version").parse().unwrap_or(0);
    if seen != held.task.version {
        return Err(AppError::Conflict(
            "Пока страница была открыта, с заданием что-то произошло. Откройте его заново и посмотрите, как оно сейчас"
                .to_owned(),
        ));
    }
    if held.next.is_some() {
        return Err(told(Refusal::TakenOver));
    }
    let recorded = Recorded { by: ctx.actor().person, at: change.now(), event };
    held.task.apply(&recorded).map_err(told)?;
    store::keep(change, &held, &recorded, file).await?;
    journal(change, case, &recorded.event).await
}

/// Sets one task; its id.
pub(super) async fn set(ctx: &Ctx, change: &Change, case: &Case, event: Event) -> Outcome<Uuid> {
    begin(change, case, &Recorded { by: ctx.actor().person, at: change.now(), event }).await
}

/// Writes the task that its first event makes; its id.
pub(super) async fn begin(change: &Change, case: &Case, first: &Recorded) -> Outcome<Uuid> {
    let task = Task::begin(first).map_err(told)?;
    let held = Held { id: ids::row_id(), pair: case.pair.id, task, events: Vec::new(), next: None };
    store::insert(change, &held, first).await?;
    journal(change, case, &first.event).await?;
    Ok(held.id)
}

/// Tells the journal that something happened, never a word of it: whether a product was accepted or sent back stays with
/// the two as well.
async fn journal(change: &Change, case: &Case, event: &Event) -> Outcome<()> {
    let entry = Entry {
        kind: kind(event),
        subject: ("pair", Some(case.pair.id)),
        organization: Some(case.pair.organization),
        payload: &json!({}),
    };
    Ok(change.journal(entry).await?)
}

const fn kind(event: &Event) -> &'static str {
    match event {
        Event::Set { .. } => "task_set",
        Event::TakenOver { .. } => "task_taken_over",
        Event::Changed { .. } => "task_changed",
        Event::HandedIn { .. } => "task_handed_in",
        Event::Accepted { .. } | Event::Returned { .. } => "task_checked",
        Event::CalledOff => "task_called_off",
        Event::Resumed => "task_resumed",
    }
}

/// A refusal as a page of its own.
pub(super) fn told(refusal: Refusal) -> AppError {
    match refusal {
        Refusal::NotMentor => AppError::Forbidden("Задание ставит, проверяет и снимает наставник этой пары"),
        Refusal::NotMentee => {
            AppError::Forbidden("Работу сдаёт тот наставляемый, которому поставлено задание")
        }
        other => AppError::Conflict(other.to_string()),
    }
}
