//! What is published of a program: goals, measures and words, without anybody's name.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::competence::Domain;
use crate::depersonal::{Decisions, Known, Marked, depersonalize};
use crate::program::{Body, Ground, Text, Who};

/// A published program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub title: String,
    /// Whom it helps.
    pub audience: String,
    /// What came of it.
    pub result: String,
    pub goals: Vec<Goal>,
    pub measures: Vec<Measure>,
    pub sections: Vec<Section>,
    /// How long the mentorship was.
    pub days: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    pub text: String,
    pub measure: String,
    pub domain: Domain,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    pub what: String,
    pub domain: Domain,
    pub form: String,
    pub who: Who,
    pub product: String,
    /// Days from the first day of the program: a day of the calendar would lead to the pair.
    pub after: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub title: String,
    pub text: String,
}

/// How long a program takes, as it is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Up to three months.
    Short,
    /// Up to half a year.
    Half,
    /// Longer.
    Year,
}

impl Length {
    pub const ALL: [Self; 3] = [Self::Short, Self::Half, Self::Year];

    /// The length of a program of so many days.
    pub const fn of(days: u64) -> Self {
        match days {
            0..=100 => Self::Short,
            101..=190 => Self::Half,
            _ => Self::Year,
        }
    }

    /// The code for addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Half => "half",
            Self::Year => "year",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|length| length.code() == code)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Short => "до трёх месяцев",
            Self::Half => "до полугода",
            Self::Year => "больше полугода",
        }
    }
}

/// A line of an approved text with everything in it that leads to a person marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    pub id: Uuid,
    pub noun: &'static str,
    /// The words of the line by what they are.
    pub fields: Vec<(&'static str, Marked)>,
}

/// The lines that may be published, in the order of reading; an empty section says nothing.
pub fn source_lines(text: &Text, known: &Known) -> Vec<SourceLine> {
    let marked = |title, words: &str| (title, depersonalize(words, known));
    let line = |(id, body): (&Uuid, &Body)| {
        let fields = match body {
            Body::Term { .. } => return None,
            Body::Section { title, text, .. } if text.trim().is_empty() || title.is_empty() => return None,
            Body::Section { title, text, .. } => vec![marked("Раздел", title), marked("Текст", text)],
            Body::Goal { text, measure, .. } => {
                vec![marked("Цель", text), marked("Как увидим результат", measure)]
            }
            Body::Measure { what, form, product, .. } => {
                vec![marked("Мероприятие", what), marked("Форма", form), marked("Результат", product)]
            }
        };
        Some(SourceLine { id: *id, noun: body.noun(), fields })
    };
    let goals = text.goals().filter_map(line);
    let measures = text.measures().into_iter().filter_map(line);
    goals.chain(measures).chain(text.sections().filter_map(line)).collect()
}

impl Content {
    /// The goals, measures and sections of a text as others may read them, without the lines left out.
    pub fn of(text: &Text, known: &Known, decisions: &Decisions, left_out: &BTreeSet<Uuid>) -> Self {
        let read = |words: &str| depersonalize(words, known).read(decisions);
        let (from, to) = text.term().unwrap_or_default();
        let mut content = Self { days: days_between(from, to), ..Self::default() };
        for line in source_lines(text, known).iter().filter(|line| !left_out.contains(&line.id)) {
            match text.0.get(&line.id) {
                Some(Body::Goal { text, measure, domain, .. }) => {
                    content.goals.push(Goal { text: read(text), measure: read(measure), domain: *domain });
                }
                Some(Body::Measure { what, domain, form, due, who, product }) => {
                    content.measures.push(Measure {
                        what: read(what),
                        domain: *domain,
                        form: read(form),
                        who: *who,
                        product: read(product),
                        after: days_between(from, *due),
                    });
                }
                Some(Body::Section { title, text, .. }) => {
                    content.sections.push(Section { title: read(title), text: read(text) });
                }
                Some(Body::Term { .. }) | None => {}
            }
        }
        content
    }

    /// Directions of work, each once.
    pub fn domains(&self) -> BTreeSet<Domain> {
        let measures = self.measures.iter().map(|measure| measure.domain);
        self.goals.iter().map(|goal| goal.domain).chain(measures).collect()
    }

    /// Everything that can be searched.
    pub fn words(&self) -> String {
        let goals = self.goals.iter().flat_map(|goal| [&goal.text, &goal.measure]);
        let measures = self.measures.iter().flat_map(|one| [&one.what, &one.form, &one.product]);
        let sections = self.sections.iter().flat_map(|section| [&section.title, &section.text]);
        let own = [&self.title, &self.audience, &self.result].into_iter();
        own.chain(goals).chain(measures).chain(sections).map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    /// «5 месяцев»: the length in whole months, at least one.
    pub const fn months(&self) -> u64 {
        let months = (self.days + 15) / 30;
        if months == 0 { 1 } else { months }
    }
}

impl Measure {
    /// The month of the program in which it is due, from 1.
    pub const fn month(&self) -> u64 {
        self.after / 30 + 1
    }
}

/// Lines of another program from those chosen by their places: a goal rests on what the diagnosis of the new pair has
/// found, or on its own wish; terms are spread over the new days as they were over the old.
pub fn goals_and_measures(
    content: &Content,
    (goals, measures): (&BTreeSet<usize>, &BTreeSet<usize>),
    grounds: &BTreeMap<Domain, Ground>,
    (from, to): (NaiveDate, NaiveDate),
) -> Vec<Body> {
    let mut bodies = Vec::new();
    for (_, goal) in content.goals.iter().enumerate().filter(|(place, _)| goals.contains(place)) {
        bodies.push(Body::Goal {
            text: goal.text.clone(),
            measure: goal.measure.clone(),
            domain: goal.domain,
            ground: grounds.get(&goal.domain).copied().unwrap_or(Ground::Request),
            mentee: None,
        });
    }
    for (_, one) in content.measures.iter().enumerate().filter(|(place, _)| measures.contains(place)) {
        let scaled = one.after * days_between(from, to) / content.days.max(1);
        let due = from.checked_add_days(Days::new(scaled)).unwrap_or(to);
        bodies.push(Body::Measure {
            what: one.what.clone(),
            domain: one.domain,
            form: one.form.clone(),
            due: due.clamp(from, to),
            who: one.who,
            product: one.product.clone(),
        });
    }
    bodies
}

fn days_between(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from((to - from).num_days()).unwrap_or(0)
}
