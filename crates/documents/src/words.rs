//! Sums and dates in Russian words.

use chrono::{Datelike, NaiveDate};

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

const TEENS: [&str; 20] = [
    "",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];

const TENS: [&str; 10] = [
    "",
    "",
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
];

const HUNDREDS: [&str; 10] =
    ["", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"];

/// Names of the powers of a thousand: one, few (2–4), many; `i64` never needs more.
const POWERS: [[&str; 3]; 6] = [
    ["тысяча", "тысячи", "тысяч"],
    ["миллион", "миллиона", "миллионов"],
    ["миллиард", "миллиарда", "миллиардов"],
    ["триллион", "триллиона", "триллионов"],
    ["квадриллион", "квадриллиона", "квадриллионов"],
    ["квинтиллион", "квинтиллиона", "квинтиллионов"],
];

/// A sum in words, kopecks in figures, as contracts write it: «пять тысяч рублей 00 копеек».
///
/// `kopecks` is the whole sum in kopecks; a negative one begins with «минус».
pub fn amount_in_words(kopecks: i64) -> String {
    let whole = kopecks.unsigned_abs() / 100;
    let rest = kopecks.unsigned_abs() % 100;
    let minus = if kopecks < 0 { "минус " } else { "" };
    let rubles = plural(whole, ["рубль", "рубля", "рублей"]);
    let small = plural(rest, ["копейка", "копейки", "копеек"]);
    format!("{minus}{} {rubles} {rest:02} {small}", integer_in_words(whole))
}

/// A date as text writes it: «1 октября 2026 г.».
pub fn date_in_words(date: NaiveDate) -> String {
    let month = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    format!("{} {month} {} г.", date.day(), date.year())
}

/// A sum in figures with its units: «5 000 рублей 00 копеек».
pub(crate) fn amount_in_figures(kopecks: i64) -> String {
    let whole = kopecks.unsigned_abs() / 100;
    let rest = kopecks.unsigned_abs() % 100;
    let minus = if kopecks < 0 { "−" } else { "" };
    let rubles = plural(whole, ["рубль", "рубля", "рублей"]);
    let small = plural(rest, ["копейка", "копейки", "копеек"]);
    format!("{minus}{} {rubles} {rest:02} {small}", grouped(whole))
}

/// A date as requisites and tables write it: «01.10.2026».
pub(crate) fn date_in_figures(date: NaiveDate) -> String {
    date.format("%d.%m.%Y").to_string()
}

fn integer_in_words(number: u64) -> String {
    if number == 0 {
        return "ноль".to_owned();
    }
    let mut groups = Vec::new();
    let mut left = number;
    let mut power = 0;
    while left > 0 {
        let group = left % 1000;
        if group > 0 {
            groups.push(group_in_words(group, power));
        }
        left /= 1000;
        power += 1;
    }
    groups.reverse();
    groups.join(" ")
}

fn group_in_words(group: u64, power: usize) -> String {
    let mut words = vec![pick(&HUNDREDS, group / 100)];
    let rest = group % 100;
    if rest >= 20 {
        words.push(pick(&TENS, rest / 10));
    }
    let last = if rest >= 20 { rest % 10 } else { rest };
    // «Тысяча» alone among the powers is feminine.
    words.push(match (power, last) {
        (1, 1) => "одна",
        (1, 2) => "две",
        _ => pick(&TEENS, last),
    });
    if let Some(names) = power.checked_sub(1).and_then(|index| POWERS.get(index)) {
        words.push(plural(group, *names));
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

fn pick<const N: usize>(words: &[&'static str; N], index: u64) -> &'static str {
    usize::try_from(index).ok().and_then(|index| words.get(index)).copied().unwrap_or_default()
}

fn plural(number: u64, [one, few, many]: [&'static str; 3]) -> &'static str {
    match (number % 100, number % 10) {
        (11..=14, _) => many,
        (_, 1) => one,
        (_, 2..=4) => few,
        _ => many,
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sums_are_written_as_contracts_write_them() {
        for (kopecks, words) in [
            (0, "ноль рублей 00 копеек"),
            (1, "ноль рублей 01 копейка"),
            (100, "один рубль 00 копеек"),
            (222, "два рубля 22 копейки"),
            (1_100, "одиннадцать рублей 00 копеек"),
            (2_100, "двадцать один рубль 00 копеек"),
            (11_211, "сто двенадцать рублей 11 копеек"),
            (100_000, "одна тысяча рублей 00 копеек"),
            (200_300, "две тысячи три рубля 00 копеек"),
            (500_000, "пять тысяч рублей 00 копеек"),
            (1_150_050, "одиннадцать тысяч пятьсот рублей 50 копеек"),
            (2_154_321, "двадцать одна тысяча пятьсот сорок три рубля 21 копейка"),
            (100_000_000, "один миллион рублей 00 копеек"),
            (200_000_101, "два миллиона один рубль 01 копейка"),
            (-500_000, "минус пять тысяч рублей 00 копеек"),
        ] {
            assert_eq!(amount_in_words(kopecks), words);
        }
        assert!(amount_in_words(i64::MIN).starts_with("минус девяносто два квадриллиона"));
    }

    #[test]
    fn figures_are_grouped_by_threes() {
        assert_eq!(amount_in_figures(500_000), "5\u{a0}000 рублей 00 копеек");
        assert_eq!(amount_in_figures(123_456_789), "1\u{a0}234\u{a0}567 рублей 89 копеек");
        assert_eq!(amount_in_figures(10_001), "100 рублей 01 копейка");
    }

    #[test]
    fn dates_have_the_month_in_the_genitive() {
        let date = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
        assert_eq!(date_in_words(date), "1 октября 2026 г.");
        assert_eq!(date_in_figures(date), "01.10.2026");
    }

    proptest! {
        #[test]
        fn any_sum_is_single_spaced_words(kopecks: i64) {
            let words = amount_in_words(kopecks);
            prop_assert!(!words.contains("  ") && words.trim() == words);
            prop_assert!(words.contains("рубл") && words.contains("копе"));
        }

        #[test]
        fn different_sums_read_differently(left in 0_i64..1_000_000_000, right in 0_i64..1_000_000_000) {
            prop_assert_eq!(left == right, amount_in_words(left) == amount_in_words(right));
        }
    }
}
