//! When a program is evaluated (D11, ДК 2.2).

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::config::EvaluationRules;
use crate::kind::Kind;
use crate::period::Period;
use crate::year::AcademicYear;

/// Which evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wave {
    /// In January.
    Middle,
    /// In April and May, or in the last days of a pair.
    Final,
}

impl Wave {
    pub const ALL: [Self; 2] = [Self::Middle, Self::Final];

    /// The code of rules, addresses and the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Middle => "middle",
            Self::Final => "final",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wave| wave.code() == code)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Middle => "промежуточная оценка",
            Self::Final => "итоговая оценка",
        }
    }
}

/// How much is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Report or reflection, marks, answers.
    Full,
    /// Situational mentoring has no plan: report or reflection alone.
    Short,
}

impl Shape {
    /// What is asked of mentoring of these kinds; a single meeting is not evaluated.
    pub fn of(kinds: &[Kind]) -> Option<Self> {
        if kinds.contains(&Kind::Speed) {
            return None;
        }
        let is_light = |kind: &Kind| matches!(kind, Kind::Situational | Kind::Virtual | Kind::Reverse);
        let is_short = kinds.contains(&Kind::Situational) && kinds.iter().all(is_light);
        Some(if is_short { Self::Short } else { Self::Full })
    }
}

/// An evaluation that a pair has ahead or behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WavePlan {
    pub wave: Wave,
    pub shape: Shape,
    /// The first day on which parts are written.
    pub opens: NaiveDate,
    /// Parts are due by the end of this day; afterwards the curator may conclude without them.
    pub due: NaiveDate,
}

impl WavePlan {
    /// The word in addresses and in the database: a pair has one final evaluation and one middle of a year.
    pub fn code(&self) -> String {
        match self.wave {
            Wave::Middle => format!("middle-{}", self.due.year()),
            Wave::Final => "final".to_owned(),
        }
    }

    /// «Промежуточная оценка, январь 2027 г.» has the year beside it, the final one needs none.
    pub fn title(&self) -> String {
        match self.wave {
            Wave::Middle => format!("Промежуточная оценка {}\u{a0}года", self.due.year()),
            Wave::Final => "Итоговая оценка".to_owned(),
        }
    }
}

/// All evaluations of mentoring of these days and kinds, the earliest first. They lie within the days and never overlap
/// by more than a day.
pub fn waves(period: &Period, kinds: &[Kind], rules: &EvaluationRules) -> Vec<WavePlan> {
    let Some((shape, last)) = Shape::of(kinds).zip(period.last_day()) else { return Vec::new() };
    let has_middle = shape == Shape::Full
        && !kinds.contains(&Kind::GoalSetting)
        && period.lasts_months(rules.least_months_for_middle);
    let mut found: Vec<WavePlan> = (period.from().year()..=last.year())
        .filter(|_| has_middle)
        .filter_map(|year| middle(period.from(), last, year, rules))
        .map(|(opens, due)| WavePlan { wave: Wave::Middle, shape, opens, due })
        .collect();
    let (opens, due) = last_one(period.from(), last, rules);
    found.push(WavePlan { wave: Wave::Final, shape, opens, due });
    found
}

fn middle(
    from: NaiveDate,
    last: NaiveDate,
    year: i32,
    rules: &EvaluationRules,
) -> Option<(NaiveDate, NaiveDate)> {
    let apart = Days::new(u64::from(rules.apart_days));
    let first = NaiveDate::from_ymd_opt(year, rules.middle_month, 1)?;
    let end = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
    let opens = first.max(from.checked_add_days(apart)?);
    let due = end.min(last.checked_sub_days(apart)?);
    (opens <= due).then_some((opens, due))
}

/// In the season of the school year in which the pair ends, or in its last days where the season does not fit.
fn last_one(from: NaiveDate, last: NaiveDate, rules: &EvaluationRules) -> (NaiveDate, NaiveDate) {
    let year = AcademicYear::of(last).0 + 1;
    let settled = from.checked_add_days(Days::new(u64::from(rules.apart_days))).unwrap_or(from);
    let season = rules.final_from.in_year(year).zip(rules.final_to.in_year(year));
    if let Some((first, end)) = season.filter(|(first, end)| last >= *first && settled <= *end) {
        let due = last.min(end);
        return (first.max(settled).min(due), due);
    }
    let lead = last.checked_sub_days(Days::new(u64::from(rules.lead_days))).unwrap_or(from);
    (from.max(lead), last)
}
