//! Wording a task anew while nothing was handed in.

use nastavnik_domain::task::{Deed, Event};
use uuid::Uuid;

use super::fields::{filled, read_wording};
use super::set::{FormPage, crumbs};
use super::store::Held;
use super::{act, seat};
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::Crumb;
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case};

pub(super) async fn show(ctx: Ctx, Path(ids): Path<(Uuid, Uuid)>) -> Outcome {
    let (case, held) = act::open(&ctx, ids, Deed::Change).await?;
    let form = filled(&held.task.wording);
    page(&form_page(&ctx, &case, &held, form).await?)
}

async fn form_page(ctx: &Ctx, case: &Case, held: &Held, form: Form) -> Outcome<FormPage> {
    let task = format!("/pairs/{}/tasks/{}", case.pair.id, held.id);
    let mut layout = ctx.layout("Изменить задание").await?;
    layout.crumbs = crumbs(case);
    layout.crumbs.push(Crumb::new(task.clone(), held.task.wording.title.clone()));
    Ok(FormPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/tasks"),
        form,
        form_key: ids::form_key(),
        action: format!("{task}/edit"),
        back: task,
        mentees: Vec::new(),
        sources: Vec::new(),
        seen: format!("только вы и {}", seat::name(case, held.task.mentee.0)),
        version: Some(held.task.version),
    })
}

pub(super) async fn save(ctx: Ctx, Path((pair, id)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let (case, held) = act::open_for(&ctx, (pair, id), Deed::Change, &submitted).await?;
    let mut form = submitted.form.clone();
    let Some(wording) = read_wording(&mut form, &case, ctx.today) else {
        return again(&form_page(&ctx, &case, &held, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    act::act(&ctx, &change, (&case, id), &submitted, (Event::Changed { wording }, None)).await?;
    change.finish(&format!("/pairs/{pair}/tasks/{id}"), "Задание изменено").await
}
