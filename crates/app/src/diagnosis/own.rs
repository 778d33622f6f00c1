//! One's own diagnosis: what is offered now, beginning, refusing, taking a refusal back.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::competence::{View, Wave};
use nastavnik_domain::russian::search_key;
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::completion::{self, Fact};
use super::fill;
use super::rules;
use super::saving::{self, closed};
use super::sheet::{Sheet, State};
use super::store::{self, NewSheet};
use super::visible::{Door, visible};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form, FormData};
use crate::kernel::ids;
use crate::kernel::page::{Layout, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs;
use crate::people;

#[derive(Template)]
#[template(path = "diagnosis/own.html")]
struct OwnPage {
    layout: Layout,
    form: Form,
    /// Works somewhere: otherwise there is nothing to begin.
    is_employed: bool,
    offers: Vec<Offer>,
    sheets: Vec<Sheet>,
    /// Views of this person by others.
    views: Vec<Sheet>,
    /// Views that others wait for from this person.
    asked: Vec<Sheet>,
    /// What was typed to find a colleague, and who was found.
    typed: String,
    colleagues: Vec<Choice>,
}

/// A wave that may be begun today.
struct Offer {
    wave: Wave,
    count: usize,
    minutes: usize,
    sheet: Option<Sheet>,
}

impl OwnPage {
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}

/// Seconds an item takes: a statement read, one of four pressed.
const SECONDS: usize = 13;

pub(super) async fn show(ctx: Ctx) -> Outcome {
    page(&own_page(&ctx, Form::blank()).await?)
}

/// The same page with mistakes of the form on it.
pub(super) async fn show_again(ctx: &Ctx, form: Form) -> Outcome {
    again(&own_page(ctx, form).await?)
}

async fn own_page(ctx: &Ctx, form: Form) -> Outcome<impl Template> {
    let reader = ctx.app().db.reader();
    let person = ctx.actor().person.0;
    let questionnaire = rules::questionnaire(ctx.today)?;
    let organization = place(reader, person, ctx.today).await?;
    let (sheets, views): (Vec<_>, Vec<_>) =
        store::own(reader, person).await?.into_iter().partition(|sheet| sheet.view == View::Own);
    let year = AcademicYear::of(ctx.today);
    let offer = |wave| {
        let count = questionnaire.items(wave).count();
        let sheet = sheets.iter().find(|sheet| sheet.year == year && sheet.wave == wave).cloned();
        Offer { wave, count, minutes: (count * SECONDS).div_ceil(60), sheet }
    };
    let offers = Wave::offered(ctx.today, &questionnaire.limits).into_iter().map(offer).collect();
    let colleagues = match organization {
        Some(organization) => colleagues(ctx, reader, (organization, person)).await?,
        None => Vec::new(),
    };
    Ok(OwnPage {
        layout: ctx.layout("Самодиагностика").await?,
        form,
        is_employed: organization.is_some(),
        offers,
        sheets,
        // An open view of a mentor is the mentor's draft.
        views: views.into_iter().filter(|view| view.view == View::Expert || !view.is_open()).collect(),
        asked: store::asked_of(reader, person).await?,
        typed: ctx.asked("colleague").trim().to_owned(),
        colleagues,
    })
}

/// The letters one types before colleagues are shown, and how many of them: enough to find one, too few to read the
/// staff list.
const LEAST_LETTERS: usize = 3;
const MOST_COLLEAGUES: usize = 8;

async fn colleagues(ctx: &Ctx, reader: &impl ConnectionTrait, place: (Uuid, Uuid)) -> Outcome<Vec<Choice>> {
    let key = search_key(ctx.asked("colleague"));
    if key.chars().count() < LEAST_LETTERS {
        return Ok(Vec::new());
    }
    let found = store::colleagues(reader, place, ctx.today, &key, MOST_COLLEAGUES).await?;
    let choice = |found: store::Colleague| {
        Choice::new(found.id.to_string(), format!("{} – {}", found.name().full(), found.position))
    };
    Ok(found.into_iter().map(choice).collect())
}

/// Where a sheet of this person is begun: in the organization of the mentorship, otherwise at the main job.
pub(super) async fn place(
    connection: &impl ConnectionTrait,
    person: Uuid,
    today: NaiveDate,
) -> Outcome<Option<Uuid>> {
    let pairs = pairs::in_force_with(connection, person, today).await?;
    match pairs.iter().find(|pair| pair.mentee == person) {
        Some(pair) => Ok(Some(pair.organization)),
        None => Ok(people::workplace(connection, person, today).await?),
    }
}

pub(super) async fn begin(ctx: Ctx, submitted: Submission) -> Outcome {
    let wave = wave(&ctx, &submitted.form)?;
    let change = ctx.change(&submitted).await?;
    let sheet = ensured(&ctx, &change, wave).await?;
    if sheet.state() == State::Refused {
        return Err(AppError::Conflict(
            "Вы отказались от этой самодиагностики. Если передумали, нажмите «Всё-таки пройти»".to_owned(),
        ));
    }
    let href = sheet.href();
    change.finish(&href, "").await
}

/// Refuses a wave that was not begun. It is recorded and has no consequence.
pub(super) async fn refuse_wave(ctx: Ctx, submitted: Submission) -> Outcome {
    let wave = wave(&ctx, &submitted.form)?;
    let change = ctx.change(&submitted).await?;
    let sheet = ensured(&ctx, &change, wave).await?;
    refused(change, &sheet).await
}

/// Refuses a sheet under way.
pub(super) async fn refuse(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    visible(&ctx, ctx.app().db.reader(), Door::Own, id).await?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "diagnosis", id).await?;
    let sheet = visible(&ctx, change.tx(), Door::Own, id).await?;
    refused(change, &sheet).await
}

async fn refused(change: Change, sheet: &Sheet) -> Outcome {
    if !sheet.is_open() {
        return Err(closed());
    }
    store::set_refused(change.tx(), sheet.id, Some(change.now())).await?;
    let (subject, organization) = (("person", Some(sheet.person)), Some(sheet.organization));
    let payload = Fact::of(sheet);
    change.journal(Entry { kind: "diagnosis_refused", subject, organization, payload: &payload }).await?;
    change
        .finish("/own/diagnosis", "Отказ записан. Он ни на что не влияет, передумать можно в любой день")
        .await
}

/// Takes a refusal back: the answers given before it are still there.
pub(super) async fn resume(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    visible(&ctx, ctx.app().db.reader(), Door::Own, id).await?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "diagnosis", id).await?;
    let sheet = visible(&ctx, change.tx(), Door::Own, id).await?;
    if sheet.state() != State::Refused {
        return Err(AppError::Conflict("Отказа уже нет: откройте самодиагностику и продолжайте".to_owned()));
    }
    store::set_refused(change.tx(), id, None).await?;
    let (subject, organization) = (("person", Some(sheet.person)), Some(sheet.organization));
    let payload = Fact::of(&sheet);
    change.journal(Entry { kind: "diagnosis_resumed", subject, organization, payload: &payload }).await?;
    change.finish(&sheet.href(), "Отказ отозван. Можно отвечать").await
}

/// The wave the form names, if it may be begun today.
fn wave(ctx: &Ctx, form: &Form) -> Outcome<Wave> {
    let offered = Wave::offered(ctx.today, &rules::questionnaire(ctx.today)?.limits);
    Wave::from_code(form.text("wave")).filter(|wave| offered.contains(wave)).ok_or_else(|| {
        AppError::BadRequest(
            "Сейчас такой самодиагностики нет. Откройте свою самодиагностику и выберите из предложенного"
                .to_owned(),
        )
    })
}

/// The sheet of this year and wave: begun now, or in another tab before.
async fn ensured(ctx: &Ctx, change: &Change, wave: Wave) -> Outcome<Sheet> {
    let person = ctx.actor().person.0;
    let organization = place(change.tx(), person, ctx.today).await?.ok_or_else(|| {
        AppError::Conflict("Вы сейчас не числитесь работником организации: начать лист негде".to_owned())
    })?;
    let year = AcademicYear::of(ctx.today);
    let new = NewSheet { person, organization, year, wave, view: View::Own, author: person, visits: None };
    let (id, began) = store::insert(change.tx(), change.now(), &new).await?;
    db::lock_row(change.tx(), "diagnosis", id).await?;
    let sheet = visible(ctx, change.tx(), Door::Own, id).await?;
    if began == store::Began::Now {
        let subject = ("person", Some(person));
        let (kind, payload) = ("diagnosis_begun", Fact::of(&sheet));
        change.journal(Entry { kind, subject, organization: Some(organization), payload: &payload }).await?;
    }
    Ok(sheet)
}

pub(super) async fn fill(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    fill::show(&ctx, Door::Own, id).await
}

pub(super) async fn answers(ctx: Ctx, Path(id): Path<Uuid>, data: FormData) -> Outcome {
    saving::answers(&ctx, Door::Own, id, data).await
}

pub(super) async fn changes(ctx: Ctx, Path(id): Path<Uuid>, data: FormData) -> Outcome {
    saving::changes(&ctx, Door::Own, id, &data).await
}

pub(super) async fn review(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    completion::review(&ctx, Door::Own, id).await
}

pub(super) async fn complete(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    completion::complete(&ctx, Door::Own, id, &submitted).await
}
