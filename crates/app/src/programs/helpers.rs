//! D8, п. 5.1.1: another teacher is asked to help, and accepts or declines.

use askama::Template;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::program::{Answer, Event, Refusal};
use uuid::Uuid;

use super::store::{self, Invitation};
use super::visible::{require_writer, visible_case};
use super::{act, show};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::page::{Layout, Tone};
use crate::kernel::web::{Ctx, Path, Submission, page};
use crate::pairs;

/// Longest description of what is asked.
const TASK: usize = 300;

pub(super) async fn invite(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = visible_case(&ctx, ctx.app().db.reader(), id).await?;
    require_writer(&ctx, &case)?;
    let mut form = submitted.form.clone();
    let person = form.required_uuid("helper", "Кого приглашаете");
    let task = form.required_text("task", "О чём просите", TASK);
    let known = store::colleagues(ctx.app().db.reader(), case.pair.organization, ctx.today).await?;
    if person.is_some_and(|person| !known.iter().any(|one| one.id == person)) {
        form.error("helper", "Этот человек не работает в организации пары. Выберите другого.");
    }
    let (Some(person), Some(task), true) = (person, task, form.is_valid()) else {
        return show::again_with(&ctx, case, form).await;
    };
    let change = ctx.change(&submitted).await?;
    let event = Event::HelperInvited { person: PersonId(person), task: task.clone() };
    match act::act(&ctx, &change, &case, event).await? {
        Ok(held) => {
            store::add_helper(&change, held.id, (person, ctx.actor().person.0), &task).await?;
            change
                .finish(&format!("/pairs/{id}/program"), "Приглашение отправлено. Ответ появится здесь")
                .await
        }
        Err(Refusal::NotMade) => Err(AppError::NotFound),
        Err(refusal) => {
            drop(change);
            form.error("helper", format!("{refusal}."));
            show::again_with(&ctx, case, form).await
        }
    }
}

#[derive(Template)]
#[template(path = "programs/invitations.html")]
struct InvitationsPage {
    layout: Layout,
    rows: Vec<InvitationView>,
}

struct InvitationView {
    id: Uuid,
    by: String,
    task: String,
    word: &'static str,
    tone: Tone,
    waits: bool,
}

/// What I was asked to help with.
pub(super) async fn own(ctx: Ctx) -> Outcome {
    let found = store::invitations(ctx.app().db.reader(), ctx.actor().person.0).await?;
    let layout = ctx.layout("Приглашения помочь").await?;
    page(&InvitationsPage { layout, rows: found.into_iter().map(view).collect() })
}

fn view(row: Invitation) -> InvitationView {
    let (word, tone) = match row.answer.as_deref() {
        None => ("ждёт вашего ответа", Tone::Wait),
        Some("accepts") => ("вы согласились", Tone::Done),
        Some(_) => ("вы отказались", Tone::Closed),
    };
    InvitationView { id: row.id, by: row.by.full(), waits: row.answer.is_none(), task: row.task, word, tone }
}

pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let reader = ctx.app().db.reader();
    let found = store::invitation(reader, ctx.actor().person.0, id).await?.ok_or(AppError::NotFound)?;
    let (accepts, code, notice) = match submitted.form.text("answer") {
        "accepts" => (Answer::Accepts, "accepts", "Спасибо! Пара узнает, что вы поможете"),
        "declines" => (Answer::Declines, "declines", "Ответ записан. Отказ ни на что не влияет"),
        _ => {
            return Err(AppError::BadRequest(
                "Не понят ответ. Откройте приглашения и ответьте снова".to_owned(),
            ));
        }
    };
    let case =
        pairs::cases_by_ids(reader, &[found.pair], ctx.today).await?.pop().ok_or(AppError::NotFound)?;
    let change = ctx.change(&submitted).await?;
    let answered = act::act(&ctx, &change, &case, Event::HelperAnswered { accepts }).await?;
    answered.map_err(|refusal| act::told(&refusal))?;
    if !store::set_answer(&change, id, code).await? {
        return Err(act::told(&Refusal::NotInvited));
    }
    change.finish("/own/invitations", notice).await
}
