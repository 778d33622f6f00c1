//! Employments: another place of work, corrections, the end.

use askama::Template;
use chrono::{Days, NaiveDate};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{long, short};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::add;
use super::card;
use super::edit::{employers, only, stale_words};
use super::fields::{job_changes, job_form, qualifications, read_job};
use super::history::{Facts, entry};
use super::newcomer::employment;
use super::store::{self, JobRow};
use super::visible::{View, VisiblePerson};
use super::words::post;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::Layout;
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "people/job.html")]
struct JobPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    action: String,
    button: &'static str,
    cancel: String,
    version: i64,
    qualifications: Vec<Choice>,
    /// Where to employ; empty when the employment is in its organization already.
    organizations: Vec<Choice>,
    ending: Option<Ending>,
}

/// The form that ends an employment.
struct Ending {
    action: String,
    form_key: Uuid,
    /// «31 мая 2026 г.» when the end is set already.
    last_day: String,
}

pub(super) async fn show_new(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    let seen = employable(&ctx, reader, id).await?;
    let organizations = employers(&ctx, reader).await?;
    let form = Form::blank().with("organization", only(&organizations)).with("share_percent", "100");
    page(&new_page(&ctx, form, &seen, organizations).await?)
}

pub(super) async fn create(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let reader = ctx.app().db.reader();
    let seen = employable(&ctx, reader, id).await?;
    let organizations = employers(&ctx, reader).await?;
    let mut form = submitted.form.clone();
    let chosen = form.required_choice("organization", "Организация", &organizations);
    let typed = read_job(&mut form, ctx.today);
    let (Some(chosen), Some(typed)) = (chosen, typed) else {
        return again(&new_page(&ctx, form, &seen, organizations).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "person", id).await?;
    let seen = employable(&ctx, change.tx(), id).await?;
    if seen.person.archived_at.is_some() {
        return Err(AppError::Conflict("Работник в архиве. Сначала верните его из архива".to_owned()));
    }
    let organization: Uuid = chosen.parse().map_err(|_| AppError::NotFound)?;
    add::add_employment(change.tx(), &employment(id, organization, &typed)).await?;
    let place =
        organizations.iter().find(|choice| choice.value == chosen).map_or("", |choice| &*choice.title);
    let facts = Facts::about(format!("{}, {place}", post(&typed.position, typed.subject.as_deref())));
    change.journal(entry("employment_added", id, Some(organization), &facts)).await?;
    change.finish(&seen.person.href(), "Место работы добавлено").await
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let (job, seen) = allowed(&ctx, ctx.app().db.reader(), id).await?;
    let form = job_form(&job).with("last_day", job.last_day().map(|day| day.to_string()).unwrap_or_default());
    page(&job_page(&ctx, form, &job, &seen).await?)
}

pub(super) async fn update(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let (job, seen) = allowed(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let Some(typed) = read_job(&mut form, ctx.today) else {
        return again(&job_page(&ctx, form, &job, &seen).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "employment", id).await?;
    let (job, seen) = allowed(&ctx, change.tx(), id).await?;
    if form.text("version") != job.version.to_string() {
        form.error("position", stale_words(change.tx(), &seen).await?);
    }
    let began = typed.started.map(|since| since.date);
    if let (Some(began), Some(ended_on)) = (began, job.ended_on)
        && began >= ended_on
    {
        form.error("started", "Работа начинается позже, чем закончилась. Исправьте дату приёма.");
    }
    if !form.is_valid() {
        drop(change);
        return again(&job_page(&ctx, form, &job, &seen).await?);
    }
    let facts = Facts { about: about(&job), ..job_changes(&job, &typed) };
    if facts.changes.is_empty() {
        return change.finish(&seen.person.href(), "Ничего не изменилось").await;
    }
    add::update_employment(change.tx(), id, &employment(job.person_id, job.organization_id, &typed)).await?;
    change.journal(entry("employment_changed", job.person_id, Some(job.organization_id), &facts)).await?;
    change.finish(&seen.person.href(), "Место работы исправлено").await
}

/// Sets the last working day; an empty field takes away an end that was set by mistake.
pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let (job, seen) = allowed(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let last_day = read_last_day(&mut form, &job);
    if !form.is_valid() {
        return again(&job_page(&ctx, with_ending(job_form(&job), &form), &job, &seen).await?);
    }
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "person", job.person_id).await?;
    let (job, seen) = allowed(&ctx, change.tx(), id).await?;
    if seen.person.archived_at.is_some() {
        return Err(AppError::Conflict("Работник в архиве. Сначала верните его из архива".to_owned()));
    }
    let ended_on = last_day.and_then(|day| day.checked_add_days(Days::new(1)));
    store::set_ended(change.tx(), id, ended_on).await?;
    let words = |day: Option<NaiveDate>| day.map(short).unwrap_or_default();
    let facts =
        Facts::about(about(&job)).with("Последний рабочий день", words(job.last_day()), words(last_day));
    let kind = if last_day.is_some() { "employment_ended" } else { "employment_resumed" };
    change.journal(entry(kind, job.person_id, Some(job.organization_id), &facts)).await?;
    let ties = store::ties(change.tx(), job.person_id, ctx.today).await?;
    let notice = match last_day {
        None => "Работа продолжается",
        Some(_) if ties.mentors + ties.learns + ties.roles > 0 => {
            "Работа завершена. За человеком остались роли или наставничество: проверьте их на карточке"
        }
        Some(_) => "Работа завершена",
    };
    change.finish(&seen.person.href(), notice).await
}

/// The day typed. It may be left empty only to take back an end that is set.
fn read_last_day(form: &mut Form, job: &JobRow) -> Option<NaiveDate> {
    let label = "Последний рабочий день";
    let last_day = if job.ended_on.is_some() {
        form.optional_date("last_day", label)
    } else {
        form.required_date("last_day", label)
    };
    if let (Some(last_day), Some(started_on)) = (last_day, job.started_on)
        && last_day < started_on
    {
        form.error(
            "last_day",
            format!("Последний день раньше приёма ({}). Исправьте дату.", short(started_on)),
        );
    }
    last_day
}

/// The employment, if its person is visible and the one who asks may change staff there.
async fn allowed(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<(JobRow, VisiblePerson)> {
    let job = store::job(connection, id).await?.ok_or(AppError::NotFound)?;
    let seen = card::visible(ctx, connection, job.person_id).await?;
    if !seen.jobs.iter().any(|known| known.id == id) {
        return Err(AppError::NotFound);
    }
    ctx.require(Permission::EditStaff, &job.place())?;
    Ok((job, seen))
}

/// A person whom one of the asker's organizations may employ: also somebody who left it and comes back.
async fn employable(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<VisiblePerson> {
    let seen = card::visible(ctx, connection, id).await?;
    if seen.view == View::Partner {
        return Err(AppError::NotFound);
    }
    Ok(seen)
}

/// What was typed in the form of the ending, in the form of the page.
fn with_ending(page: Form, ending: &Form) -> Form {
    let mut form = page.with("last_day", ending.text("last_day"));
    for error in ending.errors() {
        form.error(&error.name, error.message.clone());
    }
    form
}

fn about(job: &JobRow) -> String {
    format!("{}, {}", post(&job.position, job.subject.as_deref()), job.short_name)
}

async fn new_page(
    ctx: &Ctx,
    form: Form,
    seen: &VisiblePerson,
    organizations: Vec<Choice>,
) -> Outcome<JobPage> {
    let href = seen.person.href();
    Ok(JobPage {
        layout: card::layout(ctx, seen, "Новое место работы").await?,
        form,
        form_key: ids::form_key(),
        action: format!("{href}/employments"),
        button: "Добавить место работы",
        cancel: href,
        version: 0,
        qualifications: qualifications(),
        organizations,
        ending: None,
    })
}

async fn job_page(ctx: &Ctx, form: Form, job: &JobRow, seen: &VisiblePerson) -> Outcome<JobPage> {
    let action = format!("/employments/{}", job.id);
    let ending = Ending {
        action: format!("{action}/ending"),
        form_key: ids::form_key(),
        last_day: job.last_day().map(long).unwrap_or_default(),
    };
    Ok(JobPage {
        layout: card::layout(ctx, seen, &about(job)).await?,
        form,
        form_key: ids::form_key(),
        action,
        button: "Сохранить",
        cancel: seen.person.href(),
        version: job.version,
        qualifications: qualifications(),
        organizations: Vec::new(),
        ending: Some(ending),
    })
}
