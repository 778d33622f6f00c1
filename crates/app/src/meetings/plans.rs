//! Meetings ahead (D7): planned once or again and again, around holidays and school breaks; free times of the mentor.

use askama::Template;
use chrono::{Days, NaiveDate, NaiveTime, Timelike};
use nastavnik_domain::meeting::{Clash, MeetingKind, Repeat, clash, days};
use nastavnik_domain::working_days::Calendar;
use serde::Serialize;
use uuid::Uuid;

use super::fields::kinds;
use super::rules::rules;
use super::store::{self, NewPlans, PlanState};
use super::{entry, seat};
use crate::kernel::audit::Entry;
use crate::kernel::errors::Outcome;
use crate::kernel::filters::long_date;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Crumb, Layout, Tab, filters};
use crate::kernel::web::{Ctx, Path, Submission, again, page};
use crate::pairs::{self, Case};

#[derive(Template)]
#[template(path = "meetings/plan.html")]
struct PlanPage {
    layout: Layout,
    tabs: Vec<Tab>,
    form: Form,
    form_key: Uuid,
    pair: Uuid,
    kinds: Vec<Choice>,
    repeats: Vec<Choice>,
    /// A mentor may also offer free times.
    states: Vec<Choice>,
    /// Days of the plan that meet a holiday or a break, and what may be done.
    clashes: Vec<(NaiveDate, String)>,
    answers: Vec<Choice>,
    seen: String,
}

/// A plan that has passed every check.
struct Typed {
    state: PlanState,
    days: Vec<NaiveDate>,
    starts_at: i64,
    minutes: i64,
    kind: MeetingKind,
    place: String,
}

#[derive(Serialize)]
struct Planned {
    added: usize,
}

const OFFERED: &str = "offered";

pub(super) async fn show_new(ctx: Ctx, Path(id): Path<Uuid>) -> Outcome {
    let reader = ctx.app().db.reader();
    let case = seat::writing(&ctx, reader, id).await?;
    let kind = store::last_kind(reader, id).await?.unwrap_or(MeetingKind::InPerson);
    let day = ctx.today.checked_add_days(Days::new(7)).unwrap_or(ctx.today);
    let form = Form::blank()
        .with("state", "planned")
        .with("planned_on", day.to_string())
        .with("starts_at", "15:00")
        .with("minutes", rules(ctx.today)?.usual_minutes.to_string())
        .with("kind", kind.code())
        .with("place", case.pair.online_place.clone())
        .with("repeat", Repeat::Once.code());
    page(&plan_page(&ctx, &case, form, Vec::new()).await?)
}

async fn plan_page(
    ctx: &Ctx,
    case: &Case,
    form: Form,
    clashes: Vec<(NaiveDate, String)>,
) -> Outcome<PlanPage> {
    let pair = case.pair.id;
    let mut layout = ctx.layout("Назначить встречу").await?;
    layout.crumbs = vec![
        Crumb::new(format!("/pairs/{pair}"), case.pair.title()),
        Crumb::new(format!("/pairs/{pair}/meetings"), "Встречи"),
    ];
    Ok(PlanPage {
        layout,
        tabs: pairs::tabs(ctx, &case.pair, "/meetings"),
        form,
        form_key: ids::form_key(),
        pair,
        kinds: kinds(),
        repeats: Repeat::ALL.map(|repeat| Choice::new(repeat.code(), repeat.title())).to_vec(),
        states: states(ctx, case),
        answers: if clashes.is_empty() { Vec::new() } else { answers() },
        clashes,
        seen: entry::seen(case, ctx.actor().person.0),
    })
}

fn states(ctx: &Ctx, case: &Case) -> Vec<Choice> {
    if case.pair.mentor.person != ctx.actor().person.0 {
        return Vec::new();
    }
    vec![
        Choice::new("planned", "Назначить встречу"),
        Choice::new(OFFERED, "Предложить свободное время: наставляемый выберет"),
    ]
}

fn answers() -> Vec<Choice> {
    vec![Choice::new("skip", "Пропустить эти дни"), Choice::new("keep", "Всё равно назначить")]
}

pub(super) async fn plan(ctx: Ctx, Path(id): Path<Uuid>, submitted: Submission) -> Outcome {
    let case = seat::writing(&ctx, ctx.app().db.reader(), id).await?;
    let mut form = submitted.form.clone();
    let Some(mut typed) = read(&mut form, &ctx, &case)? else {
        return again(&plan_page(&ctx, &case, form, Vec::new()).await?);
    };
    let clashes = clashes(&typed.days)?;
    match form.optional_choice("clash", "Праздники и каникулы", &answers()).as_deref() {
        Some("skip") => typed.days.retain(|day| clashes.iter().all(|(met, _)| met != day)),
        Some(_) => {}
        None if clashes.is_empty() => {}
        None => {
            form.error("clash", "Часть дней попадает на праздники или каникулы. Скажите, что с ними делать.");
        }
    }
    if typed.days.is_empty() {
        form.error(
            "planned_on",
            "После пропуска праздников и каникул не осталось ни одного дня. Выберите другой.",
        );
    }
    if !form.is_valid() {
        return again(&plan_page(&ctx, &case, form, clashes).await?);
    }
    let change = ctx.change(&submitted).await?;
    let new = NewPlans {
        pair: id,
        state: typed.state,
        days: &typed.days,
        starts_at: typed.starts_at,
        minutes: typed.minutes,
        kind: typed.kind,
        place: &typed.place,
        by: ctx.actor().person.0,
    };
    store::add_plans(change.tx(), change.now(), &new).await?;
    let is_offer = typed.state == PlanState::Offered;
    let kind = if is_offer { "meeting_time_offered" } else { "meeting_planned" };
    let payload = Planned { added: typed.days.len() };
    let organization = Some(case.pair.organization);
    change.journal(Entry { kind, subject: ("pair", Some(id)), organization, payload: &payload }).await?;
    let notice = if is_offer {
        "Свободное время предложено"
    } else {
        "Встреча назначена"
    };
    change.finish(&format!("/pairs/{id}/meetings"), notice).await
}

fn read(form: &mut Form, ctx: &Ctx, case: &Case) -> anyhow::Result<Option<Typed>> {
    let states = states(ctx, case);
    let state = if states.is_empty() {
        None
    } else {
        form.optional_choice("state", "Что сделать", &states)
    };
    let first = form.required_date("planned_on", "День");
    let starts_at = read_time(form);
    let minutes = form.required_integer("minutes", "Минут", 5..=600);
    let way = form.required_choice("kind", "Как встретитесь", &kinds());
    let place = form.optional_text("place", "Где", 300).unwrap_or_default();
    let repeats: Vec<Choice> = Repeat::ALL.map(|one| Choice::new(one.code(), one.title())).to_vec();
    let repeat = form.required_choice("repeat", "Повторять", &repeats);
    let until = form.optional_date("until", "Повторять по");
    let (Some(first), Some(repeat)) = (first, repeat.as_deref().and_then(Repeat::from_code)) else {
        return Ok(None);
    };
    let last_day = case.last_day();
    let until = match until {
        _ if repeat == Repeat::Once => first,
        Some(until) => until,
        None => last_day,
    };
    if first < ctx.today {
        form.error("planned_on", "Этот день прошёл: запишите встречу, если она была.");
    }
    if until < first {
        form.error("until", "Последний день раньше первого: проверьте обе даты.");
    }
    if first.max(until) > last_day {
        let name = if first > last_day { "planned_on" } else { "until" };
        form.error(name, format!("Пара работает по {}: выберите день не позже.", long_date(last_day)));
    }
    let most = rules(ctx.today)?.most_repeats;
    let (Some(starts_at), Some(minutes), Some(kind), true) =
        (starts_at, minutes, way.as_deref().and_then(MeetingKind::from_code), form.is_valid())
    else {
        return Ok(None);
    };
    let state = if state.as_deref() == Some(OFFERED) { PlanState::Offered } else { PlanState::Planned };
    Ok(Some(Typed { state, days: days(first, repeat, until, most), starts_at, minutes, kind, place }))
}

/// Minutes after midnight of «15:30».
fn read_time(form: &mut Form) -> Option<i64> {
    let text = form.required_text("starts_at", "Начало", 5)?;
    let time = NaiveTime::parse_from_str(&text.replace('.', ":"), "%H:%M").ok();
    if time.is_none() {
        form.error("starts_at", "В поле «Начало» введите часы и минуты, например 15:30.");
    }
    time.map(|time| i64::from(time.hour() * 60 + time.minute()))
}

/// What the days meet in the calendar.
pub(super) fn clashes(days: &[NaiveDate]) -> anyhow::Result<Vec<(NaiveDate, String)>> {
    let calendar = Calendar::bundled()?;
    let met = days
        .iter()
        .filter_map(|day| clash(*day, &calendar).map(|found| (*day, Clash::words(&found).to_owned())));
    Ok(met.collect())
}

/// «15:00–15:40».
pub(super) fn hours(starts_at: i64, minutes: i64) -> String {
    let clock = |minute: i64| format!("{:02}:{:02}", minute.div_euclid(60) % 24, minute.rem_euclid(60));
    format!("{}–{}", clock(starts_at), clock(starts_at + minutes))
}
