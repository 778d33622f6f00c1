//! The mentor checks in person (п. 5.1.1): accepts with a word, or sends back with remarks and a new term.

use nastavnik_domain::task::{Deed, Event};
use uuid::Uuid;

use super::fields::read_due;
use super::{act, card};
use crate::kernel::errors::Outcome;
use crate::kernel::web::{Ctx, Path, Submission};

const WORD: usize = 500;
const REMARKS: usize = 2000;

pub(super) async fn accept(ctx: Ctx, Path((pair, id)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let (case, held) = act::open_for(&ctx, (pair, id), Deed::Accept, &submitted).await?;
    let mut form = submitted.form.clone();
    let words = form.optional_paragraphs("word", "Слово о работе", WORD).unwrap_or_default();
    if !form.is_valid() {
        return card::again_with(&ctx, &case, &held, form).await;
    }
    let change = ctx.change(&submitted).await?;
    let event = Event::Accepted { on: ctx.today, words };
    act::act(&ctx, &change, (&case, id), &submitted, (event, None)).await?;
    change.finish(&format!("/pairs/{pair}/tasks/{id}"), "Работа принята").await
}

pub(super) async fn give_back(
    ctx: Ctx,
    Path((pair, id)): Path<(Uuid, Uuid)>,
    submitted: Submission,
) -> Outcome {
    let (case, held) = act::open_for(&ctx, (pair, id), Deed::Return, &submitted).await?;
    let mut form = submitted.form.clone();
    let remarks = form.required_paragraphs("remarks", "Что доработать", REMARKS);
    let due = read_due(&mut form, &case, ctx.today);
    let (Some(remarks), Some(due)) = (remarks, due) else {
        return card::again_with(&ctx, &case, &held, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let event = Event::Returned { remarks, due };
    act::act(&ctx, &change, (&case, id), &submitted, (event, None)).await?;
    let notice = "Работа возвращена с замечаниями. Наставляемый увидит их на главной";
    change.finish(&format!("/pairs/{pair}/tasks/{id}"), notice).await
}
