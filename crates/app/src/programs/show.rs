//! The program of a pair: its text, where it stands, what to do next.

use askama::Template;
use axum::Json;
use axum::response::IntoResponse;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::program::{Shape, State, Text, lacks, percent_alike, uncovered, without_taken};
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::ring::{self, Ring};
use super::rules::Rules;
use super::store::{self, Colleague};
use super::view::{self, HelperView, Names, Parts, Reader, Writes};
use super::visible::{Held, held, may, visible_case, writes};
use super::{begin, council_word};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Choice, Form};
use crate::kernel::page::{Layout, Step, StepState, Tab, Tone, filters};
use crate::kernel::web::{Ctx, Path, again, page};
use crate::pairs::{self, Case};
use crate::{program_base, talk};

#[derive(Template)]
#[template(path = "programs/show.html")]
struct ShowPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    base: String,
    state: State,
    tone: Tone,
    version: u32,
    edition: u32,
    revision: u32,
    reason: String,
    steps: Vec<Step>,
    /// The text, or nothing while it belongs to the pair alone.
    parts: Option<Parts>,
    /// What stands in force while a revision is written, for readers outside the pair.
    shows_in_force: bool,
    remarks: Option<Remarks>,
    council: String,
    agreed_remarks: String,
    notes: Notes,
    helpers: Vec<HelperView>,
    colleagues: Vec<Choice>,
    origin: Option<Origin>,
    paper: Option<u32>,
    may: May,
    shape: Shape,
}

/// The program of the base it was begun from.
struct Origin {
    id: Uuid,
    /// Nothing once it is taken out.
    title: Option<String>,
}

/// Remarks with which the text was sent back.
struct Remarks {
    who: String,
    text: String,
}

/// What the pair is told about the text, and what the curator is told about its goals.
#[derive(Default)]
struct Notes {
    uncovered: Vec<String>,
    lacks: Vec<String>,
    alike: Option<Alike>,
}

/// Another program with nearly the same goals.
struct Alike {
    percent: u32,
    /// Only for those who read that program as well.
    href: Option<String>,
    title: String,
}

/// What the reader may do now.
#[derive(Clone, Copy, Default)]
struct May {
    write: Allowed,
    sign: Allowed,
    has_signed: Allowed,
    agree: Allowed,
    give_back: Allowed,
    ask_council: Allowed,
    approve: Allowed,
    reject: Allowed,
    revise: Allowed,
    invite: Allowed,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Allowed {
    Yes,
    #[default]
    No,
}

impl Allowed {
    const fn when(condition: bool) -> Self {
        if condition { Self::Yes } else { Self::No }
    }

    fn is(self) -> bool {
        self == Self::Yes
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    let case = visible_case(&ctx, reader, id).await?;
    match held(reader, id).await? {
        None => begin::show(&ctx, case).await,
        Some(held) => page(&show_page(&ctx, case, held, Form::blank()).await?),
    }
}

/// The page again with mistakes of a form that stands on it.
pub(super) async fn again_with(ctx: &Ctx, case: Case, form: Form) -> Outcome {
    let held = super::visible::made(ctx.app().db.reader(), case.pair.id).await?;
    again(&show_page(ctx, case, held, form).await?)
}

/// How many events the program has seen: a browser asks this to learn whether anything has changed.
pub(super) async fn version(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    visible_case(&ctx, reader, id).await?;
    let version = store::version_of(reader, id).await?.ok_or(AppError::NotFound)?;
    Ok(Json(serde_json::json!({ "version": version })).into_response())
}

/// The text these eyes may read now: outside the pair a draft is nobody's until the pair has signed it (decision 0016).
pub(super) fn readable(held: &Held, ring: Ring) -> Option<Text> {
    let program = &held.program;
    let is_passed = program.state() >= State::Signed;
    if ring != Ring::Outside || is_passed {
        return Some(program.text());
    }
    program.in_force().map(|approved| approved.text.clone())
}

async fn show_page(ctx: &Ctx, case: Case, held: Held, form: Form) -> Outcome<ShowPage> {
    let db = ctx.app().db.reader();
    let program = &held.program;
    let names = Names::of(db, program).await?;
    let school = pairs::school(db, case.pair.organization).await?.ok_or(AppError::NotFound)?;
    let ring = Ring::of(ctx, &case);
    let may = may_do(ctx, &case, &held);
    let reader = Reader {
        ring,
        names: &names,
        pair: case.pair.id,
        today: ctx.today,
        zone: school.zone(),
        writes: match (may.write.is(), program.state()) {
            (false, _) => Writes::Nothing,
            (true, State::Approved) => Writes::Marks,
            (true, _) => Writes::Lines,
        },
    };
    let text = readable(&held, ring);
    let shows_in_force = ring == Ring::Outside && program.state() < State::Signed && text.is_some();
    let council = council_word::standing(db, program.council).await?;
    let mut layout = ctx.layout("Персонализированная программа").await?;
    layout.crumbs = begin::crumbs(&case);
    let colleagues = if may.invite.is() { colleagues(ctx, &case).await? } else { Vec::new() };
    Ok(ShowPage {
        tabs: talk::tabs(ctx, &case.pair, "/program").await?,
        base: format!("/pairs/{}/program", case.pair.id),
        state: program.state(),
        tone: view::tone(program.state()),
        version: program.version,
        edition: program.edition,
        revision: program.revision,
        reason: program.reason.clone(),
        steps: steps(&case, &held, &names, &reader, &council),
        notes: notes(ctx, &case, &held, ring, text.as_ref()).await?,
        parts: text.as_ref().map(|text| Parts::of(program, text, &reader)),
        remarks: program.returned.as_ref().map(|call| Remarks {
            who: format!("{}, {}", names.short(call.by), reader.moment(call.at)),
            text: call.remarks.clone(),
        }),
        agreed_remarks: program.agreed.as_ref().map(|call| call.remarks.clone()).unwrap_or_default(),
        council: council.words(),
        helpers: view::helpers(program, &names),
        paper: program.in_force().map(|approved| approved.number),
        shape: program.shape.unwrap_or(Shape::Full),
        origin: origin(ctx, &held).await?,
        shows_in_force,
        colleagues,
        layout,
        form,
        may,
    })
}

async fn origin(ctx: &Ctx, held: &Held) -> Outcome<Option<Origin>> {
    let Some(origin) = &held.program.origin else { return Ok(None) };
    let title = program_base::published_title(ctx.app().db.reader(), origin.program).await?;
    Ok(Some(Origin { id: origin.program, title }))
}

fn may_do(ctx: &Ctx, case: &Case, held: &Held) -> May {
    let program = &held.program;
    let state = program.state();
    let me = ctx.actor().person;
    let is_active = case.state == pairs::State::Active;
    let write = writes(ctx, case) && is_active;
    let is_curator = may(ctx, case, Permission::AgreePrograms) && ctx.actor().is(Role::Curator);
    let watches = may(ctx, case, Permission::AgreePrograms);
    let passed = matches!(state, State::Signed | State::Agreed);
    let has_signed = program.signed.contains_key(&me);
    May {
        write: Allowed::when(write),
        sign: Allowed::when(write && state < State::Signed && !has_signed),
        has_signed: Allowed::when(has_signed),
        agree: Allowed::when(is_curator && state == State::Signed),
        give_back: Allowed::when(watches && passed),
        ask_council: Allowed::when(watches && passed && program.council.is_none()),
        approve: Allowed::when(may(ctx, case, Permission::ApprovePrograms) && state == State::Agreed),
        reject: Allowed::when(may(ctx, case, Permission::ApprovePrograms) && passed),
        revise: Allowed::when(write && state == State::Approved),
        invite: Allowed::when(write),
    }
}

/// Where the program stands, step by step.
fn steps(
    case: &Case,
    held: &Held,
    names: &Names,
    reader: &Reader<'_>,
    council: &council_word::Word,
) -> Vec<Step> {
    let program = &held.program;
    let state = program.state();
    let step = |reached: State, title: &str, note: String| {
        let at = match state.cmp(&reached) {
            std::cmp::Ordering::Less => StepState::Ahead,
            std::cmp::Ordering::Equal => StepState::Now,
            std::cmp::Ordering::Greater => StepState::Done,
        };
        Step::new(title, note, at)
    };
    let mut steps = Vec::new();
    let written =
        if state > State::Draft { "готов к подписи" } else { "пишут вместе" };
    steps.push(step(State::Draft, "Текст", written.to_owned()));
    let signed = case.pair.people().map(|one| {
        let mark = if state > State::HalfSigned || program.signed.contains_key(&one.person.into()) {
            "подписано"
        } else {
            "ждём"
        };
        format!("{}: {mark}", one.name.short())
    });
    let both = signed.collect::<Vec<_>>().join("; ");
    steps.push(step(State::HalfSigned, "Подписи пары", both));
    let curator =
        program.agreed.as_ref().map(|call| format!("{}, {}", names.short(call.by), reader.moment(call.at)));
    steps.push(step(State::Signed, "Согласование", curator.unwrap_or_else(|| "куратор".to_owned())));
    if program.council.is_some() {
        steps.push(Step::new("Совет", council.short(), council.step()));
    }
    let director = match (state, program.in_force()) {
        (State::Approved, Some(approved)) => view::day(approved.at, reader.zone),
        _ => "руководитель".to_owned(),
    };
    let last = match state {
        State::Approved => StepState::Done,
        State::Agreed if council.hinders().is_none() => StepState::Now,
        _ => StepState::Ahead,
    };
    steps.push(Step::new("Утверждение", director, last));
    steps
}

async fn notes(ctx: &Ctx, case: &Case, held: &Held, ring: Ring, text: Option<&Text>) -> Outcome<Notes> {
    let db = ctx.app().db.reader();
    let Some(text) = text.filter(|_| held.program.state() != State::Approved) else {
        return Ok(Notes::default());
    };
    let mut notes = Notes { alike: alike(ctx, case, held, ring).await?, ..Notes::default() };
    if ring == Ring::Outside {
        return Ok(notes);
    }
    let rules = Rules::load()?;
    let shape = held.program.shape.unwrap_or(Shape::Full);
    let found = lacks(text, shape, rules.limits(ctx.today)?, &case.pair.period);
    notes.lacks = found.iter().map(ToString::to_string).collect();
    let findings = ring.findings(ctx, db, case).await?;
    for one in uncovered(&ring::found(&findings), text) {
        let what = match (one.lacks_goal, one.lacks_measure) {
            (true, true) => "нет ни цели, ни мероприятия",
            (true, false) => "нет цели",
            _ => "нет мероприятия",
        };
        let whose = case.pair.mentees.iter().find(|mentee| mentee.person == one.found.mentee.0);
        let whose = whose.filter(|_| case.pair.mentees.len() > 1).map(|mentee| mentee.name.short());
        let whose = whose.map(|name| format!(", {name}")).unwrap_or_default();
        notes.uncovered.push(format!(
            "{} ({}{whose}): {what}",
            view::direction(one.found.domain),
            one.found.ground.title()
        ));
    }
    Ok(notes)
}

/// The program of the same organization whose goals are most like these, if they are nearly the same.
async fn alike(ctx: &Ctx, case: &Case, held: &Held, ring: Ring) -> Outcome<Option<Alike>> {
    let db = ctx.app().db.reader();
    let border = Rules::load()?.library(ctx.today)?.alike_percent;
    let own = nastavnik_domain::program::goals_key(&held.program.text());
    let own = match &held.program.origin {
        Some(origin) => without_taken(&own, &origin.goals_key),
        None => own,
    };
    let others = store::goals_keys(db, case.pair.organization, held.id).await?;
    let most = others
        .into_iter()
        .map(|(pair, key)| (percent_alike(&own, &key), pair))
        .max()
        .filter(|(percent, _)| *percent >= border);
    let Some((percent, pair)) = most else { return Ok(None) };
    if ring != Ring::Outside {
        return Ok(Some(Alike { percent, href: None, title: String::new() }));
    }
    let title = pairs::titles(db, &[pair]).await?.remove(&pair).unwrap_or_default();
    Ok(Some(Alike { percent, href: Some(format!("/pairs/{pair}/program")), title }))
}

async fn colleagues(ctx: &Ctx, case: &Case) -> Outcome<Vec<Choice>> {
    let found = store::colleagues(ctx.app().db.reader(), case.pair.organization, ctx.today).await?;
    let choice = |one: Colleague| Choice::new(one.id.to_string(), one.name.full());
    Ok(found.into_iter().filter(|one| !case.pair.has(one.id)).map(choice).collect())
}

impl ShowPage {
    fn is_open(&self) -> bool {
        self.state != State::Approved
    }

    fn is_full(&self) -> bool {
        self.shape == Shape::Full
    }
}
