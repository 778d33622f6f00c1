//! The only loaders: an evaluation of a pair within reach, and what of it this reader may read.

use nastavnik_domain::evaluation::{Evaluation, Facts, NotYours, State, WavePlan};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::petition::Receiver;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::facts::gather;
use super::record::{self, Part, Row, Shown};
use super::rules::rules;
use super::store;
use crate::council::{self, MatterKind, Standing};
use crate::endings;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::registry::refusal;
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case};

/// An evaluation with everything that is known of it.
pub(super) struct Scene {
    pub(super) case: Case,
    pub(super) plan: WavePlan,
    /// Nothing before the first word.
    pub(super) row: Option<Row>,
    /// Whoever shows them keeps to [`Scene::reads`].
    parts: Vec<Part>,
    pub(super) council: Option<Standing>,
    pub(super) evaluation: Evaluation,
    /// Whose word the conclusion is.
    pub(super) concluder: Receiver,
}

/// The pair, if its evaluations are within reach.
pub(super) async fn visible_case(ctx: &Ctx, connection: &impl ConnectionTrait, pair: Uuid) -> Outcome<Case> {
    let reach = ctx.reach(Permission::ReadEvaluations);
    let case = pairs::visible_case(connection, &reach, ctx.actor().person.0, pair, ctx.today).await?;
    case.ok_or(AppError::NotFound)
}

/// The evaluation of this word in the address.
pub(super) async fn visible(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    pair: Uuid,
    code: &str,
) -> Outcome<Scene> {
    let case = visible_case(ctx, connection, pair).await?;
    let begun = store::of_pairs(connection, &[pair]).await?.remove(&pair).unwrap_or_default();
    let plans = record::plans(&case, rules(ctx.today)?, ctx.today, &begun);
    let plan = plans.into_iter().find(|plan| plan.code() == code).ok_or(AppError::NotFound)?;
    let row = begun.into_iter().find(|row| row.code == code);
    let parts = match &row {
        Some(row) => store::parts(connection, row.id).await?,
        None => Vec::new(),
    };
    let subject = row.as_ref().and_then(|row| row.council);
    let council = match subject {
        Some(subject) => {
            council::standings(connection, MatterKind::Program, &[subject]).await?.remove(&subject)
        }
        None => None,
    };
    let signed: Vec<Uuid> =
        parts.iter().filter(|part| part.signed_at.is_some()).map(|part| part.person).collect();
    let word = record::council_word(council.as_ref(), subject);
    let evaluation = record::evaluation(plan, &case, row.as_ref(), &signed, word);
    let concluder = endings::receiver(ctx, connection, &case.pair).await?;
    Ok(Scene { case, plan, row, parts, council, evaluation, concluder })
}

/// The same with the pair held off other writers.
pub(super) async fn locked(ctx: &Ctx, change: &Change, pair: Uuid, code: &str) -> Outcome<Scene> {
    pairs::lock(change.tx(), &[pair]).await?;
    visible(ctx, change.tx(), pair, code).await
}

impl Scene {
    pub(super) fn base(&self) -> String {
        format!("/pairs/{}/evaluations/{}", self.case.pair.id, self.plan.code())
    }

    /// The own part of this person, signed or not.
    pub(super) fn own_part(&self, person: Uuid) -> Option<&Part> {
        self.parts.iter().find(|part| part.person == person)
    }

    /// The part of somebody, if this reader may read its words: one's own; a signed one within the pair, where a mentee
    /// does not read another's; a signed one its author shows to whoever concludes.
    pub(super) fn readable(&self, ctx: &Ctx, person: Uuid) -> Option<&Part> {
        let me = ctx.actor().person.0;
        let part = self.own_part(person)?;
        if person == me {
            return Some(part);
        }
        let pair = &self.case.pair;
        let signed = part.signed_at.is_some();
        let reads = if pair.has(me) {
            pair.mentor.person == me || pair.mentor.person == person
        } else {
            part.said.shown == Shown::ToCurator && self.concludes(ctx).is_ok()
        };
        (signed && reads).then_some(part)
    }

    /// The days on which parts were signed.
    pub(super) fn signed_days(&self, ctx: &Ctx) -> Vec<(Uuid, chrono::NaiveDate)> {
        let day = |part: &Part| Some((part.person, ctx.day_of(part.signed_at?)));
        self.parts.iter().filter_map(day).collect()
    }

    /// The facts: as they stood at the conclusion, otherwise as they are today.
    pub(super) async fn facts(&self, ctx: &Ctx, connection: &impl ConnectionTrait) -> Outcome<Facts> {
        if let Some(concluded) = self.row.as_ref().and_then(|row| row.concluded.as_ref()) {
            return Ok(concluded.facts.clone());
        }
        let mut found = gather(connection, &[&self.case], ctx.today).await?;
        found.remove(&self.case.pair.id).ok_or(AppError::NotFound)
    }

    pub(super) fn state(&self, ctx: &Ctx) -> State {
        self.evaluation.state(ctx.today)
    }

    /// Only the mentor and the mentees of this very pair give parts.
    pub(super) fn require_participant(&self, ctx: &Ctx) -> Outcome<()> {
        let owes = self.evaluation.owing.contains(&PersonId(ctx.actor().person.0));
        if owes && ctx.reach(Permission::WriteEvaluations).pairs {
            return Ok(());
        }
        Err(refusal(Permission::WriteEvaluations))
    }

    /// Whether this reader concludes the evaluation, whatever its state.
    ///
    /// # Errors
    /// Who does instead.
    pub(super) fn concludes(&self, ctx: &Ctx) -> Result<(), NotYours> {
        record::concludes(ctx, &self.case.pair, self.concluder)
    }

    /// The same as a refusal.
    pub(super) fn require_concluder(&self, ctx: &Ctx) -> Outcome<()> {
        ctx.require(Permission::ConcludeEvaluations, &self.case.pair.place())?;
        self.concludes(ctx).map_err(|why| AppError::Forbidden(why.words()))
    }

    pub(super) fn may(&self, ctx: &Ctx, permission: Permission) -> bool {
        ctx.actor().may_at(permission, &self.case.pair.place())
    }
}

/// A refusal of the rules as the page of a conflict.
pub(super) fn told(refusal: nastavnik_domain::evaluation::Refusal) -> AppError {
    AppError::Conflict(refusal.to_string())
}
