//! After the meetings: who met, who would like to go on, typed in from the cards.

use askama::Template;
use serde::Serialize;
use uuid::Uuid;

use super::card::visible;
use super::record::{Fact, Marks, Meeting, Program, Wish};
use super::store;
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::Form;
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout};
use crate::kernel::web::{Ctx, Path, Submission, page};

#[derive(Template)]
#[template(path = "speed/marks.html")]
struct MarksPage {
    layout: Layout,
    form_key: Uuid,
    action: String,
    back: String,
    rounds: Vec<Round>,
}

struct Round {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    id: Uuid,
    mentor: String,
    mentee: String,
    marks: Marks,
    /// How the meeting stood when the page was opened: only what was changed on it is written.
    was: String,
}

/// How many meetings were marked, for the journal: who wishes what stays out of it.
#[derive(Serialize)]
struct Told {
    changed: usize,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let program = held(&ctx, id).await?;
    let href = program.evening.href();
    let mut layout = ctx.layout("Кто встретился").await?;
    layout.crumbs = vec![
        Crumb::new("/speed", "Быстрые встречи"),
        Crumb::new(href.clone(), program.evening.terms.title.clone()),
    ];
    page(&MarksPage {
        layout,
        form_key: ids::form_key(),
        action: format!("{href}/marks"),
        back: href,
        rounds: rounds(&program),
    })
}

fn rounds(program: &Program) -> Vec<Round> {
    let row = |meeting: &Meeting| Row {
        id: meeting.id,
        mentor: program.short(meeting.mentor),
        mentee: program.short(meeting.mentee),
        marks: meeting.marks,
        was: code(meeting.marks),
    };
    program
        .by_round()
        .into_iter()
        .map(|(number, meetings)| Round {
            title: format!("Круг {number}, {}", program.evening.terms.starts(number)),
            rows: meetings.into_iter().map(row).collect(),
        })
        .collect()
}

/// «101»: met, the mentor's wish, the mentee's wish.
fn code(marks: Marks) -> String {
    let flag = |is_set: bool| if is_set { '1' } else { '0' };
    [marks.has_met(), marks.mentor == Wish::GoOn, marks.mentee == Wish::GoOn].map(flag).into_iter().collect()
}

/// Writes what was changed on the page and leaves what others have told meanwhile.
pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    held(&ctx, id).await?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "speed_evening", id).await?;
    let fresh = visible(&ctx, change.tx(), id).await?;
    let mut changed = 0;
    for meeting in &fresh.meetings {
        let marks = merged(&submitted.form, meeting.id, meeting.marks);
        if marks != meeting.marks {
            store::set_marks(change.tx(), meeting.id, marks).await?;
            changed += 1;
        }
    }
    let subject = ("speed_evening", Some(id));
    let organization = Some(fresh.evening.organization);
    let payload = Told { changed };
    change.journal(Entry { kind: "speed_meetings_marked", subject, organization, payload: &payload }).await?;
    change.finish(&format!("/speed/{id}#matches"), "Отметки сохранены").await
}

/// The marks of a meeting with what this form has changed in them. Who would like to go on has met.
fn merged(form: &Form, meeting: Uuid, now: Marks) -> Marks {
    let id = meeting.to_string();
    let was = form.text(&format!("was_{id}"));
    if was.len() != 3 {
        return now;
    }
    let flag = |name: &str, place: usize, current: bool| {
        let typed = form.has(name, &id);
        if typed == (was.as_bytes()[place] == b'1') { current } else { typed }
    };
    let wish = |is_set: bool| if is_set { Wish::GoOn } else { Wish::Silent };
    let has_met = flag("met", 0, now.has_met());
    let mentor = wish(flag("mentor_wishes", 1, now.mentor == Wish::GoOn));
    let mentee = wish(flag("mentee_wishes", 2, now.mentee == Wish::GoOn));
    let has_met = has_met || mentor == Wish::GoOn || mentee == Wish::GoOn;
    Marks { fact: if has_met { Fact::Met } else { Fact::Unknown }, mentor, mentee }
}

/// An evening whose day has come.
async fn held(ctx: &Ctx, id: Uuid) -> Outcome<Program> {
    let program = visible(ctx, ctx.app().db.reader(), id).await?;
    if program.evening.is_canceled {
        return Err(AppError::Conflict("Этот вечер отменён, отмечать нечего".to_owned()));
    }
    if program.evening.terms.held_on > ctx.today {
        return Err(AppError::Conflict(
            "Этот вечер ещё впереди. Отметьте встречи, когда он пройдёт".to_owned(),
        ));
    }
    Ok(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met() -> Marks {
        Marks { fact: Fact::Met, ..Marks::default() }
    }

    #[test]
    fn what_others_told_meanwhile_stays() {
        let meeting = Uuid::from_u128(7);
        let id = meeting.to_string();
        let wished = Marks { fact: Fact::Met, mentee: Wish::GoOn, ..Marks::default() };
        // The curator opened an unmarked meeting, the mentee told a wish, the curator ticks «встретились».
        let form = Form::blank().with(&format!("was_{id}"), "000").with("met", id.clone());
        assert_eq!(merged(&form, meeting, wished), wished);
        assert_eq!(merged(&form, meeting, Marks::default()), met());
        // Taken back by the curator.
        let form = Form::blank().with(&format!("was_{id}"), "100");
        assert_eq!(merged(&form, meeting, met()), Marks::default());
        // A meeting that was not on the page.
        assert_eq!(merged(&Form::blank(), meeting, met()), met());
    }

    #[test]
    fn who_would_like_to_go_on_has_met() {
        let meeting = Uuid::from_u128(7);
        let id = meeting.to_string();
        let form = Form::blank().with(&format!("was_{id}"), "000").with("mentor_wishes", id);
        assert!(merged(&form, meeting, Marks::default()).has_met());
    }
}
