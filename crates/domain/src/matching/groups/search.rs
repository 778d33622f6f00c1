//! Decisions about groups: a good answer first, then the certainty that there is none better.

use super::relax::{Fixing, Relaxation};
use super::{Effort, LEAST};
use crate::matching::flow::{Flow, Graph, Scratch};

/// What is decided about a group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ruling {
    Free,
    Closed,
    Filled,
}

/// A flow with what was decided about each group, by place in the list of groups.
#[derive(Clone)]
struct Decided {
    flow: Flow,
    rulings: Vec<Ruling>,
}

/// The best answer known, and what is left of the effort.
pub(super) struct Search {
    graph: Graph,
    scratch: Scratch,
    groups: Vec<usize>,
    effort: Effort,
    best: Flow,
}

/// Whether everything was tried that could be better.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tried {
    Everything,
    NotAll,
}

impl Search {
    /// Finds a good answer from the flow.
    pub(super) fn begin(graph: Graph, groups: Vec<usize>, flow: Flow, effort: Effort) -> Self {
        let scratch = Scratch::of(&graph);
        let mut search = Self { graph, scratch, groups, effort, best: flow };
        search.improve();
        search
    }

    pub(super) const fn best(&self) -> &Flow {
        &self.best
    }

    /// Looks for something better than what is known wherever it could be. Returns what nothing is worth more than, and
    /// prices that prove it or the bound the search began with.
    pub(super) fn prove(&mut self, flow: Flow) -> (i64, Vec<i64>) {
        let mut least = vec![0; self.graph.mentors()];
        for group in &self.groups {
            least[*group] = LEAST as usize;
        }
        let relaxed = Relaxation::seek(&self.graph, &flow, &least, self.best.worth, self.effort.steps);
        let bound = relaxed.bound();
        let mut tried = Tried::Everything;
        if bound > self.best.worth
            && let Some(flow) = self.narrowed(flow, &relaxed)
        {
            tried = self.branch(flow);
        }
        let most = match tried {
            Tried::Everything => self.best.worth,
            Tried::NotAll => bound,
        };
        (most, relaxed.into_prices())
    }

    /// The flow with every group as it must be for anything better; nothing if there is nothing better.
    fn narrowed(&mut self, flow: Flow, relaxed: &Relaxation) -> Option<Flow> {
        if self.effort.branches == 0 {
            return Some(flow);
        }
        let mut narrowed = flow;
        for group in self.groups.clone() {
            let ruling = match relaxed.fixing(&self.graph, group, LEAST as usize, self.best.worth) {
                Some(Fixing::Closed) => Ruling::Closed,
                Some(Fixing::Filled) => Ruling::Filled,
                None => continue,
            };
            narrowed = self.ruled(&narrowed, group, ruling)?;
        }
        Some(narrowed)
    }

    /// The best flow with one more ruling; nothing if that can't be.
    fn ruled(&mut self, flow: &Flow, group: usize, ruling: Ruling) -> Option<Flow> {
        self.effort.solves = self.effort.solves.saturating_sub(1);
        let mut ruled = flow.clone();
        let (graph, scratch) = (&self.graph, &mut self.scratch);
        match ruling {
            Ruling::Filled => return ruled.fill(graph, scratch, group, LEAST),
            Ruling::Closed => ruled.close(graph, scratch, group),
            Ruling::Free => ruled.free(graph, scratch, group),
        }
        Some(ruled)
    }

    /// Both ways with a group that has one mentee, the better first.
    fn both(&mut self, flow: &Flow, group: usize) -> Vec<(Flow, Ruling)> {
        let rulings = [Ruling::Filled, Ruling::Closed].into_iter();
        let mut ways: Vec<(Flow, Ruling)> =
            rulings.filter_map(|ruling| Some((self.ruled(flow, group, ruling)?, ruling))).collect();
        ways.sort_by_key(|(flow, _)| std::cmp::Reverse(flow.worth));
        ways
    }

    /// A good answer: a ruling about every group with one mentee, then each turned round while that brings something
    /// and the effort lasts.
    fn improve(&mut self) {
        let start = Decided { flow: self.best.clone(), rulings: vec![Ruling::Free; self.groups.len()] };
        let Some(mut state) = self.decide(start, i64::MIN) else { return };
        let mut is_better = true;
        while is_better {
            is_better = false;
            for at in 0..self.groups.len() {
                if let Some(turned) = self.turned(&state, at) {
                    state = turned;
                    is_better = true;
                }
            }
        }
        self.best = state.flow;
    }

    /// Rules about every group with one mentee until there is none; nothing if that is worth no more than the floor.
    fn decide(&mut self, mut state: Decided, floor: i64) -> Option<Decided> {
        loop {
            if state.flow.worth <= floor {
                return None;
            }
            let Some(at) = (0..self.groups.len()).find(|at| state.flow.load[self.groups[*at]] == 1) else {
                return Some(state);
            };
            let group = self.groups[at];
            if self.effort.solves == 0 {
                // Closing always can be done.
                state.flow.close(&self.graph, &mut self.scratch, group);
                state.rulings[at] = Ruling::Closed;
                continue;
            }
            let (flow, ruling) = self.both(&state.flow, group).into_iter().next()?;
            state.flow = flow;
            state.rulings[at] = ruling;
        }
    }

    /// The state with another ruling about a group and what follows from it, if that is better. A group about which
    /// nothing was ruled is as it is best for the rest.
    fn turned(&mut self, state: &Decided, at: usize) -> Option<Decided> {
        let other = match state.rulings[at] {
            Ruling::Free => return None,
            Ruling::Closed => Ruling::Filled,
            Ruling::Filled => Ruling::Closed,
        };
        if self.effort.solves == 0 {
            return None;
        }
        let (floor, group) = (state.flow.worth, self.groups[at]);
        let freed = self.ruled(&state.flow, group, Ruling::Free)?;
        if freed.worth <= floor {
            return None;
        }
        let turned = self.ruled(&freed, group, other);
        for (flow, ruling) in [(Some(freed), Ruling::Free), (turned, other)] {
            let mut rulings = state.rulings.clone();
            rulings[at] = ruling;
            let decided = flow.and_then(|flow| self.decide(Decided { flow, rulings }, floor));
            if decided.is_some() {
                return decided;
            }
        }
        None
    }

    /// Tries both ways with the group where they cost most, as deep as something better could be there.
    fn branch(&mut self, flow: Flow) -> Tried {
        if flow.worth <= self.best.worth {
            return Tried::Everything;
        }
        let singles = self.groups.iter().copied().filter(|group| flow.load[*group] == 1);
        let singles: Vec<usize> = singles.collect();
        if singles.is_empty() {
            self.best = flow;
            return Tried::Everything;
        }
        if self.effort.branches == 0 {
            return Tried::NotAll;
        }
        self.effort.branches -= 1;
        let mut hardest: Option<(i64, i64, Vec<Flow>)> = None;
        for group in singles {
            let ways = self.both(&flow, group).into_iter().map(|(flow, _)| flow);
            let hopeful: Vec<Flow> = ways.filter(|way| way.worth > self.best.worth).collect();
            let Some(better) = hopeful.first().map(|way| way.worth) else { return Tried::Everything };
            // With one way left there is nothing to choose; otherwise where the worse way loses most.
            let other = hopeful.get(1).map_or(i64::MIN, |way| way.worth);
            if hardest.as_ref().is_none_or(|(known, least, _)| (other, better) < (*known, *least)) {
                hardest = Some((other, better, hopeful));
            }
        }
        let mut tried = Tried::Everything;
        for way in hardest.map(|(.., ways)| ways).unwrap_or_default() {
            if self.branch(way) == Tried::NotAll {
                tried = Tried::NotAll;
            }
        }
        tried
    }
}
