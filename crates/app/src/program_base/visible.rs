//! The only loaders: what each may see of an offer.

use std::collections::BTreeSet;

use nastavnik_domain::ids::OrganizationId;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::program_base::State;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::Held;
use super::store;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::Ctx;

/// What reviewers read.
pub(super) const REVIEWED: &[State] = &[State::InReview, State::Recommended];

/// Besides, what a form may come back to that was sent twice: a return has moved the program on.
pub(super) const ANSWERED: &[State] = &[State::InReview, State::Recommended, State::Returned];

/// What the department reads.
pub(super) const PUBLISHABLE: &[State] = &[State::Recommended, State::Published];

/// Besides, what was taken out by a form that is sent twice.
pub(super) const DECIDED: &[State] = &[State::Recommended, State::Published, State::Gone];

/// A published program within reach.
pub(super) async fn published(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Held> {
    seen(ctx, connection, id, (Permission::ReadProgramBase, &[State::Published])).await
}

/// An offer of the curator's organization, whatever its state.
pub(super) async fn offered(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Held> {
    seen(ctx, connection, id, (Permission::OfferPrograms, &State::ALL)).await
}

/// An offer before the reviewers, if this person may review it: whoever is not independent finds nothing.
pub(super) async fn reviewed(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    id: Uuid,
    states: &[State],
) -> Outcome<Held> {
    let held = seen(ctx, connection, id, (Permission::ReviewPrograms, states)).await?;
    let centers = centers(ctx, connection).await?;
    held.offer.may_review(ctx.actor().person, &centers).map_err(|_| AppError::NotFound)?;
    Ok(held)
}

/// An offer that two reviewers recommend, or a published one.
pub(super) async fn publishable(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    id: Uuid,
    states: &[State],
) -> Outcome<Held> {
    seen(ctx, connection, id, (Permission::PublishPrograms, states)).await
}

/// An offer of the own program.
pub(super) async fn own(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Held> {
    let held = store::one(connection, id).await?.ok_or(AppError::NotFound)?;
    let is_own = held.offer.people.contains(&ctx.actor().person);
    if is_own { Ok(held) } else { Err(AppError::NotFound) }
}

/// Where this person works or holds a role.
pub(super) async fn centers(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
) -> Outcome<BTreeSet<OrganizationId>> {
    let mut centers = store::centers_of(connection, ctx.actor().person.0, ctx.today).await?;
    centers.extend(ctx.actor().grants.iter().map(|grant| grant.organization));
    Ok(centers)
}

async fn seen(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    id: Uuid,
    (permission, states): (Permission, &[State]),
) -> Outcome<Held> {
    let held = store::one(connection, id).await?.ok_or(AppError::NotFound)?;
    let sees = ctx.actor().may_at(permission, &held.place) && states.contains(&held.state());
    if sees { Ok(held) } else { Err(AppError::NotFound) }
}
