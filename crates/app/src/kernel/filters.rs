//! Filters for the templates: Russian dates, counts and spaces that do not break.
//!
//! Every module that derives a template imports this one by name, because askama looks filters up as
//! `filters::name` beside the page struct: `use crate::kernel::page::{Layout, filters};`.

#![expect(clippy::inline_always, reason = "`askama::filter_fn` writes it into each filter")]

use std::fmt::{Display, Write as _};

use askama::Values;
use chrono::{Datelike, NaiveDate};

/// A space on which a line is never broken.
pub const NBSP: char = '\u{a0}';

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

/// «23 августа 2024 г.», all in one unbreakable piece.
#[askama::filter_fn]
pub fn date(day: &NaiveDate, _: &dyn Values) -> askama::Result<String> {
    Ok(long_date(*day))
}

/// «23.08.2024», for tables.
#[askama::filter_fn]
pub fn date_short(day: &NaiveDate, _: &dyn Values) -> askama::Result<String> {
    Ok(short_date(*day))
}

/// Replaces each space by one that does not break: «Иванова А. А.».
#[askama::filter_fn]
pub fn nbsp(text: impl Display, _: &dyn Values) -> askama::Result<String> {
    Ok(text.to_string().replace(' ', "\u{a0}"))
}

/// The word that goes with a number: `{{ n }} {{ n|plural("пара", "пары", "пар") }}`.
#[askama::filter_fn]
pub fn plural(
    count: impl Display,
    _: &dyn Values,
    one: &str,
    few: &str,
    many: &str,
) -> askama::Result<String> {
    Ok(plural_form(&count.to_string(), one, few, many).to_owned())
}

/// The number together with its word, unbreakable: `{{ n|counted("пара", "пары", "пар") }}` gives «1 706 пар».
#[askama::filter_fn]
pub fn counted(
    count: impl Display,
    _: &dyn Values,
    one: &str,
    few: &str,
    many: &str,
) -> askama::Result<String> {
    let digits = count.to_string();
    Ok(format!("{}{NBSP}{}", group_digits(&digits), plural_form(&digits, one, few, many)))
}

/// «1 706»: groups of three, from five digits down to four alike, so that columns agree.
#[askama::filter_fn]
pub fn thousands(count: impl Display, _: &dyn Values) -> askama::Result<String> {
    Ok(group_digits(&count.to_string()))
}

/// «23 августа 2024 г.» with unbreakable spaces.
pub fn long_date(day: NaiveDate) -> String {
    let month = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
    format!("{}{NBSP}{month}{NBSP}{}{NBSP}г.", day.day(), day.year())
}

/// «23.08.2024».
pub fn short_date(day: NaiveDate) -> String {
    let mut text = String::with_capacity(10);
    // Writing to a String cannot fail.
    let _ = write!(text, "{:02}.{:02}.{:04}", day.day(), day.month(), day.year());
    text
}

/// Groups the digits of a whole number by three with unbreakable spaces; other characters stay as they are.
pub fn group_digits(number: &str) -> String {
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let mut left = digits;
    let mut text = String::with_capacity(number.len() + digits / 3 * 2);
    for character in number.chars() {
        if character.is_ascii_digit() {
            if left != digits && left.is_multiple_of(3) {
                text.push(NBSP);
            }
            left -= 1;
        }
        text.push(character);
    }
    text
}

/// Chooses among «1 пара, 2 пары, 5 пар» by the last two digits of a whole number.
fn plural_form<'a>(number: &str, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    let mut digits = number.bytes().rev().filter(u8::is_ascii_digit).map(|digit| digit - b'0');
    let units = digits.next().unwrap_or_default();
    let tens = digits.next().unwrap_or_default();
    match (tens, units) {
        (1, _) => many,
        (_, 1) => one,
        (_, 2..=4) => few,
        _ => many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_the_russian_way() {
        let day = NaiveDate::from_ymd_opt(2024, 8, 3).unwrap();
        assert_eq!(long_date(day), "3\u{a0}августа\u{a0}2024\u{a0}г.");
        assert_eq!(short_date(day), "03.08.2024");
    }

    #[test]
    fn plurals_follow_the_last_two_digits() {
        let word = |number: u32| plural_form(&number.to_string(), "пара", "пары", "пар");
        for number in [1, 21, 101, 1_001, 1_231] {
            assert_eq!(word(number), "пара", "{number}");
        }
        for number in [2, 3, 4, 22, 104, 1_702] {
            assert_eq!(word(number), "пары", "{number}");
        }
        for number in [0, 5, 10, 11, 12, 14, 19, 20, 111, 112, 1_706, 1_712] {
            assert_eq!(word(number), "пар", "{number}");
        }
    }

    #[test]
    fn digits_are_grouped_by_three() {
        let pairs =
            [("0", "0"), ("706", "706"), ("1706", "1 706"), ("1234567", "1 234 567"), ("-1706", "-1 706")];
        for (number, grouped) in pairs {
            assert_eq!(group_digits(number), grouped.replace(' ', "\u{a0}"));
        }
    }
}
