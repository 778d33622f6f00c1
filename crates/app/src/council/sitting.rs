//! The card of a sitting: who has come, what is on the agenda, what was decided.

use askama::Template;
use chrono::NaiveDate;
use nastavnik_domain::council::Presence;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::{count, short};
use uuid::Uuid;

use super::agenda::{Chair, Hall, Question};
use super::plan::told_to;
use super::store;
use crate::kernel::audit::Entry;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tone};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs;

const REASON: usize = 300;

#[derive(Template)]
#[template(path = "council/sitting.html")]
struct SittingPage {
    layout: Layout,
    form: Form,
    id: Uuid,
    version: i64,
    tone: Tone,
    state: String,
    organization: String,
    room: String,
    is_closed_door: bool,
    has_minutes: bool,
    allowed: Allowed,
    members: Vec<Choice>,
    present: String,
    absent: String,
    chair: String,
    secretary: String,
    quorum_tone: Tone,
    quorum: String,
    lines: Vec<Line>,
    /// The first question without a decision, to go on with.
    next: Option<String>,
}

/// How far the reader may go with the sitting; each step allows those before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Allowed {
    Nothing,
    Cancel,
    /// The day has come.
    Mark,
    /// It is known who is there.
    Close,
}

/// A question of the agenda.
struct Line {
    number: usize,
    title: String,
    words: String,
    href: String,
    tone: Tone,
    state: String,
    votes: String,
    decided: String,
    aside: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let hall = Hall::load(&ctx, ctx.app().db.reader(), id).await?;
    let form = first_form(&ctx, &hall).await?;
    page(&sitting_page(&ctx, hall, form).await?)
}

/// Calls the sitting off: its questions wait for another one.
pub(super) async fn cancel(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let hall = Hall::load(&ctx, ctx.app().db.reader(), id).await?;
    ctx.require(Permission::HoldCouncil, &hall.sitting.place)?;
    let mut form = submitted.form.clone();
    let Some(reason) = form.required_text("reason", "Причина", REASON) else {
        return again_with(&ctx, hall, form).await;
    };
    let change = ctx.change(&submitted).await?;
    if !store::set_sitting_canceled(&change, id).await? {
        return Err(over());
    }
    let organization = told_to(hall.sitting.organization, hall.sitting.dispute);
    let (kind, subject) = ("council_sitting_canceled", ("council_sitting", Some(id)));
    // The reason may speak of people: it stays out of the journal of a closed sitting.
    let payload = organization.map(|_| serde_json::json!({ "reason": reason }));
    change.journal(Entry { kind, subject, organization, payload: &payload }).await?;
    let to = format!("/council?organization={}", hall.sitting.organization);
    change.finish(&to, "Заседание отменено. Его вопросы снова ждут").await
}

/// What is said when the sitting is closed or called off.
pub(super) fn over() -> AppError {
    AppError::Conflict(
        "Заседание уже закрыто или отменено. Откройте его и посмотрите, что получилось".to_owned(),
    )
}

/// What is said when somebody else has written meanwhile.
pub(super) fn stale() -> AppError {
    AppError::Conflict(
        "Пока вы заполняли форму, заседание изменил другой член совета. Откройте страницу заново и проверьте записи"
            .to_owned(),
    )
}

/// The card again with mistakes of a form that stands on it.
pub(super) async fn again_with(ctx: &Ctx, hall: Hall, form: Form) -> Outcome {
    again(&sitting_page(ctx, hall, form).await?)
}

/// Presence as it was marked, or the officers to begin with.
async fn first_form(ctx: &Ctx, hall: &Hall) -> Outcome<Form> {
    let reader = ctx.app().db.reader();
    let offices = store::offices(reader, hall.sitting.organization, hall.sitting.held_on).await?;
    let invited = |person: &Uuid| hall.seats.iter().any(|chair| chair.member.person == *person);
    let or_office =
        |known: Option<Uuid>, office| known.or_else(|| offices.get(&office).copied().filter(invited));
    let chair = or_office(hall.sitting.chair, store::Office::Head);
    let secretary = or_office(hall.sitting.secretary, store::Office::Secretary);
    let mut form = Form::blank();
    for (name, person) in [("chair", chair), ("secretary", secretary)] {
        if let Some(person) = person {
            form = form.with(name, person.to_string());
        }
    }
    let is_marked = hall.sitting.chair.is_some();
    for chair in hall.seats.iter().filter(|chair| chair.is_present || !is_marked) {
        form = form.with("present", chair.member.person.to_string());
    }
    Ok(form)
}

async fn sitting_page(ctx: &Ctx, hall: Hall, form: Form) -> Outcome<SittingPage> {
    let mut layout = ctx.layout(&hall.heading()).await?;
    layout.crumbs =
        vec![Crumb::new(format!("/council?organization={}", hall.sitting.organization), "Совет наставников")];
    let school = pairs::school(ctx.app().db.reader(), hall.sitting.organization).await?;
    let allowed = allowed(ctx, &hall);
    let (tone, state) = state(&hall, ctx.today);
    let is_marked = hall.sitting.chair.is_some();
    let names = |presence| {
        let some = hall.who_is(presence).filter(|_| is_marked);
        some.map(|member| member.name.short()).collect::<Vec<_>>().join(", ")
    };
    let open = |question: &&Question| question.item.recorded.is_none() && !question.item.is_withdrawn;
    let next = hall.questions.iter().find(open).filter(|_| allowed == Allowed::Close);
    Ok(SittingPage {
        layout,
        id: hall.sitting.id,
        version: hall.sitting.version,
        tone,
        state,
        organization: school.map_or_else(String::new, |school| school.short_name),
        room: hall.sitting.room.clone(),
        is_closed_door: hall.sitting.dispute.is_some(),
        has_minutes: hall.sitting.pdf.is_some(),
        allowed,
        members: members(&hall),
        present: names(Presence::Present),
        absent: names(Presence::Absent),
        chair: name_of(&hall, hall.sitting.chair),
        secretary: name_of(&hall, hall.sitting.secretary),
        quorum_tone: if hall.bench().has_quorum() { Tone::Done } else { Tone::Late },
        quorum: quorum(&hall),
        lines: hall.questions.iter().map(|question| line(&hall, question)).collect(),
        next: next.map(|question| item_href(&hall, question)),
        form,
    })
}

fn allowed(ctx: &Ctx, hall: &Hall) -> Allowed {
    if !hall.is_open() || !ctx.actor().may_at(Permission::HoldCouncil, &hall.sitting.place) {
        return Allowed::Nothing;
    }
    match hall.sitting.chair {
        Some(_) => Allowed::Close,
        None if hall.sitting.held_on <= ctx.today => Allowed::Mark,
        None => Allowed::Cancel,
    }
}

fn state(hall: &Hall, today: NaiveDate) -> (Tone, String) {
    match (&hall.sitting.label, hall.sitting.canceled_at) {
        (Some(label), _) => (Tone::Done, format!("проведено, протокол № {label}")),
        (None, Some(_)) => (Tone::Closed, "отменено".to_owned()),
        (None, None) if hall.sitting.held_on <= today => (Tone::Wait, "идёт".to_owned()),
        (None, None) => (Tone::Plan, format!("назначено на {}", short(hall.sitting.held_on))),
    }
}

/// Those invited, to mark and to choose among.
pub(super) fn members(hall: &Hall) -> Vec<Choice> {
    let choice = |chair: &Chair| Choice::new(chair.member.person.to_string(), chair.member.name.full());
    hall.seats.iter().map(choice).collect()
}

fn name_of(hall: &Hall, person: Option<Uuid>) -> String {
    let chair = hall.seats.iter().find(|chair| Some(chair.member.person) == person);
    chair.map_or_else(String::new, |chair| chair.member.name.full())
}

/// «Кворум есть: 3 из 5».
fn quorum(hall: &Hall) -> String {
    let bench = hall.bench();
    let word = if bench.has_quorum() { "кворум есть" } else { "кворума нет" };
    format!("{word}: {} из {}, нужно {}", bench.present, bench.members, bench.quorum())
}

fn item_href(hall: &Hall, question: &Question) -> String {
    format!("/council/sittings/{}/items/{}", hall.sitting.id, question.item.id)
}

fn line(hall: &Hall, question: &Question) -> Line {
    let (tone, state) = match &question.item.recorded {
        _ if question.item.is_withdrawn => (Tone::Closed, "снят с рассмотрения".to_owned()),
        Some(recorded) => (recorded.decision.tone(), recorded.decision.title().to_owned()),
        None if hall.is_open() => (Tone::Plan, "в повестке".to_owned()),
        None => (Tone::Wait, "отложен, снова ждёт".to_owned()),
    };
    let recorded = question.item.recorded.as_ref();
    let votes = recorded.map_or_else(String::new, |known| {
        let tally = known.tally;
        format!(
            "«за» – {}, «против» – {}, воздержались – {}",
            tally.votes_for, tally.votes_against, tally.abstained
        )
    });
    let aside: Vec<String> = hall.aside(question).iter().map(|member| member.name.short()).collect();
    Line {
        number: question.number,
        title: question.title.clone(),
        words: question.item.words.clone(),
        href: item_href(hall, question),
        tone,
        state,
        votes,
        decided: recorded.map_or_else(String::new, |known| known.words.clone()),
        aside: aside.join(", "),
    }
}

/// How many questions the page tells.
impl SittingPage {
    fn questions(&self) -> String {
        count(self.lines.len() as u64, "вопрос", "вопроса", "вопросов")
    }

    /// A new key for each form of the page.
    #[expect(clippy::unused_self, reason = "askama calls methods of the page")]
    fn key(&self) -> Uuid {
        ids::form_key()
    }
}
