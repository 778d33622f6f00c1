//! Programs begun from something else than the pair's own choice: from a published one of the municipal base (D12), from what
//! is left after the former program (D11).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::program::{Body, Event, Found, Ground, Shape, Text, draft};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::ring::{self, Ring};
use super::rules::Rules;
use super::visible::{require_writer, visible_case};
use super::{act, begin, store, templates};
use crate::kernel::accounts;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case};

/// The approved text of a pair that is in force, with the number of its revision.
pub async fn approved_text(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> anyhow::Result<Option<(u32, Text)>> {
    let held = store::of_pair(connection, pair).await?;
    Ok(held.and_then(|held| held.program.in_force().map(|approved| (approved.number, approved.text.clone()))))
}

/// The own pair of somebody who may write its program now.
pub async fn writable_case(ctx: &Ctx, connection: &impl ConnectionTrait, pair: Uuid) -> Outcome<Case> {
    let case = visible_case(ctx, connection, pair).await?;
    require_writer(ctx, &case)?;
    Ok(case)
}

/// What the diagnosis has found in each domain, as far as this participant may know; a deficit weighs more.
pub async fn grounds(ctx: &Ctx, case: &Case) -> Outcome<BTreeMap<Domain, Ground>> {
    let findings = Ring::of(ctx, case).findings(ctx, ctx.app().db.reader(), case).await?;
    let mut grounds = BTreeMap::new();
    for one in ring::found(&findings) {
        let known = grounds.entry(one.domain).or_insert(one.ground);
        *known = one.ground.min(*known);
    }
    Ok(grounds)
}

/// Makes the draft of a pair from goals and measures of a published program; sections come from the own template.
pub async fn begin_from(
    ctx: &Ctx,
    change: &Change,
    case: &Case,
    origin: Uuid,
    bodies: Vec<Body>,
) -> Outcome<()> {
    let place = (case.pair.organization, case.pair.territory);
    let library = templates::library(change.tx(), place, ctx.today).await?;
    let shape = Shape::of(&case.pair.kinds);
    let text = begin::text(case, shape, &library, &bodies);
    let people = case.pair.people().map(|one| PersonId(one.person)).collect();
    let event = Event::Made { shape, people, text, origin: Some(origin) };
    match act::make(ctx.actor().person, change, case, event).await? {
        Some(_) => Ok(()),
        None => Err(AppError::Conflict("Программу этой пары только что составил другой участник".to_owned())),
    }
}

/// Makes the draft of a pair from deficits that are left after the program before it, with the measures of the library; the
/// pair decides what stays. Nothing is made where nothing is left: then the pair begins as usual. Whoever calls for it reads
/// none of it.
pub async fn begin_from_deficits(
    change: &Change,
    pair: Uuid,
    deficits: &[(PersonId, Domain)],
    today: NaiveDate,
) -> Outcome<()> {
    if deficits.is_empty() {
        return Ok(());
    }
    let case = pairs::cases_by_ids(change.tx(), &[pair], today).await?.pop().ok_or(AppError::NotFound)?;
    let by = accounts::person_of(change.tx(), change.account()).await?.ok_or(AppError::NotFound)?;
    let place = (case.pair.organization, case.pair.territory);
    let library = templates::library(change.tx(), place, today).await?;
    let found: Vec<Found> = deficits
        .iter()
        .map(|(mentee, domain)| Found { mentee: *mentee, domain: *domain, ground: Ground::Deficit })
        .collect();
    let days = (case.pair.period.from(), case.pair.ends_on());
    let offers = draft(&found, &library, &Rules::load()?.events, days, case.pair.mentees.len());
    let bodies: Vec<Body> = offers
        .into_iter()
        .flat_map(|offer| std::iter::once(offer.goal).chain(offer.measures.into_iter().map(|one| one.body)))
        .collect();
    let shape = Shape::of(&case.pair.kinds);
    let text = begin::text(&case, shape, &library, &bodies);
    let people = case.pair.people().map(|one| PersonId(one.person)).collect();
    act::make(PersonId(by), change, &case, Event::Made { shape, people, text, origin: None }).await?;
    Ok(())
}
