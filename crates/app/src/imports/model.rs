//! What a load keeps between its steps.

use std::collections::BTreeMap;

use nastavnik_domain::organization::OrganizationKind;
use nastavnik_domain::staff_list::{Mapping, Note, Verdict};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::lines::Answer;

/// Where a load stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Reading,
    Preview,
    Refused,
    Applying,
    Applied,
    Canceled,
}

impl State {
    pub(super) fn from_code(code: &str) -> Self {
        match code {
            "reading" => Self::Reading,
            "preview" => Self::Preview,
            "applying" => Self::Applying,
            "applied" => Self::Applied,
            "canceled" => Self::Canceled,
            _ => Self::Refused,
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Reading => "Читается",
            Self::Preview => "Ждёт решения",
            Self::Refused => "Не прочитан",
            Self::Applying => "Загружается",
            Self::Applied => "Загружен",
            Self::Canceled => "Отменён",
        }
    }

    pub(super) const fn tone(self) -> &'static str {
        match self {
            Self::Reading | Self::Applying => "draft",
            Self::Preview => "wait",
            Self::Refused => "late",
            Self::Applied => "done",
            Self::Canceled => "closed",
        }
    }

    pub(super) const fn is_under_way(self) -> bool {
        matches!(self, Self::Reading | Self::Applying)
    }
}

/// Whose people a list may meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meets {
    Organization(Uuid),
    Municipality(Uuid),
    Everybody,
}

/// What the user has chosen against the proposals of the program.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    pub(super) sheet: Option<String>,
    pub(super) mapping: Option<Mapping>,
    /// Kinds of new organizations by the key of the name.
    pub(super) kinds: BTreeMap<String, String>,
}

/// A group of rows under one tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shelf {
    New,
    Changed,
    Same,
    Doubtful,
    Error,
    Skipped,
}

impl Shelf {
    pub(super) const ALL: [Self; 6] =
        [Self::New, Self::Changed, Self::Same, Self::Doubtful, Self::Error, Self::Skipped];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Same => "same",
            Self::Doubtful => "doubtful",
            Self::Error => "error",
            Self::Skipped => "skipped",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shelf| shelf.code() == code)
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::New => "Новые",
            Self::Changed => "Изменённые",
            Self::Same => "Без изменений",
            Self::Doubtful => "Сомнительные",
            Self::Error => "Ошибки",
            Self::Skipped => "Пропущенные",
        }
    }

    pub(super) const fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::New => Self::New,
            Verdict::Changed { .. } | Verdict::MoreOfRow { .. } => Self::Changed,
            Verdict::Same { .. } | Verdict::RepeatOf { .. } => Self::Same,
            Verdict::Doubtful { .. } => Self::Doubtful,
            Verdict::Error { .. } => Self::Error,
            Verdict::Skipped { .. } => Self::Skipped,
        }
    }
}

/// How many rows stand on each shelf and what else the list brings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Summary {
    pub(super) new: u64,
    pub(super) changed: u64,
    pub(super) same: u64,
    pub(super) doubtful: u64,
    pub(super) error: u64,
    pub(super) skipped: u64,
    pub(super) sheets: Vec<String>,
    /// Organizations that loading would add.
    pub(super) organizations: Vec<NewPlace>,
    /// People who work in the organizations of the list and are not in it; the first of them by name.
    pub(super) absent: Vec<Absent>,
    pub(super) absent_total: u64,
}

impl Summary {
    pub(super) const fn of(&self, group: Shelf) -> u64 {
        match group {
            Shelf::New => self.new,
            Shelf::Changed => self.changed,
            Shelf::Same => self.same,
            Shelf::Doubtful => self.doubtful,
            Shelf::Error => self.error,
            Shelf::Skipped => self.skipped,
        }
    }

    pub(super) const fn add(&mut self, group: Shelf) {
        match group {
            Shelf::New => self.new += 1,
            Shelf::Changed => self.changed += 1,
            Shelf::Same => self.same += 1,
            Shelf::Doubtful => self.doubtful += 1,
            Shelf::Error => self.error += 1,
            Shelf::Skipped => self.skipped += 1,
        }
    }
}

/// An organization that loading would add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NewPlace {
    pub(super) key: String,
    pub(super) name: String,
    /// Code of `OrganizationKind`.
    pub(super) kind: String,
}

impl NewPlace {
    pub(super) fn kind_title(&self) -> &'static str {
        OrganizationKind::from_code(&self.kind).map_or("вид не указан", OrganizationKind::title)
    }
}

/// Somebody who works in an organization of the list and is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Absent {
    pub(super) person: Uuid,
    pub(super) name: String,
    pub(super) organization: String,
}

/// What the page shows of a row besides its verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    pub(super) organization: String,
    pub(super) position: String,
    pub(super) born_on: String,
    pub(super) notes: Vec<Note>,
    /// Answers to choose from when the row is doubtful.
    pub(super) answers: Vec<Answer>,
}

/// What the user has decided about a doubtful row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    Person(Uuid),
    Row(u32),
    New,
    Skip,
}

impl Decision {
    pub(super) fn code(self) -> String {
        match self {
            Self::Person(id) => format!("person:{id}"),
            Self::Row(number) => format!("row:{number}"),
            Self::New => "new".to_owned(),
            Self::Skip => "skip".to_owned(),
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        match code {
            "new" => return Some(Self::New),
            "skip" => return Some(Self::Skip),
            _ => {}
        }
        match code.split_once(':')? {
            ("person", id) => id.parse().ok().map(Self::Person),
            ("row", number) => number.parse().ok().map(Self::Row),
            _ => None,
        }
    }
}
