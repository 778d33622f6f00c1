//! Nominations before the curator: who proposes themself, with what; accepted into the bank or declined with a reason.

use askama::Template;
use nastavnik_domain::policy::Permission;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::front::number;
use super::store::{self, Nomination, NominationState, Nominations};
use super::terms::TermsOf;
use super::view;
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Listing, Tab, Tone, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

const PATH: &str = "/bank/nominations";
const PER_PAGE: u64 = 50;
const NAMES: &[&str] = &["state", "page"];
/// Longest reason.
const REASON: usize = 500;

#[derive(Template)]
#[template(path = "bank/nominations.html")]
struct NominationsPage {
    layout: Layout,
    tabs: Vec<Tab>,
    list: Listing,
    rows: Vec<Nomination>,
    states: Vec<Choice>,
    many_schools: bool,
}

#[derive(Template)]
#[template(path = "bank/nomination.html")]
struct NominationPage {
    layout: Layout,
    nomination: Nomination,
    form: Form,
    may_consider: bool,
}

/// The reason stays out of the journal: only the person and the curator read it.
#[derive(Serialize)]
struct Declined {
    person: Uuid,
}

impl Nomination {
    pub(super) fn tone(&self) -> Tone {
        match self.state {
            NominationState::Proposed => Tone::Wait,
            NominationState::Accepted => Tone::Done,
            NominationState::Declined | NominationState::Withdrawn => Tone::Closed,
        }
    }

    pub(super) fn word(&self) -> &'static str {
        match self.state {
            NominationState::Proposed => "предложено",
            NominationState::Accepted => "рассмотрено: принято",
            NominationState::Declined => "рассмотрено: отклонено",
            NominationState::Withdrawn => "отозвано",
        }
    }

    /// «Д4 Ученики и родители, Д5 Методика».
    pub(super) fn strengths_text(&self) -> String {
        self.terms.strengths_text()
    }
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let reach = ctx.reach(Permission::ReadBank);
    let mut found = store::nominations(ctx.app().db.reader(), Nominations::Within(&reach)).await?;
    let many_schools = found.windows(2).any(|pair| pair[0].school.id != pair[1].school.id);
    if let Some(state) = NominationState::from_code(ctx.asked("state")) {
        found.retain(|nomination| nomination.state == state);
    }
    // Those who wait stand first.
    found.sort_by_key(|nomination| nomination.state != NominationState::Proposed);
    let query: Vec<_> =
        ctx.visit.query.iter().filter(|(name, _)| NAMES.contains(&name.as_str())).cloned().collect();
    let list = Listing::new(PATH, &query, PER_PAGE, number(found.iter()));
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    page(&NominationsPage {
        layout: ctx.layout("Банк: выдвижения в наставники").await?,
        tabs: view::tabs(PATH),
        list,
        rows: found.into_iter().skip(skip).take(usize::try_from(PER_PAGE).unwrap_or(usize::MAX)).collect(),
        states: vec![
            Choice::new("proposed", "Ждут рассмотрения"),
            Choice::new("accepted", "Приняты"),
            Choice::new("declined", "Отклонены"),
        ],
        many_schools,
    })
}

pub(super) async fn card(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let nomination = visible(&ctx, ctx.app().db.reader(), id).await?;
    page(&nomination_page(&ctx, nomination, Form::blank()).await?)
}

/// The person enters the bank with the terms they told.
pub(super) async fn accept(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let nomination = visible(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::EditMentors, &nomination.school.place)?;
    let change = ctx.change(&submitted).await?;
    let (person, organization) = (nomination.person, nomination.school.id);
    db::lock_row(change.tx(), "person", person).await?;
    // Read again: the person may have changed or withdrawn it while we waited.
    let nomination = visible(&ctx, change.tx(), id).await?;
    if store::has_live_candidate(change.tx(), person, organization).await? {
        return Err(AppError::Conflict(
            "Этот педагог уже есть среди кандидатов. Отклоните выдвижение, указав это причиной".to_owned(),
        ));
    }
    let candidate = store::add_candidate(&change, (person, organization), &nomination.terms, "").await?;
    let outcome = ("", Some(candidate));
    if !store::close_nomination(&change, id, NominationState::Accepted, outcome).await? {
        return Err(considered());
    }
    let payload = TermsOf { person, terms: &nomination.terms };
    let subject = ("mentor_candidate", Some(candidate));
    let kind = "mentor_nomination_accepted";
    change.journal(Entry { kind, subject, organization: Some(organization), payload: &payload }).await?;
    let to = format!("/bank/mentors/{candidate}");
    change.finish(&to, "Выдвижение принято, кандидат в банке. Запишите его достижения").await
}

/// Declined with a reason the person sees.
pub(super) async fn decline(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let nomination = visible(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::EditMentors, &nomination.school.place)?;
    let mut form = submitted.form.clone();
    let Some(reason) = form.required_paragraphs("reason", "Причина", REASON) else {
        return again(&nomination_page(&ctx, nomination, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "mentor_nomination", id).await?;
    if !store::close_nomination(&change, id, NominationState::Declined, (&reason, None)).await? {
        return Err(considered());
    }
    let payload = Declined { person: nomination.person };
    let subject = ("mentor_nomination", Some(id));
    let organization = Some(nomination.school.id);
    change
        .journal(Entry { kind: "mentor_nomination_declined", subject, organization, payload: &payload })
        .await?;
    change.finish(PATH, "Выдвижение отклонено. Педагог увидит причину").await
}

fn considered() -> AppError {
    AppError::Conflict("Это выдвижение уже рассмотрели или отозвали. Откройте его заново".to_owned())
}

/// The nomination within reach; what the person has taken back exists for nobody else.
async fn visible(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Nomination> {
    let reach = ctx.reach(Permission::ReadBank);
    let found = store::nominations(connection, Nominations::One(&reach, id)).await?.into_iter().next();
    found.filter(|nomination| nomination.state != NominationState::Withdrawn).ok_or(AppError::NotFound)
}

async fn nomination_page(ctx: &Ctx, nomination: Nomination, form: Form) -> Outcome<NominationPage> {
    let mut layout = ctx.layout(&format!("Выдвижение: {}", nomination.name.full())).await?;
    layout.crumbs = vec![Crumb::new(PATH, "Выдвижения в наставники")];
    let may_consider = ctx.actor().may_at(Permission::EditMentors, &nomination.school.place);
    Ok(NominationPage { layout, nomination, form, may_consider })
}

/// A new key for each form of the page.
impl NominationPage {
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}
