//! Taking a consent back: by an application on paper, or by oneself. It works from the next request on.

use nastavnik_domain::consent::check_withdrawal;
use nastavnik_domain::policy::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::person::{person_page, visible, visible_consent};
use super::store::{self, ConsentRow};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission, again};

#[derive(Serialize)]
struct Withdrawn<'a> {
    person: Uuid,
    consent: &'static str,
    version: &'a str,
    /// The day of the application; nothing when the person pressed the button.
    applied_on: Option<chrono::NaiveDate>,
}

pub(super) async fn by_application(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let consent = visible_consent(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::RecordConsents, &consent.place())?;
    let mut form = submitted.form.clone();
    let applied_on = form.required_date("applied_on", "Дата заявления об отзыве");
    if let Some(day) = applied_on
        && let Err(error) = check_withdrawal(consent.given_on, day, ctx.today)
    {
        form.error("applied_on", format!("{error}."));
    }
    if !form.is_valid() {
        let organization = Some(consent.organization_id);
        let person = visible(&ctx, ctx.app().db.reader(), consent.person_id, organization).await?;
        return again(&person_page(&ctx, person, Form::blank(), form).await?);
    }
    let change = ctx.change(&submitted).await?;
    withdraw(&change, &consent, applied_on).await?;
    let to = format!("/consents/people/{}?organization={}", consent.person_id, consent.organization_id);
    change.finish(&to, "Согласие отозвано. Списки изменились сразу").await
}

/// Only one's own: whose consent it is decides, nothing else.
pub(super) async fn own(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let consent = store::consent(ctx.app().db.reader(), id).await?;
    let consent =
        consent.filter(|found| found.person_id == ctx.actor().person.0).ok_or(AppError::NotFound)?;
    let change = ctx.change(&submitted).await?;
    withdraw(&change, &consent, None).await?;
    change.finish("/own/consents", "Согласие отозвано. Это уже действует").await
}

async fn withdraw(
    change: &Change,
    consent: &ConsentRow,
    applied_on: Option<chrono::NaiveDate>,
) -> Outcome<()> {
    if !store::set_withdrawn(change.tx(), change.now(), change.account(), consent.id).await? {
        return Err(AppError::Conflict(
            "Это согласие уже отозвано или заменено новым. Откройте страницу заново".to_owned(),
        ));
    }
    let payload = Withdrawn {
        person: consent.person_id,
        consent: consent.kind().short(),
        version: &consent.text_version,
        applied_on,
    };
    let subject = ("person", Some(consent.person_id));
    let organization = Some(consent.organization_id);
    change.journal(Entry { kind: "consent_withdrawn", subject, organization, payload: &payload }).await?;
    Ok(())
}
