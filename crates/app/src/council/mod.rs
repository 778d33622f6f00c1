//! The mentor council and what stands against a pair: opinions, objections, matters to decide (п. 3.5, 4.1.3, F10).

mod store;

use chrono::NaiveDate;
use nastavnik_domain::matching::people::Mark;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::kernel::change::Change;

/// Two people who must not be paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ban {
    pub mentor: Uuid,
    pub mentee: Uuid,
    pub mark: Mark,
}

/// Everything that stands against pairs of these organizations' mentees: «не рекомендуется», objections not lifted.
pub async fn bans(connection: &impl ConnectionTrait, organizations: &[Uuid]) -> Result<Vec<Ban>, DbErr> {
    store::bans(connection, organizations).await
}

/// What the council is asked to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatterKind {
    Pair,
    Program,
    /// A disagreement about ending or replacement (п. 5.2.1). Whoever takes part in the pair never sees it on an agenda.
    Dispute,
}

impl MatterKind {
    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pair => "pair",
            Self::Program => "program",
            Self::Dispute => "dispute",
        }
    }
}

/// A question for the council.
#[derive(Clone, Debug)]
pub struct NewMatter<'a> {
    pub organization: Uuid,
    pub kind: MatterKind,
    pub mentorship: Uuid,
    /// The row of the slice that asks; for a pair, the pair itself.
    pub subject: Uuid,
    /// What is asked, in words for the agenda.
    pub words: &'a str,
    pub due_on: Option<NaiveDate>,
}

/// Puts a question before the council; one that already waits about the same subject stays as it is.
pub async fn raise(change: &Change, matter: &NewMatter<'_>) -> Result<(), DbErr> {
    store::raise(change, matter).await
}

/// Takes the question about a subject back, if it still waits.
pub async fn take_back(change: &Change, kind: MatterKind, subject: Uuid) -> Result<(), DbErr> {
    store::take_back(change, kind, subject).await
}

/// How the council decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Agreed,
    AgreedWithRemarks,
    Declined,
}

impl Decision {
    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::AgreedWithRemarks => "agreed_with_remarks",
            Self::Declined => "declined",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Agreed, Self::AgreedWithRemarks, Self::Declined]
            .into_iter()
            .find(|decision| decision.code() == code)
    }
}

/// Where a question stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Waits { due_on: Option<NaiveDate> },
    Decided { decision: Decision, words: String, on: NaiveDate },
}

/// The newest question of each of these subjects that was not taken back.
pub async fn standings(
    connection: &impl ConnectionTrait,
    kind: MatterKind,
    subjects: &[Uuid],
) -> anyhow::Result<std::collections::BTreeMap<Uuid, Standing>> {
    store::standings(connection, kind, subjects).await
}
