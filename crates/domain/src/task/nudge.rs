//! Gentle reminders: how near a term is, in working days, in words that judge nobody.

use std::cmp::Ordering;

use chrono::NaiveDate;

use crate::russian;
use crate::working_days::{Calendar, CalendarError};

/// What a term asks for today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// Far enough: nobody is reminded.
    Quiet,
    /// So many working days are left, the last one included.
    Soon(usize),
    Today,
    /// So many working days have passed; zero on days off right after the term.
    Late(usize),
}

impl Nudge {
    pub const fn is_late(self) -> bool {
        matches!(self, Self::Late(_))
    }

    /// «срок сегодня»; empty where nobody is reminded.
    pub fn words(self) -> String {
        let days = |count: usize| {
            russian::count(
                u64::try_from(count).unwrap_or(u64::MAX),
                "рабочий день",
                "рабочих дня",
                "рабочих дней",
            )
        };
        match self {
            Self::Quiet => String::new(),
            Self::Soon(left) => format!("срок через {}", days(left)),
            Self::Today => "срок сегодня".to_owned(),
            Self::Late(0) => "срок прошёл".to_owned(),
            Self::Late(passed) => format!("срок прошёл {} назад", days(passed)),
        }
    }
}

/// The last day of a term: a day off means the next working day.
pub fn last_day(due: NaiveDate, calendar: &Calendar) -> NaiveDate {
    due.iter_days().find(|day| calendar.is_working(*day)).unwrap_or(due)
}

/// What the term asks for today; `soon` working days ahead is soon.
pub fn nudge(due: NaiveDate, today: NaiveDate, soon: usize, calendar: &Calendar) -> Nudge {
    let last = last_day(due, calendar);
    match today.cmp(&last) {
        Ordering::Equal => Nudge::Today,
        Ordering::Greater => Nudge::Late(calendar.working_days_between(last, today)),
        Ordering::Less => match calendar.working_days_between(today, last) {
            left if left <= soon => Nudge::Soon(left),
            _ => Nudge::Quiet,
        },
    }
}

/// The term that is offered for a new task: so many working days ahead, within the days of the pair.
pub fn usual_due(
    today: NaiveDate,
    working_days: u32,
    ends_on: NaiveDate,
    calendar: &Calendar,
) -> Result<NaiveDate, CalendarError> {
    Ok(calendar.add_working_days(today, working_days)?.min(ends_on))
}

/// The term of a task made from a measure of the program: the measure's own, or the usual one where that has passed.
pub fn due_of_measure(
    measure: NaiveDate,
    today: NaiveDate,
    usual: NaiveDate,
    ends_on: NaiveDate,
) -> NaiveDate {
    if measure < today { usual } else { measure.min(ends_on) }
}
