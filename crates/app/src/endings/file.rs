//! The personal file (D9): a mentor reads the mentee's file only while the mentorship is active, and the mentee sees
//! each reading. Opening is an action of its own that is recorded; what it opens stays readable for an hour.

use askama::Template;
use chrono::{DateTime, Duration, Utc};
use nastavnik_domain::category::Category;
use nastavnik_domain::person::{Education, FullName, Qualification};
use nastavnik_domain::russian::{experience, short};
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::note;
use super::store::{self, JobRow};
use crate::bank;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, filters};
use crate::kernel::web::{Ctx, Path, Submission, page};
use crate::pairs::{self, School};
use crate::papers::full_position;
use crate::people::since;

/// How long an opening lasts.
const OPEN: Duration = Duration::hours(1);

#[derive(Template)]
#[template(path = "endings/file.html")]
struct FilePage {
    layout: Layout,
    form_key: Uuid,
    pair: Uuid,
    person: Uuid,
    /// Nothing before it is opened.
    facts: Option<Facts>,
    until: String,
}

#[derive(Template)]
#[template(path = "endings/own_file.html")]
struct OwnPage {
    layout: Layout,
    facts: Facts,
    readings: Vec<Reading>,
}

/// What a personal file tells.
struct Facts {
    education: String,
    experience: String,
    jobs: Vec<String>,
    categories: String,
    courses: Vec<String>,
}

struct Reading {
    when: String,
    who: String,
}

pub(super) async fn show(ctx: Ctx, Path((pair, person)): Path<(Uuid, Uuid)>) -> Outcome {
    let reader = ctx.app().db.reader();
    let mentored = visible_mentee(&ctx, reader, pair, person).await?;
    let opened = store::last_reading(reader, ctx.actor().person.0, pair, person).await?;
    let until = opened.map(|at| at + OPEN).filter(|until| *until > ctx.now);
    let (facts, name) = facts(&ctx, reader, person, Some(mentored.organization)).await?;
    let mut layout = ctx.layout(&format!("Личное дело: {}", name.full())).await?;
    layout.crumbs =
        vec![Crumb::new("/pairs", "Пары и группы"), Crumb::new(format!("/pairs/{pair}"), "Карточка пары")];
    let zone = zone(reader, mentored.organization).await?;
    page(&FilePage {
        layout,
        form_key: ids::form_key(),
        pair,
        person,
        facts: until.is_some().then_some(facts),
        until: until.map_or_else(String::new, |at| at.with_timezone(&zone).format("%H:%M").to_string()),
    })
}

/// Opens the file: recorded first, shown afterwards.
pub(super) async fn open(
    ctx: Ctx,
    Path((pair, person)): Path<(Uuid, Uuid)>,
    submitted: Submission,
) -> Outcome {
    visible_mentee(&ctx, ctx.app().db.reader(), pair, person).await?;
    let change = ctx.change(&submitted).await?;
    visible_mentee(&ctx, change.tx(), pair, person).await?;
    let id = store::add_reading(&change, pair, person, ctx.actor().person.0).await?;
    note(&change, "personal_file_opened", ("personal_file_reading", id)).await?;
    change
        .finish(&format!("/pairs/{pair}/file/{person}"), "Личное дело открыто, запись об этом сделана")
        .await
}

/// One's own file and who has read it.
pub(super) async fn own(ctx: Ctx) -> Outcome {
    let (reader, me) = (ctx.app().db.reader(), ctx.actor().person.0);
    let (facts, _) = facts(&ctx, reader, me, None).await?;
    let mut readings = Vec::new();
    for row in store::readings(reader, me).await? {
        let zone = row.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
        let name = FullName::new(&row.surname, &row.given, row.patronymic.as_deref());
        readings.push(Reading { when: moment(row.read_at, zone), who: name.full() });
    }
    page(&OwnPage { layout: ctx.layout("Моё личное дело").await?, facts, readings })
}

fn moment(at: DateTime<Utc>, zone: chrono_tz::Tz) -> String {
    let at = at.with_timezone(&zone);
    format!("{}, {}", filters::long_date(at.date_naive()), at.format("%H:%M"))
}

async fn zone(connection: &impl ConnectionTrait, organization: Uuid) -> Outcome<chrono_tz::Tz> {
    let school = pairs::school(connection, organization).await?;
    Ok(school.as_ref().map_or(chrono_tz::Asia::Yekaterinburg, School::zone))
}

/// The mentorship in force today in which this person is the mentor and the other the mentee.
async fn visible_mentee(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    pair: Uuid,
    person: Uuid,
) -> Outcome<pairs::Mentored> {
    let me = ctx.actor().person.0;
    let found = pairs::in_force_with(connection, me, ctx.today).await?;
    found
        .into_iter()
        .find(|one| one.pair == pair && one.mentor == me && one.mentee == person)
        .ok_or(AppError::NotFound)
}

/// The facts of the staff record: for a mentor, jobs of the mentorship's organization and present ones elsewhere; what a
/// person did elsewhere before is opened by a consent of its own (decision 0009).
async fn facts(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    person: Uuid,
    organization: Option<Uuid>,
) -> Outcome<(Facts, FullName)> {
    let row = store::person(connection, person).await?.ok_or(AppError::NotFound)?;
    let mut jobs = store::jobs(connection, person).await?;
    jobs.retain(|job| {
        let is_present = job.ended_on.is_none_or(|day| day > ctx.today);
        is_present || organization.is_none_or(|here| here == job.organization_id)
    });
    let mut categories: Vec<Category> = Vec::new();
    let places: std::collections::BTreeSet<Uuid> = match organization {
        Some(here) => [here].into(),
        None => jobs.iter().map(|job| job.organization_id).collect(),
    };
    for place in places {
        let year = AcademicYear::of(ctx.today);
        categories.extend(bank::confirmed_categories(connection, person, place, year).await?);
    }
    categories.dedup();
    let taught = since(row.teaching_since, row.teaching_precision.as_deref());
    let education = row.education.as_deref().and_then(Education::from_code);
    Ok((
        Facts {
            education: education.map_or_else(String::new, |known| known.title().to_owned()),
            experience: taught.map_or_else(String::new, |day| experience(day.latest(), ctx.today).words()),
            jobs: jobs.iter().map(job).collect(),
            categories: categories.iter().map(|one| one.short()).collect::<Vec<_>>().join(", "),
            courses: store::courses(connection, person).await?,
        },
        FullName::new(&row.surname, &row.given, row.patronymic.as_deref()),
    ))
}

/// «учитель математики, МБОУ «СОШ №1», первая, с 01.09.2024».
fn job(row: &JobRow) -> String {
    let mut parts = vec![full_position(&row.position, row.subject.as_deref()), row.short_name.clone()];
    let qualification = row.qualification.as_deref().and_then(Qualification::from_code);
    parts.extend(qualification.map(|known| format!("категория: {}", known.title())));
    match (row.started_on, row.ended_on.and_then(|day| day.pred_opt())) {
        (Some(from), Some(to)) => parts.push(format!("{}\u{a0}– {}", short(from), short(to))),
        (Some(from), None) => parts.push(format!("с {}", short(from))),
        (None, Some(to)) => parts.push(format!("по {}", short(to))),
        (None, None) => {}
    }
    parts.join(", ")
}
