//! The eight domains.

use serde::{Deserialize, Serialize};

/// A domain of competence, Д1–Д8 (п. 4.3.3). The order's ИКТ and цифровизация are one here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    Theory,
    Law,
    Subject,
    Psychology,
    Methods,
    Digital,
    Upbringing,
    Health,
}

impl Domain {
    /// Every domain in the order of п. 4.3.3.
    pub const ALL: [Self; 8] = [
        Self::Theory,
        Self::Law,
        Self::Subject,
        Self::Psychology,
        Self::Methods,
        Self::Digital,
        Self::Upbringing,
        Self::Health,
    ];

    /// 1 to 8, as stored.
    pub const fn number(self) -> u8 {
        match self {
            Self::Theory => 1,
            Self::Law => 2,
            Self::Subject => 3,
            Self::Psychology => 4,
            Self::Methods => 5,
            Self::Digital => 6,
            Self::Upbringing => 7,
            Self::Health => 8,
        }
    }

    /// Reads the number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|domain| i64::from(domain.number()) == number)
    }

    /// The code for addresses and files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Theory => "theory",
            Self::Law => "law",
            Self::Subject => "subject",
            Self::Psychology => "psychology",
            Self::Methods => "methods",
            Self::Digital => "digital",
            Self::Upbringing => "upbringing",
            Self::Health => "health",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|domain| domain.code() == code)
    }

    /// The domain of an item by its code: `d4.3` is of the fourth.
    pub fn of_item(item: &str) -> Option<Self> {
        let (number, rest) = item.strip_prefix('d')?.split_once('.')?;
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(number) || !is_number(rest) {
            return None;
        }
        Self::from_number(number.parse().ok()?)
    }

    /// Words of п. 4.3.3.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Theory => "научно-теоретические",
            Self::Law => "нормативные правовые",
            Self::Subject => "предметно-профессиональные",
            Self::Psychology => "психолого-педагогические (ориентированные на обучающихся и их родителей)",
            Self::Methods => "методические (содержание образования, методики и технологии обучения)",
            Self::Digital => "ИКТ-компетенции и цифровизация образования",
            Self::Upbringing => "внеурочная и воспитательная деятельность",
            Self::Health => "здоровьесбережение обучающихся",
        }
    }

    /// A word or two for tables and pictures.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Theory => "Научные основы",
            Self::Law => "Право и документы",
            Self::Subject => "Предмет",
            Self::Psychology => "Ученики и родители",
            Self::Methods => "Методика",
            Self::Digital => "Цифровая среда",
            Self::Upbringing => "Воспитание",
            Self::Health => "Здоровье",
        }
    }
}
