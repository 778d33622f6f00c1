//! What a column of a staff list means.

use serde::{Deserialize, Serialize};

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $title:literal;)+) => {
        /// The meaning of a column.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Column { $($(#[$doc])* $name,)+ }

        impl Column {
            /// All meanings in the order of the list the user chooses from.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code stored with the mapping and sent by the form.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// Words for people.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }
        }
    };
}

columns! {
    Ordinal = "ordinal", "номер по порядку";
    /// Surname, given name and patronymic in one cell.
    FullName = "full_name", "фамилия, имя, отчество";
    Surname = "surname", "фамилия";
    Given = "given", "имя";
    Patronymic = "patronymic", "отчество";
    Gender = "gender", "пол";
    BornOn = "born_on", "дата рождения";
    Position = "position", "должность";
    Subject = "subject", "предмет";
    /// «учитель (математика)».
    PositionWithSubject = "position_with_subject", "должность и предмет в скобках";
    Qualification = "qualification", "квалификационная категория";
    Education = "education", "образование";
    TeachingSince = "teaching_since", "дата начала педагогической работы";
    /// Years of experience as of the date of the list.
    TeachingYears = "teaching_years", "педагогический стаж, лет";
    HiredOn = "hired_on", "дата приёма в организацию";
    Organization = "organization", "организация";
    /// Share of a full post.
    Share = "share", "доля ставки";
    Phone = "phone", "телефон";
    Email = "email", "электронная почта";
    PersonnelNumber = "personnel_number", "табельный номер";
    Ignore = "ignore", "не загружать";
}

impl Column {
    /// Reads the code of a form or of a stored mapping.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.code() == code)
    }

    /// True when two columns of a list cannot both have this meaning.
    pub(crate) const fn is_single(self) -> bool {
        !matches!(self, Self::Ignore)
    }

    /// The value is read and compared; the others are only recognized so as not to be taken for something else.
    pub const fn is_loaded(self) -> bool {
        !matches!(self, Self::Ignore | Self::Ordinal | Self::PersonnelNumber)
    }
}
