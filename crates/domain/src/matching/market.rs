//! What the steps of the solver share: who is with whom, what a place costs, which way pairs move.

use std::hint::black_box;
use std::ops::Range;

use super::instance::{Candidate, Instance};

/// Nobody; also «not reached».
pub(super) const NOBODY: u32 = u32::MAX;

/// So many candidates lie in what the memory hands over at a time.
const LINE: usize = 16;

/// Prices, places and pairs in the course of solving.
///
/// A mentor's price is what taking one of their places costs the others; a mentee's profit from a mentor is the
/// score less the price, and staying without a mentor is worth `-refusal`.
pub(super) struct Market<'a> {
    pub(super) instance: &'a Instance,
    pub(super) refusal: i32,
    pub(super) price: Vec<i32>,
    /// The mentor of each mentee.
    pub(super) mate: Vec<u32>,
    /// Where the places of each mentor begin; one more at the end.
    first: Vec<u32>,
    /// The mentee at each place.
    holder: Vec<u32>,
    /// Where the row of each mentee begins and ends; empty for mentees who take no part, because their pair stays.
    rows: Vec<(u32, u32)>,
}

impl<'a> Market<'a> {
    /// Nobody is with anybody; every place costs nothing.
    pub(super) fn open(instance: &'a Instance) -> Self {
        let mut taken = vec![0_u16; instance.mentors()];
        for pair in instance.fixed() {
            taken[pair.mentor as usize] += 1;
        }
        let refusal = instance.refusal();
        // More places than mentees never matter; one that stays free keeps the price at nothing.
        let most = number(instance.mentees().saturating_add(1));
        let mut first = Vec::with_capacity(instance.mentors() + 1);
        let mut price = vec![0; instance.mentors()];
        let mut end = 0;
        first.push(0);
        for mentor in 0..instance.mentors() {
            let free = u32::from(instance.places(mentor) - taken[mentor]);
            if free == 0 {
                price[mentor] = closed(refusal);
            }
            end += free.min(most);
            first.push(end);
        }
        let holder = vec![NOBODY; end as usize];
        let (mate, rows) = (vec![NOBODY; instance.mentees()], rows(instance));
        Self { instance, refusal, price, mate, first, holder, rows }
    }

    /// The candidates of a mentee.
    pub(super) fn row(&self, mentee: usize) -> &'a [Candidate] {
        let (begin, end) = self.rows[mentee];
        self.instance.stretch(begin, end)
    }

    /// The mentee's row is going to be needed.
    pub(super) fn call_up(&self, mentee: usize) {
        call_up(self.row(mentee));
    }

    /// Nobody can be proposed to this mentee.
    pub(super) fn is_apart(&self, mentee: usize) -> bool {
        let (begin, end) = self.rows[mentee];
        begin == end
    }

    /// Places of the mentor, as numbers of places.
    pub(super) fn places_of(&self, mentor: usize) -> Range<usize> {
        self.first[mentor] as usize..self.first[mentor + 1] as usize
    }

    pub(super) fn places(&self) -> usize {
        self.holder.len()
    }

    /// Mentees with the mentor, `NOBODY` for a free place.
    pub(super) fn holders(&self, mentor: usize) -> &[u32] {
        &self.holder[self.places_of(mentor)]
    }

    pub(super) fn holder_of(&self, place: usize) -> u32 {
        self.holder[place]
    }

    pub(super) fn has_free(&self, mentor: usize) -> bool {
        self.holders(mentor).contains(&NOBODY)
    }

    /// Nobody can come to this mentor: no places at all.
    pub(super) fn is_closed(&self, mentor: usize) -> bool {
        self.first[mentor] == self.first[mentor + 1]
    }

    /// The mentee takes this very place; whoever is there has to look anew and is returned.
    pub(super) fn take(&mut self, mentee: usize, mentor: u32, place: usize) -> u32 {
        let displaced = std::mem::replace(&mut self.holder[place], number(mentee));
        if displaced != NOBODY {
            self.mate[displaced as usize] = NOBODY;
        }
        self.mate[mentee] = mentor;
        displaced
    }

    /// The mentee goes to a mentor with a free place; the old place becomes free.
    pub(super) fn go(&mut self, mentee: usize, mentor: u32) {
        self.leave(mentee);
        let free = self.places_of(mentor as usize).find(|place| self.holder[*place] == NOBODY);
        if let Some(place) = free {
            self.take(mentee, mentor, place);
        }
    }

    /// The mentee's place becomes free.
    pub(super) fn leave(&mut self, mentee: usize) {
        let mentor = std::mem::replace(&mut self.mate[mentee], NOBODY);
        if mentor == NOBODY {
            return;
        }
        let sought = number(mentee);
        for place in self.places_of(mentor as usize) {
            if self.holder[place] == sought {
                self.holder[place] = NOBODY;
            }
        }
    }

    /// Whoever is named at the mentor with a free place comes there, then the next takes what that one left.
    pub(super) fn shift(&mut self, comes: impl Fn(usize) -> u32, end: u32) {
        let mut mentor = end;
        while mentor != NOBODY {
            let mentee = comes(mentor as usize) as usize;
            let left = self.mate[mentee];
            self.go(mentee, mentor);
            mentor = left;
        }
    }

    /// The best the mentee can have at these prices: at least nothing.
    pub(super) fn best(&self, mentee: usize) -> i32 {
        let profits = self.row(mentee).iter().map(|edge| edge.score() - self.price[edge.mentor()]);
        profits.fold(-self.refusal, i32::max)
    }

    /// The score of the pair the mentee is in.
    pub(super) fn score_of(&self, mentee: usize) -> Option<i32> {
        let mentor = self.mate[mentee];
        if mentor == NOBODY {
            return None;
        }
        self.instance.score(mentee, mentor).map(i32::from)
    }
}

/// Numbers come from vectors whose length was checked to fit.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(NOBODY)
}

/// Where the row of each mentee begins and ends; empty for mentees who take no part, because their pair stays.
fn rows(instance: &Instance) -> Vec<(u32, u32)> {
    let mut rows: Vec<(u32, u32)> = (0..instance.mentees()).map(|mentee| instance.span(mentee)).collect();
    for pair in instance.fixed() {
        rows[pair.mentee as usize] = (0, 0);
    }
    rows
}

/// Reads what a list lies in without waiting for it, so that it is there when it is needed.
fn call_up(list: &[Candidate]) {
    black_box(list.iter().step_by(LINE).fold(0, |all, edge| all ^ edge.score()));
}

/// A price nobody pays: even staying without a mentor is better.
pub(super) const fn closed(refusal: i32) -> i32 {
    refusal + 2001
}

/// Candidates by mentor: the same pairs the other way round.
pub(super) struct Columns {
    first: Vec<u32>,
    /// A mentee instead of the mentor.
    edges: Vec<Candidate>,
}

impl Columns {
    pub(super) fn of(instance: &Instance) -> Self {
        let rows = rows(instance);
        let row = |mentee: usize| instance.stretch(rows[mentee].0, rows[mentee].1);
        let mut first = vec![0_u32; instance.mentors() + 1];
        for mentee in 0..instance.mentees() {
            for edge in row(mentee) {
                first[edge.mentor() + 1] += 1;
            }
        }
        for mentor in 0..instance.mentors() {
            first[mentor + 1] += first[mentor];
        }
        let mut next = first.clone();
        let mut edges = vec![Candidate::default(); first[instance.mentors()] as usize];
        for mentee in 0..instance.mentees() {
            for edge in row(mentee) {
                let at = &mut next[edge.mentor()];
                edges[*at as usize] = edge.seen_from(mentee);
                *at += 1;
            }
        }
        Self { first, edges }
    }

    pub(super) fn of_mentor(&self, mentor: usize) -> impl Iterator<Item = (usize, i32)> + '_ {
        self.list(mentor).iter().map(|edge| (edge.mentor(), edge.score()))
    }

    /// The mentor's list is going to be needed.
    pub(super) fn call_up(&self, mentor: usize) {
        call_up(self.list(mentor));
    }

    pub(super) fn list(&self, mentor: usize) -> &[Candidate] {
        &self.edges[self.first[mentor] as usize..self.first[mentor + 1] as usize]
    }
}
