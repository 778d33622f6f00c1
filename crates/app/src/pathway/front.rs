//! What other slices may ask about routes.

use std::collections::BTreeSet;

use nastavnik_domain::pathway::Step;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{companions, steps, store, visible};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;

/// Where one's own route stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnRoute {
    /// Not begun.
    None,
    At(Errand),
    Finished,
}

/// What one's own route asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    pub href: String,
    /// The step one is at.
    pub step: Step,
    /// Comments that wait for an answer, and where the first one stands.
    pub comments: usize,
    pub comments_href: String,
}

/// The next step of this person's route.
pub async fn errand(connection: &impl ConnectionTrait, person: Uuid) -> Outcome<OwnRoute> {
    let Some(held) = store::of_person(connection, person).await? else { return Ok(OwnRoute::None) };
    let Some(step) = held.pathway.current() else { return Ok(OwnRoute::Finished) };
    let first = held.pathway.open_comments().next().map(|comment| comment.step);
    Ok(OwnRoute::At(Errand {
        href: steps::href(step),
        step,
        comments: held.pathway.open_comments().count(),
        comments_href: first.map(steps::href).unwrap_or_default(),
    }))
}

/// Which of these people have a route of their own: that it is there, not a word of it.
pub async fn owners(
    connection: &impl ConnectionTrait,
    people: &[Uuid],
) -> Result<BTreeSet<Uuid>, sea_orm::DbErr> {
    store::owners(connection, people).await
}

/// What is new in the routes one accompanies; each number opens `/routes` with the filter named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub routes: u64,
    /// `?new=products`.
    pub products: u64,
    /// `?new=comments`.
    pub comments: u64,
}

/// Counts the routes the reader accompanies.
pub async fn counts(ctx: &Ctx) -> Outcome<Counts> {
    let mut counts = Counts::default();
    for (row, _) in visible::accompanied(ctx, ctx.app().db.reader(), None).await? {
        counts.routes += 1;
        counts.products += u64::from(companions::is_fresh(&row, ctx.today));
        counts.comments += u64::from(row.open_comments > 0);
    }
    Ok(counts)
}
