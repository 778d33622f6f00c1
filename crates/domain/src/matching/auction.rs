//! The rough work: places go to whoever bids most, in steps of `eps` points.
//!
//! After Bertsekas (forward and reverse auction with scaling). What comes out is near the optimum; the exact end
//! (`augment`) makes it one. Nothing here has to be believed: the certificate judges the end.
//!
//! What takes time is waiting for memory. So mentees come to bid a few at a time, and their rows are called up together.

use super::cores::{LARGE, each};
use super::market::{Columns, Market, NOBODY, number};
use super::most_pairs::most_pairs;

/// What the two best offers of a mentee are worth.
struct Offers {
    best: i32,
    second: i32,
    mentor: u32,
}

/// So many bidders are called up together in a large market.
const CALLED: usize = 16;

/// A place that is or was taken.
#[derive(Clone, Copy, Default)]
struct Asked {
    /// What it was last taken for.
    level: i32,
    /// The score of the pair there.
    points: i32,
}

/// A mentee's pair, and by how much it is better than everything else there is for them.
struct Match {
    score: i32,
    margin: i32,
}

impl Match {
    fn of(market: &Market, mentee: usize) -> Self {
        let (mate, price) = (market.mate[mentee] as usize, &market.price[..]);
        let (mut elsewhere, mut score, mut mine) = (-market.refusal, 0, 0);
        for edge in market.row(mentee) {
            let value = edge.score() - price[edge.mentor()];
            if edge.mentor() == mate {
                (score, mine) = (edge.score(), value);
            } else {
                elsewhere = elsewhere.max(value);
            }
        }
        Self { score, margin: mine - elsewhere }
    }
}

/// An auction over the whole market.
pub(super) struct Auction<'m, 'a> {
    market: &'m mut Market<'a>,
    asked: Vec<Asked>,
    /// Bidders, the last first.
    waiting: Vec<u32>,
}

impl<'m, 'a> Auction<'m, 'a> {
    /// Everybody who is with nobody is going to bid.
    pub(super) fn begin(market: &'m mut Market<'a>) -> Self {
        let asked = vec![Asked::default(); market.places()];
        let waiting = (0..market.mate.len()).rev().filter(|mentee| market.mate[*mentee] == NOBODY);
        let waiting = waiting.map(number).collect();
        Self { market, asked, waiting }
    }

    /// Finds who can't have a mentor whatever the prices, and makes what they wait for dearer than any points: from
    /// here on staying without a mentor costs `refusal`.
    pub(super) fn raise_what_is_short(&mut self, refusal: i32, columns: &Columns) {
        let short = most_pairs(self.market, columns);
        let more = refusal - self.market.refusal;
        for (price, short) in self.market.price.iter_mut().zip(short) {
            *price += if short { more } else { 0 };
        }
        self.market.refusal = refusal;
    }

    /// Mentees bid until nobody wants to, a few of the last who came at a time.
    pub(super) fn forward(&mut self, eps: i32) {
        let (is_large, mut called) = (self.market.instance.edges() >= LARGE, Vec::new());
        while let Some(last) = self.waiting.pop() {
            if is_large {
                called.extend(self.waiting.drain(self.waiting.len().saturating_sub(CALLED)..));
                for mentee in &called {
                    self.market.call_up(*mentee as usize);
                }
            }
            self.bid(last as usize, eps);
            while let Some(mentee) = called.pop() {
                self.bid(mentee as usize, eps);
            }
        }
    }

    /// The mentee takes the cheapest place of the best mentor and pays as much as makes the second best just as good, and
    /// `eps` more.
    fn bid(&mut self, mentee: usize, eps: i32) {
        let offers = self.offers(mentee);
        if offers.mentor == NOBODY {
            return;
        }
        let mentor = offers.mentor as usize;
        let asked = self.market.price[mentor];
        let found = self.market.places_of(mentor).find(|place| self.asked[*place].level == asked);
        let Some(place) = found else { return };
        let level = asked + (offers.best - offers.second) + eps;
        self.asked[place] = Asked { level, points: offers.best + asked };
        let displaced = self.market.take(mentee, offers.mentor, place);
        if displaced != NOBODY {
            self.waiting.push(displaced);
        }
        self.reprice(mentor);
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
                self.asked[place].level = asked;
            }
        }
        let market = &*self.market;
        let matches = each(market.instance.edges(), market.mate.len(), |mentee| Match::of(market, mentee));
        for mentor in 0..self.market.price.len() {
            for place in self.market.places_of(mentor) {
                let holder = self.market.holder_of(place);
                if holder != NOBODY {
                    self.ask_again(&matches[holder as usize], holder as usize, place, eps);
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

    /// Whoever is near enough to their best stays and pays as much as that allows; the others let go.
    fn ask_again(&mut self, pair: &Match, holder: usize, place: usize, eps: i32) {
        if pair.margin < -eps {
            self.market.leave(holder);
        } else {
            let Asked { level, points } = &mut self.asked[place];
            *level += pair.margin + eps;
            *points = pair.score;
        }
    }

    /// Free places that have a price bid for mentees, each lowering it as far as it must.
    pub(super) fn reverse(&mut self, eps: i32, columns: &Columns) {
        let mut profit = vec![-self.market.refusal; self.market.mate.len()];
        let mut free: Vec<(u32, u32)> = Vec::new();
        for mentor in 0..self.market.price.len() {
            self.raise_profits(mentor, &mut profit);
            for place in self.market.places_of(mentor) {
                if self.asked[place].level > 0 && self.market.holder_of(place) == NOBODY {
                    free.push((number(place), number(mentor)));
                }
            }
        }
        let (is_large, mut called) = (self.market.instance.edges() >= LARGE, Vec::new());
        while let Some(last) = free.pop() {
            if is_large {
                called.extend(free.drain(free.len().saturating_sub(CALLED)..));
                for (_, mentor) in &called {
                    columns.call_up(*mentor as usize);
                }
            }
            called.push(last);
            while let Some((place, mentor)) = called.pop() {
                let left = self.offer(place as usize, mentor as usize, eps, columns, &mut profit);
                free.extend(left.filter(|(place, _)| self.asked[*place as usize].level > 0));
            }
        }
    }

    /// The free place goes to whoever it brings most; returns the place they leave.
    fn offer(
        &mut self,
        place: usize,
        mentor: usize,
        eps: i32,
        columns: &Columns,
        profit: &mut [i32],
    ) -> Option<(u32, u32)> {
        // Whoever is here already is not meant.
        for holder in self.market.holders(mentor).iter().filter(|holder| **holder != NOBODY) {
            profit[*holder as usize] = i32::MAX / 2;
        }
        let (mut best, mut second, mut comes) = (0, 0, NOBODY);
        for (mentee, score) in columns.of_mentor(mentor) {
            let value = score - profit[mentee];
            second = second.max(value.min(best));
            comes = if value > best { number(mentee) } else { comes };
            best = best.max(value);
        }
        let mut left = None;
        self.asked[place].level = (second - eps).clamp(0, self.asked[place].level);
        if comes != NOBODY {
            left = self.leave(comes as usize);
            self.market.take(comes as usize, number(mentor), place);
            self.asked[place].points = best + profit[comes as usize];
        }
        self.reprice(mentor);
        self.raise_profits(mentor, profit);
        left
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
        for place in self.market.places_of(mentor) {
            let holder = self.market.holder_of(place);
            if holder != NOBODY {
                profit[holder as usize] = self.asked[place].points - self.market.price[mentor];
            }
        }
    }

    /// The two best a mentee can have; staying without a mentor is one of them. Without a branch to guess wrong, because
    /// the solver does nothing as often.
    fn offers(&self, mentee: usize) -> Offers {
        let nothing = -self.market.refusal;
        let price = &self.market.price[..];
        let (mut best, mut second, mut mentor) = (nothing - 1, nothing - 1, NOBODY);
        for edge in self.market.row(mentee) {
            let value = edge.score() - price[edge.mentor()];
            second = second.max(value.min(best));
            mentor = if value > best { number(edge.mentor()) } else { mentor };
            best = best.max(value);
        }
        Offers { best: best.max(nothing), second: second.max(nothing), mentor }
    }

    /// A mentor costs what the cheapest place does.
    fn reprice(&mut self, mentor: usize) {
        let levels = self.asked[self.market.places_of(mentor)].iter().map(|asked| asked.level);
        if let Some(least) = levels.min() {
            self.market.price[mentor] = least;
        }
    }
}
