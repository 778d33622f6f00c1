//! The page of indicators: two cards, a table by organization.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::indicator::{Indicator, Percent, Share};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian;
use nastavnik_domain::year::AcademicYear;

use super::facts::{Facts, Measure, Organization};
use super::rules::rules;
use super::summary::{self, Summary};
use super::{Asked, FIRST_DAY, asked_day};
use crate::kernel::errors::Outcome;
use crate::kernel::page::{Layout, Tone, filters};
use crate::kernel::web::{Ctx, page};

#[derive(Template)]
#[template(path = "monitoring/board.html")]
struct BoardPage {
    layout: Layout,
    on: NaiveDate,
    first_day: NaiveDate,
    today: NaiveDate,
    problem: Option<&'static str>,
    year: String,
    scope: String,
    cards: Vec<Card>,
    readings: Vec<Reading>,
    notes: Vec<Note>,
    groups: Vec<Group>,
    total: Option<Line>,
    target: u32,
    may_import: MayImport,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MayImport {
    Yes,
    No,
}

/// An indicator against its target.
struct Card {
    number: u32,
    short: String,
    title: String,
    value: String,
    tone: Tone,
    state: String,
    numerator: Number,
    denominator: Number,
    missing: Number,
    of_whom: &'static str,
    target: String,
    why_target: String,
    bar: Option<Bar>,
}

/// A number that opens its list when the one who looks may see names.
pub(super) struct Number {
    value: usize,
    href: Option<String>,
}

/// A bar from 0 to 100 % with the target drawn.
pub(super) struct Bar {
    tenths: u64,
    target: u32,
    words: String,
}

/// Another reading of indicator 1.
struct Reading {
    title: &'static str,
    value: String,
    numerator: Number,
    denominator: Number,
    why: &'static str,
}

/// A small remark about dates the staff list doesn't tell.
struct Note {
    text: String,
    href: Option<String>,
}

/// Organizations of one municipality.
struct Group {
    total: Option<Line>,
    lines: Vec<Line>,
}

struct Line {
    name: String,
    kind: &'static str,
    young: Number,
    mentored: Number,
    missing: Number,
    value: String,
    bar: Option<Bar>,
    giving: String,
    tone: Tone,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let Asked { on, problem } = asked_day(&ctx);
    let facts = Facts::load(ctx.app().db.reader(), &ctx.reach(Permission::ReadIndicators), on).await?;
    let all: Vec<&Organization> = facts.organizations.iter().collect();
    let view = View { ctx: &ctx, facts: &facts };
    let measure = facts.measure(&all)?;
    let is_one = all.len() < 2;
    let may_import = ctx.actor().may_somewhere(Permission::ImportStaff);
    page(&BoardPage {
        layout: ctx.layout("Показатели").await?,
        on,
        first_day: FIRST_DAY,
        today: ctx.today,
        problem,
        year: AcademicYear::of(on).title(),
        scope: scope(&all),
        cards: if all.is_empty() { Vec::new() } else { view.cards(&all, &measure)? },
        readings: view.readings(&all, &measure),
        notes: view.notes(&all, &measure),
        groups: if is_one { Vec::new() } else { view.groups(&all)? },
        total: if is_one { None } else { Some(view.line("Всего", "", &all)?) },
        target: view.target()?,
        may_import: if may_import { MayImport::Yes } else { MayImport::No },
    })
}

/// Makes the parts of the page for the one who looks.
struct View<'a> {
    ctx: &'a Ctx,
    facts: &'a Facts,
}

impl View<'_> {
    fn cards(&self, all: &[&Organization], measure: &Measure) -> anyhow::Result<Vec<Card>> {
        let young = &measure.young.strict;
        let [first, second] = summary::of(measure, self.facts.on)?;
        Ok(vec![
            self.card(
                all,
                Indicator::YoungMentored,
                &first,
                sizes(young),
                "молодых специалистов с наставником",
            )?,
            self.card(
                all,
                Indicator::OrganizationsGivingMentors,
                &second,
                sizes(&measure.giving),
                "организаций дали наставников",
            )?,
        ])
    }

    fn card(
        &self,
        all: &[&Organization],
        indicator: Indicator,
        summary: &Summary,
        (part, whole): (usize, usize),
        of_whom: &'static str,
    ) -> anyhow::Result<Card> {
        let number = indicator.number();
        let year = AcademicYear::of(self.facts.on);
        let (tone, state) = match (&summary.value, &summary.target, summary.lacking) {
            (None, _, _) => (Tone::Closed, "считать пока не от чего".to_owned()),
            (_, None, _) => (Tone::Plan, "цели на этот год нет".to_owned()),
            (_, _, 0) => (Tone::Done, "цель достигнута".to_owned()),
            _ => (Tone::Wait, summary.lacking_text()),
        };
        let why_target = summary.target.as_ref().map_or_else(String::new, |target| {
            let day = year.report_day().map_or_else(String::new, filters::long_date);
            format!(
                "Столбец «{}» таблицы приказа читается как {}, итог – на {day}",
                target.column,
                year.title()
            )
        });
        Ok(Card {
            number,
            short: summary.short.clone(),
            title: rules()?.targets.card(indicator).map_or_else(String::new, |card| card.title.clone()),
            value: summary.value_text(),
            tone,
            state,
            numerator: self.number(all, number, "numerator", part),
            denominator: self.number(all, number, "denominator", whole),
            missing: self.number(all, number, "missing", whole - part),
            of_whom,
            target: summary.target_text(),
            why_target,
            bar: summary.value.map(|value| bar(value, summary.target.as_ref().map_or(0, |it| it.value))),
        })
    }

    fn readings(&self, all: &[&Organization], measure: &Measure) -> Vec<Reading> {
        let young = &measure.young;
        if young.strict.denominator.is_empty() {
            return Vec::new();
        }
        let reading = |title, share: &Share<_>, lists: [&str; 2], why| Reading {
            title,
            value: share.percent().map_or_else(|| "–".to_owned(), |value| value.to_string()),
            numerator: self.number(all, 1, lists[0], share.numerator.len()),
            denominator: self.number(all, 1, lists[1], share.denominator.len()),
            why,
        };
        vec![
            reading(
                "Только учителя",
                &young.strict_teachers,
                ["teachers-mentored", "teachers"],
                "В приказе в одном месте «педагогические работники», в другом «учителя». Здесь и сверху, и снизу только учителя.",
            ),
            reading(
                "По букве приказа",
                &young.literal,
                ["literal", "teachers"],
                "Все педагоги с наставником, и опытные тоже, к числу учителей – молодых специалистов. Может быть больше 100 %, поэтому в отчёт идёт строгое число.",
            ),
        ]
    }

    fn notes(&self, all: &[&Organization], measure: &Measure) -> Vec<Note> {
        let people = |count: usize| russian::count(count as u64, "человека", "человек", "человек");
        let note = |count: usize, list, text: String| {
            (count > 0).then(|| Note { text, href: self.href(all, 1, list) })
        };
        let (unknown, vague) = (measure.young.unknown.len(), measure.young.vague.len());
        [
            note(
                unknown,
                "unknown",
                format!("У {} неизвестна дата начала стажа: в число молодых они не вошли", people(unknown)),
            ),
            note(
                vague,
                "vague",
                format!(
                    "У {} известен только год или месяц начала стажа: они посчитаны молодыми, проверьте дату",
                    people(vague)
                ),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn groups(&self, all: &[&Organization]) -> anyhow::Result<Vec<Group>> {
        let chunks: Vec<&[&Organization]> =
            all.chunk_by(|one, other| one.territory == other.territory).collect();
        let is_many = chunks.len() > 1;
        let group = |chunk: &&[&Organization]| {
            let title = chunk.first().map_or_else(String::new, |it| it.territory_name.clone());
            let lines = chunk.iter().map(|it| self.line(&it.short_name, it.kind.title(), &[it]));
            Ok(Group {
                total: if is_many {
                    Some(self.line(&title, "муниципалитет", chunk)?)
                } else {
                    None
                },
                lines: lines.collect::<anyhow::Result<_>>()?,
            })
        };
        chunks.iter().map(group).collect()
    }

    fn line(&self, name: &str, kind: &'static str, group: &[&Organization]) -> anyhow::Result<Line> {
        let measure = self.facts.measure(group)?;
        let young = &measure.young.strict;
        let (part, whole) = sizes(young);
        let target = self.target()?;
        let mentors = measure.mentors as u64;
        let giving = match (group, mentors) {
            ([_], 0) => "пока нет".to_owned(),
            ([_], _) => russian::count(mentors, "наставник", "наставника", "наставников"),
            _ => format!(
                "{mentors}, дали {} из {}",
                measure.giving.numerator.len(),
                measure.giving.denominator.len()
            ),
        };
        let all_give = measure.giving.numerator.len() == measure.giving.denominator.len();
        Ok(Line {
            name: name.to_owned(),
            kind,
            young: self.number(group, 1, "denominator", whole),
            mentored: self.number(group, 1, "numerator", part),
            missing: self.number(group, 1, "missing", whole - part),
            value: young.percent().map_or_else(|| "–".to_owned(), |value| value.to_string()),
            bar: young.percent().map(|value| bar(value, target)),
            giving,
            tone: if all_give { Tone::Done } else { Tone::Wait },
        })
    }

    /// Target of indicator 1, whole percent; zero when the year has none.
    fn target(&self) -> anyhow::Result<u32> {
        let target = rules()?.targets.target(Indicator::YoungMentored, AcademicYear::of(self.facts.on));
        Ok(target.map_or(0, |target| target.value))
    }

    fn number(&self, group: &[&Organization], indicator: u32, list: &str, value: usize) -> Number {
        Number { value, href: self.href(group, indicator, list).filter(|_| value > 0) }
    }

    /// Where the names behind a number are: for a group that can be named in the address and is wholly
    /// within the reach of names.
    fn href(&self, group: &[&Organization], indicator: u32, list: &str) -> Option<String> {
        let reach = self.ctx.reach(Permission::ReadIndicatorLists);
        if !group.iter().all(|it| reach.covers(&it.place())) {
            return None;
        }
        let on = self.facts.on;
        match group {
            [one] => Some(format!("/indicators/{indicator}/{list}?on={on}&organization={}", one.id)),
            _ if group.len() == self.facts.organizations.len() => {
                Some(format!("/indicators/{indicator}/{list}?on={on}"))
            }
            _ => None,
        }
    }
}

/// «МБОУ «СОШ №1»», «Город Нефтеюганск» or how many municipalities.
fn scope(all: &[&Organization]) -> String {
    match all {
        [] => String::new(),
        [one] => one.short_name.clone(),
        [first, ..] if all.iter().all(|it| it.territory == first.territory) => first.territory_name.clone(),
        _ => {
            let mut territories: Vec<_> = all.iter().map(|it| it.territory).collect();
            territories.dedup();
            russian::count(territories.len() as u64, "муниципалитет", "муниципалитета", "муниципалитетов")
        }
    }
}

fn sizes<Id>(share: &Share<Id>) -> (usize, usize) {
    (share.numerator.len(), share.denominator.len())
}

fn bar(value: Percent, target: u32) -> Bar {
    let words =
        if target == 0 { value.to_string() } else { format!("{value} при цели {target}\u{a0}%") };
    Bar { tenths: value.tenths().min(1_000), target, words }
}
