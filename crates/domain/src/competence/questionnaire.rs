//! What is asked, with the dates it holds.

use serde::Deserialize;

use super::{Domain, Wave};
use crate::config::{ConfigError, Dated, Entry, parse, wrong};

const FILE: &str = "competences.toml";

/// A set of items with the limits that are applied to answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Questionnaire {
    pub limits: Limits,
    /// One for each domain, in the order of п. 4.3.3.
    pub sections: Vec<Section>,
}

/// The items of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub domain: Domain,
    /// A word or two.
    pub short: String,
    /// Words of the order.
    pub title: String,
    pub items: Vec<Item>,
}

/// One thing a teacher does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable: answers of earlier years are compared by it.
    pub code: String,
    /// A statement in the first person.
    pub text: String,
    /// Asked in the short wave as well.
    #[serde(default)]
    pub brief: bool,
}

/// Where a deficit ends and a strength begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Hundredths of a level.
    pub deficit_below: u32,
    /// Hundredths of a level.
    pub strength_from: u32,
    /// Levels between two views that are worth a talk.
    pub difference_from: u8,
    pub middle_month: u32,
    pub final_month: u32,
    /// How old a visit may be that a mentor's view rests on, whole months.
    pub visit_months: u32,
}

impl Questionnaire {
    /// The items asked in a wave, by domain.
    pub fn asked(&self, wave: Wave) -> impl Iterator<Item = (&Section, Vec<&Item>)> {
        self.sections.iter().map(move |section| {
            let items = section.items.iter().filter(|item| wave != Wave::Middle || item.brief).collect();
            (section, items)
        })
    }

    /// The items asked in a wave, in the order of the sheet.
    pub fn items(&self, wave: Wave) -> impl Iterator<Item = (Domain, &Item)> {
        self.asked(wave)
            .flat_map(|(section, items)| items.into_iter().map(move |item| (section.domain, item)))
    }

    /// An item by its code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.sections.iter().flat_map(|section| &section.items).find(|item| item.code == code)
    }
}

/// The sets that come with the program.
pub fn questionnaires() -> Result<Dated<Questionnaire>, ConfigError> {
    parse_questionnaires(include_str!("../../../../regulation/competences.toml"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    questionnaire: Vec<Entry<Values>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Values {
    limits: Limits,
    domain: Vec<SectionData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionData {
    code: String,
    short: String,
    title: String,
    items: Vec<Item>,
}

/// Reads sets in the form of `regulation/competences.toml`.
pub fn parse_questionnaires(text: &str) -> Result<Dated<Questionnaire>, ConfigError> {
    let data: Data = parse(FILE, text)?;
    let values = data.questionnaire.into_iter().map(|entry| entry.dated(FILE)?.try_map(checked));
    Dated::new(FILE, values.collect::<Result<_, _>>()?)
}

fn checked(values: Values) -> Result<Questionnaire, ConfigError> {
    let limits = values.limits;
    if limits.deficit_below > limits.strength_from {
        return Err(wrong(FILE, "deficit_below", "область стала бы и дефицитом, и сильной стороной"));
    }
    if ![limits.middle_month, limits.final_month].iter().all(|month| (1..=12).contains(month)) {
        return Err(wrong(FILE, "middle_month", "нет такого месяца"));
    }
    if values.domain.len() != Domain::ALL.len() {
        return Err(wrong(FILE, "domain", "областей должно быть восемь"));
    }
    let mut known: Vec<String> = Vec::new();
    let mut sections = Vec::new();
    for (data, domain) in values.domain.into_iter().zip(Domain::ALL) {
        if data.code != domain.code() {
            return Err(wrong(FILE, "code", "области идут не в порядке пункта 4.3.3"));
        }
        if !data.items.iter().any(|item| item.brief) {
            return Err(wrong(FILE, "brief", "в короткой волне область осталась без пунктов"));
        }
        for item in &data.items {
            if Domain::of_item(&item.code) != Some(domain) {
                return Err(wrong(FILE, "items", "код пункта называет другую область"));
            }
            if known.contains(&item.code) {
                return Err(wrong(FILE, "items", "код пункта встречается дважды"));
            }
            known.push(item.code.clone());
        }
        sections.push(Section { domain, short: data.short, title: data.title, items: data.items });
    }
    Ok(Questionnaire { limits, sections })
}
