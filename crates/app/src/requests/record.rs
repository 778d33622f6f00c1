//! A request as it is kept, and the wishes that are kept apart from it.

use chrono::NaiveDate;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::person::FullName;
use nastavnik_domain::request::Format;
use nastavnik_domain::year::AcademicYear;
use uuid::Uuid;

use crate::bank::domain_label;

/// What somebody asked for in a year, without the wishes.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) id: Uuid,
    pub(super) person: Uuid,
    pub(super) name: FullName,
    pub(super) organization: Uuid,
    pub(super) school: String,
    pub(super) year: AcademicYear,
    pub(super) answer: Answer,
    pub(super) domains: Vec<Domain>,
    pub(super) formats: Vec<Format>,
    pub(super) words: String,
    pub(super) convenient_time: String,
    pub(super) answered_on: NaiveDate,
    pub(super) version: i64,
}

/// Whether help is needed: «не нужна» is an answer as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Needed,
    NotNeeded,
}

impl Answer {
    /// Code of forms.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::NotNeeded => "not_needed",
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Needed => "просит о помощи",
            Self::NotNeeded => "помощь сейчас не нужна",
        }
    }
}

/// Confidential: for the author and the curator of the organization.
#[derive(Clone, Debug, Default)]
pub(super) struct Wishes {
    pub(super) words: String,
    pub(super) wanted: Vec<(Uuid, FullName)>,
    pub(super) unwanted: Vec<(Uuid, FullName)>,
}

impl Request {
    /// «Д4 Ученики и родители, Д5 Методика».
    pub(super) fn domains_text(&self) -> String {
        self.domains.iter().copied().map(domain_label).collect::<Vec<_>>().join(", ")
    }

    /// «встречи, переписка».
    pub(super) fn formats_text(&self) -> String {
        self.formats.iter().map(|format| format.title()).collect::<Vec<_>>().join(", ")
    }
}

impl Wishes {
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.wanted.is_empty() && self.unwanted.is_empty()
    }

    /// Whether one of these people is named.
    pub(super) fn names(&self, people: &[(Uuid, FullName)]) -> bool {
        self.wanted.iter().chain(&self.unwanted).any(|(id, _)| people.iter().any(|(known, _)| known == id))
    }
}
