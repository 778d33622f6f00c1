//! Text as people type it: keys for search, mixed alphabets, letter case of names, stray spaces.

use super::gender::is_turkic_ending;

/// The key by which text is searched: small letters, «ё» as «е», single spaces, one kind of hyphen
/// and no stress marks. Databases do not fold Cyrillic letters alike, so the key is stored beside
/// the text. Latin letters stay: [`fix_lookalikes`] is for them.
pub fn search_key(text: &str) -> String {
    if is_plain(text) { text.chars().map(plain_key).collect() } else { search_key_of_any(text) }
}

fn search_key_of_any(text: &str) -> String {
    let lower: String = squeeze(text).to_lowercase().replace('ё', "е");
    // Some capital letters fold into a letter and a mark, which must be composed and squeezed again.
    squeeze(&lower).replace('ё', "е").chars().map(|sign| if is_hyphen(sign) { '-' } else { sign }).collect()
}

/// Replaces Latin letters by Cyrillic twins in words that mix both, and says whether it did.
///
/// «Cемёнова» with a Latin C looks right, yet no search finds it. A purely Latin word stays, and so
/// does a mixed one with a Latin letter that has no twin: nobody can tell what was meant.
pub fn fix_lookalikes(text: &str) -> (String, bool) {
    // A mixed word has letters of both alphabets.
    if text.is_ascii() || (is_plain(text) && !text.bytes().any(|sign| sign.is_ascii_alphabetic())) {
        return (text.to_owned(), false);
    }
    fix_lookalikes_of_any(text)
}

fn fix_lookalikes_of_any(text: &str) -> (String, bool) {
    let mut fixed = String::with_capacity(text.len());
    let mut word = String::new();
    for sign in text.chars() {
        if sign.is_alphabetic() {
            word.push(sign);
        } else {
            fixed.push_str(&fix_word(&std::mem::take(&mut word)));
            fixed.push(sign);
        }
    }
    fixed.push_str(&fix_word(&word));
    let changed = fixed != text;
    (fixed, changed)
}

/// A name with proper capitals: «СЕМЁНОВ» → «Семёнов», «салтыков-щедрин» → «Салтыков-Щедрин».
///
/// «оглы» and «кызы» after another word stay small. A word that already begins with a capital and a
/// small letter is left alone: some Scottish names have a second capital inside.
pub fn title_case_name(name: &str) -> String {
    let mut result = String::with_capacity(name.len());
    let mut word = String::new();
    let mut first = true;
    for sign in name.chars() {
        if sign.is_alphabetic() {
            word.push(sign);
            continue;
        }
        if !word.is_empty() {
            result.push_str(&title_word(&std::mem::take(&mut word), first));
            first = false;
        }
        result.push(sign);
    }
    if !word.is_empty() {
        result.push_str(&title_word(&word, first));
    }
    result
}

/// Trims, makes every run of spaces (also non-breaking) one space, drops invisible signs and joins
/// «и» and «е» with a separate mark into «й» and «ё», as some programs save them apart.
pub fn squeeze(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { squeeze_of_any(text) }
}

fn squeeze_of_any(text: &str) -> String {
    let visible: String = text.chars().filter(|&sign| !is_invisible(sign)).collect();
    let composed = compose(&visible);
    composed.split(char::is_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Nothing to squeeze: Cyrillic letters, visible ASCII, «», single spaces inside. Nearly every cell of a list is so, and
/// telling it from the bytes costs a tenth of looking at each sign.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b' ' if before == b' ' => return false,
            b' '..=b'~' => {}
            // U+0400 to U+047F: letters only, the combining marks come after.
            0xd0 | 0xd1 => {
                bytes.next();
            }
            0xc2 if matches!(bytes.next(), Some(0xab | 0xbb)) => {}
            _ => return false,
        }
        before = byte;
    }
    text.is_empty() || before != b' '
}

/// The key of a sign of a plain text.
fn plain_key(sign: char) -> char {
    match sign {
        'ё' | 'Ё' => 'е',
        'A'..='Z' => sign.to_ascii_lowercase(),
        'а'..='я' | ..='~' => sign,
        _ => single(sign, sign.to_lowercase()),
    }
}

fn compose(text: &str) -> String {
    [("е\u{308}", "ё"), ("Е\u{308}", "Ё"), ("и\u{306}", "й"), ("И\u{306}", "Й")]
        .into_iter()
        .fold(text.to_owned(), |text, (apart, joined)| text.replace(apart, joined))
}

const fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{301}')
        || (sign.is_ascii_control() && !sign.is_ascii_whitespace() && sign != '\u{b}')
}

const fn is_hyphen(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}

/// Latin letters with a Cyrillic twin.
const fn twin(latin: char) -> Option<char> {
    Some(match latin {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'k' => 'к',
        'o' => 'о',
        'p' => 'р',
        'x' => 'х',
        'y' => 'у',
        'ë' => 'ё',
        'A' => 'А',
        'B' => 'В',
        'C' => 'С',
        'E' => 'Е',
        'H' => 'Н',
        'K' => 'К',
        'M' => 'М',
        'O' => 'О',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        'Y' => 'У',
        'Ë' => 'Ё',
        _ => return None,
    })
}

fn fix_word(word: &str) -> String {
    let is_russian = super::morphology::is_cyrillic;
    let mixed = word.chars().any(is_russian) && word.chars().any(|sign| !is_russian(sign));
    let all_known = word.chars().all(|sign| is_russian(sign) || twin(sign).is_some());
    if !mixed || !all_known {
        return word.to_owned();
    }
    word.chars().map(|sign| twin(sign).unwrap_or(sign)).collect()
}

fn title_word(word: &str, first: bool) -> String {
    let lower: String = word.chars().map(|sign| single(sign, sign.to_lowercase())).collect();
    if !first && is_turkic_ending(&lower) {
        return lower;
    }
    let mut signs = word.chars();
    let starts_well =
        signs.next().is_some_and(char::is_uppercase) && signs.next().is_some_and(char::is_lowercase);
    if starts_well {
        return word.to_owned();
    }
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |initial| {
        std::iter::once(single(initial, initial.to_uppercase())).chain(letters).collect()
    })
}

/// The other case of a letter, or the letter itself if it would become two.
fn single(sign: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(other), None) => other,
        _ => sign,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        // The quick ways are only quick: whatever is typed, they say what the long ones say.
        #[test]
        fn plain_text_takes_no_other_turn(text in "[A-Za-z0-9 .@№«»А-Яа-яЁёӘ҃Ѐ-ѿ\u{a0}\u{ad}\u{301}\u{306}\u{308}ëİ–-]{0,12}") {
            prop_assert_eq!(search_key(&text), search_key_of_any(&text));
            prop_assert_eq!(squeeze(&text), squeeze_of_any(&text));
            prop_assert_eq!(fix_lookalikes(&text), fix_lookalikes_of_any(&text));
        }
    }

    #[test]
    fn search_keys_meet() {
        let examples = [
            ("ЁЖИКОВА", "ежикова"),
            ("  Салтыков \u{2011} Щедрин ", "салтыков - щедрин"),
            ("Салтыков–Щедрин", "салтыков-щедрин"),
            ("Семёнова\u{a0}Е.\u{a0}Ф.", "семенова е. ф."),
            ("Се\u{ad}мё\u{200b}нова", "семенова"),
            ("Семе\u{308}нова Сергеи\u{306}", "семенова сергей"),
            ("Ива\u{301}нов", "иванов"),
            ("", ""),
        ];
        for (text, expected) in examples {
            assert_eq!(search_key(text), expected, "{text}");
        }
    }

    #[test]
    fn latin_twins_are_replaced_in_mixed_words_only() {
        let examples = [
            ("Cемёнова", "Семёнова", true),
            ("MБOУ «COШ №5»", "МБОУ «СОШ №5»", true),
            ("Пëтр", "Пётр", true),
            ("IT-специалист", "IT-специалист", false),
            ("COBA", "COBA", false),
            ("Zаря", "Zаря", false),
            ("Семёнова", "Семёнова", false),
            ("titova@school.example", "titova@school.example", false),
        ];
        for (text, expected, changed) in examples {
            assert_eq!(fix_lookalikes(text), (expected.to_owned(), changed), "{text}");
        }
    }

    #[test]
    fn names_get_their_capitals() {
        let examples = [
            ("СЕМЁНОВ", "Семёнов"),
            ("салтыков-щедрин", "Салтыков-Щедрин"),
            ("САЛТЫКОВ-ЩЕДРИН", "Салтыков-Щедрин"),
            ("тимур кызы", "Тимур кызы"),
            ("АЛИ ОГЛЫ", "Али оглы"),
            ("Бюльбюль-Оглы", "Бюльбюль-оглы"),
            ("о'коннор", "О'Коннор"),
            ("МакКинли", "МакКинли"),
            ("СЕмёнова", "Семёнова"),
            ("ия", "Ия"),
            ("", ""),
        ];
        for (text, expected) in examples {
            assert_eq!(title_case_name(text), expected, "{text}");
        }
    }

    #[test]
    fn spaces_are_squeezed() {
        assert_eq!(squeeze(" \u{a0}Семёнова \t\n Есения\u{200b} \u{feff}"), "Семёнова Есения");
        assert_eq!(squeeze(" \u{200b} "), "");
    }
}
