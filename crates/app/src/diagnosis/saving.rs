//! What a page or its script sends while a sheet is filled.
//!
//! These are the only writes without a key: each change carries the moment it was made, the later one wins, and the
//! same one again changes nothing, so sending twice is the same as sending once. All changes of a request are written
//! in one transaction under the lock of their sheet.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Duration, Utc};
use nastavnik_domain::competence::{Domain, Level, View};
use uuid::Uuid;

use super::sheet::Sheet;
use super::store::{self, Change, Value};
use super::visible::{Door, visible};
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Form, FormData};
use crate::kernel::web::{Ctx, redirect};

/// Longest note.
const NOTE: usize = 1_000;
/// More than a sheet has: what a page that was long without connection may send.
const MOST: usize = 200;
/// An answer kept in a browser longer than this counts as given then.
const OLDEST: Duration = Duration::days(30);

/// Saves what the script noticed: `change=d4.3|level|2|1500` (item, what, value, how many milliseconds ago; ages need
/// no agreement about clocks). Empty answer: saved.
pub(super) async fn changes(ctx: &Ctx, door: Door, id: Uuid, data: &FormData) -> Outcome {
    let sheet = visible(ctx, ctx.app().db.reader(), door, id).await?;
    let read = |sent: &str| read_change(&sheet, sent, ctx.now);
    let changes: Vec<Change> = data.all("change").take(MOST).filter_map(read).collect();
    write(ctx, door, &sheet, &changes).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Saves a page that came by its button, and leads to the next one.
pub(super) async fn answers(ctx: &Ctx, door: Door, id: Uuid, data: FormData) -> Outcome {
    let sheet = visible(ctx, ctx.app().db.reader(), door, id).await?;
    let form = Form::new(data);
    let step: u8 = form.text("step").parse().unwrap_or(1).clamp(1, 8);
    write(ctx, door, &sheet, &page_changes(&sheet, &form, ctx.now)?).await?;
    let back = form.text("go") == "back";
    Ok(next(&sheet, step, back))
}

fn next(sheet: &Sheet, step: u8, back: bool) -> Response {
    let last = Domain::ALL.len();
    match (back, usize::from(step)) {
        (true, _) => redirect(&format!("{}?step={}", sheet.href(), step.saturating_sub(1).max(1))),
        (false, step) if step >= last => redirect(&format!("{}/completion", sheet.href())),
        (false, step) => redirect(&format!("{}?step={}", sheet.href(), step + 1)),
    }
}

async fn write(ctx: &Ctx, door: Door, sheet: &Sheet, changes: &[Change]) -> Outcome<()> {
    let tx = ctx.app().db.begin().await?;
    db::lock_row(&tx, "diagnosis", sheet.id).await?;
    let sheet = visible(ctx, &tx, door, sheet.id).await?;
    if !sheet.is_open() {
        return Err(closed());
    }
    for change in changes {
        store::save(&tx, sheet.id, change).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The refusal to write into a sheet that is over.
pub(super) fn closed() -> AppError {
    AppError::Conflict(
        "Этот лист уже завершён или от него отказались: ответы больше не меняются. Откройте самодиагностику и начните новый лист, когда придёт его время"
            .to_owned(),
    )
}

/// One change as the script sends it; nothing if it makes no sense on this sheet.
fn read_change(sheet: &Sheet, sent: &str, now: DateTime<Utc>) -> Option<Change> {
    let mut parts = sent.splitn(4, '|');
    let (subject, what, age, value) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let age = Duration::try_milliseconds(age.parse().ok()?)?.clamp(Duration::zero(), OLDEST);
    let value = match what {
        "level" => Value::Level(asked(sheet, subject)?, Some(Level::from_number(value.parse().ok()?)?)),
        "important" if sheet.view == View::Own => Value::Importance(asked(sheet, subject)?, value == "1"),
        "note" if sheet.view == View::Own => {
            Value::Note(Domain::from_number(subject.parse().ok()?)?, note(value))
        }
        _ => return None,
    };
    Some(Change { at: now - age, value })
}

/// The code, if the sheet asks about it.
fn asked(sheet: &Sheet, code: &str) -> Option<String> {
    let questionnaire = sheet.questionnaire().ok()?;
    questionnaire.items(sheet.wave).any(|(_, item)| item.code == code).then(|| code.to_owned())
}

/// What differs from what the page showed (`was.…`): a page that stood open for long does not put old answers in
/// place of newer ones.
fn page_changes(sheet: &Sheet, form: &Form, now: DateTime<Utc>) -> anyhow::Result<Vec<Change>> {
    let mut changes = Vec::new();
    for (_, item) in sheet.questionnaire()?.items(sheet.wave) {
        let Some(was) = form.data().get(&format!("was.{}", item.code)) else { continue };
        let (was_level, was_important) = (was.trim_end_matches('+'), was.ends_with('+'));
        let typed = form.text(&format!("level.{}", item.code));
        if typed != was_level
            && let Some(level) = typed.parse().ok().and_then(Level::from_number)
        {
            changes.push(Change { at: now, value: Value::Level(item.code.clone(), Some(level)) });
        }
        let is_important = form.ticked(&format!("important.{}", item.code));
        if sheet.view == View::Own && is_important != was_important {
            changes.push(Change { at: now, value: Value::Importance(item.code.clone(), is_important) });
        }
    }
    for domain in Domain::ALL.into_iter().filter(|_| sheet.view == View::Own) {
        let field = |name: &str| form.data().get(&format!("{name}.{}", domain.number()));
        if let (Some(typed), Some(was)) = (field("note"), field("note_was"))
            && note(typed) != note(was)
        {
            changes.push(Change { at: now, value: Value::Note(domain, note(typed)) });
        }
    }
    Ok(changes)
}

/// A note as it is kept: without invisible signs, not longer than fits. The page itself lets nobody type more.
fn note(typed: &str) -> String {
    let text = typed.replace("\r\n", "\n");
    text.chars()
        .filter(|sign| *sign == '\n' || !sign.is_control())
        .take(NOTE)
        .collect::<String>()
        .trim()
        .to_owned()
}
