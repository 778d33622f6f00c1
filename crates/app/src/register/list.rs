//! The register for those who work in the municipality: whom one may ask for help, and about what.

use std::collections::BTreeMap;

use askama::Template;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::kind::Kind;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::russian::{compare, search_key};
use uuid::Uuid;

use super::store::{self, Filter, MentorRow};
use crate::bank::{self, Offer};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::listing::Direction;
use crate::kernel::page::{Layout, Listing};
use crate::kernel::web::{Ctx, page};

const PATH: &str = "/register";
const PER_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "register/list.html")]
struct RegisterPage {
    layout: Layout,
    list: Listing,
    rows: Vec<Mentor>,
    organizations: Vec<Choice>,
    subjects: Vec<Choice>,
    domains: Vec<Choice>,
    kinds: Vec<Choice>,
    places: Vec<Choice>,
    remote: Vec<Choice>,
}

/// A mentor of the register with what the bank knows.
pub(super) struct Mentor {
    /// The card in the bank, for those who read it there.
    href: Option<String>,
    pub(super) name: String,
    pub(super) organization: String,
    organization_id: Uuid,
    pub(super) subjects: Vec<String>,
    pub(super) positions: String,
    pub(super) strengths: Vec<(Domain, String)>,
    pub(super) kinds: Vec<Kind>,
    pub(super) is_remote: bool,
    pub(super) time_and_place: String,
    pub(super) capacity: u32,
    pub(super) taken: u32,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let facts = Facts::load(&ctx).await?;
    // What may be chosen comes from the whole register, what is shown from the filters.
    let everybody = facts.mentors(&ctx, &Filter::default()).await?;
    let shown = facts.asked(&ctx).await?;
    let total = u64::try_from(shown.len()).unwrap_or(u64::MAX);
    let list = Listing::new(PATH, &ctx.visit.query, PER_PAGE, total);
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    page(&RegisterPage {
        layout: ctx.layout("Реестр наставников и экспертов").await?,
        rows: shown.into_iter().skip(skip).take(usize::try_from(PER_PAGE).unwrap_or(usize::MAX)).collect(),
        organizations: organizations(&everybody),
        subjects: subjects(&everybody),
        domains: Domain::ALL.map(|domain| Choice::new(domain.code(), domain.short())).to_vec(),
        kinds: Kind::ALL.map(|kind| Choice::new(kind.code(), kind.title())).to_vec(),
        places: vec![Choice::new("free", "Есть свободные")],
        remote: vec![Choice::new("yes", "Готов работать дистанционно")],
        list,
    })
}

/// Everybody the address asks for, in its order.
pub(super) async fn asked(ctx: &Ctx) -> Outcome<Vec<Mentor>> {
    Facts::load(ctx).await?.asked(ctx).await
}

/// What the bank knows of the candidates within reach: loaded once for a page.
struct Facts {
    reach: Reach,
    offers: BTreeMap<Uuid, Offer>,
    strengths: BTreeMap<Uuid, Vec<(Domain, String)>>,
    /// Where the card in the bank may be opened.
    readable: Reach,
}

impl Facts {
    async fn load(ctx: &Ctx) -> Outcome<Self> {
        let reader = ctx.app().db.reader();
        let reach = reach(ctx);
        Ok(Self {
            offers: bank::offers(reader, &reach, ctx.today).await?,
            strengths: store::strengths(reader, &reach).await?,
            readable: ctx.reach(Permission::ReadBank),
            reach,
        })
    }

    /// Those of the register who may be offered, by name.
    async fn mentors(&self, ctx: &Ctx, filter: &Filter) -> Outcome<Vec<Mentor>> {
        let rows = store::mentors(ctx.app().db.reader(), &self.reach, filter, ctx.today).await?;
        let mentor = |row: MentorRow| {
            let offer = self.offers.get(&row.id).filter(|offer| offer.is_ready)?;
            let strong = self.strengths.get(&row.id).cloned().unwrap_or_default();
            Some(mentor(row, offer.clone(), strong, &self.readable))
        };
        Ok(rows.into_iter().filter_map(mentor).collect())
    }

    async fn asked(&self, ctx: &Ctx) -> Outcome<Vec<Mentor>> {
        let mut shown = self.mentors(ctx, &filter(ctx)).await?;
        if ctx.asked("places") == "free" {
            shown.retain(|mentor| mentor.free() > 0);
        }
        sort(&mut shown, ctx);
        Ok(shown)
    }
}

/// Mentors of the municipality whose consent Б holds, and everybody of one's own organizations.
fn reach(ctx: &Ctx) -> Reach {
    let mut reach = ctx.reach(Permission::ReadRegister);
    reach.organizations.extend(ctx.actor().grants.iter().map(|grant| grant.organization));
    reach
}

fn mentor(row: MentorRow, offer: Offer, strengths: Vec<(Domain, String)>, readable: &Reach) -> Mentor {
    Mentor {
        href: readable.covers(&offer.place).then(|| format!("/bank/mentors/{}", row.id)),
        name: row.name().full(),
        organization_id: row.organization_id,
        is_remote: row.is_remote(),
        kinds: row.kinds(),
        organization: row.short_name,
        subjects: offer.subjects,
        positions: offer.positions,
        strengths,
        time_and_place: row.time_and_place,
        capacity: offer.capacity,
        taken: offer.taken,
    }
}

fn filter(ctx: &Ctx) -> Filter {
    Filter {
        text: search_key(ctx.asked("q")),
        subject: search_key(ctx.asked("subject")),
        domain: Domain::ALL.into_iter().find(|domain| domain.code() == ctx.asked("domain")),
        kind: Kind::from_code(ctx.asked("kind")),
        organization: ctx.asked("organization").parse().ok(),
        remote: (ctx.asked("remote") == "yes").then_some(()),
    }
}

fn sort(mentors: &mut [Mentor], ctx: &Ctx) {
    let list = Listing::new(PATH, &ctx.visit.query, PER_PAGE, 0);
    let Some((key, direction)) = list.order() else { return };
    match key {
        "organization" => mentors.sort_by(|one, other| compare(&one.organization, &other.organization)),
        "free" => mentors.sort_by_key(Mentor::free),
        _ => {}
    }
    if direction == Direction::Descending {
        mentors.reverse();
    }
}

fn organizations(mentors: &[Mentor]) -> Vec<Choice> {
    let known: BTreeMap<Uuid, &str> =
        mentors.iter().map(|mentor| (mentor.organization_id, mentor.organization.as_str())).collect();
    let mut choices: Vec<Choice> =
        known.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    choices.sort_by(|one, other| compare(&one.title, &other.title));
    choices
}

fn subjects(mentors: &[Mentor]) -> Vec<Choice> {
    let mut subjects: Vec<&str> =
        mentors.iter().flat_map(|mentor| mentor.subjects.iter().map(String::as_str)).collect();
    subjects.sort_by(|one, other| compare(one, other));
    subjects.dedup();
    subjects.into_iter().map(|subject| Choice::new(subject, subject)).collect()
}

impl Mentor {
    /// Places nobody has taken.
    pub(super) fn free(&self) -> u32 {
        self.capacity.saturating_sub(self.taken)
    }
}
