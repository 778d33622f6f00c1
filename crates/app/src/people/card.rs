//! The card of a person: as much of it as the reader may see.

use askama::Template;
use chrono::NaiveDate;
use chrono_tz::Tz;
use nastavnik_domain::period::Since;
use nastavnik_domain::person::{Education, Gender};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use nastavnik_domain::russian::{long, short};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::history::{self, Event};
use super::past::{self, Past};
use super::store::{self, JobRow};
use super::visible::{Elsewhere, View, VisiblePerson, visible_person};
use super::words::{experience_words, post, since_text};
use crate::kernel::clock::local_day;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::registry::refusal;
use crate::kernel::web::{Ctx, Path, page};

/// So many entries of the journal are shown on the card.
const MOST_EVENTS: u64 = 50;

#[derive(Template)]
#[template(path = "people/card.html")]
struct CardPage {
    layout: Layout,
    id: Uuid,
    view: View,
    facts: Vec<(&'static str, String)>,
    phone: String,
    /// The digits alone, for `tel:`.
    phone_link: String,
    email: String,
    present: Vec<JobLine>,
    past: Vec<JobLine>,
    roles: Vec<RoleLine>,
    /// Mentoring here and, by consent, elsewhere.
    past_life: Past,
    /// Where the numbers of mentoring open, if they may be opened.
    pairs_href: Option<String>,
    bank_href: Option<String>,
    consents_href: Option<String>,
    may_edit: bool,
    may_employ: bool,
    archived_on: Option<NaiveDate>,
    form_key: Uuid,
    /// `None`: the journal is not this reader's to see.
    events: Option<Vec<Event>>,
}

struct JobLine {
    id: Uuid,
    title: String,
    organization: String,
    note: String,
    term: String,
    may_edit: bool,
}

struct RoleLine {
    title: &'static str,
    organization: String,
    act: String,
    term: String,
    is_over: bool,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    let seen = visible(&ctx, reader, id).await?;
    let zone = zone(&seen);
    let has_all = matches!(seen.view, View::Own | View::Staff);
    let past_life = if has_all { past::load(&ctx, reader, &seen).await? } else { Past::default() };
    let events = events(&ctx, &seen, zone).await?;
    let lines = |open: bool| {
        let jobs = seen.jobs.iter().filter(|job| job.is_open(ctx.today) == open);
        jobs.map(|job| job_line(&ctx, job)).collect::<Vec<_>>()
    };
    let has_contacts = has_all || seen.view == View::Partner;
    let contact = |text: &Option<String>| text.clone().filter(|_| has_contacts).unwrap_or_default();
    let link =
        |permission, list| seen.allows(ctx.actor(), permission).then(|| format!("/{list}?person={id}"));
    let phone = contact(&seen.person.phone);
    page(&CardPage {
        layout: layout(&ctx, &seen, &seen.person.name().full()).await?,
        id,
        view: seen.view,
        facts: facts(&ctx, &seen),
        phone_link: phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect(),
        phone,
        email: contact(&seen.person.email),
        present: lines(true),
        past: lines(false),
        roles: past_life.roles.iter().map(|role| role_line(role, ctx.today)).collect(),
        past_life,
        pairs_href: link(Permission::ReadPairs, "pairs"),
        bank_href: link(Permission::ReadBank, "bank"),
        consents_href: seen
            .allows(ctx.actor(), Permission::ReadConsents)
            .then(|| format!("/consents/people/{id}")),
        may_edit: seen.allows(ctx.actor(), Permission::EditStaff),
        may_employ: seen.view != View::Partner && ctx.actor().may_somewhere(Permission::EditStaff),
        archived_on: seen.person.archived_at.map(|at| local_day(at, zone)),
        form_key: ids::form_key(),
        events,
    })
}

/// The journal of the person for those who keep the staff list; without the consent to continuity, of the places
/// within their reach.
async fn events(ctx: &Ctx, seen: &VisiblePerson, zone: Tz) -> Outcome<Option<Vec<Event>>> {
    if seen.view != View::Staff || !seen.allows(ctx.actor(), Permission::ReadStaff) {
        return Ok(None);
    }
    let reach = ctx.reach(Permission::ReadPerson);
    let is_open = seen.elsewhere == Elsewhere::Open;
    let mut rows = store::events(ctx.app().db.reader(), seen.id.0, MOST_EVENTS).await?;
    rows.retain(|row| is_open || row.place().is_none_or(|place| reach.covers(&place)));
    Ok(Some(history::events(&rows, zone)))
}

/// The person, if the one who asks may see them.
pub(super) async fn visible(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Outcome<VisiblePerson> {
    visible_person(connection, ctx.actor(), id.into(), ctx.today).await?.ok_or(AppError::NotFound)
}

/// The person, if the one who asks may see and change them.
pub(super) async fn editable(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Outcome<VisiblePerson> {
    let seen = visible(ctx, connection, id).await?;
    if seen.allows(ctx.actor(), Permission::EditStaff) {
        return Ok(seen);
    }
    Err(refusal(Permission::EditStaff))
}

/// The frame of a page about a person.
pub(super) async fn layout(ctx: &Ctx, seen: &VisiblePerson, title: &str) -> Outcome<Layout> {
    let mut layout = ctx.layout(title).await?;
    if ctx.actor().may_somewhere(Permission::ReadStaff) {
        layout.crumbs.push(Crumb::new("/people", "Работники"));
    }
    if title != seen.person.name().full() {
        layout.crumbs.push(Crumb::new(seen.person.href(), seen.person.name().short()));
    }
    Ok(layout)
}

/// The zone of the place where the person works: their days are counted by its clock.
pub(super) fn zone(seen: &VisiblePerson) -> Tz {
    let own = seen.jobs.iter().find(|job| seen.home.contains(&job.place())).or_else(|| seen.jobs.first());
    let named = own.and_then(|job| job.time_zone.as_deref()).and_then(|name| name.parse().ok());
    named.unwrap_or(chrono_tz::Asia::Yekaterinburg)
}

pub(super) const fn gender_words(gender: Gender) -> &'static str {
    match gender {
        Gender::Female => "женский",
        Gender::Male => "мужской",
    }
}

fn facts(ctx: &Ctx, seen: &VisiblePerson) -> Vec<(&'static str, String)> {
    if matches!(seen.view, View::Partner | View::Former) {
        return Vec::new();
    }
    let person = &seen.person;
    let education = person.education.as_deref().and_then(Education::from_code).map_or("", Education::title);
    vec![
        ("Пол", gender_words(person.gender()).to_owned()),
        ("Дата рождения", person.born_on.map(long).unwrap_or_default()),
        ("Образование", education.to_owned()),
        ("Педагогический опыт", taught(person.teaching_since(), ctx.today)),
    ]
}

/// «12 лет 2 месяца, с 01.09.2014».
fn taught(since: Option<Since>, today: NaiveDate) -> String {
    let words = experience_words(since, today);
    match since {
        Some(since)
            if since.precision != nastavnik_domain::period::Precision::Year && since.date <= today =>
        {
            format!("{words}, с\u{a0}{}", since_text(since))
        }
        _ => words,
    }
}

fn job_line(ctx: &Ctx, job: &JobRow) -> JobLine {
    let mut notes: Vec<String> =
        job.qualification().map(|known| format!("категория: {}", known.title())).into_iter().collect();
    if job.share_percent != 100 {
        notes.push(format!("{}\u{a0}% ставки", job.share_percent));
    }
    let from = job.started().map(|since| format!("с\u{a0}{}", since_text(since)));
    let to = job.last_day().map(|day| format!("по\u{a0}{}", short(day)));
    let term = [from, to].into_iter().flatten().collect::<Vec<_>>().join(" ");
    JobLine {
        id: job.id,
        title: post(&job.position, job.subject.as_deref()),
        organization: job.short_name.clone(),
        note: notes.join(", "),
        term: if term.is_empty() { "срок не указан".to_owned() } else { term },
        may_edit: ctx.actor().may_at(Permission::EditStaff, &job.place()),
    }
}

fn role_line(row: &store::RoleRow, today: NaiveDate) -> RoleLine {
    let to = row.ended_on.and_then(|day| day.pred_opt()).map(|day| format!(" по\u{a0}{}", short(day)));
    RoleLine {
        title: Role::from_code(&row.role).map_or("роль", Role::title),
        act: format!("№\u{a0}{} от {}", row.act_number, short(row.act_on)),
        term: format!("с\u{a0}{}{}", short(row.started_on), to.unwrap_or_default()),
        is_over: row.is_over(today),
        organization: row.short_name.clone(),
    }
}
