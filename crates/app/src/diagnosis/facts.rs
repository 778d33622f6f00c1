//! Facts for the school: who has not begun, is filling, has completed or refused. No answer comes here.

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::competence::Wave;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::russian::sort_key;
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::rules;
use super::store;
use crate::bank::{self, Pedagogue};
use crate::kernel::clock::local_day;
use crate::kernel::errors::Outcome;
use crate::kernel::filters::short_date;
use crate::kernel::forms::Choice;
use crate::kernel::page::{Layout, Listing, Tone};
use crate::kernel::web::{Ctx, encode, page};

const PATH: &str = "/diagnosis";
const PER_PAGE: u64 = 50;
/// What this list understands in its address.
const NAMES: &[&str] = &["q", "organization", "wave", "state", "who", "sort", "page"];

/// How far somebody is with a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    None,
    Open,
    Completed,
    Refused,
}

impl Standing {
    const ALL: [Self; 4] = [Self::None, Self::Open, Self::Completed, Self::Refused];

    /// The code for addresses.
    const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Open => "open",
            Self::Completed => "completed",
            Self::Refused => "refused",
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::None => "не начата",
            Self::Open => "заполняется",
            Self::Completed => "завершена",
            Self::Refused => "отказ",
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::None => Tone::Plan,
            Self::Open => Tone::Draft,
            Self::Completed => Tone::Done,
            Self::Refused => Tone::Closed,
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

/// A teacher with the fact about the wave.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) person: Pedagogue,
    pub(super) standing: Standing,
    /// Of completion, of refusal, or of the beginning.
    pub(super) day: Option<NaiveDate>,
}

#[derive(Template)]
#[template(path = "diagnosis/facts.html")]
struct FactsPage {
    layout: Layout,
    list: Listing,
    heading: String,
    cards: Vec<Card>,
    rows: Vec<Row>,
    organizations: Vec<Choice>,
    waves: Vec<Choice>,
    states: Vec<Choice>,
    everybody: Vec<Choice>,
}

/// A number that opens its list.
struct Card {
    href: String,
    value: usize,
    title: &'static str,
}

struct Row {
    name: String,
    positions: String,
    school: String,
    tone: Tone,
    state: &'static str,
    day: String,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let query: Vec<_> =
        ctx.visit.query.iter().filter(|(name, _)| NAMES.contains(&name.as_str())).cloned().collect();
    let everybody = of_address(&ctx).await?;
    let organizations = organizations(&everybody);
    let shown = narrowed(&ctx, everybody.clone());
    let list = Listing::new(PATH, &query, PER_PAGE, u64::try_from(shown.len()).unwrap_or(u64::MAX));
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let rows = shown.iter().skip(skip).take(usize::try_from(PER_PAGE).unwrap_or(usize::MAX)).map(row);
    page(&FactsPage {
        layout: ctx.layout("Самодиагностика").await?,
        heading: format!("Волна: {}, {}", wave(&ctx)?.title(), AcademicYear::of(ctx.today).title()),
        cards: cards(&ctx, &everybody),
        rows: rows.collect(),
        list,
        organizations,
        waves: Wave::ALL.map(|wave| Choice::new(wave.code(), wave.title())).to_vec(),
        states: Standing::ALL.map(|standing| Choice::new(standing.code(), standing.title())).to_vec(),
        everybody: vec![Choice::new("all", "Все педагогические работники")],
    })
}

/// Everybody the address asks for, in its order, all pages.
pub(super) async fn found(ctx: &Ctx) -> Outcome<Vec<Line>> {
    let everybody = of_address(ctx).await?;
    Ok(narrowed(ctx, everybody))
}

/// The wave that is timely on the day.
pub(super) fn current(today: NaiveDate) -> anyhow::Result<Wave> {
    Ok(Wave::current(today, &rules::questionnaire(today)?.limits))
}

/// The wave of the address, otherwise the timely one.
pub(super) fn wave(ctx: &Ctx) -> anyhow::Result<Wave> {
    Wave::from_code(ctx.asked("wave")).map_or_else(|| current(ctx.today), Ok)
}

async fn of_address(ctx: &Ctx) -> Outcome<Vec<Line>> {
    let reach = ctx.reach(Permission::ReadDiagnosisFacts);
    let mut lines = of_wave(ctx.app().db.reader(), &reach, ctx.today, wave(ctx)?).await?;
    lines.retain(|line| ctx.asked("who") == "all" || line.person.is_awaited());
    Ok(lines)
}

/// All pedagogical staff within reach with the facts of the wave, those who need a mentor first.
pub(super) async fn of_wave(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    today: NaiveDate,
    wave: Wave,
) -> anyhow::Result<Vec<Line>> {
    let people = bank::pedagogues(connection, reach, today).await?;
    let facts = store::facts(connection, reach, AcademicYear::of(today), wave).await?;
    let facts: BTreeMap<Uuid, store::Fact> = facts.into_iter().map(|fact| (fact.person_id, fact)).collect();
    Ok(people.into_iter().map(|person| line(facts.get(&person.person), person)).collect())
}

fn line(fact: Option<&store::Fact>, person: Pedagogue) -> Line {
    let Some(fact) = fact else { return Line { person, standing: Standing::None, day: None } };
    let (standing, at) = match (fact.completed_at, fact.refused_at) {
        (Some(at), _) => (Standing::Completed, at),
        (None, Some(at)) => (Standing::Refused, at),
        (None, None) => (Standing::Open, fact.begun_at),
    };
    let zone = fact.time_zone.parse().unwrap_or(chrono_tz::Asia::Yekaterinburg);
    Line { person, standing, day: Some(local_day(at, zone)) }
}

fn narrowed(ctx: &Ctx, mut lines: Vec<Line>) -> Vec<Line> {
    let key = nastavnik_domain::russian::search_key(ctx.asked("q"));
    let standing = Standing::from_code(ctx.asked("state"));
    let organization: Option<Uuid> = ctx.asked("organization").parse().ok();
    lines.retain(|line| {
        standing.is_none_or(|wanted| line.standing == wanted)
            && organization.is_none_or(|wanted| line.person.organization == wanted)
            && line.person.answers_to(&key)
    });
    let sort = ctx.asked("sort");
    match sort.trim_start_matches('-') {
        "school" => lines.sort_by_cached_key(|line| sort_key(&line.person.school)),
        "day" => lines.sort_by_key(|line| line.day),
        _ => {}
    }
    if sort.starts_with('-') {
        lines.reverse();
    }
    lines
}

/// Counts of the wave in the organization of the address, whatever state it asks for.
fn cards(ctx: &Ctx, lines: &[Line]) -> Vec<Card> {
    let organization: Option<Uuid> = ctx.asked("organization").parse().ok();
    let here = |line: &&Line| organization.is_none_or(|wanted| line.person.organization == wanted);
    let mut kept = String::new();
    for name in ["organization", "wave", "who"].into_iter().filter(|name| !ctx.asked(name).is_empty()) {
        kept.extend(["&", name, "=", &encode(ctx.asked(name))]);
    }
    let words = ["не начинали", "заполняют", "завершили", "отказались"];
    let card = |(standing, title): (Standing, &'static str)| Card {
        href: format!("{PATH}?state={}{kept}", standing.code()),
        value: lines.iter().filter(here).filter(|line| line.standing == standing).count(),
        title,
    };
    Standing::ALL.into_iter().zip(words).map(card).collect()
}

fn organizations(lines: &[Line]) -> Vec<Choice> {
    let mut found: Vec<(&str, Uuid)> =
        lines.iter().map(|line| (line.person.school.as_str(), line.person.organization)).collect();
    found.sort_by_cached_key(|(name, id)| (sort_key(name), *id));
    found.dedup();
    found.into_iter().map(|(name, id)| Choice::new(id.to_string(), name)).collect()
}

fn row(line: &Line) -> Row {
    Row {
        name: line.person.name.full(),
        positions: line.person.positions.clone(),
        school: line.person.school.clone(),
        tone: line.standing.tone(),
        state: line.standing.title(),
        day: line.day.map_or_else(|| "–".to_owned(), short_date),
    }
}
