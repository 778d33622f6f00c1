//! Measures carried out: marked by the mentor or by the mentee, so that progress is a fact.

use nastavnik_domain::program::{Event, Refusal};
use uuid::Uuid;

use super::act;
use super::lines::{self, Desk};
use crate::kernel::errors::Outcome;
use crate::kernel::web::{Ctx, Path, Submission};

pub(super) async fn record(ctx: Ctx, Path((id, line)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let desk = Desk::open(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let on = form.required_date("done_on", "Когда выполнено");
    let words = form.required_text("done_words", "Что получилось", 500);
    if on.is_some_and(|day| day > ctx.today) {
        form.error("done_on", "Этот день ещё не наступил. Укажите день, когда мероприятие выполнено.");
    }
    let (Some(on), Some(words), true) = (on, words, form.is_valid()) else {
        return lines::again_with(&ctx, &desk, line, &form).await;
    };
    let change = ctx.change(&submitted).await?;
    let done = act::act(&ctx, &change, &desk.case, Event::Done { line, on, words }).await?;
    done.map_err(|refusal: Refusal| act::told(&refusal))?;
    change.finish(&format!("/pairs/{id}/program#l-{line}"), "Отмечено. Это видят пара и куратор").await
}

pub(super) async fn cancel(ctx: Ctx, Path((id, line)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let desk = Desk::open(&ctx, id).await?;
    let change = ctx.change(&submitted).await?;
    let canceled = act::act(&ctx, &change, &desk.case, Event::DoneCanceled { line }).await?;
    canceled.map_err(|refusal: Refusal| act::told(&refusal))?;
    change.finish(&format!("/pairs/{id}/program#l-{line}"), "Отметка снята").await
}
