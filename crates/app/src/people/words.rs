//! Dates, experience and positions in words.

use chrono::{Datelike, NaiveDate};
use nastavnik_domain::period::{Precision, Since};
use nastavnik_domain::russian::{experience, short, sort_key};

use crate::kernel::forms::{Form, parse_date};

/// «01.09.2019», «09.2019» or «2019»: as it is shown and as it is typed.
pub(super) fn since_text(since: Since) -> String {
    match since.precision {
        Precision::Day => short(since.date),
        Precision::Month => since.date.format("%m.%Y").to_string(),
        Precision::Year => since.date.year().to_string(),
    }
}

/// «12 лет 2 месяца»; of a year only, «с 2019 года».
pub(super) fn experience_words(since: Option<Since>, today: NaiveDate) -> String {
    let Some(since) = since else { return String::new() };
    if since.precision == Precision::Year {
        return format!("с\u{a0}{}\u{a0}года", since.date.year());
    }
    match experience(since.date, today) {
        lasted if lasted.total_months() > 0 => lasted.words(),
        _ if since.date > today => format!("начинает {}", since_text(since)),
        _ => "меньше месяца".to_owned(),
    }
}

/// «учитель (математика)».
pub(super) fn post(position: &str, subject: Option<&str>) -> String {
    match subject.filter(|subject| !subject.trim().is_empty()) {
        Some(subject) => format!("{position} ({subject})"),
        None => position.to_owned(),
    }
}

/// A beginning typed to a day, a month or a year; writes the mistake at the field.
pub(super) fn read_since(form: &mut Form, name: &str, label: &str, today: NaiveDate) -> Option<Since> {
    let text = form.optional_text(name, label, 20)?;
    let Some(since) = parse_since(&text) else {
        form.error(
            name,
            format!("В поле «{label}» нет такой даты. Введите день, месяц и год (01.09.2019), месяц (09.2019) или год (2019)."),
        );
        return None;
    };
    let farthest = today.year() + 1;
    if !(1940..=farthest).contains(&since.date.year()) {
        form.error(name, format!("В поле «{label}» проверьте год: он должен быть от 1940 до {farthest}."));
        return None;
    }
    Some(since)
}

fn parse_since(text: &str) -> Option<Since> {
    if let Some(date) = parse_date(text) {
        return Some(Since::day(date));
    }
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (month, year, precision) = match text.split_once('.') {
        Some((month, year)) if (1..=2).contains(&month.len()) => (month, year, Precision::Month),
        Some(_) => return None,
        None => ("1", text, Precision::Year),
    };
    if year.len() != 4 || !digits(year) || !digits(month) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
    Some(Since { date, precision })
}

/// A key by which «СОШ №2» stands before «СОШ №10».
pub(super) fn natural_key(name: &str) -> String {
    let key = sort_key(name);
    let mut padded = String::with_capacity(key.len() + 8);
    let mut rest = key.as_str();
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let end = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
        let (number, after) = number.split_at(end);
        padded.push_str(before);
        padded.extend(std::iter::repeat_n('0', 8_usize.saturating_sub(number.len())));
        padded.push_str(number);
        rest = after;
    }
    padded.push_str(rest);
    padded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_beginning_is_read_as_people_write_it() {
        let read = |text: &str| parse_since(text).map(since_text);
        for text in ["01.09.2019", "09.2019", "2019"] {
            assert_eq!(read(text).as_deref(), Some(text));
        }
        assert_eq!(read("1.9.2019").as_deref(), Some("01.09.2019"));
        for wrong in ["31.02.2019", "13.2019", "19", "в 2019", "2019.09", "+9.2019"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn experience_is_told_as_exactly_as_it_is_known() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let words = |text: &str| experience_words(parse_since(text), today).replace('\u{a0}', " ");
        assert_eq!(words("01.09.2014"), "12 лет 2 месяца");
        assert_eq!(words("01.11.2026"), "меньше месяца");
        assert_eq!(words("01.12.2026"), "начинает 01.12.2026");
        assert_eq!(words("2014"), "с 2014 года");
        assert_eq!(words(""), "");
    }

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = ["СОШ №10", "СОШ №2", "Ёлочка", "Елань", "СОШ №2 им. Ежова"];
        names.sort_by_cached_key(|name| natural_key(name));
        assert_eq!(names, ["Елань", "Ёлочка", "СОШ №2", "СОШ №2 им. Ежова", "СОШ №10"]);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(days in 0_i64..30_000, kind in 0_u8..3) {
            let date = NaiveDate::from_ymd_opt(1940, 1, 1).unwrap() + chrono::Duration::days(days);
            let precision = [Precision::Day, Precision::Month, Precision::Year][usize::from(kind)];
            let shown = since_text(Since { date, precision });
            let read = parse_since(&shown).unwrap();
            prop_assert_eq!(read.precision, precision);
            prop_assert_eq!(since_text(read), shown);
        }
    }
}
