//! One run: proposals with their reasons, who stays without a mentor and why, whose places are left, and «what if».
//! All three lists begin on one page; of a large run each is opened page by page (`?list=left`) and searched (`?q=`).

use std::collections::BTreeMap;

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::matching::people::Mentor;
use nastavnik_domain::matching::{Audience, Part, Proposal};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::search_key;
use uuid::Uuid;

use super::list::state_words;
use super::numbers::NumbersPart;
use super::progress::{ProgressPart, progress_of};
use super::rest::{FreeRow, LeftRow, free, free_row, left, left_row};
use super::sight::{Sight, Told, pair_code, visible};
use super::store::{self, RunRow};
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
    progress: Option<ProgressPart>,
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
    shown: Shown,
    /// How many waited for a mentor.
    waited: usize,
    /// Of the list that is shown page by page.
    list: Listing,
    rows: Vec<Row>,
    left: Vec<LeftRow>,
    /// How many the search finds; without one, all.
    left_total: usize,
    /// How many stay without a mentor.
    without: usize,
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

/// Which lists the page shows: each from its beginning and the proposals page by page, or one of the others page by page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    All,
    Left,
    Free,
}

impl Shown {
    fn of(ctx: &Ctx) -> Self {
        match ctx.asked("list") {
            "left" => Self::Left,
            "free" => Self::Free,
            _ => Self::All,
        }
    }
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

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let run = visible(&ctx, id).await?;
    page(&run_page(&ctx, run, Form::blank()).await?)
}

/// The page of a run once more, with the mistakes of a form that stands on it.
pub(super) async fn run_page(ctx: &Ctx, run: RunRow, form: Form) -> Outcome<RunPage> {
    let (mut people, mut numbers) = (None, None);
    match run.sight(ctx) {
        Sight::Numbers => numbers = NumbersPart::load(ctx, &run).await?,
        Sight::People(_) => {
            if let Some(told) = Told::load(ctx, &run).await? {
                people = Some(people_part(ctx, &run, &told, &form).await?);
            }
        }
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
        progress: progress_of(ctx, &run).await?,
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
    let (shown, key) = (Shown::of(ctx), search_key(ctx.asked("q")));
    let (pairs, left, free) = (pairs(told, &key), left(told, &key), free(run, told, &key));
    let (left_total, free_total) = (left.len(), free.len());
    let total = match shown {
        Shown::All => pairs.len(),
        Shown::Left => left_total,
        Shown::Free => free_total,
    };
    let list = Listing::new(&run.href(), &ctx.visit.query, PER_PAGE as u64, total as u64);
    let page = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let from = |this: Shown| if shown == this { page } else { 0 };
    let rows = pairs.into_iter().skip(page).take(PER_PAGE).map(|pair| row(ctx, told, pair, &drafts));
    let may_vary = ctx.actor().may_at(Permission::RunMatching, &run.policy_place());
    let offers =
        may_vary && told.input.people.mentors.len() + told.input.people.mentees.len() <= MOST_CHOICES;
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
        rows: if shown == Shown::All { rows.collect() } else { Vec::new() },
        left: left
            .into_iter()
            .skip(from(Shown::Left))
            .take(PER_PAGE)
            .map(|one| left_row(told, one))
            .collect(),
        left_total,
        without: told.result.unmatched.len(),
        free: free
            .into_iter()
            .skip(from(Shown::Free))
            .take(PER_PAGE)
            .map(|one| free_row(told, one))
            .collect(),
        free_total,
        shown,
        waited: told.input.people.mentees.len(),
        list,
        pinned: links(told, &told.input.pinned),
        set_aside: links(told, &told.input.set_aside()),
        others: nearby.iter().map(|other| other_choice(run, other)).collect(),
        mentors: if offers { mentors(told) } else { Vec::new() },
        mentees: if offers { mentees(told) } else { Vec::new() },
        may_vary,
        leaders: told.input.people.mentors.iter().filter(|mentor| mentor.leads_groups_only()).count(),
        is_open: ctx.asked("parts") == "all" || !form.is_valid(),
    })
}

fn links(told: &Told, pairs: &[(PersonId, PersonId)]) -> Vec<Link> {
    let title = |mentor, mentee| format!("{} – {}", told.name(mentor).short(), told.name(mentee).short());
    let link = |(mentor, mentee): &(PersonId, PersonId)| Link {
        code: pair_code(*mentor, *mentee),
        title: title(*mentor, *mentee),
    };
    pairs.iter().map(link).collect()
}

/// The proposals the search key finds, by the Russian alphabet.
fn pairs<'a>(told: &'a Told, key: &str) -> Vec<&'a Proposal> {
    let found = |pair: &&Proposal| told.answers_to(pair.mentee, key) || told.answers_to(pair.mentor, key);
    let mut pairs: Vec<&Proposal> = told.result.pairs.iter().filter(found).collect();
    told.sort(&mut pairs, |pair| pair.mentee);
    pairs
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

impl PeoplePart {
    /// More than a page of mentees: then there is something to search in.
    const fn is_large(&self) -> bool {
        self.waited > PER_PAGE
    }

    /// Whether parts of the scores are kept from this reader.
    fn hides_parts(&self) -> bool {
        self.audience == Audience::Others
    }

    /// Whether this reader may form some of the pairs shown.
    fn may_form(&self) -> bool {
        self.rows.iter().any(|row| row.may_form)
    }

    fn shows_all(&self) -> bool {
        self.shown == Shown::All
    }

    fn shows_left(&self) -> bool {
        self.shown == Shown::Left || (self.shown == Shown::All && !self.left.is_empty())
    }

    fn shows_free(&self) -> bool {
        self.shown != Shown::Left
    }

    /// Some of them work in different places, so a place on line will be asked for.
    fn meets_on_line(&self) -> bool {
        self.rows.iter().any(|row| row.may_form && row.mentor_place != row.mentee_place)
    }
}
