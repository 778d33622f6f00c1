//! Names of people among other words.

use std::sync::LazyLock;

use rumorph::{Analysis, Dictionary, Source};

use super::case::Case;
use super::text::title_case_name;
use super::titles::dictionary;

/// How much a word is like somebody's name, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// «составить», «планирование», «личностные»: nobody is called so.
    Word,
    /// «мельница», «итоговая»: a name only where nothing else explains the capital letter.
    Thing,
    /// «заяц», «кузнец»: what surnames are made of.
    Being,
    /// «Маша», «Петрова», «Зюзюкина»: the dictionary says so, or does not know the word at all.
    Name,
}

/// A name is not overlooked because the word means something else far more often: «Роман», «Слава».
const LEAST_SHARE: f64 = 0.004;

/// A meaning as rare as this is not what was meant: «вести» is hardly ever the plural of «весть».
const USUAL_SHARE: f64 = 0.05;

/// How much this word is like a name, whatever its first letter: at the beginning of a sentence every word has a capital
/// one, and only the dictionary tells «Маша» from «Работа».
pub fn likeness(word: &str) -> Likeness {
    let Some(dictionary) = dictionary() else { return Likeness::Name };
    let word = word.to_lowercase();
    // A capital letter makes the names among the meanings likelier; what else the word is, it says without one: «Вести» is
    // a title as well.
    let named = readings(dictionary, &title_case_name(&word));
    if named.iter().any(|reading| is_personal(dictionary, reading)) {
        return Likeness::Name;
    }
    let readings = readings(dictionary, &word);
    if readings.is_empty() {
        return derived(dictionary, &word).unwrap_or(Likeness::Name);
    }
    // «Долгих» and «Черных» are adjectives for the dictionary.
    if word.ends_with("ых") || word.ends_with("их") {
        return Likeness::Being;
    }
    let usual = readings.iter().filter(|reading| reading.prob >= USUAL_SHARE);
    usual.map(|reading| of_reading(dictionary, reading)).max().unwrap_or(Likeness::Word)
}

/// Whether the word is a name and nothing else, so that even a small letter does not hide it: «машей», «хабибуллина».
pub fn is_only_a_name(word: &str) -> bool {
    let Some(dictionary) = dictionary() else { return false };
    let readings = readings(dictionary, &word.to_lowercase());
    !readings.is_empty() && readings.iter().all(|reading| is_personal(dictionary, reading))
}

/// The initial forms of a word that the dictionary knows.
pub fn lemmas(word: &str) -> Vec<String> {
    let Some(dictionary) = dictionary() else { return Vec::new() };
    readings(dictionary, &word.to_lowercase()).into_iter().map(|reading| reading.lemma).collect()
}

/// The word in the cases in which it is declined as a common noun or an adjective: a surname may be written so, whatever
/// the rules of surnames say («Зайца» and «Заяца»).
pub fn common_forms(word: &str) -> Vec<(Case, String)> {
    let Some(dictionary) = dictionary() else { return Vec::new() };
    let lower = word.to_lowercase();
    let is_base = |reading: &Analysis| {
        dictionary
            .ud_tag(reading.ud)
            .is_some_and(|tag| tag.feat("Case") == Some("Nom") && tag.feat("Number") == Some("Sing"))
    };
    let base = readings(dictionary, &lower).into_iter().filter(is_base);
    let forms = base.flat_map(|reading| dictionary.forms(&reading));
    forms.filter_map(|form| Some((case_of(dictionary, &form)?, form.word))).collect()
}

fn case_of(dictionary: &Dictionary, form: &Analysis) -> Option<Case> {
    let tag = dictionary.ud_tag(form.ud)?;
    if tag.feat("Number") != Some("Sing") {
        return None;
    }
    Some(match tag.feat("Case")? {
        "Nom" => Case::Nominative,
        "Gen" => Case::Genitive,
        "Dat" => Case::Dative,
        "Acc" => Case::Accusative,
        "Ins" => Case::Instrumental,
        "Loc" => Case::Prepositional,
        _ => return None,
    })
}

/// What the dictionary itself says, without its guesses.
fn readings(dictionary: &Dictionary, word: &str) -> Vec<Analysis> {
    if !dictionary.is_known(&word.to_lowercase()) {
        return Vec::new();
    }
    dictionary.analyze(word).into_iter().filter(|reading| reading.source == Source::Dictionary).collect()
}

/// A given name, a surname or a patronymic of one person; «март» is no «Марта» in the plural. A town is told like a
/// person: it leads to one.
fn is_personal(dictionary: &Dictionary, reading: &Analysis) -> bool {
    let Some(tag) = dictionary.ud_tag(reading.ud) else { return false };
    let is_one = tag.feat("Number") != Some("Plur");
    let names = matches!(tag.feat("NameType"), Some("Giv" | "Sur" | "Pat" | "Geo"));
    tag.pos() == "PROPN" && names && is_one && reading.prob >= LEAST_SHARE
}

fn of_reading(dictionary: &Dictionary, reading: &Analysis) -> Likeness {
    let Some(tag) = dictionary.ud_tag(reading.ud) else { return Likeness::Thing };
    let is_formed = |ends: &[&str]| ends.iter().any(|end| reading.lemma.ends_with(end));
    match tag.pos() {
        "NOUN" if tag.feat("Animacy") == Some("Anim") => Likeness::Being,
        "NOUN" if is_formed(ABSTRACT) => Likeness::Word,
        "ADJ" if tag.feat("Gender") == Some("Neut") || tag.feat("Number") == Some("Plur") => Likeness::Word,
        "ADJ" if tag.feat("Variant").is_some() || is_formed(RELATIONAL) => Likeness::Word,
        "NOUN" | "PROPN" | "ADJ" => Likeness::Thing,
        _ => Likeness::Word,
    }
}

/// Ends of nouns that name doings and qualities: no surname is made so.
const ABSTRACT: &[&str] =
    &["ание", "ение", "тие", "ция", "сия", "зия", "ость", "ство", "изм", "логия", "графия", "метрия"];

/// Ends of adjectives that say «having to do with».
const RELATIONAL: &[&str] = &["альный", "ический", "ионный", "тельный", "ивный", "ебный"];

/// Ends by which an unknown word is told to be no name.
static ENDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let with = |stem: &str, ends: &[&str]| ends.iter().map(|end| format!("{stem}{end}")).collect::<Vec<_>>();
    // «-ания» and «-ения» may be a woman: «Эстефания».
    let mut ends = with("ани", &["е", "ем"]);
    ends.extend(with("ени", &["е", "ем"]));
    ends.extend(with("ировани", &["я", "ю", "и"]));
    ends.extend(with("аци", &["я", "и", "ю", "ей"]));
    ends.extend(with("ост", &["ь", "и", "ью", "ей"]));
    ends.extend(with("ическ", &["ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими"]));
    ends.extend(with("ностн", &["ый", "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми"]));
    ends.extend(with("альн", &["ый", "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми"]));
    ends
});

/// What is put before a known word to make a new one.
const PREFIXES: &[&str] = &[
    "авто",
    "анти",
    "аудио",
    "веб",
    "взаимо",
    "видео",
    "внутри",
    "здоровье",
    "инфо",
    "кибер",
    "медиа",
    "меж",
    "мета",
    "микро",
    "мини",
    "много",
    "мульти",
    "нейро",
    "обще",
    "онлайн",
    "орг",
    "пед",
    "поли",
    "псевдо",
    "психо",
    "разно",
    "само",
    "системно",
    "социо",
    "супер",
    "тьютор",
    "фото",
    "эко",
    "экс",
];

/// A shorter rest may be anything.
const LEAST_REST: usize = 5;

/// A word that the dictionary does not know, by how it is made: «взаимопосещение», «метапредметные», «геймификацией».
fn derived(dictionary: &Dictionary, lower: &str) -> Option<Likeness> {
    if ENDS.iter().any(|end| lower.len() > end.len() + 4 && lower.ends_with(end.as_str())) {
        return Some(Likeness::Word);
    }
    let rest = PREFIXES.iter().find_map(|prefix| {
        lower
            .strip_prefix(prefix)
            .filter(|rest| rest.chars().count() >= LEAST_REST && !readings(dictionary, rest).is_empty())
    })?;
    let is_name = readings(dictionary, rest).iter().any(|reading| is_personal(dictionary, reading));
    // «Неискушённые» participles and neuter adjectives name nobody, but «самохвалова» is one.
    (!is_name)
        .then(|| readings(dictionary, rest).iter().map(|reading| of_reading(dictionary, reading)).max())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_words() {
        for word in [
            "Маша",
            "Петрова",
            "Сергей",
            "Ивановна",
            "Хабибуллина",
            "Зюзюкина",
            "Роман",
            "Мороз",
            "Слава",
            "Айгуль",
            "Магомедова",
            "Шевченко",
            "Самохвалова",
        ] {
            assert_eq!(likeness(word), Likeness::Name, "{word}");
        }
        for word in ["Заяц", "Кузнец", "Долгих", "Король"] {
            assert_eq!(likeness(word), Likeness::Being, "{word}");
        }
        for word in ["Телефон", "Итоговая", "Устав"] {
            assert_eq!(likeness(word), Likeness::Thing, "{word}");
        }
        for word in [
            "Посещение",
            "Научиться",
            "Проведены",
            "Вести",
            "Взаимопосещение",
            "Метапредметные",
            "Уверенное",
            "Если",
            "Регулятивные",
            "Цифровизация",
            "Субъектности",
            "Федеральной",
        ] {
            assert_eq!(likeness(word), Likeness::Word, "{word}");
        }
    }

    #[test]
    fn a_small_letter_does_not_hide_a_name() {
        assert!(["машей", "сергея", "ивановне"].iter().all(|word| is_only_a_name(word)));
        assert!(["роман", "вера", "урок", "зюзюкина"].iter().all(|word| !is_only_a_name(word)));
    }

    #[test]
    fn a_surname_may_be_declined_as_the_word_it_is() {
        let forms = common_forms("Заяц");
        assert!(forms.contains(&(Case::Genitive, "зайца".to_owned())), "{forms:?}");
        assert!(common_forms("Зюзюкин").is_empty());
    }
}
