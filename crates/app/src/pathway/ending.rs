//! Ending one's route before its last step: a reason and the reflection that belongs to every end; then another may begin.

use askama::Template;
use nastavnik_domain::pathway::{Event, Step, Voice};
use uuid::Uuid;

use super::store::Held;
use super::{act, begin, steps, visible, write};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Submission, again, page};

#[derive(Template)]
#[template(path = "pathway/ending.html")]
struct EndingPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    domains: Vec<steps::DomainField>,
    seen: &'static str,
}

/// The reader's own route, if it is open.
async fn open(ctx: &Ctx) -> Outcome<Held> {
    let held = visible::own(ctx, ctx.app().db.reader()).await?;
    match held.pathway.ended_on() {
        Some(_) => Err(act::told(&nastavnik_domain::pathway::Refusal::Finished)),
        None => Ok(held),
    }
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let held = open(&ctx).await?;
    let form = steps::reflection(&held.pathway, Form::blank());
    page(&ending_page(&ctx, &held, form).await?)
}

async fn ending_page(ctx: &Ctx, held: &Held, form: Form) -> Outcome<EndingPage> {
    let mut layout = ctx.layout("Завершить маршрут раньше срока").await?;
    layout.crumbs = vec![Crumb::new("/own/route", "Мой маршрут")];
    Ok(EndingPage {
        layout,
        form,
        form_key: ids::form_key(),
        domains: steps::domains(&held.pathway, Step::Reflection),
        seen: steps::seen_by(held, Step::Reflection),
    })
}

pub(super) async fn stop(ctx: Ctx, submitted: Submission) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let mut form = submitted.form.clone();
    let reason = form.required_paragraphs("reason", "Почему маршрут заканчивается", 1000);
    let reflection = write::reflected(&mut form, &held.pathway);
    if reflection.words.trim().is_empty() {
        form.error("words", "Напишите, что получилось и что дальше: так завершают любой маршрут.");
    }
    let (Some(reason), true) = (reason, form.is_valid()) else {
        open(&ctx).await?;
        return again(&ending_page(&ctx, &held, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    let event = (Voice::Owner, Event::Stopped { reason, reflection });
    act::act(&ctx, &change, &held, event).await?.map_err(|refusal| act::told(&refusal))?;
    let notice = "Маршрут завершён и остаётся у вас. Когда будете готовы, начните новый";
    change.finish("/own/route", notice).await
}

/// Before another route: none may be open.
pub(super) async fn require_ended(ctx: &Ctx) -> Outcome<()> {
    let held = super::store::of_person(ctx.app().db.reader(), ctx.actor().person.0).await?;
    let is_open = held.is_some_and(|held| held.pathway.ended_on().is_none());
    if is_open { Err(begin::already()) } else { Ok(()) }
}
