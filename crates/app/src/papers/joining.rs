//! The order that amends a running group by a newcomer (C3): prepared by the curator or the director, signed as any order.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::document::{Facts, JoiningFacts, PaperKind};
use super::issue::{self, Order};
use super::{amending, rules};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case, Joining};

#[derive(Template)]
#[template(path = "papers/amendment.html")]
struct AmendmentPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    newcomer: Joining,
    /// The newcomer's agreement is signed.
    agreed: bool,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = found(&ctx, id).await?;
    let today = ctx.today.to_string();
    let form = Form::blank().with("dated_on", today.clone()).with("agreed_on", today);
    page(&amendment_page(&ctx, &case, form).await?)
}

pub(super) async fn create(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = found(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let Some((dated_on, agreed_on)) = wish(&mut form, ctx.today) else {
        return again(&amendment_page(&ctx, &case, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[id]).await?;
    let fresh = pairs::cases_by_ids(change.tx(), &[id], ctx.today).await?.pop().ok_or(AppError::NotFound)?;
    let facts = facts(&fresh, agreed_on)?;
    if let Some(order) = fresh.joining_order() {
        form.error("dated_on", format!("Приказ уже подготовлен: {}.", order.title()));
    }
    if let Some(refusal) = rules::joining_refusal(&fresh, &facts, dated_on) {
        form.error("dated_on", refusal);
    }
    let first_day = facts.starts_on.max(dated_on);
    for (_, refusal) in
        pairs::joining_refusals(change.tx(), ctx.actor(), &fresh, facts.person, first_day).await?
    {
        form.error("dated_on", refusal);
    }
    let maker = issue::maker(change.tx(), fresh.pair.organization, dated_on).await?;
    if maker.is_none() {
        form.error("dated_on", issue::NO_DIRECTOR);
    }
    let Some(maker) = maker.filter(|_| form.is_valid()) else {
        drop(change);
        return again(&amendment_page(&ctx, &fresh, form).await?);
    };
    let order = Order {
        organization: fresh.pair.organization,
        kind: PaperKind::AmendingOrder,
        dated_on,
        person: None,
        facts: Facts::Joining(facts.clone()),
        mentorships: vec![id],
    };
    let compose = |with: &_| amending::joining(&fresh, &facts, &maker, with);
    let paper = issue::issue(ctx.app(), &change, order, compose).await?;
    change.finish(&format!("/papers/{paper}"), "Приказ подготовлен и ждёт подписи руководителя").await
}

/// The date of the order and the day of the mentor's written consent, no later than it.
fn wish(form: &mut Form, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let agreed_on = form.required_date("agreed_on", "Согласие наставника");
    let dated_on = form.required_date("dated_on", "Дата приказа");
    if let Some(refusal) = dated_on.and_then(|day| rules::date_refusal(day, today)) {
        form.error("dated_on", refusal);
    }
    let last = dated_on.map_or(today, |day| day.min(today));
    if agreed_on.is_some_and(|day| day > last) {
        form.error(
            "agreed_on",
            "Наставник соглашается до приказа и не позже сегодняшнего дня: укажите день письменного согласия (статья 351.8 ТК РФ).",
        );
    }
    form.is_valid().then_some(())?;
    dated_on.zip(agreed_on)
}

fn facts(case: &Case, agreed_on: NaiveDate) -> Outcome<JoiningFacts> {
    let joining = newcomer(case)?;
    Ok(JoiningFacts {
        joining: joining.id,
        person: joining.mentee.person,
        starts_on: joining.starts_on,
        agreed_on,
    })
}

fn newcomer(case: &Case) -> Outcome<&Joining> {
    case.pair.joining.as_ref().ok_or_else(|| {
        AppError::Conflict(
            "В эту группу сейчас никто не вступает. Добавьте участника на карточке группы".to_owned(),
        )
    })
}

async fn found(ctx: &Ctx, id: Uuid) -> Outcome<Case> {
    let reach = ctx.reach(Permission::ReadPairs);
    let reader = ctx.app().db.reader();
    let case = pairs::visible_case(reader, &reach, ctx.actor().person.0, id, ctx.today).await?;
    let case = case.ok_or(AppError::NotFound)?;
    ctx.require(Permission::RecordPapers, &case.pair.place())?;
    newcomer(&case)?;
    Ok(case)
}

async fn amendment_page(ctx: &Ctx, case: &Case, form: Form) -> Outcome<AmendmentPage> {
    let mut layout = ctx.layout("Приказ о внесении изменений").await?;
    let id = case.pair.id;
    layout.crumbs =
        vec![Crumb::new("/pairs", "Пары и группы"), Crumb::new(format!("/pairs/{id}"), case.pair.title())];
    let newcomer = newcomer(case)?.clone();
    let person = Some(newcomer.mentee.person);
    let agreement = case.live(PaperKind::MenteeAgreement, person);
    let agreed = agreement.is_some_and(|agreement| agreement.signed_on.is_some());
    Ok(AmendmentPage { layout, form, form_key: ids::form_key(), pair: id, newcomer, agreed })
}
