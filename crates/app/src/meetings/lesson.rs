//! A card of a lesson: what is strong, one step, when to come back; the teacher's answer. Not an assessment, and without
//! names of children.

use askama::Template;
use nastavnik_documents::papers::LessonBlank;
use nastavnik_domain::meeting::{MeetingKind, child_name};
use serde::Serialize;
use uuid::Uuid;

use super::fields::{phrases, sentence};
use super::rules::rules;
use super::store::{self, Lesson, NewLesson, NewMeeting};
use super::{entry, seat};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, attachment, page};
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "meetings/lesson_new.html")]
struct LessonForm {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    teachers: Vec<Choice>,
    strengths: Vec<Choice>,
    steps: Vec<Choice>,
    names: Vec<Choice>,
    seen: String,
}

#[derive(Template)]
#[template(path = "meetings/lesson.html")]
struct LessonPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    lesson: Lesson,
    author: String,
    teacher: String,
    reader: Reader,
    seen: String,
}

/// Who reads a card.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// Whose lesson it was: answers.
    Teacher,
    Other,
}

#[derive(Serialize)]
struct Visited {
    held_on: chrono::NaiveDate,
}

/// What a lesson has at most.
const STRENGTHS: usize = 3;

fn crumbs(layout: &mut Layout, case: &Case) {
    let pair = case.pair.id;
    layout.crumbs = vec![
        Crumb::new(format!("/pairs/{pair}"), case.pair.title()),
        Crumb::new(format!("/pairs/{pair}/meetings"), "Встречи"),
    ];
}

/// The form, for whoever may write in this pair.
pub(super) async fn show_new(ctx: &Ctx, case: &Case) -> Outcome {
    let form = Form::blank().with("held_on", ctx.today.to_string());
    let others = teachers(ctx, case);
    let form = others.iter().take(1).fold(form, |form, one| form.with("teacher", one.value.clone()));
    page(&form_page(ctx, case, form).await?)
}

async fn form_page(ctx: &Ctx, case: &Case, form: Form) -> Outcome<LessonForm> {
    let rules = rules(ctx.today)?;
    let mut layout = ctx.layout("Карта посещения занятия").await?;
    crumbs(&mut layout, case);
    Ok(LessonForm {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/meetings"),
        form_key: ids::form_key(),
        pair: case.pair.id,
        teachers: teachers(ctx, case),
        strengths: phrases(&rules.strengths),
        steps: phrases(&rules.lesson_steps),
        names: names(),
        seen: entry::seen(case, ctx.actor().person.0),
        form,
    })
}

/// Whose lesson it may be: anybody else's of the pair.
fn teachers(ctx: &Ctx, case: &Case) -> Vec<Choice> {
    let me = ctx.actor().person.0;
    let others = case.pair.people().filter(|one| one.person != me);
    others.map(|one| Choice::new(one.person.to_string(), one.name.short())).collect()
}

fn names() -> Vec<Choice> {
    vec![Choice::new("yes", "Имени ребёнка здесь нет")]
}

pub(super) async fn record(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = seat::writing(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let Some(new) = read(&mut form, &ctx, &case)? else {
        return again(&form_page(&ctx, &case, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[id]).await?;
    let me = ctx.actor().person.0;
    let meeting = meeting_of(&change, &case, me, &new).await?;
    let lesson = store::add_lesson(change.tx(), change.now(), (id, meeting, me), &new).await?;
    let subject = ("pair", Some(id));
    let organization = Some(case.pair.organization);
    let payload = Visited { held_on: new.held_on };
    change.journal(Entry { kind: "lesson_recorded", subject, organization, payload: &payload }).await?;
    change.finish(&format!("/pairs/{id}/lessons/{lesson}"), "Карта записана").await
}

/// A visit of that day without a card is the one it is about; otherwise the card is the visit's first record.
async fn meeting_of(change: &Change, case: &Case, me: Uuid, new: &NewLesson) -> Outcome<Uuid> {
    let pair = case.pair.id;
    let cards = store::lessons_of(change.tx(), pair).await?;
    let that_day = store::on_day(change.tx(), pair, new.held_on).await?;
    let bare = |kind, id| kind == MeetingKind::LessonVisit && !cards.contains_key(&id);
    if let Some(found) = that_day.iter().find(|meeting| bare(meeting.kind, meeting.id)) {
        return Ok(found.id);
    }
    let visit = NewMeeting { pair, held_on: new.held_on, kind: MeetingKind::LessonVisit, by: me };
    Ok(store::add_meeting(change.tx(), change.now(), &visit).await?)
}

fn read(form: &mut Form, ctx: &Ctx, case: &Case) -> anyhow::Result<Option<NewLesson>> {
    let rules = rules(ctx.today)?;
    let held_on = form.required_date("held_on", "День");
    if held_on.is_some_and(|day| day > ctx.today || day < case.pair.period.from()) {
        form.error("held_on", "Занятие было в дни работы пары, не позже сегодняшнего: проверьте дату.");
    }
    let teacher = form.required_choice("teacher", "Чьё занятие", &teachers(ctx, case));
    let class_name = form.required_text("class_name", "Класс или группа", 40);
    let subject = form.required_text("subject", "Предмет", 100);
    let topic = form.optional_text("topic", "Тема", 200).unwrap_or_default();
    let strengths = strengths(form, &phrases(&rules.strengths));
    let step = sentence(form, "step", "Один шаг", &phrases(&rules.lesson_steps));
    if step.is_empty() {
        form.error("step", "Предложите один шаг: выберите готовый или напишите свой.");
    } else if step.contains("; ") && form.data().all("step_phrases").count() > 0 {
        form.error("step", "Шаг нужен один: оставьте самый важный.");
    }
    let back_on = form.optional_date("back_on", "Когда вернуться");
    if back_on.zip(held_on).is_some_and(|(back, held)| back < held) {
        form.error("back_on", "Вернуться можно после занятия: проверьте дату.");
    }
    if !form.ticked("no_names") {
        for name in ["topic", "strengths", "step"] {
            if let Some(found) = child_name(form.text(name)) {
                let words = format!(
                    "Похоже на имя ребёнка: «{found}». Уберите его или отметьте внизу, что это не ребёнок."
                );
                form.error(name, words);
            }
        }
    }
    let (Some(held_on), Some(teacher), Some(class_name), Some(subject), true) =
        (held_on, teacher.and_then(|id| id.parse().ok()), class_name, subject, form.is_valid())
    else {
        return Ok(None);
    };
    Ok(Some(NewLesson { held_on, teacher, class_name, subject, topic, strengths, step, back_on }))
}

/// Up to three, a line each.
fn strengths(form: &mut Form, offered: &[Choice]) -> String {
    let mut all = form.choices("strengths_phrases", "Сильные стороны", offered);
    let own = form.optional_paragraphs("strengths", "Сильные стороны", 600).unwrap_or_default();
    all.extend(own.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
    match all.len() {
        0 => form.error("strengths", "Назовите хотя бы одну сильную сторону: с неё начинается разговор."),
        1..=STRENGTHS => {}
        many => form.error("strengths", format!("Оставьте три самые важные стороны: сейчас их {many}.")),
    }
    all.join("\n")
}

async fn found(
    ctx: &Ctx,
    connection: &impl sea_orm::ConnectionTrait,
    (pair, id): (Uuid, Uuid),
) -> Outcome<(Case, Lesson)> {
    let case = seat::ring(ctx, connection, pair).await?.ok_or(AppError::NotFound)?;
    let lesson = store::lesson(connection, pair, id).await?.ok_or(AppError::NotFound)?;
    Ok((case, lesson))
}

pub(super) async fn show(ctx: Ctx, Path(ids): Path<(Uuid, Uuid)>) -> Outcome {
    let (case, lesson) = found(&ctx, ctx.app().db.reader(), ids).await?;
    let form =
        Form::blank().with("answer", lesson.answer.clone()).with("version", lesson.version.to_string());
    page(&lesson_page(&ctx, &case, lesson, form).await?)
}

async fn lesson_page(ctx: &Ctx, case: &Case, lesson: Lesson, form: Form) -> Outcome<LessonPage> {
    let mut layout = ctx.layout("Карта посещения занятия").await?;
    crumbs(&mut layout, case);
    let me = ctx.actor().person.0;
    Ok(LessonPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/meetings"),
        form,
        form_key: ids::form_key(),
        pair: case.pair.id,
        author: seat::name(case, lesson.author_id),
        teacher: seat::name(case, lesson.teacher_id),
        reader: if lesson.teacher_id == me { Reader::Teacher } else { Reader::Other },
        seen: entry::seen(case, me),
        lesson,
    })
}

/// The teacher answers.
pub(super) async fn answer(ctx: Ctx, Path(ids): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    seat::writing(&ctx, ctx.app().db.reader(), ids.0).await?;
    let (case, lesson) = found(&ctx, ctx.app().db.reader(), ids).await?;
    if lesson.teacher_id != ctx.actor().person.0 {
        return Err(AppError::Forbidden("Отвечает тот, чьё занятие посетили"));
    }
    let mut form = submitted.form.clone();
    let Some(answer) = form.required_paragraphs("answer", "Ваш ответ", 1000) else {
        return again(&lesson_page(&ctx, &case, lesson, form).await?);
    };
    let version = form.text("version").parse().unwrap_or(0);
    let change = ctx.change(&submitted).await?;
    if !store::answer_lesson(change.tx(), change.now(), lesson.id, (&answer, version)).await? {
        return Err(AppError::Conflict("Ответ уже изменили в другом окне. Откройте карту заново".to_owned()));
    }
    let subject = ("pair", Some(case.pair.id));
    let organization = Some(case.pair.organization);
    let payload = Visited { held_on: lesson.held_on };
    change.journal(Entry { kind: "lesson_answered", subject, organization, payload: &payload }).await?;
    change.finish(&format!("/pairs/{}/lessons/{}", case.pair.id, lesson.id), "Ответ записан").await
}

/// A blank to take to the lesson; its code leads to the form.
pub(super) async fn blank(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = seat::ring(&ctx, ctx.app().db.reader(), id).await?.ok_or(AppError::NotFound)?;
    let paper = LessonBlank {
        organization: case.pair.organization_name,
        record_url: format!("{}/pairs/{id}/meetings/new?form=visit", ctx.app().config.public_url),
    };
    let now = ctx.now;
    let made = tokio::task::spawn_blocking(move || paper.pdf(now)).await;
    let made = made.map_err(|error| AppError::Internal(error.into()))?;
    let content = made.map_err(|error| AppError::Internal(error.into()))?;
    attachment(content, "application/pdf", "Карта посещения занятия.pdf")
}

impl LessonPage {
    fn answers(&self) -> bool {
        self.reader == Reader::Teacher
    }
}

impl LessonForm {
    /// A look like a child's name was found: it may be somebody else's.
    fn asks_names(&self) -> bool {
        self.form.errors().iter().any(|error| error.message.starts_with("Похоже на имя"))
    }
}
