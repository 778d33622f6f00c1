//! «Подтверждено»: somebody looked at records of the bank and found them right (A6, п. 4.1.2).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::russian;
use serde::Serialize;
use uuid::Uuid;

use super::mark::Mark;
use super::members::{self, Member};
use super::needs::{self, Need};
use super::store::{self, Side, StaffFilter, Whom};
use super::{mentee, mentees, mentor, mentors, view};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission, again, local_address};

/// The most boxes one form may send: ten pages of the list.
const MOST_CHOSEN: usize = 500;

#[derive(Serialize)]
struct Renewed {
    person: Uuid,
    /// The confirmation before.
    before: NaiveDate,
}

/// What the form of a list asks for.
enum Asked {
    /// Everything that passes the filters of the address.
    All,
    Chosen(BTreeSet<String>),
    /// Nothing that can be done, and why.
    Wrong(&'static str),
}

pub(super) async fn renew_mentees(ctx: Ctx, submitted: Submission) -> Outcome {
    let asked = asked(&submitted);
    if let Asked::Wrong(problem) = asked {
        return again(&mentees::mentees_page(&ctx, problem.to_owned()).await?);
    }
    let change = ctx.change(&submitted).await?;
    let mut records = match asked {
        Asked::Chosen(values) => chosen_needs(&ctx, &change, &values).await?,
        _ => within(mentees::found(&ctx, change.tx()).await?, &ctx.reach(Permission::EditBank)),
    };
    records.sort_by_key(|need| (need.worker.person, need.worker.school.id));
    let mut renewed = 0;
    for need in &records {
        renewed += u64::from(renew_need(&change, need, ctx.today).await?);
    }
    change.finish(&back(&submitted, "/bank/mentees"), &told(renewed)).await
}

pub(super) async fn renew_mentors(ctx: Ctx, submitted: Submission) -> Outcome {
    let asked = asked(&submitted);
    if let Asked::Wrong(problem) = asked {
        return again(&mentors::mentors_page(&ctx, problem.to_owned()).await?);
    }
    let change = ctx.change(&submitted).await?;
    let mut records = match asked {
        Asked::Chosen(values) => chosen_members(&ctx, &change, &values).await?,
        _ => mentors::found(&ctx, change.tx()).await?,
    };
    let reach = ctx.reach(Permission::EditBank);
    records.retain(|member| reach.covers(&member.school.place));
    records.sort_by_key(|member| (member.person, member.school.id));
    let mut renewed = 0;
    for member in &records {
        renewed += u64::from(renew_member(&change, member, ctx.today).await?);
    }
    change.finish(&back(&submitted, "/bank/mentors"), &told(renewed)).await
}

pub(super) async fn renew_mentee(ctx: Ctx, Path(person): Path<Uuid>, submitted: Submission) -> Outcome {
    let organization = submitted.form.text("organization").parse().ok();
    let need = mentee::visible(&ctx, ctx.app().db.reader(), person, organization).await?;
    ctx.require(Permission::EditBank, &need.worker.school.place)?;
    let change = ctx.change(&submitted).await?;
    if need.mark.is_none() {
        return Err(AppError::Conflict(
            "Этого педагога ещё нет в банке. Сначала примите решение о категории: оно и будет подтверждением"
                .to_owned(),
        ));
    }
    renew_need(&change, &need, ctx.today).await?;
    let to = format!("/bank/mentees/{person}?organization={}", need.worker.school.id);
    change.finish(&to, "Запись подтверждена на год").await
}

pub(super) async fn renew_mentor(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let member = mentor::visible(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::EditBank, &member.school.place)?;
    let change = ctx.change(&submitted).await?;
    if member.ended_on.is_some() {
        return Err(AppError::Conflict(
            "Кандидата вывели из банка, подтверждать нечего. При необходимости внесите его заново".to_owned(),
        ));
    }
    renew_member(&change, &member, ctx.today).await?;
    change.finish(&format!("/bank/mentors/{id}"), "Запись подтверждена на год").await
}

fn asked(submitted: &Submission) -> Asked {
    if submitted.form.ticked("all") {
        return Asked::All;
    }
    let values: BTreeSet<String> =
        submitted.form.data().all("record").take(MOST_CHOSEN + 1).map(str::to_owned).collect();
    match values.len() {
        0 => Asked::Wrong("Отметьте хотя бы одну запись и нажмите «Подтвердить выбранные записи» ещё раз."),
        1..=MOST_CHOSEN => Asked::Chosen(values),
        _ => Asked::Wrong("Отмечено слишком много строк. Подтвердите их несколькими частями."),
    }
}

async fn chosen_needs(ctx: &Ctx, change: &Change, values: &BTreeSet<String>) -> Outcome<Vec<Need>> {
    let wanted: BTreeSet<(Uuid, Uuid)> = values
        .iter()
        .map(|value| view::read_record(value).ok_or(AppError::NotFound))
        .collect::<Outcome<_>>()?;
    let people: BTreeSet<Uuid> = wanted.iter().map(|(person, _)| *person).collect();
    let filter = StaffFilter { whom: Whom::People(people.into_iter().collect()), ..StaffFilter::default() };
    let mut needs = needs::all(change.tx(), &ctx.reach(Permission::ReadBank), &filter, ctx.today).await?;
    needs.retain(|need| wanted.contains(&(need.worker.person, need.worker.school.id)));
    if needs.len() != wanted.len() {
        return Err(AppError::NotFound);
    }
    for need in &needs {
        ctx.require(Permission::EditBank, &need.worker.school.place)?;
    }
    Ok(needs)
}

async fn chosen_members(ctx: &Ctx, change: &Change, values: &BTreeSet<String>) -> Outcome<Vec<Member>> {
    let wanted: BTreeSet<Uuid> =
        values.iter().map(|value| value.parse().map_err(|_| AppError::NotFound)).collect::<Outcome<_>>()?;
    let reach = ctx.reach(Permission::ReadBank);
    let mut members = members::all(change.tx(), &reach, &StaffFilter::default(), ctx.today).await?;
    members.retain(|member| wanted.contains(&member.id));
    if members.len() != wanted.len() {
        return Err(AppError::NotFound);
    }
    for member in &members {
        ctx.require(Permission::EditBank, &member.school.place)?;
    }
    Ok(members)
}

fn within(mut needs: Vec<Need>, reach: &Reach) -> Vec<Need> {
    needs.retain(|need| need.mark.is_some() && reach.covers(&need.worker.school.place));
    needs
}

/// Confirms the record of a mentee; `false` if that was done today already or there is no record yet.
pub(super) async fn renew_need(change: &Change, need: &Need, today: NaiveDate) -> Outcome<bool> {
    let Some(mark) = &need.mark else { return Ok(false) };
    renew(change, Side::Mentee, (need.worker.person, need.worker.school.id), mark, today).await
}

/// Confirms the record of a candidate; `false` if that was done today already.
pub(super) async fn renew_member(change: &Change, member: &Member, today: NaiveDate) -> Outcome<bool> {
    renew(change, Side::Mentor, (member.person, member.school.id), &member.mark, today).await
}

async fn renew(
    change: &Change,
    side: Side,
    whom: (Uuid, Uuid),
    mark: &Mark,
    today: NaiveDate,
) -> Outcome<bool> {
    if mark.on >= today {
        return Ok(false);
    }
    store::confirm(change.tx(), change.now(), change.account(), side, whom).await?;
    let kind = match side {
        Side::Mentee => "mentee_record_confirmed",
        Side::Mentor => "mentor_record_confirmed",
    };
    let payload = Renewed { person: whom.0, before: mark.on };
    let subject = ("person", Some(whom.0));
    change.journal(Entry { kind, subject, organization: Some(whom.1), payload: &payload }).await?;
    Ok(true)
}

fn back(submitted: &Submission, list: &str) -> String {
    let asked = local_address(submitted.form.text("back"));
    if asked == "/" { list.to_owned() } else { asked.to_owned() }
}

fn told(renewed: u64) -> String {
    match renewed {
        0 => "Подтверждать нечего: эти записи уже подтверждены сегодня".to_owned(),
        _ => format!("Подтверждено: {}", russian::count(renewed, "запись", "записи", "записей")),
    }
}
