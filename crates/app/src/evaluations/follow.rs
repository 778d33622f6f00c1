//! What was decided and whether its step has been taken, for many pairs by a fixed number of queries.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::evaluation::{Decision, State, Wave, is_told};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::policy::Reach;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::front::{Known, of_cases};
use super::record::{Concluded, Row};
use crate::kernel::errors::Outcome;
use crate::pairs::{self, Case};
use crate::{pathway, programs};

/// A confirmed decision whose step nobody has taken yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub pair: Uuid,
    /// «Иванова А. А. – Петров П. П.».
    pub title: String,
    /// Path of the evaluation.
    pub href: String,
    pub decision: Decision,
    pub confirmed_on: NaiveDate,
    /// Of a decision for a route: the mentees who have none.
    pub without_route: Vec<Uuid>,
}

/// Where the step of a decision stands.
pub(super) enum Step {
    /// Nothing follows, or the decision is too old to be told of.
    None,
    Waits,
    /// By the pair that goes on.
    Continued(Uuid),
    Taken,
}

/// What is known about steps of these pairs.
pub(super) struct Steps {
    continued: BTreeMap<Uuid, Uuid>,
    /// The revision under work or in force.
    revisions: BTreeMap<Uuid, i64>,
    on_route: BTreeSet<Uuid>,
}

impl Steps {
    pub(super) async fn of(connection: &impl ConnectionTrait, cases: &[&Case]) -> Outcome<Self> {
        let ids: Vec<Uuid> = cases.iter().map(|case| case.pair.id).collect();
        let mentees: Vec<Uuid> =
            cases.iter().flat_map(|case| case.pair.mentees.iter().map(|mentee| mentee.person)).collect();
        let programs = programs::states(connection, &ids).await?;
        Ok(Self {
            continued: pairs::continued(connection, &ids).await?,
            revisions: programs.into_iter().map(|(pair, program)| (pair, program.revision)).collect(),
            on_route: pathway::owners(connection, &mentees).await?,
        })
    }

    /// The mentees of the pair who have no route.
    pub(super) fn without_route(&self, case: &Case) -> Vec<Uuid> {
        let staying = case.pair.staying().map(|mentee| mentee.person);
        staying.filter(|person| !self.on_route.contains(person)).collect()
    }

    /// Where the step of this decision stands.
    pub(super) fn stands(&self, case: &Case, word: &Concluded) -> Step {
        let waits = match word.decision {
            Decision::Continue => return Step::None,
            Decision::Complete => case.state == pairs::State::Active && case.ending_order(None).is_none(),
            Decision::Prolong | Decision::NextProgram => match self.continued.get(&case.pair.id) {
                Some(next) => return Step::Continued(*next),
                None => true,
            },
            Decision::Revise => {
                let known = word.facts.program.as_ref().map_or(0, |program| i64::from(program.revision));
                let is_begun = self.revisions.get(&case.pair.id).is_some_and(|revision| *revision > known);
                case.state == pairs::State::Active && !is_begun
            }
            Decision::Route => !self.without_route(case).is_empty(),
        };
        if waits { Step::Waits } else { Step::Taken }
    }
}

/// The confirmed evaluation that counts: the final one, otherwise the newest.
fn last_word(all: &[Known], today: NaiveDate) -> Option<(&Known, &Row, &Concluded)> {
    let confirmed = all.iter().filter(|known| known.evaluation.state(today) == State::Confirmed);
    let known = confirmed.max_by_key(|known| (known.plan.wave == Wave::Final, known.plan.due))?;
    let row = known.row.as_ref()?;
    Some((known, row, row.concluded.as_ref()?))
}

/// The evaluations of these pairs whose decision waits for its step.
pub(super) async fn waiting(
    connection: &impl ConnectionTrait,
    cases: &[&Case],
    known: &BTreeMap<Uuid, Vec<Known>>,
    today: NaiveDate,
) -> Outcome<Vec<Decided>> {
    let steps = Steps::of(connection, cases).await?;
    let found = cases.iter().filter_map(|case| {
        let (one, row, word) = last_word(known.get(&case.pair.id)?, today)?;
        let confirmed_on = row.confirmed_on.filter(|day| is_told(*day, today))?;
        matches!(steps.stands(case, word), Step::Waits).then(|| Decided {
            pair: case.pair.id,
            title: case.pair.title(),
            href: format!("/pairs/{}/evaluations/{}", case.pair.id, one.plan.code()),
            decision: word.decision,
            confirmed_on,
            without_route: match word.decision {
                Decision::Route => steps.without_route(case),
                _ => Vec::new(),
            },
        })
    });
    Ok(found.collect())
}

/// What was decided about the pairs within reach of `ReadEvaluations` and waits for its step.
pub async fn decided(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    today: NaiveDate,
) -> Outcome<Vec<Decided>> {
    let cases = pairs::visible_cases(connection, reach, person, today).await?;
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let cases: Vec<&Case> = cases.iter().collect();
    let known = of_cases(connection, &cases, today).await?;
    waiting(connection, &cases, &known, today).await
}

/// The directions of work that are still hard for a mentee, as an evaluation has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remaining {
    pub domains: Vec<Domain>,
    pub confirmed_on: NaiveDate,
}

/// With what this person's route may begin: decided by the evaluation of a program of theirs. For the person alone.
pub async fn own_remaining(
    connection: &impl ConnectionTrait,
    person: Uuid,
    today: NaiveDate,
) -> Outcome<Option<Remaining>> {
    let own = Reach { pairs: true, ..Reach::default() };
    let mut cases = pairs::visible_cases(connection, &own, person, today).await?;
    cases.retain(|case| case.pair.mentees.iter().any(|mentee| mentee.person == person));
    if cases.is_empty() {
        return Ok(None);
    }
    let cases: Vec<&Case> = cases.iter().collect();
    let known = of_cases(connection, &cases, today).await?;
    let found = known.values().filter_map(|all| {
        let (_, row, word) = last_word(all, today)?;
        let confirmed_on = row.confirmed_on.filter(|day| is_told(*day, today))?;
        let domains = word.facts.remaining(PersonId(person));
        (word.decision == Decision::Route).then_some(Remaining { domains, confirmed_on })
    });
    Ok(found.max_by_key(|one| one.confirmed_on))
}
