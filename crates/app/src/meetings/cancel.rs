//! Calling off an entry made by mistake: it stays as a trace.

use nastavnik_domain::meeting::is_open_for_change;
use uuid::Uuid;

use super::entry::{Fact, standing};
use super::record::Meeting;
use super::rules::rules;
use super::store;
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission};
use crate::pairs;

pub(super) async fn cancel(ctx: Ctx, Path((pair, id)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let (case, meeting) = standing(&ctx, ctx.app().db.reader(), (pair, id)).await?;
    if !may_cancel(&ctx, &meeting)? {
        return Err(AppError::Conflict(
            "Отменить запись может её автор в первые дни, пока другой участник её не дополнил. Откройте страницу встреч"
                .to_owned(),
        ));
    }
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[pair]).await?;
    let (_, meeting) = standing(&ctx, change.tx(), (pair, id)).await?;
    if !may_cancel(&ctx, &meeting)? || !store::cancel_meeting(change.tx(), change.now(), id).await? {
        return Err(AppError::Conflict(
            "Запись только что изменили. Откройте страницу встреч заново".to_owned(),
        ));
    }
    let payload = Fact { held_on: meeting.held_on, meeting_kind: meeting.kind.code() };
    let subject = ("pair", Some(pair));
    let organization = Some(case.pair.organization);
    change.journal(Entry { kind: "meeting_canceled", subject, organization, payload: &payload }).await?;
    change.finish(&format!("/pairs/{pair}/meetings"), "Запись отменена, след остался").await
}

/// The author may, for some days and while nobody else has written about the meeting.
pub(super) fn may_cancel(ctx: &Ctx, meeting: &Meeting) -> anyhow::Result<bool> {
    let me = ctx.actor().person.0;
    let is_alone = meeting.notes.iter().all(|note| note.author == me);
    let is_open = is_open_for_change(meeting.recorded_at, ctx.now, rules(ctx.today)?.edit_days);
    Ok(meeting.recorded_by == me && is_alone && is_open && !meeting.is_canceled)
}
