//! One answer where some mentors lead a group and nothing else: ties settled as far as groups leave them open.
//!
//! Which groups meet is decided by [`solve_groups`]. A group it leaves closed has no places, a group that would be left with
//! one mentee keeps the members found for it; whatever is then open is settled as without groups, the fairest first and
//! then by number. So there is one answer, but the fairness is that of the others: nobody is moved in or out of a group that
//! is held together only by its members.

use std::collections::BTreeMap;

use super::{Effort, solve_groups};
use crate::matching::instance::{Fixed, Instance};
use crate::matching::solve::{Solution, Ties, solve_watched};
use crate::matching::watch::Step;

/// An answer in which no group has a single mentee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    pub solution: Solution,
    /// What the solution is the one answer of: closed groups have no places, members of groups held together stay.
    pub instance: Instance,
    /// Groups without anybody, by number: one mentee alone can't come to them.
    pub closed: Vec<u32>,
}

/// Solves with ties settled, the mentors `groups` having nobody or at least two mentees each.
pub fn solve_settled<E>(
    instance: &Instance,
    groups: &[u32],
    effort: Effort,
    watch: &mut impl FnMut(Step) -> Result<(), E>,
) -> Result<Settled, E> {
    let solution = solve_watched(instance, Ties::Settled, watch)?;
    let mut asked: Vec<u32> = groups.iter().copied().filter(|group| is_asked(instance, *group)).collect();
    asked.sort_unstable();
    if with(1, &asked, &solution.mentors).is_empty() {
        let closed = with(0, &asked, &solution.mentors);
        return Ok(Settled { solution, instance: instance.without_places(&closed), closed });
    }
    let found = solve_groups(instance, &asked, effort).mentors;
    let closed = with(0, &asked, &found);
    let mut held = Vec::new();
    loop {
        let narrowed = narrowed(instance, &closed, &held, &found);
        let solution = solve_watched(&narrowed, Ties::Settled, watch)?;
        let open: Vec<u32> = asked.iter().copied().filter(|group| !held.contains(group)).collect();
        let singles = with(1, &open, &solution.mentors);
        if singles.is_empty() {
            return Ok(Settled { solution, instance: narrowed, closed });
        }
        held.extend(singles);
    }
}

/// A group with a pair that stays is at work already.
fn is_asked(instance: &Instance, group: u32) -> bool {
    instance.fixed().iter().all(|pair| pair.mentor != group)
}

/// The groups with so many mentees.
fn with(count: u32, groups: &[u32], mentors: &[Option<u32>]) -> Vec<u32> {
    let mut load = BTreeMap::new();
    for mentor in mentors.iter().flatten() {
        *load.entry(*mentor).or_insert(0) += 1;
    }
    groups.iter().copied().filter(|group| load.get(group).copied().unwrap_or(0) == count).collect()
}

/// The instance without places in closed groups, and with the members found for the groups that are held together.
fn narrowed(instance: &Instance, closed: &[u32], held: &[u32], found: &[Option<u32>]) -> Instance {
    let members = (0_u32..).zip(found).filter_map(|(mentee, mentor)| {
        let mentor = mentor.filter(|mentor| held.contains(mentor))?;
        let score = instance.score(mentee as usize, mentor)?;
        Some(Fixed { mentee, mentor, score })
    });
    instance.without_places(closed).with_more_fixed(members)
}
