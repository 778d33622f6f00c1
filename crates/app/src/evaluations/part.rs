//! A participant's part: made from facts, corrected, signed.

use nastavnik_domain::evaluation::{Deed, Shape};
use serde::Serialize;
use uuid::Uuid;

use super::overview::{read_rows, row_fields};
use super::record::{Said, Shown};
use super::rules::rules;
use super::show;
use super::store::{self, NewPart};
use super::visible::{Scene, locked, told, visible};
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission};

/// The value of the button that signs; any other keeps a draft.
pub(super) const SIGN: &str = "sign";

/// What goes to the journal: which evaluation, nothing of what was said.
#[derive(Serialize)]
pub(super) struct Which {
    pub(super) evaluation: String,
}

/// Keeps a draft or signs.
pub(super) async fn give(ctx: Ctx, Path((id, wave)): Path<(Uuid, String)>, submitted: Submission) -> Outcome {
    let scene = visible(&ctx, ctx.app().db.reader(), id, &wave).await?;
    scene.require_participant(&ctx)?;
    let me = ctx.actor().person.0;
    let mut form = submitted.form.clone();
    let said = read(&mut form);
    let rows = match scene.plan.shape {
        Shape::Full => row_fields(&scene.case, me, rules(ctx.today)?),
        Shape::Short => Vec::new(),
    };
    let marks = read_rows(&mut form, &rows);
    let Some(said) = said.filter(|_| form.is_valid()) else {
        return show::again_with(&ctx, scene, form).await;
    };
    let signs = form.text("act") == SIGN;
    let change = ctx.change(&submitted).await?;
    let scene = locked(&ctx, &change, id, &wave).await?;
    let deed = if signs { Deed::Give(me.into()) } else { Deed::TakeBack(me.into()) };
    scene.evaluation.allow(deed, ctx.today).map_err(told)?;
    let evaluation = store::ensure(&change, (id, scene.case.pair.organization), &scene.plan).await?;
    let version = form.text("version").parse().unwrap_or(0);
    let signed_at = signs.then(|| change.now());
    let new = NewPart { evaluation, person: me, said: &said, signed_at, version };
    if !store::save_part(&change, &new).await? {
        return Err(stale());
    }
    store::set_marks(&change, (id, me, &wave), &marks).await?;
    if signs {
        note(&change, &scene, "evaluation_part_given").await?;
    }
    let words = if signs {
        "Подписано. Спасибо! Пока куратор не подвёл итог, текст можно поправить"
    } else {
        "Черновик сохранён: его видите только вы"
    };
    change.finish(&scene.base(), words).await
}

fn stale() -> AppError {
    AppError::Conflict("Вы уже изменили этот текст в другом окне. Откройте страницу заново".to_owned())
}

/// Writes a fact about the evaluation in the journal.
pub(super) async fn note(
    change: &crate::kernel::change::Change,
    scene: &Scene,
    happened: &'static str,
) -> Outcome<()> {
    let payload = Which { evaluation: scene.plan.code() };
    let (subject, organization) = (("pair", Some(scene.case.pair.id)), Some(scene.case.pair.organization));
    change.journal(Entry { kind: happened, subject, organization, payload: &payload }).await?;
    Ok(())
}

fn read(form: &mut Form) -> Option<Said> {
    let body = form.required_paragraphs("body", "Текст", 6000);
    let mut words = |name, label| form.optional_paragraphs(name, label, 1000).unwrap_or_default();
    let (worked, failed, ahead) =
        (words("worked", "Что удалось"), words("failed", "Что не удалось"), words("ahead", "Что дальше"));
    let shown = if form.ticked("shown") { Shown::ToCurator } else { Shown::PairOnly };
    Some(Said { body: body?, worked, failed, ahead, shown })
}
