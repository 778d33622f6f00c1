//! Words that stand for names.

use crate::russian::{Case, decline_organization, decline_position};

/// What stands instead of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    Mentor,
    Mentee,
    Teacher,
    Pupil,
    Organization,
    /// A town or a village.
    Town,
    /// A name of something else.
    Title,
    Contact,
    Link,
    Address,
    Date,
    /// «5 «Б»» is «5 класс».
    Class(u8),
    /// «5 «Б» классе» is «5 классе».
    Parallel(u8),
}

impl Stand {
    /// What a person may put instead of a doubtful word.
    pub const CHOICES: [Self; 5] = [Self::Teacher, Self::Pupil, Self::Organization, Self::Town, Self::Title];

    /// The code for forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
            Self::Teacher => "teacher",
            Self::Pupil => "pupil",
            Self::Organization => "organization",
            Self::Town => "town",
            Self::Title => "title",
            Self::Contact => "contact",
            Self::Link => "link",
            Self::Address => "address",
            Self::Date => "date",
            Self::Class(_) => "class",
            Self::Parallel(_) => "parallel",
        }
    }

    /// Reads the code of a choice.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::CHOICES.into_iter().find(|stand| stand.code() == code)
    }

    /// The word in a case.
    pub fn word(self, case: Case) -> String {
        match self {
            Self::Mentor => decline_position("наставник", case),
            Self::Mentee => decline_position("наставляемый", case),
            Self::Teacher => decline_position("педагог", case),
            Self::Pupil => decline_position("ученик", case),
            Self::Organization => decline_organization("организация", case),
            Self::Town => decline_organization("муниципалитет", case),
            Self::Title => decline_organization("название", case),
            Self::Contact => decline_organization("контакт", case),
            Self::Link => decline_organization("ссылка", case),
            Self::Address => decline_organization("адрес", case),
            Self::Date => decline_organization("дата", case),
            Self::Class(year) => format!("{year} {}", decline_organization("класс", case)),
            Self::Parallel(year) => year.to_string(),
        }
    }

    /// The word as a choice of a form.
    pub fn title(self) -> String {
        self.word(Case::Nominative)
    }
}
