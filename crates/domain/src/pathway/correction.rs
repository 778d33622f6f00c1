//! Corrections of the roadmap: when, why, and what has changed. The difference is computed, never typed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::body::Body;
use crate::russian::short;

/// What a correction does to the roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    Add { body: Body },
    Alter { number: u32, body: Body },
    Drop { number: u32 },
}

/// A correction that was made: the line as it was and as it became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub on: NaiveDate,
    pub reason: String,
    /// Number of the line.
    pub number: u32,
    /// Nothing: it was added.
    pub was: Option<Body>,
    /// Nothing: it was dropped.
    pub became: Option<Body>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    pub name: &'static str,
    pub was: String,
    pub became: String,
}

impl Correction {
    /// «Добавлено», «Изменено», «Снято».
    pub const fn verb(&self) -> &'static str {
        match (&self.was, &self.became) {
            (None, _) => "Добавлено",
            (_, None) => "Снято",
            _ => "Изменено",
        }
    }

    /// What the line is called.
    pub fn title(&self) -> &str {
        let body = self.became.as_ref().or(self.was.as_ref());
        body.map_or("", |body| body.title.as_str())
    }

    /// The fields that differ, in words.
    pub fn differences(&self) -> Vec<FieldChange> {
        match (&self.was, &self.became) {
            (Some(was), Some(became)) => difference(was, became),
            _ => Vec::new(),
        }
    }
}

/// The fields in which two editions of a line differ; none if they are equal.
pub fn difference(was: &Body, became: &Body) -> Vec<FieldChange> {
    let direction = |body: &Body| body.domain.map_or_else(String::new, |domain| domain.short().to_owned());
    let pairs = [
        ("Список", was.detail.kind().title().to_owned(), became.detail.kind().title().to_owned()),
        ("Название", was.title.clone(), became.title.clone()),
        ("Первый день", short(was.from), short(became.from)),
        ("Последний день", short(was.to), short(became.to)),
        ("Направление", direction(was), direction(became)),
        ("Подробности", was.detail.words(), became.detail.words()),
    ];
    let changes = pairs.into_iter().filter(|(_, was, became)| was != became);
    changes.map(|(name, was, became)| FieldChange { name, was, became }).collect()
}
