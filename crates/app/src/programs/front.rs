//! What other slices may ask about programs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::pair::Goal;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::program::{Body, Event, Program, State, Text};
use nastavnik_domain::russian::short;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{act, list, store};
use crate::kernel::accounts;
use crate::kernel::change::Change;
use crate::kernel::clock;
use crate::kernel::errors::{AppError, Outcome};
use crate::pairs::{self, Case};

/// Where the program of a pair stands, for boards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub state: State,
    /// The revision under work or in force.
    pub revision: i64,
    /// The revision in force.
    pub approved_revision: Option<i64>,
    /// Measures in force, how many are carried out, when the next one is due.
    pub measures: i64,
    pub measures_done: i64,
    pub next_due: Option<NaiveDate>,
}

/// Programs of these pairs; a pair without one is absent.
pub async fn states(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> Result<BTreeMap<Uuid, Standing>, sea_orm::DbErr> {
    let rows = store::of_pairs(connection, pairs).await?;
    let standing = |row: &store::Row| Standing {
        state: row.state,
        revision: row.revision,
        approved_revision: row.approved_revision,
        measures: row.measures,
        measures_done: row.measures_done,
        next_due: row.next_due,
    };
    Ok(rows.into_iter().map(|(pair, row)| (pair, standing(&row))).collect())
}

/// The goals of the approved text of a pair's program; none while nothing is approved.
pub async fn approved_goals(connection: &impl ConnectionTrait, pair: Uuid) -> anyhow::Result<Vec<Goal>> {
    let Some(held) = store::of_pair(connection, pair).await? else { return Ok(Vec::new()) };
    let Some(approved) = held.program.in_force() else { return Ok(Vec::new()) };
    let goal = |body: &Body| match body {
        Body::Goal { text, measure, .. } => Some(Goal { text: text.clone(), measure: measure.clone() }),
        _ => None,
    };
    Ok(approved.text.goals().filter_map(|(_, body)| goal(body)).collect())
}

/// Goals and measures of the approved text that are not carried out yet, by their lines: what tasks are made from. None
/// while nothing is approved.
pub async fn approved_lines(
    connection: &impl ConnectionTrait,
    pair: Uuid,
) -> anyhow::Result<Vec<(Uuid, Body)>> {
    let Some(held) = store::of_pair(connection, pair).await? else { return Ok(Vec::new()) };
    let Some(approved) = held.program.in_force() else { return Ok(Vec::new()) };
    let lines = approved.text.goals().chain(approved.text.measures());
    let open = lines.filter(|(id, _)| !held.program.done.contains_key(*id));
    Ok(open.map(|(id, body)| (*id, body.clone())).collect())
}

/// The approved program of a pair: what is planned and what is carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    pub revision: u32,
    pub measures: u32,
    pub done: u32,
    /// Days of the measures that are not carried out.
    pub waiting: Vec<NaiveDate>,
    /// What stays of those that are.
    pub products: Vec<String>,
}

/// The approved programs of these pairs by one query; a pair without one is absent.
pub async fn in_force(
    connection: &impl ConnectionTrait,
    pairs: &[Uuid],
) -> anyhow::Result<BTreeMap<Uuid, InForce>> {
    let programs = store::programs_of_pairs(connection, pairs).await?;
    let found = programs.iter().filter_map(|(pair, program)| {
        let approved = program.in_force()?;
        let mut known = InForce {
            revision: approved.number,
            measures: 0,
            done: 0,
            waiting: Vec::new(),
            products: Vec::new(),
        };
        for (id, body) in approved.text.measures() {
            let Body::Measure { due, product, .. } = body else { continue };
            known.measures += 1;
            if program.done.contains_key(id) {
                known.done += 1;
                known.products.extend(Some(product.clone()).filter(|words| !words.trim().is_empty()));
            } else {
                known.waiting.push(*due);
            }
        }
        Some((*pair, known))
    });
    Ok(found.collect())
}

/// Numbers for the home page; each opens the list `/programs` with the filter named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// `?state=signed`.
    pub to_agree: u64,
    /// `/programs/approvals`.
    pub to_approve: u64,
    /// `?late=approval`.
    pub overdue: u64,
    /// `?state=none`.
    pub not_made: u64,
}

/// Counts programs within the reach of `ReadPrograms` as of today.
pub async fn counts(
    connection: &impl ConnectionTrait,
    reach: &Reach,
    person: Uuid,
    today: NaiveDate,
) -> Outcome<Counts> {
    let cases = pairs::visible_cases(connection, reach, person, today).await?;
    let ids: Vec<Uuid> = cases.iter().map(|case| case.pair.id).collect();
    let rows = store::of_pairs(connection, &ids).await?;
    let mut counts = Counts::default();
    for case in &cases {
        let row = rows.get(&case.pair.id);
        let runs = matches!(case.state, pairs::State::Active | pairs::State::Scheduled);
        if row.is_none() && !runs {
            continue;
        }
        let line = list::line(case, row, today)?;
        counts.to_agree += u64::from(line.state == Some(State::Signed));
        counts.to_approve += u64::from(line.state == Some(State::Agreed));
        counts.overdue += u64::from(line.is_overdue);
        counts.not_made += u64::from(line.state.is_none());
    }
    Ok(counts)
}

/// What a program asks of a participant, or an invitation of a colleague.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    pub href: String,
    pub text: String,
    pub why: String,
    pub action: &'static str,
}

/// What waits for this person in programs of these pairs, and invitations to help.
pub async fn errands(
    connection: &impl ConnectionTrait,
    person: Uuid,
    cases: &[Case],
    today: NaiveDate,
) -> Outcome<Vec<Errand>> {
    let active: Vec<&Case> = cases.iter().filter(|case| case.state == pairs::State::Active).collect();
    let ids: Vec<Uuid> = active.iter().map(|case| case.pair.id).collect();
    let programs = store::programs_of_pairs(connection, &ids).await?;
    let found = active.iter().filter_map(|case| errand(case, programs.get(&case.pair.id), person, today));
    Ok(found.collect())
}

/// Invitations to help with a program that this person has not answered.
pub async fn invitations_waiting(
    connection: &impl ConnectionTrait,
    person: Uuid,
) -> Result<usize, sea_orm::DbErr> {
    let found = store::invitations(connection, person).await?;
    Ok(found.iter().filter(|one| one.answer.is_none()).count())
}

fn errand(case: &Case, program: Option<&Program>, person: Uuid, today: NaiveDate) -> Option<Errand> {
    let href = format!("/pairs/{}/program", case.pair.id);
    let new = |text: &str, why: String, action| {
        Some(Errand { href: href.clone(), text: text.to_owned(), why, action })
    };
    let title = case.pair.title();
    let Some(program) = program else {
        return new(
            "Составьте программу наставничества",
            format!("{title}: черновик из самодиагностики готов за минуту"),
            "Составить",
        );
    };
    let signed = program.signed.contains_key(&PersonId(person));
    match program.state() {
        State::Draft if program.returned.is_some() => {
            new("Уточните программу по замечаниям", title, "Открыть")
        }
        State::Draft | State::HalfSigned if !signed => {
            let why = if program.signed.is_empty() {
                "текст пишете вместе"
            } else {
                "коллега уже подписал"
            };
            new("Прочитайте и подпишите программу", format!("{title}: {why}"), "Открыть")
        }
        State::Approved => {
            let measures = program.in_force().map(|approved| approved.text.measures()).unwrap_or_default();
            let late = measures.iter().find_map(|(id, body)| match body {
                Body::Measure { what, due, .. } if *due < today && !program.done.contains_key(*id) => {
                    Some((what, due))
                }
                _ => None,
            });
            let (what, due) = late?;
            new(
                "Отметьте выполненное мероприятие или перенесите срок",
                format!("{what}, срок {}", short(*due)),
                "Открыть",
            )
        }
        _ => None,
    }
}

/// Carries goals and measures that are not carried out yet into a new draft of another pair that goes on with the work of
/// this one. Returns which line of the former program is which of the new one; none if there is nothing to carry or the
/// other pair has a program already.
pub async fn transfer(change: &Change, from_pair: Uuid, to_pair: Uuid) -> Outcome<BTreeMap<Uuid, Uuid>> {
    let Some(old) = store::of_pair(change.tx(), from_pair).await? else { return Ok(BTreeMap::new()) };
    let day = change.now().date_naive();
    let case = pairs::cases_by_ids(change.tx(), &[to_pair], day).await?.pop().ok_or(AppError::NotFound)?;
    let school = pairs::school(change.tx(), case.pair.organization).await?.ok_or(AppError::NotFound)?;
    let today = clock::local_day(change.now(), school.zone());
    let by = accounts::person_of(change.tx(), change.account()).await?.ok_or(AppError::NotFound)?;
    let (text, lines) = carried(&old.program, &case, today);
    let event = Event::Made {
        shape: nastavnik_domain::program::Shape::of(&case.pair.kinds),
        people: case.pair.people().map(|one| PersonId(one.person)).collect(),
        text,
        origin: None,
    };
    let made = act::make(PersonId(by), change, &case, event).await?;
    Ok(made.map(|_| lines).unwrap_or_default())
}

/// What is still to do of the text in force, within the days of the other pair, and where each line has gone.
fn carried(program: &Program, case: &Case, today: NaiveDate) -> (Text, BTreeMap<Uuid, Uuid>) {
    let (from, to) = (case.pair.period.from(), case.pair.ends_on());
    let text = program.in_force().map_or_else(|| program.text(), |approved| approved.text.clone());
    let remains = |who: PersonId| case.pair.mentees.iter().any(|mentee| mentee.person == who.0);
    let mut carried = Text([(act::fresh(), Body::Term { from, to })].into());
    let mut lines = BTreeMap::new();
    for (id, body) in &text.0 {
        let body = match body {
            Body::Term { .. } => continue,
            Body::Goal { mentee: Some(whose), .. } if !remains(*whose) => continue,
            Body::Measure { .. } if program.done.contains_key(id) => continue,
            Body::Measure { what, domain, form, due, who, product } => Body::Measure {
                what: what.clone(),
                domain: *domain,
                form: form.clone(),
                due: (*due).max(today).clamp(from, to),
                who: *who,
                product: product.clone(),
            },
            other => other.clone(),
        };
        let line = act::fresh();
        lines.insert(*id, line);
        carried.0.insert(line, body);
    }
    (carried, lines)
}
