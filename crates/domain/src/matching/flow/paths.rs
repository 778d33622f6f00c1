//! The two searches that mend a [`Flow`]: somebody without a place, and a place without somebody. Dijkstra over reduced
//! costs, which never are below nothing because the prices stay feasible.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{Flow, Graph};
use crate::matching::market::{NOBODY, number};

/// What the searches keep between them.
pub(in crate::matching) struct Scratch {
    search: u32,
    mentors: Vec<Reached>,
    mentees: Vec<Reached>,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
    /// Done with, with their distance.
    seen_mentors: Vec<(u32, i64)>,
    seen_mentees: Vec<(u32, i64)>,
    /// How far the nearest end found so far is, and which it is.
    limit: i64,
    end: End,
}

/// A node of a search: in which one it was reached, whether it is done with, how far, from whom.
#[derive(Clone, Copy, Default)]
struct Reached {
    search: u32,
    is_done: bool,
    distance: i64,
    from: u32,
}

/// Where a path ends.
#[derive(Clone, Copy)]
enum End {
    Nowhere,
    /// At a free place of this mentor, or at this mentee.
    Node(u32),
    /// By this mentee giving up the place.
    GivesUp(u32),
}

impl Scratch {
    pub(in crate::matching) fn of(graph: &Graph) -> Self {
        Self {
            search: 0,
            mentors: vec![Reached::default(); graph.mentors()],
            mentees: vec![Reached::default(); graph.mentees()],
            heap: BinaryHeap::new(),
            seen_mentors: Vec::new(),
            seen_mentees: Vec::new(),
            limit: 0,
            end: End::Nowhere,
        }
    }

    fn begin(&mut self, limit: i64, end: End) {
        if self.search == u32::MAX {
            self.mentors.fill(Reached::default());
            self.mentees.fill(Reached::default());
            self.search = 0;
        }
        self.search += 1;
        self.heap.clear();
        self.seen_mentors.clear();
        self.seen_mentees.clear();
        (self.limit, self.end) = (limit, end);
    }

    fn ends(&mut self, distance: i64, end: End) {
        if distance < self.limit {
            (self.limit, self.end) = (distance, end);
        }
    }
}

impl Flow {
    /// Finds a place for somebody without one; whoever loses least by it stays without.
    pub(super) fn seat(&mut self, graph: &Graph, scratch: &mut Scratch, mentee: u32) {
        scratch.begin(self.profit[mentee as usize] + graph.refusal(), End::GivesUp(mentee));
        self.scan_row(graph, scratch, mentee, 0);
        self.search_forward(graph, scratch);
        self.move_from(graph, scratch, NOBODY);
    }

    /// The mentor has one mentee too many: one moves on or stays without a mentor, whichever costs least.
    pub(super) fn push_out(&mut self, graph: &Graph, scratch: &mut Scratch, mentor: u32) {
        scratch.begin(i64::MAX, End::Nowhere);
        scratch.mentors[mentor as usize] =
            Reached { search: scratch.search, is_done: false, distance: 0, from: NOBODY };
        scratch.heap.push(Reverse((0, mentor)));
        self.search_forward(graph, scratch);
        self.move_from(graph, scratch, mentor);
    }

    /// From what is in the heap to the nearest free place, or to the mentee who loses least by staying without.
    fn search_forward(&mut self, graph: &Graph, scratch: &mut Scratch) {
        while let Some(Reverse((distance, mentor))) = scratch.heap.pop() {
            let at = mentor as usize;
            if distance >= scratch.limit {
                break;
            }
            if scratch.mentors[at].is_done || scratch.mentors[at].distance != distance {
                continue;
            }
            scratch.mentors[at].is_done = true;
            scratch.seen_mentors.push((mentor, distance));
            for holder in self.holders(graph, at) {
                let gives_up = distance + self.profit[*holder as usize] + graph.refusal();
                scratch.ends(gives_up, End::GivesUp(*holder));
                self.scan_row(graph, scratch, *holder, distance);
            }
        }
        for (mentor, distance) in &scratch.seen_mentors {
            self.price[*mentor as usize] += (scratch.limit - distance).max(0);
        }
        for (row, distance) in &scratch.seen_mentees {
            self.profit[*row as usize] -= (scratch.limit - distance).max(0);
        }
    }

    /// Whoever is at the end of the path goes there, the next takes the place left, until one is free at the root.
    fn move_from(&mut self, graph: &Graph, scratch: &Scratch, root: u32) {
        let mut to = match scratch.end {
            End::Node(mentor) => mentor,
            End::GivesUp(holder) => {
                let left = self.mate[holder as usize];
                self.leave(graph, holder);
                left
            }
            End::Nowhere => NOBODY,
        };
        while to != root {
            let comes = scratch.mentors[to as usize].from;
            let left = self.mate[comes as usize];
            self.leave(graph, comes);
            self.come(graph, comes, to);
            to = left;
        }
    }

    fn scan_row(&self, graph: &Graph, scratch: &mut Scratch, mentee: u32, distance: i64) {
        scratch.seen_mentees.push((mentee, distance));
        let base = distance + self.profit[mentee as usize];
        for edge in graph.row(mentee as usize) {
            let next = base - i64::from(edge.score()) + self.price[edge.mentor()];
            let node = &mut scratch.mentors[edge.mentor()];
            let is_farther = node.search == scratch.search && node.distance <= next;
            if next >= scratch.limit || is_farther {
                continue;
            }
            *node = Reached { search: scratch.search, is_done: false, distance: next, from: mentee };
            if self.load[edge.mentor()] < self.most[edge.mentor()] {
                // Whoever was paid for coming isn't paid any more when somebody comes anyway.
                let paid = (-self.price[edge.mentor()]).max(0);
                scratch.ends(next + paid, End::Node(number(edge.mentor())));
                if paid == 0 {
                    continue;
                }
            }
            scratch.heap.push(Reverse((next, number(edge.mentor()))));
        }
    }

    /// Brings the nearest mentee to a free place of the mentor, if one is nearer than the limit; otherwise the price falls by
    /// the limit. Whether somebody came.
    pub(super) fn pull(&mut self, graph: &Graph, scratch: &mut Scratch, root: usize, limit: i64) -> bool {
        scratch.begin(limit, End::Nowhere);
        self.scan_column(graph, scratch, number(root), 0);
        while let Some(Reverse((distance, mentee))) = scratch.heap.pop() {
            let at = mentee as usize;
            if distance >= scratch.limit {
                break;
            }
            if scratch.mentees[at].is_done || scratch.mentees[at].distance != distance {
                continue;
            }
            scratch.mentees[at].is_done = true;
            scratch.seen_mentees.push((mentee, distance));
            let left = self.mate[at];
            if left != NOBODY && scratch.mentors[left as usize].search != scratch.search {
                scratch.mentors[left as usize].from = mentee;
                self.scan_column(graph, scratch, left, distance);
            }
        }
        if scratch.limit == i64::MAX {
            return false;
        }
        for (mentor, distance) in &scratch.seen_mentors {
            self.price[*mentor as usize] -= (scratch.limit - distance).max(0);
        }
        for (row, distance) in &scratch.seen_mentees {
            self.profit[*row as usize] += (scratch.limit - distance).max(0);
        }
        let (End::Node(last) | End::GivesUp(last)) = scratch.end else { return false };
        let mut moves = Vec::new();
        let mut mentee = last;
        loop {
            let to = scratch.mentees[mentee as usize].from;
            moves.push((mentee, to));
            if to as usize == root {
                break;
            }
            mentee = scratch.mentors[to as usize].from;
        }
        for (mentee, _) in &moves {
            self.leave(graph, *mentee);
        }
        for (mentee, to) in moves {
            self.come(graph, mentee, to);
        }
        true
    }

    /// Looks at everybody who could come to a mentor with a place to fill.
    fn scan_column(&self, graph: &Graph, scratch: &mut Scratch, mentor: u32, distance: i64) {
        scratch.mentors[mentor as usize].search = scratch.search;
        scratch.seen_mentors.push((mentor, distance));
        let base = distance + self.price[mentor as usize];
        for (mentee, score) in graph.column(mentor as usize) {
            let next = base - score + self.profit[mentee];
            let node = &mut scratch.mentees[mentee];
            let is_farther = node.search == scratch.search && node.distance <= next;
            if next >= scratch.limit || is_farther {
                continue;
            }
            *node = Reached { search: scratch.search, is_done: false, distance: next, from: mentor };
            let left = self.mate[mentee];
            if left == NOBODY {
                scratch.ends(next, End::Node(number(mentee)));
                continue;
            }
            if self.load[left as usize] > self.least[left as usize] {
                let gives_up = next + self.price[left as usize];
                scratch.ends(gives_up, End::GivesUp(number(mentee)));
            }
            scratch.heap.push(Reverse((next, number(mentee))));
        }
    }
}
