//! Phones, e-mails and shares of a post.

use crate::staff_list::cell::Cell;
use crate::staff_list::text::squeeze;

use super::date::is_dash;
use super::{CellProblem, Parsed, Reading};

/// `89251317414` (text or number), `8 (925) 131-74-14`, `+7…` → `+7 925 131-74-14`. Of several numbers in
/// one cell the first is taken, with a note.
pub fn parse_phone(cell: &Cell) -> Reading<Option<String>> {
    if is_dash(cell) {
        return Ok(Parsed::plain(None));
    }
    let text = match cell {
        Cell::Number(number) => format!("{number:.0}"),
        _ => cell.shown(),
    };
    let first = text.split([',', ';', '/']).next().unwrap_or_default();
    let local = national_digits(first).or_else(|| national_digits(&text));
    let Some(digits) = local else {
        return Err(CellProblem::new(format!(
            "«{text}» не похоже на номер телефона. Впишите десять цифр после +7, например +7 925 131-74-14."
        )));
    };
    let value = format!("+7 {} {}-{}-{}", &digits[0..3], &digits[3..6], &digits[6..8], &digits[8..10]);
    let several = text.bytes().filter(u8::is_ascii_digit).count() > 12;
    let note = several.then(|| format!("В ячейке несколько номеров, взят первый: {value}."));
    Ok(Parsed { value: Some(value), note })
}

fn national_digits(text: &str) -> Option<String> {
    if text.chars().any(|sign| !(sign.is_ascii_digit() || " +-–()\u{a0}.".contains(sign))) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match (digits.len(), digits.as_bytes().first()) {
        (11, Some(b'7' | b'8')) => Some(digits[1..].to_owned()),
        (10, Some(b'3' | b'4' | b'8' | b'9')) => Some(digits),
        _ => None,
    }
}

/// An e-mail address in low letters; spaces around it are taken away.
pub fn parse_email(cell: &Cell) -> Reading<Option<String>> {
    if is_dash(cell) || cell.shown() == "нет" {
        return Ok(Parsed::plain(None));
    }
    let text = squeeze(&cell.text()).to_lowercase();
    let text = text.strip_prefix("mailto:").unwrap_or(&text).trim_end_matches([',', ';', '.']);
    if !is_email(text) {
        return Err(CellProblem::new(format!(
            "«{}» не похоже на адрес электронной почты. Впишите его так: imya@shkola.ru.",
            cell.shown()
        )));
    }
    Ok(Parsed::plain(Some(text.to_owned())))
}

fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let allowed = |sign: char| sign.is_alphanumeric() || "._%+-".contains(sign);
    text.len() <= 254
        && !name.is_empty()
        && name.chars().all(allowed)
        && domain.contains('.')
        && domain
            .split('.')
            .all(|label| !label.is_empty() && label.chars().all(|sign| sign.is_alphanumeric() || sign == '-'))
}

/// `0,5`, `50 %`, `1 ставка`, `1/2` → percent of a full post, from 1 to 200.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the bounds are checked before the cast"
)]
pub fn parse_share(cell: &Cell) -> Reading<Option<u16>> {
    if is_dash(cell) {
        return Ok(Parsed::plain(None));
    }
    let shown = cell.shown();
    let key = shown.to_lowercase().replace(',', ".");
    let core = key.split(['с', '%']).next().unwrap_or_default().trim();
    let number = match core.split_once('/') {
        Some((above, below)) => above
            .trim()
            .parse::<f64>()
            .ok()
            .zip(below.trim().parse::<f64>().ok())
            .filter(|(_, below)| *below > 0.0)
            .map(|(above, below)| above / below),
        None => core.parse::<f64>().ok(),
    };
    let percent =
        number.map(|number| if key.contains('%') || number > 2.0 { number } else { number * 100.0 });
    match percent.map(f64::round) {
        Some(percent) if (1.0..=200.0).contains(&percent) => Ok(Parsed::plain(Some(percent as u16))),
        _ => Err(CellProblem::new(format!(
            "«{shown}»: доля ставки не понята. Впишите число, например 1 или 0,5."
        ))),
    }
}
