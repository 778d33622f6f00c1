//! The page of meetings as its pair sees it: what was agreed on, what was said, and what comes next.

use std::collections::BTreeMap;

use askama::Template;
use chrono::Days;
use nastavnik_domain::meeting::is_open_for_change;
use uuid::Uuid;

use super::cancel::may_cancel;
use super::record::{Meeting, Step};
use super::rules::rules;
use super::store::{Plan, PlanState};
use super::{front, seat, store};
use crate::kernel::errors::Outcome;
use crate::kernel::ids;
use crate::kernel::listing::Listing;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::Ctx;
use crate::pairs::{self, Case, State, Succession};
use crate::talk;

/// Meetings on one page.
const PER_PAGE: u64 = 20;
/// A planned day is asked about for so long.
const RECENT: Days = Days::new(14);

#[derive(Template)]
#[template(path = "meetings/ring.html")]
pub(super) struct RingPage {
    layout: Layout,
    tabs: Vec<Tab>,
    succession: Succession,
    pair: Uuid,
    /// The pair works today and so writes.
    writes: Writes,
    steps: Vec<StepLine>,
    plans: Vec<PlanLine>,
    /// A mentee takes a free time of the mentor.
    takes: Takes,
    meetings: Vec<MeetingLine>,
    list: Listing,
    seen: String,
    /// Three questions are due.
    pulse: Pulse,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pulse {
    Asks,
    Silent,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Writes {
    Yes,
    No,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Yes,
    No,
}

/// A meeting ahead, or one of the last weeks that nobody has told about.
struct PlanLine {
    id: Uuid,
    day: chrono::NaiveDate,
    hours: String,
    kind: &'static str,
    place: String,
    state: PlanState,
    is_past: bool,
    clash: Option<String>,
    /// Later days of the same series stand as well.
    goes_on: bool,
}

struct StepLine {
    whose: &'static str,
    words: String,
}

struct MeetingLine {
    id: Uuid,
    day: chrono::NaiveDate,
    kind: &'static str,
    by: String,
    present: String,
    notes: Vec<NoteLine>,
    /// The card of the lesson that was visited.
    card: Option<Uuid>,
    is_canceled: bool,
    /// «Изменить» or «Дополнить», if one may.
    edit: Option<&'static str>,
    may_cancel: bool,
}

struct NoteLine {
    author: String,
    focus: String,
    worked: String,
    minutes: Option<i64>,
    steps: Vec<(String, Step)>,
}

pub(super) async fn ring_page(ctx: &Ctx, case: &Case) -> Outcome<RingPage> {
    let reader = ctx.app().db.reader();
    let (pair, me) = (case.pair.id, ctx.actor().person.0);
    let total = store::count(reader, pair).await?;
    let address = format!("/pairs/{pair}/meetings");
    let list = Listing::new(&address, &ctx.visit.query, PER_PAGE, total);
    let meetings = store::meetings(reader, pair, (list.offset(), PER_PAGE)).await?;
    let steps = store::open_steps(reader, pair).await?;
    let pulse = match front::pulse_due(ctx, &[(pair, case.pair.period.from())]).await?.as_slice() {
        [] => Pulse::Silent,
        _ => Pulse::Asks,
    };
    let plans = plan_lines(ctx, pair).await?;
    let takes = if case.pair.mentor.person == me { Takes::No } else { Takes::Yes };
    let writes = if case.state == State::Active { Writes::Yes } else { Writes::No };
    let mut layout = ctx.layout("Встречи").await?;
    layout.crumbs =
        vec![Crumb::new("/pairs", "Пары и группы"), Crumb::new(format!("/pairs/{pair}"), case.pair.title())];
    let cards = store::lessons_of(reader, pair).await?;
    let lines = meetings.into_iter().map(|meeting| -> Outcome<MeetingLine> {
        let card = cards.get(&meeting.id).copied();
        Ok(MeetingLine { card, ..line(ctx, case, writes, meeting)? })
    });
    Ok(RingPage {
        layout,
        tabs: talk::tabs(ctx, &case.pair, "/meetings").await?,
        succession: pairs::succession(reader, pair, me).await?,
        pair,
        writes,
        steps: steps
            .into_iter()
            .map(|step| StepLine { whose: step.side.whose(&case.pair), words: step.words })
            .collect(),
        plans,
        takes,
        meetings: lines.collect::<Outcome<_>>()?,
        list,
        pulse,
        seen: super::entry::seen(case, me),
    })
}

/// Plans from two weeks back; a free time that has passed is nobody's meeting.
async fn plan_lines(ctx: &Ctx, pair: Uuid) -> Outcome<Vec<PlanLine>> {
    let since = ctx.today.checked_sub_days(RECENT).unwrap_or(ctx.today);
    let mut plans = store::plans_of(ctx.app().db.reader(), pair, since).await?;
    plans.retain(|plan| plan.state == PlanState::Planned || plan.day >= ctx.today);
    let days: Vec<_> = plans.iter().map(|plan| plan.day).collect();
    let clashes = super::plans::clashes(&days)?;
    let last: BTreeMap<Uuid, chrono::NaiveDate> = plans.iter().map(|plan| (plan.series, plan.day)).collect();
    let line = |plan: Plan| PlanLine {
        is_past: plan.day <= ctx.today,
        clash: clashes.iter().find(|(day, _)| *day == plan.day).map(|(_, words)| words.clone()),
        goes_on: last.get(&plan.series).is_some_and(|last| *last > plan.day),
        hours: super::plans::hours(plan.starts_at, plan.minutes),
        id: plan.id,
        day: plan.day,
        kind: plan.kind.title(),
        place: plan.place,
        state: plan.state,
    };
    Ok(plans.into_iter().map(line).collect())
}

fn line(ctx: &Ctx, case: &Case, writes: Writes, meeting: Meeting) -> Outcome<MeetingLine> {
    let me = ctx.actor().person.0;
    let days = rules(ctx.today)?.edit_days;
    let edit = match meeting.note_of(me) {
        _ if writes == Writes::No || meeting.is_canceled => None,
        None => Some("Дополнить"),
        Some(note) => is_open_for_change(note.written_at, ctx.now, days).then_some("Изменить"),
    };
    let may_cancel = writes == Writes::Yes && may_cancel(ctx, &meeting)?;
    let names =
        |people: &[Uuid]| people.iter().map(|one| seat::name(case, *one)).collect::<Vec<_>>().join(", ");
    Ok(MeetingLine {
        id: meeting.id,
        day: meeting.held_on,
        kind: meeting.kind.title(),
        by: seat::name(case, meeting.recorded_by),
        present: names(&meeting.present),
        card: None,
        is_canceled: meeting.is_canceled,
        edit,
        may_cancel,
        notes: meeting
            .notes
            .into_iter()
            .map(|note| NoteLine {
                author: seat::name(case, note.author),
                focus: note.focus.words().to_owned(),
                worked: note.worked,
                minutes: note.minutes,
                steps: note
                    .steps
                    .into_iter()
                    .map(|step| (format!("Шаг {}", step.side.whose(&case.pair)), step))
                    .collect(),
            })
            .collect(),
    })
}

impl PlanLine {
    fn is_offered(&self) -> bool {
        self.state == PlanState::Offered
    }
}

impl RingPage {
    fn takes(&self) -> bool {
        self.takes == Takes::Yes
    }

    fn may_write(&self) -> bool {
        self.writes == Writes::Yes
    }

    fn asks_pulse(&self) -> bool {
        self.may_write() && self.pulse == Pulse::Asks
    }

    /// A new key for each form of the page.
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}
