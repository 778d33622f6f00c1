//! Giving a pair up before any order.

use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::state::State;
use super::{card, store};
use crate::council::{self, MatterKind};
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission};
use crate::papers;

/// Marks the pair as one that came to nothing; its papers are canceled, nothing is deleted.
pub(super) async fn withdraw(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = card::found(&ctx, id).await?;
    ctx.require(Permission::FormPairs, &case.pair.place())?;
    let mut form = submitted.form.clone();
    let Some(reason) = form.required_text("reason", "Причина", 300) else {
        return card::again_with(&ctx, case, form).await;
    };
    let change = ctx.change(&submitted).await?;
    super::lock(change.tx(), &[id]).await?;
    let fresh = super::cases_by_ids(change.tx(), &[id], ctx.today).await?.pop().ok_or(AppError::NotFound)?;
    if fresh.is_fixed() || fresh.state == State::Withdrawn {
        let why = if fresh.is_fixed() {
            "По этой паре уже есть приказ: её завершает приказ о прекращении."
        } else {
            "От этой пары уже отказались."
        };
        form.error("reason", why);
        drop(change);
        return card::again_with(&ctx, fresh, form).await;
    }
    store::set_withdrawn(change.tx(), id, change.now()).await?;
    papers::cancel_all(&change, &fresh.documents, &format!("пара не состоялась: {reason}")).await?;
    council::take_back(&change, MatterKind::Pair, id).await?;
    let payload = serde_json::json!({ "reason": reason });
    let entry = Entry {
        kind: "pair_withdrawn",
        subject: ("mentorship", Some(id)),
        organization: Some(fresh.pair.organization),
        payload: &payload,
    };
    change.journal(entry).await?;
    change.finish("/pairs", "Пара не состоялась. Места наставника снова свободны").await
}
