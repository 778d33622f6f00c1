//! The council's word on a program (D10): asked by the curator or by the council itself, answered at a sitting.

use std::collections::BTreeMap;

use nastavnik_domain::policy::Permission;
use nastavnik_domain::program::Event;
use nastavnik_domain::russian::short;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::act;
use super::visible::visible_case;
use crate::council::{self, Decision, MatterKind, NewMatter, Standing};
use crate::kernel::errors::Outcome;
use crate::kernel::page::StepState;
use crate::kernel::web::{Ctx, Path, Submission};

/// What the council says about the text that stands.
pub(super) enum Word {
    NotAsked,
    Waits,
    Said { decision: Decision, words: String, on: chrono::NaiveDate },
}

impl Word {
    /// A sentence for the page; empty if nobody has asked.
    pub(super) fn words(&self) -> String {
        match self {
            Self::NotAsked => String::new(),
            Self::Waits => "Вопрос передан совету наставников, решения ещё нет".to_owned(),
            Self::Said { decision, words, on } => {
                let tail = if words.is_empty() { String::new() } else { format!(": {words}") };
                format!("Совет наставников {}, {}{tail}", said(*decision), short(*on))
            }
        }
    }

    pub(super) fn short(&self) -> String {
        match self {
            Self::NotAsked => String::new(),
            Self::Waits => "ждём решения".to_owned(),
            Self::Said { decision, .. } => said(*decision).to_owned(),
        }
    }

    pub(super) const fn step(&self) -> StepState {
        match self {
            Self::NotAsked => StepState::Ahead,
            Self::Waits => StepState::Now,
            Self::Said { decision: Decision::Declined, .. } => StepState::Stop,
            Self::Said { .. } => StepState::Done,
        }
    }

    /// Why the director can't approve yet.
    pub(super) const fn hinders(&self) -> Option<&'static str> {
        match self {
            Self::Waits => Some("Совет наставников ещё не решил вопрос об этой программе"),
            Self::Said { decision: Decision::Declined, .. } => {
                Some("Совет наставников не согласовал этот текст: верните программу паре с замечаниями")
            }
            _ => None,
        }
    }
}

const fn said(decision: Decision) -> &'static str {
    match decision {
        Decision::Agreed => "согласовал",
        Decision::AgreedWithRemarks => "согласовал с замечаниями",
        Decision::Declined => "не согласовал",
    }
}

/// Where the question stands.
pub(super) async fn standing(connection: &impl ConnectionTrait, subject: Option<Uuid>) -> Outcome<Word> {
    let Some(subject) = subject else { return Ok(Word::NotAsked) };
    Ok(standings(connection, &[subject]).await?.remove(&subject).unwrap_or(Word::Waits))
}

/// Where several questions stand, by one query.
pub(super) async fn standings(
    connection: &impl ConnectionTrait,
    subjects: &[Uuid],
) -> Outcome<BTreeMap<Uuid, Word>> {
    let found = council::standings(connection, MatterKind::Program, subjects).await?;
    let word = |standing| match standing {
        Standing::Decided { decision, words, on } => Word::Said { decision, words, on },
        Standing::Waits { .. } => Word::Waits,
    };
    Ok(found.into_iter().map(|(subject, standing)| (subject, word(standing))).collect())
}

/// Puts the program before the council.
pub(super) async fn ask(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = visible_case(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::AgreePrograms, &case.pair.place())?;
    let change = ctx.change(&submitted).await?;
    let subject = act::fresh();
    let asked = act::act(&ctx, &change, &case, Event::CouncilAsked { subject }).await?;
    asked.map_err(|refusal| act::told(&refusal))?;
    let words = format!("Персонализированная программа: {}", case.pair.title());
    let matter = NewMatter {
        organization: case.pair.organization,
        kind: MatterKind::Program,
        mentorship: id,
        subject,
        words: &words,
        due_on: None,
    };
    council::raise(&change, &matter).await?;
    change.finish(&format!("/pairs/{id}/program"), "Вопрос передан совету наставников").await
}
