//! Positions and subjects.

use crate::staff_list::cell::Cell;
use crate::staff_list::text::{fix_lookalikes, squeeze};

use super::{CellProblem, Parsed, Reading};

const LONGEST: usize = 300;

/// A position: spaces squeezed, low first letter, known abbreviations written out. None for an empty cell.
pub fn parse_position(cell: &Cell) -> Reading<Option<String>> {
    let Some(text) = words(cell, "должность")? else { return Ok(Parsed::plain(None)) };
    let value = normalize(&text);
    let note = (value.to_lowercase() != squeeze(&cell.text()).to_lowercase())
        .then(|| format!("Должность «{text}» записана как «{value}»."));
    Ok(Parsed { value: Some(value), note })
}

/// «учитель (труд (технология))» → the position «учитель» and the subject «труд (технология)».
pub fn parse_position_with_subject(cell: &Cell) -> Reading<(Option<String>, Option<String>)> {
    let Some(text) = words(cell, "должность")? else { return Ok(Parsed::plain((None, None))) };
    let Some((position, inside)) = text.split_once('(') else {
        let position = parse_position(cell)?;
        return Ok(Parsed { value: (position.value, None), note: position.note });
    };
    let Some(subject) = inside_brackets(inside.trim_end()) else {
        return Err(CellProblem::new(format!(
            "«{text}»: скобки не сходятся. Впишите должность, а предмет за ней в скобках."
        )));
    };
    if position.trim().is_empty() {
        return Err(CellProblem::new(format!("«{text}»: перед скобкой нет должности. Впишите должность.")));
    }
    let subject = squeeze(subject);
    let value = (Some(normalize(&squeeze(position))), (!subject.is_empty()).then_some(subject));
    Ok(Parsed::plain(value))
}

/// What stands before the closing bracket, which may be forgotten («учитель (математика») but not misplaced.
fn inside_brackets(inside: &str) -> Option<&str> {
    let mut depth = 1_usize;
    for (place, sign) in inside.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (place + 1 == inside.len()).then(|| &inside[..place]);
        }
    }
    (depth == 1).then_some(inside)
}

/// A subject in its own column. None for an empty cell or a dash.
pub(in crate::staff_list) fn parse_subject(cell: &Cell) -> Reading<Option<String>> {
    words(cell, "предмет").map(Parsed::plain)
}

fn words(cell: &Cell, what: &str) -> Result<Option<String>, CellProblem> {
    let shown = cell.shown();
    if shown.is_empty() || matches!(shown.as_str(), "-" | "–" | "—") {
        return Ok(None);
    }
    if !shown.chars().any(char::is_alphabetic) {
        return Err(CellProblem::new(
            format!("«{shown}»: нужна {what} словами.").replace("нужна предмет", "нужен предмет"),
        ));
    }
    if shown.chars().count() > LONGEST {
        return Err(CellProblem::new(format!("Текст длиннее {LONGEST} знаков. Сократите его.")));
    }
    Ok(Some(fix_lookalikes(&shown).0))
}

fn normalize(position: &str) -> String {
    let hyphened = position.replace(" - ", "-").replace(['‑', '–'], "-");
    let low = lower_first(&hyphened);
    let short = low.trim_end_matches('.').to_lowercase();
    let known = match short.as_str() {
        "зам. директора" | "зам директора" | "зам.директора" => {
            "заместитель директора"
        }
        "зам. директора по увр"
        | "зам.директора по увр"
        | "зам директора по увр"
        | "завуч"
        | "заместитель директора по увр" => {
            "заместитель директора по учебно-воспитательной работе"
        }
        "зам. директора по вр"
        | "зам.директора по вр"
        | "зам директора по вр"
        | "заместитель директора по вр" => {
            "заместитель директора по воспитательной работе"
        }
        "учитель нач. классов" | "учитель нач.классов" | "учитель нач. кл" | "учитель нач классов" => {
            "учитель начальных классов"
        }
        "соц. педагог" | "соцпедагог" | "соц.педагог" => "социальный педагог",
        "пдо" | "педагог доп. образования" | "педагог допобразования" => {
            "педагог дополнительного образования"
        }
        "педагог психолог" => "педагог-психолог",
        "учитель логопед" => "учитель-логопед",
        "учитель дефектолог" => "учитель-дефектолог",
        "педагог библиотекарь" => "педагог-библиотекарь",
        "муз. руководитель" | "музрук" => "музыкальный руководитель",
        _ => return low,
    };
    known.to_owned()
}

/// «Учитель» → «учитель», «УЧИТЕЛЬ» → «учитель», but «ПДО» and names inside stay.
fn lower_first(text: &str) -> String {
    if text.chars().count() > 4 && !text.chars().any(char::is_lowercase) {
        return text.to_lowercase();
    }
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}
