//! Who and what is left by a run: mentees without a mentor with the reasons, mentors with places.

use std::collections::BTreeMap;

use nastavnik_domain::ids::PersonId;
use nastavnik_domain::matching::{Proposals, Unmatched};
use uuid::Uuid;

use super::input::Input;
use super::sight::Told;
use super::store::RunRow;

/// A mentee without a mentor.
pub(super) struct LeftRow {
    pub(super) name: String,
    pub(super) place: String,
    pub(super) reasons: Vec<String>,
}

/// A mentor with places nobody was proposed for.
pub(super) struct FreeRow {
    pub(super) name: String,
    pub(super) place: String,
    pub(super) places: u16,
    /// Leads a group and nothing else, and it could not be brought together.
    pub(super) is_closed_group: bool,
}

/// Everybody without a mentor whose name or organization has this search key in it, by the Russian alphabet.
pub(super) fn left<'a>(told: &'a Told, key: &str) -> Vec<&'a Unmatched> {
    let mut left: Vec<_> =
        told.result.unmatched.iter().filter(|one| told.answers_to(one.mentee, key)).collect();
    told.sort(&mut left, |one| one.mentee);
    left
}

pub(super) fn left_row(told: &Told, one: &Unmatched) -> LeftRow {
    LeftRow {
        name: told.name(one.mentee).full(),
        place: told.school(one.mentee).to_owned(),
        reasons: told.reasons(one),
    }
}

/// Mentors with places nobody was proposed for.
pub(super) fn free_places(input: &Input, result: &Proposals) -> Vec<(PersonId, u16)> {
    let mut taken: BTreeMap<PersonId, u16> = BTreeMap::new();
    for pair in &result.pairs {
        *taken.entry(pair.mentor).or_default() += 1;
    }
    let free = input.people.mentors.iter().map(|mentor| {
        let person = mentor.profile.person;
        (person, mentor.free_places.saturating_sub(taken.get(&person).copied().unwrap_or(0)))
    });
    free.filter(|(_, free)| *free > 0).collect()
}

/// Those of them the search key finds, by the Russian alphabet. Of an organization's run the own mentors: the others are found in
/// the register.
pub(super) fn free(run: &RunRow, told: &Told, key: &str) -> Vec<(PersonId, u16)> {
    let mut free = free_places(&told.input, &told.result);
    let is_own =
        |person: Uuid| run.organization_id.is_none() || told.workplace(person) == run.organization_id;
    free.retain(|(person, _)| is_own(person.0) && told.answers_to(*person, key));
    told.sort(&mut free, |(person, _)| *person);
    free
}

pub(super) fn free_row(told: &Told, (person, places): (PersonId, u16)) -> FreeRow {
    FreeRow {
        name: told.name(person).full(),
        place: told.school(person).to_owned(),
        places,
        is_closed_group: told.result.closed_groups.contains(&person),
    }
}
