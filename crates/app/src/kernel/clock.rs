//! Time as a parameter: the only place that asks the machine what time it is.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, NaiveDate, SubsecRound, Utc};
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

    /// A clock that goes on from the same hour of another day.
    pub fn on(day: NaiveDate) -> Self {
        Self::Shifted(day - Self::System.now().date_naive())
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
        // Midnight may pass between the two questions.
        assert!((first.date_naive() - day).num_days() <= 1, "{first}");
        assert!(clock.now() >= first);
    }
}
