//! The production calendar: which days are working days (статьи 111, 112 ТК РФ).
//!
//! Holidays and moved days are data (`regulation/calendar.toml`). In a year the data does not
//! cover, weekends and the holidays of статья 112 rest, and `is_confirmed` says that it is a guess.
//! School breaks stand beside: work goes on in them, lessons don't.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

const BUNDLED: &str = include_str!("../../../regulation/calendar.toml");

/// Farther than this nobody counts: a guard against endless walks.
const MOST_DAYS: u32 = 1000;

/// The five-day week with holidays and moved days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    holidays: BTreeSet<(u32, u32)>,
    years: BTreeMap<i32, Year>,
    breaks: Vec<Break>,
}

/// A school break; both days belong to it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// «осенние каникулы».
    pub name: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// Why days can't be counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The text is not a calendar.
    #[error("Производственный календарь не читается: {0}")]
    Unreadable(String),
    /// A day stands under another year.
    #[error("В производственном календаре за {year} год указан день другого года: {day}")]
    WrongYear { year: i32, day: NaiveDate },
    /// One day is both a day off and a working day.
    #[error("В производственном календаре день {0} указан и рабочим, и выходным")]
    Contradiction(NaiveDate),
    /// A break ends before it begins.
    #[error("В производственном календаре каникулы «{0}» заканчиваются раньше, чем начинаются")]
    WrongBreak(String),
    /// The count leaves the calendar.
    #[error("Срок слишком велик, его нельзя отсчитать в рабочих днях")]
    TooFar,
}

/// One year as the government set it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// Calendar year.
    pub year: i32,
    /// The decree and how far it is trusted.
    pub source: String,
    /// Whether the government's decree on moved days is included, or only the holidays of the Code.
    pub moves: Moves,
    /// Days off besides weekends and the holidays of the Code.
    #[serde(default)]
    pub days_off: BTreeSet<NaiveDate>,
    /// Saturdays and Sundays that are working days.
    #[serde(default)]
    pub working: BTreeSet<NaiveDate>,
}

/// What is known of moved days in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moves {
    /// By the government's decree.
    Decreed,
    /// Only what the Code itself moves: the decree was not known when the data was written.
    CodeOnly,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    holidays: Vec<String>,
    year: Vec<Year>,
    #[serde(default)]
    breaks: Vec<Break>,
}

impl Calendar {
    /// The calendar that comes with the program.
    pub fn bundled() -> Result<Self, CalendarError> {
        Self::parse(BUNDLED)
    }

    /// Reads a calendar in the form of `regulation/calendar.toml`.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let data: Data =
            toml::from_str(text).map_err(|error| CalendarError::Unreadable(error.to_string()))?;
        let mut holidays = BTreeSet::new();
        for text in data.holidays {
            // 2024 is a leap year, so «29 февраля» would be read as well.
            let day = NaiveDate::parse_from_str(&format!("2024-{text}"), "%Y-%m-%d")
                .map_err(|error| CalendarError::Unreadable(format!("{text}: {error}")))?;
            holidays.insert((day.month(), day.day()));
        }
        let mut years = BTreeMap::new();
        for year in data.year {
            check_year(&year)?;
            years.insert(year.year, year);
        }
        if let Some(wrong) = data.breaks.iter().find(|found| found.to < found.from) {
            return Err(CalendarError::WrongBreak(wrong.name.clone()));
        }
        Ok(Self { holidays, years, breaks: data.breaks })
    }

    /// Whether people work on that day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        let year = self.year(day.year());
        if year.is_some_and(|year| year.working.contains(&day)) {
            return true;
        }
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let holiday = self.holidays.contains(&(day.month(), day.day()));
        let moved = year.is_some_and(|year| year.days_off.contains(&day));
        !(weekend || holiday || moved)
    }

    /// Whether the day is a holiday of the Code or a day off moved by the government; a plain weekend is neither.
    pub fn is_holiday(&self, day: NaiveDate) -> bool {
        self.holidays.contains(&(day.month(), day.day()))
            || self.year(day.year()).is_some_and(|year| year.days_off.contains(&day))
    }

    /// The school break the day belongs to.
    pub fn break_on(&self, day: NaiveDate) -> Option<&Break> {
        self.breaks.iter().find(|found| (found.from..=found.to).contains(&day))
    }

    /// Whether there are lessons on that day: a working day outside of school breaks.
    pub fn is_school_day(&self, day: NaiveDate) -> bool {
        self.is_working(day) && self.break_on(day).is_none()
    }

    /// How many days of lessons lie after `from` up to and including `to`; zero if `to` is not later.
    pub fn school_days_between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| self.is_school_day(*day)).count()
    }

    /// The same calendar with one more stretch without lessons.
    #[cfg(test)]
    pub(crate) fn with_break(mut self, from: NaiveDate, to: NaiveDate) -> Self {
        self.breaks.push(Break { name: String::new(), from, to });
        self
    }

    /// What is known of a year, with its source; nothing if the data doesn't cover it.
    pub fn year(&self, year: i32) -> Option<&Year> {
        self.years.get(&year)
    }

    /// Whether the moved days of the year are known from a decree.
    pub fn is_confirmed(&self, year: i32) -> bool {
        self.year(year).is_some_and(|year| year.moves == Moves::Decreed)
    }

    /// The `count`-th working day after `day`; the day itself is not counted. Zero gives the day itself.
    pub fn add_working_days(&self, day: NaiveDate, count: u32) -> Result<NaiveDate, CalendarError> {
        if count > MOST_DAYS {
            return Err(CalendarError::TooFar);
        }
        let mut day = day;
        let mut left = count;
        while left > 0 {
            day = day.succ_opt().ok_or(CalendarError::TooFar)?;
            if self.is_working(day) {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// How many working days lie after `from` up to and including `to`; zero if `to` is not later.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| self.is_working(*day)).count()
    }
}

fn check_year(year: &Year) -> Result<(), CalendarError> {
    if let Some(day) = year.days_off.union(&year.working).find(|day| day.year() != year.year) {
        return Err(CalendarError::WrongYear { year: year.year, day: *day });
    }
    match year.days_off.intersection(&year.working).next() {
        Some(day) => Err(CalendarError::Contradiction(*day)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::{any_day, date};
    use proptest::prelude::*;

    fn year_of(lines: &str) -> Result<Calendar, CalendarError> {
        Calendar::parse(&format!(
            "holidays = []\n[[year]]\nyear = 2026\nsource = \"\"\nmoves = \"decreed\"\n{lines}"
        ))
    }

    #[test]
    fn broken_calendars_are_refused() {
        assert!(matches!(Calendar::parse("holidays = 1"), Err(CalendarError::Unreadable(_))));
        assert!(matches!(
            Calendar::parse("holidays = [\"13-45\"]\nyear = []"),
            Err(CalendarError::Unreadable(_))
        ));
        let other = year_of("days_off = [\"2025-01-01\"]");
        assert_eq!(other, Err(CalendarError::WrongYear { year: 2026, day: date("2025-01-01") }));
        let both = year_of("days_off = [\"2026-01-03\"]\nworking = [\"2026-01-03\"]");
        assert_eq!(both, Err(CalendarError::Contradiction(date("2026-01-03"))));
        let calendar = Calendar::bundled().unwrap();
        assert_eq!(calendar.add_working_days(date("2026-01-01"), 5000), Err(CalendarError::TooFar));
        assert_eq!(calendar.add_working_days(NaiveDate::MAX, 1), Err(CalendarError::TooFar));
    }

    /// The totals every accountant knows: 247 working days in 2025 and in 2026.
    #[test]
    fn years_have_as_many_working_days_as_published() {
        let calendar = Calendar::bundled().unwrap();
        assert_eq!(calendar.working_days_between(date("2024-12-31"), date("2025-12-31")), 247);
        assert_eq!(calendar.working_days_between(date("2025-12-31"), date("2026-12-31")), 247);
        assert!(calendar.is_confirmed(2026) && !calendar.is_confirmed(2027) && !calendar.is_confirmed(2031));
    }

    #[test]
    fn lessons_rest_in_breaks() {
        let calendar = Calendar::bundled().unwrap();
        for (day, lessons) in
            [("2026-11-03", false), ("2026-11-09", true), ("2027-01-11", true), ("2027-07-01", false)]
        {
            assert_eq!(calendar.is_school_day(date(day)), lessons, "{day}");
        }
        assert!(calendar.is_working(date("2026-11-03")), "people work in breaks");
        assert_eq!(calendar.school_days_between(date("2026-10-29"), date("2026-11-10")), 3);
        let text = "holidays = []\nyear = []\n[[breaks]]\nname = \"осенние\"\nfrom = \"2026-11-08\"\nto = \"2026-10-31\"";
        assert_eq!(Calendar::parse(text), Err(CalendarError::WrongBreak("осенние".to_owned())));
    }

    #[test]
    fn days_by_name() {
        let calendar = Calendar::bundled().unwrap();
        for day in ["2025-11-01", "2026-09-01", "2025-03-10", "2026-01-12"] {
            assert!(calendar.is_working(date(day)), "{day}");
        }
        for day in
            ["2025-06-13", "2025-12-31", "2026-01-09", "2026-03-09", "2026-05-11", "2027-05-10", "2031-06-12"]
        {
            assert!(!calendar.is_working(date(day)), "{day}");
        }
    }

    proptest! {
        #[test]
        fn counting_there_and_back_agrees(day in any_day(), count in 0_u32..60) {
            let calendar = Calendar::bundled().unwrap();
            let end = calendar.add_working_days(day, count).unwrap();
            prop_assert_eq!(calendar.working_days_between(day, end), count as usize);
            prop_assert!(count == 0 || calendar.is_working(end));
        }
    }
}
