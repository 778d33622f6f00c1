//! A file that was handed in, for the two it belongs to.

use uuid::Uuid;

use super::seat;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::files;
use crate::kernel::web::{Ctx, Path, attachment};

pub(super) async fn download(ctx: Ctx, Path((pair, id, file)): Path<(Uuid, Uuid, Uuid)>) -> Outcome {
    let reader = ctx.app().db.reader();
    let (_, held) = seat::visible_task(&ctx, reader, (pair, id)).await?;
    let attached = held.task.products.iter().filter_map(|handed_in| handed_in.product.file.as_ref());
    let file = attached.map(|attached| attached.id).find(|known| *known == file).ok_or(AppError::NotFound)?;
    let row = files::find(reader, file).await?.ok_or(AppError::NotFound)?;
    let content = ctx.app().files.read(&row.sha256).await?;
    attachment(content, &row.media_type, &row.name)
}
