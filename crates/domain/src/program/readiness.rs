//! What a text lacks before it can be signed (D1, D2).

use chrono::NaiveDate;

use super::text::{Body, Shape, Text};
use crate::config::Limits;
use crate::period::Period;
use crate::russian::{count, period};

/// One thing to mend, in words for the pair.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lack {
    #[error("Программа длится не меньше {} (п. 1.4)", months(*.0))]
    TooShort(u32),
    #[error("Программа длится не больше {} (п. 1.4)", months(*.0))]
    TooLong(u32),
    #[error("Срок программы выходит за срок пары: {0}")]
    OutsidePair(String),
    #[error("Нет ни одной цели")]
    NoGoals,
    #[error("Не сказано, как увидите результат цели «{0}»")]
    NotMeasurable(String),
    #[error("Нет ни одного мероприятия")]
    NoMeasures,
    #[error("К цели «{0}» нет мероприятия того же направления")]
    GoalWithoutMeasure(String),
    #[error("Срок мероприятия «{0}» не попадает в срок программы")]
    OutsideTerm(String),
    #[error("Не назван результат мероприятия «{0}»")]
    NoProduct(String),
}

/// «3 месяцев», genitive.
fn months(number: u32) -> String {
    count(u64::from(number), "месяца", "месяцев", "месяцев")
}

/// Everything at once. `pair` are the days of the mentorship.
pub fn lacks(text: &Text, shape: Shape, limits: &Limits, pair: &Period) -> Vec<Lack> {
    let mut found = Vec::new();
    let term = text.term();
    if let Some((from, to)) = term {
        found.extend(term_lacks(from, to, shape, limits, *pair));
    }
    if text.goals().next().is_none() {
        found.push(Lack::NoGoals);
    }
    let measures = text.measures();
    for (_, goal) in text.goals() {
        let Body::Goal { text: words, measure, domain, .. } = goal else { continue };
        if measure.trim().is_empty() {
            found.push(Lack::NotMeasurable(words.clone()));
        }
        let serves = |(_, body): &(&uuid::Uuid, &Body)| matches!(body, Body::Measure { domain: known, .. } if known == domain);
        if shape == Shape::Full && !measures.is_empty() && !measures.iter().any(serves) {
            found.push(Lack::GoalWithoutMeasure(words.clone()));
        }
    }
    if shape == Shape::Full && measures.is_empty() {
        found.push(Lack::NoMeasures);
    }
    for (_, body) in measures {
        let Body::Measure { what, due, product, .. } = body else { continue };
        if term.is_some_and(|(from, to)| *due < from || *due > to) {
            found.push(Lack::OutsideTerm(what.clone()));
        }
        if product.trim().is_empty() {
            found.push(Lack::NoProduct(what.clone()));
        }
    }
    found
}

/// D1, п. 1.4: from three months to a year, the speed kind excepted, within the days of the mentorship.
fn term_lacks(from: NaiveDate, to: NaiveDate, shape: Shape, limits: &Limits, pair: Period) -> Vec<Lack> {
    let mut found = Vec::new();
    let inside = pair.contains(from) && pair.contains(to);
    if !inside {
        let last = pair.last_day().unwrap_or(to);
        found.push(Lack::OutsidePair(period(pair.from(), last)));
    }
    let Ok(term) = Period::through(from, to) else { return found };
    if shape == Shape::Speed {
        return found;
    }
    if !term.lasts_months(limits.least_months) {
        found.push(Lack::TooShort(limits.least_months));
    }
    if !term.fits_months(limits.most_months) {
        found.push(Lack::TooLong(limits.most_months));
    }
    found
}
