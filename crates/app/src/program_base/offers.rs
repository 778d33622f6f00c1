//! The curator offers finished programs and looks after those on their way.

use askama::Template;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::program_base::{Event, State};
use nastavnik_domain::russian::short;
use uuid::Uuid;

use super::candidates::{self, Candidate, Desk, Offered};
use super::record::NewOffer;
use super::{act, eligible, store, visible};
use crate::evaluations;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, page};
use crate::pairs::{self, Case};
use crate::programs;

#[derive(Template)]
#[template(path = "program_base/offers.html")]
struct OffersPage {
    layout: Layout,
    ready: Vec<Candidate>,
    not_yet: Vec<Candidate>,
    offers: Vec<Offered>,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let Desk { candidates, offers } = candidates::desk(&ctx).await?;
    let (ready, not_yet) = candidates.into_iter().partition(|one: &Candidate| one.lack.is_empty());
    let mut layout = ctx.layout("Программы для базы").await?;
    layout.crumbs = vec![Crumb::new("/base", "База программ")];
    page(&OffersPage { layout, ready, not_yet, offers })
}

/// Offers the program of a pair as it is approved.
pub(super) async fn offer(ctx: Ctx, submitted: Submission) -> Outcome {
    let db = ctx.app().db.reader();
    let mut form = submitted.form.clone();
    let Some(pair) = form.required_uuid("pair", "Программа") else {
        return Err(AppError::BadRequest("Выберите программу из списка".to_owned()));
    };
    let reach = ctx.reach(Permission::OfferPrograms);
    let case = pairs::visible_case(db, &reach, ctx.actor().person.0, pair, ctx.today).await?;
    let case = case.ok_or(AppError::NotFound)?;
    ctx.require(Permission::OfferPrograms, &case.pair.place())?;
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[pair]).await?;
    let standing = programs::states(change.tx(), &[pair]).await?.remove(&pair).ok_or(AppError::NotFound)?;
    let declined = store::declined(change.tx(), &[pair]).await?.remove(&pair);
    let evaluated = evaluations::results(change.tx(), &[pair]).await?.remove(&pair);
    eligible::check(&case, &standing, declined, evaluated.as_ref(), ctx.today)?
        .map_err(|lack| AppError::Conflict(lack.to_string()))?;
    let known = store::of_pairs(change.tx(), &[pair]).await?;
    if known.iter().any(|held| held.state() != State::Gone) {
        return Err(AppError::Conflict("Эта программа уже предложена в базу".to_owned()));
    }
    let (revision, source) = programs::approved_text(change.tx(), pair).await?.ok_or(AppError::NotFound)?;
    let event = Event::Offered { people: people(&case), organization: case.pair.organization.into() };
    let new = NewOffer { id: ids::row_id(), pair: &case.pair, revision, source };
    act::offer(&ctx, &change, &new, event).await?;
    let notice =
        "Программа предложена. Наставник и наставляемый увидят, что будет опубликовано, и решат сами";
    change.finish("/base/offers", notice).await
}

/// Everybody whose program it is.
fn people(case: &Case) -> Vec<PersonId> {
    case.pair.people().map(|one| PersonId(one.person)).collect()
}

pub(super) async fn take_back(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    visible::offered(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    act::act(&ctx, &change, id, Event::TakenBack).await?;
    change.finish("/base/offers", "Предложение отозвано").await
}

impl Offered {
    fn offered_on(&self) -> String {
        short(self.held.offered_on)
    }

    /// «согласились 1 из 2»: how many, not who.
    fn consents(&self) -> String {
        let offer = &self.held.offer;
        match self.held.state() {
            State::AwaitsConsents => format!("согласились {} из {}", offer.agreed.len(), offer.people.len()),
            State::InReview => format!("отзывов {} из 2", offer.reviews.len()),
            _ => String::new(),
        }
    }

    fn action(&self) -> &'static str {
        match self.held.state() {
            State::AwaitsCheck => "Проверить",
            State::Returned => "Исправить",
            _ => "Открыть",
        }
    }

    fn is_gone(&self) -> bool {
        self.held.state() == State::Gone
    }
}
