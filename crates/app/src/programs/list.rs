//! All programs within reach: where each stands, what is overdue (D5).

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::program::State;
use nastavnik_domain::russian::{compare, search_key, short};
use uuid::Uuid;

use super::rules::{self, Rules};
use super::{store, view};
use crate::kernel::clock;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::listing::{Direction, Listing};
use crate::kernel::page::{Layout, Tone, filters};
use crate::kernel::web::{Ctx, page};
use crate::pairs::{self, Case};

const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "programs/list.html")]
struct ListPage {
    layout: Layout,
    list: Listing,
    rows: Vec<Line>,
    states: Vec<Choice>,
    urgent: Vec<Choice>,
    many_schools: bool,
    may_approve: bool,
    may_template: bool,
}

/// A pair with its program, or without one.
pub(super) struct Line {
    pub(super) pair: Uuid,
    pub(super) mentor: String,
    pub(super) mentees: Vec<String>,
    pub(super) organization: String,
    pub(super) state: Option<State>,
    pub(super) revision: i64,
    pub(super) approved_revision: Option<i64>,
    pub(super) approved_on: Option<NaiveDate>,
    /// By when the first approval is due.
    pub(super) due: Option<NaiveDate>,
    pub(super) is_overdue: bool,
    pub(super) measures: i64,
    pub(super) measures_done: i64,
    pub(super) next_due: Option<NaiveDate>,
    pub(super) measure_is_late: bool,
    pub(super) council: Option<Uuid>,
}

/// What the address asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub(super) state: Option<State>,
    pub(super) without: Without,
    pub(super) urgent: Urgent,
    pub(super) search: String,
}

/// Whether pairs that have no program are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Without {
    #[default]
    Anyhow,
    Only,
}

/// What is late.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Urgent {
    #[default]
    Anyhow,
    Approval,
    Measure,
}

impl Filter {
    fn of(ctx: &Ctx) -> Self {
        Self {
            state: State::from_code(ctx.asked("state")),
            without: if ctx.asked("state") == "none" { Without::Only } else { Without::Anyhow },
            urgent: match ctx.asked("late") {
                "approval" => Urgent::Approval,
                "measure" => Urgent::Measure,
                _ => Urgent::Anyhow,
            },
            search: search_key(ctx.asked("q")),
        }
    }

    fn passes(&self, line: &Line) -> bool {
        let urgent = match self.urgent {
            Urgent::Anyhow => true,
            Urgent::Approval => line.is_overdue,
            Urgent::Measure => line.measure_is_late,
        };
        let state = match (self.state, self.without) {
            (Some(state), _) => line.state == Some(state),
            (None, Without::Only) => line.state.is_none(),
            (None, Without::Anyhow) => true,
        };
        let named = |name: &String| search_key(name).contains(&self.search);
        urgent && state && (self.search.is_empty() || named(&line.mentor) || line.mentees.iter().any(named))
    }
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let found = asked(&ctx).await?;
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let list = Listing::new("/programs", &ctx.visit.query, PER_PAGE, total);
    let many_schools = found.windows(2).any(|two| two[0].organization != two[1].organization);
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(list.per_page()).unwrap_or(usize::MAX);
    let mut states = vec![Choice::new("none", "ещё не составлена")];
    states.extend(State::ALL.map(|state| Choice::new(state.code(), state.title())));
    page(&ListPage {
        layout: ctx.layout("Программы наставничества").await?,
        rows: found.into_iter().skip(skip).take(take).collect(),
        states,
        urgent: vec![
            Choice::new("approval", "срок утверждения прошёл"),
            Choice::new("measure", "прошёл срок мероприятия"),
        ],
        may_approve: ctx.actor().may_somewhere(Permission::ApprovePrograms),
        may_template: ctx.actor().may_somewhere(Permission::EditProgramTemplates),
        many_schools,
        list,
    })
}

/// The lines the address asks for, in its order.
pub(super) async fn asked(ctx: &Ctx) -> Outcome<Vec<Line>> {
    let mut found = lines(ctx, &ctx.reach(Permission::ReadPrograms), &Filter::of(ctx)).await?;
    let list = Listing::new("/programs", &ctx.visit.query, PER_PAGE, 0);
    let Some((key, direction)) = list.order() else { return Ok(found) };
    match key {
        "mentor" => found.sort_by(|a, b| compare(&a.mentor, &b.mentor)),
        "state" => found.sort_by_key(|line| line.state),
        "due" => found.sort_by_key(|line| (line.due.is_none(), line.due)),
        _ => return Ok(found),
    }
    if direction == Direction::Descending {
        found.reverse();
    }
    Ok(found)
}

/// Pairs within reach that pass the filter: those fixed by an order, and those that have a program.
pub(super) async fn lines(ctx: &Ctx, reach: &Reach, filter: &Filter) -> Outcome<Vec<Line>> {
    let reader = ctx.app().db.reader();
    let cases = pairs::visible_cases(reader, reach, ctx.actor().person.0, ctx.today).await?;
    let ids: Vec<Uuid> = cases.iter().map(|case| case.pair.id).collect();
    let programs = store::of_pairs(reader, &ids).await?;
    let mut found = Vec::new();
    for case in &cases {
        let program = programs.get(&case.pair.id);
        let runs = matches!(case.state, pairs::State::Active | pairs::State::Scheduled);
        if program.is_none() && !runs {
            continue;
        }
        found.push(line(case, program, ctx.today)?);
    }
    found.retain(|line| filter.passes(line));
    Ok(found)
}

/// One line as of the day.
pub(super) fn line(case: &Case, program: Option<&store::Row>, today: NaiveDate) -> Outcome<Line> {
    let zone = chrono_tz::Asia::Yekaterinburg;
    let runs = matches!(case.state, pairs::State::Active | pairs::State::Scheduled);
    let approved_revision = program.and_then(|row| row.approved_revision);
    let library = Rules::load()?.library(today)?;
    let due = rules::due_on(case.pair.period.from(), library).filter(|_| approved_revision.is_none() && runs);
    let next_due = program.and_then(|row| row.next_due);
    Ok(Line {
        pair: case.pair.id,
        mentor: case.pair.mentor.name.short(),
        mentees: case.pair.mentees.iter().map(|mentee| mentee.name.short()).collect(),
        organization: case.pair.organization_name.clone(),
        state: program.map(|row| row.state),
        revision: program.map_or(0, |row| row.revision),
        approved_on: program.and_then(|row| row.approved_at).map(|at| clock::local_day(at, zone)),
        is_overdue: due.is_some_and(|due| due < today),
        measures: program.map_or(0, |row| row.measures),
        measures_done: program.map_or(0, |row| row.measures_done),
        measure_is_late: runs && next_due.is_some_and(|due| due < today),
        council: program.and_then(|row| row.council),
        approved_revision,
        next_due,
        due,
    })
}

impl Line {
    pub(super) fn href(&self) -> String {
        format!("/pairs/{}/program", self.pair)
    }

    pub(super) fn word(&self) -> &'static str {
        self.state.map_or("ещё не составлена", State::title)
    }

    fn tone(&self) -> Tone {
        self.state.map_or(Tone::Plan, view::tone)
    }

    pub(super) fn title(&self) -> String {
        format!("{} – {}", self.mentor, self.mentees.join(", "))
    }

    /// «действует редакция 2 от 12.10.2026».
    pub(super) fn in_force(&self) -> String {
        match (self.approved_revision, self.approved_on) {
            (Some(number), Some(day)) => format!("действует редакция {number} от {}", short(day)),
            _ => String::new(),
        }
    }
}

impl Line {
    /// A revision is written after the one in force, or the first text is.
    fn is_revising(&self) -> bool {
        self.revision > 1 && self.approved_revision != Some(self.revision)
    }
}

impl ListPage {
    /// Whether there is nothing at all, not because of the filters.
    fn is_new(&self) -> bool {
        self.rows.is_empty() && !self.list.is_filtered()
    }
}
