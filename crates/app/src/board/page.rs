//! The page of the board: a picture, numbers, filters in the address, a row for each pair.

use std::collections::BTreeMap;

use askama::Template;
use nastavnik_domain::health::Health;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::mentor::Pressure;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{compare, count, search_key};
use uuid::Uuid;

use super::need::Need;
use super::row::{self, Row};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::listing::{Direction, Listing};
use crate::kernel::page::{Crumb, Layout, Tab, Tone, filters};
use crate::kernel::web::{Ctx, page};
use crate::pairs::State;

const PATH: &str = "/pairs/board";
/// A school on one page.
const PER_PAGE: u64 = 100;
/// What the board understands in its address.
const NAMES: &[&str] = &["q", "need", "mentor", "kind", "state", "pulse", "sort", "page"];
/// Everything no other list reminds of.
const ATTENTION: &str = "attention";

#[derive(Template)]
#[template(path = "board/board.html")]
struct BoardPage {
    layout: Layout,
    tabs: Vec<Tab>,
    list: Listing,
    picture: Picture,
    numbers: Vec<Number>,
    rows: Vec<Line>,
    needs: Vec<Choice>,
    mentors: Vec<Choice>,
    kinds: Vec<Choice>,
    states: Vec<Choice>,
    pulses: Vec<Choice>,
    many_places: bool,
}

/// Days with papers and without, and pairs by how they do.
struct Picture {
    covered: i64,
    uncovered: i64,
    /// The covered share in thousandths, for drawing.
    tenths: i64,
    parts: Vec<Part>,
}

/// A stretch of the bar of pairs.
struct Part {
    href: String,
    tone: Tone,
    word: &'static str,
    pairs: usize,
    /// Where it begins and how long it is, in thousandths.
    from: usize,
    length: usize,
}

struct Number {
    href: String,
    value: usize,
    title: &'static str,
}

/// A row as the template shows it.
pub(super) struct Line {
    row: Row,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let all = row::rows(ctx.app().db.reader(), ctx.actor(), ctx.today).await?;
    let (picture, numbers) = (picture(&all), numbers(&all));
    let mentors = mentors(&all);
    let places: std::collections::BTreeSet<Uuid> = all.iter().map(|row| row.case.pair.organization).collect();
    let shown = narrowed(&ctx, all);
    let list = Listing::new(PATH, &query(&ctx), PER_PAGE, u64::try_from(shown.len()).unwrap_or(u64::MAX));
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(list.per_page()).unwrap_or(usize::MAX);
    let mut layout = ctx.layout("Доска пар").await?;
    layout.crumbs = vec![Crumb::new("/pairs", "Пары и группы")];
    page(&BoardPage {
        layout,
        tabs: tabs(&ctx, PATH),
        list,
        picture,
        numbers,
        rows: shown.into_iter().skip(skip).take(take).map(|row| Line { row }).collect(),
        needs: needs(),
        mentors,
        kinds: Kind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.title())).collect(),
        states: states(),
        pulses: [Health::CheckIn, Health::TooEarly, Health::OnTrack]
            .map(|health| Choice::new(health.code(), health.title()))
            .to_vec(),
        many_places: places.len() > 1,
    })
}

/// The two looks at the same pairs; nothing to whoever has only one.
pub(super) fn tabs(ctx: &Ctx, shown: &str) -> Vec<Tab> {
    let both = [("/pairs", "Список", Permission::ReadPairs), (PATH, "Доска", Permission::ReadPairBoard)];
    let open = both.into_iter().filter(|(.., permission)| ctx.actor().may_somewhere(*permission));
    open.map(|(href, title, _)| Tab::new(href, title, shown)).collect()
}

fn query(ctx: &Ctx) -> Vec<(String, String)> {
    ctx.visit.query.iter().filter(|(name, _)| NAMES.contains(&name.as_str())).cloned().collect()
}

/// The rows that pass the filters of the address, in the order asked for; what is over is shown only when asked for.
pub(super) fn narrowed(ctx: &Ctx, mut rows: Vec<Row>) -> Vec<Row> {
    let need = ctx.asked("need");
    match Need::from_code(need) {
        Some(need) => rows.retain(|row| row.needs.contains(&need)),
        None if need == ATTENTION => rows.retain(asks_for_a_look),
        None => {}
    }
    match State::from_code(ctx.asked("state")) {
        Some(state) => rows.retain(|row| row.case.state == state),
        None => rows.retain(|row| row.case.state != State::Ended),
    }
    if let Some(kind) = Kind::from_code(ctx.asked("kind")) {
        rows.retain(|row| row.case.pair.kinds.contains(&kind));
    }
    if let Ok(mentor) = ctx.asked("mentor").parse::<Uuid>() {
        rows.retain(|row| row.case.pair.mentor.person == mentor);
    }
    let pulse = ctx.asked("pulse");
    if !pulse.is_empty() {
        rows.retain(|row| row.health().is_some_and(|health| health.code() == pulse));
    }
    let sought = search_key(ctx.asked("q"));
    if !sought.is_empty() {
        rows.retain(|row| row.case.pair.people().any(|one| search_key(&one.name.full()).contains(&sought)));
    }
    sort(&mut rows, &Listing::new(PATH, &query(ctx), PER_PAGE, 0));
    rows
}

/// The most urgent first, as the rows come, unless another order is asked for.
fn sort(rows: &mut [Row], list: &Listing) {
    let Some((key, direction)) = list.order() else { return };
    let mentor = |row: &Row| row.case.pair.mentor.name.full();
    match key {
        "pair" => rows.sort_by(|one, two| compare(&mentor(one), &mentor(two))),
        "days" => rows.sort_by_key(|row| (row.uncovered, row.covered)),
        "silence" => rows.sort_by_key(Row::silence),
        "load" => rows.sort_by_key(|row| row.load.as_ref().map(|load| load.taken)),
        _ => return,
    }
    if direction == Direction::Descending {
        rows.reverse();
    }
}

fn asks_for_a_look(row: &Row) -> bool {
    row.needs.iter().any(|need| need.asks_for_a_look())
}

fn needs() -> Vec<Choice> {
    let one = |need: Need| Choice::new(need.code(), need.title());
    std::iter::once(Choice::new(ATTENTION, "требует внимания")).chain(Need::ALL.map(one)).collect()
}

fn states() -> Vec<Choice> {
    let known = State::ALL.iter().filter(|state| **state != State::Withdrawn);
    known.map(|state| Choice::new(state.code(), state.title())).collect()
}

/// Mentors by the Russian alphabet.
fn mentors(rows: &[Row]) -> Vec<Choice> {
    let known: BTreeMap<Uuid, String> =
        rows.iter().map(|row| (row.case.pair.mentor.person, row.case.pair.mentor.name.full())).collect();
    let mut known: Vec<(Uuid, String)> = known.into_iter().collect();
    known.sort_by(|one, two| compare(&one.1, &two.1));
    known.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect()
}

fn numbers(rows: &[Row]) -> Vec<Number> {
    let number = |address: &str, title, passes: &dyn Fn(&Row) -> bool| Number {
        href: format!("{PATH}{address}"),
        value: rows.iter().filter(|row| row.case.state != State::Ended && passes(row)).count(),
        title,
    };
    vec![
        number("", "всего пар и групп", &|_| true),
        number("?need=attention", "требуют внимания", &asks_for_a_look),
        number("?need=order", "можно готовить приказ", &|row| {
            row.needs.contains(&Need::Order)
        }),
        number("?need=papers", "собирают документы", &|row| {
            row.needs.contains(&Need::Papers)
        }),
    ]
}

fn picture(rows: &[Row]) -> Picture {
    let running: Vec<&Row> = rows.iter().filter(|row| row.pulse.is_some()).collect();
    let covered = running.iter().map(|row| row.covered).sum();
    let uncovered = running.iter().map(|row| row.uncovered).sum();
    let mut parts = Vec::new();
    let (mut before, all) = (0, running.len().max(1));
    for health in [Health::OnTrack, Health::TooEarly, Health::CheckIn] {
        let pairs = running.iter().filter(|row| row.health() == Some(health)).count();
        let (from, to) = (before * 1000 / all, (before + pairs) * 1000 / all);
        let href = format!("{PATH}?pulse={}", health.code());
        parts.push(Part { href, tone: tone(health), word: health.title(), pairs, from, length: to - from });
        before += pairs;
    }
    let tenths = if covered + uncovered > 0 { covered * 1000 / (covered + uncovered) } else { 0 };
    Picture { covered, uncovered, tenths, parts }
}

const fn tone(health: Health) -> Tone {
    match health {
        Health::CheckIn => Tone::Wait,
        Health::TooEarly => Tone::Plan,
        Health::OnTrack => Tone::Done,
    }
}

/// «45 дней».
fn days(number: i64) -> String {
    count(u64::try_from(number).unwrap_or(0), "день", "дня", "дней")
}

impl BoardPage {
    /// Whether there is nothing at all, not because of the filters.
    fn is_new(&self) -> bool {
        self.rows.is_empty() && !self.list.is_filtered()
    }
}

impl Picture {
    fn words(&self) -> String {
        format!("С документами {}, без документов {}", days(self.covered), days(self.uncovered))
    }

    fn pairs(&self) -> String {
        let told = self.parts.iter().map(|part| format!("{} – {}", part.word, part.pairs));
        told.collect::<Vec<_>>().join(", ")
    }
}

impl Line {
    fn mentees(&self) -> Vec<String> {
        self.row.case.pair.mentees.iter().map(|mentee| mentee.name.short()).collect()
    }

    fn kinds(&self) -> String {
        self.row.case.pair.kinds.iter().map(|kind| kind.title()).collect::<Vec<_>>().join(", ")
    }

    fn covered(&self) -> String {
        days(self.row.covered)
    }

    fn uncovered(&self) -> String {
        days(self.row.uncovered)
    }

    /// How the pair does: color and shape, a word, why.
    fn pulse(&self) -> Option<(Tone, &'static str, String)> {
        let pulse = self.row.pulse?;
        let health = pulse.health();
        Some((tone(health), health.title(), pulse.words()))
    }

    /// «3 из 2».
    fn load(&self) -> Option<(Tone, String)> {
        let load = self.row.load.as_ref()?;
        let tone = match load.pressure {
            Pressure::Calm => Tone::Done,
            Pressure::Full => Tone::Plan,
            Pressure::Heavy => Tone::Wait,
        };
        Some((tone, format!("{} из\u{a0}{}", load.taken, load.capacity)))
    }
}
