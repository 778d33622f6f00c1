//! Numbers with nouns: «1 пара, 2 пары, 5 пар».

/// The number and the noun in the right form, with a non-breaking space.
///
/// `one` follows 1 and 21, `few` 2 to 4 and 22, `many` 0, 5 to 20 and 25.
pub fn count(n: u64, one: &str, few: &str, many: &str) -> String {
    format!("{n}\u{a0}{}", choose(n, one, few, many))
}

/// The form of the noun alone, for «Осталась 1 пара / Осталось 5 пар».
pub fn choose<'a>(n: u64, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match (n % 10, n % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

/// «1 год 2 месяца», «11 месяцев»; zero is «0 месяцев».
pub fn duration_words(months: u32) -> String {
    let (years, rest) = (u64::from(months / 12), u64::from(months % 12));
    let years_text = count(years, "год", "года", "лет");
    let months_text = count(rest, "месяц", "месяца", "месяцев");
    match (years, rest) {
        (0, _) => months_text,
        (_, 0) => years_text,
        _ => format!("{years_text} {months_text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted() {
        let examples = [
            (0, "0\u{a0}пар"),
            (1, "1\u{a0}пара"),
            (2, "2\u{a0}пары"),
            (4, "4\u{a0}пары"),
            (5, "5\u{a0}пар"),
            (11, "11\u{a0}пар"),
            (12, "12\u{a0}пар"),
            (14, "14\u{a0}пар"),
            (20, "20\u{a0}пар"),
            (21, "21\u{a0}пара"),
            (22, "22\u{a0}пары"),
            (101, "101\u{a0}пара"),
            (104, "104\u{a0}пары"),
            (111, "111\u{a0}пар"),
            (1_013, "1013\u{a0}пар"),
        ];
        for (n, expected) in examples {
            assert_eq!(count(n, "пара", "пары", "пар"), expected);
        }
    }

    #[test]
    fn durations_are_told_in_words() {
        let examples = [
            (0, "0\u{a0}месяцев"),
            (1, "1\u{a0}месяц"),
            (11, "11\u{a0}месяцев"),
            (12, "1\u{a0}год"),
            (14, "1\u{a0}год 2\u{a0}месяца"),
            (60, "5\u{a0}лет"),
            (253, "21\u{a0}год 1\u{a0}месяц"),
        ];
        for (months, expected) in examples {
            assert_eq!(duration_words(months), expected);
        }
    }
}
