//! Values from short lists: gender, qualification category, education.

use crate::person::{Education, Gender, Qualification};
use crate::staff_list::cell::Cell;
use crate::staff_list::text::search_key;

use super::{CellProblem, Parsed, Reading};

/// «Ж», «жен.», «м», «муж». None for an empty cell.
pub fn parse_gender(cell: &Cell) -> Reading<Option<Gender>> {
    let key = search_key(&cell.shown());
    let value = match key.trim_end_matches('.') {
        "" | "-" => None,
        "ж" | "жен" | "женский" | "женщина" => Some(Gender::Female),
        "м" | "муж" | "мужской" | "мужчина" => Some(Gender::Male),
        _ => {
            return Err(CellProblem::new(format!("«{}»: пол не понят. Впишите «Ж» или «М».", cell.shown())));
        }
    };
    Ok(Parsed::plain(value))
}

/// `1`, `I`, `1 кв.кат.`, `В`, `выс.`, `соотв.`, `СЗД`, `высшая, педагог-методист` → the category; `б/к`, `-`,
/// `нет` → said that there is none. An empty cell is not asked here: it says nothing.
pub fn parse_qualification(cell: &Cell) -> Reading<Option<Qualification>> {
    let shown = cell.shown();
    let key = search_key(&shown).replace("педагог методист", "педагог-методист");
    if key.contains("методист") {
        return Ok(Parsed::plain(Some(Qualification::Methodist)));
    }
    if key.contains("наставник") {
        return Ok(Parsed::plain(Some(Qualification::MentorTeacher)));
    }
    let letters: String = key.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let core = ["квалификационнаякатегория", "квкатегория", "категория", "квкат", "кат", "кк", "я"]
        .iter()
        .find_map(|tail| {
            letters.strip_suffix(tail).filter(|head| !head.is_empty() && *head != "перва" && *head != "высша")
        })
        .unwrap_or(&letters);
    let value = match core {
        ""
        | "бк"
        | "bk"
        | "безк"
        | "без"
        | "безкатегории"
        | "безкв"
        | "нет"
        | "неимеет"
        | "неаттестован"
        | "неаттестована"
        | "0" => None,
        "1" | "i" | "і" | "l" | "перв" | "первая" | "первой" | "1ая" => {
            Some(Qualification::First)
        }
        "в" | "b" | "вк" | "выс" | "высш" | "высшая" | "высшей" => {
            Some(Qualification::Highest)
        }
        "сзд"
        | "с"
        | "соотв"
        | "соответствие"
        | "соответствует"
        | "соответствиезанимаемойдолжности"
        | "соответствиедолжности"
        | "соответствуетзанимаемойдолжности"
        | "соответствзанимдолжности" => Some(Qualification::Conforms),
        _ => {
            return Err(CellProblem::new(format!(
                "«{shown}»: категория не понята. Впишите «первая», «высшая», «соответствие» или «нет»."
            )));
        }
    };
    Ok(Parsed::plain(value))
}

/// «высшее педагогическое», «среднее проф. пед.», «высшее непедагогическое, профессиональная переподготовка».
/// When it is not said whether the education is pedagogical, nothing is guessed: the note says so.
pub fn parse_education(cell: &Cell) -> Reading<Option<Education>> {
    let shown = cell.shown();
    let key = search_key(&shown);
    if key.is_empty() || matches!(key.as_str(), "-" | "–" | "—") {
        return Ok(Parsed::plain(None));
    }
    let higher = key.contains("высш")
        || key.starts_with("в/")
        || key.starts_with("во ")
        || key.contains("магистр")
        || key.contains("бакалавр")
        || key.contains("специалитет");
    let secondary = key.contains("средн")
        || key.starts_with("ср.")
        || key.starts_with("ср ")
        || key.contains("спо")
        || key.contains("ср-спец")
        || key.contains("с/с");
    let other = key.contains("непед") || key.contains("не пед") || key.contains("непроф");
    let retrained = key.contains("переподг");
    let pedagogical = key.contains("пед") && !other;
    let value = match (higher, secondary) {
        _ if retrained && !pedagogical => Some(Education::OtherRetrained),
        (true, _) if pedagogical => Some(Education::HigherPedagogical),
        (false, true) if pedagogical => Some(Education::SecondaryPedagogical),
        (true, _) if other => Some(Education::HigherOther),
        (false, true) if other => Some(Education::SecondaryOther),
        (true, _) | (false, true) => {
            let note =
                format!("«{shown}»: не сказано, педагогическое ли образование; значение не загружено.");
            return Ok(Parsed::noted(None, note));
        }
        (false, false) => {
            return Err(CellProblem::new(format!(
                "«{shown}»: образование не понято. Впишите, например, «высшее педагогическое»."
            )));
        }
    };
    Ok(Parsed::plain(value))
}
