//! Giving a pair up before any order.

use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::state::{Case, State};
use super::{card, store};
use crate::council::{self, MatterKind};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
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
    give_up(&change, &fresh, &reason).await?;
    change.finish("/pairs", "Пара не состоялась. Места наставника снова свободны").await
}

/// Gives up a pair that no order fixes, for this or another slice: its papers are canceled, nothing is deleted.
pub async fn give_up(change: &Change, case: &Case, reason: &str) -> Result<(), sea_orm::DbErr> {
    store::set_withdrawn(change.tx(), case.pair.id, change.now()).await?;
    papers::cancel_all(change, &case.documents, &format!("пара не состоялась: {reason}")).await?;
    council::take_back(change, MatterKind::Pair, case.pair.id).await?;
    let payload = serde_json::json!({ "reason": reason });
    let entry = Entry {
        kind: "pair_withdrawn",
        subject: ("mentorship", Some(case.pair.id)),
        organization: Some(case.pair.organization),
        payload: &payload,
    };
    change.journal(entry).await
}

/// Takes a mentee out of a group that no order fixes: their agreement is canceled, the others go on.
pub async fn strike(change: &Change, case: &Case, person: uuid::Uuid) -> Result<(), sea_orm::DbErr> {
    store::strike(change.tx(), case.pair.id, person).await?;
    let own: Vec<_> = case.documents.iter().filter(|found| found.person == Some(person)).cloned().collect();
    papers::cancel_all(change, &own, "участник вышел из группы").await?;
    let payload = serde_json::json!({});
    let entry = Entry {
        kind: "pair_changed",
        subject: ("mentorship", Some(case.pair.id)),
        organization: Some(case.pair.organization),
        payload: &payload,
    };
    change.journal(entry).await
}
