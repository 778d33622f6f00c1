//! The municipal library of measures and the template of a program (D4, МП 1.2).

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{ConfigError, Dated, Entry, parse, wrong};
use crate::competence::Domain;
use crate::program::{Ground, Shape, Who};

const FILE: &str = "measures.toml";

/// Goals and measures by domain, the sections of a program, what counts as alike.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureLibrary {
    /// From this share of common goals on, in percent, a program is noticed as like another.
    pub alike_percent: u32,
    /// By this day of October individual plans are made (ДК 1.3).
    pub plans_due_day: u32,
    #[serde(rename = "section")]
    pub sections: Vec<TemplateSection>,
    #[serde(rename = "domain")]
    pub domains: Vec<DomainMeasures>,
}

/// A section of the template.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateSection {
    pub code: String,
    pub title: String,
    /// What to write there.
    pub hint: String,
    /// What stands there at first; may be empty.
    #[serde(default)]
    pub text: String,
    pub shapes: Vec<Shape>,
}

/// What is offered for a domain.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainMeasures {
    pub code: String,
    pub deficit: GoalWording,
    pub strength: GoalWording,
    pub measures: Vec<LibraryMeasure>,
}

/// A measurable goal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalWording {
    pub text: String,
    pub measure: String,
}

/// A measure of the library.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibraryMeasure {
    /// Ours, never changes.
    pub code: String,
    pub text: String,
    pub form: String,
    pub product: String,
    pub who: Who,
    /// It lets a strength work instead of helping with a difficulty.
    #[serde(default)]
    pub for_strength: bool,
}

impl LibraryMeasure {
    /// Whether it is offered on this ground.
    pub fn serves(&self, ground: Ground) -> bool {
        self.for_strength == (ground == Ground::Strength)
    }
}

impl MeasureLibrary {
    /// What is offered for a domain.
    pub fn of(&self, domain: Domain) -> Option<&DomainMeasures> {
        self.domains.iter().find(|known| known.code == domain.code())
    }

    /// The sections of a shape in their order.
    pub fn sections(&self, shape: Shape) -> impl Iterator<Item = &TemplateSection> {
        self.sections.iter().filter(move |section| section.shapes.contains(&shape))
    }
}

/// The library that comes with the program.
pub fn measure_library() -> Result<Dated<MeasureLibrary>, ConfigError> {
    parse_measure_library(include_str!("../../../../regulation/measures.toml"))
}

/// Reads a library in the form of `regulation/measures.toml`.
pub fn parse_measure_library(text: &str) -> Result<Dated<MeasureLibrary>, ConfigError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        library: Vec<Entry<MeasureLibrary>>,
    }

    let data: Data = parse(FILE, text)?;
    let values = data.library.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for library in values.iter().map(|dated| &dated.value) {
        check(library)?;
    }
    Dated::new(FILE, values)
}

fn check(library: &MeasureLibrary) -> Result<(), ConfigError> {
    if let Some(missing) = Domain::ALL.into_iter().find(|domain| library.of(*domain).is_none()) {
        return Err(wrong(FILE, "domain", &format!("нет области «{}»", missing.code())));
    }
    if library.domains.len() != Domain::ALL.len() {
        return Err(wrong(FILE, "domain", "есть лишняя область"));
    }
    let mut codes = BTreeSet::new();
    let measures = library.domains.iter().flat_map(|domain| &domain.measures).map(|measure| &measure.code);
    let sections = library.sections.iter().map(|section| &section.code);
    if let Some(twice) = measures.chain(sections).find(|code| !codes.insert(*code)) {
        return Err(wrong(FILE, "code", &format!("код «{twice}» стоит дважды")));
    }
    if library.alike_percent == 0 || library.alike_percent > 100 {
        return Err(wrong(FILE, "alike_percent", "доля совпадения – от 1 до 100"));
    }
    let lacks = |domain: &&DomainMeasures| {
        [Ground::Deficit, Ground::Strength]
            .iter()
            .any(|ground| !domain.measures.iter().any(|measure| measure.serves(*ground)))
    };
    match library.domains.iter().find(lacks) {
        Some(domain) => Err(wrong(FILE, "measures", &format!("области «{}» нечего предложить", domain.code))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::date;

    const TEXT: &str = include_str!("../../../../regulation/measures.toml");

    #[test]
    fn each_domain_has_something_for_difficulties_and_for_strengths() {
        let library = measure_library().unwrap();
        let library = &library.on(date("2026-10-01")).unwrap().value;
        for domain in Domain::ALL {
            let known = library.of(domain).unwrap();
            assert!((4..=6).contains(&known.measures.len()), "{}", known.code);
            let texts = [&known.deficit, &known.strength].map(|goal| [&goal.text, &goal.measure]);
            for text in texts.into_iter().flatten() {
                assert!(text.chars().count() > 10 && text == text.trim(), "{text}");
            }
        }
        for shape in [Shape::Full, Shape::Situational, Shape::Speed] {
            assert!(library.sections(shape).next().is_some(), "{shape:?}");
        }
    }

    #[test]
    fn a_broken_library_says_what_is_wrong() {
        for (from, to, words) in [
            ("code = \"theory\"", "code = \"magic\"", "нет области «theory»"),
            ("code = \"m1.2\"", "code = \"m1.1\"", "стоит дважды"),
            ("alike_percent = 90", "alike_percent = 0", "от 1 до 100"),
            ("who = \"both\"", "who = \"parents\"", "не читается"),
        ] {
            assert!(TEXT.contains(from), "{from}");
            let error = parse_measure_library(&TEXT.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(error.contains(words), "{from}: {error}");
        }
    }
}
