//! A page for each of the seven steps (E2): what the order asks, what to write, what was said about it.

use askama::Template;
use nastavnik_domain::competence::{Domain, Standing as Level};
use nastavnik_domain::pathway::{Comment, Event, Kind, Mark, Pathway, Standing, Step, Voice};
use nastavnik_domain::russian::short;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::Held;
use super::{act, own, visible};
use crate::diagnosis::{self, Finding as Seen};
use crate::evaluations::{self, Remaining};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Step as StepLine, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

#[derive(Template)]
#[template(path = "pathway/step.html")]
struct StepPage {
    layout: Layout,
    step: Step,
    standing: Standing,
    steps: Vec<StepLine>,
    pathway: Pathway,
    form: Form,
    seal: String,
    missing: Vec<String>,
    domains: Vec<DomainField>,
    /// The day of the self-diagnosis this was taken from or can be taken from.
    seen_on: String,
    offers: bool,
    /// The day of the evaluation that has left difficulties to the route; empty without one.
    left_on: String,
    lists: Vec<(Kind, Vec<nastavnik_domain::pathway::Entry>)>,
    comments: Vec<CommentView>,
    seen: &'static str,
}

/// A domain with its fields.
pub(super) struct DomainField {
    pub(super) code: &'static str,
    pub(super) title: String,
    pub(super) was_field: String,
    pub(super) became_field: String,
}

/// A comment as pages show it.
pub(super) struct CommentView {
    pub(super) number: u32,
    pub(super) step: Step,
    pub(super) who: &'static str,
    pub(super) when: String,
    pub(super) text: String,
    pub(super) answer: String,
    pub(super) is_settled: bool,
}

/// A comment in words.
pub(super) fn comment(comment: &Comment) -> CommentView {
    CommentView {
        number: comment.number,
        step: comment.step,
        who: comment.by.title(),
        when: short(comment.on),
        text: comment.text.clone(),
        answer: comment.answer.clone(),
        is_settled: comment.settled_on.is_some(),
    }
}

impl StepPage {
    fn is(&self, code: &str) -> bool {
        self.step.code() == code
    }

    fn writes(&self) -> bool {
        self.pathway.ended_on().is_none() && matches!(self.standing, Standing::Open | Standing::Done)
    }

    fn is_open(&self) -> bool {
        self.standing == Standing::Open
    }

    fn next(&self) -> Option<Step> {
        Step::from_number(i64::from(self.step.number()) + 1)
    }

    fn previous(&self) -> Option<Step> {
        Step::from_number(i64::from(self.step.number()) - 1)
    }

    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }

    fn mark(&self) -> Option<&Mark> {
        self.pathway.mark(self.step)
    }
}

/// The address of a step.
pub(super) fn href(step: Step) -> String {
    format!("/own/route/steps/{}", step.number())
}

fn step_of(text: &str) -> Outcome<Step> {
    text.parse().ok().and_then(Step::from_number).ok_or(AppError::NotFound)
}

pub(super) async fn show(ctx: Ctx, Path(step): Path<String>) -> Outcome {
    let step = step_of(&step)?;
    let reader = ctx.app().db.reader();
    let held = visible::own(&ctx, reader).await?;
    let offered = match ctx.asked("from") {
        "diagnosis" => seen(&ctx, reader, step).await?.iter().map(offered).collect(),
        "program" => left(&ctx, reader, step).await?.iter().flat_map(after_program).collect(),
        _ => Vec::new(),
    };
    let form = filled(&held.pathway, step, &offered);
    page(&step_page(&ctx, &held, step, form).await?)
}

/// The same page with the typed text and its mistakes.
pub(super) async fn show_again(ctx: &Ctx, step: Step, form: Form) -> Outcome {
    let held = visible::own(ctx, ctx.app().db.reader()).await?;
    again(&step_page(ctx, &held, step, form).await?)
}

async fn step_page(ctx: &Ctx, held: &Held, step: Step, form: Form) -> Outcome<StepPage> {
    let pathway = held.pathway.clone();
    let mut layout = ctx.layout(&format!("{}. {}", step.number(), step.title())).await?;
    layout.crumbs = vec![Crumb::new("/own/route", "Мой маршрут")];
    let found = seen(ctx, ctx.app().db.reader(), step).await?;
    let left = left(ctx, ctx.app().db.reader(), step).await?;
    let list = |kind: Kind| (kind, pathway.list(kind).into_iter().cloned().collect());
    Ok(StepPage {
        layout,
        step,
        standing: pathway.standing(step),
        steps: own::stepper(&pathway),
        seal: seal(&pathway, step)?,
        missing: pathway.missing(step),
        domains: domains(&pathway, step),
        seen_on: found.first().map(|one| short(one.seen_on)).unwrap_or_default(),
        offers: !found.is_empty(),
        left_on: left.map(|left| short(left.confirmed_on)).unwrap_or_default(),
        lists: Kind::ALL.into_iter().map(list).collect(),
        comments: pathway.comments.iter().filter(|one| one.step == step).map(comment).collect(),
        seen: seen_by(held, step),
        form,
        pathway,
    })
}

/// Who reads what is written in this step.
pub(super) fn seen_by(held: &Held, step: Step) -> &'static str {
    match super::sight::Section::of(step) {
        None => "вы, ваш наставник, куратор, выбранный вами тьютор",
        Some(section) if held.opens.contains(&section) => {
            "вы и те, кто сопровождает: вы открыли этот раздел. Каждое открытие вам видно"
        }
        Some(_) => "только вы, пока не откроете раздел на странице «Кто видит маршрут»",
    }
}

/// What the newest self-diagnosis says for step 2 or 3.
pub(super) async fn seen(ctx: &Ctx, connection: &impl ConnectionTrait, step: Step) -> Outcome<Vec<Seen>> {
    let level = match step {
        Step::Achievements => Level::Strength,
        Step::Difficulties => Level::Deficit,
        _ => return Ok(Vec::new()),
    };
    let found = diagnosis::own_findings(connection, ctx.actor().person.0).await?;
    Ok(found.into_iter().filter(|one| one.standing == level).collect())
}

/// What the evaluation of a program has left to the route, for step 3.
async fn left(ctx: &Ctx, connection: &impl ConnectionTrait, step: Step) -> Outcome<Option<Remaining>> {
    if step != Step::Difficulties {
        return Ok(None);
    }
    let left = evaluations::own_remaining(connection, ctx.actor().person.0, ctx.today).await?;
    Ok(left.filter(|left| !left.domains.is_empty()))
}

/// The seal of what the step's form changes.
pub(super) fn seal(pathway: &Pathway, step: Step) -> Outcome<String> {
    match step {
        Step::SelfImage => act::seal(&pathway.self_image),
        Step::Achievements => act::seal(&pathway.achievements),
        Step::Difficulties => act::seal(&pathway.difficulties),
        _ => act::seal(&pathway.reflection),
    }
}

pub(super) fn domains(pathway: &Pathway, step: Step) -> Vec<DomainField> {
    let wanted = |domain: &Domain| step != Step::Reflection || pathway.difficulties.of(*domain).is_some();
    let field = |domain: Domain| DomainField {
        code: domain.code(),
        title: domain.short().to_owned(),
        was_field: format!("was_{}", domain.code()),
        became_field: format!("became_{}", domain.code()),
    };
    Domain::ALL.into_iter().filter(wanted).map(field).collect()
}

/// The form with what is there; domains that are offered come with ready words, to be corrected by the person.
fn filled(pathway: &Pathway, step: Step, offered: &[(Domain, String)]) -> Form {
    let form = Form::blank();
    match step {
        Step::SelfImage => {
            let image = &pathway.self_image;
            form.with("ideal", image.ideal.clone())
                .with("values", image.values.clone())
                .with("own_way", image.own_way.clone())
        }
        Step::Achievements | Step::Difficulties => {
            let known = pathway.findings(step);
            Domain::ALL.into_iter().fold(form, |form, domain| {
                let offered = offered.iter().find(|one| one.0 == domain).map(|one| one.1.clone());
                let words = known.and_then(|known| known.of(domain)).map(str::to_owned).or(offered);
                form.with(domain.code(), words.unwrap_or_default())
            })
        }
        Step::Reflection => reflection(pathway, form),
        _ => form,
    }
}

fn offered(found: &Seen) -> (Domain, String) {
    let words = match found.standing {
        Level::Strength => "сильная сторона",
        _ => "важно и пока даётся с трудом",
    };
    (found.domain, format!("По самодиагностике от {}: {words}", short(found.seen_on)))
}

fn after_program(left: &Remaining) -> Vec<(Domain, String)> {
    let words =
        format!("По итогам программы наставничества от {}: ещё есть трудности", short(left.confirmed_on));
    left.domains.iter().map(|domain| (*domain, words.clone())).collect()
}

/// What step 7 says by now.
pub(super) fn reflection(pathway: &Pathway, form: Form) -> Form {
    let known = &pathway.reflection;
    let closeness = known.closeness.map(|closeness| closeness.to_string()).unwrap_or_default();
    let form = form.with("closeness", closeness).with("words", known.words.clone());
    pathway.difficulties.list.iter().fold(form, |form, finding| {
        let one = known.of(finding.domain);
        let was = one.map_or_else(|| finding.words.clone(), |one| one.was.clone());
        let became = one.map_or_else(String::new, |one| one.became.clone());
        let code = finding.domain.code();
        form.with(&format!("was_{code}"), was).with(&format!("became_{code}"), became)
    })
}

pub(super) async fn complete(ctx: Ctx, Path(step): Path<String>, submitted: Submission) -> Outcome {
    let step = step_of(&step)?;
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let change = ctx.change(&submitted).await?;
    let event = (Voice::Owner, Event::Completed { step });
    let held = act::act(&ctx, &change, &held, event).await?.map_err(|refusal| act::told(&refusal))?;
    match held.pathway.current() {
        Some(next) => change.finish(&href(next), &format!("Шаг «{}» завершён", step.title())).await,
        None => change.finish("/own/route", "Маршрут завершён. Скачайте его и сохраните на память").await,
    }
}

/// No roadmap is needed (п. 4.3.3: «при необходимости»).
pub(super) async fn waive(ctx: Ctx, submitted: Submission) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let mut form = submitted.form.clone();
    let Some(reason) = form.required_paragraphs("reason", "Почему дорожная карта не нужна", 1000)
    else {
        return show_again(&ctx, Step::Roadmap, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let event = (Voice::Owner, Event::RoadmapWaived { reason });
    act::act(&ctx, &change, &held, event).await?.map_err(|refusal| act::told(&refusal))?;
    change
        .finish(&href(Step::Reflection), "Записано: дорожная карта не нужна. Вернуть её можно в любой день")
        .await
}

pub(super) async fn resume(ctx: Ctx, submitted: Submission) -> Outcome {
    let held = visible::own(&ctx, ctx.app().db.reader()).await?;
    let change = ctx.change(&submitted).await?;
    let event = (Voice::Owner, Event::RoadmapResumed);
    act::act(&ctx, &change, &held, event).await?.map_err(|refusal| act::told(&refusal))?;
    change.finish(&href(Step::Roadmap), "Составьте дорожную карту").await
}
