//! The only loaders: whose seat the reader has at a pair, and which of its tasks are theirs. A mentor reads every task of
//! the own pair, a mentee the own ones: in a group a colleague's task does not exist for the others (decision 0019).

use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, Held};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::registry::refusal;
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case, State};

/// A pair in which the reader takes part.
pub(super) async fn ring(ctx: &Ctx, connection: &impl ConnectionTrait, pair: Uuid) -> Outcome<Option<Case>> {
    within(ctx, connection, Permission::ReadPairNotes, pair).await
}

/// A pair whose numbers the reader sees.
pub(super) async fn beside(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> Outcome<Option<Case>> {
    within(ctx, connection, Permission::ReadPairFacts, pair).await
}

/// A task of the reader's, with its pair.
pub(super) async fn visible_task(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    (pair, id): (Uuid, Uuid),
) -> Outcome<(Case, Held)> {
    let case = ring(ctx, connection, pair).await?.ok_or(AppError::NotFound)?;
    let held = store::held(connection, pair, id).await?.ok_or(AppError::NotFound)?;
    let me = ctx.actor().person.0;
    let is_mine = is_mentor(ctx, &case) || held.task.mentee.0 == me;
    if is_mine { Ok((case, held)) } else { Err(AppError::NotFound) }
}

/// The pair for its mentor, who sets tasks while it works.
pub(super) async fn setting(ctx: &Ctx, connection: &impl ConnectionTrait, pair: Uuid) -> Outcome<Case> {
    let case = ring(ctx, connection, pair).await?.ok_or(AppError::NotFound)?;
    if !is_mentor(ctx, &case) {
        return Err(refusal(Permission::WritePairNotes));
    }
    require_work(ctx, &case)?;
    Ok(case)
}

/// On which side of the pair the reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seat {
    Mentor,
    Mentee,
}

impl Seat {
    pub(super) fn of(ctx: &Ctx, case: &Case) -> Self {
        if is_mentor(ctx, case) { Self::Mentor } else { Self::Mentee }
    }
}

/// Whether the reader is the mentor of the pair.
fn is_mentor(ctx: &Ctx, case: &Case) -> bool {
    case.pair.mentor.person == ctx.actor().person.0
}

/// Whether the reader may write in this pair today: it works, and they have not left its group.
pub(super) fn works(ctx: &Ctx, case: &Case) -> bool {
    let has_left = case.pair.left.get(&ctx.actor().person.0).is_some_and(|day| *day <= ctx.today);
    case.state == State::Active && !has_left
}

/// Only a pair that works today writes.
pub(super) fn require_work(ctx: &Ctx, case: &Case) -> Outcome<()> {
    if works(ctx, case) {
        return Ok(());
    }
    Err(AppError::Conflict(
        "Задания ведёт пара, которая работает: приказ подписан и срок не вышел. Откройте карточку пары"
            .to_owned(),
    ))
}

async fn within(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    permission: Permission,
    pair: Uuid,
) -> Outcome<Option<Case>> {
    let reach = ctx.reach(permission);
    Ok(pairs::visible_case(connection, &reach, ctx.actor().person.0, pair, ctx.today).await?)
}

/// «Иванова А. А.» of somebody in the pair.
pub(super) fn name(case: &Case, person: Uuid) -> String {
    let found = case.pair.people().find(|participant| participant.person == person);
    found.map_or_else(|| "участник пары".to_owned(), |participant| participant.name.short())
}
