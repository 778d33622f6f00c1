//! Shared parts of the name rules: letters, syllables and tables of endings.

use petrovich::Case as Oblique;

/// Endings of the five oblique cases and how many last letters they replace.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paradigm {
    cut: usize,
    /// Genitive, dative, accusative, instrumental, prepositional.
    endings: [&'static str; 5],
}

impl Paradigm {
    pub(super) const fn new(cut: usize, endings: [&'static str; 5]) -> Self {
        Self { cut, endings }
    }

    pub(super) fn apply(&self, word: &str, case: Oblique) -> String {
        let keep = word.chars().count().saturating_sub(self.cut);
        let mut form: String = word.chars().take(keep).collect();
        form.push_str(self.endings[case as usize]);
        form
    }
}

/// The word does not change.
pub(super) const FIXED: Paradigm = Paradigm::new(0, [""; 5]);
/// Блок: Блока, Блоку, Блока, Блоком, Блоке.
pub(super) const HARD: Paradigm = Paradigm::new(0, ["а", "у", "а", "ом", "е"]);
/// After a sibilant without stress: Франц, Францем.
pub(super) const HARD_EM: Paradigm = Paradigm::new(0, ["а", "у", "а", "ем", "е"]);
/// Цой: Цоя, Цою, Цоя, Цоем, Цое.
pub(super) const SOFT: Paradigm = Paradigm::new(1, ["я", "ю", "я", "ем", "е"]);
/// Сосна: Сосны, Сосне, Сосну, Сосной, Сосне.
pub(super) const FIRST: Paradigm = Paradigm::new(1, ["ы", "е", "у", "ой", "е"]);
/// Каша: Каши, Каше, Кашу, Кашей, Каше.
pub(super) const FIRST_SIBILANT: Paradigm = Paradigm::new(1, ["и", "е", "у", "ей", "е"]);
/// Мария: Марии, Марии, Марию, Марией, Марии.
pub(super) const FIRST_IYA: Paradigm = Paradigm::new(1, ["и", "и", "ю", "ей", "и"]);
/// Лия: Лии, Лие, Лию, Лией, Лие; Шенгелая: Шенгелаи, Шенгелае.
pub(super) const FIRST_SOFT: Paradigm = Paradigm::new(1, ["и", "е", "ю", "ей", "е"]);
/// Гюзель: Гюзели, Гюзели, Гюзель, Гюзелью, Гюзели.
pub(super) const THIRD: Paradigm = Paradigm::new(1, ["и", "и", "ь", "ью", "и"]);

pub(super) const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'а' | 'е' | 'ё' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

pub(super) fn syllables(lower: &str) -> usize {
    lower.chars().filter(|&letter| is_vowel(letter)).count()
}

/// The letter at `back` places from the end; 0 is the last one.
pub(super) fn from_end(lower: &str, back: usize) -> Option<char> {
    lower.chars().rev().nth(back)
}

pub(super) const fn is_cyrillic(letter: char) -> bool {
    matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

/// Declines each part of a name split by spaces and hyphens, keeping the separators and the letter
/// case. A part that is not a Russian word of two letters or more stays as it is: initials, Latin
/// names and stray signs are nobody's to inflect.
pub(super) fn each_part(text: &str, decline: impl Fn(Part<'_>) -> String) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    for piece in text.split_inclusive(|sign: char| sign.is_whitespace() || sign == '-') {
        let word = piece.trim_end_matches(|sign: char| sign.is_whitespace() || sign == '-');
        let separator = &piece[word.len()..];
        if is_russian_word(word) {
            let lower = word.to_lowercase();
            result.push_str(&in_case_of(word, &lower, separator.starts_with('-'), &decline));
        } else {
            result.push_str(word);
        }
        result.push_str(separator);
    }
    result
}

/// One part of a name, as written and in small letters.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) lower: &'a str,
    /// «Бонч» in «Бонч-Бруевич».
    pub(super) before_hyphen: bool,
}

fn in_case_of(word: &str, lower: &str, before_hyphen: bool, decline: &impl Fn(Part<'_>) -> String) -> String {
    let capitals = !word.chars().any(char::is_lowercase);
    let text = if capitals { lower } else { word };
    let form = decline(Part { text, lower, before_hyphen });
    if capitals { form.to_uppercase() } else { form }
}

fn is_russian_word(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|letter| is_cyrillic(letter) || matches!(letter, '\'' | '’'))
}
