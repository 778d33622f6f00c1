//! Yearly confirmation of the bank's records (A6, п. 4.1.2: «обновляется не реже одного раза в год»).

use chrono::{Days, Months, NaiveDate};

use crate::config::Limits;

/// How fresh a record of the bank is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Freshness {
    /// Confirmed within the term.
    Fresh,
    /// Still within the term, but its last days have come.
    Soon,
    /// The term is over.
    Stale,
}

impl Freshness {
    pub const ALL: [Self; 3] = [Self::Fresh, Self::Soon, Self::Stale];

    /// The code for addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Soon => "soon",
            Self::Stale => "stale",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Fresh => "подтверждена",
            Self::Soon => "пора подтвердить",
            Self::Stale => "устарела",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|freshness| freshness.code() == code)
    }

    /// Whether somebody should look at the record now.
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Soon | Self::Stale)
    }
}

/// The last day on which a record confirmed then counts as fresh: the same day a year later, and 28 February
/// after a confirmation of 29 February. Nothing at the edge of the calendar: such a record never grows stale.
pub fn good_until(confirmed_on: NaiveDate, limits: &Limits) -> Option<NaiveDate> {
    confirmed_on.checked_add_months(Months::new(limits.confirmation_months))
}

/// п. 4.1.2: how fresh a record confirmed then is on the day.
pub fn freshness(confirmed_on: NaiveDate, day: NaiveDate, limits: &Limits) -> Freshness {
    let Some(last) = good_until(confirmed_on, limits) else { return Freshness::Fresh };
    if day > last {
        return Freshness::Stale;
    }
    let reminded_from = last.checked_sub_days(Days::new(limits.confirmation_notice_days.into()));
    if reminded_from.is_some_and(|first| day > first) { Freshness::Soon } else { Freshness::Fresh }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn limits() -> Limits {
        crate::config::limits().unwrap().on(day("2026-11-23")).unwrap().value
    }

    #[test]
    fn a_year_counts_by_the_calendar() {
        use Freshness::{Fresh, Soon, Stale};
        for (confirmed, today, expected) in [
            ("2025-11-23", "2025-11-23", Fresh),
            ("2025-11-23", "2026-10-24", Fresh),
            ("2025-11-23", "2026-10-25", Soon),
            ("2025-11-23", "2026-11-23", Soon),
            ("2025-11-23", "2026-11-24", Stale),
            // The year's end in the middle of the term.
            ("2025-12-31", "2026-12-01", Fresh),
            ("2025-12-31", "2026-12-02", Soon),
            ("2025-12-31", "2026-12-31", Soon),
            ("2025-12-31", "2027-01-01", Stale),
            ("2026-01-01", "2027-01-01", Soon),
            // There is no 29 February a year later, and there may be one in the middle.
            ("2028-02-29", "2029-02-28", Soon),
            ("2028-02-29", "2029-03-01", Stale),
            ("2027-02-28", "2028-02-28", Soon),
            ("2027-02-28", "2028-02-29", Stale),
            ("2027-03-01", "2028-02-29", Soon),
            // A clock that was set back: confirmed tomorrow.
            ("2026-11-24", "2026-11-23", Fresh),
        ] {
            assert_eq!(freshness(day(confirmed), day(today), &limits()), expected, "{confirmed}, {today}");
        }
    }

    #[test]
    fn codes_lead_back() {
        for known in Freshness::ALL {
            assert_eq!(Freshness::from_code(known.code()), Some(known));
        }
        assert_eq!(Freshness::from_code("eternal"), None);
    }

    fn days() -> impl Strategy<Value = NaiveDate> {
        (0_u64..60_000).prop_map(|days| day("1950-01-01").checked_add_days(Days::new(days)).unwrap())
    }

    proptest! {
        /// With time a record only grows older.
        #[test]
        fn time_never_makes_fresh(confirmed in days(), one in days(), other in days()) {
            let (earlier, later) = (one.min(other), one.max(other));
            let limits = limits();
            prop_assert!(freshness(confirmed, earlier, &limits) <= freshness(confirmed, later, &limits));
        }

        /// A later confirmation never makes older.
        #[test]
        fn confirming_never_makes_stale(one in days(), other in days(), today in days()) {
            let (earlier, later) = (one.min(other), one.max(other));
            let limits = limits();
            prop_assert!(freshness(later, today, &limits) <= freshness(earlier, today, &limits));
        }

        /// What is confirmed today is fresh today and for most of the year to come.
        #[test]
        fn confirming_makes_fresh(today in days(), ahead in 0_u64..=335) {
            let later = today.checked_add_days(Days::new(ahead)).unwrap();
            prop_assert_eq!(freshness(today, later, &limits()), Freshness::Fresh);
        }

        /// The reminder comes before the end of the term, never after it and never instead of it.
        #[test]
        fn every_record_is_reminded_of(confirmed in days()) {
            let last = good_until(confirmed, &limits()).unwrap();
            prop_assert_eq!(freshness(confirmed, last, &limits()), Freshness::Soon);
            prop_assert_eq!(freshness(confirmed, last.succ_opt().unwrap(), &limits()), Freshness::Stale);
        }
    }
}
