//! The life of an offer: events applied one after another, each allowed or refused.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::review::{Mark, Verdict};
use crate::ids::{OrganizationId, PersonId};

/// How many reviewers recommend a program before it is published.
const REVIEWERS: usize = 2;

/// One thing that happened to an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The curator offers the program of these people, the mentor and every mentee.
    Offered {
        people: Vec<PersonId>,
        organization: OrganizationId,
    },
    /// Somebody of the pair agrees.
    Agreed,
    /// Somebody of the pair does not agree, or takes the consent back, also after the publication.
    Declined,
    /// A person has looked through what was replaced and decided the doubtful words.
    Checked,
    Reviewed {
        /// Where the reviewer works.
        centers: BTreeSet<OrganizationId>,
        marks: BTreeMap<String, Mark>,
        verdict: Verdict,
        remarks: String,
    },
    Published,
    /// The department takes it out of the base.
    TakenOut {
        reason: String,
    },
    /// The curator takes the offer back before it is published.
    TakenBack,
}

/// An event with its author and moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub event: Event,
}

/// Where an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    AwaitsConsents,
    AwaitsCheck,
    InReview,
    /// A reviewer has remarks: the curator mends and checks anew.
    Returned,
    /// Two reviewers recommend it.
    Recommended,
    Published,
    Gone,
}

impl State {
    pub const ALL: [Self; 7] = [
        Self::AwaitsConsents,
        Self::AwaitsCheck,
        Self::InReview,
        Self::Returned,
        Self::Recommended,
        Self::Published,
        Self::Gone,
    ];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AwaitsConsents => "awaits_consents",
            Self::AwaitsCheck => "awaits_check",
            Self::InReview => "in_review",
            Self::Returned => "returned",
            Self::Recommended => "recommended",
            Self::Published => "published",
            Self::Gone => "gone",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::AwaitsConsents => "ждёт согласия пары",
            Self::AwaitsCheck => "ждёт проверки куратора",
            Self::InReview => "у рецензентов",
            Self::Returned => "возвращена с замечаниями",
            Self::Recommended => "ждёт публикации",
            Self::Published => "опубликована",
            Self::Gone => "снята",
        }
    }
}

/// How an offer ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Somebody of the pair. Who is told to nobody.
    Declined,
    TakenOut {
        reason: String,
    },
    TakenBack,
}

/// A reviewer's word about the text as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub by: PersonId,
    pub at: DateTime<Utc>,
    pub marks: BTreeMap<String, Mark>,
    pub verdict: Verdict,
    pub remarks: String,
}

/// An offer as its events make it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Offer {
    /// The mentor and every mentee: all of them agree.
    pub people: Vec<PersonId>,
    pub organization: Option<OrganizationId>,
    pub agreed: BTreeMap<PersonId, DateTime<Utc>>,
    /// Who has offered or checked: they review nothing of their own.
    pub authors: BTreeSet<PersonId>,
    pub checked_at: Option<DateTime<Utc>>,
    /// Reviews of the text as it was checked last.
    pub reviews: Vec<Review>,
    pub published_at: Option<DateTime<Utc>>,
    pub ending: Option<Ending>,
    /// How many events made it.
    pub version: u32,
}

/// Why something can't happen to an offer now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Программа уже предложена в базу")]
    OfferedAlready,
    #[error("Программа в базу не предложена")]
    NotOffered,
    #[error("Эта программа снята. Открыть её снова нельзя, можно предложить новую")]
    Gone,
    #[error("Согласие дают только наставник и наставляемые этой программы")]
    NotOfPair,
    #[error("Вы уже согласились")]
    AgreedAlready,
    #[error("Сначала должны согласиться наставник и все наставляемые")]
    NoConsents,
    #[error("Программу уже проверили")]
    CheckedAlready,
    #[error("Свою программу проверяет, рецензирует и публикует кто-то другой")]
    OwnProgram,
    #[error("Программу ещё не проверил куратор")]
    NotChecked,
    #[error("Рецензент работает в другой организации и не готовил эту программу")]
    NotIndependent,
    #[error("Вы уже дали отзыв об этой программе")]
    ReviewedAlready,
    #[error("Публиковать можно после двух положительных отзывов разных рецензентов")]
    NotRecommended,
    #[error("Программа уже опубликована, снять её может департамент или сама пара")]
    Published,
    #[error("Программа не опубликована")]
    NotPublished,
}

impl Offer {
    /// Applies the events from the beginning.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Result<Self, Refusal> {
        let mut offer = Self::default();
        for recorded in events {
            offer.apply(recorded)?;
        }
        Ok(offer)
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        if self.ending.is_some() {
            return State::Gone;
        }
        if self.published_at.is_some() {
            return State::Published;
        }
        if !self.has_consents() {
            return State::AwaitsConsents;
        }
        if self.checked_at.is_none() {
            return State::AwaitsCheck;
        }
        if self.reviews.iter().any(|review| review.verdict == Verdict::Return) {
            return State::Returned;
        }
        if self.reviews.len() >= REVIEWERS { State::Recommended } else { State::InReview }
    }

    /// Everybody whose program it was has agreed.
    pub fn has_consents(&self) -> bool {
        self.people.iter().all(|person| self.agreed.contains_key(person))
    }

    /// What the reviewers want mended.
    pub fn remarks(&self) -> impl Iterator<Item = &Review> {
        self.reviews.iter().filter(|review| review.verdict == Verdict::Return)
    }

    /// Whether this person may review it: not of the pair, not of its organization, not who has prepared it (D12).
    pub fn may_review(&self, by: PersonId, centers: &BTreeSet<OrganizationId>) -> Result<(), Refusal> {
        require(!self.people.contains(&by), Refusal::OwnProgram)?;
        let is_inside = self.organization.is_some_and(|organization| centers.contains(&organization));
        require(!is_inside && !self.authors.contains(&by), Refusal::NotIndependent)
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
        let is_new = self.organization.is_none();
        if let Event::Offered { .. } = event {
            return require(is_new, Refusal::OfferedAlready);
        }
        require(!is_new, Refusal::NotOffered)?;
        require(self.ending.is_none(), Refusal::Gone)?;
        let of_pair = self.people.contains(by);
        let state = self.state();
        match event {
            Event::Offered { .. } => Err(Refusal::OfferedAlready),
            Event::Agreed => {
                require(of_pair, Refusal::NotOfPair)?;
                require(!self.agreed.contains_key(by), Refusal::AgreedAlready)
            }
            Event::Declined => require(of_pair, Refusal::NotOfPair),
            Event::Checked => {
                require(!of_pair, Refusal::OwnProgram)?;
                require(self.has_consents(), Refusal::NoConsents)?;
                let waits = matches!(state, State::AwaitsCheck | State::Returned);
                require(waits, Refusal::CheckedAlready)
            }
            Event::Reviewed { centers, .. } => {
                self.may_review(*by, centers)?;
                require(!self.reviews.iter().any(|review| review.by == *by), Refusal::ReviewedAlready)?;
                require(state == State::InReview, Refusal::NotChecked)
            }
            Event::Published => {
                require(!of_pair, Refusal::OwnProgram)?;
                require(state == State::Recommended, Refusal::NotRecommended)?;
                require(!self.reviews.iter().any(|review| review.by == *by), Refusal::NotIndependent)
            }
            Event::TakenOut { .. } => require(state == State::Published, Refusal::NotPublished),
            Event::TakenBack => require(state != State::Published, Refusal::Published),
        }
    }

    /// Lets happen what was found allowed.
    fn carry(&mut self, Recorded { by, at, event }: &Recorded) {
        let (by, at) = (*by, *at);
        match event {
            Event::Offered { people, organization } => {
                self.people.clone_from(people);
                self.organization = Some(*organization);
                self.authors.insert(by);
            }
            Event::Agreed => {
                self.agreed.insert(by, at);
            }
            Event::Declined => {
                self.agreed.remove(&by);
                self.ending = Some(Ending::Declined);
            }
            Event::Checked => {
                // Another text needs other reviews.
                self.reviews.clear();
                self.checked_at = Some(at);
                self.authors.insert(by);
            }
            Event::Reviewed { marks, verdict, remarks, .. } => {
                let (marks, remarks) = (marks.clone(), remarks.clone());
                self.reviews.push(Review { by, at, marks, verdict: *verdict, remarks });
            }
            Event::Published => self.published_at = Some(at),
            Event::TakenOut { reason } => self.ending = Some(Ending::TakenOut { reason: reason.clone() }),
            Event::TakenBack => self.ending = Some(Ending::TakenBack),
        }
    }
}

fn require(condition: bool, refusal: Refusal) -> Result<(), Refusal> {
    if condition { Ok(()) } else { Err(refusal) }
}
