//! How mentorships ended and how petitions were answered: numbers without names, small groups hidden (H5).

use std::collections::BTreeMap;

use askama::Template;
use nastavnik_domain::config::limits;
use nastavnik_domain::gate::EndReason;
use nastavnik_domain::petition::Kind;
use nastavnik_domain::policy::Permission;
use nastavnik_domain::suppression::{Said, Tally, said, total};
use nastavnik_domain::year::AcademicYear;
use uuid::Uuid;

use super::store;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Choice;
use crate::kernel::page::{Layout, Listing};
use crate::kernel::web::{Ctx, page};

/// How many years back the filter goes.
const YEARS: i32 = 3;

#[derive(Template)]
#[template(path = "endings/numbers.html")]
struct NumbersPage {
    layout: Layout,
    list: Listing,
    years: Vec<Choice>,
    year: String,
    least: u32,
    reasons: Vec<(String, String)>,
    asked: Vec<(String, String)>,
    schools: Vec<(String, String, String)>,
}

/// Counts of one organization.
#[derive(Default)]
struct School {
    ended: BTreeMap<&'static str, u32>,
    asked: BTreeMap<&'static str, u32>,
    in_time: u32,
}

impl School {
    fn all(counts: &BTreeMap<&'static str, u32>) -> u32 {
        counts.values().sum()
    }
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let (reader, reach) = (ctx.app().db.reader(), ctx.reach(Permission::ReadEndingNumbers));
    let now = AcademicYear::of(ctx.today);
    let asked = ctx.asked("year").parse().ok().filter(|year| (now.0 - YEARS..=now.0).contains(year));
    let year = asked.map_or(now, AcademicYear);
    let period = year.period().map_err(anyhow::Error::from)?;
    let bounds = (period.from(), period.to().unwrap_or(ctx.today));
    let least = limits().map_err(anyhow::Error::from)?;
    let least = least.on(ctx.today).map_err(anyhow::Error::from)?.value.least_group;
    let names = store::organizations(reader, &reach).await?;
    let mut schools: BTreeMap<Uuid, School> = BTreeMap::new();
    for row in store::ended(reader, &reach, bounds).await? {
        let reason = EndReason::from_code(&row.end_reason).unwrap_or(EndReason::Other);
        *schools.entry(row.organization_id).or_default().ended.entry(reason.code()).or_default() += 1;
    }
    // Whoever takes part in a pair learns nothing of its petitions, not even that there was one.
    for row in store::answered(reader, &reach, bounds, ctx.actor().person.0).await? {
        let school = schools.entry(row.organization_id).or_default();
        let kind = Kind::from_code(&row.kind).unwrap_or(Kind::End);
        *school.asked.entry(kind.code()).or_default() += 1;
        school.in_time += u32::from(row.answered_on <= row.answer_by);
    }
    let list = Listing::new("/endings", &ctx.visit.query, 1, 0);
    page(&NumbersPage {
        layout: ctx.layout("Завершения и замены").await?,
        list,
        years: (0..=YEARS)
            .map(|back| AcademicYear(now.0 - back))
            .map(|year| Choice::new(year.0.to_string(), year.label()))
            .collect(),
        year: year.title(),
        least,
        reasons: reasons(&schools, least),
        asked: petitions(&schools, least),
        schools: by_school(&schools, &names, least),
    })
}

fn group(school: &School, least: u32, found: impl Fn(&School) -> u32, all: impl Fn(&School) -> u32) -> Said {
    said(Tally { answered: all(school), found: found(school) }, least)
}

/// «7 из 12».
fn words(tally: Tally) -> String {
    format!("{} из\u{a0}{}", tally.found, tally.answered)
}

/// Lines with their numbers; none at all while every organization is too small to be told of.
fn told(lines: Vec<(String, Option<Tally>)>) -> Vec<(String, String)> {
    lines.into_iter().filter_map(|(title, tally)| tally.map(|tally| (title, words(tally)))).collect()
}

fn reasons(schools: &BTreeMap<Uuid, School>, least: u32) -> Vec<(String, String)> {
    let ended = |school: &School| School::all(&school.ended);
    let lines = EndReason::ALL
        .iter()
        .map(|reason| {
            let of = |school: &School| school.ended.get(reason.code()).copied().unwrap_or(0);
            let tally = total(schools.values().map(|school| group(school, least, of, ended)));
            (reason.title().to_owned(), tally)
        })
        .collect();
    told(lines)
}

fn petitions(schools: &BTreeMap<Uuid, School>, least: u32) -> Vec<(String, String)> {
    let asked = |school: &School| School::all(&school.asked);
    let mut lines: Vec<(String, Option<Tally>)> = Kind::ALL
        .iter()
        .map(|kind| {
            let of = |school: &School| school.asked.get(kind.code()).copied().unwrap_or(0);
            let tally = total(schools.values().map(|school| group(school, least, of, asked)));
            (format!("Просили: {}", kind.title()), tally)
        })
        .collect();
    let in_time = total(schools.values().map(|school| group(school, least, |one| one.in_time, asked)));
    lines.push(("Ответ дан за три рабочих дня".to_owned(), in_time));
    told(lines)
}

fn by_school(
    schools: &BTreeMap<Uuid, School>,
    names: &[(Uuid, String)],
    least: u32,
) -> Vec<(String, String, String)> {
    let shown = |number: u32| match said(Tally { answered: number, found: 0 }, least) {
        Said::Nobody => "нет".to_owned(),
        Said::TooFew => format!("меньше {least}: скрыто"),
        Said::Shown(tally) => tally.answered.to_string(),
    };
    names
        .iter()
        .filter_map(|(id, name)| schools.get(id).map(|school| (name, school)))
        .map(|(name, school)| {
            (name.clone(), shown(School::all(&school.ended)), shown(School::all(&school.asked)))
        })
        .collect()
}
