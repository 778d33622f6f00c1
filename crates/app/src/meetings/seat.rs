//! The only loaders: whose seat the reader has at a pair. In the ring stands who takes part in it; beside it stand those
//! who see that meetings happen and never what was said.

use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case, State};
use crate::programs;

/// A pair in which the reader takes part.
pub(super) async fn ring(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Option<Case>> {
    within(ctx, connection, Permission::ReadPairNotes, id).await
}

/// A pair whose facts the reader sees.
pub(super) async fn beside(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Option<Case>> {
    within(ctx, connection, Permission::ReadPairFacts, id).await
}

/// A pair in which the reader takes part, and which works today: only such a pair writes.
pub(super) async fn writing(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Case> {
    let case = within(ctx, connection, Permission::WritePairNotes, id).await?.ok_or(AppError::NotFound)?;
    if case.state == State::Active {
        return Ok(case);
    }
    Err(AppError::Conflict(
        "Встречи записывает пара, которая работает: приказ подписан и срок не вышел. Откройте карточку пары"
            .to_owned(),
    ))
}

async fn within(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    permission: Permission,
    id: Uuid,
) -> Outcome<Option<Case>> {
    let reach = ctx.reach(permission);
    let mut case = pairs::visible_case(connection, &reach, ctx.actor().person.0, id, ctx.today).await?;
    if let Some(case) = case.as_mut() {
        // What a meeting is about is chosen among the goals: those of the approved program stand beside those of the terms.
        let goals = programs::approved_goals(connection, id).await?;
        case.pair.goals.extend(goals);
    }
    Ok(case)
}

/// «Иванова А. А.» of somebody in the pair.
pub(super) fn name(case: &Case, person: Uuid) -> String {
    let found = case.pair.people().find(|participant| participant.person == person);
    found.map_or_else(|| "участник пары".to_owned(), |participant| participant.name.short())
}
