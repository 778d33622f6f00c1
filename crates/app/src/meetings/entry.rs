//! A meeting in under a minute: five presses, and nothing has to be typed.

use askama::Template;
use nastavnik_domain::meeting::MeetingKind;
use serde::Serialize;
use uuid::Uuid;

use super::fields::{NOBODY, Offered, help, offered, read};
use super::record::{Entry, Meeting};
use super::store::{self, NewMeeting};
use super::{calls, lesson, seat};
use crate::endings;
use crate::kernel::audit;
use crate::kernel::change::Change;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "meetings/entry.html")]
pub(super) struct EntryPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    action: String,
    offered: Offered,
    /// Another entry of the same day: what to do with it.
    same_day: Vec<Choice>,
    part: Part,
    /// Who else takes part, for «Увидят».
    seen: String,
}

/// Which part of an entry the page asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The meeting and what was said.
    Whole,
    /// The fact stands already: only what was said.
    Words,
    /// One's own entry anew.
    Again,
}

/// What goes to the journal: the fact.
#[derive(Serialize)]
pub(super) struct Fact {
    pub(super) held_on: chrono::NaiveDate,
    pub(super) meeting_kind: &'static str,
}

pub(super) async fn show_new(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    let case = seat::writing(&ctx, reader, id).await?;
    // The code on the printed blank leads here.
    if ctx.asked("form") == "visit" {
        return lesson::show_new(&ctx, &case).await;
    }
    let asked = MeetingKind::from_code(ctx.asked("kind"));
    let kind = match asked {
        Some(kind) => kind,
        None => store::last_kind(reader, id).await?.unwrap_or(MeetingKind::InPerson),
    };
    let form =
        Form::blank().with("held_on", ctx.today.to_string()).with("kind", kind.code()).with("help", NOBODY);
    let mentees = case.pair.mentees.iter();
    let form = mentees.fold(form, |form, mentee| form.with("present", mentee.person.to_string()));
    page(&whole_page(&ctx, &case, form, Vec::new()).await?)
}

async fn whole_page(ctx: &Ctx, case: &Case, form: Form, same_day: Vec<Choice>) -> Outcome<EntryPage> {
    let action = format!("/pairs/{}/meetings", case.pair.id);
    let mut entry = entry_page(ctx, case, form, (action, Part::Whole)).await?;
    entry.same_day = same_day;
    Ok(entry)
}

/// The page of an entry.
pub(super) async fn entry_page(
    ctx: &Ctx,
    case: &Case,
    form: Form,
    (action, part): (String, Part),
) -> Outcome<EntryPage> {
    let title = match part {
        Part::Whole => "Записать встречу",
        Part::Words => "Дополнить запись о встрече",
        Part::Again => "Изменить запись о встрече",
    };
    let mut layout = ctx.layout(title).await?;
    let pair = case.pair.id;
    layout.crumbs = vec![
        Crumb::new(format!("/pairs/{pair}"), case.pair.title()),
        Crumb::new(format!("/pairs/{pair}/meetings"), "Встречи"),
    ];
    let open = match part {
        Part::Whole => store::open_steps(ctx.app().db.reader(), pair).await?,
        Part::Words | Part::Again => Vec::new(),
    };
    let receiver = endings::receiver(ctx, ctx.app().db.reader(), &case.pair).await?;
    let offered = Offered { help: help(receiver), ..offered(case, &open, ctx.today)? };
    Ok(EntryPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/meetings"),
        offered,
        form,
        form_key: ids::form_key(),
        pair,
        action,
        same_day: Vec::new(),
        part,
        seen: seen(case, ctx.actor().person.0),
    })
}

/// «только вы и Иванова А. А.».
pub(super) fn seen(case: &Case, me: Uuid) -> String {
    let others: Vec<String> =
        case.pair.people().filter(|one| one.person != me).map(|one| one.name.short()).collect();
    format!("только вы и {}", others.join(", "))
}

/// Records a meeting, or adds to the one somebody else of the pair has recorded for the same day.
pub(super) async fn record(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let reader = ctx.app().db.reader();
    let case = seat::writing(&ctx, reader, id).await?;
    let open = store::open_steps(reader, id).await?;
    let mut form = submitted.form.clone();
    let Some(entry) = read(&mut form, &offered(&case, &open, ctx.today)?, &case, ctx.today) else {
        return again(&whole_page(&ctx, &case, form, Vec::new()).await?);
    };
    let change = ctx.change(&submitted).await?;
    pairs::lock(change.tx(), &[id]).await?;
    let me = ctx.actor().person.0;
    let that_day = store::on_day(change.tx(), id, entry.held_on).await?;
    let meeting = match target(form.text("same_day"), &that_day, me) {
        Target::New => None,
        Target::Join(meeting) => Some(meeting),
        Target::Ask(choices, words) => {
            drop(change);
            form.error("same_day", words);
            return again(&whole_page(&ctx, &case, form, choices).await?);
        }
    };
    write(&change, &case, me, &entry, meeting).await?;
    if let Some(call) = &entry.call {
        calls::make(&ctx, &change, &case, call).await?;
    }
    change.finish(&format!("/pairs/{id}/meetings"), "Встреча записана").await
}

/// Which meeting the entry is about.
enum Target {
    New,
    Join(Uuid),
    /// It has to be told by the author.
    Ask(Vec<Choice>, &'static str),
}

fn target(chosen: &str, that_day: &[Meeting], me: Uuid) -> Target {
    let joinable = that_day.iter().find(|meeting| meeting.note_of(me).is_none());
    match (chosen, joinable) {
        _ if that_day.is_empty() => Target::New,
        ("other", _) => Target::New,
        ("join", Some(meeting)) => Target::Join(meeting.id),
        (_, Some(_)) => Target::Ask(
            vec![
                Choice::new("join", "Это та же встреча: дополнить запись"),
                Choice::new("other", "Это была другая встреча"),
            ],
            "За этот день встреча уже записана. Скажите, та же она или другая.",
        ),
        (_, None) => Target::Ask(
            vec![Choice::new("other", "Это была другая встреча")],
            "За этот день вы уже записали встречу: её можно изменить на странице встреч. Если встреча была другая, отметьте это.",
        ),
    }
}

async fn write(change: &Change, case: &Case, me: Uuid, entry: &Entry, joined: Option<Uuid>) -> Outcome<()> {
    let (tx, now, pair) = (change.tx(), change.now(), case.pair.id);
    let meeting = if let Some(meeting) = joined {
        meeting
    } else {
        let new = NewMeeting { pair, held_on: entry.held_on, kind: entry.kind, by: me };
        let meeting = store::add_meeting(tx, now, &new).await?;
        store::set_present(tx, meeting, &entry.present).await?;
        meeting
    };
    store::add_note(tx, now, (pair, meeting, me), &entry.said).await?;
    store::close_steps(tx, now, pair, &entry.done).await?;
    let kind = if joined.is_some() { "meeting_added_to" } else { "meeting_recorded" };
    let payload = Fact { held_on: entry.held_on, meeting_kind: entry.kind.code() };
    let subject = ("pair", Some(pair));
    let organization = Some(case.pair.organization);
    change.journal(audit::Entry { kind, subject, organization, payload: &payload }).await?;
    Ok(())
}

/// A meeting of this pair that was not called off.
pub(super) async fn standing(
    ctx: &Ctx,
    connection: &impl sea_orm::ConnectionTrait,
    (pair, meeting): (Uuid, Uuid),
) -> Outcome<(Case, Meeting)> {
    let case = seat::writing(ctx, connection, pair).await?;
    let found = store::meeting(connection, pair, meeting).await?.ok_or(AppError::NotFound)?;
    if found.is_canceled {
        return Err(AppError::Conflict(
            "Эту запись уже отменили. Откройте страницу встреч заново".to_owned(),
        ));
    }
    Ok((case, found))
}

impl EntryPage {
    /// Whether day and kind are asked.
    fn asks_fact(&self) -> bool {
        self.part != Part::Words
    }

    fn is_new(&self) -> bool {
        self.part == Part::Whole
    }

    /// The next step of two, or of a group.
    fn next_step(&self) -> &'static str {
        if self.offered.people.is_empty() {
            "Следующий шаг наставляемого"
        } else {
            "Следующий шаг участников"
        }
    }

    fn own_step(&self) -> &'static str {
        if self.offered.people.is_empty() {
            "Шаг наставляемого, своими словами"
        } else {
            "Шаг участников, своими словами"
        }
    }

    /// Own words stand open when there are some.
    fn has_words(&self) -> bool {
        ["worked", "mentee_step", "mentor_step", "minutes"]
            .iter()
            .any(|name| !self.form.text(name).is_empty())
    }

    fn calls(&self) -> bool {
        !matches!(self.form.text("help"), "" | NOBODY)
    }
}
