//! What becomes of a plan: taken by the mentee, called off, held.

use serde::Serialize;
use uuid::Uuid;

use super::record::Meeting;
use super::seat;
use super::store::{self, NewMeeting, Plan, PlanState};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission};
use crate::pairs::{self, Case};

#[derive(Serialize)]
struct Day {
    held_on: chrono::NaiveDate,
}

async fn found(ctx: &Ctx, change: &Change, (pair, id): (Uuid, Uuid)) -> Outcome<(Case, Plan)> {
    pairs::lock(change.tx(), &[pair]).await?;
    let case = seat::writing(ctx, change.tx(), pair).await?;
    let plan = store::plan_of(change.tx(), pair, id).await?.ok_or(AppError::NotFound)?;
    Ok((case, plan))
}

/// Nothing is begun for somebody who does not see the plan.
async fn seen(ctx: &Ctx, (pair, id): (Uuid, Uuid)) -> Outcome<()> {
    seat::writing(ctx, ctx.app().db.reader(), pair).await?;
    let plan = store::plan_of(ctx.app().db.reader(), pair, id).await?;
    plan.map(|_| ()).ok_or(AppError::NotFound)
}

fn moved() -> AppError {
    AppError::Conflict("План только что изменили. Откройте страницу встреч заново".to_owned())
}

async fn done(change: Change, case: &Case, plan: &Plan, (kind, notice): (&'static str, &str)) -> Outcome {
    let payload = Day { held_on: plan.day };
    let subject = ("pair", Some(case.pair.id));
    let organization = Some(case.pair.organization);
    change.journal(Entry { kind, subject, organization, payload: &payload }).await?;
    change.finish(&format!("/pairs/{}/meetings", case.pair.id), notice).await
}

/// A mentee takes a free time of the mentor.
pub(super) async fn take(ctx: Ctx, Path(ids): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    seen(&ctx, ids).await?;
    let change = ctx.change(&submitted).await?;
    let (case, plan) = found(&ctx, &change, ids).await?;
    if case.pair.mentor.person == ctx.actor().person.0 {
        return Err(AppError::Conflict(
            "Своё время выбирает наставляемый. Назначить встречу можно и сразу".to_owned(),
        ));
    }
    let taken = (PlanState::Offered, PlanState::Planned);
    if plan.day < ctx.today || !store::move_plan(change.tx(), plan.id, taken, None).await? {
        return Err(AppError::Conflict(
            "Это время уже прошло или занято. Откройте страницу встреч заново".to_owned(),
        ));
    }
    done(change, &case, &plan, ("meeting_time_taken", "Встреча назначена")).await
}

/// Calls a day off, or it and all later ones of its series.
pub(super) async fn cancel(ctx: Ctx, Path(ids): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    seen(&ctx, ids).await?;
    let change = ctx.change(&submitted).await?;
    let (case, plan) = found(&ctx, &change, ids).await?;
    let stood = if submitted.form.ticked("rest") {
        store::cancel_rest(change.tx(), plan.id).await? > 0
    } else {
        store::move_plan(change.tx(), plan.id, (plan.state, PlanState::Canceled), None).await?
    };
    if !stood || !matches!(plan.state, PlanState::Planned | PlanState::Offered) {
        return Err(moved());
    }
    done(change, &case, &plan, ("meeting_plan_canceled", "Встреча снята с плана")).await
}

/// The planned meeting took place: one press. A meeting recorded for that day already is the same one.
pub(super) async fn hold(ctx: Ctx, Path(ids): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    seen(&ctx, ids).await?;
    let change = ctx.change(&submitted).await?;
    let (case, plan) = found(&ctx, &change, ids).await?;
    if plan.day > ctx.today {
        return Err(AppError::Conflict("Этот день ещё не наступил".to_owned()));
    }
    let recorded = store::on_day(change.tx(), case.pair.id, plan.day).await?;
    let meeting = if let Some(Meeting { id, .. }) = recorded.first() {
        *id
    } else {
        let by = ctx.actor().person.0;
        let new = NewMeeting { pair: case.pair.id, held_on: plan.day, kind: plan.kind, by };
        let meeting = store::add_meeting(change.tx(), change.now(), &new).await?;
        let mentees: Vec<Uuid> = case.pair.mentees.iter().map(|mentee| mentee.person).collect();
        let present = if mentees.len() > 1 { mentees.as_slice() } else { &[] };
        store::set_present(change.tx(), meeting, present).await?;
        meeting
    };
    let held = (PlanState::Planned, PlanState::Held);
    if !store::move_plan(change.tx(), plan.id, held, Some(meeting)).await? {
        return Err(moved());
    }
    done(
        change,
        &case,
        &plan,
        ("meeting_recorded", "Отмечено: встреча была. Можно дополнить, о чём говорили"),
    )
    .await
}
