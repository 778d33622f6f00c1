//! «Нужен разговор»: somebody in the pair has answered «нет». Who, is told to nobody.

use std::collections::BTreeMap;

use nastavnik_domain::config::limits;
use nastavnik_domain::fit::{self, Answer, Round};
use nastavnik_domain::petition::{self, Offices, Sight};
use nastavnik_domain::policy::Reach;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, FitRow};
use super::visible;
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case, State};

/// A pair in which a talk is needed.
pub(super) struct Signal {
    pub(super) pair: Uuid,
    pub(super) title: String,
    /// The pair is young: it may be formed anew without a petition.
    pub(super) may_replace: bool,
}

/// The pairs within reach in which a talk is needed, as far as this person receives such things.
pub(super) async fn within(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    reach: &Reach,
) -> Outcome<Vec<Signal>> {
    let rows = store::fits_within(connection, reach).await?;
    let mut pairs: Vec<Uuid> = rows.iter().map(|row| row.mentorship_id).collect();
    pairs.dedup();
    let cases = pairs::cases_by_ids(connection, &pairs, ctx.today).await?;
    let schools: Vec<Uuid> = cases.iter().map(|case| case.pair.organization).collect();
    let offices = store::offices(connection, &schools, ctx.today).await?;
    let mut found = Vec::new();
    for case in &cases {
        let held = offices.get(&case.pair.organization).cloned().unwrap_or_default();
        if is_received(ctx, case, held) && calls(case, &rows) {
            found.push(Signal {
                pair: case.pair.id,
                title: case.pair.title(),
                may_replace: is_young(ctx, case)?,
            });
        }
    }
    found.sort_by(|one, other| one.title.cmp(&other.title));
    Ok(found)
}

/// Whether this person may quietly form the pair anew: the signal is there, it is theirs, and the pair is young.
pub(super) async fn may_replace(ctx: &Ctx, connection: &impl ConnectionTrait, case: &Case) -> Outcome<bool> {
    let held = store::offices(connection, &[case.pair.organization], ctx.today)
        .await?
        .remove(&case.pair.organization)
        .unwrap_or_default();
    if !is_received(ctx, case, held) || !is_young(ctx, case)? {
        return Ok(false);
    }
    Ok(calls(case, &store::fits(connection, case.pair.id).await?))
}

fn is_received(ctx: &Ctx, case: &Case, held: Offices) -> bool {
    let participants = case.pair.people().map(|person| person.person.into()).collect();
    let receiver = petition::receiver(&Offices { participants, ..held });
    visible::sight(ctx, case, receiver, None) == Sight::Whole
}

/// Before this many months a pair formed anew leaves no more trace than a draft (п. 1.4: a program lasts so long at least).
fn is_young(ctx: &Ctx, case: &Case) -> anyhow::Result<bool> {
    let months = limits()?.on(ctx.today)?.value.least_months;
    let border = case.pair.period.from().checked_add_months(chrono::Months::new(months));
    Ok(border.is_some_and(|border| ctx.today < border))
}

fn calls(case: &Case, rows: &[FitRow]) -> bool {
    if matches!(case.state, State::Ended | State::Withdrawn) {
        return false;
    }
    let mut sides: BTreeMap<Uuid, Vec<(Round, Answer)>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.mentorship_id == case.pair.id) {
        let takes_part = row.person_id == case.pair.mentor.person || case.pair.stays(row.person_id);
        let read = Round::from_number(row.round).zip(Answer::from_code(&row.answer));
        if let Some(answer) = read.filter(|_| takes_part) {
            sides.entry(row.person_id).or_default().push(answer);
        }
    }
    fit::needs_talk(sides.values().map(Vec::as_slice))
}
