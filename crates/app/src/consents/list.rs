//! The curator's list: who has given what, in one organization or several.

use askama::Template;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::filter::{Filter, Missing, Who};
use super::store::{self, PersonRow};
use super::view::{self, State};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::listing::Direction;
use crate::kernel::page::{Layout, Listing, filters};
use crate::kernel::web::{Ctx, page};

pub(super) const PATH: &str = "/consents";
const PER_PAGE: u64 = 50;
/// What this list understands in its address.
const NAMES: &[&str] = &["q", "organization", "who", "missing", "sort", "page"];

#[derive(Template)]
#[template(path = "consents/list.html")]
pub(super) struct ListPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    /// Where the bulk form goes, with the filters, and where it returns: this very list.
    action: String,
    back: String,
    /// Blanks for everybody on the list; nothing when they are too many for one file.
    blanks: Option<String>,
    cards: Vec<Card>,
    list: Listing,
    rows: Vec<Row>,
    organizations: Vec<Choice>,
    who: Vec<Choice>,
    missing: Vec<Choice>,
    kinds: Vec<Choice>,
    may_record: bool,
}

/// A number that opens its list.
struct Card {
    href: String,
    value: i64,
    title: &'static str,
}

/// A person in an organization with the four consents.
pub(super) struct Row {
    /// What the box of the bulk form sends.
    pub(super) value: String,
    pub(super) href: String,
    pub(super) name: String,
    pub(super) position: String,
    pub(super) organization: String,
    pub(super) states: Vec<State>,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    page(&list_page(&ctx, Form::blank()).await?)
}

/// The list as the address asks, with the bulk form that may have come back.
pub(super) async fn list_page(ctx: &Ctx, form: Form) -> Outcome<ListPage> {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadConsents);
    let filter = Filter::read(|name| ctx.asked(name));
    let total = store::count_rows(reader, &reach, &filter, ctx.today).await?;
    let query: Vec<_> =
        ctx.visit.query.iter().filter(|(name, _)| NAMES.contains(&name.as_str())).cloned().collect();
    let list = Listing::new(PATH, &query, PER_PAGE, total);
    let people =
        store::rows(reader, &reach, &filter, (ctx.today, order(ctx)), (PER_PAGE, list.offset())).await?;
    let organizations = store::organizations(reader, &reach).await?;
    let fits = (1..=super::blanks::MOST_PEOPLE as u64).contains(&total);
    Ok(ListPage {
        layout: ctx.layout("Согласия").await?,
        form: if form.data().pairs().is_empty() { first_form(&filter) } else { form },
        form_key: ids::form_key(),
        action: list.export_href("/consents/receipts"),
        back: list.export_href(PATH),
        blanks: fits.then(|| list.export_href("/consents/blanks.pdf")),
        cards: cards(ctx, &filter).await?,
        rows: with_states(ctx, people).await?,
        list,
        organizations: organizations
            .into_iter()
            .map(|found| Choice::new(found.id.to_string(), found.short_name))
            .collect(),
        who: vec![Choice::new(Who::PARTICIPANTS, "В банке или в парах")],
        missing: Missing::all().map(|missing| Choice::new(missing.code(), missing.title())).collect(),
        kinds: kind_choices(),
        may_record: ctx.actor().may_somewhere(Permission::RecordConsents),
    })
}

/// Everybody the address asks for, all pages.
pub(super) async fn found(ctx: &Ctx) -> Outcome<Vec<Row>> {
    let reach = ctx.reach(Permission::ReadConsents);
    let filter = Filter::read(|name| ctx.asked(name));
    let all = (u64::MAX, 0);
    let people = store::rows(ctx.app().db.reader(), &reach, &filter, (ctx.today, order(ctx)), all).await?;
    with_states(ctx, people).await
}

pub(super) fn kind_choices() -> Vec<Choice> {
    Kind::ALL.map(|kind| Choice::new(kind.code(), format!("{}: {}", kind.letter(), kind.title()))).to_vec()
}

/// The kinds one would collect here are ticked.
fn first_form(filter: &Filter) -> Form {
    let kinds = filter.missing.unwrap_or(Missing::Basic).kinds();
    kinds.iter().fold(Form::blank(), |form, kind| form.with("kind", kind.code()))
}

fn order(ctx: &Ctx) -> Direction {
    if ctx.asked("sort") == "-name" { Direction::Descending } else { Direction::Ascending }
}

async fn with_states(ctx: &Ctx, people: Vec<PersonRow>) -> Outcome<Vec<Row>> {
    let ids: Vec<Uuid> = people.iter().map(|person| person.person_id).collect();
    let given = view::by_place(store::consents_of(ctx.app().db.reader(), &ids, None).await?);
    let row = |person: PersonRow| {
        let (id, organization) = (person.person_id, person.organization_id);
        let own = given.get(&(id, organization)).map(Vec::as_slice).unwrap_or_default();
        Row {
            value: format!("{id}.{organization}"),
            href: format!("/consents/people/{id}?organization={organization}"),
            name: person.name().full(),
            states: view::states(own, id, organization, ctx.today),
            position: person.position.unwrap_or_default(),
            organization: person.short_name,
        }
    };
    Ok(people.into_iter().map(row).collect())
}

async fn cards(ctx: &Ctx, filter: &Filter) -> Outcome<Vec<Card>> {
    let (reader, reach) = (ctx.app().db.reader(), ctx.reach(Permission::ReadConsents));
    let counts = store::counts(reader, &reach, filter.organization, ctx.today).await?;
    let asked = Filter {
        who: Who::Participants,
        missing: Some(Missing::Basic),
        organization: filter.organization,
        ..Filter::default()
    };
    let waiting = store::count_rows(reader, &reach, &asked, ctx.today).await?;
    let kept = filter.organization.map_or_else(String::new, |id| format!("&organization={id}"));
    let card = |query: &str, value, title| Card { href: format!("{PATH}?{query}{kept}"), value, title };
    Ok(vec![
        card(
            "who=participants&missing=basic",
            i64::try_from(waiting).unwrap_or(i64::MAX),
            "в банке или в парах, и нет А или Б",
        ),
        card("missing=processing", counts.processing, "нет А: обработка в организации"),
        card("missing=transfer", counts.transfer, "нет Б: передача в департамент и центры"),
        card("missing=publication", counts.publication, "нет В: открытая страница"),
    ])
}
