//! What is known of a meeting inside the ring, and what an entry says.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::competence::Domain;
use nastavnik_domain::meeting::{Addressee, MeetingKind};
use uuid::Uuid;

use crate::pairs::Pair;

/// A meeting with everything its pair knows.
#[derive(Clone, Debug)]
pub(super) struct Meeting {
    pub(super) id: Uuid,
    pub(super) held_on: NaiveDate,
    pub(super) kind: MeetingKind,
    pub(super) recorded_by: Uuid,
    pub(super) recorded_at: DateTime<Utc>,
    pub(super) is_canceled: bool,
    pub(super) notes: Vec<Note>,
    /// Of a group; empty for two.
    pub(super) present: Vec<Uuid>,
}

/// What one participant has written.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) id: Uuid,
    pub(super) author: Uuid,
    pub(super) focus: Focus,
    pub(super) worked: String,
    pub(super) minutes: Option<i64>,
    pub(super) written_at: DateTime<Utc>,
    pub(super) version: i64,
    pub(super) steps: Vec<Step>,
}

/// Whose step it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Mentee,
    Mentor,
}

/// The next step of one side.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) id: Uuid,
    pub(super) side: Side,
    pub(super) words: String,
    pub(super) is_done: bool,
}

/// What a meeting is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    Domain(Domain),
    /// The words of a goal of the pair.
    Goal(String),
}

/// An entry that has passed every check.
pub(super) struct Entry {
    pub(super) held_on: NaiveDate,
    pub(super) kind: MeetingKind,
    pub(super) said: Said,
    /// Steps of earlier meetings that are done.
    pub(super) done: Vec<Uuid>,
    pub(super) call: Option<Call>,
    /// Of a group: who was there.
    pub(super) present: Vec<Uuid>,
}

/// What stays in the ring.
pub(super) struct Said {
    pub(super) focus: Focus,
    pub(super) worked: String,
    pub(super) mentee_step: String,
    pub(super) mentor_step: String,
    pub(super) minutes: Option<i64>,
}

/// Somebody is asked for help.
pub(super) struct Call {
    pub(super) addressee: Addressee,
    /// Written for the addressee alone; may be empty.
    pub(super) words: String,
}

impl Side {
    pub(super) const ALL: [Self; 2] = [Self::Mentee, Self::Mentor];

    /// The code that is stored.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Mentee => "mentee",
            Self::Mentor => "mentor",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.code() == code)
    }

    /// «шаг наставника», genitive; in a group the mentees go it together.
    pub(super) fn whose(self, pair: &Pair) -> &'static str {
        match self {
            Self::Mentee if pair.is_group() => "участников",
            Self::Mentee => "наставляемого",
            Self::Mentor => "наставника",
        }
    }
}

impl Focus {
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Domain(domain) => domain.short(),
            Self::Goal(words) => words,
        }
    }
}

impl Said {
    /// The step of a side; empty if there is none.
    pub(super) fn step(&self, side: Side) -> &str {
        match side {
            Side::Mentee => &self.mentee_step,
            Side::Mentor => &self.mentor_step,
        }
    }
}

impl Note {
    /// The words of a side's step; empty if there is none.
    pub(super) fn step(&self, side: Side) -> &str {
        self.steps.iter().find(|step| step.side == side).map_or("", |step| &step.words)
    }
}

impl Meeting {
    /// What this person has written about it.
    pub(super) fn note_of(&self, person: Uuid) -> Option<&Note> {
        self.notes.iter().find(|note| note.author == person)
    }
}
