//! An evaluation as it is kept, and what it is by the rules.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::config::EvaluationRules;
use nastavnik_domain::evaluation::{
    Conclusion, Council, Decision, Degree, Desk, Evaluation, Facts, Mark, NotYours, Score, Wave, WavePlan,
    judged, may_conclude, waves,
};
use nastavnik_domain::gate::EndReason;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::petition::Receiver;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::council;
use crate::kernel::web::Ctx;
use crate::pairs::{Case, Pair, State};

/// The row of an evaluation.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) code: String,
    pub(super) concluded: Option<Concluded>,
    /// The question before the council about the conclusion that stands.
    pub(super) council: Option<Uuid>,
    /// What the director asked to mend.
    pub(super) returned: String,
    pub(super) confirmed_on: Option<NaiveDate>,
    pub(super) confirmed_by: Option<Uuid>,
    pub(super) paper: Option<Paper>,
    pub(super) version: i64,
}

/// The curator's conclusion.
#[derive(Clone, Debug)]
pub(super) struct Concluded {
    pub(super) decision: Decision,
    pub(super) reason: String,
    pub(super) points: i64,
    pub(super) most: i64,
    pub(super) on: NaiveDate,
    pub(super) by: Uuid,
    /// As they stood at the conclusion.
    pub(super) facts: Facts,
}

/// The sheet of a confirmed evaluation.
#[derive(Clone, Debug)]
pub(super) struct Paper {
    pub(super) label: String,
    pub(super) pdf: Uuid,
    pub(super) docx: Uuid,
}

/// One participant's part.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) person: Uuid,
    pub(super) said: Said,
    pub(super) signed_at: Option<DateTime<Utc>>,
    pub(super) version: i64,
}

/// What a part says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) body: String,
    pub(super) worked: String,
    pub(super) failed: String,
    pub(super) ahead: String,
    pub(super) shown: Shown,
}

/// Whether the author shows the words to the curator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    #[default]
    PairOnly,
    ToCurator,
}

/// Marks of H11: whose, when, in which row.
pub(super) type Marks = BTreeMap<(Uuid, String, String), Degree>;

/// The answers of a checklist by item.
pub(super) type Answers = BTreeMap<String, Mark>;

/// The moment of the marks made at the start.
pub(super) const START: &str = "start";

impl Concluded {
    /// What the points say by the rules.
    pub(super) fn score(&self, rules: &EvaluationRules) -> Score {
        let number = |value: i64| u32::try_from(value).unwrap_or(0);
        judged(number(self.points), number(self.most), rules)
    }
}

/// The evaluations of a pair by its kinds and days; a pair that no order has fixed has none yet. One that nobody has begun
/// falls away when there is nobody to ask any more, or when the next one has opened.
pub(super) fn plans(case: &Case, rules: &EvaluationRules, today: NaiveDate, begun: &[Row]) -> Vec<WavePlan> {
    if !matches!(case.state, State::Scheduled | State::Active | State::Ended) {
        return Vec::new();
    }
    let period = case.pair.period.ending(case.last_day()).unwrap_or(case.pair.period);
    let mut plans = waves(&period, &case.pair.kinds, rules);
    let is_torn = case.papers.ending.as_ref().is_some_and(|ending| {
        matches!(
            ending.reason,
            EndReason::Incompatibility | EndReason::Dismissal | EndReason::Leave | EndReason::Transfer
        )
    });
    let final_opens = plans.last().map(|plan| plan.opens);
    plans.retain(|plan| {
        let is_passed = plan.wave == Wave::Middle && final_opens.is_some_and(|opens| today > opens);
        let is_begun = begun.iter().any(|row| row.code == plan.code());
        is_begun || !(is_torn || is_passed)
    });
    plans
}

/// Whether this reader concludes an evaluation of the pair that falls to `concluder`.
///
/// # Errors
/// Who does instead.
pub(super) fn concludes(ctx: &Ctx, pair: &Pair, concluder: Receiver) -> Result<(), NotYours> {
    let holds = |role| ctx.actor().held(role).any(|grant| grant.organization.0 == pair.organization);
    let offices = [
        (Receiver::Curator, Role::Curator),
        (Receiver::Director, Role::Director),
        (Receiver::Council, Role::Council),
    ];
    let held = offices.into_iter().filter(|(_, role)| holds(*role)).map(|(office, _)| office);
    let desk = Desk { person: ctx.actor().person, offices: held.collect() };
    may_conclude(&desk, &pair.people().map(|one| PersonId(one.person)).collect(), concluder)
}

/// Who owes a part: the mentor and the mentees who stay.
pub(super) fn owing(case: &Case) -> BTreeSet<PersonId> {
    let mentees = case.pair.staying().map(|mentee| PersonId(mentee.person));
    mentees.chain([PersonId(case.pair.mentor.person)]).collect()
}

/// What it is by the rules.
pub(super) fn evaluation(
    plan: WavePlan,
    case: &Case,
    row: Option<&Row>,
    signed: &[Uuid],
    council: Council,
) -> Evaluation {
    let mut known = Evaluation::new(plan, owing(case));
    known.given =
        signed.iter().copied().map(PersonId).filter(|person| known.owing.contains(person)).collect();
    known.council = council;
    if let Some(row) = row {
        known.conclusion =
            row.concluded.as_ref().map(|word| Conclusion { decision: word.decision, on: word.on });
        known.confirmed_on = row.confirmed_on;
    }
    known
}

/// The council's word in the words of the rules.
pub(super) const fn council_word(standing: Option<&council::Standing>, is_asked: Option<Uuid>) -> Council {
    match (is_asked, standing) {
        (None, _) => Council::NotAsked,
        (Some(_), Some(council::Standing::Decided { decision: council::Decision::Declined, .. })) => {
            Council::Declined
        }
        (Some(_), Some(council::Standing::Decided { .. })) => Council::Agreed,
        (Some(_), _) => Council::Waits,
    }
}
