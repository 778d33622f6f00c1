//! Dates in words, as papers write them.

use chrono::{Datelike, Days, NaiveDate};

use super::plural::duration_words;

const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// «23 августа 2024 г.» with non-breaking spaces.
pub fn long(date: NaiveDate) -> String {
    format!("{}\u{a0}г.", day_month_year(date))
}

/// «23.08.2024».
pub fn short(date: NaiveDate) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

/// «с 1 октября 2026 г. по 31 мая 2027 г.»; both days belong to the period.
pub fn period(from: NaiveDate, to: NaiveDate) -> String {
    format!("с\u{a0}{} по\u{a0}{}", long(from), long(to))
}

/// «23 августа 2024 года», for the running text of an order.
pub fn document(date: NaiveDate) -> String {
    format!("{}\u{a0}года", day_month_year(date))
}

/// ««23» августа 2024 г.», for the date line of a paper; the day has two digits there.
pub fn quoted(date: NaiveDate) -> String {
    format!("«{:02}»\u{a0}{}\u{a0}{}\u{a0}г.", date.day(), month(date), date.year())
}

/// Whole years and months between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Experience {
    pub years: u32,
    /// 0 to 11.
    pub months: u32,
}

impl Experience {
    /// The same length in months.
    pub const fn total_months(self) -> u32 {
        self.years * 12 + self.months
    }

    /// «1 год 2 месяца».
    pub fn words(self) -> String {
        duration_words(self.total_months())
    }
}

/// Length of service from `since` to `on` in whole years and months; zero if `on` is earlier.
///
/// A month that lacks the day of `since` ends on its last day (Civil Code, article 192): from
/// 31 January to 28 February one month has passed.
pub fn experience(since: NaiveDate, on: NaiveDate) -> Experience {
    let index = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
    let last_of_month = on.checked_add_days(Days::new(1)).is_none_or(|next| next.day() == 1);
    let unfinished = i64::from(on.day() < since.day() && !last_of_month);
    let months = u32::try_from(index(on) - index(since) - unfinished).unwrap_or(0);
    Experience { years: months / 12, months: months % 12 }
}

fn day_month_year(date: NaiveDate) -> String {
    format!("{}\u{a0}{}\u{a0}{}", date.day(), month(date), date.year())
}

fn month(date: NaiveDate) -> &'static str {
    MONTHS.get(date.month0() as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_written_as_in_papers() {
        let date = day("2024-08-23");
        assert_eq!(long(date), "23\u{a0}августа\u{a0}2024\u{a0}г.");
        assert_eq!(short(date), "23.08.2024");
        assert_eq!(short(day("2027-01-05")), "05.01.2027");
        assert_eq!(document(date), "23\u{a0}августа\u{a0}2024\u{a0}года");
        assert_eq!(quoted(day("2024-08-03")), "«03»\u{a0}августа\u{a0}2024\u{a0}г.");
        let text = period(day("2026-10-01"), day("2027-05-31")).replace('\u{a0}', " ");
        assert_eq!(text, "с 1 октября 2026 г. по 31 мая 2027 г.");
    }

    #[test]
    fn every_month_has_its_name() {
        for (index, name) in MONTHS.iter().enumerate() {
            let date = NaiveDate::from_ymd_opt(2026, u32::try_from(index).unwrap() + 1, 1).unwrap();
            assert_eq!(long(date), format!("1\u{a0}{name}\u{a0}2026\u{a0}г."));
        }
    }

    #[test]
    fn experience_counts_whole_months() {
        let examples = [
            ("2024-09-01", "2024-09-01", 0, 0),
            ("2024-09-01", "2025-08-31", 0, 11),
            ("2024-09-02", "2025-09-01", 0, 11),
            ("2024-09-01", "2025-11-01", 1, 2),
            ("2026-01-31", "2026-02-27", 0, 0),
            ("2026-01-31", "2026-02-28", 0, 1),
            ("2024-02-29", "2027-02-28", 3, 0),
            ("2027-01-01", "2026-01-01", 0, 0),
        ];
        for (since, on, years, months) in examples {
            assert_eq!(experience(day(since), day(on)), Experience { years, months }, "{since} … {on}");
        }
        assert_eq!(experience(day("2024-09-01"), day("2025-11-01")).words(), "1\u{a0}год 2\u{a0}месяца");
    }
}
