//! Help each time it is needed (C6, п. 2.3): how soon an answer comes, in working time by the production calendar.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use crate::config::HelpRules;
use crate::russian::count;
use crate::working_days::Calendar;

/// How soon help is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    Today,
    Week,
}

impl Urgency {
    pub const ALL: [Self; 2] = [Self::Today, Self::Week];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Today => "сегодня",
            Self::Week => "на неделе",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|urgency| urgency.code() == code)
    }

    /// How long an answer may take.
    pub const fn limit(self, rules: &HelpRules) -> WorkingTime {
        WorkingTime(
            60 * match self {
                Self::Today => rules.today_hours,
                Self::Week => rules.week_hours,
            },
        )
    }
}

/// Whole minutes of working time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkingTime(u32);

impl WorkingTime {
    /// The time of so many minutes.
    pub const fn minutes(minutes: u32) -> Self {
        Self(minutes)
    }

    /// The working time after `from` and up to `to`, both by the clock of the municipality; nothing if `to` is not
    /// later. Nights, days off and holidays don't count.
    pub fn between(from: NaiveDateTime, to: NaiveDateTime, calendar: &Calendar, rules: &HelpRules) -> Self {
        if to <= from {
            return Self(0);
        }
        let days = from.date().iter_days().take_while(|day| *day <= to.date());
        let minutes = days.filter(|day| calendar.is_working(*day)).map(|day| {
            let until = worked(to, day, rules);
            until.saturating_sub(worked(from, day, rules))
        });
        Self(minutes.fold(0, u32::saturating_add))
    }

    /// Half of the times are not longer than this: of an even number, the earlier of the two in the middle.
    pub fn median(mut times: Vec<Self>) -> Option<Self> {
        times.sort_unstable();
        let middle = times.len().checked_sub(1)? / 2;
        times.get(middle).copied()
    }
}

/// How much of the working day has gone by at this moment.
fn worked(moment: NaiveDateTime, day: NaiveDate, rules: &HelpRules) -> u32 {
    let (begins, ends) = (rules.day_begins * 60, rules.day_ends * 60);
    let now = match moment.date().cmp(&day) {
        std::cmp::Ordering::Less => begins,
        std::cmp::Ordering::Equal => moment.hour() * 60 + moment.minute(),
        std::cmp::Ordering::Greater => ends,
    };
    now.clamp(begins, ends) - begins
}

/// «2 часа 15 минут», «меньше минуты».
impl fmt::Display for WorkingTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes) = (u64::from(self.0 / 60), u64::from(self.0 % 60));
        let hours = (hours > 0).then(|| count(hours, "час", "часа", "часов"));
        let minutes = (minutes > 0).then(|| count(minutes, "минута", "минуты", "минут"));
        match (hours, minutes) {
            (Some(hours), Some(minutes)) => write!(formatter, "{hours} {minutes}"),
            (Some(one), None) | (None, Some(one)) => formatter.write_str(&one),
            (None, None) => formatter.write_str("меньше минуты"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::help_rules;
    use crate::period::tests::date;
    use chrono::Duration;
    use proptest::prelude::*;

    fn rules() -> HelpRules {
        help_rules().unwrap().on(date("2026-11-23")).unwrap().value
    }

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn between(from: &str, to: &str) -> u32 {
        WorkingTime::between(at(from), at(to), &Calendar::bundled().unwrap(), &rules()).0
    }

    #[test]
    fn only_working_time_counts() {
        let examples = [
            // Monday.
            ("2026-11-23 09:00", "2026-11-23 10:15", 75),
            ("2026-11-23 06:00", "2026-11-23 08:30", 30),
            ("2026-11-23 16:30", "2026-11-23 22:00", 30),
            ("2026-11-23 20:00", "2026-11-23 23:00", 0),
            // Over the night, over the weekend.
            ("2026-11-23 16:00", "2026-11-24 09:00", 120),
            ("2026-11-20 16:00", "2026-11-23 09:00", 120),
            ("2026-11-21 10:00", "2026-11-22 12:00", 0),
            // The fourth of November is a holiday, and the New Year's rest lasts to the eleventh of January.
            ("2026-11-03 16:00", "2026-11-05 09:00", 120),
            ("2026-12-30 16:00", "2027-01-10 12:00", 60),
            // A Saturday that is a working day by decree.
            ("2025-11-01 09:00", "2025-11-01 12:00", 180),
            ("2026-11-23 10:00", "2026-11-23 10:00", 0),
            ("2026-11-24 10:00", "2026-11-23 10:00", 0),
        ];
        for (from, to, expected) in examples {
            assert_eq!(between(from, to), expected, "{from} – {to}");
        }
    }

    #[test]
    fn words_and_limits() {
        let words = [(0, "меньше минуты"), (1, "1 минута"), (60, "1 час"), (135, "2 часа 15 минут")];
        for (minutes, expected) in words {
            assert_eq!(WorkingTime(minutes).to_string().replace('\u{a0}', " "), expected);
        }
        assert_eq!(Urgency::Today.limit(&rules()), WorkingTime(240));
        assert!(Urgency::Today.limit(&rules()) < Urgency::Week.limit(&rules()));
        assert!(Urgency::ALL.iter().all(|urgency| Urgency::from_code(urgency.code()) == Some(*urgency)));
        assert_eq!(Urgency::from_code("?"), None);
    }

    #[test]
    fn the_median_is_one_of_the_times() {
        let of = |times: &[u32]| WorkingTime::median(times.iter().copied().map(WorkingTime).collect());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[30]), Some(WorkingTime(30)));
        assert_eq!(of(&[500, 10, 30]), Some(WorkingTime(30)));
        assert_eq!(of(&[500, 10, 30, 40]), Some(WorkingTime(30)));
    }

    proptest! {
        #[test]
        fn working_time_adds_up_and_never_runs_faster_than_the_clock(
            start in 0_i64..500_000, first in 0_i64..20_000, second in 0_i64..20_000,
        ) {
            let (calendar, rules) = (Calendar::bundled().unwrap(), rules());
            let from = at("2025-12-01 00:00") + Duration::minutes(start);
            let (middle, to) = (from + Duration::minutes(first), from + Duration::minutes(first + second));
            let time = |from, to| i64::from(WorkingTime::between(from, to, &calendar, &rules).0);
            prop_assert_eq!(time(from, middle) + time(middle, to), time(from, to));
            prop_assert!(time(from, to) <= first + second);
        }
    }
}
