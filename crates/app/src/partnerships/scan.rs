//! The scan of the signed sheet.

use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::card::{self, visible};
use super::store;
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission, attachment};
use crate::kernel::{files, scans};

/// Hands the scan out.
pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let agreement = visible(&ctx, ctx.app().db.reader(), id).await?;
    let scan = agreement.scan.ok_or(AppError::NotFound)?;
    let row = files::find(ctx.app().db.reader(), scan).await?.ok_or(AppError::NotFound)?;
    let content = ctx.app().files.read(&row.sha256).await?;
    attachment(content, &row.media_type, &row.name)
}

/// Puts the scan beside the record; a better one takes the place of the first.
pub(super) async fn add(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let agreement = visible(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::EditAgreements, &agreement.place())?;
    let mut form = submitted.form.clone();
    let kept = scans::keep(&ctx, &submitted, &mut form).await?;
    if kept.is_none() {
        form.error("scan", "Выберите файл со сканом подписанного договора.");
        return card::again_with(&ctx, agreement, form).await;
    }
    let change = ctx.change(&submitted).await?;
    super::locked(change.tx(), id).await?;
    let scan = scans::name(&change, kept.as_ref(), &submitted, agreement.maker).await?;
    store::set_scan(change.tx(), id, scan.ok_or(AppError::NotFound)?).await?;
    let payload = serde_json::json!({ "number": agreement.number });
    let subject = ("partnership", Some(id));
    let organization = Some(agreement.maker);
    change.journal(Entry { kind: "partnership_scanned", subject, organization, payload: &payload }).await?;
    change.finish(&agreement.href(), "Скан приложен").await
}
