//! The six cases.

use serde::{Deserialize, Serialize};

/// A grammatical case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// Кто? Что?
    Nominative,
    /// Кого? Чего?
    Genitive,
    /// Кому? Чему?
    Dative,
    /// Кого? Что?
    Accusative,
    /// Кем? Чем?
    Instrumental,
    /// О ком? О чём?
    Prepositional,
}

impl Case {
    /// All cases in the order of a school grammar.
    pub const ALL: [Self; 6] = [
        Self::Nominative,
        Self::Genitive,
        Self::Dative,
        Self::Accusative,
        Self::Instrumental,
        Self::Prepositional,
    ];

    /// The code stored in the database and used in templates of papers.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nominative => "nominative",
            Self::Genitive => "genitive",
            Self::Dative => "dative",
            Self::Accusative => "accusative",
            Self::Instrumental => "instrumental",
            Self::Prepositional => "prepositional",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|case| case.code() == code)
    }

    /// The Russian name of the case.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Nominative => "именительный",
            Self::Genitive => "родительный",
            Self::Dative => "дательный",
            Self::Accusative => "винительный",
            Self::Instrumental => "творительный",
            Self::Prepositional => "предложный",
        }
    }

    /// The question a person asks to get this case of a name.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Nominative => "кто?",
            Self::Genitive | Self::Accusative => "кого?",
            Self::Dative => "кому?",
            Self::Instrumental => "кем?",
            Self::Prepositional => "о ком?",
        }
    }

    /// The same case for the name rules; the nominative needs no rule.
    pub(super) const fn oblique(self) -> Option<petrovich::Case> {
        match self {
            Self::Nominative => None,
            Self::Genitive => Some(petrovich::Case::Genitive),
            Self::Dative => Some(petrovich::Case::Dative),
            Self::Accusative => Some(petrovich::Case::Accusative),
            Self::Instrumental => Some(petrovich::Case::Instrumental),
            Self::Prepositional => Some(petrovich::Case::Prepositional),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for case in Case::ALL {
            assert_eq!(Case::from_code(case.code()), Some(case));
        }
        assert_eq!(Case::from_code("vocative"), None);
    }
}
