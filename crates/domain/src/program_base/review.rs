//! What a reviewer says (ДК 1.6).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::ReviewCriterion;

/// A reviewer's answer to a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Yes,
    Partly,
    No,
}

impl Mark {
    pub const ALL: [Self; 3] = [Self::Yes, Self::Partly, Self::No];

    /// The code for forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.code() == code)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Yes => "да",
            Self::Partly => "отчасти",
            Self::No => "нет",
        }
    }
}

/// What a reviewer advises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Recommend,
    /// The curator mends it first.
    Return,
}

impl Verdict {
    pub const ALL: [Self; 2] = [Self::Recommend, Self::Return];

    /// The code for forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Recommend => "recommend",
            Self::Return => "return",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Recommend => "рекомендует к публикации",
            Self::Return => "возвращает с замечаниями",
        }
    }

    /// The same told to the reviewer.
    pub const fn to_author(self) -> &'static str {
        match self {
            Self::Recommend => "Вы рекомендовали программу к публикации",
            Self::Return => "Вы вернули программу с замечаниями",
        }
    }
}

/// What a review lacks, each with the name of its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewLack {
    #[error("Ответьте на этот вопрос")]
    NoMark(String),
    #[error("С ответом «нет» программу возвращают с замечаниями")]
    Refused(String),
    #[error("Рекомендовать можно, только если здесь «да»")]
    MustHold(String),
    #[error("Напишите, что поправить: куратор увидит ваши слова")]
    NoRemarks,
}

/// What is missing for the verdict: every criterion is answered, nothing is recommended against a «нет», nothing is
/// returned without words.
pub fn review_lacks(
    criteria: &[ReviewCriterion],
    marks: &BTreeMap<String, Mark>,
    verdict: Verdict,
    remarks: &str,
) -> Vec<ReviewLack> {
    let mut lacks = Vec::new();
    for criterion in criteria {
        let code = || criterion.code.clone();
        match (marks.get(&criterion.code), verdict) {
            (None, _) => lacks.push(ReviewLack::NoMark(code())),
            (Some(Mark::No), Verdict::Recommend) => lacks.push(ReviewLack::Refused(code())),
            (Some(Mark::Partly), Verdict::Recommend) if criterion.must => {
                lacks.push(ReviewLack::MustHold(code()));
            }
            _ => {}
        }
    }
    if verdict == Verdict::Return && remarks.trim().is_empty() {
        lacks.push(ReviewLack::NoRemarks);
    }
    lacks
}
