//! From what the diagnosis has found to proposed goals and measures, and what is left without them (D2).

use chrono::{Days, NaiveDate};

use super::text::{Body, Ground, Text, Who};
use crate::competence::Domain;
use crate::config::MeasureLibrary;
use crate::event::Events;
use crate::ids::PersonId;

/// A deficit or a strength of a mentee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub mentee: PersonId,
    pub domain: Domain,
    /// Never `Request`.
    pub ground: Ground,
}

/// A goal offered to the pair with the measures that serve it. The pair decides what enters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub found: Found,
    pub goal: Body,
    pub measures: Vec<OfferedMeasure>,
}

/// A measure with its name in the form: the code of the library or of the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedMeasure {
    pub code: String,
    pub body: Body,
}

/// What the diagnosis has found and the text does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uncovered {
    pub found: Found,
    pub lacks_goal: bool,
    pub lacks_measure: bool,
}

/// How many measures of the library a deficit and a strength are offered.
const FOR_DEFICIT: usize = 3;
const FOR_STRENGTH: usize = 1;

/// Offers for everything found: deficits first. Terms are spread over the days of the program; in a group of several
/// mentees a goal names its own.
pub fn draft(
    found: &[Found],
    library: &MeasureLibrary,
    events: &Events,
    (from, to): (NaiveDate, NaiveDate),
    mentees: usize,
) -> Vec<Offer> {
    let mut found = found.to_vec();
    found.sort_by_key(|one| (one.ground, one.mentee, one.domain));
    found
        .into_iter()
        .filter_map(|one| {
            let known = library.of(one.domain)?;
            let (wording, most) = match one.ground {
                Ground::Strength => (&known.strength, FOR_STRENGTH),
                Ground::Deficit | Ground::Request => (&known.deficit, FOR_DEFICIT),
            };
            let goal = Body::Goal {
                text: wording.text.clone(),
                measure: wording.measure.clone(),
                domain: one.domain,
                ground: one.ground,
                mentee: (mentees > 1).then_some(one.mentee),
            };
            let chosen: Vec<_> =
                known.measures.iter().filter(|measure| measure.serves(one.ground)).take(most).collect();
            let mut measures: Vec<OfferedMeasure> = Vec::new();
            for (place, measure) in (1..).zip(&chosen) {
                measures.push(OfferedMeasure {
                    code: measure.code.clone(),
                    body: Body::Measure {
                        what: measure.text.clone(),
                        domain: one.domain,
                        form: measure.form.clone(),
                        due: spread(from, to, place, chosen.len() + 1),
                        who: measure.who,
                        product: measure.product.clone(),
                    },
                });
            }
            measures.extend(events.answering(one.domain).filter(|_| one.ground == Ground::Deficit).map(
                |event| OfferedMeasure {
                    code: event.code.clone(),
                    body: Body::Measure {
                        what: format!(
                            "{} (мероприятие {} муниципальной программы)",
                            event.title, event.number
                        ),
                        domain: one.domain,
                        form: format!("участие, {}", event.period),
                        due: to,
                        who: Who::Mentee,
                        product: "Что удалось применить у себя, две-три фразы".to_owned(),
                    },
                },
            ));
            Some(Offer { found: one, goal, measures })
        })
        .collect()
}

/// The day of the `place`-th of `parts` equal steps through the days.
fn spread(from: NaiveDate, to: NaiveDate, place: usize, parts: usize) -> NaiveDate {
    let days = u64::try_from((to - from).num_days()).unwrap_or(0);
    let parts = u64::try_from(parts.max(1)).unwrap_or(1);
    let place = u64::try_from(place).unwrap_or(0);
    from.checked_add_days(Days::new(days * place / parts)).unwrap_or(to)
}

/// Deficits and strengths without a goal or without a measure. A goal of everybody counts for each mentee.
pub fn uncovered(found: &[Found], text: &Text) -> Vec<Uncovered> {
    let has_goal = |one: &Found| {
        text.goals().any(|(_, body)| {
            matches!(body, Body::Goal { domain, mentee, .. }
                if *domain == one.domain && mentee.is_none_or(|mentee| mentee == one.mentee))
        })
    };
    let has_measure = |one: &Found| {
        text.measures()
            .iter()
            .any(|(_, body)| matches!(body, Body::Measure { domain, .. } if *domain == one.domain))
    };
    found
        .iter()
        .map(|one| Uncovered { found: *one, lacks_goal: !has_goal(one), lacks_measure: !has_measure(one) })
        .filter(|one| one.lacks_goal || one.lacks_measure)
        .collect()
}
