//! One's own evenings: whom one meets and when, and with whom one would like to go on.

use askama::Template;
use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::record::{Fact, Marks, Program, Side, Wish};
use super::{Invitation, store};
use crate::kernel::audit::Entry;
use crate::kernel::db;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::ids;
use crate::kernel::page::{Layout, filters};
use crate::kernel::web::{Ctx, Path, Submission, page};

#[derive(Template)]
#[template(path = "speed/own.html")]
struct OwnPage {
    layout: Layout,
    evenings: Vec<Own>,
}

struct Own {
    id: Uuid,
    form_key: Uuid,
    title: String,
    held_on: NaiveDate,
    place: String,
    organization: String,
    is_over: bool,
    rows: Vec<Row>,
}

struct Row {
    id: Uuid,
    when: String,
    table: i64,
    partner: String,
    wishes: bool,
    /// The other side would like to go on as well: told only when both do.
    is_match: bool,
}

/// That somebody has told something; with whom stays between them and the curator.
#[derive(Serialize)]
struct Told {
    changed: usize,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let me = ctx.actor().person.0;
    let programs = store::of_person(ctx.app().db.reader(), me).await?;
    page(&OwnPage {
        layout: ctx.layout("Быстрые встречи").await?,
        evenings: programs.iter().map(|program| own(program, me, ctx.today)).collect(),
    })
}

fn own(program: &Program, me: Uuid, today: NaiveDate) -> Own {
    let evening = &program.evening;
    let side = program.guest(me).map_or(Side::Mentee, |guest| guest.side);
    let rows = program.meetings.iter().filter_map(|meeting| {
        let partner = meeting.partner(me)?;
        Some(Row {
            id: meeting.id,
            when: evening.terms.starts(meeting.round),
            table: program.guest(meeting.mentor).map_or(0, |mentor| mentor.seat),
            partner: program.guest(partner).map_or_else(String::new, |guest| guest.name.full()),
            wishes: wish_of(meeting.marks, side) == Wish::GoOn,
            is_match: meeting.marks.is_match(),
        })
    });
    Own {
        id: evening.id,
        form_key: ids::form_key(),
        title: evening.terms.title.clone(),
        held_on: evening.terms.held_on,
        place: evening.terms.place.clone(),
        organization: evening.organization_name.clone(),
        is_over: evening.terms.held_on <= today,
        rows: rows.collect(),
    }
}

const fn wish_of(marks: Marks, side: Side) -> Wish {
    match side {
        Side::Mentor => marks.mentor,
        Side::Mentee => marks.mentee,
    }
}

/// Writes one's own wishes about one's own meetings.
pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let me = ctx.actor().person.0;
    own_program(&ctx, ctx.app().db.reader(), id).await?;
    let change = ctx.change(&submitted).await?;
    db::lock_row(change.tx(), "speed_evening", id).await?;
    let fresh = own_program(&ctx, change.tx(), id).await?;
    let side = fresh.guest(me).map_or(Side::Mentee, |guest| guest.side);
    let mut changed = 0;
    for meeting in fresh.meetings.iter().filter(|meeting| meeting.partner(me).is_some()) {
        let typed = submitted.form.has("wish", &meeting.id.to_string());
        let marks = told(meeting.marks, side, if typed { Wish::GoOn } else { Wish::Silent });
        if marks != meeting.marks {
            store::set_marks(change.tx(), meeting.id, marks).await?;
            changed += 1;
        }
    }
    let subject = ("speed_evening", Some(id));
    let organization = Some(fresh.evening.organization);
    let payload = Told { changed };
    change.journal(Entry { kind: "speed_wish_told", subject, organization, payload: &payload }).await?;
    change.finish("/own/speed", "Спасибо, отмечено").await
}

/// Who would like to go on has met; taking a wish back takes back nothing else.
fn told(marks: Marks, side: Side, wish: Wish) -> Marks {
    let fact = if wish == Wish::GoOn { Fact::Met } else { marks.fact };
    match side {
        Side::Mentor => Marks { fact, mentor: wish, ..marks },
        Side::Mentee => Marks { fact, mentee: wish, ..marks },
    }
}

/// An evening of this person whose day has come.
async fn own_program(ctx: &Ctx, connection: &impl ConnectionTrait, id: Uuid) -> Outcome<Program> {
    let programs = store::of_person(connection, ctx.actor().person.0).await?;
    let program = programs.into_iter().find(|program| program.evening.id == id).ok_or(AppError::NotFound)?;
    if program.evening.terms.held_on > ctx.today {
        return Err(AppError::Conflict("Этот вечер ещё впереди. Отметьте встречи после него".to_owned()));
    }
    Ok(program)
}

/// The next evening of a person from today on.
pub(super) async fn next_of(
    connection: &impl ConnectionTrait,
    person: Uuid,
    today: NaiveDate,
) -> anyhow::Result<Option<Invitation>> {
    let programs = store::of_person(connection, person).await?;
    let next = programs.iter().map(|program| &program.evening.terms).filter(|terms| terms.held_on >= today);
    Ok(next.min_by_key(|terms| (terms.held_on, terms.begins_at)).map(|terms| Invitation {
        held_on: terms.held_on,
        when_and_where: format!("в {}, {}", terms.starts(1), terms.place),
    }))
}
