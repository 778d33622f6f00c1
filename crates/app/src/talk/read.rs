//! Keeping how far somebody has read: a deed of its own, because opening a page changes nothing.

use uuid::Uuid;

use super::{seat, store};
use crate::kernel::errors::Outcome;
use crate::kernel::web::{Ctx, Path, Submission};

pub(super) async fn mark(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let seat = seat::visible(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    let newest = store::newest(change.tx(), id, seat.standing.hidden_from()).await?;
    let seen = submitted.form.text("seen").parse().unwrap_or(0).clamp(0, newest);
    store::see(change.tx(), id, seat.me, seen).await?;
    change.finish(&format!("/pairs/{id}/talk"), "").await
}
