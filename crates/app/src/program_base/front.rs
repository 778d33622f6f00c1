//! What other slices may ask about the base.

use nastavnik_domain::policy::Permission;
use nastavnik_domain::program_base::State;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::Held;
use super::{reviews, store};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;

/// What waits for somebody in the base, for the home page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// `/own/base`: own programs that wait for the own consent.
    pub to_agree: usize,
    /// `/base/offers`: consented ones to check, and those a reviewer has sent back.
    pub to_check: usize,
    /// `/base/reviews`.
    pub to_review: usize,
    /// `/base/publications`.
    pub to_publish: usize,
}

/// Counts what waits for the one who asks, in all their roles.
pub async fn desk(ctx: &Ctx) -> Outcome<Desk> {
    let (db, actor) = (ctx.app().db.reader(), ctx.actor());
    let me = actor.person;
    let own = store::of_person(db, me.0).await?;
    let waits = |held: &&Held| held.state() == State::AwaitsConsents && !held.offer.agreed.contains_key(&me);
    let mut desk = Desk { to_agree: own.iter().filter(waits).count(), ..Desk::default() };
    if actor.may_somewhere(Permission::OfferPrograms) {
        let states = [State::AwaitsCheck, State::Returned];
        desk.to_check = store::within(db, &ctx.reach(Permission::OfferPrograms), &states).await?.len();
    }
    if actor.may_somewhere(Permission::ReviewPrograms) {
        let open = |held: &&Held| {
            held.state() == State::InReview && held.offer.reviews.iter().all(|review| review.by != me)
        };
        desk.to_review = reviews::waiting(ctx).await?.iter().filter(open).count();
    }
    if actor.may_somewhere(Permission::PublishPrograms) {
        let reach = ctx.reach(Permission::PublishPrograms);
        desk.to_publish = store::within(db, &reach, &[State::Recommended]).await?.len();
    }
    Ok(desk)
}

/// The title of a program while it is in the base.
pub async fn published_title(connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Option<String>> {
    let held = store::one(connection, id).await?;
    Ok(held.filter(|held| held.state() == State::Published).map(|held| held.content.title))
}
