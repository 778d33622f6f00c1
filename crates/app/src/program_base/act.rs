//! The one way by which something happens to an offer: its row is locked, one event applied, kept, told to the journal.

use nastavnik_domain::program_base::{Event, Offer, Recorded, Refusal};
use serde_json::json;
use uuid::Uuid;

use super::record::{Held, NewOffer};
use super::store;
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::Ctx;

/// Lets the event happen to an offer that was found visible; a refusal is told on a page of its own.
pub(super) async fn act(ctx: &Ctx, change: &Change, id: Uuid, event: Event) -> Outcome<Held> {
    let mut held = store::locked(change.tx(), id).await?.ok_or(AppError::NotFound)?;
    let recorded = Recorded { by: ctx.actor().person, at: change.now(), event };
    held.offer.apply(&recorded).map_err(told)?;
    store::keep(change, &held, &recorded).await?;
    journal(change, (held.id, held.place.organization.0, held.revision), &recorded.event).await?;
    Ok(held)
}

/// Keeps a new offer with its first event.
pub(super) async fn offer(ctx: &Ctx, change: &Change, new: &NewOffer<'_>, event: Event) -> Outcome<()> {
    let recorded = Recorded { by: ctx.actor().person, at: change.now(), event };
    let offer = Offer::replay([&recorded]).map_err(told)?;
    store::insert(change, new, &offer, &recorded).await?;
    let organization = new.pair.organization;
    journal(change, (new.id, organization, new.revision), &recorded.event).await
}

/// A refusal as a page of its own.
pub(super) fn told(refusal: Refusal) -> AppError {
    AppError::Conflict(refusal.to_string())
}

/// Tells the journal what happened, never a word of the text. Who of the pair has agreed or not is nobody's business in the
/// organization: such entries stand outside of it.
async fn journal(
    change: &Change,
    (id, organization, revision): (Uuid, Uuid, u32),
    event: &Event,
) -> Outcome<()> {
    let payload = json!({ "revision": revision });
    let is_private = matches!(event, Event::Agreed | Event::Declined);
    let entry = Entry {
        kind: code(event),
        subject: ("base_program", Some(id)),
        organization: (!is_private).then_some(organization),
        payload: &payload,
    };
    Ok(change.journal(entry).await?)
}

const fn code(event: &Event) -> &'static str {
    match event {
        Event::Offered { .. } => "base_program_offered",
        Event::Agreed => "base_program_agreed",
        Event::Declined => "base_program_declined",
        Event::Checked => "base_program_checked",
        Event::Reviewed { .. } => "base_program_reviewed",
        Event::Published => "base_program_published",
        Event::TakenOut { .. } => "base_program_taken_out",
        Event::TakenBack => "base_program_taken_back",
    }
}
