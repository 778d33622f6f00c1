//! The mentor answers, in words or with a day to meet, and closes what is done.

use chrono::NaiveDate;
use uuid::Uuid;

use super::ask::journal;
use super::record::Request;
use super::{queue, store};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission};
use crate::pairs;

/// How much may be said.
const WORDS: usize = 2_000;

const OVER: &str =
    "Пока вы писали, просьбу сняли, закрыли или на неё ответили. Проверьте, как она стоит сейчас";

pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let request = asked_of_me(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let Some((words, meet_on)) = read(&mut form, &ctx) else {
        return queue::again_with(&ctx, id, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let me = ctx.actor().person.0;
    if !store::set_answer(&change, &request, me, (&words, meet_on)).await? {
        return Err(AppError::Conflict(OVER.to_owned()));
    }
    journal(&change, "help_answered", id, &request.fact.place, request.fact.pair).await?;
    change.finish("/help/queue", "Ответ отправлен").await
}

/// Words, a day, or both.
fn read(form: &mut Form, ctx: &Ctx) -> Option<(String, Option<NaiveDate>)> {
    let words = form.optional_paragraphs("answer", "Ответ", WORDS);
    let meet_on = form.optional_date("meet_on", "Когда встретимся");
    if meet_on.is_some_and(|day| day < ctx.today) {
        form.error("meet_on", "Этот день прошёл. Назовите сегодняшний или позже.");
    }
    if form.is_valid() && words.is_none() && meet_on.is_none() {
        form.error("answer", "Ответьте словами или назовите день встречи.");
    }
    form.is_valid().then(|| (words.unwrap_or_default(), meet_on))
}

pub(super) async fn close(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let request = asked_of_me(&ctx, id).await?;
    let change = ctx.change(&submitted).await?;
    if !store::set_closed(change.tx(), id, change.now()).await? {
        let why = if request.fact.answered_at.is_none() {
            "Сначала ответьте: закрыть можно просьбу, на которую есть ответ"
        } else {
            OVER
        };
        return Err(AppError::Conflict(why.to_owned()));
    }
    journal(&change, "help_closed", id, &request.fact.place, request.fact.pair).await?;
    change.finish("/help/queue", "Просьба закрыта").await
}

/// A request of one's own pair that is in force today.
async fn asked_of_me(ctx: &Ctx, id: Uuid) -> Outcome<Request> {
    let (reader, me) = (ctx.app().db.reader(), ctx.actor().person.0);
    let request = store::visible(reader, me, id).await?.ok_or(AppError::NotFound)?;
    if request.fact.mentor != me {
        return Err(AppError::Forbidden("На просьбу отвечает наставник пары"));
    }
    let pairs = pairs::in_force_with(reader, me, ctx.today).await?;
    if !pairs.iter().any(|pair| pair.pair == request.fact.pair) {
        return Err(AppError::NotFound);
    }
    Ok(request)
}
