//! Calling a task off, and undoing that.

use nastavnik_domain::task::{Deed, Event};
use uuid::Uuid;

use super::act;
use crate::kernel::errors::Outcome;
use crate::kernel::web::{Ctx, Path, Submission};

pub(super) async fn call_off(
    ctx: Ctx,
    Path((pair, id)): Path<(Uuid, Uuid)>,
    submitted: Submission,
) -> Outcome {
    let (case, _) = act::open_for(&ctx, (pair, id), Deed::CallOff, &submitted).await?;
    let change = ctx.change(&submitted).await?;
    act::act(&ctx, &change, (&case, id), &submitted, (Event::CalledOff, None)).await?;
    change.finish(&format!("/pairs/{pair}/tasks/{id}"), "Задание снято. Его можно вернуть").await
}

pub(super) async fn resume(ctx: Ctx, Path((pair, id)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let (case, _) = act::open_for(&ctx, (pair, id), Deed::Resume, &submitted).await?;
    let change = ctx.change(&submitted).await?;
    act::act(&ctx, &change, (&case, id), &submitted, (Event::Resumed, None)).await?;
    change.finish(&format!("/pairs/{pair}/tasks/{id}"), "Задание снова стоит").await
}
