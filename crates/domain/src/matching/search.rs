//! Candidate pairs: which mentors a mentee is compared with, and which of them are kept for the solver.
//!
//! Comparing everybody with everybody is right for a municipality. A region or a nation is cut into blocks: the own
//! organization, and the mentors of the own municipality who help at a distance, because the rules forbid nearly
//! everything else. Of a block the best suited are kept.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::named::Pair;
use super::people::{Mentee, Mentor, Offered, People, Remote};
use super::rules;
use super::score::points;
use super::watch::{Phase, Step};
use crate::config::MatchingWeights;
use crate::ids::{OrganizationId, PersonId, TerritoryId};

/// Of a block so many mentors are kept for each mentee.
pub const BEST: usize = 50;

/// Whom a mentee is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Width {
    Everybody,
    /// The own organization and those of the municipality who help at a distance; the [`BEST`] are kept.
    Neighbors,
}

/// Mentors by where they may be met.
pub(super) struct Blocks<'a> {
    people: &'a People,
    width: Width,
    at_home: BTreeMap<OrganizationId, Vec<&'a Mentor>>,
    at_a_distance: BTreeMap<TerritoryId, Vec<&'a Mentor>>,
}

impl<'a> Blocks<'a> {
    pub(super) fn of(people: &'a People, width: Width) -> Self {
        let mut blocks = Self { people, width, at_home: BTreeMap::new(), at_a_distance: BTreeMap::new() };
        if width == Width::Neighbors {
            for mentor in &people.mentors {
                let place = mentor.profile.workplace;
                blocks.at_home.entry(place.organization).or_default().push(mentor);
                if mentor.profile.remote == Remote::Ready && mentor.offered == Offered::Anywhere {
                    blocks.at_a_distance.entry(place.municipality).or_default().push(mentor);
                }
            }
        }
        blocks
    }

    /// The mentors this mentee is compared with, each once.
    pub(super) fn of_mentee(&self, mentee: &Mentee) -> Vec<&'a Mentor> {
        if self.width == Width::Everybody {
            return self.people.mentors.iter().collect();
        }
        let place = mentee.profile.workplace;
        let mut found = self.at_home.get(&place.organization).cloned().unwrap_or_default();
        if mentee.profile.remote == Remote::Ready {
            let others = self.at_a_distance.get(&place.municipality).into_iter().flatten().copied();
            found.extend(others.filter(|other| other.profile.workplace.organization != place.organization));
        }
        found
    }

    /// How many pairs that makes at most, without looking at any of them.
    fn size(&self) -> u64 {
        let all = |list: Option<&Vec<&Mentor>>| list.map_or(0, Vec::len) as u64;
        let of = |mentee: &Mentee| {
            let place = mentee.profile.workplace;
            let far = match mentee.profile.remote {
                Remote::Ready => all(self.at_a_distance.get(&place.municipality)),
                Remote::InPersonOnly => 0,
            };
            all(self.at_home.get(&place.organization)) + far
        };
        match self.width {
            Width::Everybody => self.people.mentees.len() as u64 * self.people.mentors.len() as u64,
            Width::Neighbors => self.people.mentees.iter().map(of).sum(),
        }
    }
}

/// At most how many pairs are looked at.
pub fn pairs_to_look_at(people: &People, width: Width) -> u64 {
    Blocks::of(people, width).size()
}

/// What the search has found.
pub(super) struct Found {
    pub(super) candidates: Vec<Pair<PersonId>>,
    /// How many mentors nothing forbids, of those compared: more than are kept, perhaps.
    pub(super) suitable: BTreeMap<PersonId, u64>,
}

/// Compares every mentee with the mentors of the block.
pub(super) fn search<E>(
    blocks: &Blocks,
    weights: &MatchingWeights,
    watch: &mut impl FnMut(Step) -> Result<(), E>,
) -> Result<Found, E> {
    let people = blocks.people;
    let mut found = Found { candidates: Vec::new(), suitable: BTreeMap::new() };
    for (done, mentee) in people.mentees.iter().enumerate() {
        watch(Step::new(Phase::Candidates, done, people.mentees.len()))?;
        let two = mentee.profile.person;
        let mut own: Vec<Pair<PersonId>> = blocks
            .of_mentee(mentee)
            .into_iter()
            .filter_map(|mentor| {
                let kinds = rules::check(mentor, mentee, &people.marks).ok()?;
                let score = points(mentor, mentee, &kinds, people.today, weights);
                Some(Pair { mentee: two, mentor: mentor.profile.person, score })
            })
            .collect();
        found.suitable.insert(two, own.len() as u64);
        if blocks.width == Width::Neighbors {
            own.sort_unstable_by_key(|pair| (Reverse(pair.score), pair.mentor));
            own.truncate(BEST);
        }
        found.candidates.extend(own);
    }
    Ok(found)
}
