//! Plans of meetings: days of a repeated one, and what a day meets in the calendar.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::working_days::Calendar;

/// How a plan repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repeat {
    Once,
    Weekly,
    Fortnightly,
    Monthly,
}

impl Repeat {
    pub const ALL: [Self; 4] = [Self::Once, Self::Weekly, Self::Fortnightly, Self::Monthly];

    /// The code of forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Weekly => "weekly",
            Self::Fortnightly => "fortnightly",
            Self::Monthly => "monthly",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|repeat| repeat.code() == code)
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Once => "не повторять",
            Self::Weekly => "каждую неделю",
            Self::Fortnightly => "раз в две недели",
            Self::Monthly => "раз в месяц",
        }
    }

    /// The day of the repetition of this number, the first one having 0. A month without the day takes its last one: after
    /// 31 January comes 28 or 29 February, then 31 March again.
    fn day(self, first: NaiveDate, number: u32) -> Option<NaiveDate> {
        match self {
            Self::Once if number > 0 => None,
            Self::Once => Some(first),
            Self::Weekly => first.checked_add_days(Days::new(7 * u64::from(number))),
            Self::Fortnightly => first.checked_add_days(Days::new(14 * u64::from(number))),
            Self::Monthly => first.checked_add_months(Months::new(number)),
        }
    }
}

/// The days of a plan from the first to `until` (that day belongs to it), at most `most` of them.
pub fn days(first: NaiveDate, repeat: Repeat, until: NaiveDate, most: u32) -> Vec<NaiveDate> {
    (0..most)
        .map_while(|number| repeat.day(first, number))
        .take_while(|day| *day <= until || *day == first)
        .collect()
}

/// What a day of a plan meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    Holiday,
    Sunday,
    /// The break with its name.
    Break(String),
}

impl Clash {
    /// «праздничный день», «осенние каникулы».
    pub fn words(&self) -> &str {
        match self {
            Self::Holiday => "праздничный или выходной день",
            Self::Sunday => "воскресенье",
            Self::Break(name) => name,
        }
    }
}

/// What the day meets in the calendar: a holiday before a Sunday before a break, which is the usual reason to move.
pub fn clash(day: NaiveDate, calendar: &Calendar) -> Option<Clash> {
    if calendar.is_holiday(day) {
        return Some(Clash::Holiday);
    }
    if day.weekday() == Weekday::Sun && !calendar.is_working(day) {
        return Some(Clash::Sunday);
    }
    calendar.break_on(day).map(|found| Clash::Break(found.name.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::{any_day, date};
    use proptest::prelude::*;

    fn texts(first: &str, repeat: Repeat, until: &str) -> Vec<String> {
        days(date(first), repeat, date(until), 40).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn days_around_the_end_of_the_year_and_of_february() {
        assert_eq!(
            texts("2026-12-21", Repeat::Weekly, "2027-01-05"),
            ["2026-12-21", "2026-12-28", "2027-01-04"]
        );
        assert_eq!(
            texts("2027-12-31", Repeat::Monthly, "2028-04-30"),
            ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]
        );
        assert_eq!(
            texts("2028-02-29", Repeat::Monthly, "2028-05-01"),
            ["2028-02-29", "2028-03-29", "2028-04-29"]
        );
        assert_eq!(texts("2028-02-15", Repeat::Fortnightly, "2028-03-01"), ["2028-02-15", "2028-02-29"]);
        assert_eq!(texts("2026-12-31", Repeat::Once, "2026-01-01"), ["2026-12-31"]);
    }

    #[test]
    fn what_a_day_meets() {
        let calendar = Calendar::bundled().unwrap();
        let table = [
            ("2026-11-04", Some("праздничный или выходной день")),
            ("2026-12-31", Some("праздничный или выходной день")),
            ("2027-01-01", Some("праздничный или выходной день")),
            ("2026-11-03", Some("осенние каникулы")),
            ("2027-01-09", Some("зимние каникулы")),
            ("2027-01-11", None),
            ("2026-11-29", Some("воскресенье")),
            ("2026-11-28", None),
            ("2028-02-29", None),
        ];
        for (day, words) in table {
            assert_eq!(clash(date(day), &calendar).as_ref().map(Clash::words), words, "{day}");
        }
    }

    fn any_repeat() -> impl Strategy<Value = Repeat> {
        (0_usize..4).prop_map(|index| Repeat::ALL[index])
    }

    proptest! {
        #[test]
        fn days_go_forward_from_the_first_to_the_last(
            first in any_day(), repeat in any_repeat(), length in 0_u64..800, most in 1_u32..60,
        ) {
            let until = first + Days::new(length);
            let found = days(first, repeat, until, most);
            prop_assert_eq!(found.first(), Some(&first));
            prop_assert!(found.len() <= most as usize);
            prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(found.iter().all(|day| *day <= until));
            // Nothing that still fits is left out.
            if repeat != Repeat::Once && found.len() < most as usize {
                let next = repeat.day(first, u32::try_from(found.len()).unwrap()).unwrap();
                prop_assert!(next > until);
            }
        }

        #[test]
        fn weeks_keep_their_day_of_the_week(first in any_day(), number in 0_u32..60) {
            for (repeat, step) in [(Repeat::Weekly, 7), (Repeat::Fortnightly, 14)] {
                let day = repeat.day(first, number).unwrap();
                prop_assert_eq!(day.weekday(), first.weekday());
                prop_assert_eq!((day - first).num_days(), i64::from(number) * step);
            }
        }

        /// One in each month; the day of the first, or the last day of a shorter month and never a day of the next one.
        #[test]
        fn months_keep_their_day_or_end_earlier(first in any_day(), number in 0_u32..60) {
            let day = Repeat::Monthly.day(first, number).unwrap();
            let months = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month0()).unwrap();
            prop_assert_eq!(months(day) - months(first), i32::try_from(number).unwrap());
            prop_assert!(day.day() == first.day() || (day.day() < first.day() && day.succ_opt().unwrap().day() == 1));
        }

        /// Whoever is warned of a holiday is told of a day that does not work.
        #[test]
        fn a_holiday_never_works(day in any_day()) {
            let calendar = Calendar::bundled().unwrap();
            if matches!(clash(day, &calendar), Some(Clash::Holiday | Clash::Sunday)) {
                prop_assert!(!calendar.is_working(day));
            }
        }
    }
}
