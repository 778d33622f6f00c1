//! The curator's overview: who has answered, what is asked for, and where the school's own mentors are not enough.

use std::collections::BTreeMap;

use askama::Template;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::request::{self, Format, Gap};
use nastavnik_domain::russian::search_key;
use nastavnik_domain::year::AcademicYear;
use uuid::Uuid;

use super::record::{Answer, Request};
use super::store;
use crate::bank::{self, NeedOf, Pedagogue, domain_choices, domain_label, domain_named};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::page::{Layout, Listing, filters};
use crate::kernel::web::{Ctx, page};

const PATH: &str = "/requests";
const PER_PAGE: usize = 50;
const NAMES: &[&str] = &["q", "organization", "answer", "need", "domain", "format", "page"];

#[derive(Template)]
#[template(path = "requests/list.html")]
struct ListPage {
    layout: Layout,
    year: String,
    list: Listing,
    rows: Vec<Row>,
    gaps: Vec<GapLine>,
    organizations: Vec<Choice>,
    answers: Vec<Choice>,
    needs: Vec<Choice>,
    domains: Vec<Choice>,
    formats: Vec<Choice>,
    answered: usize,
    staff: usize,
    needed: usize,
    /// In need of a mentor by the bank and silent so far.
    silent: usize,
}

/// A pedagogical worker with what they asked for, if they did.
pub(super) struct Row {
    pub(super) pedagogue: Pedagogue,
    pub(super) request: Option<Request>,
}

/// A domain with its demand.
struct GapLine {
    number: u8,
    title: String,
    gap: Gap,
}

impl Row {
    pub(super) fn answer(&self) -> &'static str {
        self.request.as_ref().map_or("ответа пока нет", |request| request.answer.title())
    }

    pub(super) fn need(&self) -> &'static str {
        match self.pedagogue.need {
            NeedOf::Confirmed => "наставник нужен",
            NeedOf::Proposed => "категория предложена",
            NeedOf::Nothing => "",
        }
    }

    fn is(&self, answer: Answer) -> bool {
        self.request.as_ref().is_some_and(|request| request.answer == answer)
    }
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let everybody = of_organization(&ctx).await?;
    let gaps = gaps(&ctx, &everybody).await?;
    let count = |test: &dyn Fn(&Row) -> bool| everybody.iter().filter(|row| test(row)).count();
    let (answered, needed) = (count(&|row| row.request.is_some()), count(&|row| row.is(Answer::Needed)));
    let silent = count(&|row| row.request.is_none() && row.pedagogue.need != NeedOf::Nothing);
    let (staff, organizations) = (everybody.len(), organizations(&everybody));
    let found = narrowed(&ctx, everybody);
    let query: Vec<_> =
        ctx.visit.query.iter().filter(|(name, _)| NAMES.contains(&name.as_str())).cloned().collect();
    let list = Listing::new(PATH, &query, PER_PAGE as u64, found.len() as u64);
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    page(&ListPage {
        layout: ctx.layout("Запросы на помощь").await?,
        year: AcademicYear::of(ctx.today).title(),
        rows: found.into_iter().skip(skip).take(PER_PAGE).collect(),
        list,
        gaps,
        organizations,
        answers: answer_choices(),
        needs: vec![
            Choice::new("confirmed", "Категория подтверждена"),
            Choice::new("proposed", "Категория предложена"),
        ],
        domains: domain_choices(),
        formats: Format::ALL.map(|format| Choice::new(format.code(), format.title())).to_vec(),
        answered,
        staff,
        needed,
        silent,
    })
}

/// What is asked for against the ready mentors strong in it, of one organization if the address names it.
async fn gaps(ctx: &Ctx, rows: &[Row]) -> Outcome<Vec<GapLine>> {
    let reach = ctx.reach(Permission::ReadRequests);
    let organization: Option<Uuid> = ctx.asked("organization").parse().ok();
    let mut mentors = bank::candidates_within(ctx.app().db.reader(), &reach, ctx.today).await?;
    mentors.retain(|mentor| {
        mentor.is_ready && organization.is_none_or(|organization| organization == mentor.organization)
    });
    let strong: Vec<(Domain, u32)> = mentors
        .iter()
        .flat_map(|mentor| mentor.strengths.iter().map(|domain| (*domain, mentor.free())))
        .collect();
    let asked: Vec<Domain> =
        rows.iter().filter_map(|row| row.request.as_ref()).flat_map(|found| found.domains.clone()).collect();
    Ok(request::gaps(&asked, &strong).into_iter().map(gap_line).collect())
}

/// Everybody the address asks for, in its order, all pages.
pub(super) async fn found(ctx: &Ctx) -> Outcome<Vec<Row>> {
    let everybody = of_organization(ctx).await?;
    Ok(narrowed(ctx, everybody))
}

/// The staff within reach with their answers, of one organization if the address names it.
async fn of_organization(ctx: &Ctx) -> Outcome<Vec<Row>> {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadRequests);
    let staff = bank::pedagogues(reader, &reach, ctx.today).await?;
    let requests = store::requests(reader, &reach, AcademicYear::of(ctx.today)).await?;
    let mut rows = joined(staff, requests);
    if let Ok(organization) = ctx.asked("organization").parse::<Uuid>() {
        rows.retain(|row| row.pedagogue.organization == organization);
    }
    Ok(rows)
}

/// Each worker with the own answer.
pub(super) fn joined(staff: Vec<Pedagogue>, requests: Vec<Request>) -> Vec<Row> {
    let mut requests: BTreeMap<(Uuid, Uuid), Request> =
        requests.into_iter().map(|request| ((request.person, request.organization), request)).collect();
    let row = |pedagogue: Pedagogue| Row {
        request: requests.remove(&(pedagogue.person, pedagogue.organization)),
        pedagogue,
    };
    staff.into_iter().map(row).collect()
}

fn narrowed(ctx: &Ctx, mut rows: Vec<Row>) -> Vec<Row> {
    let key = search_key(ctx.asked("q"));
    let domain = domain_named(ctx.asked("domain"));
    let format = Format::from_code(ctx.asked("format"));
    rows.retain(|row| {
        let answer = match ctx.asked("answer") {
            "needed" => row.is(Answer::Needed),
            "not_needed" => row.is(Answer::NotNeeded),
            "none" => row.request.is_none(),
            "any" => row.request.is_some(),
            _ => true,
        };
        let need = match ctx.asked("need") {
            "confirmed" => row.pedagogue.need == NeedOf::Confirmed,
            "proposed" => row.pedagogue.need == NeedOf::Proposed,
            "any" => row.pedagogue.need != NeedOf::Nothing,
            _ => true,
        };
        let request = row.request.as_ref();
        answer
            && need
            && domain.is_none_or(|wanted| request.is_some_and(|found| found.domains.contains(&wanted)))
            && format.is_none_or(|wanted| request.is_some_and(|found| found.formats.contains(&wanted)))
            && row.pedagogue.answers_to(&key)
    });
    rows
}

fn answer_choices() -> Vec<Choice> {
    vec![
        Choice::new("needed", "Просят о помощи"),
        Choice::new("not_needed", "Помощь не нужна"),
        Choice::new("any", "Ответили"),
        Choice::new("none", "Ответа пока нет"),
    ]
}

fn organizations(rows: &[Row]) -> Vec<Choice> {
    let names: BTreeMap<Uuid, &str> =
        rows.iter().map(|row| (row.pedagogue.organization, row.pedagogue.school.as_str())).collect();
    names.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect()
}

fn gap_line(gap: Gap) -> GapLine {
    GapLine { number: gap.domain.number(), title: domain_label(gap.domain), gap }
}
