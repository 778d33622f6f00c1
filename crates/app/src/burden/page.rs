//! The page: who was asked for how many minutes this month, against the ceiling; every form with its reasons.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use askama::Template;
use chrono::{DateTime, Datelike, Months, NaiveDate, TimeZone, Utc};
use nastavnik_domain::burden::{AskedForm, Burden, whole_minutes};
use nastavnik_domain::config::{ConfigError, limits};
use nastavnik_domain::policy::Permission;
use nastavnik_domain::russian::compare;
use uuid::Uuid;

use super::store::{self, Ceiling};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::filters::long_date;
use crate::kernel::forms::{Choice, Form};
use crate::kernel::ids;
use crate::kernel::page::{Layout, Tab, filters};
use crate::kernel::web::{Ctx, page};
use crate::meetings;
use crate::pairs::{Case, Participant};

const PATH: &str = "/burden";

#[derive(Template)]
#[template(path = "burden/page.html")]
pub(super) struct BurdenPage {
    layout: Layout,
    form: Form,
    form_key: Uuid,
    months: Vec<Tab>,
    people: Vec<Line>,
    summary: Summary,
    ceiling: String,
    /// Organizations whose ceiling the reader sets.
    sets: Vec<Choice>,
    forms: &'static [AskedForm],
}

/// What may be said of everybody together.
enum Summary {
    Nobody,
    /// Too few to say anything without saying it of somebody.
    TooFew,
    Shown {
        people: u64,
        mean: u64,
        most: u64,
        over: u64,
    },
}

/// One teacher.
struct Line {
    name: String,
    school: String,
    minutes: u64,
    forms: String,
    is_over: bool,
}

/// Somebody who takes part in a pair at work.
struct Asked {
    person: Uuid,
    organization: Uuid,
    name: String,
    school: String,
}

/// The table of forms, read once.
fn burden() -> anyhow::Result<&'static Burden> {
    static BURDEN: LazyLock<Result<Burden, ConfigError>> = LazyLock::new(Burden::bundled);
    BURDEN.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let form = sets(&ctx)
        .iter()
        .take(1)
        .fold(Form::blank(), |form, one| form.with("organization", one.value.clone()));
    let form = form.with("valid_from", ctx.today.to_string());
    page(&burden_page(&ctx, form).await?)
}

/// The page with a form that may have come back.
pub(super) async fn burden_page(ctx: &Ctx, form: Form) -> Outcome<BurdenPage> {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadBurden);
    let cases = meetings::at_work(reader, &reach, ctx.today).await?;
    let asked = asked(&cases);
    let ids: Vec<Uuid> = asked.iter().map(|one| one.person).collect();
    let month = month(ctx);
    let filled = store::filled(reader, &ids, bounds(ctx, month)?).await?;
    let mine: Vec<Uuid> = ctx.who.places.keys().map(|id| id.0).collect();
    let ceilings = store::ceilings(reader, &mine).await?;
    let mut lines = Vec::new();
    for one in &asked {
        let own = filled.iter().filter(|row| row.person_id == one.person);
        let counts: BTreeMap<&str, u64> =
            own.map(|row| (row.code.as_str(), u64::try_from(row.n).unwrap_or(0))).collect();
        lines.push(line(one, &counts, ceiling_on(&ceilings, one.organization, ctx.today))?);
    }
    lines.sort_by(|one, other| other.minutes.cmp(&one.minutes).then_with(|| compare(&one.name, &other.name)));
    let summary = summary(&lines, ctx.today)?;
    // Whoever may not see the staff by name sees the numbers alone.
    let named = ctx.reach(Permission::ReadStaff);
    let sees_names = cases.iter().all(|case| named.covers(&case.pair.place()));
    lines.retain(|line| sees_names && (ctx.asked("over") != "yes" || line.is_over));
    Ok(BurdenPage {
        layout: ctx.layout("Минуты педагога").await?,
        form,
        form_key: ids::form_key(),
        months: months(ctx),
        summary,
        ceiling: ceiling_words(ctx, &ceilings, &mine),
        people: lines,
        sets: sets(ctx),
        forms: burden()?.forms(),
    })
}

/// Everybody who takes part in these pairs, once.
fn asked(cases: &[Case]) -> Vec<Asked> {
    let mut found: BTreeMap<Uuid, Asked> = BTreeMap::new();
    for case in cases {
        let add = |one: &Participant| Asked {
            person: one.person,
            organization: case.pair.organization,
            name: one.name.full(),
            school: case.pair.organization_name.clone(),
        };
        for one in case.pair.people() {
            found.entry(one.person).or_insert_with(|| add(one));
        }
    }
    found.into_values().collect()
}

fn line(one: &Asked, counts: &BTreeMap<&str, u64>, ceiling: Option<i64>) -> anyhow::Result<Line> {
    let burden = burden()?;
    let minutes = whole_minutes(burden.seconds(counts.iter().map(|(code, count)| (*code, *count))));
    let title = |form: &AskedForm| {
        let count = counts.get(form.code.as_str())?;
        Some(format!("{} – {count}", form.title.to_lowercase()))
    };
    let forms: Vec<String> = burden.forms().iter().filter_map(title).collect();
    let is_over = ceiling.and_then(|most| u64::try_from(most).ok()).is_some_and(|most| minutes > most);
    Ok(Line { name: one.name.clone(), school: one.school.clone(), minutes, forms: forms.join(", "), is_over })
}

fn summary(lines: &[Line], today: NaiveDate) -> anyhow::Result<Summary> {
    let least = limits()?.on(today)?.value.least_group as usize;
    let people = lines.len() as u64;
    Ok(match lines.len() {
        0 => Summary::Nobody,
        few if few < least => Summary::TooFew,
        _ => Summary::Shown {
            people,
            mean: (lines.iter().map(|line| line.minutes).sum::<u64>() + people / 2) / people,
            most: lines.iter().map(|line| line.minutes).max().unwrap_or(0),
            over: lines.iter().filter(|line| line.is_over).count() as u64,
        },
    })
}

/// The ceiling in force on the day.
fn ceiling_on(ceilings: &[Ceiling], organization: Uuid, day: NaiveDate) -> Option<i64> {
    let holds = |one: &&Ceiling| one.organization_id == organization && one.valid_from <= day;
    ceilings.iter().find(holds).map(|one| one.minutes)
}

fn ceiling_words(ctx: &Ctx, ceilings: &[Ceiling], organizations: &[Uuid]) -> String {
    let words = organizations.iter().filter_map(|id| {
        let minutes = ceiling_on(ceilings, *id, ctx.today)?;
        let since = ceilings.iter().find(|one| one.organization_id == *id && one.valid_from <= ctx.today)?;
        Some(format!("{minutes} мин в месяц, действует с {}", long_date(since.valid_from)))
    });
    words.collect::<Vec<_>>().join("; ")
}

/// The organizations in which the reader signs for the head.
pub(super) fn sets(ctx: &Ctx) -> Vec<Choice> {
    let reach = ctx.reach(Permission::SignOrders);
    let held = reach.organizations.iter();
    held.filter_map(|id| Some(Choice::new(id.0.to_string(), ctx.who.places.get(id)?.short.clone()))).collect()
}

/// The first day of the month asked about: this one or the one before.
fn month(ctx: &Ctx) -> NaiveDate {
    let first = ctx.today.with_day(1).unwrap_or(ctx.today);
    if ctx.asked("month") == "before" {
        first.checked_sub_months(Months::new(1)).unwrap_or(first)
    } else {
        first
    }
}

fn months(ctx: &Ctx) -> Vec<Tab> {
    let shown = if ctx.asked("month") == "before" { "/burden?month=before" } else { PATH };
    vec![Tab::new(PATH, "Этот месяц", shown), Tab::new("/burden?month=before", "Прошлый месяц", shown)]
}

/// The month as moments, by the clock of the municipality.
fn bounds(ctx: &Ctx, first: NaiveDate) -> Outcome<(DateTime<Utc>, DateTime<Utc>)> {
    let moment = |day: NaiveDate| {
        let midnight = day.and_hms_opt(0, 0, 0)?;
        Some(ctx.who.zone.from_local_datetime(&midnight).earliest()?.with_timezone(&Utc))
    };
    let next = first.checked_add_months(Months::new(1));
    let bounds = moment(first).zip(next.and_then(moment));
    bounds.ok_or_else(|| AppError::Internal(anyhow::anyhow!("месяц за пределами календаря: {first}")))
}
