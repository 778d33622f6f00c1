//! Full names in one cell or in three.

use crate::person::FullName;
use crate::staff_list::cell::Cell;
use crate::staff_list::text::{fix_lookalikes, squeeze, title_case_name};

use super::{CellProblem, Parsed, Reading};

const LONGEST_PART: usize = 60;

/// «  СЕМЁНОВ  ПРОКОПИЙ ФОКИЧ » → Семёнов Прокопий Фокич. Two words mean no patronymic; «Мамед оглы» stays
/// together as the patronymic.
pub fn parse_full_name(cell: &Cell) -> Reading<FullName> {
    let Cell::Text(text) = cell else {
        return Err(CellProblem::new("Нужны фамилия, имя и отчество словами."));
    };
    let Parsed { value, note } = tidy_name(text)?;
    let words: Vec<&str> = value.split(' ').collect();
    match words.as_slice() {
        [surname, given] => Ok(Parsed { value: FullName::new(surname, given, None), note }),
        [surname, given, patronymic @ ..] if is_patronymic(patronymic) => {
            Ok(Parsed { value: FullName::new(surname, given, Some(&patronymic.join(" "))), note })
        }
        [_] => Err(CellProblem::new(format!(
            "«{value}»: одно слово. Впишите фамилию, имя и отчество через пробел."
        ))),
        _ => Err(CellProblem::new(format!(
            "«{value}»: больше трёх слов. Оставьте в ячейке только фамилию, имя и отчество."
        ))),
    }
}

fn is_patronymic(words: &[&str]) -> bool {
    match words {
        [_] => true,
        [_, tail] => matches!(tail.to_lowercase().as_str(), "оглы" | "кызы" | "угли" | "заде"),
        _ => false,
    }
}

/// A surname, a given name or a patronymic in a cell of its own. None for an empty cell or a dash.
pub(in crate::staff_list) fn parse_name_part(cell: &Cell) -> Reading<Option<String>> {
    if cell.is_empty() || matches!(cell.shown().as_str(), "-" | "–" | "—" | "нет") {
        return Ok(Parsed::plain(None));
    }
    let Cell::Text(text) = cell else {
        return Err(CellProblem::new(format!("«{}» не похоже на имя. Впишите слово.", cell.shown())));
    };
    tidy_name(text).map(|parsed| Parsed { value: Some(parsed.value), note: parsed.note })
}

/// Spaces, capitals and look-alike letters put right; signs that a name cannot have are refused.
pub(in crate::staff_list) fn tidy_name(text: &str) -> Reading<String> {
    let squeezed = squeeze(text).replace(" - ", "-").replace(['‐', '‑', '–'], "-");
    let (mended, foreign) = fix_lookalikes(&squeezed);
    let has_low = mended.chars().any(char::is_lowercase);
    let letters = mended.chars().filter(|letter| letter.is_alphabetic()).count();
    let value = if has_low && starts_high(&mended) { mended } else { title_case_name(&mended) };
    if letters == 0 {
        return Err(CellProblem::new("Имя не указано. Впишите фамилию, имя и отчество."));
    }
    let wrong =
        value.chars().find(|sign| !(sign.is_alphabetic() || matches!(sign, ' ' | '-' | '\'' | '’' | '.')));
    if let Some(wrong) = wrong {
        return Err(CellProblem::new(format!("«{value}»: в имени стоит знак «{wrong}». Уберите его.")));
    }
    if value.contains('.') {
        return Err(CellProblem::new(format!(
            "«{value}»: имя сокращено. Впишите имя и отчество полностью, иначе приказ не составить."
        )));
    }
    if value.split(' ').any(|part| part.chars().count() > LONGEST_PART) {
        return Err(CellProblem::new("Слово в имени слишком длинное. Проверьте ячейку."));
    }
    let mut notes = Vec::new();
    if foreign {
        notes.push("латинские буквы заменены похожими русскими");
    }
    if squeezed != text {
        notes.push("убраны лишние пробелы");
    }
    if !has_low && letters > 1 {
        notes.push("имя записано заглавными буквами, оставлены только первые");
    }
    let note = (!notes.is_empty()).then(|| format!("«{value}»: {}.", notes.join("; ")));
    Ok(Parsed { value, note })
}

fn starts_high(text: &str) -> bool {
    text.split([' ', '-']).all(|word| {
        word.chars().next().is_none_or(char::is_uppercase)
            || matches!(word.to_lowercase().as_str(), "оглы" | "кызы" | "угли" | "заде")
    }) && text.split([' ', '-']).all(|word| word.chars().skip(1).all(|letter| !letter.is_uppercase()))
}
