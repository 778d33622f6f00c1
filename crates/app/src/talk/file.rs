//! The file of a message: given to the people of the talk, and only to save.

use uuid::Uuid;

use super::seat;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files;
use crate::kernel::web::{Ctx, Path, attachment};

pub(super) async fn download(ctx: Ctx, Path((pair, id)): Path<(Uuid, Uuid)>) -> Outcome {
    let reader = ctx.app().db.reader();
    let seat = seat::visible(&ctx, reader, pair).await?;
    let message = seat::visible_message(reader, &seat, id).await?;
    let file = message.file_id.ok_or(AppError::NotFound)?;
    let file = files::find(reader, file).await?.ok_or(AppError::NotFound)?;
    let content = ctx.app().files.read(&file.sha256).await?;
    attachment(content, &file.media_type, &file.name)
}
