//! The life of a task: events applied one after another, each allowed or refused.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::event::{Deed, Event, Former, Recorded, Source, Wording};
use super::product::Product;
use super::refusal::Refusal;
use crate::ids::PersonId;

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Set,
    /// Waits for the mentor's check.
    HandedIn,
    /// Sent back with remarks.
    Returned,
    Accepted,
    CalledOff,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Set, Self::HandedIn, Self::Returned, Self::Accepted, Self::CalledOff];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::HandedIn => "handed_in",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::CalledOff => "called_off",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Set => "выполняется",
            Self::HandedIn => "ждёт проверки",
            Self::Returned => "дорабатывается",
            Self::Accepted => "принято",
            Self::CalledOff => "снято",
        }
    }

    /// Whether the mentee works on it: its due day means something.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Set | Self::Returned)
    }

    /// What may be done here; whose deed it is, is another question.
    const fn allows(self, deed: Deed) -> Result<(), Refusal> {
        match (self, deed) {
            (Self::Accepted, _) => Err(Refusal::Accepted),
            (Self::CalledOff, Deed::Resume)
            | (Self::Set, Deed::Change | Deed::HandIn | Deed::CallOff)
            | (Self::Returned, Deed::HandIn | Deed::CallOff)
            | (Self::HandedIn, Deed::Accept | Deed::Return) => Ok(()),
            (Self::CalledOff, _) => Err(Refusal::CalledOff),
            (_, Deed::Resume) => Err(Refusal::NotCalledOff),
            (Self::HandedIn, _) => Err(Refusal::Waiting),
            (_, Deed::Accept | Deed::Return) => Err(Refusal::NothingToCheck),
            (_, _) => Err(Refusal::HandedInBefore),
        }
    }
}

/// A product with the mentor's remarks, if it was sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedIn {
    pub product: Product,
    pub at: DateTime<Utc>,
    pub remarks: Option<Remarks>,
}

/// What the mentor asks to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remarks {
    pub words: String,
    pub at: DateTime<Utc>,
}

/// The mentor's word about what was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub on: NaiveDate,
    pub words: String,
    pub at: DateTime<Utc>,
}

/// A task as its events make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub mentor: PersonId,
    pub mentee: PersonId,
    pub wording: Wording,
    pub source: Option<Source>,
    /// Where it was before the mentor was replaced.
    pub former: Option<Former>,
    /// Everything handed in, the earliest first.
    pub products: Vec<HandedIn>,
    pub accepted: Option<Accepted>,
    pub is_called_off: bool,
    /// How many events made it: whoever decides has seen this many.
    pub version: u32,
}

impl Task {
    /// The task that its first event makes.
    pub fn begin(first: &Recorded) -> Result<Self, Refusal> {
        let (mentor, mentee, wording, source, former) = match &first.event {
            Event::Set { mentee, wording, source } => (first.by, mentee, wording, source, None),
            Event::TakenOver { mentor, mentee, wording, source, former } => {
                (*mentor, mentee, wording, source, Some(*former))
            }
            _ => return Err(Refusal::NotSet),
        };
        Ok(Self {
            mentor,
            mentee: *mentee,
            wording: wording.clone(),
            source: source.clone(),
            former,
            products: Vec::new(),
            accepted: None,
            is_called_off: false,
            version: 1,
        })
    }

    /// Applies the events from the beginning.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Result<Self, Refusal> {
        let mut events = events.into_iter();
        let mut task = Self::begin(events.next().ok_or(Refusal::NotSet)?)?;
        for recorded in events {
            task.apply(recorded)?;
        }
        Ok(task)
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        if self.accepted.is_some() {
            return State::Accepted;
        }
        if self.is_called_off {
            return State::CalledOff;
        }
        match self.products.last() {
            None => State::Set,
            Some(HandedIn { remarks: None, .. }) => State::HandedIn,
            Some(_) => State::Returned,
        }
    }

    /// п. 5.1.1: the mentor sets and checks, the mentee hands in; each only when it is time for it.
    pub fn allows(&self, by: PersonId, deed: Deed) -> Result<(), Refusal> {
        if deed.is_of_mentee() && by != self.mentee {
            return Err(Refusal::NotMentee);
        }
        if !deed.is_of_mentee() && by != self.mentor {
            return Err(Refusal::NotMentor);
        }
        self.state().allows(deed)
    }

    /// Applies one event, or says why it can't happen and stays as it was.
    pub fn apply(&mut self, recorded: &Recorded) -> Result<(), Refusal> {
        let deed = recorded.event.deed().ok_or(Refusal::AlreadySet)?;
        self.allows(recorded.by, deed)?;
        self.carry(recorded)?;
        self.version += 1;
        Ok(())
    }

    /// Lets happen what was found allowed.
    fn carry(&mut self, Recorded { at, event, .. }: &Recorded) -> Result<(), Refusal> {
        match event {
            Event::Set { .. } | Event::TakenOver { .. } => return Err(Refusal::AlreadySet),
            Event::Changed { wording } => self.wording.clone_from(wording),
            Event::HandedIn { product } if product.is_empty() => return Err(Refusal::EmptyProduct),
            Event::HandedIn { product } => {
                self.products.push(HandedIn { product: product.clone(), at: *at, remarks: None });
            }
            Event::Accepted { on, words } => {
                self.accepted = Some(Accepted { on: *on, words: words.clone(), at: *at });
            }
            Event::Returned { remarks, due } => {
                self.wording.due = *due;
                if let Some(last) = self.products.last_mut() {
                    last.remarks = Some(Remarks { words: remarks.clone(), at: *at });
                }
            }
            Event::CalledOff => self.is_called_off = true,
            Event::Resumed => self.is_called_off = false,
        }
        Ok(())
    }

    /// The product that was accepted.
    pub fn accepted_product(&self) -> Option<(&Accepted, &Product)> {
        Some((self.accepted.as_ref()?, &self.products.last()?.product))
    }
}
