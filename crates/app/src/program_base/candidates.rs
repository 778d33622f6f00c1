//! Programs of the organization that may be offered, and those that may not yet (D12).

use nastavnik_domain::policy::Permission;
use nastavnik_domain::program_base::State;
use uuid::Uuid;

use super::record::Held;
use super::{eligible, store};
use crate::evaluations;
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case};
use crate::programs;

/// An approved program that is not in the base and not on its way there.
pub(super) struct Candidate {
    pub(super) pair: Uuid,
    pub(super) title: String,
    /// Why it can't be offered yet; empty if it can.
    pub(super) lack: String,
}

/// A pair with an offer that lives.
pub(super) struct Offered {
    pub(super) title: String,
    pub(super) held: Held,
}

/// What the curator sees.
pub(super) struct Desk {
    pub(super) candidates: Vec<Candidate>,
    pub(super) offers: Vec<Offered>,
}

/// Programs within the reach of the curator: those that can be offered first.
pub(super) async fn desk(ctx: &Ctx) -> Outcome<Desk> {
    let db = ctx.app().db.reader();
    let reach = ctx.reach(Permission::OfferPrograms);
    let cases = pairs::visible_cases(db, &reach, ctx.actor().person.0, ctx.today).await?;
    let runs = |case: &&Case| matches!(case.state, pairs::State::Active | pairs::State::Ended);
    let cases: Vec<&Case> = cases.iter().filter(runs).collect();
    let ids: Vec<Uuid> = cases.iter().map(|case| case.pair.id).collect();
    let standings = programs::states(db, &ids).await?;
    let declined = store::declined(db, &ids).await?;
    let evaluated = evaluations::results(db, &ids).await?;
    let (offers, gone): (Vec<Held>, Vec<Held>) =
        store::of_pairs(db, &ids).await?.into_iter().partition(|held| held.state() != State::Gone);
    let mut candidates = Vec::new();
    for case in &cases {
        let id = case.pair.id;
        let Some(standing) = standings.get(&id).filter(|one| one.approved_revision.is_some()) else {
            continue;
        };
        if offers.iter().any(|held| held.pair == id) {
            continue;
        }
        let lack =
            eligible::check(case, standing, declined.get(&id).copied(), evaluated.get(&id), ctx.today)?.err();
        let lack = lack.map(|lack| lack.to_string()).unwrap_or_default();
        candidates.push(Candidate { pair: id, title: case.pair.title(), lack });
    }
    candidates.sort_by_key(|one| !one.lack.is_empty());
    let title = |held: &Held| {
        let case = cases.iter().find(|case| case.pair.id == held.pair);
        case.map(|case| case.pair.title()).unwrap_or_default()
    };
    let offers = offers.into_iter().chain(gone);
    Ok(Desk { candidates, offers: offers.map(|held| Offered { title: title(&held), held }).collect() })
}
