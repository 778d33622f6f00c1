//! Comments of those who accompany, answered and ticked off by the owner (E6).

use nastavnik_domain::pathway::{Event, Settled, Step, Voice};
use uuid::Uuid;

use super::store::Held;
use super::{act, companions, past, sight, steps, visible};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission};

/// Somebody who accompanies says something about a step they read.
pub(super) async fn add(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let found = visible::visible(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let offered = companions::commented(&found.opened);
    let step = form.required_choice("step", "О каком шаге", &offered);
    let text = form.required_paragraphs("text", "Комментарий", 4000);
    let step = step.and_then(|number| number.parse().ok()).and_then(Step::from_number);
    let step = step.filter(|step| sight::reads(&found.opened, *step));
    let (Some(step), Some(text), true) = (step, text, form.is_valid()) else {
        return companions::show_again(&ctx, found, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let event = (found.voice, Event::Commented { step, text });
    act::act(&ctx, &change, &found.held, event).await?.map_err(|refusal| act::told(&refusal))?;
    change
        .finish(
            &format!("/routes/{id}#comments"),
            "Комментарий записан. Его увидит педагог и те, кто сопровождает",
        )
        .await
}

/// The owner answers and ticks off.
pub(super) async fn answer(ctx: Ctx, Path(number): Path<String>, submitted: Submission) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let mut form = submitted.form.clone();
    let (step, event) = answered(&held, &number, &mut form)?;
    let Some(event) = event else { return steps::show_again(&ctx, step, form).await };
    keep(&ctx, &submitted, (&held, event), &format!("{}#comments", steps::href(step))).await
}

/// The same in an earlier route.
pub(super) async fn answer_in(
    ctx: Ctx,
    Path((id, number)): Path<(Uuid, String)>,
    submitted: Submission,
) -> Outcome {
    let held = visible::own_one(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let (_, event) = answered(&held, &number, &mut form)?;
    let Some(event) = event else { return past::show_again(&ctx, held, form).await };
    keep(&ctx, &submitted, (&held, event), &format!("/own/routes/{id}#comments")).await
}

/// The step of the comment and what is answered, if it is right.
fn answered(held: &Held, number: &str, form: &mut Form) -> Outcome<(Step, Option<Event>)> {
    let number: u32 = number.parse().map_err(|_| AppError::NotFound)?;
    let known = held.pathway.comments.iter().find(|comment| comment.number == number);
    let step = known.ok_or(AppError::NotFound)?.step;
    let text = form.optional_paragraphs("answer", "Ваш ответ", 4000).unwrap_or_default();
    if form.is_valid() && text.is_empty() && !form.ticked("settled") {
        form.error("answer", "Напишите ответ или отметьте «Учтено».");
    }
    let settled = if form.ticked("settled") { Settled::Yes } else { Settled::No };
    let event = Event::Answered { comment: number, text, settled };
    Ok((step, form.is_valid().then_some(event)))
}

async fn keep(ctx: &Ctx, submitted: &Submission, (held, event): (&Held, Event), back: &str) -> Outcome {
    let change = ctx.change(submitted).await?;
    let event = (Voice::Owner, event);
    act::act(ctx, &change, held, event).await?.map_err(|refusal| act::told(&refusal))?;
    change.finish(back, "Ответ записан").await
}
