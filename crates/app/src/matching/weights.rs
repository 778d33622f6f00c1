//! Weights of a municipality: seen by everybody who reads a matching, set by the department from a day on.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::config::{MatchingWeights, matching_weights};
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::input::Edition;
use super::store::{self, EditionRow, NewEdition};
use crate::kernel::audit::Entry;
use crate::kernel::clock::local_day;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tone, filters};
use crate::kernel::web::{Ctx, Submission, again, page};

const PATH: &str = "/matching/weights";

/// Fields of the form: name, label, hint, the least and the most.
type Field = (&'static str, &'static str, &'static str);
const FIELDS: [Field; 8] = [
    ("needs", "Помощь, которая нужна", "Сильные стороны наставника отвечают запросу наставляемого"),
    ("subject", "Предмет", "Преподают одно"),
    ("same_organization", "Одна организация", "Работают в одной организации"),
    (
        "same_municipality",
        "Один муниципалитет",
        "Работают в разных организациях муниципалитета; не больше, чем за одну организацию",
    ),
    ("experience", "Опыт", "Наставник опытнее (в реверсивном виде – наоборот)"),
    ("experience_years", "Разница в опыте, лет", "Такая разница даёт все баллы за опыт"),
    ("shift", "Смена", "Работают в одну смену"),
    ("wishes", "Пожелания", "Хотели бы работать вместе; чьё это пожелание, программа не говорит"),
];

#[derive(Template)]
#[template(path = "matching/weights.html")]
struct WeightsPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    municipality: String,
    name: String,
    others: Vec<Choice>,
    lines: Vec<Line>,
    fields: [Field; 8],
    may_set: bool,
}

/// An edition in the history.
struct Line {
    tone: Tone,
    state: &'static str,
    from: NaiveDate,
    source: String,
    /// «Иванова А. А., 23.11.2026»; empty for what comes with the program.
    set: String,
    parts: Vec<(&'static str, u32)>,
}

/// Every edition a municipality ever had, the earliest first: what comes with the program, then its own.
struct Editions(Vec<(MatchingWeights, Edition, Option<EditionRow>)>);

impl Editions {
    async fn load(connection: &impl ConnectionTrait, municipality: Option<Uuid>) -> anyhow::Result<Self> {
        let bundled = matching_weights()?;
        let mut all: Vec<_> = bundled
            .all()
            .iter()
            .map(|dated| {
                let edition = Edition { valid_from: dated.holds.from(), source: dated.source.clone() };
                (dated.value, edition, None)
            })
            .collect();
        let Some(municipality) = municipality else { return Ok(Self(all)) };
        for row in store::editions(connection, municipality).await? {
            let edition = Edition { valid_from: row.valid_from, source: row.source.clone() };
            all.push((serde_json::from_str(&row.points)?, edition, Some(row)));
        }
        Ok(Self(all))
    }

    /// Which of them holds on the day: the last that has begun, the municipality's own before what comes with the program.
    fn on(&self, day: NaiveDate) -> anyhow::Result<usize> {
        let begun = |own: bool| {
            self.0.iter().rposition(|(_, edition, row)| edition.valid_from <= day && row.is_some() == own)
        };
        begun(true).or_else(|| begun(false)).ok_or_else(|| anyhow::anyhow!("на {day} нет весов подбора"))
    }
}

/// The weights of a municipality that hold on the day; of the region those that come with the program.
pub(super) async fn on(
    connection: &impl ConnectionTrait,
    municipality: Option<Uuid>,
    day: NaiveDate,
) -> anyhow::Result<(MatchingWeights, Edition)> {
    let mut editions = Editions::load(connection, municipality).await?;
    let at = editions.on(day)?;
    let (weights, edition, _) = editions.0.swap_remove(at);
    Ok((weights, edition))
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    page(&weights_page(&ctx, ctx.asked("municipality"), None).await?)
}

pub(super) async fn set(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let municipality = own(&ctx, form.text("municipality"))?;
    let weights = read(&mut form);
    let from = form.required_date("valid_from", "Действуют с");
    if from.is_some_and(|from| from < ctx.today) {
        form.error("valid_from", "Веса не меняют задним числом: укажите сегодняшний или будущий день.");
    }
    let source = form.required_text("source", "Основание", 300);
    let (Some(weights), Some(from), Some(source), true) = (weights, from, source, form.is_valid()) else {
        return again(&weights_page(&ctx, &municipality.to_string(), Some(form)).await?);
    };
    let points = serde_json::to_string(&weights)?;
    let change = ctx.change(&submitted).await?;
    let new = NewEdition { municipality, valid_from: from, points: &points, source: &source };
    let id = store::add_edition(&change, &new).await?;
    let payload = serde_json::json!({ "title": source, "weights": weights, "valid_from": from });
    let subject = ("matching_weights", Some(id));
    change
        .journal(Entry { kind: "matching_weights_set", subject, organization: None, payload: &payload })
        .await?;
    change.finish(&format!("{PATH}?municipality={municipality}"), "Новые веса записаны").await
}

/// The municipality whose weights somebody may set.
fn own(ctx: &Ctx, asked: &str) -> Outcome<Uuid> {
    let own: Vec<Uuid> =
        ctx.reach(Permission::SetMatchingWeights).municipalities.iter().map(|id| id.0).collect();
    if asked.is_empty() {
        return own.first().copied().ok_or(AppError::NotFound);
    }
    let asked: Option<Uuid> = asked.parse().ok();
    asked.filter(|id| own.contains(id)).ok_or(AppError::NotFound)
}

fn read(form: &mut Form) -> Option<MatchingWeights> {
    let mut values = [0_u16; FIELDS.len()];
    for (value, (name, label, _)) in values.iter_mut().zip(FIELDS) {
        let most = if name == "experience_years" { 60 } else { 1000 };
        let number = form.required_integer(name, label, 0..=most);
        *value = number.and_then(|number| u16::try_from(number).ok()).unwrap_or(0);
    }
    let [needs, subject, same_organization, same_municipality, experience, years, shift, wishes] = values;
    let experience_years = u32::from(years);
    let weights = MatchingWeights {
        needs,
        subject,
        same_organization,
        same_municipality,
        experience,
        experience_years,
        shift,
        wishes,
    };
    if !form.is_valid() {
        return None;
    }
    for error in weights.check().err().unwrap_or_default() {
        form.error(error.field(), format!("{error}."));
    }
    form.is_valid().then_some(weights)
}

async fn weights_page(ctx: &Ctx, asked: &str, typed: Option<Form>) -> Outcome<WeightsPage> {
    let reader = ctx.app().db.reader();
    let seen = store::municipalities(reader, &ctx.reach(Permission::ReadMatching)).await?;
    let asked: Option<Uuid> = asked.parse().ok();
    let chosen = seen.iter().find(|one| Some(one.id) == asked).or_else(|| seen.first());
    let chosen = chosen.cloned().ok_or(AppError::NotFound)?;
    let editions = Editions::load(reader, Some(chosen.id)).await?;
    let now = editions.on(ctx.today)?;
    let form = match typed {
        Some(form) => form,
        None => filled(&editions.0[now].0).with("valid_from", ctx.today.to_string()),
    };
    let mut layout = ctx.layout("Веса подбора").await?;
    layout.crumbs = vec![Crumb::new("/matching", "Подбор")];
    let zone = chrono_tz::Asia::Yekaterinburg;
    let set = |row: &EditionRow| {
        let name = FullName::new(
            row.surname.as_deref().unwrap_or_default(),
            row.given.as_deref().unwrap_or_default(),
            row.patronymic.as_deref(),
        );
        format!("{}, {}", name.short(), filters::short_date(local_day(row.set_at, zone)))
    };
    let lines = editions.0.iter().enumerate().rev().map(|(number, (weights, edition, row))| {
        let (tone, state) = standing(number, now, edition.valid_from > ctx.today);
        Line {
            tone,
            state,
            from: edition.valid_from,
            source: edition.source.clone(),
            set: row.as_ref().map(set).unwrap_or_default(),
            parts: FIELDS.iter().map(|field| field.1).zip(numbers(weights)).collect(),
        }
    });
    Ok(WeightsPage {
        lines: lines.collect(),
        may_set: ctx.reach(Permission::SetMatchingWeights).municipalities.contains(&chosen.id.into()),
        others: seen.iter().map(|one| Choice::new(one.id.to_string(), one.name.clone())).collect(),
        municipality: chosen.id.to_string(),
        name: chosen.name,
        form_key: ids::form_key(),
        fields: FIELDS,
        layout,
        form,
    })
}

fn standing(number: usize, now: usize, is_ahead: bool) -> (Tone, &'static str) {
    if number == now {
        (Tone::Done, "действуют")
    } else if is_ahead {
        (Tone::Plan, "начнут действовать")
    } else {
        (Tone::Closed, "действовали раньше")
    }
}

/// The numbers in the order of the fields.
fn numbers(weights: &MatchingWeights) -> [u32; 8] {
    [
        weights.needs.into(),
        weights.subject.into(),
        weights.same_organization.into(),
        weights.same_municipality.into(),
        weights.experience.into(),
        weights.experience_years,
        weights.shift.into(),
        weights.wishes.into(),
    ]
}

fn filled(weights: &MatchingWeights) -> Form {
    FIELDS
        .iter()
        .zip(numbers(weights))
        .fold(Form::blank(), |form, ((name, _, _), number)| form.with(name, number.to_string()))
}
