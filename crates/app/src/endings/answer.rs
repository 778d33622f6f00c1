//! Answers: a talk first, the council, an ending.

use chrono::Days;
use nastavnik_domain::petition::{Answer, Receiver};
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::record::Petition;
use super::{ask, card, note, store, visible};
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission};
use crate::pairs::{self, State};

/// How far ahead a talk may be put.
const AHEAD: Days = Days::new(30);

/// «Сначала поговорить».
pub(super) async fn talk(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let found = found(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let day = form.required_date("talk_on", "День разговора");
    let last = ctx.today.checked_add_days(AHEAD).unwrap_or(ctx.today);
    if day.is_some_and(|day| day < ctx.today || day > last) {
        form.error("talk_on", "Назначьте разговор на сегодня или на ближайшие 30 дней.");
    }
    let Some(day) = day.filter(|_| form.is_valid()) else {
        return card::again_with(&ctx, found, form).await;
    };
    let (change, fresh) = locked(&ctx, &submitted, &found).await?;
    if !fresh.state().may_go_to_council() {
        return Err(moved_on());
    }
    store::set_talk(&change, id, day).await?;
    note(&change, "petition_talk_set", ("petition", id)).await?;
    change.finish(&format!("/petitions/{id}"), "Разговор назначен, автор увидит день").await
}

/// Asks the council to arbitrate.
pub(super) async fn arbitrate(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let found = found(&ctx, id).await?;
    let (change, fresh) = locked(&ctx, &submitted, &found).await?;
    if !fresh.state().may_go_to_council() || fresh.receiver == Receiver::Council {
        return Err(moved_on());
    }
    let due_on = ask::terms(ctx.today)?.answer_by;
    ask::ask_council(&change, id, fresh.kind, &fresh.case.pair, due_on).await?;
    note(&change, "petition_to_council", ("petition", id)).await?;
    change.finish(&format!("/petitions/{id}"), "Вопрос передан совету наставников").await
}

/// Agrees to end: a pair without an order is given up at once, otherwise the order comes next, its fields filled.
pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let found = found(&ctx, id).await?;
    let (change, fresh) = locked(&ctx, &submitted, &found).await?;
    if !fresh.state().may_be_answered() {
        return Err(moved_on());
    }
    let case = &fresh.case;
    if case.state == State::AwaitsOrder {
        drop(change);
        let mut form = Form::blank();
        let why = "Приказ о назначении ждёт подписи: попросите руководителя вернуть его, затем ответьте.";
        form.error("answer", why);
        return card::again_with(&ctx, fresh, form).await;
    }
    let by = (ctx.actor().person.0, ctx.today);
    store::set_answered(&change, id, Answer::Ending, by).await?;
    note(&change, "petition_answered", ("petition", id)).await?;
    if case.is_fixed() {
        let to = card::ending_address(&fresh, ctx.today)?;
        return change.finish(&to, "Ответ записан. Проверьте приказ: он уже заполнен по заявлению").await;
    }
    match fresh.leaves_group() {
        Some(person) => pairs::strike(&change, case, person).await?,
        None => pairs::give_up(&change, case, "по обращению участника").await?,
    }
    change
        .finish(&format!("/petitions/{id}"), "Ответ записан. Приказа не было, поэтому всё исполнено сразу")
        .await
}

/// The petition, if this person answers it here.
async fn found(ctx: &Ctx, id: Uuid) -> Outcome<Petition> {
    let found = visible::visible(ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::DecideEndings, &found.case.pair.place())?;
    Ok(found)
}

/// The change begun, with the petition as it is now; its pair is locked.
async fn locked(ctx: &Ctx, submitted: &Submission, known: &Petition) -> Outcome<(Change, Petition)> {
    let change = ctx.change(submitted).await?;
    pairs::lock(change.tx(), &[known.case.pair.id]).await?;
    let fresh = visible::visible(ctx, change.tx(), known.id).await?;
    Ok((change, fresh))
}

/// Somebody was first, or the author has taken it back.
pub(super) fn moved_on() -> AppError {
    let why = "По этому заявлению уже есть решение, или автор его отозвал. Откройте заявление заново";
    AppError::Conflict(why.to_owned())
}
