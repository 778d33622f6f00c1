//! The life of a program: events applied one after another, each allowed or refused.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::event::{Answer, Event, Recorded};
use super::refusal::Refusal;
use super::similarity::goals_key;
use super::text::{Body, Shape, Text};
use crate::ids::PersonId;

/// Where a program stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The pair writes.
    Draft,
    /// Somebody of the pair has signed, not everybody.
    HalfSigned,
    /// Waits for the curator.
    Signed,
    /// Waits for the director.
    Agreed,
    Approved,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Draft, Self::HalfSigned, Self::Signed, Self::Agreed, Self::Approved];

    /// The code stored in the database and used in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::HalfSigned => "half_signed",
            Self::Signed => "signed",
            Self::Agreed => "agreed",
            Self::Approved => "approved",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Draft => "составляется",
            Self::HalfSigned => "подписывается парой",
            Self::Signed => "ждёт согласования куратора",
            Self::Agreed => "ждёт утверждения руководителя",
            Self::Approved => "утверждена",
        }
    }
}

/// A line with the number of times it was written and its last author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub body: Body,
    pub version: u32,
    pub by: PersonId,
    pub at: DateTime<Utc>,
}

/// A decision with its author and moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub remarks: String,
}

/// Sent back with remarks.
pub type Returned = Call;

/// An approved text. Nothing that happens later changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    pub number: u32,
    /// Why this revision was made; empty for the first.
    pub reason: String,
    pub text: Text,
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub document: Uuid,
}

/// A measure carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub on: NaiveDate,
    pub words: String,
    pub by: PersonId,
}

/// Another teacher asked to help (D8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    pub person: PersonId,
    pub task: String,
    pub invited_by: PersonId,
    pub answer: Option<Answer>,
}

/// The published program it was begun from (D12), and the goals taken over as they are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub program: Uuid,
    pub goals_key: String,
}

/// A program as its events make it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Program {
    pub shape: Option<Shape>,
    pub people: Vec<PersonId>,
    pub origin: Option<Origin>,
    pub lines: BTreeMap<Uuid, Line>,
    /// How many events made it: whoever asks «has anything changed» compares this.
    pub version: u32,
    /// How often the text was written: who signs has seen this one.
    pub edition: u32,
    /// The revision under work, or the approved one.
    pub revision: u32,
    pub reason: String,
    pub signed: BTreeMap<PersonId, DateTime<Utc>>,
    pub agreed: Option<Call>,
    pub returned: Option<Returned>,
    /// The question before the council about this text.
    pub council: Option<Uuid>,
    pub approved: Vec<Approved>,
    pub done: BTreeMap<Uuid, Done>,
    pub helpers: Vec<Helper>,
    /// A revision is being written after the last approval, or nothing was approved yet.
    open: bool,
}

impl Program {
    /// Applies the events from the beginning.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Result<Self, Refusal> {
        let mut program = Self::default();
        for recorded in events {
            program.apply(recorded)?;
        }
        Ok(program)
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        if !self.open {
            return State::Approved;
        }
        if self.agreed.is_some() {
            return State::Agreed;
        }
        match self.signed.len() {
            0 => State::Draft,
            signed if signed == self.people.len() => State::Signed,
            _ => State::HalfSigned,
        }
    }

    /// Whether the draft was ever made.
    pub const fn is_made(&self) -> bool {
        self.shape.is_some()
    }

    /// The text as it stands.
    pub fn text(&self) -> Text {
        Text(self.lines.iter().map(|(id, line)| (*id, line.body.clone())).collect())
    }

    /// The text in force: the one approved last.
    pub fn in_force(&self) -> Option<&Approved> {
        self.approved.last()
    }

    /// Applies one event, or says why it can't happen and stays as it was.
    pub fn apply(&mut self, recorded: &Recorded) -> Result<(), Refusal> {
        self.check(recorded)?;
        self.carry(recorded);
        self.version += 1;
        Ok(())
    }

    /// Whether the event may happen now.
    pub fn check(&self, Recorded { by, event, .. }: &Recorded) -> Result<(), Refusal> {
        if self.is_made() == matches!(event, Event::Made { .. }) {
            return Err(if self.is_made() { Refusal::AlreadyMade } else { Refusal::NotMade });
        }
        match event {
            Event::Made { text, .. } => text.term().map(|_| ()).ok_or(Refusal::OnlyTerm),
            Event::Added { line, body } => self.check_added(*line, body),
            Event::Changed { line, from, body } => self.check_changed(*line, *from, Some(body)),
            Event::Removed { line, from } => self.check_changed(*line, *from, None),
            Event::Signed { seen } => self.check_signed(*by, *seen),
            Event::Agreed { .. } => require(self.state() == State::Signed, Refusal::NotSigned),
            Event::Returned { .. } => {
                let passed = matches!(self.state(), State::Signed | State::Agreed);
                require(passed, Refusal::NothingToReturn)
            }
            Event::CouncilAsked { .. } => {
                require(matches!(self.state(), State::Signed | State::Agreed), Refusal::NotSigned)?;
                require(self.council.is_none(), Refusal::AskedAlready)
            }
            Event::Approved { .. } => require(self.state() == State::Agreed, Refusal::NotAgreed),
            Event::RevisionBegun { .. } => require(self.state() == State::Approved, Refusal::NotApproved),
            Event::Done { line, .. } => {
                self.check_measure(*line)?;
                require(!self.done.contains_key(line), Refusal::DoneAlready)
            }
            Event::DoneCanceled { line } => require(self.done.contains_key(line), Refusal::NotDone),
            Event::HelperInvited { person, .. } => self.check_helper(*person),
            Event::HelperAnswered { .. } => require(self.waiting_helper(*by).is_some(), Refusal::NotInvited),
        }
    }

    fn check_open(&self) -> Result<(), Refusal> {
        require(self.open, Refusal::Approved)
    }

    fn check_added(&self, line: Uuid, body: &Body) -> Result<(), Refusal> {
        self.check_open()?;
        require(!matches!(body, Body::Term { .. }), Refusal::OnlyTerm)?;
        require(!self.lines.contains_key(&line), Refusal::Stale)
    }

    fn check_changed(&self, line: Uuid, from: u32, body: Option<&Body>) -> Result<(), Refusal> {
        self.check_open()?;
        let known = self.lines.get(&line).ok_or(Refusal::Gone)?;
        require(known.version == from, Refusal::Stale)?;
        match body {
            Some(body) => require(known.body.is_like(body), Refusal::OtherKind),
            None => require(!matches!(known.body, Body::Term { .. }), Refusal::OnlyTerm),
        }
    }

    fn check_signed(&self, by: PersonId, seen: u32) -> Result<(), Refusal> {
        self.check_open()?;
        require(self.people.contains(&by), Refusal::NotOfPair)?;
        require(!self.signed.contains_key(&by), Refusal::SignedAlready)?;
        require(seen == self.edition, Refusal::ReadAgain)
    }

    /// A measure of the text in force.
    fn check_measure(&self, line: Uuid) -> Result<(), Refusal> {
        let known = self.in_force().and_then(|approved| approved.text.0.get(&line));
        require(matches!(known, Some(Body::Measure { .. })), Refusal::NotAMeasure)
    }

    fn check_helper(&self, person: PersonId) -> Result<(), Refusal> {
        require(!self.people.contains(&person), Refusal::HelperOfPair)?;
        let stands = |helper: &Helper| helper.person == person && helper.answer != Some(Answer::Declines);
        require(!self.helpers.iter().any(stands), Refusal::InvitedAlready)
    }

    /// The place of an invitation this person has not answered.
    fn waiting_helper(&self, person: PersonId) -> Option<usize> {
        self.helpers.iter().position(|helper| helper.person == person && helper.answer.is_none())
    }

    /// Lets happen what was found allowed.
    fn carry(&mut self, Recorded { by, at, event }: &Recorded) {
        let (by, at) = (*by, *at);
        match event {
            Event::Made { shape, people, text, origin } => {
                self.origin = origin.map(|program| Origin { program, goals_key: goals_key(text) });
                self.shape = Some(*shape);
                self.people.clone_from(people);
                self.revision = 1;
                self.open = true;
                for (id, body) in &text.0 {
                    self.write(*id, 1, body, (by, at));
                }
            }
            Event::Added { line, body } => self.write(*line, 1, body, (by, at)),
            Event::Changed { line, from, body } => self.write(*line, from + 1, body, (by, at)),
            Event::Removed { line, .. } => {
                self.lines.remove(line);
                self.rewritten();
            }
            Event::Signed { .. } => {
                self.signed.insert(by, at);
            }
            Event::Agreed { remarks } => self.agreed = Some(Call { by, at, remarks: remarks.clone() }),
            Event::Returned { remarks } => {
                self.rewritten();
                self.returned = Some(Returned { by, at, remarks: remarks.clone() });
            }
            Event::CouncilAsked { subject } => self.council = Some(*subject),
            Event::Approved { document } => self.approve(*document, by, at),
            Event::RevisionBegun { reason } => {
                self.open = true;
                self.revision += 1;
                self.reason.clone_from(reason);
            }
            Event::Done { line, on, words } => {
                self.done.insert(*line, Done { on: *on, words: words.clone(), by });
            }
            Event::DoneCanceled { line } => {
                self.done.remove(line);
            }
            Event::HelperInvited { person, task } => {
                let task = task.clone();
                self.helpers.push(Helper { person: *person, task, invited_by: by, answer: None });
            }
            Event::HelperAnswered { accepts } => {
                if let Some(helper) = self.waiting_helper(by).and_then(|place| self.helpers.get_mut(place)) {
                    helper.answer = Some(*accepts);
                }
            }
        }
    }

    fn write(&mut self, id: Uuid, version: u32, body: &Body, (by, at): (PersonId, DateTime<Utc>)) {
        self.lines.insert(id, Line { body: body.clone(), version, by, at });
        self.rewritten();
    }

    /// D3: whoever signed has signed the text as it was; another text needs another signature.
    fn rewritten(&mut self) {
        self.edition += 1;
        self.withdraw_signatures();
    }

    fn withdraw_signatures(&mut self) {
        self.signed.clear();
        self.agreed = None;
        self.council = None;
    }

    fn approve(&mut self, document: Uuid, by: PersonId, at: DateTime<Utc>) {
        self.approved.push(Approved {
            number: self.revision,
            reason: std::mem::take(&mut self.reason),
            text: self.text(),
            by,
            at,
            document,
        });
        self.open = false;
        self.returned = None;
        self.withdraw_signatures();
    }
}

fn require(holds: bool, refusal: Refusal) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(refusal) }
}
