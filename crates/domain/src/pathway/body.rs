//! What stands in the roadmap (E4) and what came of it (E5).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::term::Term;
use crate::competence::Domain;
use crate::russian::short;

/// One of the four lists of the roadmap, п. 4.3.3, step 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// а) Courses of additional professional education.
    Course,
    /// б) Trial actions new to this teacher.
    Trial,
    /// в) Innovative programs, projects, research.
    Project,
    /// г) Concrete measures.
    Measure,
}

/// A line of the roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub title: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The competence domain it works at.
    pub domain: Option<Domain>,
    pub detail: Detail,
}

/// What a line of each list says besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Detail {
    Course {
        /// Who teaches.
        provider: String,
        hours: u32,
    },
    Trial {
        /// What is new in it for this teacher.
        novelty: String,
    },
    Project {
        /// What exactly the teacher does in it.
        part: String,
    },
    Measure {
        /// What is wanted of it.
        expected: String,
    },
}

/// What is left in the hands when a line is carried out, and how the teacher feels about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub on: NaiveDate,
    /// The pedagogical product, in words.
    pub product: String,
    /// Where it lies; may be empty.
    pub link: String,
    /// Certificate of a course; may be empty.
    pub document: String,
    pub attitude: Attitude,
    /// May be empty.
    pub words: String,
}

/// «Субъективное отношение к достигнутым результатам».
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attitude {
    Proud,
    Content,
    Partly,
    Otherwise,
}

/// Why a line can't stand in the roadmap.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    #[error("Назовите, что собираетесь сделать")]
    NoTitle,
    #[error("Последний день раньше первого: проверьте обе даты")]
    Backwards,
    #[error("Дни мероприятия – внутри срока маршрута: с {} по {}", short(.0.from), short(.0.to))]
    OutOfTerm(Term),
    #[error("Назовите организацию, которая обучает")]
    NoProvider,
    #[error("В программе от 1 до 2000 часов")]
    Hours,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Course, Self::Trial, Self::Project, Self::Measure];

    /// The code of addresses and of the file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Course => "course",
            Self::Trial => "trial",
            Self::Project => "project",
            Self::Measure => "measure",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The letter of the order with its list.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Course => "а) Обучение по программам ДПО",
            Self::Trial => "б) Пробно-поисковые действия, новые для меня",
            Self::Project => "в) Инновационные программы, проекты, исследования",
            Self::Measure => "г) Конкретные меры и мероприятия",
        }
    }

    /// One line of the list.
    pub const fn one(self) -> &'static str {
        match self {
            Self::Course => "курс",
            Self::Trial => "проба",
            Self::Project => "проект",
            Self::Measure => "мера",
        }
    }
}

impl Attitude {
    pub const ALL: [Self; 4] = [Self::Proud, Self::Content, Self::Partly, Self::Otherwise];

    /// The code of the form and of the file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proud => "proud",
            Self::Content => "content",
            Self::Partly => "partly",
            Self::Otherwise => "otherwise",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attitude| attitude.code() == code)
    }

    /// What the teacher says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Proud => "Горжусь, хочу поделиться с коллегами",
            Self::Content => "Результат меня радует",
            Self::Partly => "Получилось не всё, что хотелось",
            Self::Otherwise => "В следующий раз сделаю иначе",
        }
    }
}

impl Detail {
    /// Which list it belongs to.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Course { .. } => Kind::Course,
            Self::Trial { .. } => Kind::Trial,
            Self::Project { .. } => Kind::Project,
            Self::Measure { .. } => Kind::Measure,
        }
    }

    /// In words: «Институт развития образования, 72 ч».
    pub fn words(&self) -> String {
        match self {
            Self::Course { provider, hours } => format!("{provider}, {hours}\u{a0}ч"),
            Self::Trial { novelty: words }
            | Self::Project { part: words }
            | Self::Measure { expected: words } => words.clone(),
        }
    }
}

impl Body {
    /// E4: a line has a name and days within the route; a course says who teaches and how long.
    pub fn check(&self, term: Term) -> Result<(), BodyError> {
        if self.title.trim().is_empty() {
            return Err(BodyError::NoTitle);
        }
        if self.to < self.from {
            return Err(BodyError::Backwards);
        }
        if !term.holds(self.from, self.to) {
            return Err(BodyError::OutOfTerm(term));
        }
        match &self.detail {
            Detail::Course { provider, .. } if provider.trim().is_empty() => Err(BodyError::NoProvider),
            Detail::Course { hours, .. } if !(1..=2000).contains(hours) => Err(BodyError::Hours),
            _ => Ok(()),
        }
    }
}

/// Whether the text may stand behind a link: nothing but a plain address of the web, or nothing at all.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    text.is_empty()
        || rest.is_some_and(|rest| {
            !rest.is_empty() && !rest.contains(|letter: char| letter.is_whitespace() || letter == '"')
        })
}
