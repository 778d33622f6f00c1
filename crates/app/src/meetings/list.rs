//! All pairs that work today: when they met last and how often this month. Facts only.

use askama::Template;
use chrono::{Datelike, Months, NaiveDate, TimeZone, Utc};
use nastavnik_domain::config::limits;
use nastavnik_domain::meeting::{Addressee, weeks_of_silence};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::role::Role;
use nastavnik_domain::russian::{self, compare, search_key};
use nastavnik_domain::suppression::{Said, Tally, said};
use uuid::Uuid;

use super::rules::rules;
use super::store::{self, Desks};
use crate::kernel::errors::Outcome;
use crate::kernel::filters::short_date;
use crate::kernel::forms::Choice;
use crate::kernel::listing::Listing;
use crate::kernel::page::{Layout, Tone, filters};
use crate::kernel::web::{Ctx, page};
use crate::pairs::Case;

const PATH: &str = "/meetings";
const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "meetings/list.html")]
struct ListPage {
    layout: Layout,
    list: Listing,
    cards: Vec<Card>,
    rows: Vec<Row>,
    rhythms: Vec<Choice>,
    organizations: Vec<Choice>,
    /// The pulse of the month before, if enough people have answered.
    pulse: Option<Tally>,
}

/// A number that opens its list.
struct Card {
    href: String,
    value: usize,
    title: &'static str,
}

struct Row {
    href: String,
    mentor: String,
    mentees: Vec<String>,
    school: String,
    last: String,
    this_month: i64,
    tone: Tone,
    rhythm: &'static str,
    calls: u64,
}

/// How a pair keeps meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rhythm {
    /// Silent for longer than the rules say: a reason to talk, not a fault.
    Silent,
    Quiet,
    ThisMonth,
}

impl Rhythm {
    const ALL: [Self; 3] = [Self::Silent, Self::Quiet, Self::ThisMonth];

    const fn code(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Quiet => "quiet",
            Self::ThisMonth => "month",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Silent => "давно не встречались",
            Self::Quiet => "в этом месяце ещё нет",
            Self::ThisMonth => "встречались в этом месяце",
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::Silent => Tone::Wait,
            Self::Quiet => Tone::Plan,
            Self::ThisMonth => Tone::Done,
        }
    }
}

struct Line {
    case: Case,
    last: Option<NaiveDate>,
    this_month: i64,
    rhythm: Rhythm,
    calls: u64,
}

/// The first day of the month.
pub(super) fn month(today: NaiveDate) -> NaiveDate {
    today.with_day(1).unwrap_or(today)
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let everybody = lines(&ctx).await?;
    let organizations = organizations(&everybody);
    let cards = cards(&everybody);
    let pulse = pulse(&ctx, &everybody).await?;
    let shown = narrowed(&ctx, everybody);
    let list = Listing::new(PATH, &ctx.visit.query, PER_PAGE, u64::try_from(shown.len()).unwrap_or(u64::MAX));
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    page(&ListPage {
        layout: ctx.layout("Встречи пар").await?,
        rows: shown.iter().skip(skip).take(take).map(|line| row(line, ctx.today)).collect(),
        list,
        cards,
        rhythms: Rhythm::ALL.map(|rhythm| Choice::new(rhythm.code(), rhythm.words())).to_vec(),
        organizations,
        pulse,
    })
}

/// Every pair at work within reach: a fixed number of queries for any number of pairs.
async fn lines(ctx: &Ctx) -> Outcome<Vec<Line>> {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadPairFacts);
    let cases = super::at_work(reader, &reach, ctx.today).await?;
    let ids: Vec<Uuid> = cases.iter().map(|case| case.pair.id).collect();
    let facts = store::facts(reader, &ids, month(ctx.today)).await?;
    let waiting = waiting(ctx).await?;
    let silence = rules(ctx.today)?.silence_weeks;
    Ok(cases
        .into_iter()
        .map(|case| {
            let fact = facts.get(&case.pair.id);
            let last = fact.and_then(|fact| fact.last_on);
            let this_month = fact.map_or(0, |fact| fact.this_month);
            let rhythm = match weeks_of_silence(case.pair.period.from(), last, ctx.today) {
                weeks if weeks >= silence => Rhythm::Silent,
                _ if this_month > 0 => Rhythm::ThisMonth,
                _ => Rhythm::Quiet,
            };
            let calls = waiting.iter().filter(|pair| **pair == case.pair.id).count() as u64;
            Line { case, last, this_month, rhythm, calls }
        })
        .collect())
}

/// The pairs whose calls to the curator wait, for the curator.
async fn waiting(ctx: &Ctx) -> Outcome<Vec<Uuid>> {
    let here = ctx.actor().held(Role::Curator).map(|grant| grant.organization.0).collect();
    let desks = Desks { curator: here, ..Desks::default() };
    let rows = store::visible_calls(ctx.app().db.reader(), ctx.actor().person.0, &desks).await?;
    let waits =
        |row: &store::CallRow| row.answered_at.is_none() && row.addressee == Addressee::Curator.code();
    Ok(rows.into_iter().filter(waits).map(|row| row.mentorship_id).collect())
}

/// What the people of these pairs answered in the month that is over, so that nobody sees the numbers move when a
/// colleague answers; nothing about fewer people than the limits allow.
async fn pulse(ctx: &Ctx, lines: &[Line]) -> Outcome<Option<Tally>> {
    let first = month(ctx.today);
    let before = first.checked_sub_months(Months::new(1)).unwrap_or(first);
    let moment = |day: NaiveDate| {
        let midnight = day.and_hms_opt(0, 0, 0)?;
        Some(ctx.who.zone.from_local_datetime(&midnight).earliest()?.with_timezone(&Utc))
    };
    let Some(bounds) = moment(before).zip(moment(first)) else { return Ok(None) };
    let pairs: Vec<Uuid> = lines.iter().map(|line| line.case.pair.id).collect();
    let (answered, found) = store::pulse_counts(ctx.app().db.reader(), &pairs, bounds).await?;
    let least =
        limits().map_err(anyhow::Error::from)?.on(ctx.today).map_err(anyhow::Error::from)?.value.least_group;
    Ok(match said(Tally { answered, found }, least) {
        Said::Shown(tally) => Some(tally),
        Said::Nobody | Said::TooFew => None,
    })
}

fn narrowed(ctx: &Ctx, mut lines: Vec<Line>) -> Vec<Line> {
    let key = search_key(ctx.asked("q"));
    let rhythm = Rhythm::ALL.into_iter().find(|rhythm| rhythm.code() == ctx.asked("rhythm"));
    let organization: Option<Uuid> = ctx.asked("organization").parse().ok();
    lines.retain(|line| {
        let pair = &line.case.pair;
        rhythm.is_none_or(|wanted| line.rhythm == wanted)
            && organization.is_none_or(|wanted| pair.organization == wanted)
            && (ctx.asked("calls") != "open" || line.calls > 0)
            && (key.is_empty() || pair.people().any(|one| search_key(&one.name.full()).contains(&key)))
    });
    let sort = ctx.asked("sort");
    match sort.trim_start_matches('-') {
        "mentor" => {
            lines.sort_by(|a, b| compare(&a.case.pair.mentor.name.full(), &b.case.pair.mentor.name.full()));
        }
        "month" => lines.sort_by_key(|line| line.this_month),
        // Those who have been silent for longest stand first.
        _ => lines.sort_by_key(|line| (line.last, line.case.pair.id)),
    }
    if sort.starts_with('-') {
        lines.reverse();
    }
    lines
}

fn cards(lines: &[Line]) -> Vec<Card> {
    let of = |rhythm: Rhythm| Card {
        href: format!("{PATH}?rhythm={}", rhythm.code()),
        value: lines.iter().filter(|line| line.rhythm == rhythm).count(),
        title: rhythm.words(),
    };
    let mut cards: Vec<Card> = Rhythm::ALL.into_iter().rev().map(of).collect();
    let calling = lines.iter().filter(|line| line.calls > 0).count();
    if calling > 0 {
        cards.push(Card {
            href: format!("{PATH}?calls=open"),
            value: calling,
            title: "просят куратора о помощи",
        });
    }
    cards
}

fn organizations(lines: &[Line]) -> Vec<Choice> {
    let mut found: Vec<(String, Uuid)> = lines
        .iter()
        .map(|line| (line.case.pair.organization_name.clone(), line.case.pair.organization))
        .collect();
    found.sort_by(|one, other| compare(&one.0, &other.0).then(one.1.cmp(&other.1)));
    found.dedup();
    found.into_iter().map(|(name, id)| Choice::new(id.to_string(), name)).collect()
}

fn row(line: &Line, today: NaiveDate) -> Row {
    let pair = &line.case.pair;
    let weeks = u64::from(weeks_of_silence(pair.period.from(), line.last, today));
    let last = match line.last {
        None => "ещё не было".to_owned(),
        Some(day) if weeks == 0 => short_date(day),
        Some(day) => {
            format!("{}, {} назад", short_date(day), russian::count(weeks, "неделю", "недели", "недель"))
        }
    };
    Row {
        href: format!("/pairs/{}/meetings", pair.id),
        mentor: pair.mentor.name.short(),
        mentees: pair.mentees.iter().map(|mentee| mentee.name.short()).collect(),
        school: pair.organization_name.clone(),
        last,
        this_month: line.this_month,
        tone: line.rhythm.tone(),
        rhythm: line.rhythm.words(),
        calls: line.calls,
    }
}

impl ListPage {
    fn is_new(&self) -> bool {
        self.rows.is_empty() && !self.list.is_filtered()
    }
}
