//! A sharper bound than the flow's: every mentee has a price, every mentor takes the best set the rules allow at these
//! prices, and nothing can be worth more than all of that together (Lagrangian relaxation; M. Held, P. Wolfe,
//! H. Crowder, "Validation of subgradient optimization", 1974). Whole numbers only, so the bound is exact whatever the steps were.

use super::proof::PARTS;
use crate::matching::flow::{Flow, Graph};

/// Steps without a better bound before they are made half as long.
const PATIENCE: u32 = 12;

/// Less than any set of mentees can be worth.
const IMPOSSIBLE: i64 = i64::MIN / 4;

/// What a group must be in anything better than the best known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fixing {
    Filled,
    Closed,
}

/// Prices of mentees with the bound they prove.
pub(super) struct Relaxation {
    prices: Vec<i64>,
    /// In parts of a point.
    bound: i64,
}

/// The best sets of all mentors at some prices.
struct Sets {
    value: i64,
    /// How many mentors want each mentee.
    wanted: Vec<i64>,
}

/// The best mentees of one mentor, and what they are worth if the mentor has to have the least number.
struct Choice {
    filled: i64,
    members: Vec<(i64, usize)>,
}

impl Choice {
    /// A mentor may always stay without mentees.
    fn value(&self) -> i64 {
        self.filled.max(0)
    }
}

impl Relaxation {
    /// Seeks prices from those of the flow, at most so many steps, toward what is known to be reachable. `least` is the
    /// smallest number of mentees of each mentor who has any.
    pub(super) fn seek(graph: &Graph, flow: &Flow, least: &[usize], reachable: i64, steps: u32) -> Self {
        let mut prices: Vec<i64> = flow.profit.iter().map(|profit| profit * PARTS).collect();
        let mut best = Self { prices: prices.clone(), bound: flow.worth * PARTS };
        let (target, floor) = (reachable * PARTS, -graph.refusal() * PARTS);
        let (mut halvings, mut idle) = (0, 0);
        for _ in 0..steps {
            let sets = Sets::of(graph, least, &prices);
            if sets.value < best.bound {
                best = Self { prices: prices.clone(), bound: sets.value };
                idle = 0;
            } else {
                idle += 1;
            }
            if best.bound() <= reachable {
                break;
            }
            if idle >= PATIENCE {
                (halvings, idle) = (halvings + 1, 0);
                prices.clone_from(&best.prices);
                continue;
            }
            let errors: Vec<i64> = (0..prices.len())
                .map(|mentee| {
                    let error = 1 - sets.wanted[mentee];
                    let stays_without = error > 0 && prices[mentee] <= floor;
                    if graph.is_apart(mentee) || stays_without { 0 } else { error }
                })
                .collect();
            let square: i64 = errors.iter().map(|error| error * error).sum();
            let length = (sets.value - target).checked_div(square).unwrap_or(0) >> halvings;
            if length == 0 {
                break;
            }
            for (price, error) in prices.iter_mut().zip(&errors) {
                *price = (*price - length * error).max(floor);
            }
        }
        best
    }

    /// The prices, which prove the bound.
    pub(super) fn into_prices(self) -> Vec<i64> {
        self.prices
    }

    /// Nothing is worth more.
    pub(super) fn bound(&self) -> i64 {
        self.bound.div_euclid(PARTS)
    }

    /// What this group must be in anything worth more than this; nothing if it may be either.
    pub(super) fn fixing(&self, graph: &Graph, group: usize, least: usize, worth: i64) -> Option<Fixing> {
        let choice = choose(graph, group, least, &self.prices);
        let rest = self.bound - choice.value();
        let (closed, filled) = (rest.div_euclid(PARTS), (rest + choice.filled).div_euclid(PARTS));
        match (closed > worth, filled > worth) {
            (true, false) => Some(Fixing::Closed),
            (false, true) => Some(Fixing::Filled),
            _ => None,
        }
    }
}

impl Sets {
    fn of(graph: &Graph, least: &[usize], prices: &[i64]) -> Self {
        let active = (0..prices.len()).filter(|mentee| !graph.is_apart(*mentee));
        let mut sets =
            Self { value: active.map(|mentee| prices[mentee]).sum(), wanted: vec![0; prices.len()] };
        for (mentor, least) in least.iter().enumerate() {
            let choice = choose(graph, mentor, *least, prices);
            if choice.filled > 0 {
                sets.value += choice.filled;
                for (_, mentee) in choice.members {
                    sets.wanted[mentee] += 1;
                }
            }
        }
        sets
    }
}

/// The best mentees of one mentor: those who bring something, and as many more as make the least number.
fn choose(graph: &Graph, mentor: usize, least: usize, prices: &[i64]) -> Choice {
    let places = graph.places(mentor);
    let mut members: Vec<(i64, usize)> = Vec::with_capacity(places.min(8) + 1);
    for (mentee, score) in graph.column(mentor) {
        let value = score * PARTS - prices[mentee];
        let is_full = members.len() >= places;
        if (value <= 0 && least < 2) || (is_full && members.last().is_none_or(|last| last.0 >= value)) {
            continue;
        }
        members.insert(members.partition_point(|known| known.0 >= value), (value, mentee));
        members.truncate(places);
    }
    let bring = members.partition_point(|(value, _)| *value > 0);
    members.truncate(bring.max(least));
    if members.len() < least {
        return Choice { filled: IMPOSSIBLE, members: Vec::new() };
    }
    Choice { filled: members.iter().map(|(value, _)| value).sum(), members }
}
