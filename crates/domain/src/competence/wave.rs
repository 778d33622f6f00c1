//! When a sheet is filled, and in whose view.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Limits;

/// Three times a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wave {
    /// At the beginning, any time.
    Entry,
    /// In the middle of the year, a short one.
    Middle,
    /// At the end, the whole again.
    Final,
}

impl Wave {
    pub const ALL: [Self; 3] = [Self::Entry, Self::Middle, Self::Final];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Entry => "entry",
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
            Self::Entry => "вход",
            Self::Middle => "середина года",
            Self::Final => "итог года",
        }
    }

    /// What is offered on the day besides the entry sheet, which may be begun at any time.
    pub fn current(day: NaiveDate, limits: &Limits) -> Self {
        match day.month() {
            month if month == limits.middle_month => Self::Middle,
            month if month == limits.final_month => Self::Final,
            _ => Self::Entry,
        }
    }

    /// Everything that may be begun on the day, the most timely first.
    pub fn offered(day: NaiveDate, limits: &Limits) -> Vec<Self> {
        match Self::current(day, limits) {
            Self::Entry => vec![Self::Entry],
            other => vec![other, Self::Entry],
        }
    }
}

/// Whose eyes a sheet is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    Own,
    Mentor,
    /// A colleague whom the person asked.
    Expert,
}

impl View {
    pub const ALL: [Self; 3] = [Self::Own, Self::Mentor, Self::Expert];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Mentor => "mentor",
            Self::Expert => "expert",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }
}

/// Why a mentor's view can't be begun yet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VisitError {
    #[error("Взгляд наставника опирается на два разных посещения: укажите два разных дня")]
    SameDay,
    #[error("Посещение датировано будущим днём: проверьте дату")]
    InFuture,
    #[error("Посещение было больше {0} месяцев назад: побывайте на занятии снова, многое могло измениться")]
    TooOld(u32),
}

/// A mentor's view rests on two visits on different days of the last months before today (п. 5.1.1). The index
/// beside the refusal tells which of them is to be mended.
pub fn check_visits(
    visits: [NaiveDate; 2],
    today: NaiveDate,
    limits: &Limits,
) -> Result<(), (usize, VisitError)> {
    let earliest = today.checked_sub_months(Months::new(limits.visit_months)).unwrap_or(today);
    for (index, visit) in visits.into_iter().enumerate() {
        if visit > today {
            return Err((index, VisitError::InFuture));
        }
        if visit < earliest {
            return Err((index, VisitError::TooOld(limits.visit_months)));
        }
    }
    if visits[0] == visits[1] {
        return Err((1, VisitError::SameDay));
    }
    Ok(())
}
