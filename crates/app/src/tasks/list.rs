//! Tasks of a pair at one address: its people read them, whoever watches over pairs sees numbers.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::task::State;
use uuid::Uuid;

use super::measures::{Waiting, waiting};
use super::numbers::numbers_page;
use super::rules::Terms;
use super::seat::{self, Seat};
use super::store::{self, Row};
use super::{card, set};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Choice;
use crate::kernel::ids;
use crate::kernel::listing::Listing;
use crate::kernel::page::{Layout, Tab, Tone, filters};
use crate::kernel::web::{Ctx, Path, page};
use crate::pairs::{self, Case, Succession};

const PER_PAGE: u64 = 30;
/// So many measures without tasks stand open, the others are folded.
const NEAREST: usize = 3;

#[derive(Template)]
#[template(path = "tasks/list.html")]
struct ListPage {
    layout: Layout,
    tabs: Vec<Tab>,
    succession: Succession,
    pair: Uuid,
    /// The mentor of a pair that works sets tasks.
    sets: bool,
    seat: Seat,
    list: Listing,
    lines: Vec<Line>,
    stands: Vec<Choice>,
    /// The mentees of a group, for its mentor.
    mentees: Vec<Choice>,
    nearest: Vec<MeasureLine>,
    later: Vec<MeasureLine>,
}

struct Line {
    href: String,
    title: String,
    whose: String,
    due: NaiveDate,
    /// Empty where the term says nothing.
    nudge: String,
    tone: Tone,
    state: &'static str,
}

struct MeasureLine {
    line: Uuid,
    text: String,
    due: NaiveDate,
    key: Uuid,
}

/// A filter of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Open,
    Waiting,
    Accepted,
    Off,
    TakenOver,
}

impl Stand {
    const ALL: [Self; 5] = [Self::Open, Self::Waiting, Self::Accepted, Self::Off, Self::TakenOver];

    const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Off => "off",
            Self::TakenOver => "taken_over",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Open => "выполняются",
            Self::Waiting => "ждут проверки",
            Self::Accepted => "приняты",
            Self::Off => "сняты",
            Self::TakenOver => "перешли в новую пару",
        }
    }

    const fn of(row: &Row) -> Self {
        match row.state {
            _ if row.is_taken_over => Self::TakenOver,
            State::Set | State::Returned => Self::Open,
            State::HandedIn => Self::Waiting,
            State::Accepted => Self::Accepted,
            State::CalledOff => Self::Off,
        }
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    if let Some(case) = seat::ring(&ctx, reader, id).await? {
        return page(&list_page(&ctx, &case).await?);
    }
    let case = seat::beside(&ctx, reader, id).await?.ok_or(AppError::NotFound)?;
    page(&numbers_page(&ctx, &case).await?)
}

async fn list_page(ctx: &Ctx, case: &Case) -> Outcome<ListPage> {
    let reader = ctx.app().db.reader();
    let (pair, seat) = (case.pair.id, Seat::of(ctx, case));
    let only = (seat == Seat::Mentee).then_some(ctx.actor().person.0);
    let mut rows = store::rows(reader, pair, only).await?;
    narrow(ctx, seat, &mut rows);
    let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let list = Listing::new(&format!("/pairs/{pair}/tasks"), &ctx.visit.query, PER_PAGE, total);
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let terms = Terms::on(ctx.today)?;
    let sets = seat == Seat::Mentor && seat::works(ctx, case);
    let measures = if sets { waiting(reader, case).await? } else { Vec::new() };
    let mut nearest: Vec<MeasureLine> = measures.into_iter().map(measure_line).collect();
    let later = nearest.split_off(nearest.len().min(NEAREST));
    let mut layout = ctx.layout("Задания").await?;
    layout.crumbs = set::crumbs(case);
    layout.crumbs.pop();
    Ok(ListPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/tasks"),
        succession: pairs::succession(reader, pair, ctx.actor().person.0).await?,
        pair,
        sets,
        seat,
        lines: rows.iter().skip(skip).take(take).map(|row| line(case, &terms, row)).collect(),
        list,
        stands: Stand::ALL.map(|stand| Choice::new(stand.code(), stand.title())).to_vec(),
        mentees: mentees(case, seat),
        nearest,
        later,
    })
}

/// What waits for the reader stands first, what is over last.
fn narrow(ctx: &Ctx, seat: Seat, rows: &mut Vec<Row>) {
    let stand = Stand::ALL.into_iter().find(|stand| stand.code() == ctx.asked("state"));
    let mentee: Option<Uuid> = ctx.asked("mentee").parse().ok();
    rows.retain(|row| {
        stand.is_none_or(|wanted| Stand::of(row) == wanted)
            && mentee.is_none_or(|wanted| row.mentee == wanted)
    });
    let order = |row: &Row| match (row.state, seat) {
        _ if row.is_taken_over => 3,
        (State::HandedIn, Seat::Mentor) | (State::Returned, Seat::Mentee) => 0,
        (State::Set | State::Returned | State::HandedIn, _) => 1,
        (State::Accepted, _) => 2,
        (State::CalledOff, _) => 3,
    };
    // Ids are ordered by time: of what is over the newest comes first.
    rows.sort_by(|one, other| {
        let place = order(one).cmp(&order(other));
        let within = if order(one) < 2 {
            one.due_on.cmp(&other.due_on).then(one.id.cmp(&other.id))
        } else {
            other.id.cmp(&one.id)
        };
        place.then(within)
    });
}

fn mentees(case: &Case, seat: Seat) -> Vec<Choice> {
    if seat == Seat::Mentee || case.pair.mentees.len() < 2 {
        return Vec::new();
    }
    case.pair.mentees.iter().map(|one| Choice::new(one.person.to_string(), one.name.short())).collect()
}

fn line(case: &Case, terms: &Terms, row: &Row) -> Line {
    let whose = if case.pair.mentees.len() > 1 { seat::name(case, row.mentee) } else { String::new() };
    let is_open = row.state.is_open() && !row.is_taken_over;
    Line {
        href: format!("/pairs/{}/tasks/{}", row.pair, row.id),
        title: row.title.clone(),
        whose,
        due: row.due_on,
        nudge: if is_open { terms.nudge(row.due_on).words() } else { String::new() },
        tone: if row.is_taken_over { Tone::Closed } else { card::tone(row.state) },
        state: if row.is_taken_over { "перешло в новую пару" } else { row.state.title() },
    }
}

fn measure_line(measure: Waiting) -> MeasureLine {
    MeasureLine {
        line: measure.source.line,
        text: measure.source.text,
        due: measure.due,
        key: ids::form_key(),
    }
}

impl ListPage {
    fn is_for_mentor(&self) -> bool {
        self.seat == Seat::Mentor
    }

    fn is_new(&self) -> bool {
        self.lines.is_empty() && !self.list.is_filtered()
    }
}
