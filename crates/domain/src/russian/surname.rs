//! Surnames: the rules of `petrovich`, mended.

use petrovich::Case as Oblique;

use super::morphology::{
    FIRST, FIRST_SIBILANT, FIRST_SOFT, FIXED, HARD, Paradigm, Part, SOFT, each_part, from_end, is_vowel,
    syllables,
};
use crate::person::Gender;

/// Declines a surname, each part of a double one.
pub(super) fn decline(surname: &str, gender: Gender, case: Oblique) -> String {
    each_part(surname, |part| decline_part(part, gender, case))
}

fn decline_part(part: Part<'_>, gender: Gender, case: Oblique) -> String {
    let is_particle = PARTICLES.contains(&part.text);
    let is_fixed_first = part.before_hyphen && FIXED_FIRST_PARTS.contains(&part.lower);
    if is_particle || is_fixed_first {
        return part.text.to_owned();
    }
    let mended = match gender {
        Gender::Female => feminine(part.lower),
        Gender::Male => masculine(part.lower),
    };
    match mended.or_else(|| common(part.lower)) {
        Some(paradigm) => paradigm.apply(part.text, case),
        None => petrovich::lastname(rule_gender(gender), part.text, case),
    }
}

const fn rule_gender(gender: Gender) -> petrovich::Gender {
    match gender {
        Gender::Female => petrovich::Gender::Female,
        Gender::Male => petrovich::Gender::Male,
    }
}

/// Small words of foreign surnames: «фон Визин», «де Толли».
const PARTICLES: [&str; 11] = ["фон", "ван", "дер", "ден", "де", "ди", "да", "дель", "ла", "аль", "эль"];

/// First parts that never change: «Бонч-Бруевича», «Тер-Петросяна».
const FIXED_FIRST_PARTS: [&str; 18] = [
    "бонч",
    "абдул",
    "белиц",
    "гасан",
    "дюссар",
    "дюмон",
    "книппер",
    "корвин",
    "ван",
    "шолом",
    "тер",
    "призван",
    "мелик",
    "вар",
    "фон",
    "сен",
    "санкт",
    "нур",
];

/// «Рыжая»: after a sibilant the ending without stress is -ей, petrovich writes «Рыжой».
const ADJECTIVE_SIBILANT_F: Paradigm = Paradigm::new(2, ["ей", "ей", "ую", "ей", "ей"]);
const ADJECTIVE_HARD_F: Paradigm = Paradigm::new(2, ["ой", "ой", "ую", "ой", "ой"]);
/// «Сухой»: «Сухим»; petrovich writes «Сухым» after х and the sibilants.
const ADJECTIVE_OY_IM: Paradigm = Paradigm::new(2, ["ого", "ому", "ого", "им", "ом"]);
/// «Лев»: «Льва», as the given name.
const LEV: Paradigm = Paradigm::new(2, ["ьва", "ьву", "ьва", "ьвом", "ьве"]);
/// «Соловей»: «Соловья».
const BIRD_EY: Paradigm = Paradigm::new(2, ["ья", "ью", "ья", "ьём", "ье"]);
/// «Стрелец»: «Стрельца».
const LETS: Paradigm = Paradigm::new(2, ["ьца", "ьцу", "ьца", "ьцом", "ьце"]);
/// «Долгопалец»: «Долгопальца», the stress is on the stem.
const PALETS: Paradigm = Paradigm::new(2, ["ьца", "ьцу", "ьца", "ьцем", "ьце"]);
/// «Горобец»: «Горобцом», the stress is on the ending.
const FLEETING_E: Paradigm = Paradigm::new(2, ["ца", "цу", "ца", "цом", "це"]);
/// «Маненок»: «Маненка».
const FLEETING_O: Paradigm = Paradigm::new(2, ["ка", "ку", "ка", "ком", "ке"]);

/// Georgian surnames on -ая are nouns: «Шенгелаи», not adjectives.
const GEORGIAN_AYA: [&str; 6] = ["шенгелая", "цулая", "майсурая", "какулая", "хубулая", "чикобая"];

/// Women's surnames that only look like «Петрова» but are common nouns: «Головы», not «Головой».
/// Those on -ина are left to the rule: «Долина» is far more often the wife of Долин.
const NOUNS_LIKE_POSSESSIVES: [&str; 11] =
    ["сова", "бова", "корова", "голова", "дуброва", "подкова", "основа", "обнова", "дева", "нева", "зева"];

fn feminine(lower: &str) -> Option<Paradigm> {
    let last = from_end(lower, 0)?;
    if !is_vowel(last) {
        // Women's surnames on a consonant never change: «Щербак», «Цой», «Мень».
        return Some(FIXED);
    }
    if GEORGIAN_AYA.contains(&lower) {
        return Some(FIRST_SOFT);
    }
    if lower.ends_with("ая") && matches!(from_end(lower, 2), Some('ж' | 'ш' | 'щ')) {
        let stressed = ["чужая", "большая", "меньшая"].contains(&lower);
        return Some(if stressed { ADJECTIVE_HARD_F } else { ADJECTIVE_SIBILANT_F });
    }
    let possessive = lower.ends_with("ина") || lower.ends_with("ына");
    let noun_na = lower.ends_with("на") && !possessive;
    if noun_na || NOUNS_LIKE_POSSESSIVES.contains(&lower) {
        // petrovich takes every -на for «Скурихина» and writes «Сосной» for the genitive.
        return Some(FIRST);
    }
    None
}

fn masculine(lower: &str) -> Option<Paradigm> {
    masculine_word(lower)
        .or_else(|| masculine_short_i(lower))
        .or_else(|| masculine_ets(lower))
        .or_else(|| masculine_consonant(lower))
}

/// Single words, mostly those which petrovich leaves unchanged for no grammatical reason.
fn masculine_word(lower: &str) -> Option<Paradigm> {
    Some(match lower {
        "лев" => LEV,
        "соловей" | "муравей" | "воробей" => BIRD_EY,
        "стрелец" => LETS,
        "долгопалец" | "скиталец" => PALETS,
        "горобец" => FLEETING_E,
        "маненок" => FLEETING_O,
        "гусь" | "ремень" | "камень" => SOFT,
        "онук" | "нечипас" => HARD,
        _ => return None,
    })
}

/// Surnames on -й.
fn masculine_short_i(lower: &str) -> Option<Paradigm> {
    let stem = lower.strip_suffix('й')?;
    let one_syllable = syllables(lower) == 1;
    if stem.ends_with('о') {
        if one_syllable && lower != "злой" {
            // «Цой», «Ной», «Бой» are nouns, «Толстой» is an adjective.
            return Some(SOFT);
        }
        let hissing = matches!(from_end(lower, 2), Some('х' | 'ж' | 'ш' | 'щ' | 'ч'));
        return hissing.then_some(ADJECTIVE_OY_IM);
    }
    let noun = stem.ends_with(['я', 'ю', 'э', 'ё']) || (one_syllable && stem.ends_with(['и', 'у']));
    // «Вий», «Кий» are not adjectives; «Негодяй» has no rule in petrovich at all.
    noun.then_some(SOFT)
}

/// Surnames on -ец after two consonants keep the vowel and carry the stress on the ending:
/// «Кузнец, Кузнеца, Кузнецом», «Швец, Швеца, Швецом»; petrovich writes «Кузнца», «Швецем».
fn masculine_ets(lower: &str) -> Option<Paradigm> {
    let stem = lower.strip_suffix("ец")?;
    let is_consonant = |letter: char| !is_vowel(letter) && !matches!(letter, 'ь' | 'й' | 'ъ');
    let cluster = from_end(stem, 0).is_some_and(is_consonant) && from_end(stem, 1).is_some_and(is_consonant);
    cluster.then_some(HARD)
}

/// Nouns of the third declension. There is no settled way to decline a man called «Любовь», so such
/// a surname stays as it is.
const THIRD_DECLENSION: [&str; 9] =
    ["любовь", "кровь", "морковь", "грусть", "мозоль", "астрахань", "рысь", "пыль", "сирень"];

/// «Игрок, Игрока»: the vowel stays. Other surnames on -ок lose it: «Починок, Починка».
const KEEP_O: [&str; 14] = [
    "пророк",
    "игрок",
    "знаток",
    "ходок",
    "едок",
    "седок",
    "ездок",
    "урок",
    "порок",
    "зарок",
    "волок",
    "сорок",
    "набок",
    "широк",
];

/// The stress is on the ending, so the instrumental is -ом: «Хрущом», «Лещом».
const STRESSED_SIBILANT: [&str; 20] = [
    "сыч",
    "хрущ",
    "лещ",
    "клещ",
    "ключ",
    "луч",
    "меч",
    "плющ",
    "грач",
    "ткач",
    "врач",
    "ильич",
    "лукич",
    "фомич",
    "кузьмич",
    "москвич",
    "кулич",
    "кирпич",
    "гармаш",
    "кулиш",
];

fn masculine_consonant(lower: &str) -> Option<Paradigm> {
    let (last, before) = (from_end(lower, 0)?, from_end(lower, 1)?);
    let one_syllable = syllables(lower) == 1;
    let hissing_soft = last == 'ь' && matches!(before, 'ж' | 'ш' | 'ч' | 'щ');
    if hissing_soft || THIRD_DECLENSION.contains(&lower) {
        return Some(FIXED);
    }
    if lower.ends_with("ок") && (one_syllable || KEEP_O.contains(&lower)) {
        // petrovich writes «Блка» for the poet Blok.
        return Some(HARD);
    }
    let stressed_ach = lower.ends_with("ач") && !one_syllable && lower != "ковач";
    if stressed_ach || STRESSED_SIBILANT.contains(&lower) {
        // «Ткачом», «Махначом»: petrovich writes «Ткачем».
        return Some(HARD);
    }
    // «Грин, Грином»; «Мин, Мином»: a word of one syllable has no suffix -ин or -ов.
    (one_syllable && matches!(last, 'в' | 'н')).then_some(HARD)
}

/// Words of two syllables with the stress on the first one.
const UNSTRESSED_SIBILANT: [&str; 14] = [
    "гуща",
    "каша",
    "груша",
    "чаша",
    "паша",
    "саша",
    "маша",
    "миша",
    "гоша",
    "роща",
    "куча",
    "туча",
    "кожа",
    "дача",
];

/// Surnames on -а for both genders.
fn common(lower: &str) -> Option<Paradigm> {
    if ["богода", "рева", "кива"].contains(&lower) {
        return Some(FIRST);
    }
    if !lower.ends_with('а') || !matches!(from_end(lower, 1), Some('ж' | 'ш' | 'ч' | 'щ')) {
        return None;
    }
    // «Гаркуша, Гаркушей»: petrovich writes -ой always, which is right for «Кваша» only.
    let unstressed = syllables(lower) > 2 || UNSTRESSED_SIBILANT.contains(&lower);
    unstressed.then_some(FIRST_SIBILANT)
}
