//! Adding one's words to a meeting somebody else has recorded, and mending one's own for some days.

use nastavnik_domain::meeting::{MeetingKind, is_open_for_change};
use uuid::Uuid;

use super::entry::{EntryPage, Fact, Part, entry_page, standing};
use super::fields::{filled, kinds, offered, read_said};
use super::record::{Meeting, Note};
use super::rules::rules;
use super::store;
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case};

pub(super) async fn show(ctx: Ctx, Path((pair, id)): Path<(Uuid, Uuid)>) -> Outcome {
    let (case, meeting) = standing(&ctx, ctx.app().db.reader(), (pair, id)).await?;
    let form = match own(&ctx, &meeting)? {
        Some(note) => filled(&case, note),
        None => Form::blank(),
    };
    let form = form.with("held_on", meeting.held_on.to_string()).with("kind", meeting.kind.code());
    page(&edit_page(&ctx, &case, &meeting, form).await?)
}

async fn edit_page(ctx: &Ctx, case: &Case, meeting: &Meeting, form: Form) -> Outcome<EntryPage> {
    let action = format!("/pairs/{}/meetings/{}/edit", case.pair.id, meeting.id);
    entry_page(ctx, case, form, (action, part(ctx, meeting))).await
}

/// Day and kind are mended by whoever has recorded them.
fn part(ctx: &Ctx, meeting: &Meeting) -> Part {
    if meeting.recorded_by == ctx.actor().person.0 { Part::Again } else { Part::Words }
}

/// One's own note while it may be mended; none yet means that one adds to the meeting.
fn own<'a>(ctx: &Ctx, meeting: &'a Meeting) -> Outcome<Option<&'a Note>> {
    let Some(note) = meeting.note_of(ctx.actor().person.0) else { return Ok(None) };
    if is_open_for_change(note.written_at, ctx.now, rules(ctx.today)?.edit_days) {
        return Ok(Some(note));
    }
    Err(AppError::Conflict(
        "Срок, в который запись можно изменить, прошёл. Напишите об этом в записи следующей встречи"
            .to_owned(),
    ))
}

pub(super) async fn save(ctx: Ctx, Path((pair, id)): Path<(Uuid, Uuid)>, submitted: Submission) -> Outcome {
    let (case, meeting) = standing(&ctx, ctx.app().db.reader(), (pair, id)).await?;
    let part = part(&ctx, &meeting);
    let mut form = submitted.form.clone();
    let said = read_said(&mut form, &offered(&case, &[], ctx.today)?, &case);
    let fact = if part == Part::Again { read_fact(&mut form, &ctx, &case) } else { None };
    let (Some(said), true) = (said, form.is_valid()) else {
        return again(&edit_page(&ctx, &case, &meeting, form).await?);
    };
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[pair]).await?;
    let (case, meeting) = standing(&ctx, change.tx(), (pair, id)).await?;
    let me = ctx.actor().person.0;
    let kind = match own(&ctx, &meeting)? {
        None => {
            store::add_note(change.tx(), change.now(), (pair, id, me), &said).await?;
            "meeting_added_to"
        }
        Some(note) => {
            let version = form.text("version").parse().unwrap_or(0);
            if !store::change_note(change.tx(), pair, note, version, &said).await? {
                return Err(AppError::Conflict(
                    "Запись уже изменили в другом окне. Откройте страницу встреч заново".to_owned(),
                ));
            }
            "meeting_changed"
        }
    };
    let (held_on, meeting_kind) = fact.unwrap_or((meeting.held_on, meeting.kind));
    if fact.is_some() {
        store::change_meeting(change.tx(), id, held_on, meeting_kind).await?;
    }
    let payload = Fact { held_on, meeting_kind: meeting_kind.code() };
    let organization = Some(case.pair.organization);
    change.journal(Entry { kind, subject: ("pair", Some(pair)), organization, payload: &payload }).await?;
    change.finish(&format!("/pairs/{pair}/meetings"), "Запись сохранена").await
}

fn read_fact(form: &mut Form, ctx: &Ctx, case: &Case) -> Option<(chrono::NaiveDate, MeetingKind)> {
    let day = form.required_date("held_on", "День");
    let way = form.required_choice("kind", "Как встретились", &kinds());
    let day = day?;
    if day > ctx.today || day < case.pair.period.from() {
        form.error("held_on", "Встреча бывает в дни работы пары, не позже сегодняшнего: проверьте дату.");
        return None;
    }
    Some((day, MeetingKind::from_code(&way?)?))
}
