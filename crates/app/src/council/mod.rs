//! The mentor council and what stands against a pair: opinions, objections, matters to decide (п. 3.5, 4.1.3, F10).
//!
//! Three rings. Method and notes of the psychologist belong to their author. Word, advice and objections are read by the
//! curator and the council, never by the pair. A dispute is heard at a sitting of its own, which does not exist for
//! whoever takes part in the pair (решение 0013).

mod agenda;
mod board;
mod desk;
mod item;
mod matter;
mod minutes;
mod objection;
mod office;
mod opinion;
mod plan;
mod presence;
mod signs;
mod sitting;
mod store;
mod verdict;
mod visible;
mod withdrawal;

use chrono::NaiveDate;
use nastavnik_domain::matching::people::Mark;
use nastavnik_domain::policy::Permission;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

pub use desk::without_opinion;
pub use signs::{Sign, signs};
pub use store::{fresh_decisions, waiting};

use crate::kernel::change::Change;
use crate::kernel::page::Tone;
use crate::kernel::registry::Registry;

/// Paths of opinions, objections and the council.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{
        FormPairs, GiveOpinion, HoldCouncil, ObjectToPairs, ReadCouncil, ReadOpinions, ReadPairs,
    };
    registry
        .get("/opinions", GiveOpinion, desk::show)
        .get("/opinions/new", GiveOpinion, desk::show_new)
        .post("/opinions", GiveOpinion, desk::create)
        .get("/pairs/{id}/opinions", ReadOpinions, opinion::show)
        .post("/pairs/{id}/opinions", GiveOpinion, opinion::give)
        .get("/pairs/{id}/objections", ReadPairs, objection::show)
        .post("/pairs/{id}/objections", ObjectToPairs, objection::raise)
        .post("/pairs/{id}/objections/{objection}/lifting", ObjectToPairs, objection::lift)
        .get("/council", ReadCouncil, board::show)
        .post("/council/offices", HoldCouncil, office::choose)
        .get("/council/matters/new", FormPairs, matter::show_new)
        .post("/council/matters", FormPairs, matter::send)
        .get("/council/matters/{matter}/withdrawal", FormPairs, withdrawal::show)
        .post("/council/matters/{matter}/withdrawal", FormPairs, withdrawal::create)
        .get("/council/sittings/new", HoldCouncil, plan::show_new)
        .post("/council/sittings", HoldCouncil, plan::create)
        .get("/council/sittings/{id}", ReadCouncil, sitting::show)
        .post("/council/sittings/{id}/presence", HoldCouncil, presence::record)
        .post("/council/sittings/{id}/closing", HoldCouncil, minutes::close)
        .post("/council/sittings/{id}/cancellation", HoldCouncil, sitting::cancel)
        .get("/council/sittings/{id}/minutes.pdf", ReadCouncil, minutes::pdf)
        .get("/council/sittings/{id}/minutes.docx", ReadCouncil, minutes::docx)
        .get("/council/sittings/{id}/items/{item}", ReadCouncil, item::show)
        .post("/council/sittings/{id}/items/{item}", HoldCouncil, item::record)
}

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

    fn from_code(code: &str) -> Option<Self> {
        [Self::Pair, Self::Program, Self::Dispute].into_iter().find(|kind| kind.code() == code)
    }

    /// The question as an agenda begins it.
    const fn question(self) -> &'static str {
        match self {
            Self::Pair => "О закреплении пары",
            Self::Program => "О персонализированной программе наставничества",
            Self::Dispute => "О разногласии в паре",
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

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Agreed => "согласовано",
            Self::AgreedWithRemarks => "согласовано с замечаниями",
            Self::Declined => "не согласовано",
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::Agreed => Tone::Done,
            Self::AgreedWithRemarks => Tone::Wait,
            Self::Declined => Tone::Closed,
        }
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
