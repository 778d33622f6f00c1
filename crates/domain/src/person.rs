//! Who is who: names, gender, education.

use serde::{Deserialize, Serialize};

/// Grammatical gender of a person; decides case endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    Female,
    Male,
}

impl Gender {
    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Female, Self::Male].into_iter().find(|gender| gender.code() == code)
    }
}

/// A full name as in the passport. The patronymic may be absent.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FullName {
    pub surname: String,
    pub given: String,
    pub patronymic: Option<String>,
}

impl FullName {
    pub fn new(surname: &str, given: &str, patronymic: Option<&str>) -> Self {
        Self {
            surname: surname.to_owned(),
            given: given.to_owned(),
            patronymic: patronymic.filter(|text| !text.is_empty()).map(str::to_owned),
        }
    }

    /// Stands where the reader may not see the name.
    pub fn hidden() -> Self {
        Self::new("имя скрыто", "", None)
    }

    pub fn is_hidden(&self) -> bool {
        *self == Self::hidden()
    }

    /// «Семёнова Есения Филимоновна».
    pub fn full(&self) -> String {
        match &self.patronymic {
            Some(patronymic) => format!("{} {} {patronymic}", self.surname, self.given),
            None => format!("{} {}", self.surname, self.given).trim_end().to_owned(),
        }
    }

    /// «Семёнова Е. Ф.» with non-breaking spaces, as in tables.
    pub fn short(&self) -> String {
        format!("{}\u{a0}{}", self.surname, self.initials()).trim_end().to_owned()
    }

    /// «Е. Ф. Семёнова» with non-breaking spaces, as beside a signature.
    pub fn signature(&self) -> String {
        format!("{}\u{a0}{}", self.initials(), self.surname)
    }

    fn initials(&self) -> String {
        let first = |text: &str| text.chars().next().map(|letter| format!("{letter}."));
        let patronymic = self.patronymic.as_deref().and_then(first);
        [first(&self.given), patronymic].into_iter().flatten().collect::<Vec<_>>().join("\u{a0}")
    }
}

/// Education as the staff list tells it; «непедагогическое» makes a category of mentee (п. 1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Education {
    HigherPedagogical,
    SecondaryPedagogical,
    HigherOther,
    SecondaryOther,
    /// Non-pedagogical with professional retraining.
    OtherRetrained,
}

impl Education {
    pub const ALL: [Self; 5] = [
        Self::HigherPedagogical,
        Self::SecondaryPedagogical,
        Self::HigherOther,
        Self::SecondaryOther,
        Self::OtherRetrained,
    ];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HigherPedagogical => "higher_pedagogical",
            Self::SecondaryPedagogical => "secondary_pedagogical",
            Self::HigherOther => "higher_other",
            Self::SecondaryOther => "secondary_other",
            Self::OtherRetrained => "other_retrained",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::HigherPedagogical => "высшее педагогическое",
            Self::SecondaryPedagogical => "среднее профессиональное педагогическое",
            Self::HigherOther => "высшее непедагогическое",
            Self::SecondaryOther => "среднее профессиональное непедагогическое",
            Self::OtherRetrained => "непедагогическое, профессиональная переподготовка",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|education| education.code() == code)
    }

    /// п. 1.4: «педагог, имеющий непедагогическое профильное образование».
    pub const fn is_pedagogical(self) -> bool {
        matches!(self, Self::HigherPedagogical | Self::SecondaryPedagogical)
    }
}

/// Qualification category from the attestation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualification {
    /// «соответствие занимаемой должности».
    Conforms,
    First,
    Highest,
    /// «высшая, педагог-методист» (order 196).
    Methodist,
    /// «высшая, педагог-наставник» (order 196).
    MentorTeacher,
}

impl Qualification {
    pub const ALL: [Self; 5] =
        [Self::Conforms, Self::First, Self::Highest, Self::Methodist, Self::MentorTeacher];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Conforms => "conforms",
            Self::First => "first",
            Self::Highest => "highest",
            Self::Methodist => "methodist",
            Self::MentorTeacher => "mentor_teacher",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Conforms => "соответствие занимаемой должности",
            Self::First => "первая",
            Self::Highest => "высшая",
            Self::Methodist => "высшая, педагог-методист",
            Self::MentorTeacher => "высшая, педагог-наставник",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|qualification| qualification.code() == code)
    }
}
