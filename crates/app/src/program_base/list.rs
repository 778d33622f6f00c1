//! The base: what is published in the municipality, searched and cut down by filters in the address (ДК 1.6).

use askama::Template;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::kind::{Form, Kind};
use nastavnik_domain::organization::OrganizationKind;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::program_base::Length;
use nastavnik_domain::russian::{compare, search_key};

use super::record::Held;
use super::{store, view};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::listing::{Direction, Listing};
use crate::kernel::page::{Layout, filters};
use crate::kernel::web::{Ctx, page};

const PER_PAGE: u64 = 20;

#[derive(Template)]
#[template(path = "program_base/list.html")]
struct ListPage {
    layout: Layout,
    list: Listing,
    rows: Vec<Held>,
    domains: Vec<Choice>,
    kinds: Vec<Choice>,
    forms: Vec<Choice>,
    levels: Vec<Choice>,
    lengths: Vec<Choice>,
    may: May,
}

/// What else the reader does in the base.
struct May {
    offer: bool,
    review: bool,
    publish: bool,
}

/// What the address asks for.
#[derive(Default)]
pub(super) struct Filter {
    search: Vec<String>,
    domain: Option<Domain>,
    kind: Option<Kind>,
    form: Option<Form>,
    level: Option<OrganizationKind>,
    length: Option<Length>,
}

impl Filter {
    pub(super) fn of(ctx: &Ctx) -> Self {
        Self {
            search: search_key(ctx.asked("q")).split_whitespace().map(str::to_owned).collect(),
            domain: Domain::from_code(ctx.asked("domain")),
            kind: Kind::from_code(ctx.asked("kind")),
            form: Form::from_code(ctx.asked("form")),
            level: OrganizationKind::from_code(ctx.asked("level")),
            length: Length::from_code(ctx.asked("length")),
        }
    }

    fn passes(&self, held: &Held) -> bool {
        let words = || search_key(&held.content.words());
        self.domain.is_none_or(|domain| held.content.domains().contains(&domain))
            && self.kind.is_none_or(|kind| held.kinds.contains(&kind))
            && self.form.is_none_or(|form| held.form == form)
            && self.level.is_none_or(|level| held.level == level)
            && self.length.is_none_or(|length| Length::of(held.content.days) == length)
            && (self.search.is_empty() || {
                let words = words();
                self.search.iter().all(|word| words.contains(word))
            })
    }
}

/// What is published within reach and passes the filters of the address, in its order.
pub(super) async fn found(ctx: &Ctx) -> Outcome<Vec<Held>> {
    let reach = ctx.reach(Permission::ReadProgramBase);
    let mut found = store::published(ctx.app().db.reader(), &reach).await?;
    let filter = Filter::of(ctx);
    found.retain(|held| filter.passes(held));
    let list = Listing::new("/base", &ctx.visit.query, PER_PAGE, 0);
    let Some((key, direction)) = list.order() else { return Ok(found) };
    match key {
        "title" => found.sort_by(|a, b| compare(&a.content.title, &b.content.title)),
        "length" => found.sort_by_key(|held| held.content.days),
        "uses" => found.sort_by_key(|held| held.uses),
        _ => return Ok(found),
    }
    if direction == Direction::Descending {
        found.reverse();
    }
    Ok(found)
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let found = found(&ctx).await?;
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let list = Listing::new("/base", &ctx.visit.query, PER_PAGE, total);
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(list.per_page()).unwrap_or(usize::MAX);
    let may = |permission| ctx.actor().may_somewhere(permission);
    page(&ListPage {
        layout: ctx.layout("База программ").await?,
        rows: found.into_iter().skip(skip).take(take).collect(),
        domains: Domain::ALL.map(|domain| Choice::new(domain.code(), view::direction(domain))).into(),
        kinds: Kind::ALL.map(|kind| Choice::new(kind.code(), kind.title())).into(),
        forms: Form::ALL.map(|form| Choice::new(form.code(), form.title())).into(),
        levels: levels(),
        lengths: Length::ALL.map(|length| Choice::new(length.code(), length.title())).into(),
        may: May {
            offer: may(Permission::OfferPrograms),
            review: may(Permission::ReviewPrograms),
            publish: may(Permission::PublishPrograms),
        },
        list,
    })
}

/// Where programs come from: organizations that teach.
fn levels() -> Vec<Choice> {
    let teaches = OrganizationKind::ALL.into_iter().filter(|kind| kind.teaches());
    teaches.map(|kind| Choice::new(kind.code(), kind.title())).collect()
}

impl ListPage {
    /// Whether there is nothing at all, not because of the filters.
    fn is_new(&self) -> bool {
        self.rows.is_empty() && !self.list.is_filtered()
    }
}

/// What a template asks about a program of the base.
impl Held {
    pub(super) fn directions(&self) -> String {
        self.content.domains().into_iter().map(view::direction).collect::<Vec<_>>().join(", ")
    }

    fn months(&self) -> String {
        view::months(&self.content)
    }
}
