//! The day itself: somebody does not come, leaves, is replaced; the evening is called off.

use serde::Serialize;
use uuid::Uuid;

use super::card::{self, visible};
use super::form::Offer;
use super::record::{Guest, Meeting, Program, Side};
use super::{store, table};
use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::db;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::web::{Ctx, Path, Submission};

/// Whom the journal names.
#[derive(Serialize)]
struct Told {
    gone: Uuid,
    instead: Option<Uuid>,
    from_round: i64,
}

/// Who goes, who comes, from which round on.
struct Exchange {
    gone: Uuid,
    instead: Option<Uuid>,
    from: i64,
}

/// Puts somebody in the seat of somebody who is not there: everybody else keeps the printed card.
pub(super) async fn replace(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let program = visible(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let offer = Offer::load(ctx.app().db.reader(), program.evening.organization, ctx.today).await?;
    let Some(exchange) = read(&mut form, &program, &offer) else {
        return card::again_with(&ctx, program, form).await;
    };
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "speed_evening", id).await?;
    let fresh = visible(&ctx, change.tx(), id).await?;
    let guest = fresh.guest(exchange.gone).filter(|guest| guest.left_round.is_none()).cloned();
    let Some(guest) = guest.filter(|_| !fresh.evening.is_canceled) else {
        drop(change);
        form.error("gone", "Этого человека в таблице уже нет: кто-то отметил это раньше вас.");
        return card::again_with(&ctx, fresh, form).await;
    };
    let lost = carry_out(&change, &fresh, &guest, &exchange).await?;
    let payload = Told { gone: exchange.gone, instead: exchange.instead, from_round: exchange.from };
    let subject = ("speed_evening", Some(id));
    let organization = Some(fresh.evening.organization);
    let kind = "speed_participant_replaced";
    change.journal(Entry { kind, subject, organization, payload: &payload }).await?;
    let notice = match (exchange.instead, lost) {
        (Some(_), 0) => "Замена сделана. У остальных карточки прежние",
        (Some(_), _) => "Замена сделана. Часть встреч снята: этих людей не сажают вместе",
        (None, _) => {
            "Отмечено. Освободившиеся места видны в таблице, оставшиеся круги можно составить заново"
        }
    };
    change.finish(&format!("/speed/{id}#table"), notice).await
}

fn read(form: &mut Form, program: &Program, offer: &Offer) -> Option<Exchange> {
    let gone = form.required_uuid("gone", "Кто не пришёл или ушёл");
    let instead = form.optional_uuid("instead", "Кто вместо");
    let from = form.required_integer("from_round", "Начиная с круга", 1..=program.rounds().max(1));
    let guest = gone.and_then(|gone| program.guest(gone));
    if let (Some(guest), Some(instead)) = (guest, instead) {
        let fits = offer.free(guest.side, program).iter().any(|choice| choice.value == instead.to_string());
        if !fits {
            let whom = match guest.side {
                Side::Mentor => "Вместо наставника выберите наставника из банка, которого ещё нет в таблице.",
                Side::Mentee => "Вместо наставляемого выберите педагога, которого ещё нет в таблице.",
            };
            form.error("instead", whom);
        }
    } else if guest.is_none() && form.is_valid() {
        form.error("gone", "Этого человека нет среди участников.");
    }
    if !form.is_valid() {
        return None;
    }
    Some(Exchange { gone: gone?, instead, from: from? })
}

/// How many meetings were taken off the table.
async fn carry_out(change: &Change, program: &Program, guest: &Guest, exchange: &Exchange) -> Outcome<usize> {
    let (tx, evening) = (change.tx(), program.evening.id);
    let apart = table::forbidden(tx, program.evening.organization).await?;
    store::set_left(tx, evening, guest.person, exchange.from).await?;
    if let Some(instead) = exchange.instead {
        store::insert_guest(tx, evening, instead, guest.side, guest.seat).await?;
    }
    let is_left = |meeting: &&Meeting| {
        meeting.round >= exchange.from && !meeting.marks.is_told() && meeting.partner(guest.person).is_some()
    };
    let mut off = Vec::new();
    for meeting in program.meetings.iter().filter(is_left) {
        let couple = exchange.instead.map(|instead| match guest.side {
            Side::Mentor => (instead, meeting.mentee),
            Side::Mentee => (meeting.mentor, instead),
        });
        match (exchange.instead, couple) {
            (Some(instead), Some(couple)) if !apart.contains(&couple) => {
                store::set_person(tx, meeting.id, guest.side, instead).await?;
            }
            _ => off.push(meeting.id),
        }
    }
    store::delete_meetings(tx, &off).await?;
    store::touch(tx, evening).await?;
    Ok(off.len())
}

/// Calls the evening off; nothing is deleted.
pub(super) async fn cancel(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    visible(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "speed_evening", id).await?;
    let fresh = visible(&ctx, change.tx(), id).await?;
    if fresh.is_marked() || fresh.evening.is_canceled {
        drop(change);
        let mut form = submitted.form.clone();
        let why = if fresh.evening.is_canceled {
            "Этот вечер уже отменён."
        } else {
            "Люди уже встречались: состоявшийся вечер не отменяют."
        };
        form.error("canceled", why);
        return card::again_with(&ctx, fresh, form).await;
    }
    store::set_canceled(&change, id).await?;
    let subject = ("speed_evening", Some(id));
    let organization = Some(fresh.evening.organization);
    change.journal(Entry { kind: "speed_evening_canceled", subject, organization, payload: &() }).await?;
    change.finish("/speed", "Вечер отменён. Предупредите тех, кого пригласили").await
}
