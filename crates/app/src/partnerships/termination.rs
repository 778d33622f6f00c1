//! Ending an agreement before its time.

use nastavnik_domain::partnership::may_end;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::card::{self, visible};
use super::store;
use crate::kernel::audit::Entry;
use crate::kernel::errors::Outcome;
use crate::kernel::web::{Ctx, Path, Submission};

/// Ends it by a last day with a reason. Pairs that stand on it go on and ask what comes next.
pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let agreement = visible(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::EditAgreements, &agreement.place())?;
    let mut form = submitted.form.clone();
    let last_day = form.required_date("last_day", "Последний день");
    let reason = form.required_text("reason", "Причина", 300);
    let (Some(last_day), Some(reason)) = (last_day, reason) else {
        return card::again_with(&ctx, agreement, form).await;
    };
    let change = ctx.change(&submitted).await?;
    super::locked(change.tx(), id).await?;
    let fresh = visible(&ctx, change.tx(), id).await?;
    if let Err(refusal) = may_end(&fresh.terms, last_day) {
        form.error(refusal.field(), format!("{refusal}."));
        drop(change);
        return card::again_with(&ctx, fresh, form).await;
    }
    store::set_ended(change.tx(), id, last_day, &reason).await?;
    let payload = serde_json::json!({ "number": fresh.number, "reason": reason, "last_day": last_day });
    let subject = ("partnership", Some(id));
    let organization = Some(fresh.maker);
    change.journal(Entry { kind: "partnership_ended", subject, organization, payload: &payload }).await?;
    change.finish(&fresh.href(), "Договор прекращён. Проверьте пары, которые на нём стоят").await
}
