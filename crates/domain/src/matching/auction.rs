//! The rough work: places go to whoever bids most, in steps of `eps` points.
//!
//! After Bertsekas (forward and reverse auction with scaling). What comes out is near the optimum; the exact end
//! (`augment`) makes it one. Nothing here has to be believed: the certificate judges the end.

use super::hopcroft_karp::most_pairs;
use super::market::{Columns, Market, NOBODY, number};

/// What the two best offers of a mentee are worth.
struct Offers {
    best: i32,
    second: i32,
    mentor: u32,
}

/// An auction over the whole market.
pub(super) struct Auction<'m, 'a> {
    market: &'m mut Market<'a>,
    /// What each place was last taken for.
    level: Vec<i32>,
    /// Bidders, the last first.
    waiting: Vec<u32>,
}

impl<'m, 'a> Auction<'m, 'a> {
    /// Everybody who is with nobody is going to bid.
    pub(super) fn begin(market: &'m mut Market<'a>) -> Self {
        let level = vec![0; market.places()];
        let waiting = (0..market.mate.len()).rev().filter(|mentee| market.mate[*mentee] == NOBODY);
        let waiting = waiting.map(number).collect();
        Self { market, level, waiting }
    }

    pub(super) fn columns(&self) -> Columns {
        Columns::of(self.market)
    }

    /// Finds who can't have a mentor whatever the prices, and makes what they wait for dearer than any points: from
    /// here on staying without a mentor costs `refusal`.
    pub(super) fn raise_what_is_short(&mut self, refusal: i32) {
        let short = most_pairs(self.market);
        let more = refusal - self.market.refusal;
        for (price, short) in self.market.price.iter_mut().zip(short) {
            *price += if short { more } else { 0 };
        }
        self.market.refusal = refusal;
    }

    /// Mentees bid until nobody wants to: each takes the cheapest place of the best mentor and pays as much as
    /// makes the second best just as good, and `eps` more.
    pub(super) fn forward(&mut self, eps: i32) {
        while let Some(mentee) = self.waiting.pop() {
            let offers = self.offers(mentee as usize, NOBODY);
            if offers.mentor == NOBODY {
                continue;
            }
            let mentor = offers.mentor as usize;
            let asked = self.market.price[mentor];
            let found = self.market.places_of(mentor).find(|place| self.level[*place] == asked);
            let Some(place) = found else { continue };
            self.level[place] = asked + (offers.best - offers.second) + eps;
            let displaced = self.market.take(mentee as usize, offers.mentor, place);
            if displaced != NOBODY {
                self.waiting.push(displaced);
            }
            self.reprice(mentor);
        }
    }

    /// Prepares for smaller steps: prices fall by the step that was, whoever is near enough to their best stays
    /// and the others bid again.
    pub(super) fn refine(&mut self, before: i32, eps: i32) {
        let refusal = self.market.refusal;
        for mentor in 0..self.market.price.len() {
            if self.market.is_closed(mentor) {
                continue;
            }
            // A mentor who is short never gets cheaper than all refusals, one who is not never under nothing.
            let price = &mut self.market.price[mentor];
            let floor = if *price >= refusal { refusal } else { 0 };
            *price = (*price - before).max(floor);
        }
        self.waiting.clear();
        for mentor in 0..self.market.price.len() {
            let asked = self.market.price[mentor];
            for place in self.market.places_of(mentor) {
                self.level[place] = asked;
            }
        }
        for mentor in 0..self.market.price.len() {
            for place in self.market.places_of(mentor) {
                let holder = self.market.holder_of(place);
                if holder == NOBODY {
                    continue;
                }
                let elsewhere = self.offers(holder as usize, number(mentor)).best;
                let score = self.market.score_of(holder as usize).unwrap_or(0);
                let margin = score - self.market.price[mentor] - elsewhere;
                if margin < -eps {
                    self.market.leave(holder as usize);
                } else {
                    self.level[place] = self.market.price[mentor] + margin + eps;
                }
            }
        }
        for mentor in 0..self.market.price.len() {
            self.reprice(mentor);
        }
        for mentee in (0..self.market.mate.len()).rev() {
            if self.market.mate[mentee] == NOBODY && !self.market.is_apart(mentee) {
                self.waiting.push(number(mentee));
            }
        }
    }

    /// Free places that have a price bid for mentees, each lowering it as far as it must.
    pub(super) fn reverse(&mut self, eps: i32, columns: &Columns) {
        let mut profit: Vec<i32> = (0..self.market.mate.len()).map(|mentee| self.profit(mentee)).collect();
        let mut free: Vec<(u32, u32)> = Vec::new();
        for mentor in 0..self.market.price.len() {
            for place in self.market.places_of(mentor) {
                if self.level[place] > 0 && self.market.holder_of(place) == NOBODY {
                    free.push((number(place), number(mentor)));
                }
            }
        }
        while let Some((place, mentor)) = free.pop() {
            let (place, mentor) = (place as usize, mentor as usize);
            let (mut best, mut second, mut comes) = (0, 0, NOBODY);
            for (mentee, score) in columns.of_mentor(mentor) {
                let value = score - profit[mentee];
                if value <= second || self.market.mate[mentee] as usize == mentor {
                    continue;
                }
                if value > best {
                    (second, best, comes) = (best, value, number(mentee));
                } else {
                    second = value;
                }
            }
            let asked = (second - eps).clamp(0, self.level[place]);
            self.level[place] = asked;
            if comes != NOBODY {
                let left = self.leave(comes as usize);
                self.market.take(comes as usize, number(mentor), place);
                profit[comes as usize] = self.market.score_of(comes as usize).unwrap_or(0) - asked;
                free.extend(left.filter(|(place, _)| self.level[*place as usize] > 0));
            }
            self.reprice(mentor);
            self.raise_profits(mentor, &mut profit);
        }
    }

    /// Frees the place of a mentee and tells which it was.
    fn leave(&mut self, mentee: usize) -> Option<(u32, u32)> {
        let mentor = self.market.mate[mentee];
        if mentor == NOBODY {
            return None;
        }
        let mut places = self.market.places_of(mentor as usize);
        let place = places.find(|place| self.market.holder_of(*place) == number(mentee))?;
        self.market.leave(mentee);
        Some((number(place), mentor))
    }

    /// A mentor who got cheaper is worth more to everybody there.
    fn raise_profits(&self, mentor: usize, profit: &mut [i32]) {
        for holder in self.market.holders(mentor) {
            if *holder != NOBODY {
                let score = self.market.score_of(*holder as usize).unwrap_or(0);
                profit[*holder as usize] = score - self.market.price[mentor];
            }
        }
    }

    fn profit(&self, mentee: usize) -> i32 {
        match self.market.score_of(mentee) {
            Some(score) => score - self.market.price[self.market.mate[mentee] as usize],
            None => -self.market.refusal,
        }
    }

    /// The two best a mentee can have, not counting one mentor; staying without is one of them.
    fn offers(&self, mentee: usize, except: u32) -> Offers {
        let nothing = -self.market.refusal;
        let mut offers = Offers { best: nothing - 1, second: nothing - 1, mentor: NOBODY };
        let price = &self.market.price[..];
        for edge in self.market.row(mentee) {
            let value = edge.score() - price[edge.mentor()];
            if value > offers.second && edge.mentor() != except as usize {
                if value > offers.best {
                    offers = Offers { best: value, second: offers.best, mentor: number(edge.mentor()) };
                } else {
                    offers.second = value;
                }
            }
        }
        offers.best = offers.best.max(nothing);
        offers.second = offers.second.max(nothing);
        offers
    }

    /// A mentor costs what the cheapest place does.
    fn reprice(&mut self, mentor: usize) {
        if let Some(least) = self.level[self.market.places_of(mentor)].iter().min() {
            self.market.price[mentor] = *least;
        }
    }
}
