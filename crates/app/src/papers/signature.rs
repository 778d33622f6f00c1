//! Signatures and cancellations: what happens to a paper after its issue.

use chrono::NaiveDate;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::card::{self, Found};
use super::document::{Document, Facts, Standing};
use super::{rules, store};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files::{self, Kept};
use crate::kernel::forms::Form;
use crate::kernel::scans;
use crate::kernel::web::{Ctx, Path, Submission};
use crate::pairs::{self, Case, Ended};

/// Records the signature of a personal paper, or adds a scan to a signed one.
pub(super) async fn record(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let found = card::found(&ctx, id).await?;
    require(&ctx, &found, Permission::RecordPapers)?;
    if found.document.kind.is_order() && found.document.standing() == Standing::Waits {
        return Err(AppError::Forbidden("Приказ подписывает руководитель организации"));
    }
    let mut form = submitted.form.clone();
    let scan = kept(&ctx, &submitted, &mut form).await?;
    let signed_on = match found.document.signed_on {
        Some(day) => Some(day),
        None => form.required_date("signed_on", "Дата подписи"),
    };
    if found.document.signed_on.is_some() && scan.is_none() {
        form.error("scan", "Выберите файл со сканом подписанного документа.");
    }
    let Some(signed_on) = signed_on.filter(|_| form.is_valid()) else {
        return card::again_with(&ctx, found, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let fresh = locked(&ctx, &change, &found.document).await?;
    if fresh.document.signed_on.is_none() {
        let refusals = fresh
            .cases
            .iter()
            .filter_map(|case| rules::signature_refusal(case, &fresh.document, signed_on, ctx.today));
        for refusal in refusals {
            form.error("signed_on", refusal);
        }
    }
    if !form.is_valid() {
        drop(change);
        return card::again_with(&ctx, fresh, form).await;
    }
    sign(&change, &fresh.document, signed_on, scan).await?;
    change.finish(&format!("/papers/{id}"), "Подпись записана").await
}

/// The director signs an order: pairs become active, or a pair ends.
pub(super) async fn sign_order(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let found = order(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let scan = kept(&ctx, &submitted, &mut form).await?;
    let Some(signed_on) = form.required_date("signed_on", "Дата подписи").filter(|_| form.is_valid())
    else {
        return card::again_with(&ctx, found, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let fresh = locked(&ctx, &change, &found.document).await?;
    if fresh.document.standing() == Standing::Signed {
        return Err(AppError::Conflict("Этот приказ уже подписан".to_owned()));
    }
    let mut refusals = rules::order_refusals(&fresh.cases, &fresh.document, signed_on, ctx.today)?;
    if refusals.is_empty() {
        refusals = joining_refusals(&ctx, &change, &fresh, signed_on).await?;
    }
    if !refusals.is_empty() {
        form.error("signed_on", refusals.join(" "));
        drop(change);
        return card::again_with(&ctx, fresh, form).await;
    }
    sign(&change, &fresh.document, signed_on, scan).await?;
    take_effect(&change, &fresh, signed_on).await?;
    change.finish(&format!("/papers/{id}"), signed_notice(&fresh.document)).await
}

/// What a signed order changes of its pairs besides being signed.
async fn take_effect(change: &Change, fresh: &Found, signed_on: NaiveDate) -> Outcome<()> {
    match &fresh.document.facts {
        Facts::Ending(facts) => {
            let ended = Ended { last_day: facts.last_day, reason: facts.reason, note: facts.note.clone() };
            for case in &fresh.cases {
                match facts.leaves {
                    Some(person) => pairs::leave(change.tx(), case.pair.id, person, facts.last_day).await?,
                    None => pairs::end(change.tx(), case.pair.id, &ended, facts.notice_on).await?,
                }
            }
        }
        Facts::Joining(facts) => {
            for case in &fresh.cases {
                pairs::join(change, case, facts.starts_on.max(signed_on)).await?;
            }
        }
        Facts::Nothing | Facts::Agreement { .. } => {}
    }
    Ok(())
}

/// Whoever joins is judged once more on the day of the signature, with the mentor's record locked.
async fn joining_refusals(
    ctx: &Ctx,
    change: &Change,
    fresh: &Found,
    signed_on: NaiveDate,
) -> Outcome<Vec<String>> {
    let Facts::Joining(facts) = &fresh.document.facts else { return Ok(Vec::new()) };
    let first_day = facts.starts_on.max(signed_on);
    let mut refusals = Vec::new();
    for case in &fresh.cases {
        let found = pairs::joining_refusals(change.tx(), ctx.actor(), case, facts.person, first_day).await?;
        refusals.extend(found.into_iter().map(|(_, text)| text));
    }
    Ok(refusals)
}

/// The director gives an order back with a remark: it is canceled, its number stays taken.
pub(super) async fn return_order(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let found = order(&ctx, id).await?;
    let mut form = submitted.form.clone();
    let Some(remark) = form.required_text("reason", "Замечание", 300) else {
        return card::again_with(&ctx, found, form).await;
    };
    cancel_with(&ctx, found, form, &submitted, &format!("возвращён руководителем: {remark}")).await
}

/// Cancels a paper that no signed or waiting order rests upon.
pub(super) async fn cancel(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let found = card::found(&ctx, id).await?;
    require(&ctx, &found, Permission::RecordPapers)?;
    let mut form = submitted.form.clone();
    let Some(reason) = form.required_text("reason", "Причина", 300) else {
        return card::again_with(&ctx, found, form).await;
    };
    cancel_with(&ctx, found, form, &submitted, &reason).await
}

async fn cancel_with(
    ctx: &Ctx,
    found: Found,
    mut form: Form,
    submitted: &Submission,
    reason: &str,
) -> Outcome {
    let change = ctx.change(submitted).await?;
    let fresh = locked(ctx, &change, &found.document).await?;
    if let Some(refusal) = rules::cancel_refusal(&fresh.cases, &fresh.document) {
        form.error("reason", refusal);
        drop(change);
        return card::again_with(ctx, fresh, form).await;
    }
    let id = fresh.document.id;
    store::set_canceled(change.tx(), id, change.account(), reason, change.now()).await?;
    let payload = serde_json::json!({
        "kind": fresh.document.kind.code(), "label": fresh.document.label, "reason": reason
    });
    journal(&change, "paper_canceled", &fresh.document, &payload).await?;
    change.finish(&format!("/papers/{id}"), "Документ отменён. Его номер остаётся занятым").await
}

async fn sign(
    change: &Change,
    document: &Document,
    signed_on: NaiveDate,
    scan: Option<(Kept, String)>,
) -> Outcome<()> {
    let mut file = None;
    if let Some((kept, name)) = scan {
        let owner = (Some(document.organization), Some(change.account()));
        file = Some(files::name(change.tx(), change.now(), &kept, &name, owner).await?);
    }
    store::set_signed(change.tx(), document.id, signed_on, change.account(), file).await?;
    let kind = match (document.signed_on, document.kind.is_order()) {
        (Some(_), _) => "paper_scanned",
        (None, true) => "order_signed",
        (None, false) => "paper_signed",
    };
    let payload = serde_json::json!({
        "kind": document.kind.code(), "label": document.label, "signed_on": signed_on
    });
    journal(change, kind, document, &payload).await?;
    Ok(())
}

async fn journal(
    change: &Change,
    kind: &'static str,
    document: &Document,
    payload: &serde_json::Value,
) -> Outcome<()> {
    let subject = ("document", Some(document.id));
    Ok(change.journal(Entry { kind, subject, organization: Some(document.organization), payload }).await?)
}

/// The pairs and the paper as they are now, held until the transaction ends. Pairs are locked first, as
/// everywhere, so that nobody waits for each other in a ring.
async fn locked(ctx: &Ctx, change: &Change, known: &Document) -> Outcome<Found> {
    pairs::lock(change.tx(), &known.mentorships).await?;
    crate::kernel::db::lock_row(change.tx(), "document", known.id).await?;
    let cases: Vec<Case> = pairs::cases_by_ids(change.tx(), &known.mentorships, ctx.today).await?;
    let document = cases.iter().flat_map(|case| &case.documents).find(|document| document.id == known.id);
    let document = document.cloned().ok_or(AppError::NotFound)?;
    if document.standing() == Standing::Canceled {
        return Err(AppError::Conflict("Этот документ уже отменён. Откройте его карточку заново".to_owned()));
    }
    Ok(Found { document, cases })
}

async fn order(ctx: &Ctx, id: Uuid) -> Outcome<Found> {
    let found = card::found(ctx, id).await?;
    if !found.document.kind.is_order() {
        return Err(AppError::NotFound);
    }
    require(ctx, &found, Permission::SignOrders)?;
    Ok(found)
}

fn require(ctx: &Ctx, found: &Found, permission: Permission) -> Outcome<()> {
    let case = found.cases.first().ok_or(AppError::NotFound)?;
    ctx.require(permission, &case.pair.place())
}

/// The scan that came with the form, safely on the disk, with the name it came under.
async fn kept(ctx: &Ctx, submitted: &Submission, form: &mut Form) -> Outcome<Option<(Kept, String)>> {
    let name = submitted.file("scan").map(|upload| upload.name.clone());
    Ok(scans::keep(ctx, submitted, form).await?.zip(name))
}

const fn signed_notice(document: &Document) -> &'static str {
    match document.facts {
        Facts::Ending(_) => "Приказ подписан: наставничество завершается в названный день",
        Facts::Joining(_) => "Приказ подписан: новый участник в группе",
        _ => "Приказ подписан: пары назначены",
    }
}
