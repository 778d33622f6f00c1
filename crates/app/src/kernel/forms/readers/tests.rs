//! Readers against values that people, programs and attackers send.

use proptest::prelude::*;

use super::super::{Choice, Form, FormData};
use super::parse_date;

/// Empty and invisible values, marks without a letter, letters of two codes, turned direction.
const INVISIBLE: &[&str] = &[
    "",
    " ",
    "\u{a0}",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "a\0b",
    "\u{1}",
    "\u{1b}[2J",
    "\u{7f}",
    "\u{85}",
    "\u{301}",
    "и\u{306}",
    "е\u{308}",
    "й",
    "ё",
    "\u{202e}ексел",
    "\u{2066}x\u{2069}",
    "\u{200b}",
    "\u{200d}",
    "\u{200e}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{fdd0}",
    "\u{10ffff}",
    "\u{e000}",
];

/// Other scripts and pictures.
const SCRIPTS: &[&str] = &[
    "👩‍🏫",
    "🇷🇺",
    "𝕴𝖛𝖆𝖓",
    "ﷺ",
    "Ӈарка",
    "Ёлкин",
    "Щербак-Цой",
    "李",
    "ß",
    "İ",
    "ﬁ",
    "O'Neil",
    "Nº1",
    "№ 1",
    "½",
];

/// Almost numbers and numbers too large.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "+1",
    "00",
    "007",
    "1e400",
    "NaN",
    "inf",
    "0x10",
    "१२",
    "９",
    "1,5",
    "1.5",
    "1 000",
    "1\u{a0}000",
    "1_000",
    "--1",
    "100",
    "101",
    "-1",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
];

/// Almost days.
const DAYS: &[&str] = &[
    "31.02.2026",
    "29.02.2027",
    "29.02.2028",
    "00.00.0000",
    "01.01.0001",
    "32.01.2026",
    "01.13.2026",
    "1.1.26",
    "1.1.1899",
    "1.1.1900",
    "31.12.2100",
    "1.1.2101",
    "2026-02-30",
    "2026-13-01",
    "10000-01-01",
    "-2026-01-01",
    "01.09.2026 10:00",
    "01-09.2026",
    "01092026",
    "99999999",
    "१२.०९.२०२६",
    "1.9.2026.",
    ".",
    "..",
    "-",
    "--",
    "09/01/2026",
    "сегодня",
    "2026-09-01T00:00",
    "+1.9.2026",
    "1.+9.2026",
    "яяяя",
];

/// Orders to other programs.
const ORDERS: &[&str] = &[
    "{{7*7}}",
    "{% raw %}",
    "${7*7}",
    "#{7*7}",
    "' OR 1=1 --",
    "\"; DROP TABLE person; --",
    "$1",
    "?",
    "%",
    "_",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</textarea>",
    "javascript:alert(1)",
    "../../etc/passwd",
    "..\\..\\boot.ini",
    "a\r\nSet-Cookie: x=1",
    "a\nb",
    "%00",
    "%0d%0a",
    "&amp;",
    "=1+1",
    "+1+1",
    "@SUM(A1)",
    "|calc",
    "null",
    "undefined",
    "true",
    "on",
    "[]",
    "{}",
];

/// Almost answers and almost identifiers.
const ANSWERS: &[&str] = &[
    "director",
    "DIRECTOR",
    " director",
    "director\0",
    "director,mentor",
    "admin",
    "00000000-0000-0000-0000-000000000000",
    "{00000000-0000-0000-0000-000000000000}",
    "urn:uuid:00000000-0000-0000-0000-000000000000",
    "00000000000000000000000000000000",
    "00000000-0000-0000-0000-00000000000g",
];

/// Values for any field.
fn corpus() -> Vec<String> {
    let groups = [INVISIBLE, SCRIPTS, NUMBERS, DAYS, ORDERS, ANSWERS];
    let mut values: Vec<String> = groups.concat().into_iter().map(str::to_owned).collect();
    values.push("я".repeat(10_000_000));
    values.push("\u{301}".repeat(10_000));
    values
}

fn offered() -> Vec<Choice> {
    vec![Choice::new("director", "Директор"), Choice::new("mentor", "Наставник")]
}

fn sent(value: &str) -> Form {
    Form::new(FormData::from_pairs(vec![("x".to_owned(), value.to_owned())]))
}

/// The law of all readers: a value or a mistake, never neither where the field is required; the mistake is a
/// Russian sentence with the field's name; what was typed is kept.
fn lawful<T>(value: &str, read: impl Fn(&mut Form) -> Option<T>) {
    let mut form = sent(value);
    let result = read(&mut form);
    assert_ne!(result.is_some(), !form.is_valid(), "{value:.60?}");
    assert_eq!(form.text("x"), value);
    for error in form.errors() {
        assert!(error.message.contains("«Поле»") && error.message.ends_with('.'), "{}", error.message);
    }
}

#[test]
fn each_reader_answers_lawfully_to_anything() {
    let offered = offered();
    for value in corpus() {
        lawful(&value, |form| form.required_text("x", "Поле", 100));
        lawful(&value, |form| form.required_paragraphs("x", "Поле", 2_000));
        lawful(&value, |form| form.required_date("x", "Поле"));
        lawful(&value, |form| form.required_integer("x", "Поле", 0..=100));
        lawful(&value, |form| form.required_choice("x", "Поле", &offered));
        lawful(&value, |form| form.required_uuid("x", "Поле"));
    }
}

#[test]
fn optional_fields_may_be_empty() {
    for value in ["", "  "] {
        let mut form = sent(value);
        assert_eq!(form.optional_text("x", "Поле", 10), None);
        assert_eq!(form.optional_paragraphs("x", "Поле", 10), None);
        assert_eq!(form.optional_date("x", "Поле"), None);
        assert_eq!(form.optional_integer("x", "Поле", 0..=9), None);
        assert!(form.is_valid());
    }
    let mut form = sent("");
    assert_eq!(form.optional_choice("x", "Поле", &offered()), None);
    assert_eq!(form.optional_uuid("x", "Поле"), None);
    assert!(form.is_valid() && !form.ticked("x"));
}

#[test]
fn text_is_trimmed_and_measured_in_characters() {
    assert_eq!(sent("  Ёлкин\u{a0}").required_text("x", "Поле", 5).as_deref(), Some("Ёлкин"));
    let mut form = sent("Ёлкина");
    assert_eq!(form.required_text("x", "Поле", 5), None);
    assert_eq!(form.error_at("x"), Some("Поле «Поле» вмещает 5 зн., а введено 6. Сократите текст."));
    assert_eq!(sent("<b>' --").required_text("x", "Поле", 100).as_deref(), Some("<b>' --"));
}

#[test]
fn dates_are_read_as_people_write_them() {
    let day = |text: &str| parse_date(text).map(|day| day.to_string());
    for text in ["01.09.2026", "1.9.2026", " 2026-09-01 ", "01092026"] {
        assert_eq!(day(text).as_deref(), Some("2026-09-01"), "{text}");
    }
    assert_eq!(day("29.02.2028").as_deref(), Some("2028-02-29"));
    for text in [
        "29.02.2027",
        "31.02.2026",
        "1.9.26",
        "09/01/2026",
        "2026.09.01",
        "20260901",
        "01-09-2026",
        "१.९.२०२६",
    ] {
        assert_eq!(day(text), None, "{text}");
    }
    let mut form = sent("01.09.0226");
    assert_eq!(form.required_date("x", "Начало"), None);
    assert!(form.error_at("x").unwrap().contains("проверьте год"));
}

#[test]
fn numbers_stay_within_bounds() {
    assert_eq!(sent(" 1 706 ").required_integer("x", "Поле", 0..=2_000), Some(1_706));
    for value in ["13", "2", "1,5", "1e1", "пять", "-0x3"] {
        let mut form = sent(value);
        assert_eq!(form.required_integer("x", "Срок", 3..=12), None, "{value}");
        assert_eq!(form.error_at("x"), Some("В поле «Срок» введите целое число от 3 до 12."));
    }
}

#[test]
fn only_offered_answers_are_taken() {
    let offered = offered();
    assert_eq!(sent("mentor").required_choice("x", "Поле", &offered).as_deref(), Some("mentor"));
    let many = |values: &[&str]| {
        let pairs = values.iter().map(|value| ("x".to_owned(), (*value).to_owned())).collect();
        let mut form = Form::new(FormData::from_pairs(pairs));
        (form.choices("x", "Поле", &offered), form.is_valid())
    };
    assert_eq!(
        many(&["mentor", "director", "mentor"]),
        (vec!["director".to_owned(), "mentor".to_owned()], true)
    );
    assert_eq!(many(&[]), (Vec::new(), true));
    assert_eq!(many(&["mentor", "admin"]), (Vec::new(), false));
}

proptest! {
    #[test]
    fn any_day_is_read_back(days in 1i32..700_000) {
        let day = chrono::NaiveDate::from_num_days_from_ce_opt(days + 60_000).unwrap();
        prop_assert_eq!(parse_date(&day.format("%d.%m.%Y").to_string()), Some(day));
        prop_assert_eq!(parse_date(&day.format("%Y-%m-%d").to_string()), Some(day));
    }

    #[test]
    fn any_text_is_taken_clean_or_refused(text in "\\PC{0,60}|[\\x00-\\u{2070}]{0,20}") {
        let mut form = sent(&text);
        if let Some(taken) = form.required_text("x", "Поле", 60) {
            prop_assert!(!taken.chars().any(char::is_control));
            prop_assert_eq!(taken.trim(), taken.as_str());
        }
    }
}
