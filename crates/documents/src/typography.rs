//! Spaces that must not break, and characters that must not be printed.

const NBSP: char = '\u{a0}';

/// Abbreviations that never end a line: what they shorten follows them.
const LEADING: [&str; 14] =
    ["№", "ст.", "п.", "п.п.", "пп.", "ч.", "г.", "пгт.", "ул.", "д.", "им.", "гг.", "вх.", "исх."];

/// Beginnings of words that stay with the number before them. Not any word: a space that never breaks is not
/// stretched by Word either, and too many of them make a justified line ugly.
const UNITS: [&str; 19] = [
    "г.",
    "рубл",
    "копе",
    "процент",
    "год",
    "лет",
    "класс",
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
];

/// Sets the text for print: initials stay with the surname, «№» with its number, a number with its unit, a dash with
/// the word before it; characters that no font may draw are dropped.
pub(crate) fn set(text: &str) -> String {
    let clean: String = text.chars().filter(|letter| is_printable(*letter)).collect();
    let words: Vec<&str> = clean.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect();
    let mut result = String::with_capacity(clean.len() + 8);
    for (index, word) in words.iter().enumerate() {
        if let Some(previous) = index.checked_sub(1).and_then(|before| words.get(before)) {
            result.push(if is_bound(previous, word) { NBSP } else { ' ' });
        }
        result.push_str(word);
    }
    result
}

/// True for a character that XML and the archival PDF both accept: no controls, no direction marks that could make
/// a name read otherwise than it is stored, no private characters.
pub(crate) fn is_printable(letter: char) -> bool {
    let whitespace = matches!(letter, '\n' | '\t' | '\r');
    let invisible = matches!(letter,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{ffff}');
    let private = matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    whitespace || !(letter.is_control() || invisible || private)
}

fn is_bound(left: &str, right: &str) -> bool {
    let bare = left.trim_start_matches(['(', '«', '„']);
    let digit_right = right.starts_with(|letter: char| letter.is_ascii_digit());
    if matches!(right, "–" | "—") || LEADING.contains(&bare) && (digit_right || starts_upper(right)) {
        return true;
    }
    if bare.ends_with(|letter: char| letter.is_ascii_digit()) {
        return UNITS.iter().any(|unit| right.starts_with(unit))
            || is_group_of_three(right) && is_figures(bare);
    }
    is_initials(bare) && starts_upper(right) || starts_upper(bare) && is_initials(right)
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn is_figures(word: &str) -> bool {
    word.chars().all(|letter| letter.is_ascii_digit() || letter == NBSP)
}

fn is_group_of_three(word: &str) -> bool {
    let digits = word.trim_end_matches([',', '.', ';', ')']);
    digits.len() == 3 && is_figures(digits)
}

/// «И.», «И.О.», also followed by a comma or a bracket.
fn is_initials(word: &str) -> bool {
    let core = word.trim_end_matches([',', ';', ')', '»']);
    let mut letters = core.chars();
    let mut pairs = 0;
    while let Some(letter) = letters.next() {
        if !letter.is_uppercase() || letters.next() != Some('.') {
            return false;
        }
        pairs += 1;
    }
    (1..=3).contains(&pairs)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_belongs_together_does_not_break() {
        for (text, expected) in [
            ("И. О. Фамилия пришла", "И.~О.~Фамилия пришла"),
            ("Петрова И. С., учителя", "Петрова~И.~С., учителя"),
            ("МБОУ «СОШ № 3 им. А.А. Ивасенко»", "МБОУ «СОШ №~3 им.~А.А.~Ивасенко»"),
            ("с 1 октября 2026 г. по 31 мая", "с 1~октября 2026~г. по 31~мая"),
            ("статья 351.8 Кодекса, ст. 5", "статья 351.8 Кодекса, ст.~5"),
            ("5 000 рублей", "5~000~рублей"),
            ("г. Нефтеюганск", "г.~Нефтеюганск"),
            ("вид – разный", "вид~– разный"),
        ] {
            assert_eq!(set(text), expected.replace('~', "\u{a0}"), "{text}");
        }
    }

    #[test]
    fn marks_that_turn_or_hide_text_are_dropped() {
        assert_eq!(set("Иванов\u{202e} \u{0}Пётр\u{200b}"), "Иванов Пётр");
    }

    proptest! {
        #[test]
        fn setting_twice_changes_nothing(text in "[а-яА-Я0-9 .,№«»–]{0,60}") {
            let once = set(&text);
            prop_assert_eq!(set(&once), once);
        }
    }
}
