//! The one way by which something happens to a route: its row is locked, one event applied, kept, told to the journal.

use nastavnik_domain::pathway::{Event, Recorded, Refusal, Voice};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::store::{self, Held};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::ids;
use crate::kernel::web::Ctx;
use crate::people;

/// Lets the event happen to a route found visible. The answer inside says why not; then nothing has changed.
pub(super) async fn act(
    ctx: &Ctx,
    change: &Change,
    held: &Held,
    (by, event): (Voice, Event),
) -> Outcome<Result<Held, Refusal>> {
    let Some(mut held) = store::locked(change.tx(), held.id).await? else { return Err(AppError::NotFound) };
    let recorded = Recorded { by, on: ctx.today, event };
    if let Err(refusal) = held.pathway.apply(&recorded) {
        return Ok(Err(refusal));
    }
    store::keep(change, &held, &recorded, ctx.actor().person.0).await?;
    note(ctx, change, &held, &recorded.event).await?;
    Ok(Ok(held))
}

/// Makes a route of the reader. `None` if it is open and there is an open one already.
pub(super) async fn make(
    ctx: &Ctx,
    change: &Change,
    event: Event,
    (tutor, opens): (Option<Uuid>, std::collections::BTreeSet<super::sight::Section>),
) -> Outcome<Option<Held>> {
    let recorded = Recorded { by: Voice::Owner, on: ctx.today, event };
    let begun = nastavnik_domain::pathway::Pathway::begin(&recorded);
    let pathway =
        begun.map_err(|refusal| AppError::Internal(anyhow::anyhow!("маршрут не начат: {refusal}")))?;
    let person = ctx.actor().person.0;
    let held = Held { id: ids::row_id(), person, tutor, opens, version: 0, pathway };
    if !store::insert(change, &held, &recorded).await? {
        return Ok(None);
    }
    note(ctx, change, &held, &recorded.event).await?;
    Ok(Some(held))
}

/// Tells the journal the bare fact, never a word of the route.
async fn note(ctx: &Ctx, change: &Change, held: &Held, event: &Event) -> Outcome<()> {
    let organization = people::workplace(change.tx(), held.person, ctx.today).await?;
    let payload = match event {
        Event::Completed { step } => json!({ "step": step.number() }),
        _ => json!({}),
    };
    let subject = ("pathway", Some(held.id));
    Ok(change.journal(Entry { kind: kind(event), subject, organization, payload: &payload }).await?)
}

const fn kind(event: &Event) -> &'static str {
    match event {
        Event::Begun { .. } => "pathway_begun",
        Event::Imported { .. } => "pathway_imported",
        Event::TermSet { .. } => "pathway_term_set",
        Event::Completed { .. } => "pathway_step_completed",
        Event::RoadmapWaived { .. } => "pathway_roadmap_waived",
        Event::RoadmapResumed => "pathway_roadmap_resumed",
        Event::Corrected { .. } => "pathway_corrected",
        Event::Realized { .. } => "pathway_product_recorded",
        Event::Commented { .. } => "pathway_commented",
        Event::Answered { .. } => "pathway_answered",
        Event::Stopped { .. } => "pathway_stopped",
        _ => "pathway_written",
    }
}

/// A refusal as a page of its own, for actions without fields.
pub(super) fn told(refusal: &Refusal) -> AppError {
    AppError::Conflict(refusal.to_string())
}

/// What somebody saw when they began to write: sent along, it tells an edition that has gone meanwhile.
pub(super) fn seal<T: Serialize>(seen: &T) -> Outcome<String> {
    Ok(ids::fingerprint(&serde_json::to_vec(seen)?))
}

/// Said when the seal is broken.
pub(super) const STALE: &str = "Пока вы писали, этот раздел изменили в другом окне. Ваш текст ниже цел: проверьте его и сохраните ещё раз.";
