//! The exact end: shortest paths in both directions, after which no rearrangement brings a point more.
//!
//! Throughout, no mentee could have more than `profit` at the prices (the prices stay «feasible»), so what is
//! reached at the end is proven and `certificate::check` can prove it again.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::cores::each;
use super::market::{Columns, Market, NOBODY, number};

/// A node of a search: reached in which one, how far, from whom.
#[derive(Clone, Copy)]
struct Reached {
    search: u32,
    distance: i32,
    from: u32,
}

const NEVER: Reached = Reached { search: 0, distance: 0, from: NOBODY };

/// Where a path ends.
#[derive(Clone, Copy)]
enum End {
    /// With nothing to move.
    Here,
    /// At the free place of this mentor, or at this mentee.
    Node(u32),
    /// By this mentee giving up the place.
    GivesUp(u32),
}

/// The best a mentee could have, and whether it is what they have.
struct Best {
    profit: i32,
    mentor: u32,
    is_had: bool,
}

impl Best {
    fn of(market: &Market, mentee: usize) -> Self {
        let (mut profit, mut best, mut mine) = (-market.refusal, NOBODY, i32::MIN);
        let (price, mate) = (&market.price[..], market.mate[mentee]);
        for edge in market.row(mentee) {
            let (mentor, value) = (number(edge.mentor()), edge.score() - price[edge.mentor()]);
            best = if value > profit { mentor } else { best };
            profit = profit.max(value);
            mine = if mentor == mate { value } else { mine };
        }
        Self { profit, mentor: best, is_had: mine == profit }
    }
}

/// The searches and what they keep between them.
pub(super) struct Paths<'m, 'a> {
    market: &'m mut Market<'a>,
    /// What each mentee has, or could have at best.
    profit: Vec<i32>,
    search: u32,
    /// How far the nearest end found so far is, and which it is.
    limit: i32,
    end: End,
    mentors: Vec<Reached>,
    mentees: Vec<Reached>,
    heap: BinaryHeap<Reverse<u64>>,
    /// Reached at no more than the present distance.
    ready: Vec<u32>,
    /// Done with, with their distance.
    rows: Vec<(u32, i32)>,
    seen: Vec<(u32, i32)>,
    scans: usize,
}

/// The budget of work is spent and mentees are still waiting.
pub(super) struct TooLong;

impl<'m, 'a> Paths<'m, 'a> {
    /// Lets go of everybody who is not at their very best, and gives them that at once where it is free; prices stay
    /// as they are.
    pub(super) fn begin(market: &'m mut Market<'a>) -> Self {
        let (found, mentees) = (&*market, market.mate.len());
        let best = each(found.instance.edges(), mentees, |mentee| Best::of(found, mentee));
        for (mentee, best) in best.iter().enumerate() {
            if best.is_had {
                continue;
            }
            market.leave(mentee);
            if best.mentor != NOBODY && market.has_free(best.mentor as usize) {
                market.go(mentee, best.mentor);
            }
        }
        let profit = best.into_iter().map(|best| best.profit).collect();
        let mentors = vec![NEVER; market.price.len()];
        Self {
            market,
            profit,
            search: 0,
            limit: 0,
            end: End::Here,
            mentors,
            mentees: Vec::new(),
            heap: BinaryHeap::new(),
            ready: Vec::new(),
            rows: Vec::new(),
            seen: Vec::new(),
            scans: 0,
        }
    }

    /// How many are without a place and could have one.
    pub(super) fn waiting(&self) -> usize {
        let without = self.market.mate.iter().zip(&self.profit);
        without.filter(|(mate, profit)| **mate == NOBODY && **profit > -self.market.refusal).count()
    }

    /// Finds a place, or the certainty that there is none, for every mentee without one.
    pub(super) fn place_mentees(&mut self, budget: usize) -> Result<(), TooLong> {
        for mentee in 0..self.profit.len() {
            if self.market.mate[mentee] != NOBODY || self.profit[mentee] == -self.market.refusal {
                continue;
            }
            if self.scans > budget {
                return Err(TooLong);
            }
            self.forward(mentee);
        }
        Ok(())
    }

    /// The same, however long it takes.
    pub(super) fn place_all(&mut self) {
        // Only a budget can be spent.
        let _ = self.place_mentees(usize::MAX);
    }

    /// Fills every free place that still has a price, or finds that it is worth nothing.
    pub(super) fn fill_places(&mut self, columns: &Columns) {
        let short = |market: &Market, mentor: usize| market.price[mentor] > 0 && market.has_free(mentor);
        self.mentees = vec![NEVER; self.profit.len()];
        for mentor in 0..self.market.price.len() {
            while short(self.market, mentor) {
                self.backward(mentor, columns);
            }
        }
    }

    /// A search goes no farther than this, because ending where it begins costs as much.
    fn begin_search(&mut self, limit: i32) {
        self.search += 1;
        (self.limit, self.end) = (limit, End::Here);
        self.heap.clear();
        self.ready.clear();
        self.rows.clear();
        self.seen.clear();
    }

    /// The nearest node not yet done with.
    fn nearest(&mut self, now: i32) -> Option<(u32, i32)> {
        if let Some(node) = self.ready.pop() {
            return Some((node, now));
        }
        let Reverse(word) = self.heap.pop()?;
        let node = u32::try_from(word & u64::from(u32::MAX)).unwrap_or(NOBODY);
        let distance = i32::try_from(word >> 32).unwrap_or(i32::MAX);
        Some((node, distance))
    }

    fn queue(&mut self, node: u32, distance: i32, now: i32) {
        if distance == now {
            self.ready.push(node);
        } else {
            self.heap.push(Reverse(u64::from(distance.cast_unsigned()) << 32 | u64::from(node)));
        }
    }

    /// From a mentee to the nearest free place, or to the mentee who loses least by staying without.
    fn forward(&mut self, mentee: usize) {
        self.begin_search(self.profit[mentee] + self.market.refusal);
        self.scan_row(number(mentee), 0);
        let mut now = 0;
        while let Some((mentor, distance)) = self.nearest(now) {
            if distance >= self.limit {
                break;
            }
            if self.mentors[mentor as usize].distance != distance || self.is_done(mentor) {
                continue;
            }
            now = distance;
            self.seen.push((mentor, distance));
            self.mentors[mentor as usize].search = self.search | DONE;
            for place in self.market.places_of(mentor as usize) {
                let holder = self.market.holder_of(place);
                let gives_up = distance + self.profit[holder as usize] + self.market.refusal;
                if gives_up < self.limit {
                    (self.limit, self.end) = (gives_up, End::GivesUp(holder));
                }
                self.scan_row(holder, distance);
            }
        }
        let limit = self.limit;
        for (mentor, distance) in &self.seen {
            self.market.price[*mentor as usize] += (limit - distance).max(0);
        }
        for (row, distance) in &self.rows {
            self.profit[*row as usize] -= (limit - distance).max(0);
        }
        let end = match self.end {
            End::Here => return,
            End::Node(mentor) => mentor,
            End::GivesUp(holder) => {
                let mentor = self.market.mate[holder as usize];
                self.market.leave(holder as usize);
                mentor
            }
        };
        let mentors = &self.mentors;
        self.market.shift(|mentor| mentors[mentor].from, end);
    }

    fn is_done(&self, mentor: u32) -> bool {
        self.mentors[mentor as usize].search == self.search | DONE
    }

    /// Looks at every candidate of a mentee reached at this distance. A free place bounds all that follows.
    fn scan_row(&mut self, mentee: u32, distance: i32) {
        self.scans += 1;
        self.rows.push((mentee, distance));
        let base = distance + self.profit[mentee as usize];
        for edge in self.market.row(mentee as usize) {
            let mentor = edge.mentor();
            let next = base - edge.score() + self.market.price[mentor];
            if next >= self.limit {
                continue;
            }
            let node = &mut self.mentors[mentor];
            if node.search & !DONE == self.search && node.distance <= next {
                continue;
            }
            *node = Reached { search: self.search, distance: next, from: mentee };
            if self.market.has_free(mentor) {
                (self.limit, self.end) = (next, End::Node(number(mentor)));
            } else {
                self.queue(number(mentor), next, distance);
            }
        }
    }

    /// From a free place that has a price to the nearest mentee who can come; or the price falls to nothing.
    fn backward(&mut self, root: usize, columns: &Columns) {
        self.begin_search(self.market.price[root]);
        self.scan_column(number(root), 0, columns);
        let mut now = 0;
        while let Some((mentee, distance)) = self.nearest(now) {
            if distance >= self.limit {
                break;
            }
            if self.mentees[mentee as usize].distance != distance || self.is_row_done(mentee) {
                continue;
            }
            now = distance;
            self.rows.push((mentee, distance));
            self.mentees[mentee as usize].search = self.search | DONE;
            let mentor = self.market.mate[mentee as usize];
            let node = self.mentors[mentor as usize];
            if node.search != self.search {
                self.mentors[mentor as usize] = Reached { search: self.search, distance, from: mentee };
                self.scan_column(mentor, distance, columns);
            }
        }
        let limit = self.limit;
        for (mentor, distance) in &self.seen {
            self.market.price[*mentor as usize] -= (limit - distance).max(0);
        }
        for (row, distance) in &self.rows {
            self.profit[*row as usize] += (limit - distance).max(0);
        }
        let (End::Node(last) | End::GivesUp(last)) = self.end else { return };
        let mut moves = Vec::new();
        let mut mentee = last;
        loop {
            let mentor = self.mentees[mentee as usize].from;
            moves.push((mentee, mentor));
            if mentor as usize == root {
                break;
            }
            mentee = self.mentors[mentor as usize].from;
        }
        for (mentee, mentor) in moves.into_iter().rev() {
            self.market.go(mentee as usize, mentor);
        }
    }

    fn is_row_done(&self, mentee: u32) -> bool {
        self.mentees[mentee as usize].search == self.search | DONE
    }

    /// Looks at everybody who could come to a mentor reached at this distance. Who is without a mentor, or leaves a
    /// place that costs little, bounds all that follows.
    fn scan_column(&mut self, mentor: u32, distance: i32, columns: &Columns) {
        self.mentors[mentor as usize].search = self.search;
        self.seen.push((mentor, distance));
        let base = distance + self.market.price[mentor as usize];
        for (mentee, score) in columns.of_mentor(mentor as usize) {
            let next = base - score + self.profit[mentee];
            let node = &mut self.mentees[mentee];
            let farther = node.search & !DONE == self.search && node.distance <= next;
            if next >= self.limit || farther {
                continue;
            }
            *node = Reached { search: self.search, distance: next, from: mentor };
            let left = self.market.mate[mentee];
            if left == NOBODY {
                (self.limit, self.end) = (next, End::Node(number(mentee)));
                continue;
            }
            let gives_up = next + self.market.price[left as usize];
            if gives_up < self.limit {
                (self.limit, self.end) = (gives_up, End::GivesUp(number(mentee)));
            }
            self.queue(number(mentee), next, distance);
        }
    }
}

/// The bit that tells a node done with from one only reached.
const DONE: u32 = 1 << 31;
