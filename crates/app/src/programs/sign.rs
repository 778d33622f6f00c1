//! Signatures of the pair, the curator's agreement, return with remarks, the beginning of a revision (D3, D5, D10).

use nastavnik_domain::policy::Permission;
use nastavnik_domain::program::{Event, Refusal, Shape, State, lacks};
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::rules::Rules;
use super::visible::{made, require_writer, visible_case};
use super::{act, show};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, Path, Submission};

/// A participant signs the text they have read.
pub(super) async fn sign(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let reader = ctx.app().db.reader();
    let case = visible_case(&ctx, reader, id).await?;
    require_writer(&ctx, &case)?;
    let mut form = submitted.form.clone();
    let seen: u32 = form.text("edition").parse().unwrap_or(0);
    let change = ctx.change(&submitted).await?;
    let Some(held) = act::locked(&change, &case).await? else { return Err(AppError::NotFound) };
    let shape = held.program.shape.unwrap_or(Shape::Full);
    let limits = Rules::load()?.limits(ctx.today)?;
    let lacking = lacks(&held.program.text(), shape, limits, &case.pair.period);
    if held.program.state() != State::Approved && !lacking.is_empty() {
        let words: Vec<String> = lacking.iter().map(ToString::to_string).collect();
        form.error("sign", format!("Подписать пока нельзя. {}.", words.join(". ")));
        drop(change);
        return show::again_with(&ctx, case, form).await;
    }
    match act::happen(&ctx, &change, &case, held, Event::Signed { seen }).await? {
        Ok(held) if held.program.state() == State::Signed => {
            let notice = "Подписано всеми. Программа передана куратору";
            change.finish(&format!("/pairs/{id}/program"), notice).await
        }
        Ok(_) => change.finish(&format!("/pairs/{id}/program"), "Вы подписали. Ждём подписи коллеги").await,
        Err(refusal @ (Refusal::ReadAgain | Refusal::SignedAlready)) => {
            drop(change);
            form.error("sign", format!("{refusal}."));
            show::again_with(&ctx, case, form).await
        }
        Err(refusal) => Err(act::told(&refusal)),
    }
}

/// п. 4.1.2: the curator agrees; members of the council speak at their sitting.
pub(super) async fn agree(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = visible_case(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::AgreePrograms, &case.pair.place())?;
    let organization = case.pair.organization;
    if !ctx.actor().held(Role::Curator).any(|grant| grant.organization.0 == organization) {
        return Err(AppError::Forbidden("Согласует куратор, а совет решает на своём заседании"));
    }
    let mut form = submitted.form.clone();
    let remarks = form.optional_paragraphs("agree_remarks", "Пожелания паре", 1000).unwrap_or_default();
    if !form.is_valid() {
        return show::again_with(&ctx, case, form).await;
    }
    let change = ctx.change(&submitted).await?;
    let agreed = act::act(&ctx, &change, &case, Event::Agreed { remarks }).await?;
    agreed.map_err(|refusal| act::told(&refusal))?;
    change
        .finish(&format!("/pairs/{id}/program"), "Согласовано. Программа ждёт утверждения руководителя")
        .await
}

/// The curator or the council send the text back (D10).
pub(super) async fn give_back(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    send_back(&ctx, id, &submitted, Permission::AgreePrograms).await
}

/// The director sends back what waits for approval.
pub(super) async fn reject(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    send_back(&ctx, id, &submitted, Permission::ApprovePrograms).await
}

async fn send_back(ctx: &Ctx, id: Uuid, submitted: &Submission, permission: Permission) -> Outcome {
    let case = visible_case(ctx, ctx.app().db.reader(), id).await?;
    ctx.require(permission, &case.pair.place())?;
    let mut form = submitted.form.clone();
    let Some(remarks) = form.required_paragraphs("remarks", "Что уточнить", 1000) else {
        return show::again_with(ctx, case, form).await;
    };
    let change = ctx.change(submitted).await?;
    let returned = act::act(ctx, &change, &case, Event::Returned { remarks }).await?;
    returned.map_err(|refusal| act::told(&refusal))?;
    change.finish(&format!("/pairs/{id}/program"), "Программа возвращена паре с вашими словами").await
}

/// D3: after approval a change is a new revision with a reason.
pub(super) async fn begin_revision(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let reader = ctx.app().db.reader();
    let case = visible_case(&ctx, reader, id).await?;
    require_writer(&ctx, &case)?;
    made(reader, id).await?;
    let mut form = submitted.form.clone();
    let Some(reason) = form.required_text("reason", "Причина изменения", 300) else {
        return show::again_with(&ctx, case, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let begun = act::act(&ctx, &change, &case, Event::RevisionBegun { reason }).await?;
    begun.map_err(|refusal| act::told(&refusal))?;
    let notice = "Новая редакция начата. Утверждённый текст действует, пока её не утвердят";
    change.finish(&format!("/pairs/{id}/program"), notice).await
}
