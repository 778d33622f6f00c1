//! The only loaders: what the one who answers may see, what the author may see.

use std::collections::BTreeMap;

use nastavnik_domain::petition::{self, Receiver, Sight, Viewer};
use nastavnik_domain::policy::Reach;
use nastavnik_domain::role::Role;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::Petition;
use super::store::{self, Row};
use crate::council::{self, MatterKind, Standing};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case};

/// Petitions within reach that this person answers, the latest first.
pub(super) async fn inbox(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Outcome<Vec<Petition>> {
    let mut found = loaded(ctx, connection, store::within(connection, reach).await?).await?;
    found.retain(|petition| petition.sight != Sight::Nothing);
    Ok(found)
}

/// One petition that this person answers. Whoever takes part in the pair finds nothing.
pub(super) async fn visible(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Petition> {
    let rows = store::one(connection, id).await?.into_iter().collect();
    let found = loaded(ctx, connection, rows).await?.pop();
    found.filter(|petition| petition.sight != Sight::Nothing).ok_or(AppError::NotFound)
}

/// One petition of one's own.
pub(super) async fn visible_own(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Petition> {
    let rows = store::one(connection, id).await?.into_iter().collect();
    let found = loaded(ctx, connection, rows).await?.pop();
    found.filter(|petition| petition.applicant == ctx.actor().person.0).ok_or(AppError::NotFound)
}

/// One's own petitions about these pairs, the latest first.
pub(super) async fn own(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> Outcome<Vec<Petition>> {
    loaded(ctx, connection, store::own(connection, ctx.actor().person.0, pairs).await?).await
}

/// The own pair of a participant.
pub(super) async fn visible_own_pair(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Outcome<Case> {
    let (reach, me) = (Reach { pairs: true, ..Reach::default() }, ctx.actor().person.0);
    let case = pairs::visible_case(connection, &reach, me, id, ctx.today).await?;
    case.filter(|case| case.pair.has(me)).ok_or(AppError::NotFound)
}

/// How the one who asks is seen from this organization.
pub(super) fn viewer(ctx: &Ctx, organization: Uuid) -> Viewer {
    let holds = |role| ctx.actor().held(role).any(|grant| grant.organization.0 == organization);
    Viewer {
        person: ctx.actor().person,
        is_curator: holds(Role::Curator),
        is_director: holds(Role::Director),
    }
}

/// How much this person sees of what concerns the pair and went to the receiver.
pub(super) fn sight(ctx: &Ctx, case: &Case, receiver: Receiver, council: Option<&Standing>) -> Sight {
    let participants = case.pair.people().map(|one| one.person.into()).collect();
    let has_decided = matches!(council, Some(Standing::Decided { .. }));
    petition::sight(receiver, &participants, viewer(ctx, case.pair.organization), has_decided)
}

async fn loaded(ctx: &Ctx, connection: &impl ConnectionTrait, rows: Vec<Row>) -> Outcome<Vec<Petition>> {
    let pairs: Vec<Uuid> = rows.iter().map(|row| row.mentorship_id).collect();
    let cases: BTreeMap<Uuid, Case> = pairs::cases_by_ids(connection, &pairs, ctx.today)
        .await?
        .into_iter()
        .map(|case| (case.pair.id, case))
        .collect();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut councils = council::standings(connection, MatterKind::Dispute, &ids).await?;
    let mut found = Vec::new();
    for row in rows {
        let Some(case) = cases.get(&row.mentorship_id).cloned() else { continue };
        let standing = councils.remove(&row.id);
        let mut petition = row.petition(case, standing)?;
        petition.sight = sight(ctx, &petition.case, petition.receiver, petition.council.as_ref());
        found.push(petition);
    }
    Ok(found)
}
