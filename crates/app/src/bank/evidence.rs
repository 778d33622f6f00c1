//! What else speaks for candidates: strengths, courses, answers and decisions, gathered for a whole list at once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::selection::{self, Answer, Body, Facts, Finding, Nomination, Standing, Votes};
use nastavnik_domain::training::Training;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::rules::Rules;
use super::store::{self, CandidateRow, CourseRow, SelectionDecision};
use super::terms::Strength;
use super::worker::Worker;

/// How the selection of a candidate stands and what it rests on.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    pub(super) findings: Vec<Finding>,
    pub(super) votes: Votes,
    /// Every decision, the earliest first.
    pub(super) decisions: Vec<SelectionDecision>,
    pub(super) answers: BTreeMap<String, Answer>,
    pub(super) standing: Standing,
    /// Whether the rules of the day let the candidate be offered for pairs.
    pub(super) allows_offer: bool,
}

impl Selection {
    /// The decision of a body that counts.
    pub(super) fn decision_of(&self, body: Body) -> Option<&SelectionDecision> {
        self.decisions.iter().rfind(|decision| decision.body == body)
    }
}

/// What speaks for one candidate.
pub(super) struct More {
    pub(super) strengths: Vec<Strength>,
    pub(super) courses: Vec<CourseRow>,
    answers: BTreeMap<String, Answer>,
    decisions: Vec<SelectionDecision>,
    nomination: Nomination,
}

impl More {
    /// Looks at the criteria of the day.
    pub(super) fn selection(
        &self,
        worker: Option<&Worker>,
        (confirmed_results, training): (usize, Training),
        today: NaiveDate,
    ) -> anyhow::Result<Selection> {
        let rules = Rules::load()?;
        let criteria = rules.selection(today)?;
        let facts = Facts {
            post: worker.map(|worker| worker.post(&rules.positions)),
            teaching_since: worker.and_then(|worker| worker.teaching_since),
            qualifications: worker
                .map(|worker| worker.jobs.iter().filter_map(|job| job.qualification).collect())
                .unwrap_or_default(),
            confirmed_results,
            training,
            nomination: self.nomination,
        };
        let findings = selection::check(&criteria.criteria, &facts, &self.answers, today);
        let votes: Votes = self.decisions.iter().map(|decision| (decision.body, decision.vote)).collect();
        let standing = Standing::of(&findings, &votes);
        Ok(Selection {
            findings,
            votes,
            decisions: self.decisions.clone(),
            answers: self.answers.clone(),
            standing,
            allows_offer: standing.allows_offer(criteria),
        })
    }
}

/// Everything of this kind about a list of candidates: five queries however long it is.
pub(super) struct Evidences {
    strengths: BTreeMap<Uuid, Vec<Strength>>,
    courses: BTreeMap<Uuid, Vec<CourseRow>>,
    answers: BTreeMap<Uuid, BTreeMap<String, Answer>>,
    decisions: BTreeMap<Uuid, Vec<SelectionDecision>>,
    self_nominated: BTreeSet<Uuid>,
}

impl Evidences {
    /// Of candidates within reach; of one when the list has only that.
    pub(super) async fn load(
        connection: &impl ConnectionTrait,
        reach: &Reach,
        rows: &[CandidateRow],
    ) -> anyhow::Result<Self> {
        let (one, person) = match rows {
            [row] => (Some(row.id), Some(row.person_id)),
            _ => (None, None),
        };
        let mut found = Self {
            strengths: BTreeMap::new(),
            courses: BTreeMap::new(),
            answers: BTreeMap::new(),
            decisions: BTreeMap::new(),
            self_nominated: store::self_nominated(connection, reach, one).await?,
        };
        for (candidate, strength) in store::strengths(connection, reach, one).await? {
            found.strengths.entry(candidate).or_default().push(strength);
        }
        for course in store::courses(connection, reach, person).await? {
            found.courses.entry(course.person_id).or_default().push(course);
        }
        for (candidate, criterion, answer) in store::selection_answers(connection, reach, one).await? {
            found.answers.entry(candidate).or_default().insert(criterion, answer);
        }
        for decision in store::selection_decisions(connection, reach, one).await? {
            found.decisions.entry(decision.candidate).or_default().push(decision);
        }
        Ok(found)
    }

    /// What speaks for this candidate. A person may be a candidate in two schools: both read the same courses.
    pub(super) fn of(&mut self, row: &CandidateRow) -> More {
        More {
            strengths: self.strengths.remove(&row.id).unwrap_or_default(),
            courses: self.courses.get(&row.person_id).cloned().unwrap_or_default(),
            answers: self.answers.remove(&row.id).unwrap_or_default(),
            decisions: self.decisions.remove(&row.id).unwrap_or_default(),
            nomination: if self.self_nominated.contains(&row.id) {
                Nomination::Own
            } else {
                Nomination::ByOthers
            },
        }
    }
}
