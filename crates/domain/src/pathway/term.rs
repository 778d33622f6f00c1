//! From when to when a route goes: four to five years (E1).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::config::PathwayRules;
use crate::period::Period;
use crate::russian::short;
use crate::year::AcademicYear;

/// The days of a route, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// Why a route can't have these days; the words name the day that would do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    #[error("Последний день раньше первого: проверьте обе даты")]
    Backwards,
    #[error("Проверьте год: он должен быть от 2000 до 2095")]
    Year,
    #[error("Маршрут рассчитан на 4–5 лет (п. 4.3.3): последний день – не раньше {}", short(*.0))]
    TooShort(NaiveDate),
    #[error("Маршрут рассчитан на 4–5 лет (п. 4.3.3): последний день – не позже {}", short(*.0))]
    TooLong(NaiveDate),
}

impl Term {
    /// E1, п. 4.3.3: from four to five whole years. A year ends on the eve of the day it began; one that began on
    /// 29 February ends on 28 February of a leap year and on 27 February of another.
    pub fn check(self, rules: &PathwayRules) -> Result<(), TermError> {
        if ![self.from, self.to].iter().all(|day| (2000..=2095).contains(&day.year())) {
            return Err(TermError::Year);
        }
        let period = Period::through(self.from, self.to).map_err(|_| TermError::Backwards)?;
        if !period.lasts_months(rules.least_years * 12) {
            return Err(TermError::TooShort(self.last_day_of(rules.least_years)));
        }
        if !period.fits_months(rules.most_years * 12) {
            return Err(TermError::TooLong(self.last_day_of(rules.most_years)));
        }
        Ok(())
    }

    /// Whether both days lie within the route.
    pub fn holds(self, from: NaiveDate, to: NaiveDate) -> bool {
        self.from <= from && from <= to && to <= self.to
    }

    /// The academic years it touches, in order.
    pub fn years(self) -> Vec<AcademicYear> {
        let last = AcademicYear::of(self.to);
        std::iter::successors(Some(AcademicYear::of(self.from)), |year| Some(year.next()))
            .take_while(|year| *year <= last)
            .collect()
    }

    /// The last day of so many years.
    pub fn last_day_of(self, years: u32) -> NaiveDate {
        let months = chrono::Months::new(years * 12);
        self.from.checked_add_months(months).and_then(|day| day.pred_opt()).unwrap_or(self.to)
    }
}
