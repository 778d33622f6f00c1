//! The list of candidates for mentors with their places.

use askama::Template;
use nastavnik_domain::mentor::Pressure;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::russian::{search_key, sort_key};
use nastavnik_domain::selection::Standing;
use nastavnik_domain::training::Training;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::front::number;
use super::mark;
use super::members::{self, Member};
use super::store::{self, StaffFilter};
use super::terms::{capitalized, domain_choices, domain_named};
use super::view;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::ids;
use crate::kernel::listing::Direction;
use crate::kernel::page::{Layout, Listing, Tab, filters};
use crate::kernel::saved::SavedFilters;
use crate::kernel::web::{Ctx, page};

const PATH: &str = "/bank/mentors";
const PER_PAGE: u64 = 50;
const NAMES: &[&str] =
    &["q", "organization", "ready", "places", "domain", "selection", "training", "fresh", "sort", "page"];

#[derive(Template)]
#[template(path = "bank/mentors.html")]
pub(super) struct MentorsPage {
    layout: Layout,
    form_key: Uuid,
    /// Where the bulk form goes, with the filters, and where it returns: this very list.
    renewal: String,
    back: String,
    /// What is wrong with the bulk form; empty when nothing is.
    problem: String,
    tabs: Vec<Tab>,
    list: Listing,
    saved: SavedFilters,
    rows: Vec<Member>,
    /// How many are not shown for want of the consent Б.
    hidden: u64,
    organizations: Vec<Choice>,
    readiness: Vec<Choice>,
    places: Vec<Choice>,
    domains: Vec<Choice>,
    standings: Vec<Choice>,
    trainings: Vec<Choice>,
    freshness: Vec<Choice>,
    may_add: bool,
    /// Where this reader may confirm records.
    renewers: Reach,
    due: u64,
    ready: u64,
    free: u64,
    unproven: u64,
    /// Keeps the organization chosen when a number is opened.
    kept: String,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    page(&mentors_page(&ctx, String::new()).await?)
}

/// The list as the address asks; `problem` is what the bulk form was refused for.
pub(super) async fn mentors_page(ctx: &Ctx, problem: String) -> Outcome<MentorsPage> {
    let reader = ctx.app().db.reader();
    let (everybody, hidden) = of_organization(ctx, reader).await?;
    let ready = number(everybody.iter().filter(|member| member.is_ready()));
    let free = number(everybody.iter().filter(|member| member.is_ready() && member.free() > 0));
    let unproven = number(everybody.iter().filter(|member| !member.is_ready()));
    let due = number(everybody.iter().filter(|member| member.mark.freshness.is_due()));
    let found = narrowed(ctx, everybody);
    let query: Vec<_> =
        ctx.visit.query.iter().filter(|(name, _)| NAMES.contains(&name.as_str())).cloned().collect();
    let list = Listing::new(PATH, &query, PER_PAGE, number(found.iter()));
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let organizations = store::organizations(reader, &ctx.reach(Permission::ReadBank)).await?;
    Ok(MentorsPage {
        layout: ctx.layout("Банк: кандидаты в наставники").await?,
        form_key: ids::form_key(),
        renewal: list.export_href("/bank/mentors/renewals"),
        back: list.export_href(PATH),
        problem,
        tabs: view::tabs(PATH),
        saved: SavedFilters::of(ctx, &list).await?,
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
        freshness: mark::choices(),
        renewers: ctx.reach(Permission::EditBank),
        due,
        may_add: ctx.actor().may_somewhere(Permission::EditMentors),
        ready,
        free,
        unproven,
        kept: organization(ctx).map_or_else(String::new, |id| format!("&organization={id}")),
    })
}

/// Every candidate the address asks for, in its order, all pages.
pub(super) async fn found(ctx: &Ctx, connection: &impl ConnectionTrait) -> Outcome<Vec<Member>> {
    let (everybody, _) = of_organization(ctx, connection).await?;
    Ok(narrowed(ctx, everybody))
}

/// Every candidate within reach, of one organization if the address names it: what the numbers count; and how many
/// are not shown for want of the consent Б.
async fn of_organization(ctx: &Ctx, connection: &impl ConnectionTrait) -> Outcome<(Vec<Member>, u64)> {
    let filter = StaffFilter { organization: organization(ctx), ..StaffFilter::default() };
    Ok(members::named(connection, &ctx.reach(Permission::ReadBank), &filter, ctx.today).await?)
}

fn organization(ctx: &Ctx) -> Option<Uuid> {
    ctx.asked("organization").parse().ok()
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
            && mark::passes(ctx.asked("fresh"), Some(&member.mark))
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

impl MentorsPage {
    /// Whether this reader may confirm the candidate's record.
    fn may_renew(&self, member: &Member) -> bool {
        self.renewers.covers(&member.school.place)
    }
}
