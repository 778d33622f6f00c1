//! Comparing the rows of a list with the database and with each other.

use std::collections::HashMap;

use uuid::Uuid;

use super::apply::{Transfer, merge, person_of};
use super::known::KnownPerson;
use super::matching::{Nearness, find_employment, given_key, nearness, position_key, short_key};
use super::row::{CellError, ParsedRow, Row, Stated};
use super::verdict::{Change, Classified, Doubt, Field, Verdict, Who};
use crate::ids::{OrganizationId, PersonId};

/// Compares the rows of one list, in their order, with the candidates of the database and with earlier rows.
///
/// Two steps: [`Classifier::announce`] every row, then [`Classifier::classify`] every row. Only people named more
/// than once are remembered, so the memory needed does not grow with the list.
#[derive(Debug, Default)]
pub struct Classifier {
    /// What the whole list says about each name.
    announced: HashMap<String, Vec<Announced>>,
    /// People of earlier rows whose name comes again.
    remembered: HashMap<String, Vec<Remembered>>,
}

#[derive(Debug)]
struct Announced {
    patronymic: Option<String>,
    born_on: Option<chrono::NaiveDate>,
    organization: OrganizationId,
    job: (String, String),
}

#[derive(Debug)]
struct Remembered {
    who: Who,
    first_row: u32,
    /// The person after all earlier rows.
    person: KnownPerson,
    /// The earlier rows themselves: a later row may add to them but not contradict them.
    rows: Vec<(ParsedRow, OrganizationId)>,
}

impl Classifier {
    /// Tells the classifier of a row before any is classified.
    pub fn announce(&mut self, row: &ParsedRow, organization: OrganizationId) {
        let Some(name) = &row.name else { return };
        let announced =
            Announced { patronymic: given_key(name), born_on: row.born_on, organization, job: job_of(row) };
        self.announced.entry(short_key(name)).or_default().push(announced);
    }

    /// What loading the row would do. `candidates`: see [`super::name_key`]; more candidates than needed do no harm.
    pub fn classify(
        &mut self,
        number: u32,
        row: &Row,
        organization: OrganizationId,
        candidates: &[KnownPerson],
    ) -> Classified {
        let row = match row {
            Row::Skipped(reason) => {
                let verdict = Verdict::Skipped { reason: reason.clone() };
                return Classified { verdict, transfer: Transfer::Allowed };
            }
            Row::Person(row) => row.as_ref(),
        };
        let transfer = self.transfer(row, organization);
        let verdict = match self.decide(number, row, organization, candidates, transfer) {
            Ok(verdict) => verdict,
            Err(errors) => Verdict::Error { errors },
        };
        Classified { verdict, transfer }
    }

    /// A list that gives one person two different jobs here means two employments.
    fn transfer(&self, row: &ParsedRow, organization: OrganizationId) -> Transfer {
        let job = job_of(row);
        let Some(name) = &row.name else { return Transfer::Allowed };
        let patronymic = given_key(name);
        let namesake = |other: &Announced| {
            other.patronymic.as_ref().zip(patronymic.as_ref()).is_some_and(|(one, two)| one != two)
                || other.born_on.zip(row.born_on).is_some_and(|(one, two)| one != two)
        };
        let other_job = |other: &Announced| !job.0.is_empty() && !other.job.0.is_empty() && other.job != job;
        let several = self.announced.get(&short_key(name)).is_some_and(|rows| {
            rows.iter()
                .any(|other| other.organization == organization && !namesake(other) && other_job(other))
        });
        if several { Transfer::Refused } else { Transfer::Allowed }
    }

    fn decide(
        &mut self,
        number: u32,
        row: &ParsedRow,
        organization: OrganizationId,
        candidates: &[KnownPerson],
        transfer: Transfer,
    ) -> Result<Verdict, Vec<CellError>> {
        if !row.errors.is_empty() {
            return Err(row.errors.clone());
        }
        let Some(name) = &row.name else { return Err(Vec::new()) };
        let key = short_key(name);
        let people = self.people(&key, candidates);
        let chosen = choose(&people, row, organization);
        let again = self.announced.get(&key).is_some_and(|rows| rows.len() > 1);
        match chosen {
            Choice::None => {
                let person =
                    person_of(row, PersonId(Uuid::nil()), organization).ok_or_else(|| no_position(number))?;
                if again {
                    self.remember(&key, Who::Row(number), number, person, row, organization);
                }
                Ok(Verdict::New)
            }
            Choice::Doubt(candidates) => {
                if again && let Some(person) = person_of(row, PersonId(Uuid::nil()), organization) {
                    self.remember(&key, Who::Row(number), number, person, row, organization);
                }
                Ok(Verdict::Doubtful { candidates })
            }
            Choice::One(who, person) => {
                let person = person.clone();
                Ok(self.compare(number, row, organization, transfer, &Known { key, who, person, again }))
            }
        }
    }

    /// The candidates as earlier rows have left them, and the new people of earlier rows.
    fn people<'a>(&'a self, key: &str, candidates: &'a [KnownPerson]) -> Vec<(Who, &'a KnownPerson)> {
        let earlier = self.remembered.get(key).map(Vec::as_slice).unwrap_or_default();
        let untouched = candidates.iter().map(|person| (Who::Person(person.id), person));
        let untouched = untouched.filter(|(who, _)| earlier.iter().all(|memory| memory.who != *who));
        earlier.iter().map(|memory| (memory.who, &memory.person)).chain(untouched).collect()
    }

    fn compare(
        &mut self,
        number: u32,
        row: &ParsedRow,
        organization: OrganizationId,
        transfer: Transfer,
        known: &Known,
    ) -> Verdict {
        if let Some(reason) = left_already(&known.person, row, organization, transfer) {
            return Verdict::Doubtful { candidates: vec![Doubt { who: known.who, reason }] };
        }
        let memory = self
            .remembered
            .get(&known.key)
            .and_then(|memories| memories.iter().find(|memory| memory.who == known.who));
        if let Some(reason) = memory.and_then(|memory| contradiction(memory, row, organization)) {
            return Verdict::Doubtful { candidates: vec![Doubt { who: known.who, reason }] };
        }
        let merged = merge(&known.person, row, organization, transfer);
        let verdict = match (memory.map(|memory| memory.first_row), known.who, merged.changes) {
            (Some(row), _, changes) if changes.is_empty() => Verdict::RepeatOf { row },
            (_, Who::Row(row), changes) => Verdict::MoreOfRow { row, changes },
            (None, Who::Person(person), changes) if changes.is_empty() => Verdict::Same { person },
            (_, Who::Person(person), changes) => Verdict::Changed { person, changes },
        };
        if known.again {
            self.remember(&known.key, known.who, number, merged.person, row, organization);
        }
        verdict
    }

    fn remember(
        &mut self,
        key: &str,
        who: Who,
        number: u32,
        person: KnownPerson,
        row: &ParsedRow,
        organization: OrganizationId,
    ) {
        let memories = self.remembered.entry(key.to_owned()).or_default();
        if let Some(memory) = memories.iter_mut().find(|memory| memory.who == who) {
            memory.person = person;
            memory.rows.push((row.clone(), organization));
        } else {
            let rows = vec![(row.clone(), organization)];
            memories.push(Remembered { who, first_row: number, person, rows });
        }
    }
}

struct Known {
    key: String,
    who: Who,
    person: KnownPerson,
    /// The name comes more than once in the list.
    again: bool,
}

enum Choice<'a> {
    None,
    One(Who, &'a KnownPerson),
    Doubt(Vec<Doubt>),
}

fn choose<'a>(
    people: &[(Who, &'a KnownPerson)],
    row: &ParsedRow,
    organization: OrganizationId,
) -> Choice<'a> {
    let (mut certain, mut likely, mut doubts, mut slips) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (who, person) in people {
        match nearness(person, row, organization) {
            Nearness::Certain => certain.push((*who, *person)),
            Nearness::Likely => likely.push((*who, *person)),
            Nearness::Doubtful(reason) => doubts.push(Doubt { who: *who, reason }),
            Nearness::Slip(reason) => slips.push(Doubt { who: *who, reason }),
            Nearness::Other => {}
        }
    }
    // Likely is enough only while nobody else comes into question.
    if certain.is_empty() && !likely.is_empty() && !doubts.is_empty() {
        let reason = "Подходит по имени и месту работы или телефону, но есть и другой похожий человек.";
        let fitting = likely.iter().map(|(who, _)| Doubt { who: *who, reason: reason.to_owned() });
        return Choice::Doubt(fitting.chain(doubts).collect());
    }
    let matches = if certain.is_empty() { likely } else { certain };
    match matches.as_slice() {
        [(who, person)] => Choice::One(*who, person),
        [] if doubts.is_empty() && slips.is_empty() => Choice::None,
        [] => Choice::Doubt(doubts.into_iter().chain(slips).collect()),
        several => {
            let reason = "Подходят несколько человек: возможно, один внесён дважды.";
            Choice::Doubt(
                several.iter().map(|(who, _)| Doubt { who: *who, reason: reason.to_owned() }).collect(),
            )
        }
    }
}

fn job_of(row: &ParsedRow) -> (String, String) {
    let key = |text: &Option<String>| text.as_deref().map(position_key).unwrap_or_default();
    (key(&row.position), key(&row.subject))
}

fn no_position(number: u32) -> Vec<CellError> {
    let text = "Не указана должность. Впишите её: без должности нового человека не внести.".to_owned();
    vec![CellError { cell: format!("строка {number}"), text }]
}

/// The list is older than a dismissal: taking the person on again must be said by somebody.
fn left_already(
    person: &KnownPerson,
    row: &ParsedRow,
    organization: OrganizationId,
    transfer: Transfer,
) -> Option<String> {
    let here = || person.employments.iter().filter(|job| job.organization_id == organization);
    if find_employment(person, row, organization, transfer).is_some() || here().any(|job| job.ended.is_none())
    {
        return None;
    }
    let last = here().filter_map(|job| job.ended).max()?;
    let again = row.hired_on.is_some_and(|hired| hired.date > last);
    (!again).then(|| {
        format!(
            "В системе работа в этой организации закончена {}. Принят снова или список устарел?",
            last.format("%d.%m.%Y")
        )
    })
}

/// Two rows of one list about one person must not say different things.
fn contradiction(memory: &Remembered, row: &ParsedRow, organization: OrganizationId) -> Option<String> {
    memory.rows.iter().find_map(|(earlier, place)| {
        let mut earlier = earlier.clone();
        // A row without a position speaks about the job of the other row.
        earlier.position = earlier.position.or_else(|| Some(row.position.clone().unwrap_or_default()));
        let earlier = &earlier;
        let said = person_of(earlier, memory.person.id, *place)?;
        let merged = merge(&said, row, organization, Transfer::Refused);
        merged.changes.into_iter().find(|change| contradicts(change, earlier, row)).map(|change| {
            format!(
                "Строка {} о том же человеке говорит другое: {}: «{}», а здесь «{}».",
                memory.first_row,
                change.field.title(),
                change.before.unwrap_or_default(),
                change.after
            )
        })
    })
}

fn contradicts(change: &Change, earlier: &ParsedRow, row: &ParsedRow) -> bool {
    let agree = |one: Option<super::Since>, other: Option<super::Since>| {
        one.zip(other).is_none_or(|(one, other)| one.agrees_with(other))
    };
    match change.field {
        Field::Employment | Field::Name => false,
        Field::HiredOn => !agree(earlier.hired_on, row.hired_on),
        Field::TeachingSince => !agree(earlier.teaching_since, row.teaching_since),
        // «Нет категории» is a statement too, though nothing stands before the change.
        Field::Qualification => earlier.qualification != Stated::Empty,
        // The gender was only guessed, the row says it.
        Field::Gender => earlier.gender.is_some(),
        _ => change.before.is_some(),
    }
}
