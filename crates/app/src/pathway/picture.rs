//! The picture of the years: programs, courses, trials, projects, measures over the academic years of the route, and what
//! each has left. The same as a list by years, for a phone and for whoever does not see the picture.

use chrono::NaiveDate;
use nastavnik_domain::pathway::{Entry, Kind, Pathway, Term};
use nastavnik_domain::russian::{count, period};
use nastavnik_domain::year::AcademicYear;

use super::past;
use super::yearly::Yearly;

const WIDTH: f64 = 960.0;
const HEAD: f64 = 34.0;
const ROW: f64 = 34.0;
/// Letters that fit over the picture from a bar on.
const LETTERS: usize = 46;

/// Everything the template draws.
pub(super) struct Picture {
    pub(super) height: String,
    pub(super) title: String,
    pub(super) columns: Vec<Column>,
    pub(super) bars: Vec<Bar>,
    pub(super) years: Vec<Year>,
}

/// A year.
pub(super) struct Column {
    pub(super) x: String,
    pub(super) words_x: String,
    pub(super) label: String,
}

/// A line of the roadmap over its days.
pub(super) struct Bar {
    /// `program`, `course`, `trial`, `project`, `measure`.
    pub(super) class: &'static str,
    pub(super) x: String,
    pub(super) y: String,
    pub(super) width: String,
    pub(super) words_x: String,
    pub(super) words_y: String,
    pub(super) anchor: &'static str,
    pub(super) words: String,
}

/// A year in words.
pub(super) struct Year {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// What goes on in a year.
pub(super) struct Line {
    pub(super) kind: &'static str,
    pub(super) class: &'static str,
    pub(super) title: String,
    pub(super) days: String,
    /// What it has left; empty while there is nothing.
    pub(super) product: String,
}

/// The picture of routes that follow one another, the earliest first, with the yearly programs beside them.
pub(super) fn of(routes: &[&Pathway], programs: &[Yearly]) -> Picture {
    let whole = whole(routes);
    let years = whole.years();
    let scale = Scale::of(&years);
    let mut bars = Vec::new();
    for program in programs.iter().filter(|program| touches(whole, program)) {
        let words = format!("Программа наставничества {}: {}", program.year.label(), program.state);
        bars.push(scale.bar(bars.len(), "program", (program.from, program.to), &words));
    }
    for route in routes {
        if routes.len() > 1 {
            let words = format!("Маршрут {}", past::end(route));
            bars.push(scale.bar(bars.len(), "route", (route.term.from, route.last_day()), &words));
        }
        for entry in Kind::ALL.into_iter().flat_map(|kind| route.list(kind)) {
            let mark = if entry.outcome.is_some() { "✓ " } else { "" };
            let words = format!("{mark}{}", entry.body.title);
            bars.push(scale.bar(bars.len(), class(entry), (entry.body.from, entry.body.to), &words));
        }
    }
    let entries: usize = routes.iter().map(|route| route.progress().entries).sum();
    let outcomes: usize = routes.iter().map(|route| route.progress().outcomes).sum();
    Picture {
        height: format!("{:.0}", HEAD + ROW * small(bars.len().max(1)) + 8.0),
        title: format!(
            "На картинке {}: {}, продуктов записано {}",
            count(number(years.len()), "учебный год", "учебных года", "учебных лет"),
            count(number(entries), "строка дорожной карты", "строки дорожной карты", "строк дорожной карты"),
            outcomes
        ),
        columns: scale.columns(&years),
        bars,
        years: years.iter().map(|year| year_of(routes, programs, *year)).collect(),
    }
}

/// The days from the first route to the last; an ended route reaches its own last day.
fn whole(routes: &[&Pathway]) -> Term {
    let from = routes.iter().map(|route| route.term.from).min().unwrap_or_default();
    let to = routes.iter().map(|route| route.last_day()).max().unwrap_or_default();
    Term { from, to: to.max(from) }
}

fn touches(term: Term, program: &Yearly) -> bool {
    program.from <= term.to && term.from <= program.to
}

const fn class(entry: &Entry) -> &'static str {
    entry.body.detail.kind().code()
}

fn year_of(routes: &[&Pathway], programs: &[Yearly], year: AcademicYear) -> Year {
    let within =
        |from: NaiveDate, to: NaiveDate| AcademicYear::of(from) <= year && year <= AcademicYear::of(to);
    let several = if routes.len() > 1 { routes } else { &[] };
    let route = several.iter().filter(|route| within(route.term.from, route.last_day())).map(|route| Line {
        kind: "маршрут",
        class: "route",
        title: past::end(route),
        days: period(route.term.from, route.last_day()),
        product: String::new(),
    });
    let yearly = programs.iter().filter(|program| within(program.from, program.to));
    let program = yearly.map(|program| Line {
        kind: "программа",
        class: "program",
        title: format!("наставничества {}", program.state),
        days: period(program.from, program.to),
        product: String::new(),
    });
    let entries = routes.iter().flat_map(|route| route.in_year(year)).map(|entry| Line {
        kind: entry.body.detail.kind().one(),
        class: class(entry),
        title: entry.body.title.clone(),
        days: period(entry.body.from, entry.body.to),
        product: entry.outcome.as_ref().map(|outcome| outcome.product.clone()).unwrap_or_default(),
    });
    Year { title: year.title(), lines: route.chain(program).chain(entries).collect() }
}

/// Days to points.
struct Scale {
    first: NaiveDate,
    days: f64,
    year: f64,
}

impl Scale {
    fn of(years: &[AcademicYear]) -> Self {
        let day = |year: Option<&AcademicYear>| year.and_then(|year| year.period().ok());
        let first = day(years.first()).map(|period| period.from()).unwrap_or_default();
        let last = day(years.last()).and_then(|period| period.to()).unwrap_or(first);
        let days = i32::try_from((last - first).num_days()).unwrap_or(1).max(1);
        Self { first, days: f64::from(days), year: WIDTH / small(years.len().max(1)) }
    }

    fn x(&self, day: NaiveDate) -> f64 {
        let days = i32::try_from((day - self.first).num_days()).unwrap_or(0);
        (f64::from(days) / self.days * WIDTH).clamp(0.0, WIDTH)
    }

    fn columns(&self, years: &[AcademicYear]) -> Vec<Column> {
        let column = |(place, year): (usize, &AcademicYear)| Column {
            x: format!("{:.1}", self.year * small(place)),
            words_x: format!("{:.1}", self.year * (small(place) + 0.5)),
            label: year.label(),
        };
        years.iter().enumerate().map(column).collect()
    }

    /// The words stand over the bar, to its right if there is room, otherwise to its left.
    fn bar(&self, row: usize, class: &'static str, (from, to): (NaiveDate, NaiveDate), words: &str) -> Bar {
        let (left, right) = (self.x(from), self.x(to));
        let width = (right - left).max(6.0);
        let top = HEAD + ROW * small(row);
        let is_late = left > WIDTH * 0.6;
        Bar {
            class,
            x: format!("{left:.1}"),
            y: format!("{:.1}", top + 18.0),
            width: format!("{width:.1}"),
            words_x: format!("{:.1}", if is_late { left + width } else { left }),
            words_y: format!("{:.1}", top + 13.0),
            anchor: if is_late { "end" } else { "start" },
            words: shortened(words),
        }
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn small(number: usize) -> f64 {
    f64::from(u16::try_from(number).unwrap_or(u16::MAX))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LETTERS - 1).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn bars_lie_within_their_years() {
        let term = Term { from: day("2026-09-01"), to: day("2030-08-31") };
        let scale = Scale::of(&term.years());
        let first = scale.bar(0, "course", (day("2026-09-01"), day("2027-08-31")), "Курс");
        assert_eq!((first.x.as_str(), first.anchor), ("0.0", "start"));
        assert!(first.width.parse::<f64>().unwrap() <= 240.0);
        let last = scale.bar(1, "course", (day("2030-08-31"), day("2030-08-31")), "Курс");
        assert_eq!(last.anchor, "end");
        assert!(last.x.parse::<f64>().unwrap() < WIDTH);
        assert_eq!(scale.columns(&term.years()).len(), 4);
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(shortened(&"а".repeat(60)).chars().count(), LETTERS);
    }
}
