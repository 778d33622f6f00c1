//! The seven steps of п. 4.3.3, and who speaks in a route.

use serde::{Deserialize, Serialize};

/// A step of the route, in the order of п. 4.3.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// «Самоопределение (саморефлексия) педагога».
    SelfImage,
    /// «Диагностика достижений, достоинств и личностных ресурсов».
    Achievements,
    /// «Диагностика профессиональных затруднений и дефицитов».
    Difficulties,
    /// «Составление дорожной карты (при необходимости)».
    Roadmap,
    /// «Реализация дорожной карты».
    Realization,
    /// «Корректировка дорожной карты (параллельно с ее реализацией)».
    Correction,
    /// «Рефлексивный анализ эффективности».
    Reflection,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Done,
    /// To be done now.
    Open,
    Ahead,
    /// Without a roadmap there is nothing to carry out and to correct.
    NotNeeded,
    /// The route was stopped before it.
    Left,
}

/// Who speaks in a route: a role, never a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// The teacher whose route it is.
    Owner,
    Mentor,
    Curator,
    Tutor,
}

impl Step {
    pub const ALL: [Self; 7] = [
        Self::SelfImage,
        Self::Achievements,
        Self::Difficulties,
        Self::Roadmap,
        Self::Realization,
        Self::Correction,
        Self::Reflection,
    ];

    /// 1 to 7.
    pub const fn number(self) -> u8 {
        match self {
            Self::SelfImage => 1,
            Self::Achievements => 2,
            Self::Difficulties => 3,
            Self::Roadmap => 4,
            Self::Realization => 5,
            Self::Correction => 6,
            Self::Reflection => 7,
        }
    }

    /// Reads the number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|step| i64::from(step.number()) == number)
    }

    /// The code of the file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SelfImage => "self_image",
            Self::Achievements => "achievements",
            Self::Difficulties => "difficulties",
            Self::Roadmap => "roadmap",
            Self::Realization => "realization",
            Self::Correction => "correction",
            Self::Reflection => "reflection",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::SelfImage => "Самоопределение",
            Self::Achievements => "Достижения и ресурсы",
            Self::Difficulties => "Затруднения и дефициты",
            Self::Roadmap => "Дорожная карта",
            Self::Realization => "Реализация",
            Self::Correction => "Корректировка",
            Self::Reflection => "Рефлексивный анализ",
        }
    }
}

impl Voice {
    pub const ALL: [Self; 4] = [Self::Owner, Self::Mentor, Self::Curator, Self::Tutor];

    /// The code of the file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Mentor => "mentor",
            Self::Curator => "curator",
            Self::Tutor => "tutor",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|voice| voice.code() == code)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Owner => "Педагог",
            Self::Mentor => "Наставник",
            Self::Curator => "Куратор",
            Self::Tutor => "Тьютор ЦНППМ",
        }
    }
}
