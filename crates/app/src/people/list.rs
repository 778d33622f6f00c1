//! The list of staff: who works where, within the reader's reach.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::organization::OrganizationKind;
use nastavnik_domain::person::Qualification;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::russian::{search_key, short};

use super::store::list::{self, Asker, Filter, ListRow, Order, PlaceRow, State, Years};
use super::words::{experience_words, natural_key, post, since_text};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::listing::Direction;
use crate::kernel::page::{Layout, Listing};
use crate::kernel::web::{Ctx, page};

const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListPage {
    layout: Layout,
    list: Listing,
    people: Vec<Person>,
    options: Options,
    /// Several organizations are within reach, so each row says which is meant.
    many_places: bool,
    may_add: bool,
    may_import: bool,
}

/// Answers of the filters.
struct Options {
    organizations: Vec<Choice>,
    kinds: Vec<Choice>,
    qualifications: Vec<Choice>,
    experience: Vec<Choice>,
    states: Vec<Choice>,
}

/// A row: somebody employed twice is one row with both places.
pub(super) struct Person {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) is_archived: bool,
    /// Doesn't work in any organization within reach.
    pub(super) has_left: bool,
    pub(super) posts: Vec<Post>,
    pub(super) experience: String,
}

pub(super) struct Post {
    pub(super) organization: String,
    pub(super) title: String,
    pub(super) qualification: &'static str,
    pub(super) hired: String,
    pub(super) left: String,
    is_open: bool,
}

impl Options {
    /// Is one of the rarer conditions set? Then they are shown at once.
    fn is_asked(&self, list: &Listing) -> bool {
        let rarer = ["position", "subject", "qualification", "experience"];
        rarer.iter().any(|name| !list.value(name).is_empty())
            || (self.kinds.len() > 1 && !list.value("kind").is_empty())
    }
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let reach = ctx.reach(Permission::ReadStaff);
    let asker = Asker { reach: &reach, today: ctx.today };
    let filter = filter(&ctx);
    let reader = ctx.app().db.reader();
    let total = list::count(reader, &asker, &filter).await?;
    let list = Listing::new("/people", &ctx.visit.query, PER_PAGE, total);
    let rows = list::page(reader, &asker, &filter, order(&ctx), (PER_PAGE, list.offset())).await?;
    let places = if is_one_place(&reach) { Vec::new() } else { list::places(reader, &reach).await? };
    page(&ListPage {
        layout: ctx.layout("Работники").await?,
        people: people(rows, ctx.today),
        options: options(places),
        many_places: !is_one_place(&reach),
        may_add: ctx.actor().may_somewhere(Permission::EditStaff),
        may_import: ctx.actor().may_somewhere(Permission::ImportStaff),
        list,
    })
}

/// Everybody who passes the filters of the address, in its order.
pub(super) async fn found(ctx: &Ctx) -> Outcome<Vec<Person>> {
    let reach = ctx.reach(Permission::ReadStaff);
    let asker = Asker { reach: &reach, today: ctx.today };
    let all = (u64::MAX, 0);
    let rows = list::page(ctx.app().db.reader(), &asker, &filter(ctx), order(ctx), all).await?;
    Ok(people(rows, ctx.today))
}

fn is_one_place(reach: &Reach) -> bool {
    let is_narrow = !reach.everywhere && reach.municipalities.is_empty() && reach.regions.is_empty();
    is_narrow && reach.organizations.len() == 1
}

fn filter(ctx: &Ctx) -> Filter {
    Filter {
        name: search_key(ctx.asked("q")),
        organization: ctx.asked("organization").parse().ok(),
        kind: OrganizationKind::from_code(ctx.asked("kind")).map(OrganizationKind::code),
        position: search_key(ctx.asked("position")),
        subject: search_key(ctx.asked("subject")),
        qualification: Qualification::from_code(ctx.asked("qualification")),
        experience: EXPERIENCE.iter().find(|known| known.0 == ctx.asked("experience")).map(|known| known.2),
        state: STATES
            .iter()
            .find(|known| known.0 == ctx.asked("state"))
            .map_or(State::Working, |known| known.2),
    }
}

fn order(ctx: &Ctx) -> (Order, Direction) {
    let asked = ctx.asked("sort");
    let (key, direction) = match asked.strip_prefix('-') {
        Some(key) => (key, Direction::Descending),
        None => (asked, Direction::Ascending),
    };
    match key {
        "hired" => (Order::Hired, direction),
        "experience" => (Order::Experience, direction),
        "name" => (Order::Name, direction),
        _ => (Order::Name, Direction::Ascending),
    }
}

const EXPERIENCE: [(&str, &str, Years); 4] = [
    ("0-3", "До 3 лет", Years { from: None, to: Some(3) }),
    ("3-10", "От 3 до 10 лет", Years { from: Some(3), to: Some(10) }),
    ("10-20", "От 10 до 20 лет", Years { from: Some(10), to: Some(20) }),
    ("20", "Больше 20 лет", Years { from: Some(20), to: None }),
];

/// Working ones are shown when nothing is asked.
const STATES: [(&str, &str, State); 3] =
    [("left", "Уволены", State::Left), ("archive", "В архиве", State::Archived), ("all", "Все", State::All)];

fn options(places: Vec<PlaceRow>) -> Options {
    let mut places = places;
    places.sort_by_cached_key(|place| natural_key(&place.short_name));
    let there = |kind: &OrganizationKind| places.iter().any(|place| place.kind == kind.code());
    let kinds = OrganizationKind::ALL.into_iter().filter(there);
    Options {
        kinds: kinds.map(|kind| Choice::new(kind.code(), kind.title())).collect(),
        organizations: places
            .iter()
            .map(|place| Choice::new(place.id.to_string(), &*place.short_name))
            .collect(),
        qualifications: Qualification::ALL
            .into_iter()
            .map(|known| Choice::new(known.code(), known.title()))
            .collect(),
        experience: EXPERIENCE.iter().map(|known| Choice::new(known.0, known.1)).collect(),
        states: STATES.iter().map(|known| Choice::new(known.0, known.1)).collect(),
    }
}

/// Gathers rows of one person. Past places are shown only to those who have no others here.
fn people(rows: Vec<ListRow>, today: NaiveDate) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut last = None;
    for row in rows {
        if last != Some(row.id) {
            last = Some(row.id);
            people.push(person(&row, today));
        }
        if let (Some(person), Some(post)) = (people.last_mut(), place(&row, today)) {
            person.posts.push(post);
        }
    }
    for person in &mut people {
        person.has_left = !person.posts.iter().any(|post| post.is_open);
        if !person.has_left {
            person.posts.retain(|post| post.is_open);
        }
    }
    people
}

fn person(row: &ListRow, today: NaiveDate) -> Person {
    Person {
        href: format!("/people/{}", row.id),
        name: row.name().full(),
        is_archived: row.archived_at.is_some(),
        has_left: false,
        posts: Vec::new(),
        experience: experience_words(row.teaching_since(), today),
    }
}

fn place(row: &ListRow, today: NaiveDate) -> Option<Post> {
    Some(Post {
        organization: row.organization.clone()?,
        title: post(row.position.as_deref()?, row.subject.as_deref()),
        qualification: row.qualification().map_or("", Qualification::title),
        hired: row.started().map(since_text).unwrap_or_default(),
        left: row.ended_on.and_then(|day| day.pred_opt()).map(short).unwrap_or_default(),
        is_open: row.ended_on.is_none_or(|ended_on| ended_on > today),
    })
}
