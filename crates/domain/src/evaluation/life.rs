//! How an evaluation goes on: parts are given, the curator concludes, the director confirms (п. 4.1.1, 4.1.2).

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Decision, WavePlan};
use crate::ids::PersonId;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Its first day has not come.
    Ahead,
    /// Parts are waited for.
    Open,
    /// Every part is given.
    Given,
    Concluded,
    Confirmed,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Ahead, Self::Open, Self::Given, Self::Concluded, Self::Confirmed];

    /// The code for addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Open => "open",
            Self::Given => "given",
            Self::Concluded => "concluded",
            Self::Confirmed => "confirmed",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ahead => "ещё не началась",
            Self::Open => "ждём участников",
            Self::Given => "ждёт заключения",
            Self::Concluded => "ждёт утверждения",
            Self::Confirmed => "утверждена",
        }
    }
}

/// What the council says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Council {
    NotAsked,
    Waits,
    Agreed,
    Declined,
}

/// The curator's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conclusion {
    pub decision: Decision,
    pub on: NaiveDate,
}

/// An evaluation of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    pub plan: WavePlan,
    /// The mentor and the mentees who stay.
    pub owing: BTreeSet<PersonId>,
    /// Those who have signed their part.
    pub given: BTreeSet<PersonId>,
    pub conclusion: Option<Conclusion>,
    pub council: Council,
    pub confirmed_on: Option<NaiveDate>,
}

/// What somebody does to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A participant signs the own part, or writes it anew.
    Give(PersonId),
    /// A participant takes the signature back to go on writing.
    TakeBack(PersonId),
    Conclude(Decision),
    AskCouncil,
    /// The director sends it back to the curator.
    Return,
    Confirm,
}

/// Why it can't be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("Оценка ещё не началась: она откроется в свой день")]
    TooEarly,
    #[error("Свою часть пишут наставник и наставляемый этой пары")]
    NotAParticipant,
    #[error("Куратор уже подвёл итог: свою часть больше не меняют")]
    AlreadyConcluded,
    #[error("Ждём части участников: без них итог подводят после последнего дня")]
    PartsMissing,
    #[error("Такое решение в этой оценке не принимают")]
    NotOffered,
    #[error("Итог ещё не подведён")]
    NotConcluded,
    #[error("Вопрос уже передан совету наставников: итог не меняют, пока он решает")]
    CouncilAsked,
    #[error("Совет наставников ещё не решил вопрос об этой программе")]
    CouncilWaits,
    #[error("Совет наставников не согласовал это решение: верните оценку куратору")]
    CouncilDeclined,
    #[error("Оценка утверждена и больше не меняется")]
    Confirmed,
}

impl Evaluation {
    /// Nothing has been done yet.
    pub fn new(plan: WavePlan, owing: BTreeSet<PersonId>) -> Self {
        Self {
            plan,
            owing,
            given: BTreeSet::new(),
            conclusion: None,
            council: Council::NotAsked,
            confirmed_on: None,
        }
    }

    /// Where it stands on the day.
    pub fn state(&self, today: NaiveDate) -> State {
        if self.confirmed_on.is_some() {
            State::Confirmed
        } else if self.conclusion.is_some() {
            State::Concluded
        } else if today < self.plan.opens {
            State::Ahead
        } else if self.missing().next().is_none() {
            State::Given
        } else {
            State::Open
        }
    }

    /// Whose parts are waited for.
    pub fn missing(&self) -> impl Iterator<Item = PersonId> {
        self.owing.difference(&self.given).copied()
    }

    /// Parts are late: the curator needn't wait for them.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.state(today) == State::Open && today > self.plan.due
    }

    /// Whether it may be done on the day.
    ///
    /// # Errors
    /// Why not, for people.
    pub fn allow(&self, deed: Deed, today: NaiveDate) -> Result<(), Refusal> {
        let state = self.state(today);
        if state == State::Confirmed {
            return Err(Refusal::Confirmed);
        }
        if state == State::Ahead {
            return Err(Refusal::TooEarly);
        }
        match deed {
            Deed::Give(person) | Deed::TakeBack(person) if !self.owing.contains(&person) => {
                Err(Refusal::NotAParticipant)
            }
            Deed::Give(_) | Deed::TakeBack(_) if state == State::Concluded => Err(Refusal::AlreadyConcluded),
            Deed::Conclude(decision) => self.conclude(decision, today),
            Deed::AskCouncil | Deed::Return | Deed::Confirm if state != State::Concluded => {
                Err(Refusal::NotConcluded)
            }
            Deed::AskCouncil if self.council != Council::NotAsked => Err(Refusal::CouncilAsked),
            Deed::Confirm if self.council == Council::Waits => Err(Refusal::CouncilWaits),
            Deed::Confirm if self.council == Council::Declined => Err(Refusal::CouncilDeclined),
            Deed::Give(_) | Deed::TakeBack(_) | Deed::AskCouncil | Deed::Return | Deed::Confirm => Ok(()),
        }
    }

    fn conclude(&self, decision: Decision, today: NaiveDate) -> Result<(), Refusal> {
        if !Decision::offered(self.plan.wave).contains(&decision) {
            return Err(Refusal::NotOffered);
        }
        if self.conclusion.is_some() && self.council != Council::NotAsked {
            return Err(Refusal::CouncilAsked);
        }
        if self.conclusion.is_none() && self.missing().next().is_some() && today <= self.plan.due {
            return Err(Refusal::PartsMissing);
        }
        Ok(())
    }

    /// What it is after the deed.
    ///
    /// # Errors
    /// Why not, for people.
    pub fn after(mut self, deed: Deed, today: NaiveDate) -> Result<Self, Refusal> {
        self.allow(deed, today)?;
        match deed {
            Deed::Give(person) => {
                self.given.insert(person);
            }
            Deed::TakeBack(person) => {
                self.given.remove(&person);
            }
            Deed::Conclude(decision) => self.conclusion = Some(Conclusion { decision, on: today }),
            Deed::AskCouncil => self.council = Council::Waits,
            Deed::Return => {
                self.conclusion = None;
                self.council = Council::NotAsked;
            }
            Deed::Confirm => self.confirmed_on = Some(today),
        }
        Ok(self)
    }
}
