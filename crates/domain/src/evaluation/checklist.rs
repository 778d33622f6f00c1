//! What the curator looks at (ДК 2.2): each item no, partly, yes; facts propose the answer where they can.

use serde::Deserialize;

use super::Facts;
use crate::config::EvaluationRules;
use crate::russian::count;

/// The facts behind an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    Measures,
    Meetings,
    Products,
    Revision,
    Growth,
}

/// An answer of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    No,
    Partly,
    Yes,
}

impl Mark {
    pub const ALL: [Self; 3] = [Self::No, Self::Partly, Self::Yes];

    /// 0 to 2.
    pub const fn number(self) -> i64 {
        match self {
            Self::No => 0,
            Self::Partly => 1,
            Self::Yes => 2,
        }
    }

    /// Reads the number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.number() == number)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::No => "нет",
            Self::Partly => "частично",
            Self::Yes => "да",
        }
    }
}

/// What facts propose, with the words of why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    pub mark: Mark,
    pub words: String,
}

/// What the points say of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    NeedsDecision,
    Acceptable,
    Optimal,
}

impl Verdict {
    /// Words about the course of the program.
    pub const fn title(self) -> &'static str {
        match self {
            Self::NeedsDecision => "требует решения",
            Self::Acceptable => "допустимый ход",
            Self::Optimal => "оптимальный ход",
        }
    }
}

/// The points of a checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    pub points: u32,
    pub most: u32,
    pub verdict: Verdict,
}

/// Adds the marks up.
pub fn score(marks: &[Mark], rules: &EvaluationRules) -> Score {
    let points = marks.iter().map(|mark| u32::try_from(mark.number()).unwrap_or(0)).sum::<u32>();
    judged(points, u32::try_from(marks.len()).unwrap_or(u32::MAX).saturating_mul(2), rules)
}

/// What points counted earlier say.
pub fn judged(points: u32, most: u32, rules: &EvaluationRules) -> Score {
    let reaches = |percent: u32| most > 0 && points * 100 >= most * percent;
    let verdict = if reaches(rules.optimal_percent) {
        Verdict::Optimal
    } else if reaches(rules.acceptable_percent) {
        Verdict::Acceptable
    } else {
        Verdict::NeedsDecision
    };
    Score { points, most, verdict }
}

/// What the facts propose; nothing where they are silent.
pub fn suggest(evidence: Evidence, facts: &Facts, rules: &EvaluationRules) -> Option<Suggested> {
    let said = |mark, words: String| Some(Suggested { mark, words });
    let graded = |is_whole: bool, is_part: bool| match (is_whole, is_part) {
        (true, _) => Mark::Yes,
        (_, true) => Mark::Partly,
        _ => Mark::No,
    };
    let program = facts.program.as_ref();
    match evidence {
        Evidence::Measures => {
            let program = program.filter(|program| program.due() > 0)?;
            let (done, due) = (program.done, program.due());
            let reaches = |percent: u32| done * 100 >= due * percent;
            let mark = graded(reaches(rules.measures_whole_percent), reaches(rules.measures_part_percent));
            said(mark, format!("выполнено {done} из {due}, срок которых подошёл"))
        }
        Evidence::Meetings => {
            let (met, months) = (facts.meetings, facts.months());
            let mark = graded(met >= months, met > 0);
            let met = count(u64::from(met), "встреча", "встречи", "встреч");
            let months = count(u64::from(months), "месяц", "месяца", "месяцев");
            said(mark, format!("{met} за {months}"))
        }
        Evidence::Products => {
            let products = program.map_or(0, |program| program.products.len());
            let mark = graded(facts.visits > 0 && products > 0, facts.visits > 0 || products > 0);
            let visits = count(u64::from(facts.visits), "посещение", "посещения", "посещений");
            let products = count(products as u64, "результат", "результата", "результатов");
            said(mark, format!("{visits}, {products}"))
        }
        Evidence::Revision => {
            let program = program.filter(|program| program.revision > 1)?;
            said(Mark::Yes, format!("действует редакция {}", program.revision))
        }
        Evidence::Growth => {
            let growth = facts.growth();
            if growth.of == 0 {
                return None;
            }
            let mark = graded(growth.grew * 2 > growth.of, growth.grew > 0);
            said(mark, format!("рост по {} из {}", growth.grew, growth.of))
        }
    }
}
