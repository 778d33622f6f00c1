//! The list of candidates for mentors with their places.

use askama::Template;
use nastavnik_domain::mentor::Pressure;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{search_key, sort_key};
use nastavnik_domain::selection::Standing;
use nastavnik_domain::training::Training;
use uuid::Uuid;

use super::front::number;
use super::members::{self, Member};
use super::store::{self, StaffFilter};
use super::terms::{capitalized, domain_choices, domain_named};
use super::view;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::listing::Direction;
use crate::kernel::page::{Layout, Listing, Tab, filters};
use crate::kernel::web::{Ctx, page};

const PATH: &str = "/bank/mentors";
const PER_PAGE: u64 = 50;
const NAMES: &[&str] =
    &["q", "organization", "ready", "places", "domain", "selection", "training", "sort", "page"];

#[derive(Template)]
#[template(path = "bank/mentors.html")]
struct MentorsPage {
    layout: Layout,
    tabs: Vec<Tab>,
    list: Listing,
    rows: Vec<Member>,
    /// How many are not shown for want of the consent Б.
    hidden: u64,
    organizations: Vec<Choice>,
    readiness: Vec<Choice>,
    places: Vec<Choice>,
    domains: Vec<Choice>,
    standings: Vec<Choice>,
    trainings: Vec<Choice>,
    may_add: bool,
    ready: u64,
    free: u64,
    unproven: u64,
    /// Keeps the organization chosen when a number is opened.
    kept: String,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadBank);
    let organization: Option<Uuid> = ctx.asked("organization").parse().ok();
    let filter = StaffFilter { organization, ..StaffFilter::default() };
    let (everybody, hidden) = members::named(reader, &reach, &filter, ctx.today).await?;
    let ready = number(everybody.iter().filter(|member| member.is_ready()));
    let free = number(everybody.iter().filter(|member| member.is_ready() && member.free() > 0));
    let unproven = number(everybody.iter().filter(|member| !member.is_ready()));
    let found = narrowed(&ctx, everybody);
    let query: Vec<_> =
        ctx.visit.query.iter().filter(|(name, _)| NAMES.contains(&name.as_str())).cloned().collect();
    let list = Listing::new(PATH, &query, PER_PAGE, number(found.iter()));
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let organizations = store::organizations(reader, &reach).await?;
    page(&MentorsPage {
        layout: ctx.layout("Банк: кандидаты в наставники").await?,
        tabs: view::tabs(PATH),
        list,
        hidden,
        rows: found.into_iter().skip(skip).take(usize::try_from(PER_PAGE).unwrap_or(usize::MAX)).collect(),
        organizations: organizations
            .into_iter()
            .map(|found| Choice::new(found.id.to_string(), found.short_name))
            .collect(),
        readiness: vec![Choice::new("yes", "Можно предлагать"), Choice::new("no", "Чего-то не хватает")],
        places: vec![
            Choice::new("free", "Есть свободные"),
            Choice::new("full", "Все заняты"),
            Choice::new("pressed", "Нагрузка на пределе"),
        ],
        domains: domain_choices(),
        standings: Standing::ALL.map(|found| Choice::new(found.code(), capitalized(found.title()))).to_vec(),
        trainings: Training::CODES.map(|(code, title)| Choice::new(code, capitalized(title))).to_vec(),
        may_add: ctx.actor().may_somewhere(Permission::EditMentors),
        ready,
        free,
        unproven,
        kept: organization.map_or_else(String::new, |id| format!("&organization={id}")),
    })
}

fn narrowed(ctx: &Ctx, mut members: Vec<Member>) -> Vec<Member> {
    let key = search_key(ctx.asked("q"));
    let domain = domain_named(ctx.asked("domain"));
    let standing = Standing::from_code(ctx.asked("selection"));
    members.retain(|member| {
        let readiness = match ctx.asked("ready") {
            "yes" => member.is_ready(),
            "no" => !member.is_ready(),
            _ => true,
        };
        let places = match ctx.asked("places") {
            "free" => member.free() > 0,
            "full" => member.free() == 0,
            "pressed" => member.pressure != Pressure::Calm,
            _ => true,
        };
        let training = ctx.asked("training");
        readiness
            && places
            && domain.is_none_or(|wanted| member.is_strong_in(wanted))
            && standing.is_none_or(|wanted| member.selection.standing == wanted)
            && (training.is_empty() || member.training.code() == training)
            && member.answers_to(&key)
    });
    let (by, direction) = view::order(ctx.asked("sort"));
    match by {
        "school" => members.sort_by_cached_key(|member| sort_key(&member.school.name)),
        "free" => members.sort_by_key(Member::free),
        "achievements" => members.sort_by_key(|member| member.achievements.len()),
        _ => {}
    }
    if direction == Direction::Descending {
        members.reverse();
    }
    members
}
