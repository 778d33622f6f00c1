//! An optimum that can be changed and stays one: mentors are closed, opened again, or must have so many mentees, and a
//! few shortest paths mend what that breaks.
//!
//! Kept between two changes (complementary slackness, as for the flow itself): no mentee could have more than
//! `profit` at the prices, and whoever has a mentor has just that; a mentor with fewer than the most has no price above nothing;
//! a mentor with more than the least has none below. So every state is the best for its bounds, and `worth` bounds all
//! that can be had within them.

mod graph;
mod paths;

use super::market::{Market, NOBODY, number};
pub(super) use graph::Graph;
pub(super) use paths::Scratch;

/// Who is with whom, at which prices, within which bounds.
#[derive(Clone)]
pub(super) struct Flow {
    pub(super) price: Vec<i64>,
    pub(super) profit: Vec<i64>,
    /// The mentor of each mentee.
    pub(super) mate: Vec<u32>,
    /// The mentees of a mentor are the first so many of the places.
    holder: Vec<u32>,
    pub(super) load: Vec<u32>,
    pub(super) least: Vec<u32>,
    pub(super) most: Vec<u32>,
    /// Points less what staying without a mentor costs.
    pub(super) worth: i64,
}

impl Flow {
    /// What the market was solved to.
    pub(super) fn of(graph: &Graph, market: &Market) -> Self {
        let mut flow = Self {
            price: market.price.iter().map(|price| i64::from(*price)).collect(),
            profit: vec![0; graph.mentees()],
            mate: vec![NOBODY; graph.mentees()],
            holder: vec![NOBODY; graph.all_seats()],
            load: vec![0; graph.mentors()],
            least: vec![0; graph.mentors()],
            most: (0..graph.mentors()).map(|mentor| number(graph.places(mentor))).collect(),
            worth: 0,
        };
        for mentee in 0..graph.mentees() {
            flow.profit[mentee] = flow.best(graph, mentee);
            if !graph.is_apart(mentee) {
                flow.worth -= graph.refusal();
            }
            if market.mate[mentee] != NOBODY {
                flow.come(graph, number(mentee), market.mate[mentee]);
            }
        }
        flow
    }

    /// Nobody may be with the mentor any more.
    pub(super) fn close(&mut self, graph: &Graph, scratch: &mut Scratch, mentor: usize) {
        let holders = self.holders(graph, mentor).to_vec();
        (self.most[mentor], self.least[mentor]) = (0, 0);
        self.price[mentor] = graph.closed();
        self.place_again(graph, scratch, &holders);
    }

    /// The mentor has at least so many. Nothing comes back if that can't be.
    pub(super) fn fill(
        mut self,
        graph: &Graph,
        scratch: &mut Scratch,
        mentor: usize,
        least: u32,
    ) -> Option<Self> {
        if self.most[mentor] < least {
            return None;
        }
        self.least[mentor] = least;
        while self.load[mentor] < least {
            if !self.pull(graph, scratch, mentor, i64::MAX) {
                return None;
            }
        }
        Some(self)
    }

    /// The mentor may have any number again.
    pub(super) fn free(&mut self, graph: &Graph, scratch: &mut Scratch, mentor: usize) {
        self.least[mentor] = 0;
        self.most[mentor] = number(graph.places(mentor));
        if self.price[mentor] < 0 {
            // They were asked to come and may go where it is better for all.
            self.price[mentor] = 0;
            let holders = self.holders(graph, mentor).to_vec();
            self.place_again(graph, scratch, &holders);
        }
        self.offer(graph, scratch, mentor);
    }

    /// Free places of the mentor go to whoever they bring most, as long as they bring anything.
    pub(super) fn offer(&mut self, graph: &Graph, scratch: &mut Scratch, mentor: usize) {
        let offers = graph.column(mentor).map(|(mentee, score)| score - self.profit[mentee]);
        self.price[mentor] = offers.fold(0, i64::max);
        while self.price[mentor] > 0 && self.load[mentor] < self.most[mentor] {
            let price = self.price[mentor];
            self.pull(graph, scratch, mentor, price);
        }
    }

    /// The mentor may have so many from now on, and nobody else.
    pub(super) fn set_most(&mut self, graph: &mut Graph, scratch: &mut Scratch, mentor: usize, most: u32) {
        if let Some(begin) = graph.make_room(mentor, most) {
            self.holder.resize(graph.all_seats(), NOBODY);
            let seats = begin..begin + self.load[mentor] as usize;
            self.holder.copy_within(seats, graph.first_seat(mentor));
        }
        self.most[mentor] = most;
        while self.load[mentor] > most {
            self.push_out(graph, scratch, number(mentor));
        }
        if self.load[mentor] < most {
            self.offer(graph, scratch, mentor);
        }
    }

    /// Somebody takes part from now on.
    pub(super) fn admit(&mut self, graph: &Graph, scratch: &mut Scratch, mentee: usize) {
        self.profit[mentee] = self.best(graph, mentee);
        self.seat(graph, scratch, number(mentee));
    }

    pub(super) fn holders(&self, graph: &Graph, mentor: usize) -> &[u32] {
        let first = graph.first_seat(mentor);
        &self.holder[first..first + self.load[mentor] as usize]
    }

    /// These let go and look for what is best now.
    fn place_again(&mut self, graph: &Graph, scratch: &mut Scratch, mentees: &[u32]) {
        for mentee in mentees {
            self.leave(graph, *mentee);
        }
        for mentee in mentees {
            self.profit[*mentee as usize] = self.best(graph, *mentee as usize);
            self.seat(graph, scratch, *mentee);
        }
    }

    /// The best the mentee can have at these prices, staying without a mentor included.
    pub(super) fn best(&self, graph: &Graph, mentee: usize) -> i64 {
        let row = graph.row(mentee).iter();
        let offers = row.map(|edge| i64::from(edge.score()) - self.price[edge.mentor()]);
        offers.fold(-graph.refusal(), i64::max)
    }

    pub(super) fn come(&mut self, graph: &Graph, mentee: u32, mentor: u32) {
        let load = &mut self.load[mentor as usize];
        self.holder[graph.first_seat(mentor as usize) + *load as usize] = mentee;
        *load += 1;
        self.mate[mentee as usize] = mentor;
        self.worth += graph.refusal() + graph.score(mentee as usize, mentor).unwrap_or(0);
    }

    pub(super) fn leave(&mut self, graph: &Graph, mentee: u32) {
        let mentor = std::mem::replace(&mut self.mate[mentee as usize], NOBODY);
        if mentor == NOBODY {
            return;
        }
        let first = graph.first_seat(mentor as usize);
        let last = first + self.load[mentor as usize] as usize - 1;
        let found = (first..last).find(|at| self.holder[*at] == mentee).unwrap_or(last);
        self.holder.swap(found, last);
        self.holder[last] = NOBODY;
        self.load[mentor as usize] -= 1;
        self.worth -= graph.refusal() + graph.score(mentee as usize, mentor).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests;
