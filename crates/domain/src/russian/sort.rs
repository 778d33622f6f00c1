//! Russian alphabetical order, in memory and in databases.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use super::text::{search_key, squeeze};

/// Compares two texts in the order of a Russian dictionary: Абрамов, ежов, Ёлкин, Жуков.
pub fn compare(a: &str, b: &str) -> Ordering {
    static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> =
        LazyLock::new(|| Collator::try_new(locale!("ru").into(), CollatorOptions::default()).ok());
    match COLLATOR.as_ref() {
        Some(collator) => collator.compare(a, b),
        None => sort_key(a).cmp(&sort_key(b)),
    }
}

/// A key that sorts Russian text right by plain order of bytes, alike in every database.
///
/// `PostgreSQL` columns with the key need `COLLATE "C"`; `SQLite` compares bytes by itself.
///
/// How it is made: [`search_key`], where «ё» is «е» and the letters а–я stand in the order of their
/// codes. If the text has a «ё», a tab follows and then one digit for each «е» or «ё»: 0 or 1,
/// up to the last «ё». The tab is less than any sign of the key, so «Елкина» stands just before
/// «Ёлкина», and both before «Елкинд».
pub fn sort_key(text: &str) -> String {
    let mut key = search_key(text);
    let marks: String = squeeze(text)
        .to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            'е' => Some('0'),
            'ё' => Some('1'),
            _ => None,
        })
        .collect();
    let marks = marks.trim_end_matches('0');
    if !marks.is_empty() {
        key.push('\t');
        key.push_str(marks);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: [&str; 16] = [
        "Абрамов",
        "абрамова",
        "Егоров",
        "ежов",
        "Елкин",
        "Ёлкин",
        "Елкина",
        "Ёлкинд",
        "Жуков",
        "Петров Иван",
        "Петров-Водкин",
        "Петрова",
        "Иванов",
        "Йодко",
        "Щукин",
        "Яковлев",
    ];

    #[test]
    fn words_stand_as_in_a_dictionary() {
        let mut by_collator = ORDER.to_vec();
        by_collator.sort_by(|a, b| compare(a, b));
        let mut by_key = ORDER.to_vec();
        by_key.sort_by_key(|text| sort_key(text));
        let expected = [
            "Абрамов",
            "абрамова",
            "Егоров",
            "ежов",
            "Елкин",
            "Ёлкин",
            "Елкина",
            "Ёлкинд",
            "Жуков",
            "Иванов",
            "Йодко",
            "Петров Иван",
            "Петров-Водкин",
            "Петрова",
            "Щукин",
            "Яковлев",
        ];
        assert_eq!(by_collator, expected);
        assert_eq!(by_key, expected);
    }
}
