//! All evaluations of a pair, and what participants mark about themselves at the start (H11).

use askama::Template;
use nastavnik_domain::config::EvaluationRules;
use nastavnik_domain::evaluation::{Degree, Shape, WavePlan};
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::record::{self, START};
use super::rules::rules;
use super::visible::visible_case;
use super::{front, store};
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, Tone};
use crate::kernel::registry::refusal;
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "evaluations/overview.html")]
struct OverviewPage {
    layout: Layout,
    tabs: Vec<Tab>,
    pair: Uuid,
    waves: Vec<Line>,
    form: Form,
    form_key: Uuid,
    /// Rows to mark at the start; empty where nothing is asked of this reader.
    rows: Vec<RowField>,
    degrees: Vec<Choice>,
    seen: String,
}

struct Line {
    href: String,
    title: String,
    days: String,
    tone: Tone,
    word: &'static str,
    decision: &'static str,
}

/// A row of growth as a field of a form.
pub(super) struct RowField {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) label: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let case = visible_case(&ctx, ctx.app().db.reader(), id).await?;
    let form = Form::blank();
    page(&overview_page(&ctx, &case, form).await?)
}

/// What one marks about oneself at the start, until the first own part is signed.
pub(super) async fn mark(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = visible_case(&ctx, ctx.app().db.reader(), id).await?;
    let me = ctx.actor().person.0;
    if !takes_part(&ctx, &case) {
        return Err(refusal(Permission::WriteEvaluations));
    }
    let rules = rules(ctx.today)?;
    if record::plans(&case, rules, ctx.today, &[]).iter().all(|plan| plan.shape == Shape::Short) {
        return Err(AppError::Conflict("В этой паре изменения не отмечают: такой у неё вид".to_owned()));
    }
    let mut form = submitted.form.clone();
    let marks = read_rows(&mut form, &row_fields(&case, me, rules));
    if form.is_valid() && marks.is_empty() {
        form.error("row_results", "Отметьте хотя бы одну строку.");
    }
    if !form.is_valid() {
        return again(&overview_page(&ctx, &case, form).await?);
    }
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[id]).await?;
    if has_signed(&change, id, me).await? {
        return Err(AppError::Conflict(
            "Вы уже подписали свою часть оценки: отметки начала больше не меняются".to_owned(),
        ));
    }
    store::set_marks(&change, (id, me, START), &marks).await?;
    let (kind, subject) = ("growth_marked", ("pair", Some(id)));
    let organization = Some(case.pair.organization);
    change.journal(Entry { kind, subject, organization, payload: &() }).await?;
    change.finish(&format!("/pairs/{id}/evaluations"), "Отмечено. В оценке увидите, что изменилось").await
}

async fn has_signed(change: &crate::kernel::change::Change, pair: Uuid, me: Uuid) -> Outcome<bool> {
    let rows = store::of_pairs(change.tx(), &[pair]).await?.remove(&pair).unwrap_or_default();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let signed = store::signed(change.tx(), &ids).await?;
    Ok(signed.values().flatten().any(|person| *person == me))
}

fn takes_part(ctx: &Ctx, case: &Case) -> bool {
    let me = ctx.actor().person.0;
    ctx.reach(Permission::WriteEvaluations).pairs && record::owing(case).contains(&me.into())
}

/// The rows this person marks.
pub(super) fn row_fields(case: &Case, person: Uuid, rules: &EvaluationRules) -> Vec<RowField> {
    let is_mentor = case.pair.mentor.person == person;
    let field = |row: &nastavnik_domain::config::GrowthRow| {
        let label = if is_mentor { row.mentor.clone() } else { row.mentee.clone() };
        (!label.is_empty()).then(|| RowField {
            code: row.code.clone(),
            name: format!("row_{}", row.code),
            label,
        })
    };
    rules.rows.iter().filter_map(field).collect()
}

/// The marks of a form; a row may be left empty.
pub(super) fn read_rows(form: &mut Form, rows: &[RowField]) -> Vec<(String, Degree)> {
    let offered = degrees();
    let read = |row: &RowField, form: &mut Form| {
        let chosen = form.optional_choice(&row.name, &row.label, &offered)?;
        Some((row.code.clone(), Degree::from_number(chosen.parse().ok()?)?))
    };
    rows.iter().filter_map(|row| read(row, form)).collect()
}

pub(super) fn degrees() -> Vec<Choice> {
    Degree::ALL.map(|degree| Choice::new(degree.number().to_string(), degree.title())).to_vec()
}

async fn overview_page(ctx: &Ctx, case: &Case, form: Form) -> Outcome<OverviewPage> {
    let reader = ctx.app().db.reader();
    let (id, me) = (case.pair.id, ctx.actor().person.0);
    let rules = rules(ctx.today)?;
    let standings = front::of_case(reader, case, ctx.today).await?;
    let asks = takes_part(ctx, case)
        && standings.iter().any(|known| known.plan.shape == Shape::Full)
        && standings.iter().all(|known| !known.given.contains(&me));
    let rows = if asks { row_fields(case, me, rules) } else { Vec::new() };
    let mut form = form;
    if form.is_valid() && form.data().pairs().is_empty() && asks {
        let marks = store::marks(reader, id).await?;
        for row in &rows {
            if let Some(degree) = marks.get(&(me, START.to_owned(), row.code.clone())) {
                form = form.with(&row.name, degree.number().to_string());
            }
        }
    }
    let mut layout = ctx.layout("Оценка программы").await?;
    layout.crumbs =
        vec![Crumb::new("/pairs", "Пары и группы"), Crumb::new(format!("/pairs/{id}"), case.pair.title())];
    Ok(OverviewPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/evaluations"),
        pair: id,
        waves: standings.iter().map(|known| line(id, known, ctx)).collect(),
        form,
        form_key: ids::form_key(),
        rows,
        degrees: degrees(),
        seen: seen(case, me),
    })
}

/// Who reads what this person marks or writes, as long as they do not show it to the curator.
pub(super) fn seen(case: &Case, me: Uuid) -> String {
    let pair = &case.pair;
    let others: Vec<String> = if pair.mentor.person == me {
        pair.mentees.iter().map(|mentee| mentee.name.short()).collect()
    } else {
        vec![pair.mentor.name.short()]
    };
    format!("только вы и {}, когда вы подпишете", others.join(", "))
}

fn line(pair: Uuid, known: &front::Known, ctx: &Ctx) -> Line {
    let state = known.evaluation.state(ctx.today);
    Line {
        href: format!("/pairs/{pair}/evaluations/{}", known.plan.code()),
        title: known.plan.title(),
        days: days(&known.plan),
        tone: super::view::tone(state),
        word: state.title(),
        decision: known.decision.map_or("", nastavnik_domain::evaluation::Decision::title),
    }
}

/// «с 1 по 31 января» in full dates.
pub(super) fn days(plan: &WavePlan) -> String {
    nastavnik_domain::russian::period(plan.opens, plan.due)
}
