//! The curator decides about categories: one, several at once, by hand, and takes a decision back.

use std::collections::BTreeSet;

use nastavnik_domain::category::Category;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::year::AcademicYear;
use serde::Serialize;
use uuid::Uuid;

use super::mentee;
use super::mentees;
use super::needs::{self, Need, Standing};
use super::store::{self, NewDecision, Side, StaffFilter, Verdict, Whom};
use super::view;
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::web::{Ctx, Path, Submission, again, local_address};

/// Longest reason.
pub(super) const REASON: usize = 500;
/// The most boxes one form may send: ten pages of the list.
const MOST_CHOSEN: usize = 500;

#[derive(Serialize)]
struct Decided<'a> {
    person: Uuid,
    category: Category,
    year: AcademicYear,
    verdict: Verdict,
    reason: &'a str,
}

/// What a decision form asks for.
struct Typed {
    category: Category,
    verdict: Verdict,
    reason: Option<String>,
}

pub(super) async fn decide(ctx: Ctx, Path(person): Path<Uuid>, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let organization = form.text("organization").parse().ok();
    let need = mentee::visible(&ctx, ctx.app().db.reader(), person, organization).await?;
    ctx.require(Permission::DecideCategories, &need.worker.school.place)?;
    let Some(typed) = read(&mut form) else {
        return again(&mentee::mentee_page(&ctx, form, need).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "person", person).await?;
    let need = mentee::visible(&ctx, change.tx(), person, Some(need.worker.school.id)).await?;
    let Some(reason) = reason_for(&mut form, &need, &typed) else {
        drop(change);
        return again(&mentee::mentee_page(&ctx, form, need).await?);
    };
    write(&change, &need, (typed.category, typed.verdict), &reason, &ctx).await?;
    let to = format!("/bank/mentees/{person}?organization={}", need.worker.school.id);
    let notice = match typed.verdict {
        Verdict::Confirmed => "Категория подтверждена. Теперь можно подобрать наставника",
        Verdict::Declined => "Категория отклонена. Причина записана",
    };
    change.finish(&to, notice).await
}

fn read(form: &mut Form) -> Option<Typed> {
    let categories = Category::ALL.map(|category| Choice::new(category.code(), category.title()));
    let verdicts = [Verdict::Confirmed, Verdict::Declined].map(|verdict| Choice::new(verdict.code(), ""));
    let category = form.required_choice("category", "Категория", &categories);
    let verdict = form.required_choice("decision", "Решение", &verdicts);
    let reason = form.optional_paragraphs("reason", "Основание или причина", REASON);
    if verdict.as_deref() == Some(Verdict::Declined.code()) && reason.is_none() {
        form.error(
            "reason",
            "Напишите, почему наставник не нужен: без причины предложение не отклоняют (п. 1.4).",
        );
    }
    if !form.is_valid() {
        return None;
    }
    Some(Typed {
        category: Category::from_code(&category?)?,
        verdict: Verdict::from_code(&verdict?)?,
        reason,
    })
}

/// The reason to record, or what stands in the way written at its field.
fn reason_for(form: &mut Form, need: &Need, typed: &Typed) -> Option<String> {
    let entry = need.entry(typed.category);
    if let Some(decision) = entry.and_then(|entry| entry.decision.as_ref()) {
        let by = if decision.by.is_empty() { "другой куратор" } else { &decision.by };
        form.error(
            "category",
            format!("Решение об этой категории уже приняли ({by}). Отзовите его, если оно больше не верно."),
        );
        return None;
    }
    if entry.is_none() && typed.category != Category::NeedsNewSkill {
        form.error(
            "category",
            "Данные списка работников больше не говорят об этой категории. Если это ошибка, исправьте карточку работника.",
        );
        return None;
    }
    let reason = typed.reason.clone().or_else(|| entry.map(|entry| entry.proposal.clone()));
    if reason.is_none() {
        form.error(
            "reason",
            "Напишите, чему педагог хочет научиться: программа этого сама не видит (п. 1.4).",
        );
    }
    reason
}

/// Writes one decision with its line in the journal, which confirms the record as well; `false` if somebody was first.
pub(super) async fn write(
    change: &Change,
    need: &Need,
    (category, verdict): (Category, Verdict),
    reason: &str,
    ctx: &Ctx,
) -> Outcome<bool> {
    let (person, organization) = (need.worker.person, need.worker.school.id);
    let year = AcademicYear::of(ctx.today);
    let new = NewDecision { person, organization, category, year, verdict, reason };
    if !store::add_decision(change.tx(), change.now(), change.account(), &new).await? {
        return Ok(false);
    }
    let kind = match verdict {
        Verdict::Confirmed => "category_confirmed",
        Verdict::Declined => "category_declined",
    };
    let payload = Decided { person, category, year, verdict, reason };
    let subject = ("person", Some(person));
    change.journal(Entry { kind, subject, organization: Some(organization), payload: &payload }).await?;
    let whom = (person, organization);
    store::confirm(change.tx(), change.now(), change.account(), Side::Mentee, whom).await?;
    Ok(true)
}

pub(super) async fn confirm_chosen(ctx: Ctx, submitted: Submission) -> Outcome {
    let chosen: BTreeSet<_> =
        submitted.form.data().all("chosen").filter_map(view::read_chosen).take(MOST_CHOSEN + 1).collect();
    let problem = match chosen.len() {
        0 => "Отметьте хотя бы одну строку и нажмите «Подтвердить выбранных» ещё раз.",
        1..=MOST_CHOSEN => "",
        _ => "Отмечено слишком много строк. Подтвердите их несколькими частями.",
    };
    if !problem.is_empty() {
        return again(&mentees::mentees_page(&ctx, problem.to_owned()).await?);
    }
    let change = ctx.change(&submitted).await?;
    let people: BTreeSet<Uuid> = chosen.iter().map(|(person, _, _)| *person).collect();
    for person in &people {
        db::lock_row(change.tx(), "person", *person).await?;
    }
    let filter = StaffFilter { whom: Whom::People(people.into_iter().collect()), ..StaffFilter::default() };
    let reach = ctx.reach(Permission::ReadBank);
    let needs = needs::all(change.tx(), &reach, &filter, ctx.today).await?;
    let mut confirmed = 0_u64;
    for (person, organization, category) in &chosen {
        let same = |need: &&Need| need.worker.person == *person && need.worker.school.id == *organization;
        let need = needs.iter().find(same).ok_or(AppError::NotFound)?;
        ctx.require(Permission::DecideCategories, &need.worker.school.place)?;
        confirmed += u64::from(confirm(&ctx, &change, need, *category).await?);
    }
    let back = local_address(submitted.form.text("back"));
    let back = if back == "/" { "/bank/mentees" } else { back };
    change.finish(back, &told(confirmed, chosen.len())).await
}

/// Confirms a proposal in its own words, if it still waits for a decision.
async fn confirm(ctx: &Ctx, change: &Change, need: &Need, category: Category) -> Outcome<bool> {
    let Some(entry) = need.entry(category).filter(|entry| entry.standing() == Standing::Proposed) else {
        return Ok(false);
    };
    write(change, need, (category, Verdict::Confirmed), &entry.proposal, ctx).await
}

fn told(confirmed: u64, asked: usize) -> String {
    let done = format!(
        "Подтверждено: {}",
        nastavnik_domain::russian::count(confirmed, "предложение", "предложения", "предложений")
    );
    if usize::try_from(confirmed).is_ok_and(|confirmed| confirmed == asked) {
        return done;
    }
    format!("{done}. По остальным решение уже было принято или данные работника изменились")
}

pub(super) async fn take_back(ctx: Ctx, Path(person): Path<Uuid>, submitted: Submission) -> Outcome {
    let form = submitted.form.clone();
    let organization = form.text("organization").parse().ok();
    let need = mentee::visible(&ctx, ctx.app().db.reader(), person, organization).await?;
    ctx.require(Permission::DecideCategories, &need.worker.school.place)?;
    let Some(category) = Category::from_code(form.text("category")) else {
        return Err(AppError::BadRequest(
            "Не названа категория. Вернитесь на страницу педагога и повторите".to_owned(),
        ));
    };
    let organization = need.worker.school.id;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "person", person).await?;
    let need = mentee::visible(&ctx, change.tx(), person, Some(organization)).await?;
    let decision = need.entry(category).and_then(|entry| entry.decision.as_ref());
    let Some(decision) = decision else {
        return Err(AppError::Conflict(
            "Это решение уже отозвано. Откройте страницу педагога и проверьте, что получилось".to_owned(),
        ));
    };
    store::take_decision_back(change.tx(), person, organization, category, decision.year).await?;
    let subject = ("person", Some(person));
    let kind = "category_decision_withdrawn";
    change.journal(Entry { kind, subject, organization: Some(organization), payload: decision }).await?;
    let to = format!("/bank/mentees/{person}?organization={organization}");
    change.finish(&to, "Решение отозвано. Прежнее решение осталось в журнале").await
}
