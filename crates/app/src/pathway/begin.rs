//! Before the route: its period, who will accompany, what they will read (E1, E6).

use std::collections::BTreeSet;

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::config::pathway_rules;
use nastavnik_domain::pathway::{Event, Term, TermError};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::sight::Section;
use super::store::Held;
use super::{act, ending, past, store};
use crate::evaluations::{self, Remaining};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Submission, again, page};
use crate::people;

#[derive(Template)]
#[template(path = "pathway/begin.html")]
struct BeginPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    tutors: Vec<Choice>,
    sections: Vec<Choice>,
    is_employed: bool,
    /// With what the route may begin: decided by the evaluation of a program.
    remaining: Option<Remaining>,
    /// Routes that have ended.
    earlier: Vec<past::Line>,
    is_open: bool,
}

/// Another route after those that have ended.
pub(super) async fn show_new(ctx: Ctx) -> Outcome {
    ending::require_ended(&ctx).await?;
    show(&ctx).await
}

/// The page of somebody who has no open route.
pub(super) async fn show(ctx: &Ctx) -> Outcome {
    let last = Term { from: ctx.today, to: ctx.today }.last_day_of(4);
    let form = Form::blank().with("from", ctx.today.to_string()).with("to", last.to_string());
    page(&begin_page(ctx, form).await?)
}

/// The same page with mistakes of one of its forms.
pub(super) async fn show_again(ctx: &Ctx, form: Form) -> Outcome {
    again(&begin_page(ctx, form).await?)
}

async fn begin_page(ctx: &Ctx, form: Form) -> Outcome<BeginPage> {
    let reader = ctx.app().db.reader();
    let workplace = people::workplace(reader, ctx.actor().person.0, ctx.today).await?;
    let known = store::all_of_person(reader, ctx.actor().person.0).await?;
    let (open, ended): (Vec<Held>, Vec<Held>) =
        known.into_iter().partition(|held| held.pathway.ended_on().is_none());
    let title = if ended.is_empty() && open.is_empty() {
        "Мой маршрут"
    } else {
        "Ещё один маршрут"
    };
    let mut layout = ctx.layout(title).await?;
    if !(ended.is_empty() && open.is_empty()) {
        layout.crumbs = vec![Crumb::new("/own/route", "Мой маршрут")];
    }
    Ok(BeginPage {
        layout,
        earlier: ended.iter().map(past::Line::of).collect(),
        is_open: !open.is_empty(),
        form,
        form_key: ids::form_key(),
        tutors: tutors(ctx, reader).await?,
        sections: sections(),
        is_employed: workplace.is_some(),
        remaining: evaluations::own_remaining(reader, ctx.actor().person.0, ctx.today).await?,
    })
}

/// Tutors who may be named, as answers of a form.
pub(super) async fn tutors(ctx: &Ctx, connection: &impl ConnectionTrait) -> Outcome<Vec<Choice>> {
    let me = ctx.actor().person.0;
    let Some(workplace) = people::workplace(connection, me, ctx.today).await? else { return Ok(Vec::new()) };
    let tutors = store::tutors(connection, workplace, ctx.today).await?;
    let others = tutors.into_iter().filter(|tutor| tutor.id != me);
    let choice = |tutor: store::Tutor| {
        Choice::new(tutor.id.to_string(), format!("{}, {}", tutor.name().full(), tutor.short_name))
    };
    Ok(others.map(choice).collect())
}

/// Personal sections as answers of a form.
pub(super) fn sections() -> Vec<Choice> {
    Section::ALL.map(|section| Choice::new(section.code(), section.title())).into()
}

/// Who accompanies and what is opened, as the form says.
pub(super) fn access(form: &mut Form, tutors: &[Choice]) -> (Option<Uuid>, BTreeSet<Section>) {
    let tutor = form.optional_choice("tutor", "Тьютор ЦНППМ", tutors);
    let opened = form.choices("opens", "Что открыть", &sections());
    (tutor.and_then(|id| id.parse().ok()), Section::read(&opened.join(" ")))
}

/// The owner says yes to being read.
pub(super) fn agreed(form: &mut Form) {
    if !form.ticked("agree") {
        form.error("agree", "Отметьте, что вы согласны: без этого маршрут некому сопровождать.");
    }
}

/// The days of a route, checked by the rules of today (E1).
pub(super) fn term(form: &mut Form, today: NaiveDate) -> Outcome<Option<Term>> {
    let from = form.required_date("from", "Первый день");
    let to = form.required_date("to", "Последний день");
    let (Some(from), Some(to)) = (from, to) else { return Ok(None) };
    let term = Term { from, to };
    let rules = pathway_rules().map_err(anyhow::Error::from)?;
    let rules = rules.on(today).map_err(anyhow::Error::from)?.value;
    if let Err(error) = term.check(&rules) {
        let field = if error == TermError::Year { "from" } else { "to" };
        form.error(field, format!("{error}."));
        return Ok(None);
    }
    Ok(Some(term))
}

pub(super) async fn make(ctx: Ctx, submitted: Submission) -> Outcome {
    let reader = ctx.app().db.reader();
    let mut form = submitted.form.clone();
    let term = term(&mut form, ctx.today)?;
    let access = access(&mut form, &tutors(&ctx, reader).await?);
    agreed(&mut form);
    let (Some(term), true) = (term, form.is_valid()) else { return show_again(&ctx, form).await };
    let change = ctx.change(&submitted).await?;
    if act::make(&ctx, &change, Event::Begun { term }, access).await?.is_none() {
        return Err(already());
    }
    change.finish("/own/route/steps/1", "Маршрут начат. Первый шаг – самоопределение").await
}

/// Somebody has an open route and asks for another one.
pub(super) fn already() -> AppError {
    AppError::Conflict(
        "У вас уже есть открытый маршрут. Завершите его на странице «Мой маршрут», потом начните новый"
            .to_owned(),
    )
}
