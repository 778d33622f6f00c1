//! Changing the days of one's route.

use askama::Template;
use nastavnik_domain::pathway::{Event, Voice};
use uuid::Uuid;

use super::{act, begin, visible};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Submission, again, page};

#[derive(Template)]
#[template(path = "pathway/term.html")]
struct TermPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let term = visible::own(&ctx, ctx.app().db.reader()).await?.pathway.term;
    let form = Form::blank().with("from", term.from.to_string()).with("to", term.to.to_string());
    page(&term_page(&ctx, form).await?)
}

async fn term_page(ctx: &Ctx, form: Form) -> Outcome<TermPage> {
    let mut layout = ctx.layout("Срок маршрута").await?;
    layout.crumbs = vec![Crumb::new("/own/route", "Мой маршрут")];
    Ok(TermPage { layout, form, form_key: ids::form_key() })
}

pub(super) async fn save(ctx: Ctx, submitted: Submission) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let mut form = submitted.form.clone();
    let Some(term) = begin::term(&mut form, ctx.today)? else { return again(&term_page(&ctx, form).await?) };
    let change = ctx.change(&submitted).await?;
    if let Err(refusal) = act::act(&ctx, &change, &held, (Voice::Owner, Event::TermSet { term })).await? {
        drop(change);
        form.error("to", format!("{refusal}."));
        return again(&term_page(&ctx, form).await?);
    }
    change.finish("/own/route", "Срок маршрута изменён").await
}
