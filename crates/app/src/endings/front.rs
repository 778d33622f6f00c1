//! What other slices may ask: what waits for whom.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use nastavnik_domain::fit::Round;
use nastavnik_domain::petition::{self, Offices, Receiver, State};
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{ask, fit, signals, store, visible};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::pairs::{Case, Pair};

/// What waits for the one who answers; lists are `/petitions?state=open` and `/petitions`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    pub waiting: u64,
    /// Of them, those whose term is over.
    pub overdue: u64,
    /// Pairs in which a talk is needed.
    pub talks: u64,
}

/// What a participant is asked or told about one of their pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Whether the two fit.
    Fit { pair: Uuid, round: Round },
    /// A talk about the own petition is set.
    Talk { pair: Uuid, on: NaiveDate },
}

/// What waits within the reach of `DecideEndings`, as far as this person sees it.
pub async fn desk(ctx: &Ctx, reach: &Reach) -> Outcome<Desk> {
    let reader = ctx.app().db.reader();
    let mut desk = Desk::default();
    for petition in visible::inbox(ctx, reader, reach).await? {
        let waits = petition.state().awaits_answer();
        desk.waiting += u64::from(waits);
        desk.overdue += u64::from(waits && petition.answer_by < ctx.today);
    }
    desk.talks = u64::try_from(signals::within(ctx, reader, reach).await?.len()).unwrap_or(0);
    Ok(desk)
}

/// What waits for a participant of these pairs.
pub async fn errands(ctx: &Ctx, cases: &[Case]) -> Outcome<Vec<Errand>> {
    let (reader, me) = (ctx.app().db.reader(), ctx.actor().person.0);
    let asked = fit::asked(reader, cases, me, ctx.today).await?;
    let mut errands: Vec<Errand> =
        asked.into_iter().map(|(pair, round)| Errand::Fit { pair, round }).collect();
    let pairs: Vec<Uuid> = cases.iter().map(|case| case.pair.id).collect();
    for petition in visible::own(ctx, reader, &pairs).await? {
        if let (State::Talk, Some(on)) = (petition.state(), petition.talk_on) {
            errands.push(Errand::Talk { pair: petition.case.pair.id, on });
        }
    }
    Ok(errands)
}

/// Who of the organization answers what the people of this pair ask: nobody who takes part in it (decision 0014).
pub async fn receiver(ctx: &Ctx, connection: &impl ConnectionTrait, pair: &Pair) -> Result<Receiver, DbErr> {
    Ok(petition::receiver(&ask::offices(ctx, connection, pair).await?))
}

/// The same for many pairs by one query.
pub async fn receivers(
    connection: &impl ConnectionTrait,
    pairs: &[&Pair],
    day: NaiveDate,
) -> Result<BTreeMap<Uuid, Receiver>, DbErr> {
    let organizations: BTreeSet<Uuid> = pairs.iter().map(|pair| pair.organization).collect();
    let organizations: Vec<Uuid> = organizations.into_iter().collect();
    let known = store::offices(connection, &organizations, day).await?;
    let of = |pair: &&Pair| {
        let participants = pair.people().map(|person| person.person.into()).collect();
        let offices = known.get(&pair.organization).cloned().unwrap_or_default();
        (pair.id, petition::receiver(&Offices { participants, ..offices }))
    };
    Ok(pairs.iter().map(of).collect())
}
