//! Selection of mentors (B4, п. 3.1, 4.1.3, этап 4): criteria with what was found, two decisions, one outcome.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::config::{Criterion, How, Post, SelectionRules};
use crate::period::Since;
use crate::person::Qualification;
use crate::russian;
use crate::training::Training;

/// What the record says about a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What the positions make of the person; nothing if they work there no more.
    pub post: Option<Post>,
    pub teaching_since: Option<Since>,
    /// Of all jobs.
    pub qualifications: Vec<Qualification>,
    /// Achievements with evidence (A8).
    pub confirmed_results: usize,
    pub training: Training,
    pub nomination: Nomination,
}

/// Whether the person has asked to be a mentor themself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nomination {
    Own,
    ByOthers,
}

/// What a person of the school answered about a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Yes,
    No,
}

impl Answer {
    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Yes, Self::No].into_iter().find(|answer| answer.code() == code)
    }
}

/// Whether a criterion is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Met {
    No,
    Unknown,
    Yes,
}

/// A criterion with what was found and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub criterion: Criterion,
    pub met: Met,
    /// «учитель с 2014 года», «нет ответа»: which fact has told it.
    pub reason: String,
}

impl Finding {
    /// Whether it stands in the way.
    pub fn hinders(&self) -> bool {
        self.criterion.required && self.met != Met::Yes
    }
}

/// Looks at each criterion. `answers` are by the codes of criteria; where a fact speaks, answers are not asked.
pub fn check(
    criteria: &[Criterion],
    facts: &Facts,
    answers: &BTreeMap<String, Answer>,
    today: NaiveDate,
) -> Vec<Finding> {
    let finding = |criterion: &Criterion| {
        let (met, reason) = look(criterion, facts, answers.get(&criterion.code).copied(), today);
        Finding { criterion: criterion.clone(), met, reason }
    };
    criteria.iter().map(finding).collect()
}

fn look(criterion: &Criterion, facts: &Facts, answer: Option<Answer>, today: NaiveDate) -> (Met, String) {
    match &criterion.how {
        How::Position => match facts.post {
            Some(Post::Other) => (Met::No, "должность не педагогическая".to_owned()),
            Some(_) => (Met::Yes, "по карточке работника".to_owned()),
            None => (Met::No, "не работает в организации".to_owned()),
        },
        How::Experience { least_years } => experience(facts.teaching_since, *least_years, today),
        How::Qualification { enough, with_results } => qualification(facts, enough, with_results),
        How::Results { least } => {
            let count = facts.confirmed_results as u64;
            let words = russian::count(count, "достижение", "достижения", "достижений");
            let met = if facts.confirmed_results >= *least { Met::Yes } else { Met::No };
            (met, format!("записано: {words}"))
        }
        How::Voluntary if facts.nomination == Nomination::Own => {
            (Met::Yes, "выдвинул кандидатуру сам".to_owned())
        }
        How::Training => {
            let met = if facts.training.is_enough() { Met::Yes } else { Met::No };
            (met, facts.training.title().to_owned())
        }
        How::Voluntary | How::Answer => match answer {
            Some(Answer::Yes) => (Met::Yes, "ответ: да".to_owned()),
            Some(Answer::No) => (Met::No, "ответ: нет".to_owned()),
            None => (Met::Unknown, "ответа пока нет".to_owned()),
        },
    }
}

fn experience(since: Option<Since>, least_years: u32, today: NaiveDate) -> (Met, String) {
    let Some(since) = since else {
        return (Met::Unknown, "дата начала стажа не указана".to_owned());
    };
    let lasted = |start: NaiveDate| {
        start.checked_add_months(Months::new(least_years.saturating_mul(12))).is_some_and(|day| day <= today)
    };
    let met = match (lasted(since.latest()), lasted(since.earliest())) {
        (true, _) => Met::Yes,
        (false, true) => return (Met::Unknown, "дата начала стажа неточная".to_owned()),
        (false, false) => Met::No,
    };
    (met, format!("преподаёт с {} года", since.date.format("%Y")))
}

fn qualification(facts: &Facts, enough: &[Qualification], with_results: &[Qualification]) -> (Met, String) {
    let held = |list: &[Qualification]| facts.qualifications.iter().copied().find(|held| list.contains(held));
    if let Some(held) = held(enough) {
        return (Met::Yes, format!("категория: {}", held.title()));
    }
    match held(with_results) {
        Some(held) if facts.confirmed_results > 0 => {
            (Met::Yes, format!("{}, есть подтверждённые достижения", held.title()))
        }
        Some(held) => (Met::No, format!("{}, подтверждённых достижений пока нет", held.title())),
        None if facts.qualifications.is_empty() => (Met::Unknown, "категория не указана".to_owned()),
        None => (Met::No, "категории недостаточно".to_owned()),
    }
}

/// Who decides: the curator and the council, each by themself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    Curator,
    Council,
}

impl Body {
    pub const ALL: [Self; 2] = [Self::Curator, Self::Council];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Curator => "curator",
            Self::Council => "council",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Curator => "куратор",
            Self::Council => "совет наставников",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|body| body.code() == code)
    }
}

/// What a body decided; the latest word of each counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    For,
    Against,
}

impl Vote {
    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::For => "за",
            Self::Against => "против",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::For, Self::Against].into_iter().find(|vote| vote.code() == code)
    }
}

/// Why somebody is not selected yet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Не выполнено: {title} ({clause})")]
    NotMet { title: String, clause: String },
    #[error("Пока не известно: {title} ({clause})")]
    Unknown { title: String, clause: String },
    #[error("Ждёт решения: {0} (п. 4.1.2, 4.1.3, этап 4)", body.title())]
    Undecided { body: Body },
    #[error("Решение против: {0} (п. 4.1.2, 4.1.3, этап 4)", body.title())]
    Against { body: Body },
}

/// The decisions in force.
pub type Votes = BTreeMap<Body, Vote>;

/// Selected only if every required criterion is met and both have decided «за»; otherwise everything that hinders.
pub fn decide(findings: &[Finding], votes: &Votes) -> Result<(), Vec<Refusal>> {
    let mut refusals = hindrances(findings);
    for body in Body::ALL {
        match votes.get(&body) {
            Some(Vote::For) => {}
            Some(Vote::Against) => refusals.push(Refusal::Against { body }),
            None => refusals.push(Refusal::Undecided { body }),
        }
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// What hinders a decision «за».
pub fn hindrances(findings: &[Finding]) -> Vec<Refusal> {
    let refusal = |finding: &Finding| {
        let (title, clause) = (finding.criterion.title.clone(), finding.criterion.clause.clone());
        match finding.met {
            Met::No => Refusal::NotMet { title, clause },
            Met::Unknown | Met::Yes => Refusal::Unknown { title, clause },
        }
    };
    findings.iter().filter(|finding| finding.hinders()).map(refusal).collect()
}

/// Where the selection of a candidate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    NotBegun,
    UnderWay,
    Selected,
    Declined,
}

impl Standing {
    pub const ALL: [Self; 4] = [Self::NotBegun, Self::UnderWay, Self::Selected, Self::Declined];

    /// The code for addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotBegun => "not_begun",
            Self::UnderWay => "under_way",
            Self::Selected => "selected",
            Self::Declined => "declined",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::NotBegun => "отбор не начат",
            Self::UnderWay => "отбор идёт",
            Self::Selected => "отобран",
            Self::Declined => "не отобран",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }

    /// Follows from the findings and the votes; nothing is typed in.
    pub fn of(findings: &[Finding], votes: &Votes) -> Self {
        if votes.values().any(|vote| *vote == Vote::Against) {
            return Self::Declined;
        }
        match (decide(findings, votes), votes.is_empty()) {
            (Ok(()), _) => Self::Selected,
            (Err(_), true) => Self::NotBegun,
            (Err(_), false) => Self::UnderWay,
        }
    }

    /// Whether a mentor with this standing may be offered for pairs under the rules of the day.
    pub fn allows_offer(self, rules: &SelectionRules) -> bool {
        !rules.required_for_offer || self == Self::Selected
    }
}

#[cfg(test)]
mod tests;
