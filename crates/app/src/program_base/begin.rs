//! A pair begins its program from a published one (D12): what fits the diagnosis is proposed, the pair chooses.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::program::Ground;
use nastavnik_domain::program_base::{Content, goals_and_measures};
use uuid::Uuid;

use super::record::Held;
use super::{list, store, view, visible};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case, State};
use crate::programs;

#[derive(Template)]
#[template(path = "program_base/choose.html")]
struct ChoosePage {
    layout: Layout,
    tabs: Vec<Tab>,
    pair: Uuid,
    rows: Vec<ChoiceView>,
}

/// A published program and how many of its goals answer what the diagnosis has found.
struct ChoiceView {
    id: Uuid,
    title: String,
    audience: String,
    about: String,
    fitting: usize,
    goals: usize,
}

#[derive(Template)]
#[template(path = "program_base/begin.html")]
struct BeginPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    id: Uuid,
    goals: Vec<Line>,
    measures: Vec<Line>,
}

struct Line {
    key: String,
    text: String,
    note: String,
    fits: bool,
}

/// Own pairs in force that have no program yet.
pub(super) async fn without_program(ctx: &Ctx) -> Outcome<Vec<Case>> {
    let reach = ctx.reach(Permission::WritePrograms);
    if !reach.pairs {
        return Ok(Vec::new());
    }
    let (db, me) = (ctx.app().db.reader(), ctx.actor().person.0);
    let mut cases = pairs::visible_cases(db, &reach, me, ctx.today).await?;
    cases.retain(|case| case.state == State::Active && case.pair.has(me));
    let made = programs::states(db, &cases.iter().map(|case| case.pair.id).collect::<Vec<_>>()).await?;
    cases.retain(|case| !made.contains_key(&case.pair.id));
    Ok(cases)
}

/// The base, what answers the diagnosis first.
pub(super) async fn choose(ctx: Ctx, Path(pair): Path<Uuid>) -> Outcome {
    let case = without(&ctx, pair).await?;
    let grounds = programs::grounds(&ctx, &case).await?;
    let row = |held: Held| ChoiceView {
        id: held.id,
        fitting: held.content.goals.iter().filter(|goal| grounds.contains_key(&goal.domain)).count(),
        goals: held.content.goals.len(),
        about: view::ContentView::of(&held).about,
        title: held.content.title,
        audience: held.content.audience,
    };
    let mut rows: Vec<ChoiceView> = list::found(&ctx).await?.into_iter().map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.fitting));
    let mut layout = ctx.layout("Начать с программы из базы").await?;
    layout.crumbs = crumbs(&case);
    page(&ChoosePage { layout, tabs: pairs::tabs(&ctx, &case.pair, "/program"), pair, rows })
}

pub(super) async fn show(ctx: Ctx, Path((pair, id)): Path<(Uuid, Uuid)>) -> Outcome {
    let case = without(&ctx, pair).await?;
    let held = visible::published(&ctx, ctx.app().db.reader(), id).await?;
    page(&begin_page(&ctx, &case, &held, Form::blank()).await?)
}

pub(super) async fn make(ctx: Ctx, Path((pair, id)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let case = programs::writable_case(&ctx, ctx.app().db.reader(), pair).await?;
    let held = visible::published(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let chosen =
        |name: &str| -> BTreeSet<usize> { form.data().all(name).filter_map(|at| at.parse().ok()).collect() };
    let (goals, measures) = (chosen("goal"), chosen("measure"));
    let grounds = programs::grounds(&ctx, &case).await?;
    let days = (case.pair.period.from(), case.pair.ends_on());
    let bodies = goals_and_measures(&held.content, (&goals, &measures), &grounds, days);
    if bodies.is_empty() {
        form.error("goal", "Отметьте хотя бы одну цель или одно мероприятие.");
        return again(&begin_page(&ctx, &case, &held, form).await?);
    }
    let change = ctx.change(&submitted).await?;
    programs::begin_from(&ctx, &change, &case, id, bodies).await?;
    store::add_use(&change, id, pair).await?;
    let notice = "Черновик составлен по программе из базы. Добавьте то, что важно именно вашей паре";
    change.finish(&format!("/pairs/{pair}/program"), notice).await
}

/// The own pair, if it may begin a program now.
async fn without(ctx: &Ctx, pair: Uuid) -> Outcome<Case> {
    let case = programs::writable_case(ctx, ctx.app().db.reader(), pair).await?;
    let made = programs::states(ctx.app().db.reader(), &[pair]).await?;
    if made.contains_key(&pair) {
        return Err(AppError::Conflict(
            "Программа этой пары уже составлена. Цели и мероприятия добавляют в ней самой".to_owned(),
        ));
    }
    Ok(case)
}

async fn begin_page(ctx: &Ctx, case: &Case, held: &Held, form: Form) -> Outcome<BeginPage> {
    let grounds = programs::grounds(ctx, case).await?;
    let (pair, is_first) = (case.pair.id, form.data().pairs().is_empty());
    let ticked = |name: &str, key: &str, domain: Domain| {
        if is_first { grounds.contains_key(&domain) } else { form.has(name, key) }
    };
    let mut layout = ctx.layout(&held.content.title).await?;
    layout.crumbs = vec![Crumb::new(format!("/pairs/{pair}/program/base"), "Начать с программы из базы")];
    Ok(BeginPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/program"),
        form_key: ids::form_key(),
        goals: goals(&held.content, &grounds, ticked),
        measures: measures(&held.content, &grounds, ticked),
        pair,
        id: held.id,
        form,
    })
}

fn goals(
    content: &Content,
    grounds: &BTreeMap<Domain, Ground>,
    ticked: impl Fn(&str, &str, Domain) -> bool,
) -> Vec<Line> {
    let line = |(place, goal): (usize, &nastavnik_domain::program_base::Goal)| Line {
        fits: ticked("goal", &place.to_string(), goal.domain),
        key: place.to_string(),
        text: goal.text.clone(),
        note: format!("{} · {}", goal.measure, answering(goal.domain, grounds)),
    };
    content.goals.iter().enumerate().map(line).collect()
}

fn measures(
    content: &Content,
    grounds: &BTreeMap<Domain, Ground>,
    ticked: impl Fn(&str, &str, Domain) -> bool,
) -> Vec<Line> {
    let line = |(place, one): (usize, &nastavnik_domain::program_base::Measure)| Line {
        fits: ticked("measure", &place.to_string(), one.domain),
        key: place.to_string(),
        text: one.what.clone(),
        note: format!("{} · {}", view::measure(one).note, answering(one.domain, grounds)),
    };
    content.measures.iter().enumerate().map(line).collect()
}

/// «Д4 Ученики и родители (трудность по самодиагностике)».
fn answering(domain: Domain, grounds: &BTreeMap<Domain, Ground>) -> String {
    let found = grounds.get(&domain).map(|ground| format!(" ({})", ground.title()));
    format!("{}{}", view::direction(domain), found.unwrap_or_default())
}

fn crumbs(case: &Case) -> Vec<Crumb> {
    vec![Crumb::new(format!("/pairs/{}/program", case.pair.id), format!("Программа: {}", case.pair.title()))]
}
