//! What the school sees of help: how many requests, how soon they are answered, which wait too long; never the words,
//! unless the asker shows them to the curator.

use askama::Template;
use chrono::{DateTime, Utc};
use nastavnik_domain::help::WorkingTime;
use nastavnik_domain::policy::{Permission, Reach};
use nastavnik_domain::year::AcademicYear;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::record::{Fact, Measure, Standing};
use super::store;
use crate::kernel::clock::local_day;
use crate::kernel::errors::Outcome;
use crate::kernel::page::{Layout, filters};
use crate::kernel::web::{Ctx, page};

#[derive(Template)]
#[template(path = "help/numbers.html")]
struct NumbersPage {
    layout: Layout,
    year: String,
    asked: usize,
    answered: usize,
    median: String,
    waiting: usize,
    late: Vec<Late>,
    shown: Vec<ShownLine>,
    /// The reader may look for another mentor.
    forms_pairs: bool,
}

/// A request that waits too long: who waits for whom and how long, not about what.
struct Late {
    pair: Uuid,
    mentor: String,
    asker: String,
    asked: String,
    waited: String,
    urgency: &'static str,
}

/// A request its asker shows to the curator.
struct ShownLine {
    asker: String,
    pair: Uuid,
    domain: String,
    words: String,
    asked: String,
    standing: Standing,
}

pub(super) async fn show(ctx: Ctx) -> Outcome {
    let reader = ctx.app().db.reader();
    let reach = ctx.reach(Permission::ReadHelpNumbers);
    let measure = Measure::on(ctx.today)?;
    let year = AcademicYear::of(ctx.today);
    let mut facts = store::facts(reader, &reach).await?;
    facts.retain(|fact| AcademicYear::of(local_day(fact.asked_at, fact.zone)) == year);
    facts.retain(|fact| fact.withdrawn_at.is_none());
    let times: Vec<WorkingTime> = facts.iter().filter_map(|fact| measure.answered_in(fact)).collect();
    let standings: Vec<(&Fact, Standing)> =
        facts.iter().map(|fact| (fact, measure.standing(fact, ctx.now))).collect();
    let late = standings.iter().filter(|(_, standing)| *standing == Standing::WaitsTooLong);
    let curated = ctx.reach(Permission::FormPairs);
    page(&NumbersPage {
        layout: ctx.layout("Просьбы в числах").await?,
        year: year.title(),
        asked: facts.len(),
        answered: times.len(),
        waiting: standings.iter().filter(|(_, standing)| standing.waits()).count(),
        late: late.map(|(fact, _)| late_line(&measure, fact, ctx.now)).collect(),
        median: WorkingTime::median(times).map_or_else(|| "–".to_owned(), |time| time.to_string()),
        shown: shown(&ctx, reader, &curated, &measure).await?,
        forms_pairs: !curated.is_empty(),
    })
}

fn late_line(measure: &Measure, fact: &Fact, now: DateTime<Utc>) -> Late {
    Late {
        pair: fact.pair,
        mentor: fact.mentor_name.short(),
        asker: fact.asker_name.full(),
        asked: fact.asked(),
        waited: measure.waited(fact, now).to_string(),
        urgency: fact.urgency.title(),
    }
}

/// For the curator alone: the director reads numbers.
async fn shown(
    ctx: &Ctx,
    connection: &impl ConnectionTrait,
    curated: &Reach,
    measure: &Measure,
) -> Outcome<Vec<ShownLine>> {
    if curated.is_empty() {
        return Ok(Vec::new());
    }
    let requests = store::shown(connection, curated).await?;
    Ok(requests
        .into_iter()
        .map(|request| ShownLine {
            asker: request.fact.asker_name.full(),
            pair: request.fact.pair,
            domain: request.content.domain(),
            asked: request.fact.asked(),
            standing: measure.standing(&request.fact, ctx.now),
            words: request.content.words,
        })
        .collect())
}

/// How many wait longer than they should.
pub(super) async fn waiting_too_long(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    now: DateTime<Utc>,
) -> anyhow::Result<u64> {
    let measure = Measure::on(now.date_naive())?;
    let facts = store::facts(connection, reach).await?;
    let late = facts.iter().filter(|fact| measure.standing(fact, now) == Standing::WaitsTooLong);
    Ok(late.count() as u64)
}
