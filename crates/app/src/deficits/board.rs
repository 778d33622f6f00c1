//! The page of the map: a conclusion, a heat map, and the events of the city that answer it.

use askama::Template;
use nastavnik_domain::competence::{Domain, Wave};
use nastavnik_domain::event::Event;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::suppression::{Said, Tally};
use nastavnik_domain::year::AcademicYear;

use super::map::{Map, Subject};
use super::rules::Rules;
use super::store;
use crate::kernel::errors::Outcome;
use crate::kernel::page::{Layout, Tab, filters};
use crate::kernel::web::{Ctx, page};

#[derive(Template)]
#[template(path = "deficits/map.html")]
struct MapPage {
    layout: Layout,
    year: String,
    /// Nothing while nobody has answered.
    map: Option<Map>,
    subject: Subject,
    subjects: Vec<Tab>,
    waves: Vec<Tab>,
    export: String,
    least: u32,
    heads: Vec<Head>,
    rows: Vec<Row>,
    /// Nothing where one organization is the whole: a total would repeat its row.
    total: Option<Row>,
    levels: [Heat; 5],
    answers: Vec<Answer>,
    on_request: Vec<EventLine>,
}

/// A domain as the head of a column.
struct Head {
    code: String,
    short: &'static str,
    title: &'static str,
}

struct Row {
    name: String,
    territory: String,
    answered: u32,
    cells: Vec<Cell>,
}

/// A cell of the heat map: nothing to show, or a share with its heat.
struct Cell {
    label: String,
    shown: Option<(u32, Heat)>,
}

/// How often, in a word, a shape and a shade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heat {
    None,
    Few,
    Quarter,
    Half,
    Most,
}

impl Heat {
    const ALL: [Self; 5] = [Self::None, Self::Few, Self::Quarter, Self::Half, Self::Most];

    const fn of(percent: u32) -> Self {
        match percent {
            0 => Self::None,
            1..25 => Self::Few,
            25..50 => Self::Quarter,
            50..75 => Self::Half,
            _ => Self::Most,
        }
    }

    /// The number in the name of the style.
    const fn number(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Few => 1,
            Self::Quarter => 2,
            Self::Half => 3,
            Self::Most => 4,
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::None => "percentage-0",
            Self::Few => "percentage-20",
            Self::Quarter => "percentage-40",
            Self::Half => "percentage-60",
            Self::Most => "percentage-100",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::None => "ни у кого",
            Self::Few => "меньше чем у четверти",
            Self::Quarter => "у четверти и больше",
            Self::Half => "у половины и больше",
            Self::Most => "у трёх четвертей и больше",
        }
    }
}

/// What the city does about a domain.
struct Answer {
    code: String,
    title: &'static str,
    share: String,
    events: Vec<EventLine>,
    /// Many need help and no event answers.
    is_gap: bool,
}

struct EventLine {
    number: String,
    title: String,
    note: String,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let (subject, year) = (subject(&ctx), AcademicYear::of(ctx.today));
    let rules = Rules::load()?;
    let limits = rules.limits(ctx.today)?;
    let map = load(&ctx, subject).await?;
    let wave = map.as_ref().map(|map| map.wave);
    let title = map.as_ref().and_then(|map| conclusion(map, subject));
    let title = title.unwrap_or_else(|| "Карта дефицитов и сильных сторон".to_owned());
    page(&MapPage {
        layout: ctx.layout(&title).await?,
        year: year.title(),
        subject,
        subjects: [Subject::Deficits, Subject::Strengths]
            .map(|known| Tab::new(address(known, wave), known.title(), &address(subject, wave)))
            .to_vec(),
        waves: map.as_ref().map(|map| waves(map, subject)).unwrap_or_default(),
        export: address(subject, wave).replacen("/deficits?", "/deficits.xlsx?", 1),
        least: limits.least_group,
        heads: Domain::ALL.into_iter().map(head).collect(),
        rows: map.as_ref().map(rows).unwrap_or_default(),
        total: map.as_ref().filter(|map| map.lines.len() > 1).map(total_row),
        levels: Heat::ALL,
        answers: map
            .as_ref()
            .map(|map| answers(map, rules, limits.frequent_deficit_percent))
            .unwrap_or_default(),
        on_request: rules.events.on_request().map(event_line).collect(),
        map,
    })
}

/// The map the address asks for, within reach.
pub(super) async fn load(ctx: &Ctx, subject: Subject) -> Outcome<Option<Map>> {
    let reach = ctx.reach(Permission::ReadDeficitMap);
    let rows = store::counts(ctx.app().db.reader(), &reach, AcademicYear::of(ctx.today)).await?;
    let least = Rules::load()?.limits(ctx.today)?.least_group;
    Ok(Map::of(&rows, subject, Wave::from_code(ctx.asked("wave")), least))
}

/// What the address asks about.
pub(super) fn subject(ctx: &Ctx) -> Subject {
    Subject::from_code(ctx.asked("show"))
}

/// «Д4».
pub(super) fn code(domain: Domain) -> String {
    format!("Д{}", domain.number())
}

/// «Чаще всего нужна помощь: Д4, ученики и родители – 38 % ответивших».
pub(super) fn conclusion(map: &Map, subject: Subject) -> Option<String> {
    let (domain, tally) = map.greatest()?;
    Some(format!(
        "{}: {} «{}» – {}\u{a0}% ответивших",
        subject.conclusion(),
        code(domain),
        domain.short(),
        tally.percent()
    ))
}

fn address(subject: Subject, wave: Option<Wave>) -> String {
    let wave = wave.map_or_else(String::new, |wave| format!("&wave={}", wave.code()));
    format!("/deficits?show={}{wave}", subject.code())
}

fn waves(map: &Map, subject: Subject) -> Vec<Tab> {
    let shown = address(subject, Some(map.wave));
    map.waves.iter().map(|wave| Tab::new(address(subject, Some(*wave)), wave.title(), &shown)).collect()
}

fn head(domain: Domain) -> Head {
    Head { code: code(domain), short: domain.short(), title: domain.title() }
}

fn rows(map: &Map) -> Vec<Row> {
    let is_wide = map.lines.iter().any(|line| line.territory != map.lines[0].territory);
    let row = |line: &super::map::Line| Row {
        name: line.name.clone(),
        territory: if is_wide { line.territory.clone() } else { String::new() },
        answered: line.answered(),
        cells: Domain::ALL.into_iter().zip(line.cells).map(|(domain, said)| cell(domain, said)).collect(),
    };
    map.lines.iter().map(row).collect()
}

fn total_row(map: &Map) -> Row {
    let said = |total: Option<Tally>| total.map_or(Said::Nobody, Said::Shown);
    Row {
        name: "Вместе".to_owned(),
        territory: String::new(),
        answered: map.answered(),
        cells: Domain::ALL
            .into_iter()
            .zip(map.total)
            .map(|(domain, total)| cell(domain, said(total)))
            .collect(),
    }
}

fn cell(domain: Domain, said: Said) -> Cell {
    let shown = match said {
        Said::Shown(tally) => Some((tally.percent(), Heat::of(tally.percent()))),
        Said::Nobody | Said::TooFew => None,
    };
    Cell { label: format!("{} {}", code(domain), domain.short()), shown }
}

fn answers(map: &Map, rules: &Rules, frequent: u32) -> Vec<Answer> {
    let answer = |(domain, total): (Domain, Option<Tally>)| {
        let events: Vec<EventLine> = rules.events.answering(domain).map(event_line).collect();
        let percent = total.map(Tally::percent);
        Answer {
            code: code(domain),
            title: domain.short(),
            share: percent.map_or_else(String::new, |percent| format!("{percent}\u{a0}%")),
            is_gap: events.is_empty() && percent.is_some_and(|percent| percent >= frequent),
            events,
        }
    };
    Domain::ALL.into_iter().zip(map.total).map(answer).collect()
}

fn event_line(event: &Event) -> EventLine {
    let executors: Vec<&str> = event.executors.iter().map(|executor| executor.title()).collect();
    EventLine {
        number: event.number.clone(),
        title: event.title.clone(),
        note: format!("{}; {}", event.period, executors.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heat_has_a_word_and_a_shape_for_each_share() {
        for (percent, expected) in [
            (0, Heat::None),
            (1, Heat::Few),
            (24, Heat::Few),
            (25, Heat::Quarter),
            (49, Heat::Quarter),
            (50, Heat::Half),
            (75, Heat::Most),
            (100, Heat::Most),
        ] {
            assert_eq!(Heat::of(percent), expected, "{percent}");
        }
        let distinct = |texts: [&str; 5]| std::collections::BTreeSet::from(texts).len();
        assert_eq!(distinct(Heat::ALL.map(Heat::word)), 5);
        assert_eq!(distinct(Heat::ALL.map(Heat::icon)), 5);
    }
}
