//! The list of those who need a mentor, with the reason of each.

use askama::Template;
use nastavnik_domain::category::Category;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::russian::{search_key, sort_key};
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::front::number;
use super::mark::{self, Mark};
use super::needs::{self, Entry, Need, Standing};
use super::store::{self, StaffFilter, Verdict};
use super::view::{self, Link};
use crate::kernel::errors::Outcome;
use crate::kernel::filters::short_date;
use crate::kernel::forms::Choice;
use crate::kernel::ids;
use crate::kernel::listing::Direction;
use crate::kernel::page::{Layout, Listing, Tab, Tone, filters};
use crate::kernel::saved::SavedFilters;
use crate::kernel::web::{Ctx, page};

const PATH: &str = "/bank/mentees";
const PER_PAGE: u64 = 50;
/// What this list understands in its address.
const NAMES: &[&str] = &["q", "organization", "category", "state", "mentor", "fresh", "sort", "page"];

#[derive(Template)]
#[template(path = "bank/mentees.html")]
pub(super) struct MenteesPage {
    layout: Layout,
    form_key: Uuid,
    /// Where the bulk forms go, with the filters, and where they return: this very list.
    action: String,
    renewal: String,
    back: String,
    /// What is wrong with the bulk form; empty when nothing is.
    problem: String,
    tabs: Vec<Tab>,
    year: String,
    cards: Vec<Card>,
    list: Listing,
    saved: SavedFilters,
    rows: Vec<Row>,
    /// How many are not shown for want of the consent Б.
    hidden: u64,
    organizations: Vec<Choice>,
    categories: Vec<Choice>,
    states: Vec<Choice>,
    with_mentor: Vec<Choice>,
    freshness: Vec<Choice>,
    may_decide: bool,
    /// Whether this reader may load a changed table.
    may_load: bool,
    boxes: Boxes,
}

/// What the boxes of this page stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Boxes {
    Nothing,
    /// Some row waits for a decision of this reader.
    Categories,
    /// The address asks about freshness, and this reader may confirm some record.
    Records,
}

/// A number that opens its list.
struct Card {
    href: String,
    value: u64,
    title: &'static str,
}

struct Row {
    href: String,
    name: String,
    positions: String,
    school: String,
    person_href: String,
    entries: Vec<Line>,
    history: Vec<String>,
    mentors: Vec<Link>,
    waits: bool,
    /// What the box of the record sends; empty when there is nothing to confirm.
    record: String,
    mark: Option<Mark>,
}

/// A category in a row.
struct Line {
    /// What the box of the bulk form sends; empty when there is nothing to confirm.
    value: String,
    title: &'static str,
    ground: String,
    is_vague: bool,
    tone: Tone,
    state: &'static str,
    /// «Иванова А. А., 23.11.2026».
    decided: String,
    /// Why it was declined.
    refusal: String,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    page(&mentees_page(&ctx, String::new()).await?)
}

/// The list as the address asks; `problem` is what the bulk form was refused for.
pub(super) async fn mentees_page(ctx: &Ctx, problem: String) -> Outcome<MenteesPage> {
    let reader = ctx.app().db.reader();
    let query: Vec<_> =
        ctx.visit.query.iter().filter(|(name, _)| NAMES.contains(&name.as_str())).cloned().collect();
    let (everybody, hidden) = of_organization(ctx, reader).await?;
    let cards = cards(&everybody, ctx.asked("organization"));
    let found = narrowed(ctx, everybody);
    let list = Listing::new(PATH, &query, PER_PAGE, number(found.iter()));
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let shown = found.iter().skip(skip).take(usize::try_from(PER_PAGE).unwrap_or(usize::MAX));
    let deciders = ctx.reach(Permission::DecideCategories);
    let asks_freshness = mark::is_asked(ctx.asked("fresh"));
    let renewers = ctx.reach(Permission::EditBank);
    let within = if asks_freshness { (&Reach::default(), &renewers) } else { (&deciders, &Reach::default()) };
    let rows: Vec<Row> = shown.map(|need| row(need, within)).collect();
    let boxes = boxes(&rows);
    let organizations = store::organizations(reader, &ctx.reach(Permission::ReadBank)).await?;
    Ok(MenteesPage {
        layout: ctx.layout("Банк: кому нужен наставник").await?,
        form_key: ids::form_key(),
        action: list.export_href("/bank/mentees/confirmations"),
        renewal: list.export_href("/bank/mentees/renewals"),
        back: list.export_href(PATH),
        problem,
        tabs: view::tabs(PATH),
        year: AcademicYear::of(ctx.today).title(),
        cards,
        boxes,
        saved: SavedFilters::of(ctx, &list).await?,
        list,
        rows,
        hidden,
        organizations: organizations
            .into_iter()
            .map(|found| Choice::new(found.id.to_string(), found.short_name))
            .collect(),
        categories: Category::ALL.map(|category| Choice::new(category.code(), category.short())).to_vec(),
        states: Standing::ALL.map(|standing| Choice::new(standing.code(), standing.title())).to_vec(),
        freshness: mark::choices(),
        with_mentor: vec![Choice::new("no", "Нет"), Choice::new("yes", "Есть")],
        may_decide: !deciders.is_empty(),
        may_load: !renewers.is_empty(),
    })
}

fn boxes(rows: &[Row]) -> Boxes {
    if rows.iter().any(|row| !row.record.is_empty()) {
        return Boxes::Records;
    }
    let waits = rows.iter().flat_map(|row| &row.entries).any(|line| !line.value.is_empty());
    if waits { Boxes::Categories } else { Boxes::Nothing }
}

/// Everybody the address asks for, in its order, all pages.
pub(super) async fn found(ctx: &Ctx, connection: &impl ConnectionTrait) -> Outcome<Vec<Need>> {
    let (everybody, _) = of_organization(ctx, connection).await?;
    Ok(narrowed(ctx, everybody))
}

/// Everybody within reach, of one organization if the address names it: what the cards count.
async fn of_organization(ctx: &Ctx, connection: &impl ConnectionTrait) -> Outcome<(Vec<Need>, u64)> {
    let filter =
        StaffFilter { organization: ctx.asked("organization").parse().ok(), ..StaffFilter::default() };
    let reach = ctx.reach(Permission::ReadBank);
    Ok(needs::named(connection, &reach, &filter, ctx.today).await?)
}

fn narrowed(ctx: &Ctx, mut needs: Vec<Need>) -> Vec<Need> {
    let key = search_key(ctx.asked("q"));
    let category = Category::from_code(ctx.asked("category"));
    let standing = Standing::from_code(ctx.asked("state"));
    let fits = |entry: &Entry| {
        category.is_none_or(|wanted| entry.category == wanted)
            && standing.is_none_or(|wanted| entry.standing() == wanted)
    };
    needs.retain(|need| {
        let with_mentor = match ctx.asked("mentor") {
            "yes" => !need.mentors.is_empty(),
            "no" => need.mentors.is_empty(),
            _ => true,
        };
        with_mentor
            && mark::passes(ctx.asked("fresh"), need.mark.as_ref())
            && need.worker.answers_to(&key)
            && need.entries.iter().any(fits)
    });
    let (by, direction) = view::order(ctx.asked("sort"));
    if by == "school" {
        needs.sort_by_cached_key(|need| sort_key(&need.worker.school.name));
    }
    if direction == Direction::Descending {
        needs.reverse();
    }
    needs
}

fn cards(needs: &[Need], organization: &str) -> Vec<Card> {
    let organization = match organization.parse::<Uuid>() {
        Ok(id) => format!("&organization={id}"),
        Err(_) => String::new(),
    };
    let card = |query: &str, title, test: &dyn Fn(&Need) -> bool| Card {
        href: format!("{PATH}?{query}{organization}"),
        value: number(needs.iter().filter(|need| test(need))),
        title,
    };
    vec![
        card("state=proposed", "ждут решения куратора", &|need| {
            need.stands(Standing::Proposed)
        }),
        card("state=confirmed&mentor=no", "подтверждены и без наставника", &Need::waits_for_mentor),
        card("state=confirmed", "подтверждены в этом учебном году", &|need| {
            need.stands(Standing::Confirmed)
        }),
        card("state=declined", "отклонены с причиной", &|need| {
            need.stands(Standing::Declined)
        }),
        card("fresh=due", "записей пора подтвердить", &|need| {
            mark::passes(mark::DUE, need.mark.as_ref())
        }),
    ]
}

/// The two reaches: where the reader may decide, and where the reader may confirm records.
fn row(need: &Need, (deciders, renewers): (&Reach, &Reach)) -> Row {
    let worker = &need.worker;
    let may_renew = need.mark.is_some() && renewers.covers(&worker.school.place);
    let may_decide = deciders.covers(&worker.school.place);
    let entries = need.entries.iter().map(|entry| line(need, entry, may_decide)).collect();
    let past = |decision: &store::Decision| {
        let word = match decision.verdict {
            Verdict::Confirmed => "подтверждено",
            Verdict::Declined => "отклонено",
        };
        format!("{}: {} – {word}", decision.year.label(), decision.category.short())
    };
    Row {
        href: format!("{PATH}/{}?organization={}", worker.person, worker.school.id),
        name: worker.name.full(),
        positions: worker.positions(),
        school: worker.school.name.clone(),
        person_href: format!("/people/{}", worker.person),
        entries,
        history: need.history.iter().map(past).collect(),
        mentors: need.mentors.iter().map(view::mentor_link).collect(),
        waits: need.waits_for_mentor(),
        record: if may_renew { view::record(worker) } else { String::new() },
        mark: need.mark.clone(),
    }
}

fn line(need: &Need, entry: &Entry, may_decide: bool) -> Line {
    let standing = entry.standing();
    let value = match standing {
        Standing::Proposed if may_decide => view::chosen(&need.worker, entry.category),
        _ => String::new(),
    };
    let decided = entry.decision.as_ref().map(|decision| match decision.by.as_str() {
        "" => short_date(decision.on),
        by => format!("{by}, {}", short_date(decision.on)),
    });
    let refused = entry.decision.as_ref().filter(|decision| decision.verdict == Verdict::Declined);
    Line {
        value,
        title: entry.category.short(),
        ground: entry.ground().to_owned(),
        is_vague: entry.is_vague && standing == Standing::Proposed,
        tone: standing.tone(),
        state: standing.title(),
        decided: decided.unwrap_or_default(),
        refusal: refused.map(|decision| decision.reason.clone()).unwrap_or_default(),
    }
}
