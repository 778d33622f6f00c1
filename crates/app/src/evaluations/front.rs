//! What other slices may ask about evaluations: facts of their course, never a word of a participant.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use nastavnik_domain::evaluation::{Council, Decision, Evaluation, State, Verdict, Wave, WavePlan};
use nastavnik_domain::petition::Receiver;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::russian::short;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::follow::{self, Decided};
use super::record::{self, Row};
use super::rules::rules;
use super::{store, view};
use crate::council::{self, MatterKind};
use crate::endings;
use crate::kernel::errors::Outcome;
use crate::kernel::page::Tone;
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case, Pair};

/// An evaluation as lists know it.
pub(super) struct Known {
    pub(super) plan: WavePlan,
    pub(super) evaluation: Evaluation,
    /// Who has signed a part.
    pub(super) given: Vec<Uuid>,
    pub(super) decision: Option<Decision>,
    pub(super) row: Option<Row>,
    /// Whose word the conclusion is.
    pub(super) concluder: Receiver,
}

/// The evaluations of these pairs, by a fixed number of queries.
pub(super) async fn of_cases(
    connection: &impl ConnectionTrait,
    cases: &[&Case],
    today: NaiveDate,
) -> Outcome<BTreeMap<Uuid, Vec<Known>>> {
    let ids: Vec<Uuid> = cases.iter().map(|case| case.pair.id).collect();
    let rows = store::of_pairs(connection, &ids).await?;
    let evaluations: Vec<Uuid> = rows.values().flatten().map(|row| row.id).collect();
    let signed = store::signed(connection, &evaluations).await?;
    let subjects: Vec<Uuid> = rows.values().flatten().filter_map(|row| row.council).collect();
    let words = council::standings(connection, MatterKind::Program, &subjects).await?;
    let pairs: Vec<&Pair> = cases.iter().map(|case| &case.pair).collect();
    let concluders = endings::receivers(connection, &pairs, today).await?;
    let rules = rules(today)?;
    let known = |case: &&Case| {
        let own = rows.get(&case.pair.id).map(Vec::as_slice).unwrap_or_default();
        let each = record::plans(case, rules, today, own).into_iter().map(|plan| {
            let row = own.iter().find(|row| row.code == plan.code());
            let given = row.and_then(|row| signed.get(&row.id)).cloned().unwrap_or_default();
            let subject = row.and_then(|row| row.council);
            let word = record::council_word(subject.and_then(|subject| words.get(&subject)), subject);
            let evaluation = record::evaluation(plan, case, row, &given, word);
            let decision = evaluation.conclusion.map(|conclusion| conclusion.decision);
            let concluder = concluders.get(&case.pair.id).copied().unwrap_or(Receiver::Curator);
            Known { plan, evaluation, given, decision, row: row.cloned(), concluder }
        });
        (case.pair.id, each.collect())
    };
    Ok(cases.iter().map(known).collect())
}

/// The evaluations of one pair.
pub(super) async fn of_case(
    connection: &impl ConnectionTrait,
    case: &Case,
    today: NaiveDate,
) -> Outcome<Vec<Known>> {
    Ok(of_cases(connection, &[case], today).await?.remove(&case.pair.id).unwrap_or_default())
}

/// The evaluation of the moment, for the card of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Path of its page.
    pub href: String,
    pub tone: Tone,
    /// «Промежуточная оценка 2027 года до 31.01.2027: ждём участников».
    pub words: String,
}

/// What to say of evaluations on the card of a pair today, to whoever reads them: the one under way, otherwise what was decided
/// last; nothing while the first one lies ahead.
pub async fn sign(ctx: &Ctx, case: &Case) -> Outcome<Option<Sign>> {
    let (reach, today) = (ctx.reach(Permission::ReadEvaluations), ctx.today);
    let is_own = reach.pairs && case.pair.has(ctx.actor().person.0);
    if !is_own && !reach.covers(&case.pair.place()) {
        return Ok(None);
    }
    let all = of_case(ctx.app().db.reader(), case, today).await?;
    let Some(known) = current(&all, today) else { return Ok(None) };
    let state = known.evaluation.state(today);
    let words = match known.decision.filter(|_| state == State::Confirmed) {
        Some(decision) => format!("{}: решено {}", known.plan.title(), decision.title()),
        None if known.evaluation.is_late(today) => {
            format!("{}: срок прошёл, нужен итог", known.plan.title())
        }
        None => format!("{} до {}: {}", known.plan.title(), short(known.plan.due), state.title()),
    };
    let href = format!("/pairs/{}/evaluations/{}", case.pair.id, known.plan.code());
    Ok(Some(Sign { href, tone: view::tone(state), words }))
}

/// The first one under way, otherwise the last one that is over.
fn current(all: &[Known], today: NaiveDate) -> Option<&Known> {
    let state = |known: &&Known| known.evaluation.state(today);
    let under_way = |known: &&Known| !matches!(state(known), State::Ahead | State::Confirmed);
    let confirmed = |known: &&Known| state(known) == State::Confirmed;
    // An old one that nobody has finished does not hide the one that is open now.
    all.iter().rev().find(under_way).or_else(|| all.iter().rev().find(confirmed))
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Result {
    pub decision: Decision,
    pub confirmed_on: NaiveDate,
    /// The final evaluation found the course of the program optimal or acceptable, and the mentee goes on from here.
    pub is_good: bool,
}

/// Confirmed final evaluations of these pairs by one query; other pairs are absent.
pub async fn results(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> anyhow::Result<HashMap<Uuid, Result>> {
    let rows = store::of_pairs(connection, pairs).await?;
    let mut found = HashMap::new();
    for (pair, rows) in rows {
        let last = rows.iter().find(|row| row.code == Wave::Final.code());
        let Some((row, confirmed_on)) = last.and_then(|row| Some((row, row.confirmed_on?))) else { continue };
        let Some(concluded) = &row.concluded else { continue };
        let verdict = concluded.score(rules(concluded.on)?).verdict;
        let decision = concluded.decision;
        let is_good = verdict != Verdict::NeedsDecision && decision != Decision::Prolong;
        found.insert(pair, Result { decision, confirmed_on, is_good });
    }
    Ok(found)
}

/// Numbers for the home page; each opens the list `/evaluations` with the state named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Parts are waited for, their last day has not passed: `?state=open`.
    pub open: u64,
    /// Every part is given, or the last day is over, and the word is this office's: `?state=mine`.
    pub to_conclude: u64,
    /// `?state=concluded`.
    pub to_confirm: u64,
    /// What was decided and waits for its step: `?state=decided`.
    pub decided: Vec<Decided>,
}

/// Counts evaluations within the reach of `ReadEvaluations` for the holder of an office.
pub async fn counts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    (person, office): (Uuid, Receiver),
    today: NaiveDate,
) -> Outcome<Counts> {
    let cases = pairs::visible_cases(connection, reach, person, today).await?;
    let cases: Vec<&Case> = cases.iter().collect();
    let known = of_cases(connection, &cases, today).await?;
    let decided = follow::waiting(connection, &cases, &known, today).await?;
    let mut counts = Counts { decided, ..Counts::default() };
    for case in cases {
        let is_mine = |one: &Known| one.concluder == office && !case.pair.has(person);
        for one in known.get(&case.pair.id).into_iter().flatten() {
            let state = one.evaluation.state(today);
            counts.open += u64::from(state == State::Open);
            counts.to_conclude += u64::from(awaits_conclusion(one, today) && is_mine(one));
            let waits = state == State::Concluded && one.evaluation.council != Council::Waits;
            counts.to_confirm += u64::from(waits);
        }
    }
    Ok(counts)
}

/// Whether it may be concluded.
pub(super) fn awaits_conclusion(known: &Known, today: NaiveDate) -> bool {
    known.evaluation.state(today) == State::Given || known.evaluation.is_late(today)
}

/// A part this person still owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    pub href: String,
    pub text: &'static str,
    pub why: String,
    pub due: NaiveDate,
}

/// What waits for this person in evaluations of these pairs.
pub async fn errands(
    connection: &impl ConnectionTrait,
    person: Uuid,
    cases: &[Case],
    today: NaiveDate,
) -> Outcome<Vec<Errand>> {
    let active: Vec<&Case> = cases.iter().filter(|case| case.state == pairs::State::Active).collect();
    let known = of_cases(connection, &active, today).await?;
    let mut errands = Vec::new();
    for case in active {
        let text = if case.pair.mentor.person == person {
            "Проверьте и подпишите отчёт наставника"
        } else {
            "Проверьте и подпишите рефлексию"
        };
        for one in known.get(&case.pair.id).into_iter().flatten() {
            let waits = one.evaluation.state(today) == State::Open
                && one.evaluation.missing().any(|missing| missing.0 == person);
            if waits {
                errands.push(Errand {
                    href: format!("/pairs/{}/evaluations/{}", case.pair.id, one.plan.code()),
                    text,
                    why: format!(
                        "{}, до {}: текст уже составлен из фактов",
                        one.plan.title(),
                        short(one.plan.due)
                    ),
                    due: one.plan.due,
                });
            }
        }
    }
    Ok(errands)
}
