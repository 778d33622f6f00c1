//! Sheets on paper, and laws that hold for every sheet.

mod laws;
mod rules;

use super::*;
use crate::period::tests::date;

/// The set that holds in the autumn of 2026.
fn questionnaire() -> Questionnaire {
    questionnaires().unwrap().on(date("2026-11-23")).unwrap().value.clone()
}

fn answer(item: &str, level: i64, is_important: bool) -> Answer {
    Answer { item: item.to_owned(), level: Level::from_number(level), is_important }
}

/// Levels of the first items of a domain, the first of them important or not.
fn levels(domain: u8, levels: &[i64], is_important: bool) -> Vec<Answer> {
    let mut answers: Vec<Answer> = (1..)
        .zip(levels)
        .map(|(number, level)| answer(&format!("d{domain}.{number}"), *level, false))
        .collect();
    if let Some(first) = answers.first_mut() {
        first.is_important = is_important;
    }
    answers
}
