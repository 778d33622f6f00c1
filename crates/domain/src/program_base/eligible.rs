//! Whether a program may be offered to the base: finished and well evaluated (D12).

use chrono::{Days, NaiveDate};

use crate::config::BaseRules;
use crate::russian::long;

/// How the program was evaluated at its end (D11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evaluation {
    Good,
    /// Not good enough to be an example.
    Weak,
}

/// What is known about a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The revision in force, if anything was approved.
    pub approved_revision: Option<u32>,
    /// Measures of the text in force, and how many of them are carried out.
    pub measures: u32,
    pub measures_done: u32,
    /// The last day of the mentorship.
    pub last_day: NaiveDate,
    /// Nothing while nobody has evaluated it: then the curator describes what came of it.
    pub evaluation: Option<Evaluation>,
    /// The revision to whose offer somebody of the pair has said no.
    pub declined_revision: Option<u32>,
}

/// Why a program can't be offered yet, with what would help.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lack {
    #[error("Программа не утверждена")]
    NotApproved,
    #[error("Выполнено {done} из {all} мероприятий, нужно хотя бы {percent}\u{a0}%")]
    TooLittleDone { done: u32, all: u32, percent: u32 },
    #[error("Наставничество ещё идёт, предложить можно с {}", long(*.0))]
    StillRuns(NaiveDate),
    #[error("Итоговая оценка программы не положительная")]
    NotGood,
    #[error("Участники пары не согласились показать эту программу")]
    Declined,
}

/// Whether the program may be offered today.
pub fn eligible(facts: &Facts, rules: &BaseRules, today: NaiveDate) -> Result<(), Lack> {
    let Some(revision) = facts.approved_revision else { return Err(Lack::NotApproved) };
    if facts.declined_revision == Some(revision) {
        return Err(Lack::Declined);
    }
    let (done, all, percent) = (facts.measures_done, facts.measures, rules.done_percent);
    if all == 0 || done * 100 < all * percent {
        return Err(Lack::TooLittleDone { done, all, percent });
    }
    let from = facts.last_day.checked_sub_days(Days::new(rules.last_days)).unwrap_or(facts.last_day);
    if from > today {
        return Err(Lack::StillRuns(from));
    }
    if facts.evaluation == Some(Evaluation::Weak) {
        return Err(Lack::NotGood);
    }
    Ok(())
}
