//! One's own place among mentors: proposing oneself (B3), changing what one agrees to, the record of one's courses.

use askama::Template;
use nastavnik_domain::policy::Reach;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::courses::{self, Line};
use super::members::{self, Member};
use super::mentor::stale;
use super::rules::Rules;
use super::selection;
use super::store::{self, Nomination, NominationState, Nominations, StaffFilter, Whom};
use super::terms::{self, Offer, Terms, TermsOf};
use super::worker::Worker;
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::filters::long_date;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Layout, Tone, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};

const PATH: &str = "/own/nomination";

#[derive(Template)]
#[template(path = "bank/own.html")]
struct OwnPage {
    layout: Layout,
    form: Form,
    /// Where the form goes: somebody may be a candidate in two organizations.
    action: String,
    offer: Offer,
    /// Where the person works and may propose themself.
    places: Vec<Choice>,
    /// Achievements already recorded: they may stand as a ground.
    achievements: Vec<String>,
    standing: Standing,
    /// The last nomination, if it was considered.
    considered: Option<Nomination>,
    record: Option<Record>,
    version: i64,
}

/// What the person is now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// May propose themself.
    Free,
    /// Has proposed themself and waits.
    Waits,
    Candidate,
    /// Has no position in which one becomes a mentor.
    NotPedagogue,
}

/// The record of a candidate as they see it themself.
struct Record {
    school: String,
    tone: Tone,
    selection: &'static str,
    /// Decisions against, with their reasons.
    reasons: Vec<String>,
    lack: &'static str,
    places: String,
    training_tone: Tone,
    training: String,
    courses: Vec<Line>,
}

/// Everything the page rests on.
struct Own {
    workers: Vec<Worker>,
    member: Option<Member>,
    nominations: Vec<Nomination>,
}

#[derive(Serialize)]
struct Withdrawn {
    person: Uuid,
}

impl Own {
    async fn load(ctx: &Ctx, connection: &impl ConnectionTrait) -> Outcome<Self> {
        let person = ctx.actor().person.0;
        let everywhere = Reach { everywhere: true, ..Reach::default() };
        let filter = StaffFilter { whom: Whom::People(vec![person]), ..StaffFilter::default() };
        let mut workers = store::workers(connection, &everywhere, &filter, ctx.today).await?;
        let rules = Rules::load()?;
        workers.retain(|worker| worker.post(&rules.positions) != nastavnik_domain::config::Post::Other);
        let asked: Option<Uuid> = ctx.asked("organization").parse().ok();
        let candidacies = store::own_candidacies(connection, person).await?;
        let named = candidacies.iter().find(|(_, organization)| Some(*organization) == asked);
        let member = match named.or(candidacies.first()) {
            Some((id, organization)) => {
                let reach = super::front::reach_of(&[*organization]);
                members::visible(connection, &reach, *id, ctx.today).await?
            }
            None => None,
        };
        let nominations = store::nominations(connection, Nominations::OfPerson(person)).await?;
        Ok(Self { workers, member, nominations })
    }

    fn waiting(&self) -> Option<&Nomination> {
        self.nominations.iter().find(|nomination| nomination.state == NominationState::Proposed)
    }

    fn standing(&self) -> Standing {
        if self.member.is_some() {
            Standing::Candidate
        } else if self.waiting().is_some() {
            Standing::Waits
        } else if self.workers.is_empty() {
            Standing::NotPedagogue
        } else {
            Standing::Free
        }
    }

    /// The version the form was filled from.
    fn version(&self) -> i64 {
        match (&self.member, self.waiting()) {
            (Some(member), _) => member.version,
            (None, Some(nomination)) => nomination.version,
            (None, None) => 0,
        }
    }
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let own = Own::load(&ctx, ctx.app().db.reader()).await?;
    let form = match (&own.member, own.waiting()) {
        (Some(member), _) => terms::filled(&member.terms),
        (None, Some(nomination)) => terms::filled(&nomination.terms),
        (None, None) => first_form(&ctx, &own).await?,
    };
    page(&own_page(&ctx, own, form).await?)
}

/// Proposes oneself, changes a waiting nomination, or changes what one agrees to as a candidate.
pub(super) async fn save(ctx: Ctx, submitted: Submission) -> Outcome {
    let own = Own::load(&ctx, ctx.app().db.reader()).await?;
    let mut form = submitted.form.clone();
    let place = match own.standing() {
        Standing::Free => form.required_choice("organization", "Организация", &places(&own)),
        _ => None,
    };
    if own.standing() == Standing::NotPedagogue {
        form.error("capacity", NOT_PEDAGOGUE);
    }
    let terms = terms::read(&mut form, &ctx)?;
    let (Some(terms), true) = (terms, form.is_valid()) else {
        return again(&own_page(&ctx, own, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    let version = form.text("version").parse().unwrap_or(0);
    let (outcome, notice) = match (&own.member, own.waiting()) {
        (Some(member), _) => (keep_terms(&change, member, version, &terms).await?, "Изменения сохранены"),
        (None, Some(nomination)) => {
            (keep_nomination(&change, nomination, version, &terms).await?, "Изменения сохранены")
        }
        (None, None) => {
            let place = place.and_then(|place| place.parse().ok()).ok_or(AppError::NotFound)?;
            (propose(&change, &ctx, place, &terms).await?, "Спасибо! Куратор увидит вашу кандидатуру")
        }
    };
    if let Err(problem) = outcome {
        drop(change);
        form.error("capacity", problem);
        let own = Own::load(&ctx, ctx.app().db.reader()).await?;
        return again(&own_page(&ctx, own, form).await?);
    }
    let to = own.member.as_ref().map_or_else(|| PATH.to_owned(), own_path);
    change.finish(&to, notice).await
}

pub(super) async fn withdraw(ctx: Ctx, submitted: Submission) -> Outcome {
    let own = Own::load(&ctx, ctx.app().db.reader()).await?;
    let conflict = || {
        AppError::Conflict(
            "Ваше выдвижение уже рассмотрели или отозвали. Откройте страницу заново".to_owned(),
        )
    };
    let nomination = own.waiting().ok_or_else(conflict)?;
    let change = ctx.change(&submitted).await?;
    if !store::close_nomination(&change, nomination.id, NominationState::Withdrawn, ("", None)).await? {
        return Err(conflict());
    }
    let payload = Withdrawn { person: nomination.person };
    let subject = ("mentor_nomination", Some(nomination.id));
    let organization = Some(nomination.school.id);
    change
        .journal(Entry { kind: "mentor_nomination_withdrawn", subject, organization, payload: &payload })
        .await?;
    change.finish(PATH, "Выдвижение отозвано").await
}

/// The scan of one's own certificate.
pub(super) async fn certificate(ctx: Ctx, Path(course): Path<Uuid>) -> Outcome {
    let own = Own::load(&ctx, ctx.app().db.reader()).await?;
    let courses = own.member.map(|member| member.courses).unwrap_or_default();
    let row = courses.into_iter().find(|row| row.id == course).ok_or(AppError::NotFound)?;
    courses::scan_of(&ctx, &row).await
}

const NOT_PEDAGOGUE: &str = "Наставником становится педагог или руководитель организации (п. 3.1, 4.1). Если в вашей карточке другая должность, скажите куратору.";

/// What stands in the way of a change, in words for the form.
type Saved = Result<(), String>;

async fn propose(change: &Change, ctx: &Ctx, organization: Uuid, terms: &Terms) -> Outcome<Saved> {
    let person = ctx.actor().person.0;
    db::lock_row(change.tx(), "person", person).await?;
    if store::has_live_candidate(change.tx(), person, organization).await? {
        return Ok(Err("Вас уже внесли в банк. Откройте страницу заново".to_owned()));
    }
    let Some(id) = store::add_nomination(change, (person, organization), terms).await? else {
        return Ok(Err("Вы уже выдвинули себя. Откройте страницу заново".to_owned()));
    };
    let payload = TermsOf { person, terms };
    let subject = ("mentor_nomination", Some(id));
    let kind = "mentor_nominated";
    change.journal(Entry { kind, subject, organization: Some(organization), payload: &payload }).await?;
    Ok(Ok(()))
}

async fn keep_nomination(
    change: &Change,
    nomination: &Nomination,
    version: i64,
    terms: &Terms,
) -> Outcome<Saved> {
    db::lock_row(change.tx(), "mentor_nomination", nomination.id).await?;
    if !store::set_nomination(change, (nomination.id, version), terms).await? {
        return Ok(Err(
            "Выдвижение уже рассмотрели или изменили в другом окне. Сверьте и отправьте ещё раз".to_owned()
        ));
    }
    let payload = TermsOf { person: nomination.person, terms };
    let subject = ("mentor_nomination", Some(nomination.id));
    let organization = Some(nomination.school.id);
    change
        .journal(Entry { kind: "mentor_nomination_changed", subject, organization, payload: &payload })
        .await?;
    Ok(Ok(()))
}

async fn keep_terms(change: &Change, member: &Member, version: i64, terms: &Terms) -> Outcome<Saved> {
    db::lock_row(change.tx(), "mentor_candidate", member.id).await?;
    if !store::set_candidate(change, (member.id, version), terms, &member.note).await? {
        let who = store::last_change(change.tx(), member.id).await?;
        return Ok(Err(stale(member, who.as_deref().unwrap_or("куратор"))));
    }
    let payload = TermsOf { person: member.person, terms };
    let subject = ("mentor_candidate", Some(member.id));
    let organization = Some(member.school.id);
    change
        .journal(Entry { kind: "mentor_candidate_changed", subject, organization, payload: &payload })
        .await?;
    Ok(Ok(()))
}

/// An empty form with what the program knows beside each domain: nothing is told until the person chooses it.
async fn first_form(ctx: &Ctx, own: &Own) -> Outcome<Form> {
    let usual = Rules::load()?.limits(ctx.today)?.usual_places;
    let mut form = Form::blank().with("capacity", usual.to_string());
    if let [only] = own.workers.as_slice() {
        form = form.with("organization", only.school.id.to_string());
    }
    for domain in store::own_strong_domains(ctx.app().db.reader(), ctx.actor().person.0).await? {
        form = form.with(&format!("ground_{}", domain.number()), "самодиагностика");
    }
    Ok(form)
}

fn places(own: &Own) -> Vec<Choice> {
    let choice = |worker: &Worker| Choice::new(worker.school.id.to_string(), worker.school.name.clone());
    own.workers.iter().map(choice).collect()
}

async fn own_page(ctx: &Ctx, own: Own, form: Form) -> Outcome<OwnPage> {
    let (reader, person) = (ctx.app().db.reader(), ctx.actor().person.0);
    let strong = store::own_strong_domains(reader, person).await?;
    let mut offer = Offer::of(ctx)?;
    for line in &mut offer.domains {
        if strong.iter().any(|domain| domain.number().to_string() == line.number) {
            "Ваша самодиагностика показала здесь силу. Это видите только вы, пока не отметите"
                .clone_into(&mut line.suggestion);
        }
    }
    let standing = own.standing();
    let title = if standing == Standing::Candidate {
        "Я наставник"
    } else {
        "Стать наставником"
    };
    let considered = own.nominations.iter().find(|nomination| nomination.state == NominationState::Declined);
    let considered = considered.filter(|_| matches!(standing, Standing::Free | Standing::NotPedagogue));
    Ok(OwnPage {
        layout: ctx.layout(title).await?,
        form,
        action: own.member.as_ref().map_or_else(|| PATH.to_owned(), own_path),
        offer,
        places: places(&own),
        achievements: store::own_achievements(reader, person).await?,
        standing,
        considered: considered.cloned(),
        version: own.version(),
        record: own.member.map(|member| record(member, ctx)).transpose()?,
    })
}

/// The page of one candidacy.
fn own_path(member: &Member) -> String {
    format!("{PATH}?organization={}", member.school.id)
}

fn record(member: Member, ctx: &Ctx) -> Outcome<Record> {
    let years = Rules::load()?.selection(ctx.today)?.training_years;
    let against = member.selection.decisions.iter().rev().filter(|decision| {
        decision.vote == nastavnik_domain::selection::Vote::Against
            && member.selection.votes.get(&decision.body) == Some(&decision.vote)
    });
    let reason = |decision: &store::SelectionDecision| {
        format!("{} ({}): {}", decision.body.title(), long_date(decision.decided_on), decision.reason)
    };
    Ok(Record {
        reasons: against.map(reason).collect(),
        school: member.school.name.clone(),
        tone: selection::tone(member.selection.standing),
        selection: member.selection.standing.title(),
        lack: member.lack(),
        places: format!("свободно {} из {}", member.free(), member.capacity),
        training_tone: courses::tone(member.training),
        training: courses::state_words(member.training),
        courses: courses::lines(member.courses, years, ctx.today),
    })
}

/// A new key for each form of the page.
impl OwnPage {
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}
