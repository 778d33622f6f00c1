//! Terms counted to a day: the notice clock of the Labor Code and how near a due day is.

use chrono::{Months, NaiveDate};

use crate::working_days::{Calendar, CalendarError};

/// L1, статья 351.8 ТК РФ: the last day of a mentor's duties after a notice, no sooner than the
/// `working_days`-th working day after the day the notice was given (the day itself is not counted,
/// статья 14 ТК РФ).
pub fn earliest_last_day(
    notice_on: NaiveDate,
    working_days: u32,
    calendar: &Calendar,
) -> Result<NaiveDate, CalendarError> {
    calendar.add_working_days(notice_on, working_days)
}

/// A6, п. 4.1.2: a record of the bank is confirmed at least once a year; the day it becomes stale.
pub fn bank_record_stale_on(confirmed_on: NaiveDate) -> Option<NaiveDate> {
    confirmed_on.checked_add_months(Months::new(12))?.succ_opt()
}

/// Where today stands against a due day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// So many days are left.
    Ahead(i64),
    /// Due today.
    Today,
    /// So many days late.
    Overdue(i64),
}

impl Nearness {
    /// Compares the due day with today.
    pub fn of(due: NaiveDate, today: NaiveDate) -> Self {
        match (due - today).num_days() {
            0 => Self::Today,
            left if left > 0 => Self::Ahead(left),
            late => Self::Overdue(-late),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::date;

    #[test]
    fn notice_skips_weekends_and_holidays() {
        let calendar = Calendar::bundled().unwrap();
        let table = [
            ("2026-10-05", "2026-10-08"), // Monday to Thursday
            ("2026-10-08", "2026-10-13"), // over a weekend
            ("2026-10-10", "2026-10-14"), // given on a Saturday
            ("2026-04-29", "2026-05-05"), // over 1 May
            ("2025-10-30", "2025-11-05"), // Saturday 1 November 2025 was a working day
            ("2025-12-29", "2026-01-13"), // over the New Year
        ];
        for (notice, last) in table {
            assert_eq!(earliest_last_day(date(notice), 3, &calendar), Ok(date(last)), "{notice}");
        }
    }

    #[test]
    fn a_record_of_the_bank_lives_a_year() {
        assert_eq!(bank_record_stale_on(date("2025-09-10")), Some(date("2026-09-11")));
    }

    #[test]
    fn nearness() {
        let due = date("2026-10-01");
        assert_eq!(Nearness::of(due, date("2026-09-28")), Nearness::Ahead(3));
        assert_eq!(Nearness::of(due, due), Nearness::Today);
        assert_eq!(Nearness::of(due, date("2026-10-02")), Nearness::Overdue(1));
    }
}
