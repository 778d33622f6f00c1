//! One candidate: facts, terms, achievements with evidence, mentorships, and what happened when.

use std::collections::BTreeSet;

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::period;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::life::{self, Event};
use super::listing_up::NOTE;
use super::members::{self, Member};
use super::store::{self, Side};
use super::terms::{self, Offer, TermsOf};
use super::view;
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "bank/mentor.html")]
pub(super) struct MentorPage {
    layout: Layout,
    tabs: Vec<Tab>,
    member: Member,
    /// The form of terms and the form of an achievement: one of them may have come back with mistakes.
    terms: Form,
    achievement: Form,
    offer: Offer,
    may_edit: bool,
    /// Whether this reader may confirm the record.
    may_renew: bool,
    running: Vec<Line>,
    past: Vec<Line>,
    /// Mentorships in organizations this reader does not see: counted among the taken places.
    elsewhere: u64,
    events: Vec<Event>,
}

/// A mentorship as a line.
struct Line {
    href: String,
    mentees: String,
    period: String,
    is_joining: bool,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let member = visible(&ctx, ctx.app().db.reader(), id).await?;
    let terms = first_terms(&member);
    page(&mentor_page(&ctx, member, terms, Form::blank()).await?)
}

pub(super) async fn update(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let member = visible(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::EditMentors, &member.school.place)?;
    let mut form = submitted.form.clone();
    let note = form.optional_paragraphs("note", "Примечание", NOTE).unwrap_or_default();
    let Some(terms) = terms::read(&mut form, &ctx)? else {
        return again(&mentor_page(&ctx, member, form, Form::blank()).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "mentor_candidate", id).await?;
    let version = form.text("version").parse().unwrap_or(0);
    if !store::set_candidate(&change, (id, version), &terms, &note).await? {
        let member = visible(&ctx, change.tx(), id).await?;
        let who = store::last_change(change.tx(), id).await?.unwrap_or_else(|| "другой куратор".to_owned());
        drop(change);
        form.error("capacity", stale(&member, &who));
        return again(&mentor_page(&ctx, member, form, Form::blank()).await?);
    }
    let payload = TermsOf { person: member.person, terms: &terms };
    let subject = ("mentor_candidate", Some(id));
    let organization = Some(member.school.id);
    change
        .journal(Entry { kind: "mentor_candidate_changed", subject, organization, payload: &payload })
        .await?;
    let whom = (member.person, member.school.id);
    store::confirm(change.tx(), change.now(), change.account(), Side::Mentor, whom).await?;
    change.finish(&format!("/bank/mentors/{id}"), "Изменения сохранены").await
}

/// What to say to somebody whose edit came too late.
pub(super) fn stale(member: &Member, who: &str) -> String {
    match member.ended_on {
        Some(_) => {
            "Кандидата уже вывели из банка, изменить его нельзя. При необходимости внесите его заново."
                .to_owned()
        }
        None => format!(
            "Пока вы правили, карточку сохранил другой человек: {who}. Сейчас записано мест: {}. Введённое вами осталось в \
             форме: сверьте его и сохраните ещё раз, чтобы записать поверх.",
            member.capacity
        ),
    }
}

pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let member = visible(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::EditMentors, &member.school.place)?;
    let change = ctx.change(&submitted).await?;
    if !store::end_candidate(change.tx(), id, ctx.today).await? {
        return Err(AppError::Conflict(
            "Кандидата уже вывели из банка. Откройте его страницу заново".to_owned(),
        ));
    }
    let payload = TermsOf { person: member.person, terms: &member.terms };
    let subject = ("mentor_candidate", Some(id));
    let organization = Some(member.school.id);
    change
        .journal(Entry { kind: "mentor_candidate_ended", subject, organization, payload: &payload })
        .await?;
    change.finish("/bank/mentors", "Кандидат выведен из банка. Его действующие пары продолжаются").await
}

/// The candidate within reach.
pub(super) async fn visible(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Member> {
    let reach = ctx.reach(Permission::ReadBank);
    members::visible(connection, &reach, id, ctx.today).await?.ok_or(AppError::NotFound)
}

/// The terms as they stand, for the first showing.
pub(super) fn first_terms(member: &Member) -> Form {
    terms::filled(&member.terms).with("note", member.note.clone())
}

pub(super) async fn mentor_page(
    ctx: &Ctx,
    member: Member,
    terms: Form,
    achievement: Form,
) -> Outcome<MentorPage> {
    let mut layout = ctx.layout(&member.name.full()).await?;
    layout.crumbs = vec![Crumb::new("/bank/mentors", "Кандидаты в наставники")];
    let may_edit =
        member.ended_on.is_none() && ctx.actor().may_at(Permission::EditMentors, &member.school.place);
    let may_renew =
        member.ended_on.is_none() && ctx.actor().may_at(Permission::EditBank, &member.school.place);
    let own = |mentoring: &&store::Mentoring| mentoring.organization == member.school.id;
    let seen: Vec<_> = member.mentorings.iter().filter(own).collect();
    let lines = |over: bool| -> Vec<Line> {
        seen.iter()
            .filter(|mentoring| mentoring.is_over(ctx.today) == over)
            .map(|found| line(found))
            .collect()
    };
    let elsewhere = member.mentorings.iter().filter(|found| !own(found) && !found.is_over(ctx.today));
    let elsewhere: BTreeSet<Uuid> = elsewhere.map(|found| found.id).collect();
    Ok(MentorPage {
        layout,
        tabs: view::mentor_tabs(member.id, ""),
        terms,
        achievement,
        offer: Offer::of(ctx)?,
        may_edit,
        may_renew,
        running: lines(false),
        past: lines(true),
        elsewhere: super::front::number(elsewhere.iter()),
        events: life::events(ctx.app().db.reader(), &member).await?,
        member,
    })
}

fn line(mentoring: &store::Mentoring) -> Line {
    let names: Vec<String> = mentoring.mentees.iter().map(|(_, name)| name.short()).collect();
    let last = mentoring.gone_on.and_then(|gone| gone.pred_opt()).map_or(mentoring.ends_on, |last| last);
    Line {
        href: format!("/pairs/{}", mentoring.id),
        mentees: names.join(", "),
        period: period(mentoring.came_on, last.max(mentoring.came_on)),
        is_joining: mentoring.is_joining,
    }
}

/// What the template asks of an achievement's evidence.
impl MentorPage {
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }

    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn day(&self, day: Option<&NaiveDate>) -> String {
        day.map_or_else(|| "дата не указана".to_owned(), |day| crate::kernel::filters::long_date(*day))
    }
}
