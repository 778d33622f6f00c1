//! The library, the events and the limits that come with the program, read once.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use nastavnik_domain::config::{ConfigError, Dated, Limits, MeasureLibrary, limits, measure_library};
use nastavnik_domain::event::{Events, events};
use nastavnik_domain::year::AcademicYear;

/// What programs are made from and judged by.
pub(super) struct Rules {
    pub(super) events: Events,
    library: Dated<MeasureLibrary>,
    limits: Dated<Limits>,
}

impl Rules {
    /// The rules; a broken file is told to the administrator by the log.
    pub(super) fn load() -> anyhow::Result<&'static Self> {
        static RULES: LazyLock<Result<Rules, ConfigError>> =
            LazyLock::new(|| Ok(Rules { events: events()?, library: measure_library()?, limits: limits()? }));
        RULES.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
    }

    /// The library on the day.
    pub(super) fn library(&self, day: NaiveDate) -> anyhow::Result<&MeasureLibrary> {
        Ok(&self.library.on(day)?.value)
    }

    /// Limits on the day.
    pub(super) fn limits(&self, day: NaiveDate) -> anyhow::Result<&Limits> {
        Ok(&self.limits.on(day)?.value)
    }
}

/// ДК 1.2, 1.3: programs are approved in September, individual plans made by 1 October. For a mentorship begun later,
/// thirty days after its first day.
pub(super) fn due_on(starts_on: NaiveDate, library: &MeasureLibrary) -> Option<NaiveDate> {
    const GRACE: chrono::Days = chrono::Days::new(30);
    let year = AcademicYear::of(starts_on).0;
    let plans = NaiveDate::from_ymd_opt(year, 10, library.plans_due_day)?;
    if starts_on <= plans && starts_on.month() >= 9 {
        return Some(plans);
    }
    starts_on.checked_add_days(GRACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_due_in_autumn_or_a_month_after_the_beginning() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let library = Rules::load().unwrap().library(day("2026-10-01")).unwrap();
        for (starts, due) in [
            ("2026-09-01", "2026-10-01"),
            ("2026-10-01", "2026-10-01"),
            ("2026-11-10", "2026-12-10"),
            ("2027-02-01", "2027-03-03"),
        ] {
            assert_eq!(due_on(day(starts), library), Some(day(due)), "{starts}");
        }
    }
}
