//! Self-diagnosis over eight domains of competence (E3, п. 4.3.3): what is asked, and what follows from answers.
//!
//! Levels are counted in whole hundredths, so that a mean on the very limit falls to the right side of it.

mod compare;
mod domain;
mod profile;
mod questionnaire;
mod wave;

pub use compare::{Difference, Shift, differences, dynamics};
pub use domain::Domain;
pub use profile::{CompletionError, Profile, Score, Standing, assess, check_completion, to_begin_with};
pub use questionnaire::{Item, Limits, Questionnaire, Section, parse_questionnaires, questionnaires};
pub use wave::{View, VisitError, Wave, check_visits};

use serde::{Deserialize, Serialize};

/// How well somebody does what an item says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Level {
    Unable,
    WithHelp,
    Alone,
    CanTeach,
}

impl Level {
    pub const ALL: [Self; 4] = [Self::Unable, Self::WithHelp, Self::Alone, Self::CanTeach];

    /// 0 to 3.
    pub const fn number(self) -> u8 {
        match self {
            Self::Unable => 0,
            Self::WithHelp => 1,
            Self::Alone => 2,
            Self::CanTeach => 3,
        }
    }

    /// Reads the number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|level| i64::from(level.number()) == number)
    }

    /// What the person says of themselves.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Unable => "не умею, не знаю",
            Self::WithHelp => "с помощью",
            Self::Alone => "самостоятельно",
            Self::CanTeach => "могу научить",
        }
    }

    /// The same said of a colleague.
    pub const fn title_of_other(self) -> &'static str {
        match self {
            Self::Unable => "пока не получается",
            Self::WithHelp => "с помощью",
            Self::Alone => "самостоятельно",
            Self::CanTeach => "может научить",
        }
    }
}

impl TryFrom<u8> for Level {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        Self::from_number(i64::from(number)).ok_or_else(|| format!("нет уровня {number}"))
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.number()
    }
}

/// What somebody answered about an item. A sheet has at most one answer for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The item's code.
    pub item: String,
    /// Nothing: only its importance was marked.
    pub level: Option<Level>,
    /// «Важно мне сейчас».
    pub is_important: bool,
}

#[cfg(test)]
mod tests;
