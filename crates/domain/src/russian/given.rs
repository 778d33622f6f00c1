//! Given names and patronymics: the rules of `petrovich`, mended.

use petrovich::Case as Oblique;

use super::gender::is_turkic_patronymic;
use super::morphology::{
    FIRST, FIRST_IYA, FIRST_SOFT, FIXED, HARD, HARD_EM, Paradigm, Part, SOFT, THIRD, each_part, from_end,
    is_vowel, syllables,
};
use crate::person::Gender;

/// Declines a given name, each part of a double one.
pub(super) fn decline(given: &str, gender: Gender, case: Oblique) -> String {
    each_part(given, |part| {
        if part.before_hyphen && part.lower == "жан" {
            // French double names change at the end only: «Жан-Жака».
            return part.text.to_owned();
        }
        let mended = match gender {
            Gender::Female => feminine(part.lower),
            Gender::Male => masculine(part.lower),
        };
        match mended.or_else(|| common(part.lower)) {
            Some(paradigm) => paradigm.apply(part.text, case),
            None => petrovich::firstname(rule_gender(gender), part.text, case),
        }
    })
}

/// Declines a patronymic. Turkic ones («Тимур кызы», «Али оглы») do not change.
pub(super) fn decline_patronymic(patronymic: &str, gender: Gender, case: Oblique) -> String {
    if is_turkic_patronymic(patronymic) {
        return patronymic.to_owned();
    }
    each_part(patronymic, |part| decline_patronymic_part(part, gender, case))
}

fn decline_patronymic_part(part: Part<'_>, gender: Gender, case: Oblique) -> String {
    let male = gender == Gender::Male && (part.lower.ends_with("ич") || part.lower.ends_with("ыч"));
    if male {
        // Only these four carry the stress on -ич: «Ильичом», but «Фокичем», «Никитичем».
        let stressed = ["ильич", "фомич", "кузьмич", "лукич"].contains(&part.lower);
        return if stressed { HARD } else { HARD_EM }.apply(part.text, case);
    }
    petrovich::middlename(rule_gender(gender), part.text, case)
}

const fn rule_gender(gender: Gender) -> petrovich::Gender {
    match gender {
        Gender::Female => petrovich::Gender::Female,
        Gender::Male => petrovich::Gender::Male,
    }
}

fn feminine(lower: &str) -> Option<Paradigm> {
    let last = from_end(lower, 0)?;
    if last == 'ь' {
        // «Гюзели», «Айгули», «Николи», «Руфи»: the dictionary of A. V. Superanskaya declines all women's
        // names on -ь. petrovich leaves most of those on -ль unchanged.
        return Some(THIRD);
    }
    // «Эстер», «Айгерим», «Ай» do not change.
    (!is_vowel(last)).then_some(FIXED)
}

fn masculine(lower: &str) -> Option<Paradigm> {
    if ["данило", "михайло", "гаврило", "кирило", "самойло"].contains(&lower)
    {
        return Some(FIRST);
    }
    if matches!(from_end(lower, 0), Some('ц' | 'ч' | 'щ')) {
        // «Францем», «Ульричем»: petrovich writes -ом.
        return Some(HARD_EM);
    }
    // «о Пие», «о Вие»: a stem of one syllable takes -е (complete academic rules of 2006, § 71).
    (lower.ends_with("ий") && syllables(lower) == 1).then_some(SOFT)
}

fn common(lower: &str) -> Option<Paradigm> {
    if lower.ends_with("ия") {
        // petrovich has a wrong rule here: «Мария, Марием». «Лия, Лие» follows § 71.
        return Some(if syllables(lower) == 2 { FIRST_SOFT } else { FIRST_IYA });
    }
    // «Андреа», «Ноа», «Джошуа» do not change; petrovich knows it of -иа and -уа only.
    let after_vowel = lower.ends_with('а') && from_end(lower, 1).is_some_and(is_vowel);
    after_vowel.then_some(FIXED)
}
