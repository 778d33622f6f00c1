//! What kind an organization of a list is: by the list's own word, otherwise by the name.

use nastavnik_domain::organization::OrganizationKind as Kind;
use nastavnik_domain::russian::search_key;

/// Reads the word of a list («школа», «дошкольная», «доп. образование»); nothing if it says nothing we know.
pub(super) fn from_word(word: &str) -> Option<Kind> {
    let key = search_key(word);
    let stems = [
        ("дошкол", Kind::Preschool),
        ("детск", Kind::Preschool),
        ("доп", Kind::Supplementary),
        ("проф", Kind::Vocational),
        ("опорн", Kind::SupportCenter),
        ("ресурс", Kind::ResourceCenter),
        ("департамент", Kind::Department),
        ("управлен", Kind::Department),
        ("комитет", Kind::Department),
        ("партнер", Kind::Partner),
        ("школ", Kind::School),
        ("общеобразоват", Kind::School),
        ("лицей", Kind::School),
        ("гимназ", Kind::School),
    ];
    stems.into_iter().find(|(stem, _)| key.starts_with(stem)).map(|(_, kind)| kind)
}

/// Guesses by the name; a school when nothing else is told. The person loading the list confirms it.
pub(super) fn from_name(name: &str) -> Kind {
    let key = search_key(name);
    let words: Vec<&str> = key.split(|letter: char| !letter.is_alphanumeric()).collect();
    let has_word = |one: &[&str]| words.iter().any(|word| one.contains(word));
    let has = |one: &[&str]| one.iter().any(|part| key.contains(part));
    if has(&["детский сад", "доу ", "ясли"]) || has_word(&["мбдоу", "мадоу", "доу", "дс"])
    {
        return Kind::Preschool;
    }
    if has(&["департамент", "управление образован", "комитет по образован"])
    {
        return Kind::Department;
    }
    let supplementary = ["дополнительн", "творчества", "спортивная школа", "школа искусств", "станция юных"];
    if has_word(&["до", "дюсш", "удо"]) || has(&supplementary) {
        return Kind::Supplementary;
    }
    if has(&["колледж", "техникум", "училище"]) {
        return Kind::Vocational;
    }
    Kind::School
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_city_tell_their_kinds() {
        let table = [
            ("МБОУ «СОШ №3 им. А.А. Ивасенко»", Kind::School),
            ("МБОУ «СОКШ №4»", Kind::School),
            ("МБОУ «Лицей №1»", Kind::School),
            ("МБДОУ «Детский сад №7 «Антошка»", Kind::Preschool),
            ("МБУ ДО «Центр дополнительного образования «Поиск»", Kind::Supplementary),
            ("МБУ ДО «Дом детского творчества»", Kind::Supplementary),
            ("Департамент образования администрации города", Kind::Department),
            ("Нефтеюганский политехнический колледж", Kind::Vocational),
        ];
        for (name, kind) in table {
            assert_eq!(from_name(name), kind, "{name}");
        }
    }

    #[test]
    fn words_of_a_list_tell_kinds() {
        for (word, kind) in [
            ("школа", Some(Kind::School)),
            ("дошкольная", Some(Kind::Preschool)),
            ("Дополнительная", Some(Kind::Supplementary)),
            ("департамент", Some(Kind::Department)),
            ("—", None),
        ] {
            assert_eq!(from_word(word), kind, "{word}");
        }
    }
}
