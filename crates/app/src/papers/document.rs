//! An issued paper: what it is, where it stands, what the legal gate takes from it.

use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::gate::{
    Agreement, EndBy, EndReason, Ending, MenteeAgreement, Paper, Papers, Partnership, Pay, Scan,
};
use nastavnik_domain::ids::{FileId, PersonId};
use nastavnik_domain::period::Period;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kernel::page::Tone;
use crate::pairs::Pair;

/// Kinds of papers (F2, F3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperKind {
    MentorConsent,
    MenteeAgreement,
    SupplementaryAgreement,
    AppointmentOrder,
    EndingOrder,
    /// The order about the members of a group: somebody joins, or leaves while the others stay.
    AmendingOrder,
    /// The personalized program (F5): approved, not signed as a personal paper.
    Program,
}

impl PaperKind {
    /// Every kind, in the order of the gate.
    pub const ALL: [Self; 7] = [
        Self::MentorConsent,
        Self::MenteeAgreement,
        Self::SupplementaryAgreement,
        Self::AppointmentOrder,
        Self::EndingOrder,
        Self::AmendingOrder,
        Self::Program,
    ];

    /// The code stored in the database and used in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::MentorConsent => "mentor_consent",
            Self::MenteeAgreement => "mentee_agreement",
            Self::SupplementaryAgreement => "supplementary_agreement",
            Self::AppointmentOrder => "appointment_order",
            Self::EndingOrder => "ending_order",
            Self::AmendingOrder => "amending_order",
            Self::Program => "program",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::MentorConsent => "Согласие наставника",
            Self::MenteeAgreement => "Согласие наставляемого",
            Self::SupplementaryAgreement => "Дополнительное соглашение",
            Self::AppointmentOrder => "Приказ о назначении наставников",
            Self::EndingOrder => "Приказ о прекращении наставничества",
            Self::AmendingOrder => "Приказ о внесении изменений",
            Self::Program => "Персонализированная программа",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the director signs it as an order.
    pub const fn is_order(self) -> bool {
        matches!(self, Self::AppointmentOrder | Self::EndingOrder | Self::AmendingOrder)
    }

    /// Whether it changes or ends what an order of appointment has fixed.
    pub const fn changes(self) -> bool {
        matches!(self, Self::EndingOrder | Self::AmendingOrder)
    }

    /// Whether it belongs to the gate: a consent, an agreement, the supplementary agreement.
    pub const fn is_personal(self) -> bool {
        matches!(self, Self::MentorConsent | Self::MenteeAgreement | Self::SupplementaryAgreement)
    }

    /// The letters of the number: each kind has its own register, so that «№ 1» never means two papers.
    const fn letters(self) -> &'static str {
        match self {
            Self::MentorConsent => "СН",
            Self::MenteeAgreement => "СУ",
            Self::SupplementaryAgreement => "ДС",
            Self::AppointmentOrder => "НН",
            Self::EndingOrder => "ПН",
            Self::AmendingOrder => "ВИ",
            Self::Program => "ПП",
        }
    }

    /// «12-НН/2026»: the number in the register of the organization, kind and calendar year.
    pub fn label(self, number: i64, year: i32) -> String {
        format!("{number}-{}/{year}", self.letters())
    }
}

/// What the gate needs of a paper's content.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Facts {
    #[default]
    Nothing,
    Agreement {
        pay: Pay,
        covers: Period,
    },
    Ending(EndingFacts),
    Joining(JoiningFacts),
}

/// The terms on which somebody joins a running group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoiningFacts {
    /// The joining the order is about.
    pub joining: Uuid,
    pub person: Uuid,
    /// The first day asked for; a later signature is a later first day.
    pub starts_on: NaiveDate,
    /// The day the mentor has agreed in writing to one more mentee.
    pub agreed_on: NaiveDate,
}

/// The terms of an ending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndingFacts {
    pub by: EndBy,
    pub reason: EndReason,
    /// The day the other side was told in writing.
    pub notice_on: Option<NaiveDate>,
    pub last_day: NaiveDate,
    pub note: String,
    /// The mentee who leaves a group while the others stay; nothing when the whole mentorship ends.
    #[serde(default)]
    pub leaves: Option<Uuid>,
}

/// An issued paper. Its content and its two files never change; only what happens to it is added.
#[derive(Clone, Debug)]
pub struct Document {
    pub id: Uuid,
    pub organization: Uuid,
    pub kind: PaperKind,
    pub label: String,
    pub dated_on: NaiveDate,
    /// Whose personal paper it is; nobody's for orders.
    pub person: Option<Uuid>,
    pub facts: Facts,
    pub pdf: Uuid,
    pub docx: Uuid,
    pub issued_at: DateTime<Utc>,
    pub signed_on: Option<NaiveDate>,
    pub scan: Option<Uuid>,
    pub canceled_at: Option<DateTime<Utc>>,
    pub cancel_reason: String,
    pub version: i64,
    pub mentorships: Vec<Uuid>,
}

/// Where a paper stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Issued, not signed yet.
    Waits,
    Signed,
    Canceled,
}

impl Standing {
    pub const ALL: [Self; 3] = [Self::Waits, Self::Signed, Self::Canceled];

    /// The code for addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Signed => "signed",
            Self::Canceled => "canceled",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Waits => "на подписи",
            Self::Signed => "подписан",
            Self::Canceled => "отменён",
        }
    }

    /// Color and shape.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Waits => Tone::Wait,
            Self::Signed => Tone::Done,
            Self::Canceled => Tone::Closed,
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

impl Document {
    /// Where the paper stands, by its facts.
    pub const fn standing(&self) -> Standing {
        match (self.canceled_at, self.signed_on) {
            (Some(_), _) => Standing::Canceled,
            (None, Some(_)) => Standing::Signed,
            (None, None) => Standing::Waits,
        }
    }

    /// Neither canceled nor replaced.
    pub const fn is_live(&self) -> bool {
        self.canceled_at.is_none()
    }

    /// «Приказ о назначении наставников № 3-НН/2026 от 01.10.2026».
    pub fn title(&self) -> String {
        let dated = nastavnik_domain::russian::short(self.dated_on);
        format!("{} № {} от {dated}", self.kind.title(), self.label)
    }

    /// The signed paper as the gate sees it: the day of the signature is the day that counts.
    pub(super) fn signed(&self) -> Option<Paper> {
        let dated = self.signed_on.filter(|_| self.is_live())?;
        let scan = self.scan.map_or(Scan::NotAttached, |file| Scan::Attached(FileId(file)));
        Some(Paper { number: self.label.clone(), dated, scan })
    }
}

/// Everything the legal gate looks at, from the signed papers of the mentorship.
pub fn gate_papers(pair: &Pair, documents: &[Document]) -> Papers {
    let own = || documents.iter().filter(|document| document.mentorships.contains(&pair.id));
    let first = |kind: PaperKind| own().find_map(|found| (found.kind == kind).then(|| found.signed())?);
    let mentees = pair.mentees.iter().map(|mentee| MenteeAgreement {
        mentee: PersonId(mentee.person),
        paper: own().find_map(|found| {
            let theirs = found.kind == PaperKind::MenteeAgreement && found.person == Some(mentee.person);
            theirs.then(|| found.signed())?
        }),
        joined: own().find_map(|found| match (&found.facts, found.signed()) {
            (Facts::Joining(facts), Some(order)) if facts.person == mentee.person => Some(order),
            _ => None,
        }),
    });
    let agreement = own().find_map(|found| match (&found.facts, found.signed()) {
        (Facts::Agreement { pay, covers }, Some(paper)) => {
            Some(Agreement { paper, pay: pay.clone(), covers: *covers })
        }
        _ => None,
    });
    let ending = own().find_map(|found| match (&found.facts, found.signed()) {
        (Facts::Ending(facts), Some(order)) if facts.leaves.is_none() => {
            Some(Ending { order, last_day: facts.last_day, reason: facts.reason })
        }
        _ => None,
    });
    Papers {
        period: pair.period,
        partnership: partnership(pair),
        consent: first(PaperKind::MentorConsent),
        mentees: mentees.collect(),
        agreement,
        order: first(PaperKind::AppointmentOrder),
        ending,
    }
}

/// The agreement of cooperation the pair stands on, if it needs one.
fn partnership(pair: &Pair) -> Partnership {
    if !pair.is_across() {
        return Partnership::NotNeeded;
    }
    match (&pair.agreement, &pair.typed) {
        (Some(agreement), _) => Partnership::Recorded {
            paper: Paper {
                number: agreement.number.clone(),
                dated: agreement.dated_on,
                scan: agreement.scan.map_or(Scan::NotAttached, |file| Scan::Attached(FileId(file))),
            },
            days: agreement.terms.days(),
        },
        (None, Some(typed)) => Partnership::Typed(Paper {
            number: typed.number.clone(),
            dated: typed.dated,
            scan: Scan::NotAttached,
        }),
        (None, None) => Partnership::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_own_letters() {
        let labels: std::collections::BTreeSet<String> =
            PaperKind::ALL.iter().map(|kind| kind.label(12, 2026)).collect();
        assert_eq!(labels.len(), PaperKind::ALL.len());
        assert!(labels.contains("12-НН/2026"));
        assert!(PaperKind::ALL.iter().all(|kind| PaperKind::from_code(kind.code()) == Some(*kind)));
        assert!(Standing::ALL.iter().all(|standing| Standing::from_code(standing.code()) == Some(*standing)));
    }

    #[test]
    fn facts_survive_the_database() {
        let facts = Facts::Ending(EndingFacts {
            by: EndBy::Mentor,
            reason: EndReason::Load,
            notice_on: None,
            last_day: "2027-02-12".parse().unwrap(),
            note: "«кавычки»".to_owned(),
            leaves: None,
        });
        let text = serde_json::to_string(&facts).unwrap();
        assert_eq!(serde_json::from_str::<Facts>(&text).unwrap(), facts);
        let issued_before = text.replace(",\"leaves\":null", "");
        assert!(!issued_before.contains("leaves"));
        assert_eq!(serde_json::from_str::<Facts>(&issued_before).unwrap(), facts);
        assert_eq!(serde_json::from_str::<Facts>("{\"of\":\"nothing\"}").unwrap(), Facts::Nothing);
    }
}
