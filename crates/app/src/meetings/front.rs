//! What other slices may ask about meetings.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use nastavnik_domain::meeting::{is_pulse_due, weeks_of_silence};
use nastavnik_domain::policy::Reach;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::rules::rules;
use super::{calls, store};
use crate::kernel::errors::Outcome;
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case, State};

/// The days on which these pairs met, in order; a pair that never met is absent. Facts only: no word of what was said.
pub async fn held(
    connection: &impl ConnectionTrait,
    mentorships: &[Uuid],
) -> Result<BTreeMap<Uuid, Vec<NaiveDate>>, DbErr> {
    store::held(connection, mentorships).await
}

/// What a pair has done, in numbers.
pub use super::store::Tally;

/// Meetings and steps of these pairs counted, by a fixed number of queries; a pair without any is absent.
pub async fn tallies(
    connection: &impl ConnectionTrait,
    mentorships: &[Uuid],
) -> Result<BTreeMap<Uuid, Tally>, DbErr> {
    store::tallies(connection, mentorships).await
}

/// The mentorships within reach that work today, each with its papers: a fixed number of queries.
pub async fn at_work(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<Vec<Case>> {
    let ids = store::running(connection, reach, today).await?;
    let mut cases = pairs::cases_by_ids(connection, &ids, today).await?;
    cases.retain(|case| case.state == State::Active);
    Ok(cases)
}

/// What meetings ask of somebody in these pairs at work.
pub struct Errands {
    /// A pair that has not met for weeks: its id, how many weeks, whether it has met at all.
    pub silent: Vec<(Uuid, u32, Option<NaiveDate>)>,
    /// Planned days of the last two weeks that nobody has told about.
    pub untold: Vec<(Uuid, NaiveDate)>,
    /// Pairs in which the pulse asks.
    pub pulse: Vec<Uuid>,
    /// Lessons to which one has promised to come back: the pair and the card.
    pub lessons: Vec<(Uuid, Uuid)>,
}

/// What waits for the reader in these pairs of theirs.
pub async fn errands(ctx: &Ctx, pairs: &[Uuid]) -> Outcome<Errands> {
    let rules = rules(ctx.today)?;
    let own = store::own_pairs(ctx.app().db.reader(), pairs).await?;
    let began: Vec<(Uuid, NaiveDate)> = own.iter().map(|row| (row.id, row.starts_on)).collect();
    let silent = own.into_iter().filter_map(|row| {
        let weeks = weeks_of_silence(row.starts_on, row.last_on, ctx.today);
        (weeks >= rules.silence_weeks).then_some((row.id, weeks, row.last_on))
    });
    let silent = silent.collect();
    let (from, to) = (ctx.today - Days::new(14), ctx.today - Days::new(1));
    let planned = store::planned_between(ctx.app().db.reader(), pairs, (from, to)).await?;
    let untold = planned.into_iter().map(|plan| (plan.pair, plan.day)).collect();
    let (reader, me) = (ctx.app().db.reader(), ctx.actor().person.0);
    let due = store::lessons_due(reader, me, pairs, (ctx.today - Days::new(7), ctx.today)).await?;
    let lessons = due.into_iter().map(|row| (row.mentorship_id, row.id)).collect();
    Ok(Errands { silent, untold, pulse: pulse_due(ctx, &began).await?, lessons })
}

/// How many calls for help wait for the reader, in whatever role they are called.
pub async fn called(ctx: &Ctx) -> Outcome<u64> {
    Ok(store::open_calls(ctx.app().db.reader(), ctx.actor().person.0, &calls::desks(ctx)).await?)
}

/// The pairs of the reader in which the pulse asks again; each comes with its first day.
pub(super) async fn pulse_due(ctx: &Ctx, pairs: &[(Uuid, NaiveDate)]) -> Outcome<Vec<Uuid>> {
    let weeks = rules(ctx.today)?.pulse_weeks;
    let ids: Vec<Uuid> = pairs.iter().map(|pair| pair.0).collect();
    let answered = store::last_pulses(ctx.app().db.reader(), ctx.actor().person.0, &ids).await?;
    let last =
        |id: Uuid| answered.iter().find(|row| row.mentorship_id == id).map(|row| ctx.day_of(row.answered_at));
    let due = pairs.iter().filter(|(id, began)| is_pulse_due(*began, last(*id), ctx.today, weeks));
    Ok(due.map(|(id, _)| *id).collect())
}
