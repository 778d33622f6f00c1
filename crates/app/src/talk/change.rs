//! Mending one's own message or taking it back, for a few minutes.

use askama::Template;
use uuid::Uuid;

use super::record::Message;
use super::rules::rules;
use super::seat::{self, Seat};
use super::write::{LABEL, WORDS, key};
use super::{front, note, store};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs;

#[derive(Template)]
#[template(path = "talk/edit.html")]
struct EditPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    form_key: Uuid,
    withdrawal_key: Uuid,
    action: String,
    back: String,
    readers: String,
    file: Option<String>,
    change_minutes: u32,
}

pub(super) async fn show(ctx: Ctx, Path(ids): Path<(Uuid, Uuid)>) -> Outcome {
    let (seat, message) = seat::own_message(&ctx, ctx.app().db.reader(), ids).await?;
    let form = Form::blank().with(WORDS, &message.words).with("version", message.version.to_string());
    page(&edit_page(&ctx, &seat, &message, form).await?)
}

async fn edit_page(ctx: &Ctx, seat: &Seat, message: &Message, form: Form) -> Outcome<EditPage> {
    let pair = seat.pair();
    let mut layout = ctx.layout("Исправить сообщение").await?;
    layout.crumbs = vec![
        Crumb::new(format!("/pairs/{pair}"), seat.case.pair.title()),
        Crumb::new(format!("/pairs/{pair}/talk"), "Переписка"),
    ];
    Ok(EditPage {
        layout,
        tabs: front::tabs(ctx, &seat.case.pair, "/talk").await?,
        form,
        form_key: ids::form_key(),
        withdrawal_key: ids::form_key(),
        action: format!("/pairs/{pair}/talk/{}", message.id),
        back: format!("/pairs/{pair}/talk#m{}", message.number),
        readers: seat.readers(ctx.today),
        file: message.file_name.clone(),
        change_minutes: rules(ctx.today)?.change_minutes,
    })
}

pub(super) async fn correct(
    ctx: Ctx,
    Path((pair, id)): Path<(Uuid, Uuid)>,
    submitted: Submission,
) -> Outcome {
    let (seat, message) = seat::own_message(&ctx, ctx.app().db.reader(), (pair, id)).await?;
    let mut form = submitted.form.clone();
    let words = form.optional_paragraphs(WORDS, LABEL, rules(ctx.today)?.longest).unwrap_or_default();
    if form.is_valid() && words.is_empty() && message.file_id.is_none() {
        form.error(WORDS, "Напишите сообщение. Если оно не нужно, его можно отозвать.");
    }
    if !form.is_valid() {
        return again(&edit_page(&ctx, &seat, &message, form).await?);
    }
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[pair]).await?;
    let (_, message) = seat::own_message(&ctx, change.tx(), (pair, id)).await?;
    let version = form.text("version").parse().unwrap_or(0);
    let key = key(&words, message.file_name.as_deref());
    if !store::correct(change.tx(), change.now(), (id, version), (&words, &key)).await? {
        return Err(AppError::Conflict(
            "Сообщение уже исправили в другом окне. Откройте переписку заново".to_owned(),
        ));
    }
    note(&change, "talk_corrected", id).await?;
    change.finish(&format!("/pairs/{pair}/talk#m{}", message.number), "Сообщение исправлено").await
}

pub(super) async fn withdraw(
    ctx: Ctx,
    Path((pair, id)): Path<(Uuid, Uuid)>,
    submitted: Submission,
) -> Outcome {
    seat::own_message(&ctx, ctx.app().db.reader(), (pair, id)).await?;
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[pair]).await?;
    let (_, message) = seat::own_message(&ctx, change.tx(), (pair, id)).await?;
    store::withdraw(change.tx(), change.now(), &message).await?;
    note(&change, "talk_withdrawn", id).await?;
    change.finish(&format!("/pairs/{pair}/talk#m{}", message.number), "Сообщение отозвано").await
}
