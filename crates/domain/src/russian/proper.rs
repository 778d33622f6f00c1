//! Names of people among other words.

use super::titles::dictionary;

/// Whether the word may be somebody's name: the dictionary says so, or does not know the word at all.
///
/// At the beginning of a sentence every word has a capital letter, and only the dictionary tells «Маша» from «Работа».
pub fn looks_like_a_name(word: &str) -> bool {
    let Some(dictionary) = dictionary() else { return true };
    if !dictionary.is_known(&word.to_lowercase()) {
        return true;
    }
    let readings = dictionary.analyze(word);
    let is_proper =
        |reading: &rumorph::Analysis| dictionary.ud_tag(reading.ud).is_some_and(|tag| tag.pos() == "PROPN");
    readings.first().is_some_and(is_proper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_words() {
        for word in ["Маша", "Петрова", "Сергей", "Ивановна", "Хабибуллина", "Зюзюкина"]
        {
            assert!(looks_like_a_name(word), "{word}");
        }
        for word in ["Работа", "Посещение", "Встречи", "Научиться", "Проведены", "Урок", "Вести", "Родители"]
        {
            assert!(!looks_like_a_name(word), "{word}");
        }
    }
}
