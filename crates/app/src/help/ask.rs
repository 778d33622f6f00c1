//! The mentee asks, decides who reads it, takes it back.

use nastavnik_domain::help::Urgency;
use serde::Serialize;
use uuid::Uuid;

use super::pair::{self, visible_pair};
use super::record::{Request, Shown};
use super::store::{self, New};
use crate::bank::{domain_choices, domain_named};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::web::{Ctx, Path, Submission};
use crate::pairs::{Case, State};

/// How much may be said.
const WORDS: usize = 2_000;

/// What the journal keeps: that it was, never what was asked.
#[derive(Serialize)]
struct Told {
    pair: Uuid,
}

pub(super) async fn ask(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = visible_pair(&ctx, id).await?;
    let me = ctx.actor().person.0;
    if case.pair.mentor.person == me {
        return Err(AppError::Forbidden("О помощи просит наставляемый, а вы в этой паре наставник"));
    }
    let mut form = submitted.form.clone();
    let Some(new) = read(&mut form, &case, me) else {
        return pair::again_with(&ctx, &case, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let request = store::insert(&change, &new).await?;
    journal(&change, "help_asked", request, &case.pair.place(), id).await?;
    change.finish(&format!("/pairs/{id}/help"), "Просьба отправлена наставнику").await
}

fn read(form: &mut Form, case: &Case, asker: Uuid) -> Option<New> {
    let domain = form.required_choice("domain", "В чём нужна помощь", &domain_choices());
    let urgencies = Urgency::ALL.map(|urgency| Choice::new(urgency.code(), urgency.title()));
    let urgency = form.required_choice("urgency", "Когда нужна помощь", &urgencies);
    let words = form.required_paragraphs("words", "Что случилось", WORDS);
    if case.state != State::Active {
        form.error("words", "Эта пара сейчас не действует. Обратитесь к куратору.");
    }
    if !form.is_valid() {
        return None;
    }
    Some(New {
        pair: case.pair.id,
        asker,
        domain: domain.as_deref().and_then(domain_named)?,
        urgency: urgency.as_deref().and_then(Urgency::from_code)?,
        words: words?,
        shown: shown(form),
    })
}

fn shown(form: &Form) -> Shown {
    if form.ticked("shows_curator") { Shown::ToCurator } else { Shown::ToPair }
}

/// Shows the words to the curator or hides them again: the asker alone decides.
pub(super) async fn show_or_hide(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let request = own(&ctx, id).await?;
    let shown = shown(&submitted.form);
    let change = ctx.change(&submitted).await?;
    store::set_shown(change.tx(), id, shown).await?;
    let kind = "help_visibility_changed";
    journal(&change, kind, id, &request.fact.place, request.fact.pair).await?;
    let notice = match shown {
        Shown::ToCurator => "Куратор теперь видит эту просьбу",
        Shown::ToPair => "Просьбу снова видите только вы и наставник",
    };
    change.finish(&format!("/pairs/{}/help", request.fact.pair), notice).await
}

pub(super) async fn withdraw(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let request = own(&ctx, id).await?;
    let change = ctx.change(&submitted).await?;
    if !store::set_withdrawn(change.tx(), id, change.now()).await? {
        return Err(AppError::Conflict("Эта просьба уже закрыта".to_owned()));
    }
    journal(&change, "help_withdrawn", id, &request.fact.place, request.fact.pair).await?;
    change.finish(&format!("/pairs/{}/help", request.fact.pair), "Просьба снята").await
}

/// One's own request.
async fn own(ctx: &Ctx, id: Uuid) -> Outcome<Request> {
    let me = ctx.actor().person.0;
    let request = store::visible(ctx.app().db.reader(), me, id).await?.ok_or(AppError::NotFound)?;
    if request.fact.asker != me {
        return Err(AppError::Forbidden("Это решает тот, кто просит о помощи"));
    }
    Ok(request)
}

/// Writes that something was done about a request.
pub(super) async fn journal(
    change: &Change,
    kind: &'static str,
    request: Uuid,
    place: &nastavnik_domain::policy::Place,
    pair: Uuid,
) -> Outcome<()> {
    let subject = ("help_request", Some(request));
    let organization = Some(place.organization.0);
    change.journal(Entry { kind, subject, organization, payload: &Told { pair } }).await?;
    Ok(())
}
