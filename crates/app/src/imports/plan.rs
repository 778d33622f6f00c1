//! What loading a list would do, row by row, against the database as it is now.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use nastavnik_domain::ids::{OrganizationId, PersonId};
use nastavnik_domain::staff_list::{
    CellError, Classified, Classifier, Field, KnownPerson, ParsedRow, Row, Verdict, Who, given_key, name_key,
    short_key,
};
use sea_orm::ConnectionTrait;

use super::model::{Chosen, Meets, NewPlace, Shelf, Summary};
use super::naming::{name_rows, stand_in};
use super::reading::Reading;
use super::store::{self, Candidate, Keys, KnownPlace, Load};

/// Rows looked up together.
const CHUNK: usize = 1_000;
/// So many absent people are kept by name; the others only counted.
const MOST_ABSENT: usize = 200;

/// A row with its verdict.
pub(super) struct Planned {
    pub(super) number: u32,
    pub(super) row: Row,
    pub(super) organization: OrganizationId,
    pub(super) classified: Classified,
}

/// The whole list with its verdicts.
pub(super) struct Plan {
    pub(super) rows: Vec<Planned>,
    /// Organizations to add; their rows carry stand-in ids.
    pub(super) new_places: Vec<NewPlace>,
    /// Everybody the verdicts name.
    pub(super) people: HashMap<PersonId, Candidate>,
    /// Short names of the organizations of the list.
    pub(super) names: HashMap<OrganizationId, String>,
    pub(super) summary: Summary,
}

/// What a plan is made for.
pub(super) struct Frame<'a> {
    pub(super) load: &'a Load,
    pub(super) chosen: &'a Chosen,
    pub(super) today: NaiveDate,
    /// Told how many rows of all are looked up.
    pub(super) progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// Compares the list with the database. `Err` inside is a sentence: why no row of it can be loaded.
pub(super) async fn make(
    connection: &impl ConnectionTrait,
    mut reading: Reading,
    frame: &Frame<'_>,
) -> anyhow::Result<Result<Plan, String>> {
    let load = frame.load;
    let known = store::places_of(connection, load.territory_id).await?;
    let naming = match name_rows(&mut reading, &known, load.organization_id, frame.chosen) {
        Ok(naming) => naming,
        Err(problem) => return Ok(Err(problem)),
    };
    for (number, row) in &mut reading.rows {
        if let Row::Person(row) = row {
            ask_for_gender(*number, row);
        }
    }
    let rows: Vec<(u32, Row, OrganizationId)> = reading
        .rows
        .into_iter()
        .zip(naming.rows)
        .map(|((number, row), place)| (number, row, place))
        .collect();
    let (rows, people) = classify(connection, rows, frame).await?;
    let mut plan = Plan {
        rows,
        people,
        names: names_of(&known, &naming.new),
        summary: Summary { sheets: reading.sheets, organizations: naming.new.clone(), ..Summary::default() },
        new_places: naming.new,
    };
    sum_up(connection, &mut plan, &known, frame.today).await?;
    Ok(Ok(plan))
}

/// Case endings of all papers hang on the gender, so nobody is loaded without one.
fn ask_for_gender(number: u32, row: &mut ParsedRow) {
    if row.name.is_some() && row.gender_or_guess().is_none() {
        let text =
            "По имени не понять, мужчина это или женщина. Добавьте в список столбец «Пол» и впишите М или Ж.";
        row.errors.push(CellError { cell: format!("строка {number}"), text: text.to_owned() });
    }
}

type Classification = (Vec<Planned>, HashMap<PersonId, Candidate>);

async fn classify(
    connection: &impl ConnectionTrait,
    rows: Vec<(u32, Row, OrganizationId)>,
    frame: &Frame<'_>,
) -> anyhow::Result<Classification> {
    let mut classifier = Classifier::default();
    for (_, row, organization) in &rows {
        if let Row::Person(row) = row
            && row.errors.is_empty()
        {
            classifier.announce(row, *organization);
        }
    }
    let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let mut planned = Vec::with_capacity(rows.len());
    let mut people = HashMap::new();
    let mut rest = rows.into_iter();
    loop {
        let chunk: Vec<_> = rest.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return Ok((planned, people));
        }
        let index = look_up(connection, &chunk, frame.load.meets(), frame.today).await?;
        for (number, row, organization) in chunk {
            let candidates = index.of(&row);
            let mut answer = classifier.classify(number, &row, organization, &candidates);
            index.hold_back(&mut answer.verdict);
            people.extend(index.named_in(&answer.verdict));
            planned.push(Planned { number, row, organization, classified: answer });
        }
        (frame.progress)(u64::try_from(planned.len()).unwrap_or(u64::MAX), total);
    }
}

/// Candidates by the keys of rows.
struct Index {
    found: HashMap<PersonId, Candidate>,
    by_key: HashMap<String, Vec<PersonId>>,
}

async fn look_up(
    connection: &impl ConnectionTrait,
    chunk: &[(u32, Row, OrganizationId)],
    meets: Meets,
    today: NaiveDate,
) -> anyhow::Result<Index> {
    let mut keys = Keys::default();
    for row in chunk.iter().filter_map(|(_, row, _)| readable(row)) {
        let Some(name) = &row.name else { continue };
        keys.names.extend([name_key(name), short_key(name)]);
        if name.patronymic.is_none() {
            keys.beginnings.insert(short_key(name));
        }
        keys.births.extend(row.born_on);
        keys.phones.extend(row.phone.clone());
        keys.emails.extend(row.email.clone());
    }
    let candidates = store::candidates(connection, &keys, meets, today).await?;
    let mut index = Index { found: HashMap::new(), by_key: HashMap::new() };
    for candidate in candidates {
        for key in keys_of_candidate(&candidate) {
            index.by_key.entry(key).or_default().push(candidate.person.id);
        }
        index.found.insert(candidate.person.id, candidate);
    }
    Ok(index)
}

fn readable(row: &Row) -> Option<&ParsedRow> {
    match row {
        Row::Person(row) if row.errors.is_empty() => Some(row),
        _ => None,
    }
}

/// Somebody outside is met only by the full name with the date of birth.
fn keys_of_candidate(candidate: &Candidate) -> Vec<String> {
    let person = &candidate.person;
    if candidate.is_outside {
        return person.born_on.map(|day| format!("x{}{day}", name_key(&person.name))).into_iter().collect();
    }
    let mut keys = vec![format!("n{}", short_key(&person.name))];
    keys.extend(given_key(&person.name).zip(person.born_on).map(|(key, day)| format!("g{key}{day}")));
    keys.extend(
        given_key(&person.name).zip(person.phone.as_ref()).map(|(key, phone)| format!("p{key}{phone}")),
    );
    keys.extend(
        given_key(&person.name).zip(person.email.as_ref()).map(|(key, email)| format!("e{key}{email}")),
    );
    keys
}

fn keys_of_row(row: &ParsedRow) -> Vec<String> {
    let Some(name) = &row.name else { return Vec::new() };
    let mut keys = vec![format!("n{}", short_key(name))];
    keys.extend(row.born_on.map(|day| format!("x{}{day}", name_key(name))));
    keys.extend(given_key(name).zip(row.born_on).map(|(key, day)| format!("g{key}{day}")));
    keys.extend(given_key(name).zip(row.phone.as_ref()).map(|(key, phone)| format!("p{key}{phone}")));
    keys.extend(given_key(name).zip(row.email.as_ref()).map(|(key, email)| format!("e{key}{email}")));
    keys
}

impl Index {
    fn of(&self, row: &Row) -> Vec<KnownPerson> {
        let Some(row) = readable(row) else { return Vec::new() };
        let keys = keys_of_row(row);
        let ids: BTreeSet<PersonId> =
            keys.iter().filter_map(|key| self.by_key.get(key)).flatten().copied().collect();
        ids.iter().filter_map(|id| self.found.get(id)).map(|one| one.person.clone()).collect()
    }

    /// Of somebody outside nothing is compared or changed: the list only says that they work here too.
    fn hold_back(&self, verdict: &mut Verdict) {
        let Verdict::Changed { person, changes } = verdict else { return };
        if self.found.get(person).is_some_and(|one| one.is_outside) {
            changes.retain(|change| change.field == Field::Employment);
            if changes.is_empty() {
                *verdict = Verdict::Same { person: *person };
            }
        }
    }

    fn named_in(&self, verdict: &Verdict) -> Vec<(PersonId, Candidate)> {
        let named = people_of(verdict);
        named.into_iter().filter_map(|id| self.found.get(&id).map(|one| (id, one.clone()))).collect()
    }
}

/// Known people a verdict speaks about.
pub(super) fn people_of(verdict: &Verdict) -> Vec<PersonId> {
    match verdict {
        Verdict::Same { person } | Verdict::Changed { person, .. } => vec![*person],
        Verdict::Doubtful { candidates } => candidates
            .iter()
            .filter_map(|doubt| match doubt.who {
                Who::Person(id) => Some(id),
                Who::Row(_) => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn names_of(known: &[KnownPlace], new: &[NewPlace]) -> HashMap<OrganizationId, String> {
    let old = known.iter().map(|place| (OrganizationId(place.id), place.short_name.clone()));
    let new = new.iter().enumerate().map(|(index, place)| (stand_in(index), place.name.clone()));
    old.chain(new).collect()
}

async fn sum_up(
    connection: &impl ConnectionTrait,
    plan: &mut Plan,
    known: &[KnownPlace],
    today: NaiveDate,
) -> anyhow::Result<()> {
    let mut met = BTreeSet::new();
    let mut organizations = BTreeSet::new();
    for planned in &plan.rows {
        plan.summary.add(Shelf::of(&planned.classified.verdict));
        met.extend(people_of(&planned.classified.verdict));
        organizations.insert(planned.organization);
    }
    organizations.retain(|id| known.iter().any(|place| place.id == id.0));
    let mut absent = store::absent(connection, &organizations, &met, today).await?;
    plan.summary.absent_total = u64::try_from(absent.len()).unwrap_or(u64::MAX);
    absent.truncate(MOST_ABSENT);
    plan.summary.absent = absent;
    Ok(())
}
