//! The psychologist's desk: pairs that wait for an opinion, opinions given, an opinion about any two people.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::ids::OrganizationId;
use nastavnik_domain::policy::{Permission, Reach};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{self, Opinion, Whose};
use super::verdict::Verdict;
use super::{opinion, visible};
use crate::bank;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tone, filters};
use crate::kernel::web::{Ctx, Submission, again, page};
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "council/desk.html")]
struct DeskPage {
    layout: Layout,
    waiting: Vec<Waiting>,
    given: Vec<Given>,
}

/// A pair without an opinion about somebody in it.
struct Waiting {
    href: String,
    title: String,
    about: String,
    state: &'static str,
    tone: Tone,
}

/// An opinion with the pair it is about, if they are one.
struct Given {
    href: Option<String>,
    opinion: Opinion,
}

#[derive(Template)]
#[template(path = "council/opinion_new.html")]
struct NewPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    organization: Uuid,
    mentors: Vec<Choice>,
    mentees: Vec<Choice>,
    verdicts: Vec<Choice>,
}

/// How many pairs being prepared lack an opinion about somebody in them.
pub async fn without_opinion(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    person: Uuid,
    today: NaiveDate,
) -> anyhow::Result<usize> {
    let current = current(connection, organizations, person).await?;
    let cases = cases(connection, organizations, today).await?;
    Ok(cases.iter().filter(|case| waits(case, &current, person)).count())
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let (reader, me) = (ctx.app().db.reader(), ctx.actor().person.0);
    let organizations: Vec<Uuid> =
        ctx.reach(Permission::GiveOpinion).organizations.iter().map(|id| id.0).collect();
    let known = current(reader, &organizations, me).await?;
    let cases = cases(reader, &organizations, ctx.today).await?;
    let own = store::opinions(reader, me, &Whose::Own(organizations)).await?;
    let pair_of: BTreeMap<(Uuid, Uuid), Uuid> = cases
        .iter()
        .filter(|case| !case.pair.has(me))
        .flat_map(|case| {
            let mentor = case.pair.mentor.person;
            case.pair.mentees.iter().map(move |mentee| ((mentor, mentee.person), case.pair.id))
        })
        .collect();
    let given = own.into_iter().map(|opinion| Given {
        href: pair_of.get(&(opinion.mentor, opinion.mentee)).map(|id| format!("/pairs/{id}/opinions")),
        opinion,
    });
    page(&DeskPage {
        layout: ctx.layout("Заключения").await?,
        waiting: cases
            .iter()
            .filter(|case| waits(case, &known, me))
            .map(|case| waiting(case, &known))
            .collect(),
        given: given.collect(),
    })
}

pub(super) async fn show_new(ctx: Ctx) -> Outcome {
    let organization = visible::organization(&ctx, Permission::GiveOpinion, ctx.asked("organization"))?;
    page(&new_page(&ctx, organization, Form::blank()).await?)
}

pub(super) async fn create(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let organization = visible::organization(&ctx, Permission::GiveOpinion, form.text("organization"))?;
    let fresh = new_page(&ctx, organization, Form::blank()).await?;
    let mentor = form.required_choice("mentor", "Наставник", &fresh.mentors);
    let mentee = form.required_choice("mentee", "Наставляемый", &fresh.mentees);
    let typed = opinion::read(&mut form);
    if mentor.is_some() && mentor == mentee {
        form.error("mentee", "Наставник и наставляемый – один человек. Выберите двоих.");
    }
    let (Some(mentor), Some(mentee), Some(typed), true) = (mentor, mentee, typed, form.is_valid()) else {
        return again(&NewPage { form, ..fresh });
    };
    let (mentor, mentee) = (read_id(&mentor)?, read_id(&mentee)?);
    let change = ctx.change(&submitted).await?;
    opinion::write(&ctx, &change, (organization, mentor, mentee), &typed).await?;
    change.finish("/opinions", "Заключение записано. Подбор пар его учтёт").await
}

fn read_id(text: &str) -> Outcome<Uuid> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// Mentor and mentee of each opinion in force.
async fn current(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    person: Uuid,
) -> anyhow::Result<BTreeSet<(Uuid, Uuid)>> {
    let whose = Whose::Current(organizations.to_vec());
    let found = store::opinions(connection, person, &whose).await?;
    Ok(found.iter().map(|opinion| (opinion.mentor, opinion.mentee)).collect())
}

async fn cases(
    connection: &impl ConnectionTrait,
    organizations: &[Uuid],
    today: NaiveDate,
) -> anyhow::Result<Vec<Case>> {
    let mut all = Vec::new();
    for organization in organizations {
        all.extend(pairs::cases_of_organization(connection, *organization, today).await?);
    }
    Ok(all)
}

/// Being prepared, without an opinion about somebody in it; nobody gives one about themself.
fn waits(case: &Case, current: &BTreeSet<(Uuid, Uuid)>, reader: Uuid) -> bool {
    visible::is_preparing(case) && !case.pair.has(reader) && lacking(case, current).next().is_some()
}

fn lacking<'a>(
    case: &'a Case,
    current: &'a BTreeSet<(Uuid, Uuid)>,
) -> impl Iterator<Item = &'a pairs::Participant> {
    let mentor = case.pair.mentor.person;
    case.pair.mentees.iter().filter(move |mentee| !current.contains(&(mentor, mentee.person)))
}

fn waiting(case: &Case, current: &BTreeSet<(Uuid, Uuid)>) -> Waiting {
    Waiting {
        href: format!("/pairs/{}/opinions", case.pair.id),
        title: case.pair.title(),
        about: lacking(case, current).map(|mentee| mentee.name.short()).collect::<Vec<_>>().join(", "),
        state: case.state.title(),
        tone: case.state.tone(),
    }
}

async fn new_page(ctx: &Ctx, organization: Uuid, form: Form) -> Outcome<NewPage> {
    let mut layout = ctx.layout("Заключение о двоих").await?;
    layout.crumbs = vec![Crumb::new("/opinions", "Заключения")];
    let (reader, me) = (ctx.app().db.reader(), ctx.actor().person.0);
    let reach = Reach { organizations: [OrganizationId(organization)].into(), ..Reach::default() };
    let mentors = bank::candidates(reader, organization, ctx.today).await?;
    let mentees = bank::pedagogues(reader, &reach, ctx.today).await?;
    let choice = |person: Uuid, name: String| Choice::new(person.to_string(), name);
    let mentors = mentors.into_iter().filter(|mentor| mentor.person != me);
    let mentees = mentees.into_iter().filter(|mentee| mentee.person != me);
    Ok(NewPage {
        layout,
        form,
        form_key: ids::form_key(),
        organization,
        mentors: mentors.map(|mentor| choice(mentor.person, mentor.name.full())).collect(),
        mentees: mentees.map(|mentee| choice(mentee.person, mentee.name.full())).collect(),
        verdicts: Verdict::choices(),
    })
}
