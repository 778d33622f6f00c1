//! The list of evenings and the page of one: the table, who comes, who would like to go on.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::policy::{Permission, Reach};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::form::Offer;
use super::record::{Guest, Meeting, Program, Side};
use super::{Counts, store, table};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tone, filters};
use crate::kernel::web::{Ctx, Path, again, page};
use crate::pairs;

#[derive(Template)]
#[template(path = "speed/list.html")]
struct ListPage {
    layout: Layout,
    rows: Vec<Line>,
    many_schools: bool,
}

struct Line {
    href: String,
    title: String,
    held_on: NaiveDate,
    time: String,
    place: String,
    school: String,
    mentors: usize,
    mentees: usize,
    meetings: usize,
    matches: usize,
    state: State,
}

/// Where an evening stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ahead,
    Today,
    Unmarked,
    Held,
    Canceled,
}

#[derive(Template)]
#[template(path = "speed/card.html")]
struct CardPage {
    layout: Layout,
    form: Form,
    keys: [Uuid; 3],
    program: Program,
    state: State,
    tables: Vec<Table>,
    rounds: Vec<RoundLine>,
    matches: Vec<Match>,
    /// Couples who sit together though something stands between them by now.
    against: usize,
    /// Couples who are kept apart.
    apart: usize,
    present: Vec<Choice>,
    substitutes: Vec<Choice>,
    round_choices: Vec<Choice>,
}

/// A column of the table: the mentors who sit there one after another.
struct Table {
    title: String,
    mentors: String,
}

struct RoundLine {
    title: String,
    cells: Vec<Cell>,
    /// Mentees without a meeting in this round.
    idle: String,
}

struct Cell {
    table: String,
    mentee: String,
    tone: Option<Tone>,
}

/// Two who would both like to go on.
struct Match {
    mentor: String,
    mentee: String,
    /// The pair they are already, or the form to make them one.
    pair: Option<Uuid>,
    form: String,
}

impl State {
    fn of(program: &Program, today: NaiveDate) -> Self {
        let day = program.evening.terms.held_on;
        match day.cmp(&today) {
            _ if program.evening.is_canceled => Self::Canceled,
            _ if program.is_marked() => Self::Held,
            std::cmp::Ordering::Greater => Self::Ahead,
            std::cmp::Ordering::Equal => Self::Today,
            std::cmp::Ordering::Less => Self::Unmarked,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Ahead => "впереди",
            Self::Today => "сегодня",
            Self::Unmarked => "отметьте, кто встретился",
            Self::Held => "состоялся",
            Self::Canceled => "отменён",
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::Ahead => Tone::Plan,
            Self::Today | Self::Unmarked => Tone::Wait,
            Self::Held => Tone::Done,
            Self::Canceled => Tone::Closed,
        }
    }

    /// The day has come and the evening was not called off.
    fn is_open_for_marks(self) -> bool {
        matches!(self, Self::Today | Self::Unmarked | Self::Held)
    }
}

pub(super) async fn list(ctx: Ctx) -> Outcome {
    let reach = ctx.reach(Permission::FormPairs);
    let programs = store::visible(ctx.app().db.reader(), &reach).await?;
    page(&ListPage {
        layout: ctx.layout("Быстрые встречи").await?,
        rows: programs.iter().map(|program| line(program, ctx.today)).collect(),
        many_schools: reach.organizations.len() > 1,
    })
}

fn line(program: &Program, today: NaiveDate) -> Line {
    let evening = &program.evening;
    let here = |side| program.of_side(side).filter(|guest| guest.left_round.is_none()).count();
    Line {
        href: evening.href(),
        title: evening.terms.title.clone(),
        held_on: evening.terms.held_on,
        time: evening.terms.starts(1),
        place: evening.terms.place.clone(),
        school: evening.organization_name.clone(),
        mentors: here(Side::Mentor),
        mentees: here(Side::Mentee),
        meetings: program.meetings.len(),
        matches: program.meetings.iter().filter(|meeting| meeting.marks.is_match()).count(),
        state: State::of(program, today),
    }
}

/// The evening if it is within reach.
pub(super) async fn visible(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Program> {
    let reach = ctx.reach(Permission::FormPairs);
    let program = store::visible_one(connection, &reach, id).await?.ok_or(AppError::NotFound)?;
    ctx.require(Permission::FormPairs, &program.evening.place())?;
    Ok(program)
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let program = visible(&ctx, ctx.app().db.reader(), id).await?;
    page(&card_page(&ctx, program, Form::blank()).await?)
}

/// The page again with the mistakes of a form that stands on it.
pub(super) async fn again_with(ctx: &Ctx, program: Program, form: Form) -> Outcome {
    again(&card_page(ctx, program, form).await?)
}

async fn card_page(ctx: &Ctx, program: Program, form: Form) -> Outcome<CardPage> {
    let reader = ctx.app().db.reader();
    let organization = program.evening.organization;
    let apart = table::forbidden(reader, organization).await?;
    let formed = pairs::formed(reader, organization, ctx.today).await?;
    let offer = Offer::load(reader, organization, ctx.today).await?;
    let sits = |meeting: &&Meeting| apart.contains(&(meeting.mentor, meeting.mentee));
    let comes = |person: &Uuid| program.guest(*person).is_some();
    let mut layout = ctx.layout(&program.evening.terms.title).await?;
    layout.crumbs = vec![Crumb::new("/speed", "Быстрые встречи")];
    let present = program.guests.iter().filter(|guest| guest.left_round.is_none());
    let mut substitutes = offer.free(Side::Mentor, &program);
    for choice in offer.free(Side::Mentee, &program) {
        if !substitutes.iter().any(|known| known.value == choice.value) {
            substitutes.push(choice);
        }
    }
    Ok(CardPage {
        layout,
        form,
        keys: std::array::from_fn(|_| ids::form_key()),
        state: State::of(&program, ctx.today),
        tables: tables(&program),
        rounds: rounds(&program),
        matches: matches(&program, &formed),
        against: program.meetings.iter().filter(sits).filter(|meeting| !meeting.marks.is_told()).count(),
        apart: apart.iter().filter(|(mentor, mentee)| comes(mentor) && comes(mentee)).count(),
        present: present.map(guest_choice).collect(),
        substitutes,
        round_choices: (1..=program.rounds())
            .map(|round| {
                Choice::new(round.to_string(), format!("{round}, {}", program.evening.terms.starts(round)))
            })
            .collect(),
        program,
    })
}

fn guest_choice(guest: &Guest) -> Choice {
    let side = guest.side.title().to_lowercase();
    Choice::new(guest.person.to_string(), format!("{}, {side}", guest.name.full()))
}

fn tables(program: &Program) -> Vec<Table> {
    let mut seats: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for guest in program.of_side(Side::Mentor) {
        let mark = guest.left_round.map_or_else(String::new, |round| format!(" (до круга {round})"));
        seats.entry(guest.seat).or_default().push(format!("{}{mark}", breakable(&guest.name.short())));
    }
    seats
        .into_iter()
        .map(|(seat, mentors)| Table { title: format!("Стол {seat}"), mentors: mentors.join(", ") })
        .collect()
}

fn rounds(program: &Program) -> Vec<RoundLine> {
    let seats: Vec<(i64, String)> = {
        let mut seats: Vec<i64> = program.of_side(Side::Mentor).map(|guest| guest.seat).collect();
        seats.dedup();
        let name = |seat: i64| {
            let mentor = program.of_side(Side::Mentor).filter(|guest| guest.seat == seat);
            let mentor = mentor.min_by_key(|guest| guest.left_round.is_some());
            mentor.map_or_else(String::new, |guest| guest.name.short())
        };
        seats.into_iter().map(|seat| (seat, format!("Стол {seat}, {}", name(seat)))).collect()
    };
    program
        .by_round()
        .into_iter()
        .map(|(number, meetings)| {
            let at = |seat: i64| {
                meetings
                    .iter()
                    .find(|meeting| program.guest(meeting.mentor).is_some_and(|mentor| mentor.seat == seat))
            };
            let cell = |(seat, table): &(i64, String)| Cell {
                table: table.clone(),
                mentee: at(*seat)
                    .map_or_else(String::new, |meeting| breakable(&program.short(meeting.mentee))),
                tone: at(*seat).filter(|meeting| meeting.marks.has_met()).map(|_| Tone::Done),
            };
            let is_idle = |guest: &&Guest| {
                guest.left_round.is_none_or(|left| number < left)
                    && meetings.iter().all(|meeting| meeting.mentee != guest.person)
            };
            let idle: Vec<String> = program
                .of_side(Side::Mentee)
                .filter(is_idle)
                .map(|guest| breakable(&guest.name.short()))
                .collect();
            RoundLine {
                title: format!("{number}, {}", program.evening.terms.starts(number)),
                cells: seats.iter().map(cell).collect(),
                idle: idle.join(", "),
            }
        })
        .collect()
}

/// The surname may stand above the initials: a column for each table is narrow.
fn breakable(short: &str) -> String {
    short.replacen('\u{a0}', " ", 1)
}

fn matches(program: &Program, formed: &BTreeMap<(Uuid, Uuid), Uuid>) -> Vec<Match> {
    program
        .meetings
        .iter()
        .filter(|meeting| meeting.marks.is_match())
        .map(|meeting| Match {
            mentor: program.short(meeting.mentor),
            mentee: program.short(meeting.mentee),
            pair: formed.get(&(meeting.mentor, meeting.mentee)).copied(),
            form: format!(
                "/pairs/new?organization={}&mentor={}&mentee={}",
                program.evening.organization, meeting.mentor, meeting.mentee
            ),
        })
        .collect()
}

/// What evenings ask of a curator.
pub(super) async fn counts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
) -> anyhow::Result<Counts> {
    let programs = store::visible(connection, reach).await?;
    let mut counts = Counts::default();
    let mut formed: BTreeMap<Uuid, BTreeMap<(Uuid, Uuid), Uuid>> = BTreeMap::new();
    for organization in reach.organizations.iter().filter(|_| !programs.is_empty()) {
        formed.insert(organization.0, pairs::formed(connection, organization.0, today).await?);
    }
    for program in &programs {
        counts.unmarked += u64::from(State::of(program, today) == State::Unmarked);
        let known = formed.get(&program.evening.organization);
        let is_open = |meeting: &&Meeting| {
            meeting.marks.is_match()
                && known.is_none_or(|known| !known.contains_key(&(meeting.mentor, meeting.mentee)))
        };
        counts.matches += program.meetings.iter().filter(is_open).count() as u64;
    }
    Ok(counts)
}
