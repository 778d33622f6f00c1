//! A stretch of days `[from, to)`: employment, role, mentorship, validity of a rule.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// Days from `from` (included) to `to` (excluded); without `to` it has not ended yet.
/// It never is empty and never ends before it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bounds", into = "Bounds")]
pub struct Period {
    from: NaiveDate,
    to: Option<NaiveDate>,
}

/// Why two dates don't make a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The last day lies before the first one.
    #[error("Дата окончания раньше даты начала: проверьте обе даты")]
    EndsBeforeStart,
    /// The date does not exist in the calendar the program uses.
    #[error("Дата за пределами календаря: проверьте год")]
    OutOfCalendar,
}

#[derive(Serialize, Deserialize)]
struct Bounds {
    from: NaiveDate,
    to: Option<NaiveDate>,
}

impl TryFrom<Bounds> for Period {
    type Error = PeriodError;
    fn try_from(bounds: Bounds) -> Result<Self, PeriodError> {
        Self::new(bounds.from, bounds.to)
    }
}

impl From<Period> for Bounds {
    fn from(period: Period) -> Self {
        Self { from: period.from, to: period.to }
    }
}

impl Period {
    /// `[from, to)`. An empty stretch is refused as well: nothing lasts no days.
    pub fn new(from: NaiveDate, to: Option<NaiveDate>) -> Result<Self, PeriodError> {
        if to.is_some_and(|to| to <= from) {
            return Err(PeriodError::EndsBeforeStart);
        }
        Ok(Self { from, to })
    }

    /// Both days belong to the period, as people write it: «с 01.10.2026 по 31.05.2027».
    pub fn through(from: NaiveDate, last_day: NaiveDate) -> Result<Self, PeriodError> {
        let to = last_day.succ_opt().ok_or(PeriodError::OutOfCalendar)?;
        Self::new(from, Some(to))
    }

    /// One day.
    pub fn one_day(day: NaiveDate) -> Result<Self, PeriodError> {
        Self::through(day, day)
    }

    /// From a day on, without an end.
    pub const fn since(from: NaiveDate) -> Self {
        Self { from, to: None }
    }

    /// The first day.
    pub const fn from(&self) -> NaiveDate {
        self.from
    }

    /// The day after the last one.
    pub const fn to(&self) -> Option<NaiveDate> {
        self.to
    }

    /// The last day, as people write it.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.to.and_then(|to| to.pred_opt())
    }

    /// Whether the day belongs to the period.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// Whether the period is over on that day.
    pub fn is_over(&self, day: NaiveDate) -> bool {
        self.to.is_some_and(|to| to <= day)
    }

    /// How many days; unknown while there is no end.
    pub fn days(&self) -> Option<i64> {
        self.to.map(|to| (to - self.from).num_days())
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.intersect(other).is_some()
    }

    /// The days that belong to both.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        Self::new(from, to).ok()
    }

    /// The days of this period that don't belong to the other: none, one or two stretches.
    pub fn without(&self, other: &Self) -> Vec<Self> {
        let Some(common) = self.intersect(other) else {
            return vec![*self];
        };
        let before = Self::new(self.from, Some(common.from)).ok();
        let after = common.to.and_then(|end| Self::new(end, self.to).ok());
        before.into_iter().chain(after).collect()
    }

    /// The same period cut so that `last_day` is its last one; a shorter period stays as it is.
    pub fn ending(&self, last_day: NaiveDate) -> Result<Self, PeriodError> {
        let cut = Self::through(self.from, last_day)?;
        Ok(self.intersect(&cut).unwrap_or(cut))
    }

    /// Whether it lasts at least so many calendar months (one without an end does).
    pub fn lasts_months(&self, months: u32) -> bool {
        let Some(to) = self.to else { return true };
        self.from.checked_add_months(Months::new(months)).is_some_and(|least| to >= least)
    }

    /// Whether it ends within so many calendar months (one without an end does not).
    pub fn fits_months(&self, months: u32) -> bool {
        let Some(to) = self.to else { return false };
        self.from.checked_add_months(Months::new(months)).is_some_and(|most| to <= most)
    }
}

/// How exactly a staff list tells a date: «25.09.2025», «сентябрь 2025», «с 2019 г.».
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    Day,
    Month,
    Year,
}

impl Precision {
    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Day, Self::Month, Self::Year].into_iter().find(|precision| precision.code() == code)
    }
}

/// A beginning known as exactly as the staff list tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Since {
    /// Any day of the month or year meant, when the precision is not a day.
    pub date: NaiveDate,
    /// How much of the date is known.
    pub precision: Precision,
}

impl Since {
    /// An exactly known day.
    pub const fn day(date: NaiveDate) -> Self {
        Self { date, precision: Precision::Day }
    }

    /// The earliest day it may mean.
    pub fn earliest(&self) -> NaiveDate {
        let first = match self.precision {
            Precision::Day => Some(self.date),
            Precision::Month => self.date.with_day(1),
            Precision::Year => NaiveDate::from_ymd_opt(self.date.year(), 1, 1),
        };
        first.unwrap_or(self.date)
    }

    /// The latest day it may mean.
    pub fn latest(&self) -> NaiveDate {
        let length = match self.precision {
            Precision::Day => return self.date,
            Precision::Month => 1,
            Precision::Year => 12,
        };
        let next = self.earliest().checked_add_months(Months::new(length));
        next.and_then(|next| next.pred_opt()).unwrap_or(self.date)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    /// A date on paper: `date("2026-09-01")`.
    pub(crate) fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Any day from 2020 on, within about eleven years.
    pub(crate) fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0_u64..4000).prop_map(|days| date("2020-01-01") + Days::new(days))
    }

    fn any_period() -> impl Strategy<Value = Period> {
        (any_day(), proptest::option::of(1_u64..900))
            .prop_map(|(from, days)| Period::new(from, days.map(|days| from + Days::new(days))).unwrap())
    }

    #[test]
    fn end_before_start_and_empty_are_refused() {
        let day = date("2026-09-01");
        assert_eq!(Period::new(day, Some(date("2026-08-31"))), Err(PeriodError::EndsBeforeStart));
        assert_eq!(Period::new(day, Some(day)), Err(PeriodError::EndsBeforeStart));
        assert_eq!(Period::through(day, date("2026-08-31")), Err(PeriodError::EndsBeforeStart));
        assert_eq!(Period::one_day(NaiveDate::MAX), Err(PeriodError::OutOfCalendar));
        assert!(serde_json::from_str::<Period>(r#"{"from":"2026-09-01","to":"2026-08-01"}"#).is_err());
    }

    #[test]
    fn ends_are_half_open() {
        let period = Period::through(date("2026-10-01"), date("2027-05-31")).unwrap();
        assert_eq!(period.to(), Some(date("2027-06-01")));
        assert_eq!(period.days(), Some(243));
        assert!(period.contains(date("2027-05-31")) && !period.contains(date("2027-06-01")));
        let next = Period::since(date("2027-06-01"));
        assert!(!period.overlaps(&next));
        assert_eq!(next.days(), None);
        assert_eq!(serde_json::from_str::<Period>(&serde_json::to_string(&period).unwrap()).unwrap(), period);
    }

    #[test]
    fn months_are_calendar_months() {
        let table = [
            ("2026-10-01", "2026-12-31", true, true),
            ("2026-10-01", "2026-12-30", false, true),
            ("2026-10-01", "2027-09-30", true, true),
            ("2026-10-01", "2027-10-01", true, false),
            ("2026-11-30", "2027-02-27", true, true),
        ];
        for (from, last, three, year) in table {
            let period = Period::through(date(from), date(last)).unwrap();
            assert_eq!((period.lasts_months(3), period.fits_months(12)), (three, year), "{from} {last}");
        }
        assert!(Period::since(date("2026-10-01")).lasts_months(3));
        assert!(!Period::since(date("2026-10-01")).fits_months(12));
    }

    #[test]
    fn ending_only_shortens() {
        let open = Period::since(date("2026-10-01"));
        assert_eq!(open.ending(date("2026-10-05")).unwrap().last_day(), Some(date("2026-10-05")));
        let closed = open.ending(date("2026-10-05")).unwrap();
        assert_eq!(closed.ending(date("2026-12-01")).unwrap(), closed);
        assert_eq!(open.ending(date("2026-09-30")), Err(PeriodError::EndsBeforeStart));
    }

    #[test]
    fn a_year_alone_means_any_of_its_days() {
        let since = Since { date: date("2019-06-15"), precision: Precision::Year };
        assert_eq!((since.earliest(), since.latest()), (date("2019-01-01"), date("2019-12-31")));
        let since = Since { date: date("2024-02-10"), precision: Precision::Month };
        assert_eq!((since.earliest(), since.latest()), (date("2024-02-01"), date("2024-02-29")));
    }

    proptest! {
        #[test]
        fn a_common_day_belongs_to_both(one in any_period(), two in any_period(), day in any_day()) {
            let both = one.contains(day) && two.contains(day);
            prop_assert_eq!(one.intersect(&two).is_some_and(|common| common.contains(day)), both);
            prop_assert_eq!(one.overlaps(&two), two.overlaps(&one));
        }

        #[test]
        fn what_is_taken_away_and_what_is_left_make_the_whole(one in any_period(), two in any_period(), day in any_day()) {
            let left = one.without(&two).iter().filter(|part| part.contains(day)).count();
            prop_assert_eq!(left, usize::from(one.contains(day) && !two.contains(day)));
        }
    }
}
