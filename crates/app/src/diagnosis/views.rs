//! A view of somebody else's skills: a colleague's who was asked, a mentor's after two visits.

use nastavnik_domain::competence::View;
use uuid::Uuid;

use super::completion::{self, Fact};
use super::fill;
use super::saving::{self, closed};
use super::store;
use super::visible::{Door, visible};
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::FormData;
use crate::kernel::web::{Ctx, Path, Submission};

pub(super) async fn fill(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    fill::show(&ctx, Door::View, id).await
}

pub(super) async fn answers(ctx: Ctx, Path(id): Path<Uuid>, data: FormData) -> Outcome {
    saving::answers(&ctx, Door::View, id, data).await
}

pub(super) async fn changes(ctx: Ctx, Path(id): Path<Uuid>, data: FormData) -> Outcome {
    saving::changes(&ctx, Door::View, id, &data).await
}

pub(super) async fn review(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    completion::review(&ctx, Door::View, id).await
}

pub(super) async fn complete(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    completion::complete(&ctx, Door::View, id, &submitted).await
}

/// A colleague who was asked may say no. A mentor was not asked: an unfinished view simply waits.
pub(super) async fn refuse(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let sheet = visible(&ctx, ctx.app().db.reader(), Door::View, id).await?;
    if sheet.view != View::Expert {
        return Err(AppError::NotFound);
    }
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "diagnosis", id).await?;
    let sheet = visible(&ctx, change.tx(), Door::View, id).await?;
    if !sheet.is_open() {
        return Err(closed());
    }
    store::set_refused(change.tx(), id, Some(change.now())).await?;
    let (subject, organization) = (("person", Some(sheet.person)), Some(sheet.organization));
    let payload = Fact::of(&sheet);
    change
        .journal(Entry { kind: "diagnosis_view_refused", subject, organization, payload: &payload })
        .await?;
    change
        .finish("/own/diagnosis", "Вы отказались дать взгляд. Коллега это увидит, больше ничего не будет")
        .await
}
