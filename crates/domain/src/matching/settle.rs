//! Ties: which of the answers with the same number of pairs and the same points it shall be.
//!
//! At optimal prices the optima are exactly the answers made of «tight» pairs (nobody could have more than these
//! give) in which every mentee who is better off with a mentor has one and every place with a price is taken.
//! One optimum is turned into another by moving people around a circle of tight pairs, perhaps through the
//! outside: a free place that costs nothing, a mentee to whom staying without is worth as much.
//!
//! First the fairest: the lowest score is raised as long as a circle allows it. Then, in the order of numbers,
//! each mentee gets the lowest mentor any circle still allows. The answer is one, whoever found the first.

use std::collections::VecDeque;

use super::market::{Market, NOBODY, number};

/// Makes the answer in the market the one answer.
pub(super) fn settle(market: &mut Market) {
    let mut circles = Circles::over(market);
    let floor = circles.raise_the_lowest();
    circles.lower_number_first(floor);
}

/// How a mentor was reached: somebody comes, or the place there is given to the outside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Unreached,
    Comes(u32),
    FromOutside,
}

/// How the outside was reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exit {
    Unreached,
    GivesUp(u32),
    FreePlaceAt(u32),
}

struct Circles<'m, 'a> {
    market: &'m mut Market<'a>,
    /// Tight pairs by mentee: mentor and score.
    first: Vec<u32>,
    tight: Vec<(u32, i32)>,
    /// Mentees to whom staying without a mentor is worth as much as having one.
    indifferent: Vec<bool>,
    settled: Vec<bool>,
    ways: Vec<Way>,
    reached: Vec<u32>,
    exit: Exit,
}

impl<'m, 'a> Circles<'m, 'a> {
    fn over(market: &'m mut Market<'a>) -> Self {
        let mentees = market.mate.len();
        let mut first = Vec::with_capacity(mentees + 1);
        let (mut tight, mut indifferent) = (Vec::new(), Vec::with_capacity(mentees));
        first.push(0);
        for mentee in 0..mentees {
            let best = market.best(mentee);
            for edge in market.row(mentee) {
                if edge.score() - market.price[edge.mentor()] == best {
                    tight.push((number(edge.mentor()), edge.score()));
                }
            }
            first.push(number(tight.len()));
            indifferent.push(best == -market.refusal && !market.is_apart(mentee));
        }
        let settled = (0..mentees).map(|mentee| market.is_apart(mentee)).collect();
        let ways = vec![Way::Unreached; market.price.len()];
        let (reached, exit) = (Vec::new(), Exit::Unreached);
        Self { market, first, tight, indifferent, settled, ways, reached, exit }
    }

    /// The third objective. Returns the lowest score, which can't be raised any more.
    fn raise_the_lowest(&mut self) -> i32 {
        let scores: Vec<Option<i32>> =
            (0..self.settled.len()).map(|mentee| self.market.score_of(mentee)).collect();
        let mut levels: Vec<i32> = scores.into_iter().flatten().collect();
        levels.sort_unstable();
        let Some(mut lowest) = levels.first().copied() else { return 0 };
        loop {
            let worst_off = |circles: &Self, mentee: &usize| {
                circles.market.score_of(*mentee).is_some_and(|score| score <= lowest)
            };
            let worst: Vec<usize> = (0..self.settled.len()).filter(|one| worst_off(self, one)).collect();
            for mentee in worst {
                let still = self.market.score_of(mentee).is_some_and(|score| score <= lowest);
                if still && !self.turn(mentee, None, lowest + 1) {
                    return lowest;
                }
            }
            let next = (0..self.settled.len()).filter_map(|mentee| self.market.score_of(mentee)).min();
            match next {
                Some(next) => lowest = next,
                None => return lowest,
            }
        }
    }

    /// Among equals the lower number first.
    fn lower_number_first(&mut self, floor: i32) {
        for mentee in 0..self.settled.len() {
            if self.settled[mentee] {
                continue;
            }
            let row = self.first[mentee] as usize..self.first[mentee + 1] as usize;
            for at in row {
                let (mentor, score) = self.tight[at];
                if mentor == self.market.mate[mentee] {
                    break;
                }
                if score >= floor && self.turn(mentee, Some(mentor), floor) {
                    break;
                }
            }
            self.settled[mentee] = true;
        }
    }

    /// Looks for a circle that takes the mentee to the mentor (or to any other, or outside) over pairs of at least
    /// this score, and moves everybody along it.
    fn turn(&mut self, mentee: usize, to: Option<u32>, least: i32) -> bool {
        for mentor in self.reached.drain(..) {
            self.ways[mentor as usize] = Way::Unreached;
        }
        self.exit = Exit::Unreached;
        let home = self.market.mate[mentee];
        let mut queue = VecDeque::new();
        if let Some(mentor) = to {
            self.reach(mentor, Way::Comes(number(mentee)), &mut queue);
        } else {
            self.spread(mentee, least, &mut queue);
            if self.indifferent[mentee] {
                self.exit = Exit::GivesUp(number(mentee));
                self.enter_from_outside(home, least, &mut queue);
            }
        }
        while !self.is_closed(home) {
            let Some(mentor) = queue.pop_front() else { return false };
            self.expand(mentor, home, least, &mut queue);
        }
        self.move_along(mentee, home);
        true
    }

    /// Whether the circle has come back to where the mentee was.
    fn is_closed(&self, home: u32) -> bool {
        if home == NOBODY {
            return self.exit != Exit::Unreached;
        }
        self.ways[home as usize] != Way::Unreached
    }

    fn reach(&mut self, mentor: u32, way: Way, queue: &mut VecDeque<u32>) {
        if self.ways[mentor as usize] == Way::Unreached {
            self.ways[mentor as usize] = way;
            self.reached.push(mentor);
            queue.push_back(mentor);
        }
    }

    /// Everywhere the mentee may go.
    fn spread(&mut self, mentee: usize, least: i32, queue: &mut VecDeque<u32>) {
        for at in self.first[mentee] as usize..self.first[mentee + 1] as usize {
            let (mentor, score) = self.tight[at];
            if score >= least && mentor != self.market.mate[mentee] {
                self.reach(mentor, Way::Comes(number(mentee)), queue);
            }
        }
    }

    /// One more came to the mentor: a free place takes them in, or somebody moves on.
    fn expand(&mut self, mentor: u32, home: u32, least: i32, queue: &mut VecDeque<u32>) {
        if self.exit == Exit::Unreached && self.market.has_free(mentor as usize) {
            self.exit = Exit::FreePlaceAt(mentor);
            self.enter_from_outside(home, least, queue);
        }
        for place in self.market.places_of(mentor as usize) {
            let holder = self.market.holder_of(place);
            if holder == NOBODY || self.settled[holder as usize] {
                continue;
            }
            if self.exit == Exit::Unreached && self.indifferent[holder as usize] {
                self.exit = Exit::GivesUp(holder);
                self.enter_from_outside(home, least, queue);
            }
            self.spread(holder as usize, least, queue);
        }
    }

    /// The outside has one more place taken from it, so it may give one: at a mentor whose place costs nothing,
    /// or to a mentee who is without.
    fn enter_from_outside(&mut self, home: u32, least: i32, queue: &mut VecDeque<u32>) {
        let gives = |market: &Market, mentor: usize| {
            market.price[mentor] == 0 && market.holders(mentor).iter().any(|holder| *holder != NOBODY)
        };
        if home == NOBODY {
            return;
        }
        if gives(self.market, home as usize) {
            self.reach(home, Way::FromOutside, queue);
            return;
        }
        for mentor in 0..self.ways.len() {
            if gives(self.market, mentor) {
                self.reach(number(mentor), Way::FromOutside, queue);
            }
        }
        for mentee in 0..self.settled.len() {
            let without = self.market.mate[mentee] == NOBODY && !self.settled[mentee];
            if without && self.indifferent[mentee] {
                self.spread(mentee, least, queue);
            }
        }
    }

    /// Moves everybody on the circle, from its end back to the mentee it was made for.
    fn move_along(&mut self, mentee: usize, home: u32) {
        let mut moves = Vec::new();
        let mut at = home;
        loop {
            let (mover, to) = if at == NOBODY {
                match self.exit {
                    Exit::GivesUp(holder) => (holder, NOBODY),
                    Exit::FreePlaceAt(mentor) => {
                        at = mentor;
                        continue;
                    }
                    Exit::Unreached => break,
                }
            } else {
                match self.ways[at as usize] {
                    Way::Comes(comer) => (comer, at),
                    Way::FromOutside => {
                        at = NOBODY;
                        continue;
                    }
                    Way::Unreached => break,
                }
            };
            moves.push((mover as usize, to));
            if mover as usize == mentee {
                break;
            }
            at = self.market.mate[mover as usize];
        }
        for (mover, _) in &moves {
            self.market.leave(*mover);
        }
        for (mover, to) in moves.into_iter().filter(|(_, to)| *to != NOBODY) {
            self.market.go(mover, to);
        }
    }
}
