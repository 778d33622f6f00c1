//! Laws that hold for any text.

use proptest::prelude::*;

use super::*;
use crate::person::{FullName, Gender};

fn any_case() -> impl Strategy<Value = Case> {
    prop::sample::select(Case::ALL.to_vec())
}

fn any_gender() -> impl Strategy<Value = Gender> {
    prop::sample::select(vec![Gender::Female, Gender::Male])
}

/// Text a stranger may type: any signs, but often Russian letters, spaces and hyphens.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[а-яёА-ЯЁa-zA-Z '.\u{a0}\u{200b}🙂-]{0,24}", "[А-ЯЁ][а-яё]{0,9}"]
}

fn russian_name() -> impl Strategy<Value = String> {
    "[А-ЯЁ][а-яё]{1,9}([ -][А-ЯЁ][а-яё]{1,9})?"
}

proptest! {
    #[test]
    fn declension_never_panics(
        surname in any_text(), given in any_text(), patronymic in any_text(),
        gender in any_gender(), case in any_case(),
    ) {
        let name = FullName::new(&surname, &given, Some(&patronymic));
        let declined = decline_name(&name, gender, case, None);
        let words = |text: &str| text.split_whitespace().count();
        prop_assert_eq!(words(&declined.surname), words(&name.surname));
        prop_assert_eq!(words(&declined.given), words(&name.given));
        prop_assert_eq!(
            declined.patronymic.as_deref().map(words),
            name.patronymic.as_deref().map(words)
        );
        let full = decline_full(&name, gender, case, None);
        prop_assert!(full.chars().count() <= name.full().chars().count() + 3 * (words(&full) + full.matches('-').count()));
    }

    #[test]
    fn io_in_the_stem_is_kept(stem in "[А-Я][а-я]?ё[бвгдзлмнпрст][аеиоу]", gender in any_gender(), case in any_case()) {
        for ending in ["нов", "нова", "нин", "нина", "нский", "нская", "нко", "нюк"] {
            let name = FullName::new(&format!("{stem}{ending}"), "Алёна", None);
            let declined = decline_full(&name, gender, case, None);
            prop_assert_eq!(declined.matches('ё').count(), 2, "{}", declined);
        }
    }

    #[test]
    fn titles_keep_the_number_of_words(text in any_text(), case in any_case()) {
        let words = |text: &str| text.split_whitespace().count();
        prop_assert_eq!(words(&decline_position(&text, case)), words(&text));
        prop_assert_eq!(words(&decline_organization(&text, case)), words(&text));
        prop_assert_eq!(decline_position(&text, Case::Nominative), text.clone());
    }

    #[test]
    fn gender_is_guessed_without_panic(given in any_text(), patronymic in any_text()) {
        let with_ending = guess_gender(&given, Some(&format!("{patronymic}вич")));
        prop_assert_eq!(with_ending, Some(Gender::Male));
    }

    #[test]
    fn search_key_is_idempotent(text in any_text()) {
        let key = search_key(&text);
        prop_assert_eq!(search_key(&key), key);
    }

    #[test]
    fn search_key_does_not_see_case_and_io(name in russian_name()) {
        prop_assert_eq!(search_key(&name.to_uppercase()), search_key(&name.replace('ё', "е")));
    }

    #[test]
    fn squeeze_is_idempotent(text in any_text()) {
        let once = squeeze(&text);
        prop_assert_eq!(squeeze(&once), once);
    }

    #[test]
    fn title_case_is_idempotent(text in any_text()) {
        let once = title_case_name(&text);
        prop_assert_eq!(title_case_name(&once), once);
    }

    #[test]
    fn title_case_restores_a_russian_name(name in russian_name()) {
        prop_assert_eq!(title_case_name(&name.to_uppercase()), name.clone());
        prop_assert_eq!(title_case_name(&name.to_lowercase()), name);
    }

    #[test]
    fn lookalikes_are_fixed_once(text in any_text()) {
        let (fixed, changed) = fix_lookalikes(&text);
        prop_assert_eq!(changed, fixed != text);
        prop_assert_eq!(fix_lookalikes(&fixed), (fixed, false));
    }

    #[test]
    fn count_repeats_every_hundred(n in 0_u64..1_000_000) {
        let form = |n| choose(n, "пара", "пары", "пар");
        prop_assert_eq!(form(n), form(n % 100));
        // Above the teens only the last digit matters.
        if n % 100 >= 20 {
            prop_assert_eq!(form(n), form(n % 10));
        }
        prop_assert_eq!(form(n) == "пара", n % 10 == 1 && n % 100 != 11);
    }

    #[test]
    fn sort_key_agrees_with_the_collator(a in russian_name(), b in russian_name()) {
        prop_assert_eq!(sort_key(&a).cmp(&sort_key(&b)), compare(&a, &b), "{} {}", a, b);
    }

    #[test]
    fn sort_key_tells_io_apart(name in "[А-Я][а-яё]{0,5}е[а-яё]{0,5}") {
        let twin = name.replacen('е', "ё", 1);
        prop_assert_eq!(sort_key(&name).cmp(&sort_key(&twin)), compare(&name, &twin));
    }
}
