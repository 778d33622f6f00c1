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
use super::{amending, export, rules};
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::state::App;
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
    /// Who leaves the group while the others stay; empty when everything ends.
    leaves: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = found(&ctx, id).await?;
    page(&ending_page(&ctx, &case, filled(&ctx)).await?)
}

/// The form as the address fills it: an answer to a petition brings what is known already.
fn filled(ctx: &Ctx) -> Form {
    let today = ctx.today.to_string();
    let asked = |name: &str, usual: &str| match ctx.asked(name) {
        "" => usual.to_owned(),
        known => known.to_owned(),
    };
    ["by", "reason", "last_day", "leaves"]
        .into_iter()
        .fold(Form::blank().with("dated_on", today.clone()), |form, name| form.with(name, asked(name, "")))
        .with("notice_on", asked("notice_on", &today))
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
    let paper = match prepare(ctx.app(), &change, &fresh, dated_on, &facts).await? {
        Ok(paper) => paper,
        Err((field, text)) => {
            form.error(field, text);
            drop(change);
            return again(&ending_page(&ctx, &fresh, form).await?);
        }
    };
    change
        .finish(&format!("/papers/{paper}"), "Приказ о прекращении подготовлен и ждёт подписи руководителя")
        .await
}

/// Prepares the order that ends the mentorship, for this or another slice: the paper waits for the director's signature.
/// Otherwise tells the field to mend and the words. The pair is locked by the caller.
pub async fn prepare(
    app: &App,
    change: &Change,
    case: &Case,
    dated_on: chrono::NaiveDate,
    facts: &EndingFacts,
) -> anyhow::Result<Result<Uuid, (&'static str, String)>> {
    if let Some(order) = case.ending_order(facts.leaves) {
        return Ok(Err(("reason", format!("Приказ о прекращении уже есть: {}.", order.title()))));
    }
    if let Some(refusal) = rules::ending_refusal(case, facts)? {
        return Ok(Err(refusal));
    }
    let Some(maker) = issue::maker(change.tx(), case.pair.organization, dated_on).await? else {
        return Ok(Err(("dated_on", issue::NO_DIRECTOR.to_owned())));
    };
    let order = Order {
        organization: case.pair.organization,
        kind: if facts.leaves.is_some() { PaperKind::AmendingOrder } else { PaperKind::EndingOrder },
        dated_on,
        person: None,
        facts: Facts::Ending(facts.clone()),
        mentorships: vec![case.pair.id],
    };
    let paper = if let Some(person) = facts.leaves {
        let compose = |with: &_| amending::leaving(case, (person, facts), &maker, with);
        issue::issue(app, change, order, compose).await?
    } else {
        let compose = |with: &_| Ok(export::ending_order(case, facts, &maker, with)?);
        issue::issue(app, change, order, compose).await?
    };
    Ok(Ok(paper))
}

fn wish(form: &mut Form, ctx: &Ctx) -> Option<(chrono::NaiveDate, EndingFacts)> {
    let by = form.required_choice("by", "Кто завершает", &initiators());
    let reason = form.required_choice("reason", "Причина", &reasons());
    let notice_on = form.optional_date("notice_on", "Предупреждение");
    let last_day = form.required_date("last_day", "Последний день");
    let note = form.optional_text("note", "Пояснение", 200).unwrap_or_default();
    let dated_on = form.required_date("dated_on", "Дата приказа");
    let leaves = form.optional_uuid("leaves", "Кто выходит из группы");
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
        leaves,
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
        form_key: ids::form_key(),
        pair: id,
        initiators: initiators(),
        reasons: reasons(),
        earliest: earliest(ctx.today).unwrap_or_default(),
        leaves: leaving(case, &form).map_or_else(String::new, |mentee| mentee.name.full()),
        form,
    })
}

fn leaving<'a>(case: &'a Case, form: &Form) -> Option<&'a pairs::Participant> {
    let person: Uuid = form.text("leaves").parse().ok()?;
    case.pair.mentees.iter().find(|mentee| mentee.person == person)
}

/// «Предупредив сегодня, можно завершить 26.11.2026».
fn earliest(today: chrono::NaiveDate) -> Option<String> {
    let days = limits().ok()?.on(today).ok()?.value.notice_working_days;
    let day = earliest_last_day(today, days, &Calendar::bundled().ok()?).ok()?;
    Some(format!("Если предупредить сегодня, последний день – {} или позже.", short(day)))
}
