//! What other slices may ask about tasks.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::task::{Nudge, State};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::rules::Terms;
use super::store::{self, Row};
use crate::pairs::{self, Case};

/// Tasks of a pair in numbers, for whoever reads facts of pairs: no titles, no words. What was called off is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The mentee works on them.
    pub open: u64,
    /// Of the open ones: those whose term has passed.
    pub late: u64,
    /// Handed in, not checked yet.
    pub waiting: u64,
    pub accepted: u64,
}

/// Numbers of these pairs by one query; a pair without tasks is absent.
pub async fn counts(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
    today: NaiveDate,
) -> anyhow::Result<BTreeMap<Uuid, Counts>> {
    let terms = Terms::on(today)?;
    let mut found: BTreeMap<Uuid, Counts> = BTreeMap::new();
    for fact in store::facts(connection, pairs).await? {
        let counts = found.entry(fact.pair).or_default();
        match fact.state {
            State::Set | State::Returned => {
                counts.open += 1;
                counts.late += u64::from(terms.nudge(fact.due_on).is_late());
            }
            State::HandedIn => counts.waiting += 1,
            State::Accepted => counts.accepted += 1,
            State::CalledOff => {}
        }
    }
    Ok(found)
}

/// An accepted task with the product that was accepted. Words of the ring: whoever calls for them answers for who reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub mentee: Uuid,
    pub title: String,
    pub words: String,
    pub link: Option<String>,
    pub file_name: Option<String>,
    pub accepted_on: NaiveDate,
}

/// What was accepted in a pair on these days, both included, the earliest first.
pub async fn products(
    connection: &impl ConnectionTrait,
    pair: Uuid,
    from: NaiveDate,
    to: NaiveDate,
) -> anyhow::Result<Vec<Accepted>> {
    let held = store::accepted_between(connection, pair, (from, to)).await?;
    let mut found: Vec<Accepted> = held
        .iter()
        .filter_map(|held| {
            let (accepted, product) = held.task.accepted_product()?;
            Some(Accepted {
                mentee: held.task.mentee.0,
                title: held.task.wording.title.clone(),
                words: product.words.clone(),
                link: product.link.clone(),
                file_name: product.file.as_ref().map(|file| file.name.clone()),
                accepted_on: accepted.on,
            })
        })
        .collect();
    found.sort_by_key(|one| one.accepted_on);
    Ok(found)
}

/// A task in one line, for the people it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    pub pair: Uuid,
    pub task: Uuid,
    pub title: String,
    pub nudge: Nudge,
}

/// What tasks ask of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errands {
    /// Products that wait for the person's check.
    pub to_check: Vec<Brief>,
    /// Handed in to a mentor who was replaced before checking it: the person may hand it over.
    pub to_hand_over: Vec<Brief>,
    /// Sent back to the person with remarks.
    pub returned: Vec<Brief>,
    /// Not handed in yet, with a term that is near or has passed.
    pub due: Vec<Brief>,
}

/// What waits for this person in these pairs of theirs: one query.
pub async fn errands(
    connection: &impl ConnectionTrait,
    person: Uuid,
    cases: &[Case],
    today: NaiveDate,
) -> anyhow::Result<Errands> {
    let terms = Terms::on(today)?;
    let at_work: Vec<&Case> = cases.iter().filter(|case| case.state == pairs::State::Active).collect();
    let ids: Vec<Uuid> = at_work.iter().map(|case| case.pair.id).collect();
    let leads =
        |pair: Uuid| at_work.iter().any(|case| case.pair.id == pair && case.pair.mentor.person == person);
    let mut errands = Errands::default();
    for row in store::open_of(connection, &ids).await? {
        let is_own = row.mentee == person;
        let was_handed_in = row.was == Some(State::HandedIn);
        let brief = |row: Row| Brief {
            nudge: terms.nudge(row.due_on),
            pair: row.pair,
            task: row.id,
            title: row.title,
        };
        match row.state {
            State::HandedIn if leads(row.pair) => errands.to_check.push(brief(row)),
            State::Returned if is_own => errands.returned.push(brief(row)),
            State::Set if is_own && was_handed_in => errands.to_hand_over.push(brief(row)),
            State::Set if is_own && terms.nudge(row.due_on) != Nudge::Quiet => errands.due.push(brief(row)),
            _ => {}
        }
    }
    Ok(errands)
}

/// Terms of tasks in pairs of this person, for a calendar: the pair and the day, without titles.
pub async fn due_days(
    connection: &impl ConnectionTrait,
    person: Uuid,
    since: NaiveDate,
) -> Result<Vec<(Uuid, NaiveDate)>, sea_orm::DbErr> {
    store::due_days(connection, person, since).await
}
