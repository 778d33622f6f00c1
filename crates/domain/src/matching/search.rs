//! Candidate pairs: which mentors a mentee is compared with, and which of them are kept for the solver.
//!
//! Comparing everybody with everybody is right for a municipality. A region or a nation is cut into blocks: the own
//! organization, and the mentors of the own municipality who help at a distance, because the rules forbid nearly
//! everything else. Of a block the best suited are kept.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::cores::both;
use super::market::number;
use super::packed::{Asking, Helper, Packed};
use super::people::{Mentee, Mentor, Offered, People, Remote};
use super::watch::{Phase, Step};
use crate::ids::{OrganizationId, TerritoryId};

/// Of a block so many mentors are kept for each mentee.
pub const BEST: usize = 50;

/// So many mentees are compared between two steps.
const AT_A_TIME: usize = 4096;

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

/// What the search has found: rows of candidates as an instance has them, everybody in the order of ids.
#[derive(Default)]
pub(super) struct Found {
    /// How many candidates each mentee has.
    pub(super) kept: Vec<u32>,
    pub(super) mentors: Vec<u32>,
    pub(super) scores: Vec<u16>,
    /// How many mentors nothing forbids, of those compared: more than are kept, perhaps.
    pub(super) suitable: Vec<u64>,
}

impl Found {
    fn append(&mut self, more: &Self) {
        self.kept.extend(&more.kept);
        self.mentors.extend(&more.mentors);
        self.scores.extend(&more.scores);
        self.suitable.extend(&more.suitable);
    }
}

/// Compares every mentee with the mentors of the block, some at a time.
pub(super) fn search<E>(
    packed: &Packed,
    width: Width,
    watch: &mut impl FnMut(Step) -> Result<(), E>,
) -> Result<Found, E> {
    let near = Near::of(packed, width);
    let all = packed.mentees.len();
    let mut found = Found::default();
    for begin in (0..all).step_by(AT_A_TIME) {
        watch(Step::new(Phase::Candidates, begin, all))?;
        let end = all.min(begin + AT_A_TIME);
        let middle = begin.midpoint(end);
        let later = || near.compare(middle..end);
        let (later, first) = both(packed.pairs(), later, || near.compare(begin..middle));
        found.append(&first);
        found.append(&later);
    }
    Ok(found)
}

/// Mentors by a number they have in common.
#[derive(Default)]
struct Groups<'a> {
    first: Vec<usize>,
    helpers: Vec<Helper<'a>>,
}

impl<'a> Groups<'a> {
    fn of(mut helpers: Vec<Helper<'a>>, common: impl Fn(&Helper<'a>) -> u32) -> Self {
        helpers.sort_by_key(&common);
        let groups = helpers.last().map_or(0, |last| common(last) as usize + 1);
        let mut first = vec![0; groups + 1];
        for helper in &helpers {
            first[common(helper) as usize + 1] += 1;
        }
        for group in 0..groups {
            first[group + 1] += first[group];
        }
        Self { first, helpers }
    }

    fn get(&self, common: u32) -> &[Helper<'a>] {
        let bound = |at: usize| self.first.get(at).copied();
        let at = common as usize;
        match (bound(at), at.checked_add(1).and_then(bound)) {
            (Some(begin), Some(end)) => &self.helpers[begin..end],
            _ => &[],
        }
    }
}

/// The blocks as the search reads them: only mentors who can be proposed to anybody at all.
struct Near<'p, 'a> {
    packed: &'p Packed<'a>,
    width: Width,
    at_home: Groups<'a>,
    at_a_distance: Groups<'a>,
}

impl<'p, 'a> Near<'p, 'a> {
    fn of(packed: &'p Packed<'a>, width: Width) -> Self {
        let (mut at_home, mut at_a_distance) = (Groups::default(), Groups::default());
        if width == Width::Neighbors {
            let far = packed.helpers().iter().filter(|helper| helper.helps_at_a_distance());
            at_a_distance = Groups::of(far.copied().collect(), Helper::municipality);
            at_home = Groups::of(packed.helpers().to_vec(), Helper::organization);
        }
        Self { packed, width, at_home, at_a_distance }
    }

    fn compare(&self, mentees: Range<usize>) -> Found {
        let (mut found, mut own) = (Found::default(), Vec::new());
        for mentee in mentees {
            own.clear();
            self.look(&self.packed.asking(mentee), &mut own);
            found.suitable.push(own.len() as u64);
            if self.width == Width::Neighbors && own.len() > BEST {
                own.select_nth_unstable(BEST);
                own.truncate(BEST);
            }
            own.sort_unstable_by_key(|(_, mentor)| *mentor);
            found.kept.push(number(own.len()));
            found.mentors.extend(own.iter().map(|(_, mentor)| *mentor));
            found.scores.extend(own.iter().map(|(Reverse(score), _)| *score));
        }
        found
    }

    /// Everybody of the block whom nothing forbids; the better suited is the lesser.
    fn look(&self, asking: &Asking, own: &mut Vec<(Reverse<u16>, u32)>) {
        let mut compare = |helpers: &[Helper], left_out: Option<u32>| {
            for helper in helpers.iter().filter(|helper| Some(helper.organization()) != left_out) {
                let score = self.packed.points(helper, asking);
                own.extend(score.map(|score| (Reverse(score), helper.number)));
            }
        };
        if self.width == Width::Everybody {
            return compare(self.packed.helpers(), None);
        }
        compare(self.at_home.get(asking.organization()), None);
        if asking.is_remote() {
            compare(self.at_a_distance.get(asking.municipality()), Some(asking.organization()));
        }
    }
}
