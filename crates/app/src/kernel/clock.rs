//! Time as a parameter: the only place that asks the machine what time it is.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, SubsecRound, Timelike, Utc};
use chrono_tz::Tz;

/// The clock of the installation. A fixed one is moved by tests and by nothing else.
#[derive(Clone)]
pub enum Clock {
    System,
    /// The system's clock, so much later or earlier: a demonstration on another day of the year.
    Shifted(Duration),
    Fixed(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// The moment now, in whole microseconds: what both databases can keep.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the system clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Shifted(by) => (Utc::now() + *by).trunc_subsecs(6),
            Self::Fixed(moment) => *moment.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }

    /// A clock that goes on from a working hour of another day: between four and ten in the morning by UTC it is the same
    /// day from Kaliningrad to Kamchatka. The later the real hour, the later this one, so a second start does not go back far.
    pub fn on(day: NaiveDate) -> Self {
        let now = Self::System.now();
        let since_midnight = Duration::seconds(i64::from(now.time().num_seconds_from_midnight()));
        Self::from(day, Duration::hours(4) + since_midnight / 4)
    }

    /// A clock that goes on from an hour before any that `on` begins at: what happened before the doors were opened.
    pub fn at_dawn_of(day: NaiveDate) -> Self {
        Self::from(day, Duration::hours(3))
    }

    fn from(day: NaiveDate, since_midnight: Duration) -> Self {
        Self::Shifted(day.and_time(NaiveTime::MIN).and_utc() + since_midnight - Self::System.now())
    }

    /// Moves a fixed clock; the system's clock is not ours to move.
    pub fn advance(&self, by: Duration) {
        if let Self::Fixed(moment) = self {
            *moment.lock().unwrap_or_else(std::sync::PoisonError::into_inner) += by;
        }
    }
}

/// The local day of a moment: deadlines are local days of the municipality.
pub fn local_day(moment: DateTime<Utc>, zone: Tz) -> NaiveDate {
    moment.with_timezone(&zone).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_on_another_day_shows_that_day_and_goes_on() {
        let day = NaiveDate::from_ymd_opt(2028, 2, 29).unwrap();
        let clock = Clock::on(day);
        let first = clock.now();
        for zone in [Tz::Europe__Kaliningrad, Tz::Asia__Yekaterinburg, Tz::Asia__Kamchatka] {
            assert_eq!(local_day(first, zone), day, "{first} in {zone}");
        }
        assert!(clock.now() >= first);
        assert!(Clock::at_dawn_of(day).now() < first, "the city is filled before it is opened");
    }
}
