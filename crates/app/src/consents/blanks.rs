//! Blanks to print and sign. Nothing is stored: the paper comes to be when it is signed.

use std::collections::{BTreeMap, BTreeSet};

use nastavnik_documents::PaperError;
use nastavnik_documents::papers::{Author, DataConsent, data_consents_pdf};
use nastavnik_domain::config::ConsentText;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::person::Gender;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{self, Case, decline_full, decline_position};
use uuid::Uuid;

use super::filter::{Filter, Missing};
use super::person;
use super::record::read_chosen;
use super::rules::{ground, texts};
use super::store::{self, StaffRow};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::listing::Direction;
use crate::kernel::web::{Ctx, Path, attachment};
use crate::papers::{self, Recipient, full_position};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// The most people of one file.
pub(super) const MOST_PEOPLE: usize = 200;

/// One blank: `transfer.pdf`, `transfer.docx`.
pub(super) async fn one(ctx: Ctx, Path((id, file)): Path<(Uuid, String)>) -> Outcome {
    let organization = ctx.asked("organization").parse().ok();
    let found = person::visible(&ctx, ctx.app().db.reader(), id, organization).await?;
    blank(&ctx, id, found.organization_id, &file).await
}

/// One's own blank for an organization where one works; for the first of them when none is named.
pub(super) async fn own(ctx: Ctx, Path(file): Path<String>) -> Outcome {
    let person = ctx.actor().person.0;
    let places = store::own_places(ctx.app().db.reader(), person, ctx.today).await?;
    let asked: Option<Uuid> = ctx.asked("organization").parse().ok();
    let place = places.iter().find(|place| asked.is_none_or(|id| id == place.id) && place.works == 1);
    blank(&ctx, person, place.ok_or(AppError::NotFound)?.id, &file).await
}

async fn blank(ctx: &Ctx, person: Uuid, organization: Uuid, file: &str) -> Outcome {
    let (code, format) = file.split_once('.').ok_or(AppError::NotFound)?;
    let kind = Kind::from_code(code).ok_or(AppError::NotFound)?;
    let worker = store::worker(ctx.app().db.reader(), person, organization).await?;
    let worker = worker.ok_or(AppError::NotFound)?;
    let to = papers::recipient(ctx.app().db.reader(), organization, ctx.today).await?;
    let paper = compose(ctx, &worker, &to, kind)?;
    let name = format!("Согласие {}, {}", kind.letter(), worker.name().surname);
    let now = ctx.now;
    match format {
        "pdf" => {
            let made = tokio::task::spawn_blocking(move || paper.pdf(now)).await;
            attachment(printed(made)?, "application/pdf", &format!("{name}.pdf"))
        }
        "docx" => {
            let made = tokio::task::spawn_blocking(move || paper.docx()).await;
            attachment(printed(made)?, WORD, &format!("{name}.docx"))
        }
        _ => Err(AppError::NotFound),
    }
}

/// Blanks of those who are ticked or, if nobody is, of everybody on the list, in one file.
pub(super) async fn many(ctx: Ctx) -> Outcome {
    let whom = whom(&ctx).await?;
    if whom.is_empty() || whom.len() > MOST_PEOPLE {
        return Err(AppError::BadRequest(format!(
            "В одном файле бланки для 1–{MOST_PEOPLE} человек. Отметьте нужных в списке и повторите"
        )));
    }
    let kinds = kinds(&ctx);
    let reader = ctx.app().db.reader();
    let ids: Vec<Uuid> = whom.iter().map(|(person, _)| *person).collect();
    let mut seen = BTreeSet::new();
    let mut workers = store::workers(reader, &ids).await?;
    workers.retain(|worker| {
        let key = (worker.person_id, worker.organization_id);
        whom.contains(&key) && seen.insert(key)
    });
    // As many queries as the reader has organizations: one for nearly everybody.
    let mut recipients: BTreeMap<Uuid, Recipient> = BTreeMap::new();
    for organization in workers.iter().map(|worker| worker.organization_id).collect::<BTreeSet<_>>() {
        recipients.insert(organization, papers::recipient(reader, organization, ctx.today).await?);
    }
    let mut blanks = Vec::with_capacity(workers.len() * kinds.len());
    for worker in &workers {
        let to = recipients.get(&worker.organization_id).ok_or(AppError::NotFound)?;
        for kind in &kinds {
            blanks.push(compose(&ctx, worker, to, *kind)?);
        }
    }
    let now = ctx.now;
    let people = russian::count(workers.len() as u64, "человека", "человек", "человек");
    let made = tokio::task::spawn_blocking(move || data_consents_pdf(&blanks, now)).await;
    attachment(printed(made)?, "application/pdf", &format!("Бланки согласий для {people}.pdf"))
}

/// Who is ticked, or everybody the address asks for; only people within reach.
async fn whom(ctx: &Ctx) -> Outcome<BTreeSet<(Uuid, Uuid)>> {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadConsents);
    let mut filter = Filter::read(|name| ctx.asked(name));
    let ticked: BTreeSet<_> = ctx
        .visit
        .query
        .iter()
        .filter(|(name, _)| name == "chosen")
        .filter_map(|(_, value)| read_chosen(value))
        .collect();
    if !ticked.is_empty() {
        filter = Filter::default();
    }
    let most = if ticked.is_empty() { MOST_PEOPLE as u64 + 1 } else { u64::MAX };
    let rows = store::rows(reader, &reach, &filter, (ctx.today, Direction::Ascending), (most, 0)).await?;
    let found: BTreeSet<_> = rows.iter().map(|row| (row.person_id, row.organization_id)).collect();
    Ok(if ticked.is_empty() { found } else { found.intersection(&ticked).copied().collect() })
}

/// The kinds ticked; if none are, those the list is about, otherwise А and Б.
fn kinds(ctx: &Ctx) -> Vec<Kind> {
    let asked =
        |kind: &Kind| ctx.visit.query.iter().any(|(name, value)| name == "kind" && value == kind.code());
    let ticked: Vec<Kind> = Kind::ALL.into_iter().filter(asked).collect();
    if !ticked.is_empty() {
        return ticked;
    }
    Filter::read(|name| ctx.asked(name)).missing.unwrap_or(Missing::Basic).kinds()
}

fn compose(ctx: &Ctx, worker: &StaffRow, to: &Recipient, kind: Kind) -> anyhow::Result<DataConsent> {
    let text: &ConsentText = texts()?
        .on(kind, ctx.today)
        .ok_or_else(|| anyhow::anyhow!("нет текста согласия «{}» на {}", kind.title(), ctx.today))?;
    let (name, gender, forms) = (worker.name(), worker.gender(), worker.forms()?);
    let position = full_position(&worker.position, worker.subject.as_deref());
    Ok(DataConsent {
        addressee: to.addressee.clone(),
        author: Author {
            position_genitive: decline_position(&position, Case::Genitive),
            name_genitive: decline_full(&name, gender, Case::Genitive, forms.as_ref()),
            initials: name.signature(),
        },
        name: name.full(),
        registered: match gender {
            Gender::Female => "зарегистрированная",
            Gender::Male => "зарегистрированный",
        }
        .to_owned(),
        operator: to.school.full_name.clone(),
        operator_place: to.school.place.clone(),
        heading: text.heading.clone(),
        ground_genitive: ground(&text.article, ctx.today)?,
        purpose: text.purpose.clone(),
        data: text.data.clone(),
        actions: text.actions.clone(),
        recipients: text.recipients.clone(),
        conditions: text.conditions.clone(),
        term: text.term.clone(),
        withdrawal_instrumental: text.withdrawal.clone(),
        version: text.version.clone(),
        record_url: format!("{}/own/consents", ctx.app().config.public_url),
    })
}

fn printed(made: Result<Result<Vec<u8>, PaperError>, tokio::task::JoinError>) -> Outcome<Vec<u8>> {
    let made = made.map_err(|error| AppError::Internal(error.into()))?;
    made.map_err(|error| AppError::Internal(error.into()))
}
