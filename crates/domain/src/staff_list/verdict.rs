//! What loading a row would do.

use serde::{Deserialize, Serialize};

use super::apply::Transfer;
use super::row::CellError;
use crate::ids::PersonId;

/// What a change touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Name,
    Gender,
    BornOn,
    Phone,
    Email,
    Education,
    TeachingSince,
    /// A new employment: in another organization, or one more in this one.
    Employment,
    Position,
    Subject,
    Qualification,
    Share,
    HiredOn,
}

impl Field {
    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Name => "фамилия, имя, отчество",
            Self::Gender => "пол",
            Self::BornOn => "дата рождения",
            Self::Phone => "телефон",
            Self::Email => "электронная почта",
            Self::Education => "образование",
            Self::TeachingSince => "начало педагогической работы",
            Self::Employment => "место работы",
            Self::Position => "должность",
            Self::Subject => "предмет",
            Self::Qualification => "квалификационная категория",
            Self::Share => "доля ставки",
            Self::HiredOn => "принят в организацию",
        }
    }
}

/// One value that would change, in words for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: Field,
    /// None when nothing was known.
    pub before: Option<String>,
    pub after: String,
}

/// A known person, or a new one of an earlier row of the same list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Person(PersonId),
    Row(u32),
}

/// Somebody the row may speak about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    pub who: Who,
    /// A Russian sentence.
    pub reason: String,
}

/// What loading a row would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    New,
    /// The same person, nothing to change.
    Same {
        person: PersonId,
    },
    Changed {
        person: PersonId,
        changes: Vec<Change>,
    },
    /// A new person of an earlier row again, with something to add: usually a second position.
    MoreOfRow {
        row: u32,
        changes: Vec<Change>,
    },
    /// The user decides: one of the candidates or a new person.
    Doubtful {
        candidates: Vec<Doubt>,
    },
    /// Says nothing that an earlier row has not said.
    RepeatOf {
        row: u32,
    },
    Error {
        errors: Vec<CellError>,
    },
    Skipped {
        reason: String,
    },
}

/// The verdict and what [`super::apply`] needs to do the same later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classified {
    pub verdict: Verdict,
    pub transfer: Transfer,
}
