//! The only loaders: one's own route, and a route one accompanies.

use std::collections::BTreeSet;

use chrono::Duration;
use nastavnik_domain::pathway::Voice;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::sight::Section;
use super::store::{self, Held, Row};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::Ctx;

/// How long an opening of the personal sections lasts.
const OPEN: Duration = Duration::hours(1);

/// The reader's own route, which is there: the open one, otherwise the latest.
pub(super) async fn own(ctx: &Ctx, connection: &impl ConnectionTrait) -> Outcome<Held> {
    store::of_person(connection, ctx.actor().person.0).await?.ok_or(AppError::NotFound)
}

/// Any of the reader's own routes, the earlier ones too.
pub(super) async fn own_one(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Held> {
    let held = store::one(connection, id).await?;
    held.filter(|held| held.person == ctx.actor().person.0).ok_or(AppError::NotFound)
}

/// A route somebody accompanies, with what is open to them now.
pub(super) struct Accompanied {
    pub(super) row: Row,
    pub(super) held: Held,
    pub(super) voice: Voice,
    /// Opened by the owner and, within the last hour, by the reader.
    pub(super) opened: BTreeSet<Section>,
}

/// All routes the reader accompanies, each with as whom.
pub(super) async fn accompanied(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    id: Option<Uuid>,
) -> Outcome<Vec<(Row, Voice)>> {
    let (reach, me) = (ctx.reach(Permission::ReadRoutes), ctx.actor().person.0);
    let mentees = store::mentees(connection, me, &reach, ctx.today).await?;
    let rows = store::visible(connection, (&reach, me, &mentees), id, ctx.today).await?;
    let with_voice = |row: Row| {
        let voice = row.voice(me, &mentees);
        (row, voice)
    };
    Ok(rows.into_iter().map(with_voice).collect())
}

/// The route of this id, if the reader accompanies it.
pub(super) async fn visible(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Accompanied> {
    let found = accompanied(ctx, connection, Some(id)).await?.pop();
    let (row, voice) = found.ok_or(AppError::NotFound)?;
    let held = store::one(connection, id).await?.ok_or(AppError::NotFound)?;
    let read_at = store::last_reading(connection, id, ctx.actor().person.0).await?;
    let is_open = read_at.is_some_and(|at| at + OPEN > ctx.now);
    let opened = if is_open { held.opens.clone() } else { BTreeSet::new() };
    Ok(Accompanied { row, held, voice, opened })
}
