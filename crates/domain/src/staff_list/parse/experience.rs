//! Years of teaching experience in all spellings.

use chrono::{Months, NaiveDate};

use crate::staff_list::cell::Cell;
use crate::staff_list::known::{Since, SincePrecision};
use crate::staff_list::text::search_key;

use super::date::is_dash;
use super::{CellProblem, Parsed, Reading};

const LONGEST_MONTHS: u32 = 70 * 12;

/// `26,5`, `15 лет`, `1 год 2 мес.`, `10 мес.`, `б/с` → the day teaching began, counted back from `list_date`
/// (the day the list was true). «без стажа» means that teaching began about the day of the list.
pub fn parse_experience(cell: &Cell, list_date: NaiveDate) -> Reading<Option<Since>> {
    if is_dash(cell) {
        return Ok(Parsed::plain(None));
    }
    let months = match cell {
        Cell::Number(years) => months_of(*years),
        Cell::Text(text) => read_text(&search_key(text)),
        _ => None,
    };
    let Some(months) = months.filter(|months| *months <= LONGEST_MONTHS) else {
        return Err(CellProblem::new(format!(
            "«{}» не похоже на стаж. Впишите число лет, например 12 или 1,5; без стажа: 0.",
            cell.shown()
        )));
    };
    let date = list_date
        .checked_sub_months(Months::new(months))
        .ok_or_else(|| CellProblem::new("Стаж слишком большой. Проверьте число лет."))?;
    Ok(Parsed::plain(Some(Since { date, precision: SincePrecision::Experience })))
}

fn read_text(text: &str) -> Option<u32> {
    if matches!(
        text,
        "б/с" | "б/ст" | "бс" | "б.с." | "без стажа" | "нет" | "нет стажа" | "молодой специалист"
    ) {
        return Some(0);
    }
    let spaced = split_letters(text);
    let mut total = 0;
    let mut seen = false;
    let mut words = spaced.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let number: f64 = word.replace(',', ".").parse().ok()?;
        let unit = words.next_if(|next| !next.starts_with(|first: char| first.is_ascii_digit()));
        total += match unit {
            None if !seen => months_of(number)?,
            Some(unit) if is_years(unit) => months_of(number)?,
            Some(unit) if unit.starts_with("мес") || unit == "м." || unit == "м" => {
                months_of(number / 12.0)?
            }
            // Days change nothing in a value of half-year precision.
            Some(unit) if unit.starts_with("дн") || unit.starts_with("ден") => 0,
            _ => return None,
        };
        seen = true;
    }
    seen.then_some(total)
}

fn is_years(unit: &str) -> bool {
    ["лет", "год", "г.", "г", "л.", "л"]
        .iter()
        .any(|stem| if stem.chars().count() >= 3 { unit.starts_with(stem) } else { unit == *stem })
}

/// «15лет» → «15 лет».
fn split_letters(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut last_digit = false;
    for letter in text.chars() {
        if last_digit && letter.is_alphabetic() {
            spaced.push(' ');
        }
        last_digit = letter.is_ascii_digit();
        spaced.push(letter);
    }
    spaced
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the bounds are checked before the cast"
)]
fn months_of(years: f64) -> Option<u32> {
    (0.0..=100.0).contains(&years).then(|| (years * 12.0).round() as u32)
}
