//! What can happen to a task.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::life::State;
use super::product::Product;
use crate::ids::PersonId;
use crate::program::Body;

/// What is asked, and by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    pub title: String,
    /// What to do and what shall come out.
    pub what: String,
    pub due: NaiveDate,
}

/// The line of the approved program a task serves, in its words of that day: the program may be revised later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub kind: SourceKind,
    pub line: Uuid,
    pub text: String,
}

/// What kind of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    Goal,
    Measure,
}

impl Source {
    /// The source a line of a program makes; terms and sections make none.
    pub fn of(line: Uuid, body: &Body) -> Option<Self> {
        let (kind, text) = match body {
            Body::Goal { text, .. } => (SourceKind::Goal, text),
            Body::Measure { what, .. } => (SourceKind::Measure, what),
            Body::Term { .. } | Body::Section { .. } => return None,
        };
        Some(Self { kind, line, text: text.clone() })
    }

    /// «Мероприятие «Посещение урока»».
    pub fn name(&self) -> String {
        let noun = match self.kind {
            SourceKind::Goal => "Цель",
            SourceKind::Measure => "Мероприятие",
        };
        format!("{noun} «{}»", self.text)
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The mentor sets the task to one mentee.
    Set {
        mentee: PersonId,
        wording: Wording,
        source: Option<Source>,
    },
    /// The mentor is replaced (F7): the next one goes on with what is left to do. Nothing comes along that was said or
    /// handed in.
    TakenOver {
        mentor: PersonId,
        mentee: PersonId,
        wording: Wording,
        source: Option<Source>,
        former: Former,
    },
    /// The mentor words it anew while nothing was handed in.
    Changed {
        wording: Wording,
    },
    HandedIn {
        product: Product,
    },
    /// п. 5.1.1: the mentor has checked in person; `on` is the local day.
    Accepted {
        on: NaiveDate,
        words: String,
    },
    /// п. 5.2.2: what is to be mended together, and by when.
    Returned {
        remarks: String,
        due: NaiveDate,
    },
    CalledOff,
    /// Calling off is undone: the task stands where it stood.
    Resumed,
}

/// Where a task was before the mentor was replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    pub task: Uuid,
    /// Where it stood there.
    pub was: State,
    /// The task that holds what the mentee has handed in and nobody has checked: only the mentee may hand it over.
    pub unchecked: Option<Uuid>,
}

/// What somebody wants to do with a task that is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    Change,
    HandIn,
    Accept,
    Return,
    CallOff,
    Resume,
}

impl Deed {
    pub const ALL: [Self; 6] =
        [Self::Change, Self::HandIn, Self::Accept, Self::Return, Self::CallOff, Self::Resume];

    /// Whether it is the mentee's; everything else is the mentor's.
    pub const fn is_of_mentee(self) -> bool {
        matches!(self, Self::HandIn)
    }
}

impl Event {
    /// The code stored beside it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Set { .. } => "set",
            Self::TakenOver { .. } => "taken_over",
            Self::Changed { .. } => "changed",
            Self::HandedIn { .. } => "handed_in",
            Self::Accepted { .. } => "accepted",
            Self::Returned { .. } => "returned",
            Self::CalledOff => "called_off",
            Self::Resumed => "resumed",
        }
    }

    /// The deed behind it; none for the first event, which makes the task.
    pub const fn deed(&self) -> Option<Deed> {
        match self {
            Self::Set { .. } | Self::TakenOver { .. } => None,
            Self::Changed { .. } => Some(Deed::Change),
            Self::HandedIn { .. } => Some(Deed::HandIn),
            Self::Accepted { .. } => Some(Deed::Accept),
            Self::Returned { .. } => Some(Deed::Return),
            Self::CalledOff => Some(Deed::CallOff),
            Self::Resumed => Some(Deed::Resume),
        }
    }
}

/// An event with its author and moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub event: Event,
}
