//! A request as it is kept, and how long it has waited.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::config::{HelpRules, help_rules};
use nastavnik_domain::help::{Urgency, WorkingTime};
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Place;
use nastavnik_domain::russian::long;
use nastavnik_domain::working_days::Calendar;
use uuid::Uuid;

use crate::bank::domain_label;
use crate::kernel::page::Tone;

/// Facts of a request: everything but what was asked and answered.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) id: Uuid,
    pub(super) pair: Uuid,
    pub(super) place: Place,
    pub(super) zone: Tz,
    pub(super) mentor: Uuid,
    pub(super) mentor_name: FullName,
    pub(super) asker: Uuid,
    pub(super) asker_name: FullName,
    pub(super) urgency: Urgency,
    pub(super) shown: Shown,
    pub(super) asked_at: DateTime<Utc>,
    pub(super) answered_at: Option<DateTime<Utc>>,
    pub(super) closed_at: Option<DateTime<Utc>>,
    pub(super) withdrawn_at: Option<DateTime<Utc>>,
    pub(super) version: i64,
}

/// What belongs to the pair's ring.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) domain: Domain,
    pub(super) words: String,
    pub(super) answer: String,
    pub(super) meet_on: Option<NaiveDate>,
}

/// A request with its content: for the two people, and for the curator if the asker has decided so.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) fact: Fact,
    pub(super) content: Content,
}

/// Whether the curator may read the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    ToPair,
    ToCurator,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Waits,
    WaitsTooLong,
    Answered,
    Closed,
    Withdrawn,
}

/// By what working time is counted.
pub(super) struct Measure {
    calendar: Calendar,
    rules: HelpRules,
}

impl Measure {
    pub(super) fn on(day: NaiveDate) -> anyhow::Result<Self> {
        Ok(Self { calendar: Calendar::bundled()?, rules: help_rules()?.on(day)?.value })
    }

    /// Working time between two moments where the pair is.
    fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> WorkingTime {
        let local = |moment: DateTime<Utc>| moment.with_timezone(&zone).naive_local();
        WorkingTime::between(local(from), local(to), &self.calendar, &self.rules)
    }

    /// How soon a request was answered.
    pub(super) fn answered_in(&self, fact: &Fact) -> Option<WorkingTime> {
        Some(self.between(fact.asked_at, fact.answered_at?, fact.zone))
    }

    /// How long it has waited up to now.
    pub(super) fn waited(&self, fact: &Fact, now: DateTime<Utc>) -> WorkingTime {
        self.between(fact.asked_at, now, fact.zone)
    }

    pub(super) fn standing(&self, fact: &Fact, now: DateTime<Utc>) -> Standing {
        if fact.withdrawn_at.is_some() {
            return Standing::Withdrawn;
        }
        match (fact.closed_at, fact.answered_at) {
            (Some(_), _) => Standing::Closed,
            (None, Some(_)) => Standing::Answered,
            (None, None) if self.waited(fact, now) > fact.urgency.limit(&self.rules) => {
                Standing::WaitsTooLong
            }
            (None, None) => Standing::Waits,
        }
    }

    /// «4 рабочих часа»: what the limit of an urgency is, for people.
    pub(super) fn limit(&self, urgency: Urgency) -> String {
        urgency.limit(&self.rules).to_string()
    }
}

impl Standing {
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Waits => "ждёт ответа",
            Self::WaitsTooLong => "ждёт слишком долго",
            Self::Answered => "есть ответ",
            Self::Closed => "закрыта",
            Self::Withdrawn => "снята",
        }
    }

    pub(super) const fn tone(self) -> Tone {
        match self {
            Self::Waits => Tone::Wait,
            Self::WaitsTooLong => Tone::Late,
            Self::Answered => Tone::Done,
            Self::Closed | Self::Withdrawn => Tone::Closed,
        }
    }

    /// Nobody has answered yet.
    pub(super) const fn waits(self) -> bool {
        matches!(self, Self::Waits | Self::WaitsTooLong)
    }

    pub(super) const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn)
    }
}

impl Fact {
    /// «27 ноября 2026 г., 13:05».
    pub(super) fn asked(&self) -> String {
        let at = self.asked_at.with_timezone(&self.zone).naive_local();
        format!("{}, {}", long(at.date()), at.format("%H:%M"))
    }

    pub(super) fn is_shown(&self) -> bool {
        self.shown == Shown::ToCurator
    }
}

impl Content {
    pub(super) fn domain(&self) -> String {
        domain_label(self.domain)
    }
}
