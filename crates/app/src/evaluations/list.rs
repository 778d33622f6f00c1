//! Evaluations within reach: who has given a part, what waits for whom.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::evaluation::{State, Wave};
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{compare, search_key};
use uuid::Uuid;

use super::front::{self, Known};
use super::{follow, record, view};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::listing::Listing;
use crate::kernel::page::{Layout, Tone, filters};
use crate::kernel::web::{Ctx, page};
use crate::pairs::{self, Case};

const PATH: &str = "/evaluations";
const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "evaluations/list.html")]
struct ListPage {
    layout: Layout,
    list: Listing,
    rows: Vec<Line>,
    waves: Vec<Choice>,
    states: Vec<Choice>,
    organizations: Vec<Choice>,
}

/// A row of the list.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) href: String,
    pub(super) pair: String,
    pub(super) organization: Uuid,
    pub(super) school: String,
    pub(super) wave: Wave,
    pub(super) title: String,
    pub(super) given: usize,
    pub(super) owing: usize,
    /// Whose parts are waited for.
    pub(super) missing: Vec<String>,
    pub(super) state: State,
    pub(super) is_late: bool,
    pub(super) stands: Stands,
    pub(super) decision: &'static str,
    pub(super) total: String,
    pub(super) due: NaiveDate,
    search: String,
}

impl Line {
    pub(super) fn tone(&self) -> Tone {
        if self.is_late { Tone::Wait } else { view::tone(self.state) }
    }

    pub(super) fn word(&self) -> &'static str {
        match self.state {
            State::Open if self.is_late => "срок прошёл, нужен итог",
            state => state.title(),
        }
    }
}

/// What waits for somebody besides the state.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// May be concluded, by this reader.
    Mine,
    /// May be concluded, by somebody else.
    Another,
    /// Decided, and the step was not taken yet.
    Decided,
    Otherwise,
}

/// What may be chosen among states: code and words.
const STATES: [(&str, &str); 8] = [
    ("open", "ждём участников"),
    ("late", "срок прошёл, нужен итог"),
    ("conclude", "можно подвести итог"),
    ("mine", "ждёт вашего итога"),
    ("concluded", "ждёт утверждения"),
    ("confirmed", "утверждена"),
    ("decided", "решено, ждёт следующего шага"),
    ("ahead", "ещё не началась"),
];

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let everything = lines(&ctx).await?;
    let organizations = organizations(&everything);
    let shown = narrowed(&ctx, everything);
    let list = Listing::new(PATH, &ctx.visit.query, PER_PAGE, u64::try_from(shown.len()).unwrap_or(u64::MAX));
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    page(&ListPage {
        layout: ctx.layout("Оценка программ").await?,
        rows: shown.into_iter().skip(skip).take(take).collect(),
        list,
        waves: Wave::ALL.map(|wave| Choice::new(wave.code(), wave.title())).to_vec(),
        states: STATES.map(|(code, words)| Choice::new(code, words)).to_vec(),
        organizations,
    })
}

/// What the address asks for, all pages.
pub(super) async fn asked(ctx: &Ctx) -> Outcome<Vec<Line>> {
    Ok(narrowed(ctx, lines(ctx).await?))
}

/// Every evaluation within reach: a fixed number of queries for any number of pairs.
async fn lines(ctx: &Ctx) -> Outcome<Vec<Line>> {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadEvaluations);
    let cases = pairs::visible_cases(reader, &reach, ctx.actor().person.0, ctx.today).await?;
    let cases: Vec<&Case> = cases.iter().collect();
    let known = front::of_cases(reader, &cases, ctx.today).await?;
    let decided = follow::waiting(reader, &cases, &known, ctx.today).await?;
    let mut lines = Vec::new();
    for case in cases {
        for one in known.get(&case.pair.id).into_iter().flatten() {
            let mut line = line(ctx, case, one)?;
            if decided.iter().any(|decided| decided.href == line.href) {
                line.stands = Stands::Decided;
            }
            lines.push(line);
        }
    }
    Ok(lines)
}

fn line(ctx: &Ctx, case: &Case, known: &Known) -> anyhow::Result<Line> {
    let (pair, today) = (&case.pair, ctx.today);
    let missing: Vec<PersonId> = known.evaluation.missing().collect();
    let waited = pair.people().filter(|one| missing.contains(&PersonId(one.person)));
    let names: Vec<String> = pair.people().map(|one| one.name.full()).collect();
    let concluded = known.row.as_ref().and_then(|row| row.concluded.as_ref());
    let total = match concluded {
        Some(word) => super::paper::total(word.score(super::rules::rules(word.on)?)),
        None => String::new(),
    };
    Ok(Line {
        href: format!("/pairs/{}/evaluations/{}", pair.id, known.plan.code()),
        pair: pair.title(),
        organization: pair.organization,
        school: pair.organization_name.clone(),
        wave: known.plan.wave,
        title: known.plan.title(),
        given: known.evaluation.given.len(),
        owing: known.evaluation.owing.len(),
        missing: waited.map(|one| one.name.short()).collect(),
        state: known.evaluation.state(today),
        is_late: known.evaluation.is_late(today),
        stands: match record::concludes(ctx, pair, known.concluder) {
            _ if !front::awaits_conclusion(known, today) => Stands::Otherwise,
            Ok(()) => Stands::Mine,
            Err(_) => Stands::Another,
        },
        decision: known.decision.map_or("", nastavnik_domain::evaluation::Decision::title),
        total,
        due: known.plan.due,
        search: search_key(&names.join(" ")),
    })
}

fn narrowed(ctx: &Ctx, mut lines: Vec<Line>) -> Vec<Line> {
    let key = search_key(ctx.asked("q"));
    let wave = Wave::from_code(ctx.asked("wave"));
    let organization: Option<Uuid> = ctx.asked("organization").parse().ok();
    let state = ctx.asked("state");
    lines.retain(|line| {
        wave.is_none_or(|wanted| line.wave == wanted)
            && organization.is_none_or(|wanted| line.organization == wanted)
            && (key.is_empty() || line.search.contains(&key))
            && is_in(line, state)
    });
    let sort = ctx.asked("sort");
    match sort.trim_start_matches('-') {
        "pair" => lines.sort_by(|one, two| compare(&one.pair, &two.pair)),
        "state" => lines.sort_by_key(|line| (line.state, line.due)),
        _ => lines.sort_by(|one, two| one.due.cmp(&two.due).then_with(|| compare(&one.pair, &two.pair))),
    }
    if sort.starts_with('-') {
        lines.reverse();
    }
    lines
}

/// Without a choice, everything that has begun.
fn is_in(line: &Line, state: &str) -> bool {
    match state {
        "late" => line.is_late,
        "conclude" => matches!(line.stands, Stands::Mine | Stands::Another),
        "mine" => line.stands == Stands::Mine,
        "decided" => line.stands == Stands::Decided,
        _ => match State::from_code(state) {
            Some(wanted) => line.state == wanted,
            None => line.state != State::Ahead,
        },
    }
}

fn organizations(lines: &[Line]) -> Vec<Choice> {
    let mut found: Vec<(&str, Uuid)> =
        lines.iter().map(|line| (line.school.as_str(), line.organization)).collect();
    found.sort_by(|one, two| compare(one.0, two.0).then(one.1.cmp(&two.1)));
    found.dedup();
    found.into_iter().map(|(name, id)| Choice::new(id.to_string(), name)).collect()
}

impl ListPage {
    fn is_new(&self) -> bool {
        self.rows.is_empty() && !self.list.is_filtered()
    }

    fn many_schools(&self) -> bool {
        self.organizations.len() > 1
    }
}
