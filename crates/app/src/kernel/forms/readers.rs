//! Readers: each takes one value, checks it and writes the mistake at the field.
//!
//! A reader gives `None` both for a mistake and for an optional field left empty: ask [`Form::is_valid`].

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::clean::{Lines, clean};
use super::{Choice, Form};

/// Years that a date of this system can have: teachers born early in the last century to plans ahead.
const YEARS: RangeInclusive<i32> = 1900..=2100;

impl Form {
    /// One line of text, not empty, of at most `longest` characters.
    pub fn required_text(&mut self, name: &str, label: &str, longest: usize) -> Option<String> {
        let text = self.line(name, label, longest, Lines::One)?;
        self.or_missing(name, label, text)
    }

    /// One line of text or nothing.
    pub fn optional_text(&mut self, name: &str, label: &str, longest: usize) -> Option<String> {
        self.line(name, label, longest, Lines::One).filter(|text| !text.is_empty())
    }

    /// Text of several lines, not empty.
    pub fn required_paragraphs(&mut self, name: &str, label: &str, longest: usize) -> Option<String> {
        let text = self.line(name, label, longest, Lines::Many)?;
        self.or_missing(name, label, text)
    }

    /// Text of several lines or nothing.
    pub fn optional_paragraphs(&mut self, name: &str, label: &str, longest: usize) -> Option<String> {
        self.line(name, label, longest, Lines::Many).filter(|text| !text.is_empty())
    }

    /// A day.
    pub fn required_date(&mut self, name: &str, label: &str) -> Option<NaiveDate> {
        let text = self.short(name, label)?;
        let text = self.or_missing(name, label, text)?;
        self.day(name, label, &text)
    }

    /// A day or nothing.
    pub fn optional_date(&mut self, name: &str, label: &str) -> Option<NaiveDate> {
        let text = self.short(name, label).filter(|text| !text.is_empty())?;
        self.day(name, label, &text)
    }

    /// A whole number within bounds.
    pub fn required_integer(&mut self, name: &str, label: &str, bounds: RangeInclusive<i64>) -> Option<i64> {
        let text = self.short(name, label)?;
        let text = self.or_missing(name, label, text)?;
        self.whole(name, label, &text, &bounds)
    }

    /// A whole number within bounds, or nothing.
    pub fn optional_integer(&mut self, name: &str, label: &str, bounds: RangeInclusive<i64>) -> Option<i64> {
        let text = self.short(name, label).filter(|text| !text.is_empty())?;
        self.whole(name, label, &text, &bounds)
    }

    /// One of the answers offered.
    pub fn required_choice(&mut self, name: &str, label: &str, offered: &[Choice]) -> Option<String> {
        if self.text(name).is_empty() {
            self.error(name, format!("Выберите ответ в поле «{label}»."));
            return None;
        }
        self.offered(name, label, offered)
    }

    /// One of the answers offered, or nothing.
    pub fn optional_choice(&mut self, name: &str, label: &str, offered: &[Choice]) -> Option<String> {
        if self.text(name).is_empty() {
            return None;
        }
        self.offered(name, label, offered)
    }

    /// Any number of the answers offered, each once, in the order they were offered.
    pub fn choices(&mut self, name: &str, label: &str, offered: &[Choice]) -> Vec<String> {
        let known = |value: &str| offered.iter().any(|choice| choice.value == value);
        if !self.data.all(name).all(known) {
            self.not_offered(name, label);
            return Vec::new();
        }
        let chosen = offered.iter().map(|choice| &choice.value).filter(|value| self.has(name, value));
        chosen.cloned().collect()
    }

    /// Whether a single box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// Identifier of something chosen on the page.
    pub fn required_uuid(&mut self, name: &str, label: &str) -> Option<Uuid> {
        if self.text(name).is_empty() {
            self.error(name, format!("Выберите ответ в поле «{label}»."));
            return None;
        }
        self.identifier(name, label)
    }

    /// Identifier of something chosen on the page, or nothing.
    pub fn optional_uuid(&mut self, name: &str, label: &str) -> Option<Uuid> {
        if self.text(name).is_empty() {
            return None;
        }
        self.identifier(name, label)
    }

    fn line(&mut self, name: &str, label: &str, longest: usize, lines: Lines) -> Option<String> {
        let Ok(text) = clean(self.text(name), lines) else {
            self.error(
                name,
                format!(
                    "В поле «{label}» есть недопустимые невидимые знаки. Сотрите текст и введите его заново."
                ),
            );
            return None;
        };
        let length = text.chars().count();
        if length > longest {
            self.error(
                name,
                format!("Поле «{label}» вмещает {longest} зн., а введено {length}. Сократите текст."),
            );
            return None;
        }
        Some(text)
    }

    /// A value that is short by nature: a date, a number.
    fn short(&mut self, name: &str, label: &str) -> Option<String> {
        self.line(name, label, 40, Lines::One)
    }

    fn or_missing(&mut self, name: &str, label: &str, text: String) -> Option<String> {
        if text.is_empty() {
            self.error(name, format!("Заполните поле «{label}»."));
            return None;
        }
        Some(text)
    }

    fn day(&mut self, name: &str, label: &str, text: &str) -> Option<NaiveDate> {
        let Some(day) = parse_date(text) else {
            self.error(
                name,
                format!("В поле «{label}» нет такой даты. Введите день, месяц и год, например 01.09.2026."),
            );
            return None;
        };
        if !YEARS.contains(&day.year()) {
            let (from, to) = (YEARS.start(), YEARS.end());
            self.error(name, format!("В поле «{label}» проверьте год: он должен быть от {from} до {to}."));
            return None;
        }
        Some(day)
    }

    fn whole(&mut self, name: &str, label: &str, text: &str, bounds: &RangeInclusive<i64>) -> Option<i64> {
        let digits: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        let number = digits.parse::<i64>().ok().filter(|number| bounds.contains(number));
        if number.is_none() {
            let (from, to) = (bounds.start(), bounds.end());
            self.error(name, format!("В поле «{label}» введите целое число от {from} до {to}."));
        }
        number
    }

    fn offered(&mut self, name: &str, label: &str, offered: &[Choice]) -> Option<String> {
        let sent = self.text(name);
        let known = offered.iter().find(|choice| choice.value == sent).map(|choice| choice.value.clone());
        if known.is_none() {
            self.not_offered(name, label);
        }
        known
    }

    fn identifier(&mut self, name: &str, label: &str) -> Option<Uuid> {
        // Only the usual spelling: the library would also take braces, `urn:uuid:` and bare digits.
        let sent = self.text(name);
        let id = Uuid::try_parse(sent).ok().filter(|id| id.to_string().eq_ignore_ascii_case(sent));
        if id.is_none() {
            self.not_offered(name, label);
        }
        id
    }

    fn not_offered(&mut self, name: &str, label: &str) {
        self.error(
            name,
            format!(
                "В поле «{label}» пришёл ответ, которого нет в списке. Обновите страницу и выберите снова."
            ),
        );
    }
}

/// Reads a day as people and browsers write it: «01.09.2026», «1.9.2026», «2026-09-01», «01092026»
/// (a phone's keypad of digits has no dot).
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let number = |part: &str, longest: usize| {
        let fits =
            !part.is_empty() && part.len() <= longest && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let parts: Vec<&str> = match text.split(['.', '-']).count() {
        1 if text.len() == 8 && text.is_ascii() => vec![&text[..2], &text[2..4], &text[4..]],
        3 if text.contains('-') && !text.contains('.') => text.rsplit('-').collect(),
        3 if text.contains('.') && !text.contains('-') => text.split('.').collect(),
        _ => return None,
    };
    let [day, month, year] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    let year = i32::try_from(number(year, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)
}

#[cfg(test)]
mod tests;
