//! Before the program: what it will be made from, and the making (D2, D4).

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::config::MeasureLibrary;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::program::{Body, Event, Found, Offer, Shape, Text, draft};
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::ring::{self, Ring};
use super::rules::{self, Rules};
use super::visible::{require_writer, visible_case, writes};
use super::{act, templates, view};
use crate::diagnosis::Finding;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab};
use crate::kernel::web::{Ctx, Path, Submission, page};
use crate::pairs::{self, Case, State};

#[derive(Template)]
#[template(path = "programs/begin.html")]
struct BeginPage {
    layout: Layout,
    tabs: Vec<Tab>,
    case: Case,
    form_key: Uuid,
    may_make: bool,
    is_of_pair: bool,
    offers: Vec<OfferView>,
    sections: Vec<String>,
    due: String,
}

/// An offered goal with its measures.
struct OfferView {
    key: String,
    text: String,
    measure: String,
    direction: String,
    ground: String,
    measures: Vec<MeasureView>,
}

struct MeasureView {
    key: String,
    text: String,
    note: String,
}

/// The page of a pair that has no program yet.
pub(super) async fn show(ctx: &Ctx, case: Case) -> Outcome {
    let reader = ctx.app().db.reader();
    let ring = Ring::of(ctx, &case);
    let findings = ring.findings(ctx, reader, &case).await?;
    let library =
        templates::library(reader, (case.pair.organization, case.pair.territory), ctx.today).await?;
    let shape = Shape::of(&case.pair.kinds);
    let offers = offers(&case, &findings, &library)?;
    let mut layout = ctx.layout("Персонализированная программа").await?;
    layout.crumbs = crumbs(&case);
    let due = rules::due_on(case.pair.period.from(), &library).map(short).unwrap_or_default();
    page(&BeginPage {
        tabs: pairs::tabs(ctx, &case.pair, "/program"),
        may_make: writes(ctx, &case) && case.state == State::Active,
        is_of_pair: writes(ctx, &case),
        offers: offers.iter().map(|offer| offer_view(&case, &findings, offer)).collect(),
        sections: library.sections(shape).map(|section| section.title.clone()).collect(),
        form_key: ids::form_key(),
        layout,
        case,
        due,
    })
}

/// The way down to a page of the program.
pub(super) fn crumbs(case: &Case) -> Vec<Crumb> {
    let pair = format!("/pairs/{}", case.pair.id);
    vec![Crumb::new("/pairs", "Пары и группы"), Crumb::new(pair, case.pair.title())]
}

/// The way down to what stands below the program: short enough for one line of a phone.
pub(super) fn crumbs_below(case: &Case) -> Vec<Crumb> {
    let pair = format!("/pairs/{}", case.pair.id);
    vec![Crumb::new(format!("{pair}/program"), format!("Программа: {}", case.pair.title()))]
}

/// Makes the draft of what was accepted.
pub(super) async fn make(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let reader = ctx.app().db.reader();
    let case = visible_case(&ctx, reader, id).await?;
    require_writer(&ctx, &case)?;
    let findings = Ring::of(&ctx, &case).findings(&ctx, reader, &case).await?;
    let library =
        templates::library(reader, (case.pair.organization, case.pair.territory), ctx.today).await?;
    let shape = Shape::of(&case.pair.kinds);
    let text = text(&case, shape, &library, &accepted(&case, &findings, &library, &submitted.form)?);
    let people = case.pair.people().map(|one| PersonId(one.person)).collect();
    let change = ctx.change(&submitted).await?;
    let made =
        act::make(ctx.actor().person, &change, &case, Event::Made { shape, people, text, origin: None })
            .await?;
    if made.is_none() {
        return Err(AppError::Conflict("Программу этой пары только что составил другой участник".to_owned()));
    }
    let notice = "Черновик составлен. Его видит и меняет вся пара, другие увидят после ваших подписей";
    change.finish(&format!("/pairs/{id}/program"), notice).await
}

fn offers(case: &Case, findings: &[Finding], library: &MeasureLibrary) -> Outcome<Vec<Offer>> {
    let (from, to) = (case.pair.period.from(), case.pair.ends_on());
    let events = &Rules::load()?.events;
    Ok(draft(&ring::found(findings), library, events, (from, to), case.pair.mentees.len()))
}

/// The name of an offer in the form.
fn key(found: &Found) -> String {
    format!("{}.{}.{}", found.domain.code(), found.ground.code(), found.mentee)
}

fn offer_view(case: &Case, findings: &[Finding], offer: &Offer) -> OfferView {
    let key = key(&offer.found);
    let (text, measure) = match &offer.goal {
        Body::Goal { text, measure, .. } => (text.clone(), measure.clone()),
        _ => Default::default(),
    };
    let seen =
        |finding: &&Finding| finding.person == offer.found.mentee.0 && finding.domain == offer.found.domain;
    let on = findings.iter().find(seen).map(|finding| short(finding.seen_on)).unwrap_or_default();
    let whose = case.pair.mentees.iter().find(|mentee| mentee.person == offer.found.mentee.0);
    let whose = whose.filter(|_| case.pair.mentees.len() > 1).map(|mentee| mentee.name.short());
    OfferView {
        text,
        measure,
        direction: view::direction(offer.found.domain),
        ground: format!(
            "{} от {on}{}",
            offer.found.ground.title(),
            whose.map(|name| format!(", {name}")).unwrap_or_default()
        ),
        measures: offer.measures.iter().map(|one| measure_view(&key, &one.code, &one.body)).collect(),
        key,
    }
}

fn measure_view(offer: &str, code: &str, body: &Body) -> MeasureView {
    let (text, note) = match body {
        Body::Measure { what, form, due, product, .. } => {
            (what.clone(), format!("{form}; до {}; результат: {}", short(*due), product.to_lowercase()))
        }
        _ => Default::default(),
    };
    MeasureView { key: format!("{offer}/{code}"), text, note }
}

/// The goals and measures ticked in the form.
fn accepted(case: &Case, findings: &[Finding], library: &MeasureLibrary, form: &Form) -> Outcome<Vec<Body>> {
    let mut bodies = Vec::new();
    for offer in offers(case, findings, library)? {
        let key = key(&offer.found);
        if form.has("goal", &key) {
            bodies.push(offer.goal);
        }
        let chosen =
            offer.measures.into_iter().filter(|one| form.has("measure", &format!("{key}/{}", one.code)));
        bodies.extend(chosen.map(|one| one.body));
    }
    Ok(bodies)
}

/// The first text: the term of the pair, the sections of the template, what was accepted.
pub(super) fn text(case: &Case, shape: Shape, library: &MeasureLibrary, bodies: &[Body]) -> Text {
    let (from, to): (NaiveDate, NaiveDate) = (case.pair.period.from(), case.pair.ends_on());
    let mut lines = vec![Body::Term { from, to }];
    for section in library.sections(shape) {
        let text = if section.code == "request" { wishes(case) } else { section.text.clone() };
        lines.push(Body::Section { code: section.code.clone(), title: section.title.clone(), text });
    }
    lines.extend_from_slice(bodies);
    Text(lines.into_iter().map(|body| (act::fresh(), body)).collect())
}

/// What was agreed on when the pair was formed.
fn wishes(case: &Case) -> String {
    let goal = |goal: &nastavnik_domain::pair::Goal| match goal.measure.as_str() {
        "" => goal.text.clone(),
        measure => format!("{} ({measure})", goal.text),
    };
    case.pair.goals.iter().filter(|one| !one.text.is_empty()).map(goal).collect::<Vec<_>>().join("\n")
}
