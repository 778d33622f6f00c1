//! Small helpers for Russian text.
// replaced by crate::russian::text when merged

use crate::person::Gender;

/// Text for comparing: one space, lower case, «ё» as «е», Latin look-alikes mended.
pub(crate) fn search_key(text: &str) -> String {
    let (mended, _) = fix_lookalikes(&squeeze(text));
    mended.to_lowercase().replace('ё', "е")
}

/// Latin letters inside a Cyrillic word become the Cyrillic letters they look like. True when mended.
pub(crate) fn fix_lookalikes(text: &str) -> (String, bool) {
    let mut result = String::with_capacity(text.len());
    let mut changed = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end =
            rest.find(|letter: char| letter.is_alphabetic() != first.is_alphabetic()).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        rest = tail;
        let mendable = run.chars().any(is_cyrillic)
            && run.chars().all(|letter| is_cyrillic(letter) || twin(letter).is_some())
            && run.chars().any(|letter| !is_cyrillic(letter));
        if mendable {
            changed = true;
            result.extend(run.chars().map(|letter| twin(letter).unwrap_or(letter)));
        } else {
            result.push_str(run);
        }
    }
    (result, changed)
}

/// «ИВАНОВА-ПЕТРОВА» and «иванова» become «Иванова-Петрова» and «Иванова»; «оглы», «кызы» stay low.
pub(crate) fn title_case_name(text: &str) -> String {
    text.split(' ').map(title_case_word).collect::<Vec<_>>().join(" ")
}

fn title_case_word(word: &str) -> String {
    if matches!(word.to_lowercase().as_str(), "оглы" | "кызы" | "заде" | "угли") {
        return word.to_lowercase();
    }
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()
        })
    };
    word.split('-').map(part).collect::<Vec<_>>().join("-")
}

/// Every run of white space (line breaks, non-breaking spaces) becomes one space; ends are trimmed.
pub(crate) fn squeeze(text: &str) -> String {
    let visible = |letter: &char| !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}');
    let cleaned: String = text.chars().filter(visible).collect();
    cleaned.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Gender by the ending of the patronymic; a given name alone is not enough to be sure.
pub(crate) fn guess_gender(given: &str, patronymic: Option<&str>) -> Option<Gender> {
    let key = search_key(patronymic?);
    let ends = |endings: &[&str]| endings.iter().any(|ending| key.ends_with(ending));
    if given.is_empty() {
        return None;
    }
    if ends(&["вна", "чна", "шна", "кызы"]) {
        return Some(Gender::Female);
    }
    ends(&["вич", "ьич", "мич", "кич", "нич", "оглы", "угли"]).then_some(Gender::Male)
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

const fn twin(letter: char) -> Option<char> {
    Some(match letter {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'k' => 'к',
        'o' => 'о',
        'p' => 'р',
        'x' => 'х',
        'y' => 'у',
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
        'ë' => 'ё',
        'Ë' => 'Ё',
        _ => return None,
    })
}
