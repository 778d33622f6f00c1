//! The paper of an agreement, made from the record to be signed; nothing is stored until its scan comes back.

use nastavnik_documents::PaperError;
use nastavnik_documents::papers::CooperationAgreement;
use uuid::Uuid;

use super::card::visible;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, attachment};
use crate::papers;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub(super) async fn pdf(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let (paper, name) = composed(&ctx, id).await?;
    let now = ctx.now;
    let made = printed(move || paper.pdf(now)).await?;
    attachment(made, "application/pdf", &format!("{name}.pdf"))
}

pub(super) async fn docx(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let (paper, name) = composed(&ctx, id).await?;
    let made = printed(move || paper.docx()).await?;
    attachment(made, WORD, &format!("{name}.docx"))
}

async fn composed(ctx: &Ctx, id: Uuid) -> Outcome<(CooperationAgreement, String)> {
    let agreement = visible(ctx, ctx.app().db.reader(), id).await?;
    let url = format!("{}{}", ctx.app().config.public_url, agreement.href());
    let paper = papers::cooperation(ctx.app().db.reader(), &agreement, url).await?;
    let name = format!("Договор о сотрудничестве {}", agreement.number.replace(['/', '\\'], "-"));
    Ok((paper, name))
}

async fn printed<F>(make: F) -> Outcome<Vec<u8>>
where
    F: FnOnce() -> Result<Vec<u8>, PaperError> + Send + 'static,
{
    let made = tokio::task::spawn_blocking(make).await.map_err(|error| AppError::Internal(error.into()))?;
    made.map_err(|error| AppError::Internal(error.into()))
}
