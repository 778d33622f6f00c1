//! The order appointing mentors: prepared by the curator or the director, signed or returned by the director.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::document::{Facts, PaperKind};
use super::export::{self, OrderWords};
use super::issue::{self, Order};
use super::rules;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Submission, again, page};
use crate::pairs::{self, Case, State};

const USUAL_PURPOSE: &str = "в целях адаптации и профессионального развития педагогических работников";
const USUAL_CONTROL: &str = "Контроль за исполнением приказа оставляю за собой.";

#[derive(Template)]
#[template(path = "papers/order_new.html")]
struct OrderPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    organization: Uuid,
    organization_name: String,
    has_director: bool,
    ready: Vec<Choice>,
    unready: Vec<Unready>,
}

/// A pair that can't go into an order yet.
struct Unready {
    href: String,
    title: String,
    why: String,
}

pub(super) async fn show_new(ctx: Ctx) -> Outcome {
    let organization = organization(&ctx, ctx.asked("organization"))?;
    let cases = candidates(&ctx, organization).await?;
    let mut form = Form::blank()
        .with("dated_on", ctx.today.to_string())
        .with("purpose", USUAL_PURPOSE)
        .with("control", USUAL_CONTROL);
    for case in cases.iter().filter(|case| is_ready(case, ctx.today)) {
        form = form.with("mentorships", case.pair.id.to_string());
    }
    page(&order_page(&ctx, organization, &cases, form).await?)
}

pub(super) async fn create(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let organization = organization(&ctx, form.text("organization"))?;
    let cases = candidates(&ctx, organization).await?;
    let Some(wish) = wish(&mut form, &cases, ctx.today) else {
        return again(&order_page(&ctx, organization, &cases, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &wish.mentorships).await?;
    let fresh = pairs::cases_by_ids(change.tx(), &wish.mentorships, ctx.today).await?;
    for case in &fresh {
        if let Some(order) = case.live(PaperKind::AppointmentOrder, None) {
            let title = case.pair.title();
            form.error(
                "mentorships",
                format!("{title}: пара уже вошла в другой документ – {}.", order.title()),
            );
        }
        for refusal in rules::appointment_refusals(case, wish.dated_on) {
            form.error("mentorships", refusal);
        }
    }
    let maker = issue::maker(change.tx(), organization, wish.dated_on).await?;
    if maker.is_none() {
        form.error("dated_on", issue::NO_DIRECTOR);
    }
    let Some(maker) = maker.filter(|_| form.is_valid()) else {
        drop(change);
        let cases = candidates(&ctx, organization).await?;
        return again(&order_page(&ctx, organization, &cases, form).await?);
    };
    let order = Order {
        organization,
        kind: PaperKind::AppointmentOrder,
        dated_on: wish.dated_on,
        person: None,
        facts: Facts::Nothing,
        mentorships: wish.mentorships,
    };
    let list: Vec<&pairs::Pair> = fresh.iter().rev().map(|case| &case.pair).collect();
    let id = issue::issue(ctx.app(), &change, order, |with| {
        Ok(export::appointment_order(&list, &maker, with, &wish.words)?)
    })
    .await?;
    change.finish(&format!("/papers/{id}"), "Приказ подготовлен и ждёт подписи руководителя").await
}

struct Wish {
    dated_on: NaiveDate,
    mentorships: Vec<Uuid>,
    words: OrderWords,
}

fn wish(form: &mut Form, cases: &[Case], today: NaiveDate) -> Option<Wish> {
    let dated_on = form.required_date("dated_on", "Дата приказа");
    if let Some(refusal) = dated_on.and_then(|day| rules::date_refusal(day, today)) {
        form.error("dated_on", refusal);
    }
    let purpose = form.optional_text("purpose", "Цель", 300);
    let control = form.required_text("control", "Контроль", 300);
    let mut mentorships: Vec<Uuid> =
        form.data().all("mentorships").filter_map(|id| id.parse().ok()).collect();
    mentorships.sort_unstable();
    mentorships.dedup();
    if mentorships.is_empty() {
        form.error("mentorships", "Отметьте хотя бы одну пару (п. 4.1 Положения).");
    }
    if !mentorships.iter().all(|id| cases.iter().any(|case| case.pair.id == *id)) {
        form.error(
            "mentorships",
            "Одной из отмеченных пар больше нет среди ждущих приказа. Проверьте список и отметьте снова.",
        );
    }
    form.is_valid().then_some(())?;
    Some(Wish { dated_on: dated_on?, mentorships, words: OrderWords { purpose, control: control? } })
}

/// Pairs of the organization that have no order yet.
async fn candidates(ctx: &Ctx, organization: Uuid) -> Outcome<Vec<Case>> {
    let cases = pairs::cases_of_organization(ctx.app().db.reader(), organization, ctx.today).await?;
    let waits = |case: &Case| matches!(case.state, State::Draft | State::AwaitsPapers | State::ReadyForOrder);
    Ok(cases.into_iter().filter(waits).collect())
}

fn is_ready(case: &Case, today: NaiveDate) -> bool {
    rules::appointment_refusals(case, today).is_empty()
}

/// The organization for which orders are prepared.
fn organization(ctx: &Ctx, asked: &str) -> Outcome<Uuid> {
    let reach = ctx.reach(Permission::RecordPapers);
    let mut own = reach.organizations.iter().map(|id| id.0);
    if asked.is_empty() {
        return own.next().ok_or(AppError::NotFound);
    }
    let asked: Option<Uuid> = asked.parse().ok();
    own.find(|id| Some(*id) == asked).ok_or(AppError::NotFound)
}

async fn order_page(ctx: &Ctx, organization: Uuid, cases: &[Case], form: Form) -> Outcome<OrderPage> {
    let mut layout = ctx.layout("Приказ о назначении наставников").await?;
    layout.crumbs = vec![Crumb::new("/papers", "Документы")];
    let reader = ctx.app().db.reader();
    let school = pairs::school(reader, organization).await?.ok_or(AppError::NotFound)?;
    let has_director = pairs::director(reader, organization, ctx.today).await?.is_some();
    let (mut ready, mut unready) = (Vec::new(), Vec::new());
    for case in cases {
        let terms = nastavnik_domain::russian::period(case.pair.period.from(), case.pair.ends_on());
        if is_ready(case, ctx.today) {
            let pay = case.pair.pay.as_ref().map_or_else(String::new, pairs::PayTerms::words);
            let hint = format!("{} · {terms} · {pay}", case.pair.form.title());
            ready.push(Choice::new(case.pair.id.to_string(), case.pair.title()).with_hint(hint));
        } else {
            let href = format!("/pairs/{}", case.pair.id);
            unready.push(Unready { href, title: case.pair.title(), why: case.next_step() });
        }
    }
    let organization_name = school.short_name;
    Ok(OrderPage {
        layout,
        form,
        form_key: ids::form_key(),
        organization,
        organization_name,
        has_director,
        ready,
        unready,
    })
}
