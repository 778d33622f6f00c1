//! The one way by which something happens to a program: its row is locked, one event applied, kept, told to the journal.

use nastavnik_domain::ids::PersonId;
use nastavnik_domain::program::{Event, Program, Recorded, Refusal, State};
use serde_json::json;
use uuid::Uuid;

use super::store;
use super::visible::Held;
use crate::council::{self, MatterKind};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::ids;
use crate::kernel::web::Ctx;
use crate::pairs::Case;

/// Lets the event happen. The answer inside is the program as it is now, or why not; then nothing has changed.
pub(super) async fn act(
    ctx: &Ctx,
    change: &Change,
    case: &Case,
    event: Event,
) -> Outcome<Result<Held, Refusal>> {
    let Some(held) = locked(change, case).await? else { return Ok(Err(Refusal::NotMade)) };
    happen(ctx, change, case, held, event).await
}

/// The program with its row locked until the change ends.
pub(super) async fn locked(change: &Change, case: &Case) -> Outcome<Option<Held>> {
    Ok(store::locked(change.tx(), case.pair.id).await?)
}

/// The same with the program already locked, for several events of one change.
pub(super) async fn happen(
    ctx: &Ctx,
    change: &Change,
    case: &Case,
    mut held: Held,
    event: Event,
) -> Outcome<Result<Held, Refusal>> {
    let before = held.program.clone();
    let recorded = Recorded { by: ctx.actor().person, at: change.now(), event };
    if let Err(refusal) = held.program.apply(&recorded) {
        return Ok(Err(refusal));
    }
    store::keep(change, &held, &recorded).await?;
    if let (Some(subject), None) = (before.council, held.program.council)
        && held.program.state() != State::Approved
    {
        council::take_back(change, MatterKind::Program, subject).await?;
    }
    journal(change, case, &held, &recorded.event).await?;
    Ok(Ok(held))
}

/// Makes the program of a pair. `None` if somebody has made it meanwhile.
pub(super) async fn make(by: PersonId, change: &Change, case: &Case, event: Event) -> Outcome<Option<Held>> {
    crate::pairs::lock(change.tx(), &[case.pair.id]).await?;
    if store::of_pair(change.tx(), case.pair.id).await?.is_some() {
        return Ok(None);
    }
    let recorded = Recorded { by, at: change.now(), event };
    let mut held = Held { id: ids::row_id(), program: Program::default() };
    held.program
        .apply(&recorded)
        .map_err(|refusal| AppError::Internal(anyhow::anyhow!("черновик не составлен: {refusal}")))?;
    store::insert(change, &held, &recorded, (case.pair.id, case.pair.organization)).await?;
    journal(change, case, &held, &recorded.event).await?;
    Ok(Some(held))
}

/// Tells the journal what happened; never a word of the text, which belongs to the pair until it is approved.
async fn journal(change: &Change, case: &Case, held: &Held, event: &Event) -> Outcome<()> {
    let payload = json!({ "pair": case.pair.id, "revision": held.program.revision });
    let entry = Entry {
        kind: kind(event),
        subject: ("program", Some(held.id)),
        organization: Some(case.pair.organization),
        payload: &payload,
    };
    Ok(change.journal(entry).await?)
}

const fn kind(event: &Event) -> &'static str {
    match event {
        Event::Made { .. } => "program_made",
        Event::Added { .. } | Event::Changed { .. } | Event::Removed { .. } => "program_written",
        Event::Signed { .. } => "program_signed",
        Event::Agreed { .. } => "program_agreed",
        Event::Returned { .. } => "program_returned",
        Event::CouncilAsked { .. } => "program_council_asked",
        Event::Approved { .. } => "program_approved",
        Event::RevisionBegun { .. } => "program_revision_begun",
        Event::Done { .. } => "program_measure_done",
        Event::DoneCanceled { .. } => "program_measure_resumed",
        Event::HelperInvited { .. } => "program_helper_invited",
        Event::HelperAnswered { .. } => "program_helper_answered",
    }
}

/// A refusal as a page of its own, for actions without fields.
pub(super) fn told(refusal: &Refusal) -> AppError {
    AppError::Conflict(refusal.to_string())
}

/// A new id of a line or of a question.
pub(super) fn fresh() -> Uuid {
    ids::row_id()
}
