//! The academic year: the cycle of the municipal program («цикличность — учебный год»).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::period::{Period, PeriodError};

/// The academic year that starts on 1 September of the year inside: `AcademicYear(2026)` is 2026/27.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AcademicYear(pub i32);

impl AcademicYear {
    /// The academic year a day belongs to.
    pub fn of(day: NaiveDate) -> Self {
        if day.month() >= 9 { Self(day.year()) } else { Self(day.year() - 1) }
    }

    /// 1 September to 31 August.
    pub fn period(self) -> Result<Period, PeriodError> {
        let first = |year| NaiveDate::from_ymd_opt(year, 9, 1).ok_or(PeriodError::OutOfCalendar);
        Period::new(first(self.0)?, Some(first(self.0 + 1)?))
    }

    /// «2026/27».
    pub fn label(self) -> String {
        format!("{}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }

    /// «2026/27 учебный год».
    pub fn title(self) -> String {
        format!("{} учебный год", self.label())
    }

    /// The year after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The year before.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// The day the year's indicators are reported as of: 31 May (field.md 0.1, trap 9).
    pub fn report_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.0 + 1, 5, 31)
    }

    /// Which column of the table of targets holds for this academic year.
    pub const fn target_year(self, meaning: ColumnMeaning) -> i32 {
        match meaning {
            ColumnMeaning::YearItStarts => self.0,
            ColumnMeaning::YearItEnds => self.0 + 1,
        }
    }
}

/// The order gives targets by calendar years while the cycle is the academic year (trap 9).
/// Our reading is `YearItStarts`: column «2025» is 2025/26 as of 31 May 2026.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnMeaning {
    YearItStarts,
    YearItEnds,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::{any_day, date};
    use proptest::prelude::*;

    #[test]
    fn first_of_september_turns_the_year() {
        for (day, year) in
            [("2026-08-31", 2025), ("2026-09-01", 2026), ("2027-01-15", 2026), ("2027-08-31", 2026)]
        {
            assert_eq!(AcademicYear::of(date(day)), AcademicYear(year), "{day}");
        }
    }

    #[test]
    fn words() {
        assert_eq!(AcademicYear(2026).title(), "2026/27 учебный год");
        assert_eq!(AcademicYear(2099).label(), "2099/00");
        assert_eq!(AcademicYear(2009).label(), "2009/10");
    }

    #[test]
    fn column_of_targets() {
        let year = AcademicYear(2025);
        assert_eq!(year.report_day(), Some(date("2026-05-31")));
        assert_eq!(year.target_year(ColumnMeaning::YearItStarts), 2025);
        assert_eq!(year.target_year(ColumnMeaning::YearItEnds), 2026);
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_own_year_only(day in any_day()) {
            let year = AcademicYear::of(day);
            prop_assert!(year.period().unwrap().contains(day));
            prop_assert!(!year.next().period().unwrap().contains(day));
            prop_assert_eq!(year.next().previous(), year);
        }
    }
}
