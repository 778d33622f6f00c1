//! A pair that goes on with the work of another one: the mentor was replaced (F7), or the same two go on.

use std::collections::BTreeMap;

use nastavnik_domain::policy::Permission;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::state::Case;
use super::store;
use crate::kernel::change::Change;
use crate::kernel::web::Ctx;

/// A pair before or after this one, as a reader of this one knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbor {
    pub pair: Uuid,
    /// The reader takes part in it and may be led there; whoever does not, learns only that it is.
    pub is_own: bool,
}

/// What was before a pair and what comes after it. A pair that was given up is neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Succession {
    pub before: Option<Neighbor>,
    pub after: Option<Neighbor>,
}

/// The pairs before and after this one: one query.
pub async fn succession(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    reader: Uuid,
) -> Result<Succession, DbErr> {
    let mut found = Succession::default();
    for row in store::neighbors(connection, pair, reader).await? {
        let neighbor = Some(Neighbor { pair: row.id, is_own: row.is_own == 1 });
        if row.is_after == 1 {
            found.after = neighbor;
        } else {
            found.before = neighbor;
        }
    }
    Ok(found)
}

/// The same for the card: whoever reads the pairs of the place is led there like the participants.
pub(super) async fn around(ctx: &Ctx, case: &Case) -> Result<Succession, DbErr> {
    let mut found = succession(ctx.app().db.reader(), case.pair.id, ctx.actor().person.0).await?;
    let reads = ctx.actor().may_at(Permission::ReadPairs, &case.pair.place());
    for neighbor in [&mut found.before, &mut found.after].into_iter().flatten() {
        neighbor.is_own |= reads;
    }
    Ok(found)
}

/// Keeps that a mentorship is continued by another.
pub async fn link(change: &Change, old: Uuid, new: Uuid) -> Result<(), DbErr> {
    store::set_replacement(change.tx(), old, new, change.now()).await
}

/// Which of these pairs are continued by one that was not given up.
pub async fn continued(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> Result<BTreeMap<Uuid, Uuid>, DbErr> {
    store::continued(connection, pairs).await
}
