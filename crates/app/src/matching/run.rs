//! One run: proposals with their reasons, who stays without a mentor and why, whose places are left, and «what if».

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::matching::people::Mentor;
use nastavnik_domain::matching::{Audience, Part, Proposal};
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::list::state_words;
use super::sight::{Sight, Told, pair_code, visible};
use super::store::{self, RunRow};
use super::work::{ProgressPart, progress_of};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Listing, Tone, filters};
use crate::kernel::web::{Ctx, Path, page};

const PER_PAGE: usize = 50;
/// With more people than this the choice of any two of them is left to the rows.
const MOST_CHOICES: usize = 1_000;

#[derive(Template)]
#[template(path = "matching/run.html")]
pub(super) struct RunPage {
    layout: Layout,
    run: RunRow,
    tone: Tone,
    state: &'static str,
    form: Form,
    form_key: Uuid,
    /// Another form of the same page.
    other_key: Uuid,
    progress: ProgressPart,
    may_run: bool,
    deeds: Vec<Choice>,
    people: Option<PeoplePart>,
    numbers: Option<NumbersPart>,
}

/// A run with the names of its people.
struct PeoplePart {
    edition: (NaiveDate, String),
    weights_href: String,
    audience: Audience,
    /// The mentees work in several organizations.
    is_wide: bool,
    unnamed: (usize, usize),
    score: u64,
    list: Listing,
    rows: Vec<Row>,
    left: Vec<LeftRow>,
    left_total: usize,
    free: Vec<FreeRow>,
    free_total: usize,
    pinned: Vec<Link>,
    set_aside: Vec<Link>,
    others: Vec<Choice>,
    mentors: Vec<Choice>,
    mentees: Vec<Choice>,
    may_vary: bool,
    /// How many mentors lead a group and nothing else.
    leaders: usize,
    /// The details of every score are open: for reading and for paper.
    is_open: bool,
}

/// A proposal.
struct Row {
    code: String,
    mentee: String,
    mentee_place: String,
    mentor: String,
    mentor_place: String,
    words: String,
    kinds: String,
    parts: Vec<Part>,
    is_pinned: bool,
    /// With a mentor who leads a group and nothing else.
    is_in_group: bool,
    /// The pair already formed from it.
    formed: Option<Uuid>,
    /// Whether this reader may form a pair of it now.
    may_form: bool,
}

/// A pair of names with what a button sends for it.
struct Link {
    code: String,
    title: String,
}

struct LeftRow {
    name: String,
    place: String,
    reasons: Vec<String>,
}

struct FreeRow {
    name: String,
    place: String,
    places: u16,
    /// Leads a group and nothing else, and it could not be brought together.
    is_closed_group: bool,
}

/// A run in numbers, organization by organization.
struct NumbersPart {
    edition: (NaiveDate, String),
    lines: Vec<NumbersLine>,
}

#[derive(Default)]
struct NumbersLine {
    place: String,
    mentees: u64,
    matched: u64,
    /// Of them with a mentor of another organization.
    from_elsewhere: u64,
    /// Places that stay free.
    free: u64,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let run = visible(&ctx, id).await?;
    page(&run_page(&ctx, run, Form::blank()).await?)
}

/// The page of a run once more, with the mistakes of a form that stands on it.
pub(super) async fn run_page(ctx: &Ctx, run: RunRow, form: Form) -> Outcome<RunPage> {
    let told = match run.state.as_str() {
        "done" => Told::load(ctx, &run).await?,
        _ => None,
    };
    let (mut people, mut numbers) = (None, None);
    match (told, run.sight(ctx)) {
        (Some(told), Sight::People(_)) => people = Some(people_part(ctx, &run, &told, &form).await?),
        (Some(told), Sight::Numbers) => numbers = Some(numbers_part(&told)),
        (None, _) => {}
    }
    let mut layout = ctx.layout(&format!("Подбор: {}", run.place_name())).await?;
    layout.crumbs = vec![Crumb::new("/matching", "Подбор")];
    let (tone, state) = state_words(&run.state);
    Ok(RunPage {
        layout,
        tone,
        state,
        form,
        form_key: ids::form_key(),
        other_key: ids::form_key(),
        progress: progress_of(ctx, &run),
        may_run: ctx.actor().may_at(Permission::RunMatching, &run.policy_place()),
        deeds: super::variants::deeds(),
        people,
        numbers,
        run,
    })
}

async fn people_part(ctx: &Ctx, run: &RunRow, told: &Told, form: &Form) -> Outcome<PeoplePart> {
    let reader = ctx.app().db.reader();
    let drafts = store::drafts(reader, run.id).await?;
    let nearby = store::nearby(reader, &ctx.reach(Permission::ReadMatching), run).await?;
    let mut pairs: Vec<&Proposal> = told.result.pairs.iter().collect();
    told.sort(&mut pairs, |pair| pair.mentee);
    let list = Listing::new(&run.href(), &ctx.visit.query, PER_PAGE as u64, pairs.len() as u64);
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let rows: Vec<Row> =
        pairs.into_iter().skip(skip).take(PER_PAGE).map(|pair| row(ctx, told, pair, &drafts)).collect();
    let (left, left_total) = left(told);
    let (free, free_total) = free(run, told);
    let may_vary = ctx.actor().may_at(Permission::RunMatching, &run.policy_place());
    let offers =
        may_vary && told.input.people.mentors.len() + told.input.people.mentees.len() <= MOST_CHOICES;
    let links = |pairs: &[(PersonId, PersonId)]| -> Vec<Link> {
        let title = |mentor, mentee| format!("{} – {}", told.name(mentor).short(), told.name(mentee).short());
        let link = |(mentor, mentee): &(PersonId, PersonId)| Link {
            code: pair_code(*mentor, *mentee),
            title: title(*mentor, *mentee),
        };
        pairs.iter().map(link).collect()
    };
    let edition = &told.input.edition;
    Ok(PeoplePart {
        edition: (edition.valid_from, edition.source.clone()),
        weights_href: run.municipality_id.map_or_else(
            || "/matching/weights".to_owned(),
            |id| format!("/matching/weights?municipality={id}"),
        ),
        audience: told.audience,
        is_wide: run.organization_id.is_none(),
        unnamed: (told.input.unnamed.mentees, told.input.unnamed.mentors),
        score: told.result.score,
        list,
        rows,
        left,
        left_total,
        free,
        free_total,
        pinned: links(&told.input.pinned),
        set_aside: links(&told.input.set_aside()),
        others: nearby.iter().map(|other| other_choice(run, other)).collect(),
        mentors: if offers { mentors(told) } else { Vec::new() },
        mentees: if offers { mentees(told) } else { Vec::new() },
        may_vary,
        leaders: told.input.people.mentors.iter().filter(|mentor| mentor.leads_groups_only()).count(),
        is_open: ctx.asked("parts") == "all" || !form.is_valid(),
    })
}

fn row(ctx: &Ctx, told: &Told, pair: &Proposal, drafts: &BTreeMap<Uuid, Uuid>) -> Row {
    let formed = drafts.get(&pair.mentee.0).copied();
    let home = told.input.mentee(pair.mentee.0).map(|mentee| mentee.profile.workplace.organization);
    let forms = ctx.reach(Permission::FormPairs);
    Row {
        code: pair_code(pair.mentor, pair.mentee),
        mentee: told.name(pair.mentee).full(),
        mentee_place: told.school(pair.mentee).to_owned(),
        mentor: told.name(pair.mentor).full(),
        mentor_place: told.school(pair.mentor).to_owned(),
        words: pair.explanation.words(),
        kinds: kinds(&pair.kinds),
        parts: pair.explanation.parts.clone(),
        is_pinned: told.input.pinned.contains(&(pair.mentor, pair.mentee)),
        is_in_group: told.input.mentor(pair.mentor.0).is_some_and(Mentor::leads_groups_only),
        may_form: formed.is_none() && home.is_some_and(|home| forms.organizations.contains(&home)),
        formed,
    }
}

/// «традиционное, ситуационное».
pub(super) fn kinds(kinds: &std::collections::BTreeSet<Kind>) -> String {
    kinds.iter().map(|kind| kind.title()).collect::<Vec<_>>().join(", ")
}

fn left(told: &Told) -> (Vec<LeftRow>, usize) {
    let mut left: Vec<_> = told.result.unmatched.iter().collect();
    told.sort(&mut left, |one| one.mentee);
    let total = left.len();
    let row = |one: &nastavnik_domain::matching::Unmatched| LeftRow {
        name: told.name(one.mentee).full(),
        place: told.school(one.mentee).to_owned(),
        reasons: told.reasons(one),
    };
    (left.into_iter().take(PER_PAGE).map(row).collect(), total)
}

/// Mentors with places nobody was proposed for.
pub(super) fn free_places(told: &Told) -> Vec<(PersonId, u16)> {
    let mut taken: BTreeMap<PersonId, u16> = BTreeMap::new();
    for pair in &told.result.pairs {
        *taken.entry(pair.mentor).or_default() += 1;
    }
    let free = told.input.people.mentors.iter().map(|mentor| {
        let person = mentor.profile.person;
        (person, mentor.free_places.saturating_sub(taken.get(&person).copied().unwrap_or(0)))
    });
    free.filter(|(_, free)| *free > 0).collect()
}

/// Of an organization's run the own mentors: the others are found in the register.
fn free(run: &RunRow, told: &Told) -> (Vec<FreeRow>, usize) {
    let mut free = free_places(told);
    let workplaces = told.input.workplaces();
    let is_own = |person: &PersonId| {
        run.organization_id.is_none() || workplaces.get(&person.0).copied() == run.organization_id
    };
    free.retain(|(person, _)| is_own(person));
    told.sort(&mut free, |(person, _)| *person);
    let total = free.len();
    let row = |(person, places): (PersonId, u16)| FreeRow {
        name: told.name(person).full(),
        place: told.school(person).to_owned(),
        places,
        is_closed_group: told.result.closed_groups.contains(&person),
    };
    (free.into_iter().take(PER_PAGE).map(row).collect(), total)
}

/// Another run to compare this one with.
fn other_choice(run: &RunRow, other: &RunRow) -> Choice {
    let what = match (run.parent_id == Some(other.id), other.parent_id == Some(run.id)) {
        (true, _) => "с подбором, из которого сделан этот вариант",
        (_, true) => "с вариантом",
        _ => "с другим подбором",
    };
    let pairs = nastavnik_domain::russian::count(other.matched.unsigned_abs(), "пара", "пары", "пар");
    let title = format!("{what} от {}: {pairs}", filters::short_date(other.run_on));
    Choice::new(format!("{}/comparison/{}", run.href(), other.id), title)
}

fn mentors(told: &Told) -> Vec<Choice> {
    let ids = told.input.people.mentors.iter().map(|mentor| mentor.profile.person);
    choices(told, ids.collect())
}

fn mentees(told: &Told) -> Vec<Choice> {
    let ids = told.input.people.mentees.iter().map(|mentee| mentee.profile.person);
    choices(told, ids.collect())
}

fn choices(told: &Told, mut ids: Vec<PersonId>) -> Vec<Choice> {
    ids.retain(|person| !told.name(*person).is_hidden());
    told.sort(&mut ids, |person| *person);
    let title = |person: PersonId| {
        let name = told.name(person).full();
        if told.is_wide() { format!("{name} · {}", told.school(person)) } else { name }
    };
    ids.into_iter().map(|person| Choice::new(person.to_string(), title(person))).collect()
}

fn numbers_part(told: &Told) -> NumbersPart {
    let workplaces = told.input.workplaces();
    let mut lines: BTreeMap<Uuid, NumbersLine> = BTreeMap::new();
    for mentee in &told.input.people.mentees {
        lines.entry(mentee.profile.workplace.organization.0).or_default().mentees += 1;
    }
    for pair in &told.result.pairs {
        let home = told.input.mentee(pair.mentee.0).map(|mentee| mentee.profile.workplace.organization.0);
        let line = lines.entry(home.unwrap_or_default()).or_default();
        line.matched += 1;
        line.from_elsewhere += u64::from(workplaces.get(&pair.mentor.0).copied() != home);
    }
    for (person, free) in free_places(told) {
        let home = workplaces.get(&person.0).copied().unwrap_or_default();
        lines.entry(home).or_default().free += u64::from(free);
    }
    let mut lines: Vec<NumbersLine> = lines
        .into_iter()
        .map(|(id, line)| NumbersLine { place: told.place(id).to_owned(), ..line })
        .collect();
    lines.sort_by_cached_key(|line| nastavnik_domain::russian::sort_key(&line.place));
    let edition = &told.input.edition;
    NumbersPart { edition: (edition.valid_from, edition.source.clone()), lines }
}

impl PeoplePart {
    /// Whether parts of the scores are kept from this reader.
    fn hides_parts(&self) -> bool {
        self.audience == Audience::Others
    }

    /// Whether this reader may form some of the pairs shown.
    fn may_form(&self) -> bool {
        self.rows.iter().any(|row| row.may_form)
    }

    /// Some of them work in different places, so a place on line will be asked for.
    fn meets_on_line(&self) -> bool {
        self.rows.iter().any(|row| row.may_form && row.mentor_place != row.mentee_place)
    }
}
