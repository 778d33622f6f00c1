//! «What if»: two answers side by side. A pair is pinned (`propose`) or set aside (`Mark::SetAside`), everything
//! is solved anew, and this tells what it did to everybody.

use std::collections::BTreeMap;

use super::propose::{Proposal, Proposals};
use crate::ids::PersonId;

/// What changes for a mentee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub mentee: PersonId,
    /// The mentor and the score.
    pub before: Option<(PersonId, u16)>,
    pub after: Option<(PersonId, u16)>,
}

/// What changes altogether.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Only those for whom something changes, by mentee.
    pub changes: Vec<Change>,
    /// How many more mentees have a mentor.
    pub matched: i64,
    /// How many more points there are.
    pub score: i64,
    /// The lowest score before and after.
    pub lowest: (Option<u16>, Option<u16>),
}

/// What happens when the second answer takes the place of the first.
pub fn compare(before: &Proposals, after: &Proposals) -> Comparison {
    let (one, two) = (by_mentee(before), by_mentee(after));
    let mut all: Vec<PersonId> = one.keys().chain(two.keys()).copied().collect();
    all.sort_unstable();
    all.dedup();
    let changes = all.into_iter().filter_map(|mentee| {
        let (before, after) = (one.get(&mentee).copied(), two.get(&mentee).copied());
        (before != after).then_some(Change { mentee, before, after })
    });
    let lowest = |answer: &BTreeMap<PersonId, (PersonId, u16)>| answer.values().map(|pair| pair.1).min();
    Comparison {
        changes: changes.collect(),
        matched: difference(two.len() as u64, one.len() as u64),
        score: difference(after.score, before.score),
        lowest: (lowest(&one), lowest(&two)),
    }
}

fn by_mentee(answer: &Proposals) -> BTreeMap<PersonId, (PersonId, u16)> {
    let entry = |pair: &Proposal| (pair.mentee, (pair.mentor, pair.explanation.score()));
    answer.pairs.iter().map(entry).collect()
}

fn difference(after: u64, before: u64) -> i64 {
    after.cast_signed() - before.cast_signed()
}
