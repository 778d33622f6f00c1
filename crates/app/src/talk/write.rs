//! Writing a message.

use nastavnik_domain::russian::search_key;
use nastavnik_domain::talk::is_flood;
use uuid::Uuid;

use super::rules::rules;
use super::seat::{self, Seat};
use super::store::{self, NewMessage};
use super::{note, show};
use crate::kernel::change::Change;
use crate::kernel::clock::local_day;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission};
use crate::kernel::works;
use crate::pairs;

/// The field of a message.
pub(super) const WORDS: &str = "words";
pub(super) const LABEL: &str = "Сообщение";

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let seat = seat::writing(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let words = form.optional_paragraphs(WORDS, LABEL, rules(ctx.today)?.longest).unwrap_or_default();
    let kept = if form.is_valid() { works::keep(&ctx, &submitted, &mut form).await? } else { None };
    if form.is_valid() && words.is_empty() && kept.is_none() {
        form.error(WORDS, "Напишите сообщение или приложите файл.");
    }
    if !form.is_valid() {
        return show::again_with(&ctx, &seat, form).await;
    }
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[id]).await?;
    let seat = seat::writing(&ctx, change.tx(), id).await?;
    if is_too_many(&ctx, &change, &seat).await? {
        drop(change);
        form.error(WORDS, too_many(rules(ctx.today)?.most_per_minute));
        return show::again_with(&ctx, &seat, form).await;
    }
    let file = works::name(&change, kept.as_ref(), &submitted, seat.case.pair.organization).await?;
    let number = add(&change, &seat, &words, file, &form).await?;
    change.finish(&format!("/pairs/{id}/talk#m{number}"), "").await
}

/// By what a message is found.
pub(super) fn key(words: &str, file: Option<&str>) -> String {
    search_key(&format!("{words} {}", file.unwrap_or_default()))
}

async fn is_too_many(ctx: &Ctx, change: &Change, seat: &Seat) -> Outcome<bool> {
    let since = change.now() - chrono::Duration::minutes(1);
    let written = store::written_since(change.tx(), (seat.pair(), seat.me), since).await?;
    Ok(is_flood(&written, change.now(), rules(ctx.today)?.most_per_minute))
}

fn too_many(most: u32) -> String {
    format!(
        "За минуту можно отправить не больше {most} сообщений. Подождите минуту и нажмите ещё раз: текст остался здесь."
    )
}

/// Adds the message and returns its number. Whoever answers has seen what stood on the page.
async fn add(
    change: &Change,
    seat: &Seat,
    words: &str,
    file: Option<(Uuid, String)>,
    form: &Form,
) -> Outcome<i64> {
    let (tx, now, pair) = (change.tx(), change.now(), seat.pair());
    let newest = store::newest(tx, pair, None).await?;
    let number = newest + 1;
    let new = NewMessage {
        pair,
        number,
        author: seat.me,
        words,
        key: key(words, file.as_ref().map(|file| file.1.as_str())),
        file: file.map(|file| file.0),
        day: local_day(now, seat.zone),
    };
    let id = store::add(tx, now, new).await?;
    let seen = form.text("seen").parse().unwrap_or(0).clamp(0, newest);
    store::see(tx, pair, seat.me, seen).await?;
    note(change, "talk_written", id).await?;
    Ok(number)
}
