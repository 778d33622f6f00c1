//! Ending a mentorship by an order (F3, L1).

use askama::Template;
use nastavnik_domain::config::limits;
use nastavnik_domain::deadline::earliest_last_day;
use nastavnik_domain::gate::{EndBy, EndReason};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::short;
use nastavnik_domain::working_days::Calendar;
use uuid::Uuid;

use super::document::{EndingFacts, Facts, PaperKind};
use super::issue::{self, Order};
use super::{export, rules};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "papers/ending.html")]
struct EndingPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    initiators: Vec<Choice>,
    reasons: Vec<Choice>,
    earliest: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = found(&ctx, id).await?;
    let form = Form::blank().with("dated_on", ctx.today.to_string()).with("notice_on", ctx.today.to_string());
    page(&ending_page(&ctx, &case, form).await?)
}

pub(super) async fn create(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = found(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let Some((dated_on, facts)) = wish(&mut form, &ctx) else {
        return again(&ending_page(&ctx, &case, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[id]).await?;
    let fresh = pairs::cases_by_ids(change.tx(), &[id], ctx.today).await?.pop().ok_or(AppError::NotFound)?;
    if let Some(order) = fresh.live(PaperKind::EndingOrder, None) {
        form.error("reason", format!("Приказ о прекращении уже есть: {}.", order.title()));
    } else if let Some((field, text)) = rules::ending_refusal(&fresh, &facts)? {
        form.error(field, text);
    }
    let maker = issue::maker(change.tx(), fresh.pair.organization, dated_on).await?;
    if maker.is_none() {
        form.error("dated_on", issue::NO_DIRECTOR);
    }
    let Some(maker) = maker.filter(|_| form.is_valid()) else {
        drop(change);
        return again(&ending_page(&ctx, &fresh, form).await?);
    };
    let order = Order {
        organization: fresh.pair.organization,
        kind: PaperKind::EndingOrder,
        dated_on,
        person: None,
        facts: Facts::Ending(facts.clone()),
        mentorships: vec![id],
    };
    let paper = issue::issue(ctx.app(), &change, order, |with| {
        Ok(export::ending_order(&fresh, &facts, &maker, with)?)
    })
    .await?;
    change
        .finish(&format!("/papers/{paper}"), "Приказ о прекращении подготовлен и ждёт подписи руководителя")
        .await
}

fn wish(form: &mut Form, ctx: &Ctx) -> Option<(chrono::NaiveDate, EndingFacts)> {
    let by = form.required_choice("by", "Кто завершает", &initiators());
    let reason = form.required_choice("reason", "Причина", &reasons());
    let notice_on = form.optional_date("notice_on", "Предупреждение");
    let last_day = form.required_date("last_day", "Последний день");
    let note = form.optional_text("note", "Пояснение", 200).unwrap_or_default();
    let dated_on = form.required_date("dated_on", "Дата приказа");
    if let Some(refusal) = dated_on.and_then(|day| rules::date_refusal(day, ctx.today)) {
        form.error("dated_on", refusal);
    }
    if notice_on.is_some_and(|day| day > ctx.today) {
        form.error(
            "notice_on",
            "Этот день ещё не наступил. Укажите день, когда другая сторона предупреждена письменно.",
        );
    }
    form.is_valid().then_some(())?;
    let facts = EndingFacts {
        by: by.as_deref().and_then(EndBy::from_code)?,
        reason: reason.as_deref().and_then(EndReason::from_code)?,
        notice_on,
        last_day: last_day?,
        note,
    };
    Some((dated_on?, facts))
}

async fn found(ctx: &Ctx, id: Uuid) -> Outcome<Case> {
    let reach = ctx.reach(Permission::ReadPairs);
    let reader = ctx.app().db.reader();
    let case = pairs::visible_case(reader, &reach, ctx.actor().person.0, id, ctx.today).await?;
    let case = case.ok_or(AppError::NotFound)?;
    ctx.require(Permission::RecordPapers, &case.pair.place())?;
    Ok(case)
}

fn initiators() -> Vec<Choice> {
    EndBy::ALL.iter().map(|by| Choice::new(by.code(), super::wording::capitalized(by.title()))).collect()
}

fn reasons() -> Vec<Choice> {
    EndReason::ALL
        .iter()
        .map(|reason| Choice::new(reason.code(), super::wording::capitalized(reason.title())))
        .collect()
}

async fn ending_page(ctx: &Ctx, case: &Case, form: Form) -> Outcome<EndingPage> {
    let mut layout = ctx.layout("Завершение наставничества").await?;
    let id = case.pair.id;
    layout.crumbs =
        vec![Crumb::new("/pairs", "Пары и группы"), Crumb::new(format!("/pairs/{id}"), case.pair.title())];
    Ok(EndingPage {
        layout,
        form,
        form_key: ids::form_key(),
        pair: id,
        initiators: initiators(),
        reasons: reasons(),
        earliest: earliest(ctx.today).unwrap_or_default(),
    })
}

/// «Предупредив сегодня, можно завершить 26.11.2026».
fn earliest(today: chrono::NaiveDate) -> Option<String> {
    let days = limits().ok()?.on(today).ok()?.value.notice_working_days;
    let day = earliest_last_day(today, days, &Calendar::bundled().ok()?).ok()?;
    Some(format!("Если предупредить сегодня, последний день – {} или позже.", short(day)))
}
