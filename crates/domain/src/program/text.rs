//! What a program says: lines, each of which is edited apart from the others.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::competence::Domain;
use crate::ids::PersonId;
use crate::kind::Kind;
use crate::russian::period;

/// The text of a program: its lines by their ids, which are given in the order of writing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<Uuid, Body>);

/// A line of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// First and last day (D1). A program has exactly one.
    Term { from: NaiveDate, to: NaiveDate },
    /// A part of the template in free words (D4).
    Section { code: String, title: String, text: String },
    Goal {
        text: String,
        /// How it will be seen that the goal is reached.
        measure: String,
        domain: Domain,
        ground: Ground,
        /// Whose goal it is in a group; nobody named means everybody's.
        mentee: Option<PersonId>,
    },
    Measure {
        what: String,
        domain: Domain,
        form: String,
        due: NaiveDate,
        who: Who,
        /// What stays afterwards.
        product: String,
    },
}

/// What a goal rests on (D2). Only the pair reads it: it says how the mentee sees themself (decision 0016).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    Deficit,
    Strength,
    /// What the pair itself wants to work on.
    Request,
}

impl Ground {
    pub const ALL: [Self; 3] = [Self::Deficit, Self::Strength, Self::Request];

    /// The code for forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deficit => "deficit",
            Self::Strength => "strength",
            Self::Request => "request",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }

    /// Words for the pair.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Deficit => "трудность по самодиагностике",
            Self::Strength => "сильная сторона по самодиагностике",
            Self::Request => "запрос пары",
        }
    }
}

/// Who carries a measure out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Both,
    Mentor,
    Mentee,
    /// A teacher who has agreed to help (D8).
    Helper,
}

impl Who {
    pub const ALL: [Self; 4] = [Self::Both, Self::Mentor, Self::Mentee, Self::Helper];

    /// The code for forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
            Self::Helper => "helper",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.code() == code)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Both => "вместе",
            Self::Mentor => "наставник",
            Self::Mentee => "наставляемый",
            Self::Helper => "приглашённый коллега",
        }
    }
}

/// How much of a program the kinds of a mentorship ask for (C6, C7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    Full,
    /// Help when it is needed: goals without a plan made beforehand.
    Situational,
    /// One meeting: what is asked and what shall come out.
    Speed,
}

impl Shape {
    /// The shape that the kinds of a mentorship ask for: the shortest wins only where nothing lasting stands beside it.
    pub fn of(kinds: &[Kind]) -> Self {
        if kinds.contains(&Kind::Speed) {
            return Self::Speed;
        }
        let only_situational = kinds.contains(&Kind::Situational)
            && kinds.iter().all(|kind| matches!(kind, Kind::Situational | Kind::Virtual));
        if only_situational { Self::Situational } else { Self::Full }
    }

    /// The code of the template's file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Situational => "situational",
            Self::Speed => "speed",
        }
    }
}

/// Whose eyes read a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// The pair: sees what a goal rests on.
    Pair,
    /// Everybody else who reads programs: sees the direction of work.
    Others,
}

impl Body {
    /// What kind of line it is, in words.
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::Term { .. } => "Срок программы",
            Self::Section { .. } => "Раздел",
            Self::Goal { .. } => "Цель",
            Self::Measure { .. } => "Мероприятие",
        }
    }

    /// Whether two lines are of one kind.
    pub fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// «Цель «Научиться …»», to name the line in a list of changes.
    pub fn name(&self) -> String {
        match self {
            Self::Term { .. } => self.noun().to_owned(),
            Self::Section { title, .. } => format!("{} «{title}»", self.noun()),
            Self::Goal { text, .. } => format!("{} «{text}»", self.noun()),
            Self::Measure { what, .. } => format!("{} «{what}»", self.noun()),
        }
    }

    /// The line field by field, in words.
    pub fn fields(&self, eyes: Eyes) -> Vec<(&'static str, String)> {
        match self {
            Self::Term { from, to } => vec![("Срок", period(*from, *to))],
            Self::Section { text, .. } => vec![("Текст", text.clone())],
            Self::Goal { text, measure, domain, ground, .. } => {
                let mut fields = vec![
                    ("Цель", text.clone()),
                    ("Как увидим результат", measure.clone()),
                    ("Направление", direction(*domain)),
                ];
                if eyes == Eyes::Pair {
                    fields.push(("Опирается на", ground.title().to_owned()));
                }
                fields
            }
            Self::Measure { what, domain, form, due, who, product } => vec![
                ("Мероприятие", what.clone()),
                ("Направление", direction(*domain)),
                ("Форма", form.clone()),
                ("Срок", crate::russian::short(*due)),
                ("Кто", who.title().to_owned()),
                ("Результат", product.clone()),
            ],
        }
    }
}

/// «Д4 Ученики и родители».
fn direction(domain: Domain) -> String {
    format!("Д{} {}", domain.number(), domain.short())
}

impl Text {
    /// First and last day.
    pub fn term(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.0.values().find_map(|body| match body {
            Body::Term { from, to } => Some((*from, *to)),
            _ => None,
        })
    }

    /// The goals in the order of writing.
    pub fn goals(&self) -> impl Iterator<Item = (&Uuid, &Body)> {
        self.0.iter().filter(|(_, body)| matches!(body, Body::Goal { .. }))
    }

    /// The measures by their terms.
    pub fn measures(&self) -> Vec<(&Uuid, &Body)> {
        let due = |body: &Body| match body {
            Body::Measure { due, .. } => Some(*due),
            _ => None,
        };
        let mut found: Vec<_> = self.0.iter().filter(|(_, body)| due(body).is_some()).collect();
        found.sort_by_key(|(id, body)| (due(body), **id));
        found
    }

    /// The parts in free words.
    pub fn sections(&self) -> impl Iterator<Item = (&Uuid, &Body)> {
        self.0.iter().filter(|(_, body)| matches!(body, Body::Section { .. }))
    }
}
