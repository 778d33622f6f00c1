//! The director confirms what follows, or sends it back to the curator with words.

use nastavnik_domain::evaluation::Deed;
use nastavnik_domain::policy::Permission;
use uuid::Uuid;

use super::part::note;
use super::store::{self, Confirmed};
use super::visible::{locked, told, visible};
use super::{paper, show};
use crate::council::{self, MatterKind};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission};

pub(super) async fn confirm(
    ctx: Ctx,
    Path((id, wave)): Path<(Uuid, String)>,
    submitted: Submission,
) -> Outcome {
    let scene = visible(&ctx, ctx.app().db.reader(), id, &wave).await?;
    ctx.require(Permission::ConfirmEvaluations, &scene.case.pair.place())?;
    let version: i64 = submitted.form.text("version").parse().unwrap_or(0);
    let change = ctx.change(&submitted).await?;
    let scene = locked(&ctx, &change, id, &wave).await?;
    scene.evaluation.allow(Deed::Confirm, ctx.today).map_err(told)?;
    let row = scene.row.as_ref().filter(|row| row.version == version).ok_or_else(stale)?;
    let paper = match paper::issue(&ctx, &change, &scene, row).await? {
        Ok(paper) => paper,
        Err(why) => return Err(AppError::Conflict(why.trim_end_matches('.').to_owned())),
    };
    let confirmed = Confirmed { id: row.id, on: ctx.today, by: ctx.actor().person.0, paper: &paper };
    store::set_confirmed(&change, &confirmed).await?;
    note(&change, &scene, "evaluation_confirmed").await?;
    let words = format!("Утверждено. Лист оценки № {} готов", paper.label);
    change.finish(&scene.base(), &words).await
}

fn stale() -> AppError {
    AppError::Conflict("Пока вы читали, куратор изменил итог. Откройте страницу заново".to_owned())
}

/// Sends the conclusion back; a question that still waits before the council is taken back with it.
pub(super) async fn give_back(
    ctx: Ctx,
    Path((id, wave)): Path<(Uuid, String)>,
    submitted: Submission,
) -> Outcome {
    let scene = visible(&ctx, ctx.app().db.reader(), id, &wave).await?;
    ctx.require(Permission::ConfirmEvaluations, &scene.case.pair.place())?;
    let mut form = submitted.form.clone();
    let Some(words) = form.required_paragraphs("remarks", "Что уточнить", 1000) else {
        return show::again_with(&ctx, scene, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let scene = locked(&ctx, &change, id, &wave).await?;
    scene.evaluation.allow(Deed::Return, ctx.today).map_err(told)?;
    let row = scene.row.as_ref().ok_or(AppError::NotFound)?;
    if let Some(subject) = row.council {
        council::take_back(&change, MatterKind::Program, subject).await?;
    }
    store::set_returned(&change, row.id, &words).await?;
    note(&change, &scene, "evaluation_returned").await?;
    change.finish(&scene.base(), "Оценка возвращена куратору").await
}
