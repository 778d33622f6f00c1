//! Mentors who lead a group and nothing else have nobody or at least two mentees (п. 2.3: a group is one mentor and two or
//! more mentees).
//!
//! With this demand matching is no flow any more, and exact answers are out of reach for general solvers beyond a municipality.
//! Without it, it is one: its optimum bounds what can be had. Where the flow gives a group one mentee, the group is
//! closed or filled, whichever costs less now ([`super::flow`] mends the optimum by a few shortest paths); then every such ruling is turned
//! round as long as that brings something. A sharper bound ([`relax`]) tells how far the answer can be from the best and which
//! groups can only be one way; what is left is tried branch by branch.

mod proof;
mod relax;
mod search;
mod settled;

use super::flow::{Flow, Graph};
use super::instance::Instance;
use super::market::NOBODY;
use super::solve::{Solution, answer, solved};
pub use proof::prove_bound;
use search::Search;
pub use settled::{Settled, solve_settled};

/// The fewest mentees of a group that meets at all (п. 2.3).
const LEAST: u32 = 2;

/// With more candidate pairs than this it is no municipality any more.
const MUNICIPALITY: usize = 20_000;

/// How much is tried. Counted in pieces of work and not in time, so that it is the same answer on every machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// So often the flow is mended to improve the answer; when that is spent, groups left with one mentee are only closed.
    pub solves: u32,
    /// So many steps are made toward a sharper bound, each a look at every candidate pair.
    pub steps: u32,
    /// So many branches are opened to prove the answer.
    pub branches: u32,
}

impl Effort {
    /// To the proven optimum, as far as two thousand branches go.
    pub const MUNICIPALITY: Self = Self { solves: 50_000, steps: 400, branches: 2_000 };

    /// A good answer and its distance from the best.
    pub const REGION: Self = Self { solves: 20_000, steps: 250, branches: 0 };

    /// As much as is worth while: to the proof while that takes no more than a moment.
    pub const fn for_size(instance: &Instance) -> Self {
        if instance.edges() > MUNICIPALITY { Self::REGION } else { Self::MUNICIPALITY }
    }
}

/// A number of pairs and the sum of their scores; more pairs are always worth more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Worth {
    pub matched: usize,
    pub score: u64,
}

/// An answer in which no group has a single mentee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouped {
    /// The mentor of each mentee.
    pub mentors: Vec<Option<u32>>,
    /// What the answer is worth.
    pub worth: Worth,
    /// Nothing that keeps the rules is worth more. Equal to `worth` if the answer is proven.
    pub bound: Worth,
    /// Prices of the mentees in 1/1024 of a point: `prove_bound` proves the bound from them, or one a little above an
    /// answer that only the branches have proven.
    pub prices: Vec<i64>,
    /// The optimum without the demand of the groups, with its certificate.
    pub flow: Solution,
}

impl Grouped {
    /// Whether nothing better exists.
    pub fn is_proven(&self) -> bool {
        self.worth == self.bound
    }

    /// The worth of the optimum without the demand.
    pub const fn flow_worth(&self) -> Worth {
        Worth { matched: self.flow.matched, score: self.flow.score }
    }
}

/// Solves with the demand that each of the mentors `groups` has nobody or at least two mentees: the most mentees with
/// a mentor, then the largest sum of scores. The same input gives the same answer; which of equal ones it is is not promised.
///
/// A group with pairs that stay is at work already: somebody decided so, and whoever comes is welcome.
pub fn solve_groups(instance: &Instance, groups: &[u32], effort: Effort) -> Grouped {
    let market = solved(instance);
    let graph = Graph::of(&market);
    let flow = Flow::of(&graph, &market);
    let mut is_asked = vec![false; instance.mentors()];
    for group in groups.iter().filter(|group| (**group as usize) < instance.mentors()) {
        is_asked[*group as usize] = true;
    }
    for pair in instance.fixed() {
        is_asked[pair.mentor as usize] = false;
    }
    let asked = (0..instance.mentors()).filter(|mentor| is_asked[*mentor]).collect();
    let mut search = Search::begin(graph, asked, flow.clone(), effort);
    let (most, prices) = search.prove(flow);
    let (mentors, worth) = read(instance, &search.best().mate);
    let lost = most - search.best().worth;
    let flow = answer(market);
    let bound = bound(instance, worth, lost);
    Grouped { mentors, worth, bound, prices, flow }
}

/// The mentors of all, pairs that stay among them, and what they are worth.
fn read(instance: &Instance, mate: &[u32]) -> (Vec<Option<u32>>, Worth) {
    let mut mentors: Vec<Option<u32>> =
        mate.iter().map(|mentor| (*mentor != NOBODY).then_some(*mentor)).collect();
    let points = mentors.iter().enumerate().filter_map(|(mentee, mentor)| instance.score(mentee, (*mentor)?));
    let mut score: u64 = points.map(u64::from).sum();
    for pair in instance.fixed() {
        mentors[pair.mentee as usize] = Some(pair.mentor);
        score += u64::from(pair.score);
    }
    let worth = Worth { matched: mentors.iter().flatten().count(), score };
    (mentors, worth)
}

/// What nothing exceeds if nothing is worth so many points more than this, a pair being worth more than all points.
fn bound(instance: &Instance, worth: Worth, more: i64) -> Worth {
    let a_pair = u64::from(instance.refusal().unsigned_abs());
    let points = worth.score + more.unsigned_abs();
    let pairs = points / a_pair;
    Worth { matched: worth.matched + usize::try_from(pairs).unwrap_or(0), score: points % a_pair }
}
