//! Gender from the name.

use super::morphology::{is_cyrillic, is_vowel};
use crate::person::Gender;

/// Last words of Turkic patronymics.
const SONS: [&str; 7] = ["оглы", "оглу", "угли", "огли", "улы", "уулу", "ұлы"];
const DAUGHTERS: [&str; 6] = ["кызы", "гызы", "кизи", "кизы", "қызы", "къызы"];

/// Guesses the gender: by the patronymic if it tells, else by the given name; `None` when neither
/// does («Саша», «Женя»), and then a person must choose.
pub fn guess_gender(given: &str, patronymic: Option<&str>) -> Option<Gender> {
    patronymic.and_then(by_patronymic).or_else(|| by_given(given))
}

/// «Тимур кызы», «Полад Бюльбюль-оглы».
pub(super) fn is_turkic_patronymic(patronymic: &str) -> bool {
    by_turkic_ending(&patronymic.to_lowercase()).is_some()
}

/// True for «оглы», «кызы» and their variants, which are written with a small letter.
pub(super) fn is_turkic_ending(lower: &str) -> bool {
    SONS.contains(&lower) || DAUGHTERS.contains(&lower)
}

fn by_turkic_ending(lower: &str) -> Option<Gender> {
    let last = lower.trim().rsplit([' ', '-', '\u{a0}']).next()?;
    if SONS.contains(&last) {
        return Some(Gender::Male);
    }
    DAUGHTERS.contains(&last).then_some(Gender::Female)
}

fn by_patronymic(patronymic: &str) -> Option<Gender> {
    let lower = patronymic.trim().to_lowercase();
    if let Some(gender) = by_turkic_ending(&lower) {
        return Some(gender);
    }
    // -вич, -ич, colloquial -ыч; -вна, -чна, -инична, the old «Ильна».
    if lower.ends_with("ич") || lower.ends_with("ыч") {
        return Some(Gender::Male);
    }
    lower.ends_with("на").then_some(Gender::Female)
}

/// Men's names on -а and -я.
const MALE: [&str; 38] = [
    "никита",
    "илья",
    "лука",
    "фома",
    "кузьма",
    "сила",
    "фока",
    "савва",
    "сава",
    "данила",
    "гаврила",
    "вавила",
    "аникита",
    "добрыня",
    "ерёма",
    "иона",
    "мусса",
    "муса",
    "иса",
    "мустафа",
    "абдулла",
    "захария",
    "зосима",
    "лёва",
    "вова",
    "коля",
    "дима",
    "гоша",
    "паша",
    "миша",
    "гриша",
    "серёжа",
    "алёша",
    "петя",
    "ваня",
    "юра",
    "шота",
    "гия",
];
/// Men's names on -ь and on vowels that women's names do not have.
const MALE_OTHER: [&str; 26] = [
    "игорь",
    "лазарь",
    "шамиль",
    "камиль",
    "эмиль",
    "даниэль",
    "наиль",
    "рафаэль",
    "самуэль",
    "василь",
    "цезарь",
    "равиль",
    "рамиль",
    "раиль",
    "ильгизарь",
    "исмаиль",
    "габриэль",
    "олесь",
    "шарль",
    "данило",
    "михайло",
    "марко",
    "отто",
    "серго",
    "камо",
    "вано",
];
/// Women's names on a hard consonant or й.
const FEMALE: [&str; 52] = [
    "эстер",
    "айгерим",
    "айлин",
    "айнур",
    "айсун",
    "ляйсан",
    "гульназ",
    "гульшат",
    "жасмин",
    "жаклин",
    "лилит",
    "мадлен",
    "мариям",
    "дилярам",
    "томирис",
    "чулпан",
    "элизабет",
    "катрин",
    "флоренс",
    "пейтон",
    "милен",
    "шерил",
    "алтын",
    "дильназ",
    "гоар",
    "хюррем",
    "анаит",
    "перизат",
    "астрид",
    "михримах",
    "дженнифер",
    "беатрис",
    "долорес",
    "ирен",
    "марлен",
    "гретхен",
    "рут",
    "кармен",
    "мерседес",
    "марьям",
    "айжан",
    "гульжан",
    "айнаш",
    "айдан",
    "асмик",
    "шушаник",
    "сатеник",
    "назлыгуль",
    "каролин",
    "эвелин",
    "вивьен",
    "ингрид",
];
/// Women's names on -ь and on vowels other than -а and -я.
const FEMALE_OTHER: [&str; 45] = [
    "любовь",
    "руфь",
    "нинель",
    "айгуль",
    "гюзель",
    "николь",
    "адель",
    "айнагуль",
    "асель",
    "айсель",
    "этель",
    "мишель",
    "рахиль",
    "рашель",
    "эсфирь",
    "юдифь",
    "суламифь",
    "агарь",
    "жизель",
    "анабель",
    "амаль",
    "айару",
    "эмили",
    "шелли",
    "алсу",
    "айсылу",
    "этери",
    "сати",
    "лили",
    "тэмми",
    "каре",
    "наоми",
    "челси",
    "фелисити",
    "мавиле",
    "тиффани",
    "люче",
    "энже",
    "сауле",
    "мехри",
    "нелли",
    "гаянэ",
    "хилари",
    "мери",
    "нани",
];
/// Names of both men and women.
const EITHER: [&str; 7] = ["саша", "женя", "валя", "шура", "слава", "ай", "мина"];

/// The given name alone is weak evidence: what no list and no ending tells is `None`.
fn by_given(given: &str) -> Option<Gender> {
    let lower = given.trim().to_lowercase();
    let word = lower.split([' ', '-']).next()?;
    let last = word.chars().last().filter(|&letter| is_cyrillic(letter))?;
    if EITHER.contains(&word) {
        return None;
    }
    if MALE.contains(&word) || MALE_OTHER.contains(&word) {
        return Some(Gender::Male);
    }
    if FEMALE.contains(&word) || FEMALE_OTHER.contains(&word) || matches!(last, 'а' | 'я') {
        return Some(Gender::Female);
    }
    let hard = !is_vowel(last) && last != 'ь';
    hard.then_some(Gender::Male)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patronymic_decides_first() {
        let examples = [
            ("Мина", Some("Фокич"), Some(Gender::Male)),
            ("Мина", Some("Ильинична"), Some(Gender::Female)),
            ("Саша", Some("Сергеевна"), Some(Gender::Female)),
            ("Никита", Some("ЛУКИЧ"), Some(Gender::Male)),
            ("Николь", Some("Никитична"), Some(Gender::Female)),
            ("Анна", Some("Ильна"), Some(Gender::Female)),
            ("Гейдар", Some("Алирза оглы"), Some(Gender::Male)),
            ("Айнур", Some("Тимур кызы"), Some(Gender::Female)),
            ("Полад", Some("Бюльбюль-оглы"), Some(Gender::Male)),
            ("Иван", Some("Иваныч"), Some(Gender::Male)),
        ];
        for (given, patronymic, expected) in examples {
            assert_eq!(guess_gender(given, patronymic), expected, "{given} {patronymic:?}");
        }
    }

    #[test]
    fn the_given_name_helps_without_a_patronymic() {
        let examples = [
            ("Илья", Some(Gender::Male)),
            ("Никита", Some(Gender::Male)),
            ("Мария", Some(Gender::Female)),
            ("Анна-Мария", Some(Gender::Female)),
            ("Любовь", Some(Gender::Female)),
            ("Гюзель", Some(Gender::Female)),
            ("Игорь", Some(Gender::Male)),
            ("Сергей", Some(Gender::Male)),
            ("Эстер", Some(Gender::Female)),
            ("Алсу", Some(Gender::Female)),
            ("Женя", None),
            ("Мина", None),
            ("John", None),
            ("", None),
        ];
        for (given, expected) in examples {
            assert_eq!(guess_gender(given, None), expected, "{given}");
        }
    }
}
