//! What a mentor is ready for (B3): places, kinds, strengths, time and place. Told by the mentor, or by the curator
//! in the mentor's words.

use nastavnik_domain::competence::Domain;
use nastavnik_domain::kind::Kind;
use serde::Serialize;
use uuid::Uuid;

use super::rules::Rules;
use super::view;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::web::Ctx;

/// Longest ground of a strength and longest note of time and place.
const GROUND: usize = 200;
const TIME_AND_PLACE: usize = 300;

/// What a mentor agrees to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Terms {
    pub(super) capacity: i64,
    pub(super) kinds: Vec<Kind>,
    pub(super) strengths: Vec<Strength>,
    pub(super) time_and_place: String,
    pub(super) works_remotely: bool,
    /// Agrees to be found by other organizations of the municipality (ДК 1.4).
    pub(super) in_register: bool,
}

impl Terms {
    /// «Д4 Ученики и родители, Д5 Методика».
    pub(super) fn strengths_text(&self) -> String {
        let labels: Vec<String> =
            self.strengths.iter().map(|strength| view::domain_label(strength.domain)).collect();
        labels.join(", ")
    }
}

/// A competence domain the mentor is strong in, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Strength {
    pub(super) domain: Domain,
    pub(super) ground: String,
}

/// Who changed whose terms, for the journal.
#[derive(Serialize)]
pub(super) struct TermsOf<'a> {
    pub(super) person: Uuid,
    #[serde(flatten)]
    pub(super) terms: &'a Terms,
}

/// What the fields of terms offer.
pub(super) struct Offer {
    pub(super) most_places: u32,
    pub(super) kinds: Vec<Choice>,
    pub(super) domains: Vec<DomainLine>,
}

/// A competence domain as a line of the form.
pub(super) struct DomainLine {
    pub(super) number: String,
    pub(super) title: &'static str,
    pub(super) short: &'static str,
    /// Name and label of the field of the ground.
    pub(super) ground: String,
    pub(super) label: String,
    /// What the program knows that speaks for it; only the person themself is told.
    pub(super) suggestion: String,
}

impl Offer {
    pub(super) fn of(ctx: &Ctx) -> Outcome<Self> {
        let line = |domain: Domain| DomainLine {
            number: domain.number().to_string(),
            title: domain.title(),
            short: domain.short(),
            ground: format!("ground_{}", domain.number()),
            label: format!("На чём основано: {}", domain.short()),
            suggestion: String::new(),
        };
        Ok(Self {
            most_places: Rules::load()?.limits(ctx.today)?.most_places,
            kinds: kinds(),
            domains: Domain::ALL.into_iter().map(line).collect(),
        })
    }
}

/// The kinds of mentoring with their explanations.
fn kinds() -> Vec<Choice> {
    let choice =
        |kind: Kind| Choice::new(kind.code(), capitalized(kind.title())).with_hint(kind.explanation());
    Kind::ALL.into_iter().map(choice).collect()
}

pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The domains to choose from in filters and forms.
pub fn domain_choices() -> Vec<Choice> {
    let choice = |domain: Domain| {
        Choice::new(domain.number().to_string(), view::domain_label(domain)).with_hint(domain.title())
    };
    Domain::ALL.map(choice).to_vec()
}

/// The domain an address or a form names.
pub fn domain_named(text: &str) -> Option<Domain> {
    text.parse().ok().and_then(Domain::from_number)
}

/// Reads the terms; the mistakes stand at their fields.
pub(super) fn read(form: &mut Form, ctx: &Ctx) -> Outcome<Option<Terms>> {
    let most = i64::from(Rules::load()?.limits(ctx.today)?.most_places);
    let capacity = form.required_integer("capacity", "Сколько наставляемых одновременно", 0..=most);
    let kinds = form.choices("kinds", "Какую работу готовы вести", &kinds());
    let strengths = read_strengths(form);
    let time_and_place = form.optional_paragraphs("time_and_place", "Время и место", TIME_AND_PLACE);
    let (Some(capacity), true) = (capacity, form.is_valid()) else { return Ok(None) };
    Ok(Some(Terms {
        capacity,
        kinds: kinds.iter().filter_map(|code| Kind::from_code(code)).collect(),
        strengths,
        time_and_place: time_and_place.unwrap_or_default(),
        works_remotely: form.ticked("works_remotely"),
        in_register: form.ticked("in_register"),
    }))
}

fn read_strengths(form: &mut Form) -> Vec<Strength> {
    let chosen = form.choices("strengths", "В чём вы сильны", &domain_choices());
    let mut strengths = Vec::new();
    for domain in chosen.iter().filter_map(|number| domain_named(number)) {
        let name = format!("ground_{}", domain.number());
        let ground = form.optional_text(&name, "На чём основано", GROUND).unwrap_or_default();
        strengths.push(Strength { domain, ground });
    }
    strengths
}

/// The terms as they stand, for the first showing.
pub(super) fn filled(terms: &Terms) -> Form {
    let mut form = Form::blank()
        .with("capacity", terms.capacity.to_string())
        .with("time_and_place", terms.time_and_place.clone());
    for kind in &terms.kinds {
        form = form.with("kinds", kind.code());
    }
    for strength in &terms.strengths {
        let number = strength.domain.number().to_string();
        form = form.with(&format!("ground_{number}"), strength.ground.clone()).with("strengths", number);
    }
    for (name, is_ticked) in [("works_remotely", terms.works_remotely), ("in_register", terms.in_register)] {
        if is_ticked {
            form = form.with(name, "yes");
        }
    }
    form
}
