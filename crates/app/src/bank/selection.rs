//! Selection of a candidate (B4, этап 4): criteria with what was found, the curator's and the council's decisions.

use askama::Template;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use nastavnik_domain::selection::{self, Answer, Body, Finding, Met, Standing, Vote};
use serde::Serialize;
use uuid::Uuid;

use super::members::Member;
use super::mentor::visible;
use super::store::{self, SelectionDecision};
use super::terms::capitalized;
use super::view;
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, Tone, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

/// Longest reason of a decision.
const REASON: usize = 500;

#[derive(Template)]
#[template(path = "bank/selection.html")]
struct SelectionPage {
    layout: Layout,
    tabs: Vec<Tab>,
    id: Uuid,
    tone: Tone,
    standing: &'static str,
    /// What hinders, in words; empty when selected.
    refusals: Vec<String>,
    rows: Vec<Row>,
    bodies: Vec<BodyLine>,
    history: Vec<SelectionDecision>,
    questions: Vec<Question>,
    answers: Form,
    decision: Form,
    /// For whom the reader may decide; empty if for nobody.
    may_decide_as: Vec<Choice>,
    votes: Vec<Choice>,
    options: Vec<Choice>,
}

/// A criterion.
struct Row {
    title: String,
    clause: String,
    is_required: bool,
    tone: Tone,
    word: &'static str,
    reason: String,
}

/// What a body has decided last.
struct BodyLine {
    title: String,
    decision: Option<SelectionDecision>,
    tone: Tone,
    word: &'static str,
}

/// A criterion that a person answers.
struct Question {
    field: String,
    title: String,
}

/// The reason stays out of the journal: it is read by more people than the reason is meant for.
#[derive(Serialize)]
struct Decided {
    person: Uuid,
    body: Body,
    vote: Vote,
}

#[derive(Serialize)]
struct Answered {
    person: Uuid,
    answers: Vec<(String, Answer)>,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let member = visible(&ctx, ctx.app().db.reader(), id).await?;
    let (answers, decision) = (first_answers(&member), first_decision(&ctx, &member));
    page(&selection_page(&ctx, member, answers, decision).await?)
}

/// A decision of the curator or of the council; reconsidered, it is a new row.
pub(super) async fn decide(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let member = visible(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::DecideSelection, &member.school.place)?;
    let mut form = submitted.form.clone();
    let typed = read_decision(&mut form, &ctx, &member);
    let Some(typed) = typed else {
        let answers = first_answers(&member);
        return again(&selection_page(&ctx, member, answers, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "mentor_candidate", id).await?;
    let member = visible(&ctx, change.tx(), id).await?;
    if let Some(hindrance) = hindrance(&member, typed.vote) {
        drop(change);
        form.error("vote", hindrance);
        let answers = first_answers(&member);
        return again(&selection_page(&ctx, member, answers, form).await?);
    }
    let decided = (typed.body, typed.vote);
    store::add_selection_decision(&change, id, decided, typed.decided_on, &typed.reason).await?;
    let payload = Decided { person: member.person, body: typed.body, vote: typed.vote };
    let subject = ("mentor_candidate", Some(id));
    let organization = Some(member.school.id);
    change
        .journal(Entry { kind: "mentor_selection_decided", subject, organization, payload: &payload })
        .await?;
    change.finish(&format!("/bank/mentors/{id}/selection"), "Решение записано").await
}

/// Answers about the criteria the program can't see.
pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let member = visible(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::DecideSelection, &member.school.place)?;
    let mut form = submitted.form.clone();
    let given = read_answers(&mut form, &member);
    if about_oneself(&ctx, &member) {
        form.error(&first_question(&member), "О себе не отвечают: попросите куратора или совет");
    } else if member.ended_on.is_some() {
        form.error(&first_question(&member), ENDED);
    }
    if !form.is_valid() {
        let decision = first_decision(&ctx, &member);
        return again(&selection_page(&ctx, member, form, decision).await?);
    }
    let change = ctx.change(&submitted).await?;
    for (criterion, answer) in &given {
        store::add_selection_answer(&change, id, criterion, *answer).await?;
    }
    let payload = Answered { person: member.person, answers: given };
    let subject = ("mentor_candidate", Some(id));
    let organization = Some(member.school.id);
    change
        .journal(Entry { kind: "mentor_selection_answered", subject, organization, payload: &payload })
        .await?;
    change.finish(&format!("/bank/mentors/{id}/selection"), "Ответы записаны").await
}

const ENDED: &str = "Кандидата вывели из банка: отбор больше не ведётся. Внесите его в банк заново";

struct Typed {
    body: Body,
    vote: Vote,
    decided_on: chrono::NaiveDate,
    reason: String,
}

fn read_decision(form: &mut Form, ctx: &Ctx, member: &Member) -> Option<Typed> {
    let body = form.required_choice("body", "Чьё решение", &bodies_of(ctx, member));
    let vote = form.required_choice("vote", "Решение", &vote_choices());
    let decided_on = form.required_date("decided_on", "Дата решения");
    let reason = form.optional_paragraphs("reason", "Причина", REASON).unwrap_or_default();
    if decided_on.is_some_and(|day| day > ctx.today) {
        form.error("decided_on", "Этот день ещё не наступил: укажите день, когда решение приняли");
    }
    if vote.as_deref() == Some(Vote::Against.code()) && reason.is_empty() {
        form.error("reason", "Напишите, почему решение против: кандидат увидит причину");
    }
    if about_oneself(ctx, member) {
        form.error("vote", "О себе решение не принимают: попросите коллегу из совета или куратора");
    }
    if !form.is_valid() {
        return None;
    }
    Some(Typed {
        body: Body::from_code(&body?)?,
        vote: Vote::from_code(&vote?)?,
        decided_on: decided_on?,
        reason,
    })
}

/// Why this decision can't be taken now.
fn hindrance(member: &Member, vote: Vote) -> Option<String> {
    if member.ended_on.is_some() {
        return Some(ENDED.to_owned());
    }
    if vote == Vote::Against {
        return None;
    }
    let hindrances = selection::hindrances(&member.selection.findings);
    let words: Vec<String> = hindrances.iter().map(ToString::to_string).collect();
    (!words.is_empty()).then(|| format!("Решить «за» пока нельзя. {}.", words.join(". ")))
}

fn about_oneself(ctx: &Ctx, member: &Member) -> bool {
    ctx.actor().person.0 == member.person
}

/// As whom the reader may decide in the candidate's organization.
fn bodies_of(ctx: &Ctx, member: &Member) -> Vec<Choice> {
    let holds = |role: Role| ctx.actor().held(role).any(|grant| grant.organization.0 == member.school.id);
    let bodies = [(Role::Curator, Body::Curator), (Role::Council, Body::Council)];
    let held = bodies.into_iter().filter(|(role, _)| holds(*role));
    held.map(|(_, body)| Choice::new(body.code(), capitalized(body.title()))).collect()
}

fn vote_choices() -> Vec<Choice> {
    vec![
        Choice::new(Vote::For.code(), "За: отобрать наставником"),
        Choice::new(Vote::Against.code(), "Против: пока не отбирать"),
    ]
}

fn options() -> Vec<Choice> {
    vec![Choice::new(Answer::Yes.code(), "Да"), Choice::new(Answer::No.code(), "Нет")]
}

fn questions(member: &Member) -> Vec<Question> {
    // What the facts have told is not asked.
    let is_open = |finding: &&Finding| {
        let told_by_facts =
            finding.met == Met::Yes && !member.selection.answers.contains_key(&finding.criterion.code);
        finding.criterion.how.is_answered() && !told_by_facts
    };
    let question = |finding: &Finding| Question {
        field: format!("answer_{}", finding.criterion.code),
        title: finding.criterion.title.clone(),
    };
    member.selection.findings.iter().filter(is_open).map(question).collect()
}

fn first_question(member: &Member) -> String {
    questions(member).into_iter().next().map_or_else(|| "answers".to_owned(), |question| question.field)
}

/// The answers that differ from what is known.
fn read_answers(form: &mut Form, member: &Member) -> Vec<(String, Answer)> {
    let mut given = Vec::new();
    for question in questions(member) {
        let answer = form.optional_choice(&question.field, &question.title, &options());
        let code = question.field.trim_start_matches("answer_").to_owned();
        let Some(answer) = answer.and_then(|answer| Answer::from_code(&answer)) else { continue };
        if member.selection.answers.get(&code) != Some(&answer) {
            given.push((code, answer));
        }
    }
    given
}

fn first_answers(member: &Member) -> Form {
    member
        .selection
        .answers
        .iter()
        .fold(Form::blank(), |form, (code, answer)| form.with(&format!("answer_{code}"), answer.code()))
}

fn first_decision(ctx: &Ctx, member: &Member) -> Form {
    let form = Form::blank().with("decided_on", ctx.today.to_string());
    match bodies_of(ctx, member).as_slice() {
        [only] => form.with("body", only.value.clone()),
        _ => form,
    }
}

pub(super) const fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::NotBegun => Tone::Draft,
        Standing::UnderWay => Tone::Wait,
        Standing::Selected => Tone::Done,
        Standing::Declined => Tone::Closed,
    }
}

async fn selection_page(ctx: &Ctx, member: Member, answers: Form, decision: Form) -> Outcome<SelectionPage> {
    let mut layout = ctx.layout(&format!("Отбор: {}", member.name.full())).await?;
    layout.crumbs = vec![
        Crumb::new("/bank/mentors", "Кандидаты в наставники"),
        Crumb::new(format!("/bank/mentors/{}", member.id), member.name.full()),
    ];
    let may = member.ended_on.is_none()
        && !about_oneself(ctx, &member)
        && ctx.actor().may_at(Permission::DecideSelection, &member.school.place);
    let refusals = selection::decide(&member.selection.findings, &member.selection.votes).err();
    Ok(SelectionPage {
        layout,
        tabs: view::mentor_tabs(member.id, "/selection"),
        id: member.id,
        tone: tone(member.selection.standing),
        standing: member.selection.standing.title(),
        refusals: refusals.unwrap_or_default().iter().map(ToString::to_string).collect(),
        rows: member.selection.findings.iter().map(row).collect(),
        bodies: Body::ALL.map(|body| body_line(&member, body)).into(),
        questions: if may { questions(&member) } else { Vec::new() },
        may_decide_as: if may { bodies_of(ctx, &member) } else { Vec::new() },
        history: member.selection.decisions.into_iter().rev().collect(),
        answers,
        decision,
        votes: vote_choices(),
        options: options(),
    })
}

fn row(finding: &Finding) -> Row {
    let (tone, word) = match finding.met {
        Met::Yes => (Tone::Done, "выполнено"),
        Met::Unknown => (Tone::Wait, "не известно"),
        Met::No => (Tone::Closed, "пока нет"),
    };
    Row {
        title: finding.criterion.title.clone(),
        clause: finding.criterion.clause.clone(),
        is_required: finding.criterion.required,
        tone,
        word,
        reason: finding.reason.clone(),
    }
}

fn body_line(member: &Member, body: Body) -> BodyLine {
    let decision = member.selection.decision_of(body).cloned();
    let (tone, word) = match decision.as_ref().map(|decision| decision.vote) {
        Some(Vote::For) => (Tone::Done, Vote::For.title()),
        Some(Vote::Against) => (Tone::Closed, Vote::Against.title()),
        None => (Tone::Wait, "решения пока нет"),
    };
    BodyLine { title: capitalized(body.title()), decision, tone, word }
}

/// A new key for each form of the page.
impl SelectionPage {
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}
