//! Courses of a candidate (G8, ДК 2.0, 2.1): planned, passed with a certificate, called off.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::training::{Certificate, Course, Training, check_course, good_until};
use serde::Serialize;
use uuid::Uuid;

use super::members::Member;
use super::mentor::visible;
use super::rules::Rules;
use super::store::{self, CourseRow, NewCourse};
use super::view;
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, Tone, filters};
use crate::kernel::scans;
use crate::kernel::web::{Ctx, Path, Submission, again, attachment, page};

#[derive(Template)]
#[template(path = "bank/courses.html")]
struct CoursesPage {
    layout: Layout,
    tabs: Vec<Tab>,
    id: Uuid,
    tone: Tone,
    state: String,
    rows: Vec<Line>,
    may_edit: bool,
    years: u32,
    form: Form,
    /// Which planned course came back with mistakes, and its form.
    passing: (Option<Uuid>, Form),
}

/// A course as its line.
pub(super) struct Line {
    pub(super) row: CourseRow,
    /// «Пройден 12.03.2026, удостоверение действует до 12.03.2029».
    pub(super) when: String,
    pub(super) tone: Tone,
    pub(super) word: &'static str,
}

#[derive(Serialize)]
struct Recorded<'a> {
    person: Uuid,
    title: &'a str,
    planned_for: Option<NaiveDate>,
    passed_on: Option<NaiveDate>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let member = visible(&ctx, ctx.app().db.reader(), id).await?;
    page(&courses_page(&ctx, member, Form::blank(), (None, Form::blank())).await?)
}

/// Records a course: passed or planned.
pub(super) async fn add(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let member = visible(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::EditMentors, &member.school.place)?;
    let mut form = submitted.form.clone();
    let typed = read(&mut form, &submitted, &ctx, member.person);
    if member.ended_on.is_some() {
        form.error("title", "Кандидата вывели из банка: записать курс нельзя. Внесите его в банк заново.");
    }
    let scan = if form.is_valid() { scans::keep(&ctx, &submitted, &mut form).await? } else { None };
    let (Some(typed), true) = (typed, form.is_valid()) else {
        return again(&courses_page(&ctx, member, form, (None, Form::blank())).await?);
    };
    let change = ctx.change(&submitted).await?;
    let scan = scans::name(&change, scan.as_ref(), &submitted, member.school.id).await?;
    let new = NewCourse { scan, ..typed };
    let course = store::add_course(&change, &new).await?;
    let Course { planned_for, passed_on } = new.course;
    let payload = Recorded { person: member.person, title: &new.title, planned_for, passed_on };
    let subject = ("mentor_course", Some(course));
    let organization = Some(member.school.id);
    change
        .journal(Entry { kind: "mentor_course_recorded", subject, organization, payload: &payload })
        .await?;
    change.finish(&format!("/bank/mentors/{id}/courses"), "Курс записан").await
}

/// Reads the fields and asks the rule of the domain.
fn read(form: &mut Form, submitted: &Submission, ctx: &Ctx, person: Uuid) -> Option<NewCourse> {
    let title = form.required_text("title", "Курс", 200);
    let provider = form.required_text("provider", "Кто проводит", 200);
    let hours = form.optional_integer("hours", "Часов", 1..=1000);
    let passed_on = form.optional_date("passed_on", "Пройден");
    let planned_for = form.optional_date("planned_for", "Запланирован на");
    let certificate = form.optional_text("certificate", "Номер удостоверения", 60).unwrap_or_default();
    let course = Course { planned_for, passed_on };
    if form.is_valid() {
        refuse(form, course, shown(&certificate, submitted), ctx);
    }
    let (title, provider) = (title?, provider?);
    Some(NewCourse { person, title, provider, hours, course, certificate, scan: None })
}

/// A planned course has been passed.
pub(super) async fn pass(ctx: Ctx, Path((id, course)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let (member, row) = of_candidate(&ctx, id, course).await?;
    ctx.require(Permission::EditMentors, &member.school.place)?;
    let mut form = submitted.form.clone();
    let passed_on = form.required_date("passed_on", "Пройден");
    let certificate = form.optional_text("certificate", "Номер удостоверения", 60).unwrap_or_default();
    if form.is_valid() {
        let passed = Course { passed_on, ..row.course() };
        refuse(&mut form, passed, shown(&certificate, &submitted), &ctx);
    }
    let scan = if form.is_valid() { scans::keep(&ctx, &submitted, &mut form).await? } else { None };
    let (Some(passed_on), true) = (passed_on, form.is_valid()) else {
        return again(&courses_page(&ctx, member, Form::blank(), (Some(course), form)).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "mentor_course", course).await?;
    let scan = scans::name(&change, scan.as_ref(), &submitted, member.school.id).await?;
    if !store::pass_course(&change, course, passed_on, (&certificate, scan)).await? {
        return Err(AppError::Conflict(
            "Этот курс уже отметили пройденным или отменили. Откройте страницу заново".to_owned(),
        ));
    }
    let payload = Recorded {
        person: member.person,
        title: &row.title,
        planned_for: row.planned_for,
        passed_on: Some(passed_on),
    };
    let subject = ("mentor_course", Some(course));
    let organization = Some(member.school.id);
    change.journal(Entry { kind: "mentor_course_passed", subject, organization, payload: &payload }).await?;
    change.finish(&format!("/bank/mentors/{id}/courses"), "Курс отмечен пройденным").await
}

/// A course recorded by mistake, or a plan that came to nothing.
pub(super) async fn cancel(
    ctx: Ctx,
    Path((id, course)): Path<(Uuid, Uuid)>,
    submitted: Submission,
) -> Outcome {
    let (member, row) = of_candidate(&ctx, id, course).await?;
    ctx.require(Permission::EditMentors, &member.school.place)?;
    let change = ctx.change(&submitted).await?;
    if !store::cancel_course(&change, course).await? {
        return Err(AppError::Conflict("Этот курс уже убрали. Откройте страницу заново".to_owned()));
    }
    let payload = Recorded {
        person: member.person,
        title: &row.title,
        planned_for: row.planned_for,
        passed_on: row.passed_on,
    };
    let subject = ("mentor_course", Some(course));
    let organization = Some(member.school.id);
    change
        .journal(Entry { kind: "mentor_course_canceled", subject, organization, payload: &payload })
        .await?;
    change.finish(&format!("/bank/mentors/{id}/courses"), "Курс убран из записи").await
}

/// The scan of a certificate.
pub(super) async fn certificate(ctx: Ctx, Path((id, course)): Path<(Uuid, Uuid)>) -> Outcome {
    let (_, row) = of_candidate(&ctx, id, course).await?;
    scan_of(&ctx, &row).await
}

/// The scan of a course already found visible.
pub(super) async fn scan_of(ctx: &Ctx, row: &CourseRow) -> Outcome {
    let scan = row.scan_id.ok_or(AppError::NotFound)?;
    let file = files::find(ctx.app().db.reader(), scan).await?.ok_or(AppError::NotFound)?;
    let content = ctx.app().files.read(&file.sha256).await?;
    attachment(content, &file.media_type, &file.name)
}

async fn of_candidate(ctx: &Ctx, id: Uuid, course: Uuid) -> Outcome<(Member, CourseRow)> {
    let member = visible(ctx, ctx.app().db.reader(), id).await?;
    let row = member.courses.iter().find(|row| row.id == course).cloned().ok_or(AppError::NotFound)?;
    Ok((member, row))
}

fn shown(certificate: &str, submitted: &Submission) -> Certificate {
    if certificate.is_empty() && submitted.file("scan").is_none() {
        Certificate::Missing
    } else {
        Certificate::Shown
    }
}

fn refuse(form: &mut Form, course: Course, certificate: Certificate, ctx: &Ctx) {
    for error in check_course(&course, certificate, ctx.today).err().unwrap_or_default() {
        form.error(error.field(), format!("{error}."));
    }
}

async fn courses_page(
    ctx: &Ctx,
    member: Member,
    form: Form,
    passing: (Option<Uuid>, Form),
) -> Outcome<CoursesPage> {
    let mut layout = ctx.layout(&format!("Обучение: {}", member.name.full())).await?;
    layout.crumbs = vec![
        Crumb::new("/bank/mentors", "Кандидаты в наставники"),
        Crumb::new(format!("/bank/mentors/{}", member.id), member.name.full()),
    ];
    let years = Rules::load()?.selection(ctx.today)?.training_years;
    Ok(CoursesPage {
        layout,
        tabs: view::mentor_tabs(member.id, "/courses"),
        id: member.id,
        tone: tone(member.training),
        state: state_words(member.training),
        may_edit: member.ended_on.is_none()
            && ctx.actor().may_at(Permission::EditMentors, &member.school.place),
        rows: lines(member.courses, years, ctx.today),
        years,
        form,
        passing,
    })
}

pub(super) const fn tone(training: Training) -> Tone {
    match training {
        Training::Passed(_) => Tone::Done,
        Training::Planned(_) => Tone::Plan,
        Training::Expired(_) | Training::Absent => Tone::Wait,
    }
}

/// «запланировано на 1 февраля 2027 г.».
pub(super) fn state_words(training: Training) -> String {
    let day = |day: NaiveDate| filters::long_date(day);
    match training {
        Training::Passed(last) => format!("пройдено, удостоверение действует до {}", day(last)),
        Training::Planned(on) => format!("запланировано на {}", day(on)),
        Training::Expired(last) => format!("срок удостоверения вышел {}", day(last)),
        Training::Absent => "курса пока нет".to_owned(),
    }
}

/// Courses with their state in words.
pub(super) fn lines(rows: Vec<CourseRow>, years: u32, today: NaiveDate) -> Vec<Line> {
    rows.into_iter().map(|row| line(row, years, today)).collect()
}

fn line(row: CourseRow, years: u32, today: NaiveDate) -> Line {
    let day = filters::long_date;
    let (when, tone, word) = match (row.passed_on, row.planned_for) {
        (Some(passed), _) => {
            let last = good_until(passed, years);
            let (tone, word) = if last >= today {
                (Tone::Done, "пройден")
            } else {
                (Tone::Wait, "срок вышел")
            };
            (format!("{}, действует до {}", day(passed), day(last)), tone, word)
        }
        (None, Some(planned)) if planned >= today => (format!("на {}", day(planned)), Tone::Plan, "в плане"),
        (None, planned) => {
            let when = planned.map_or_else(String::new, |planned| format!("был намечен на {}", day(planned)));
            (when, Tone::Wait, "отметьте прохождение")
        }
    };
    Line { row, when, tone, word }
}

/// A new key for each form of the page, and the form of a planned course.
impl CoursesPage {
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }

    /// Whether the form of this course came back with mistakes.
    fn is_wrong(&self, course: &Uuid) -> bool {
        self.passing.0.as_ref() == Some(course)
    }
}
