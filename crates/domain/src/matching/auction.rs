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
    /// The score of the pair at each place that is taken.
    points: Vec<i32>,
    /// Bidders, the last first.
    waiting: Vec<u32>,
}

impl<'m, 'a> Auction<'m, 'a> {
    /// Everybody who is with nobody is going to bid.
    pub(super) fn begin(market: &'m mut Market<'a>) -> Self {
        let (level, points) = (vec![0; market.places()], vec![0; market.places()]);
        let waiting = (0..market.mate.len()).rev().filter(|mentee| market.mate[*mentee] == NOBODY);
        let waiting = waiting.map(number).collect();
        Self { market, level, points, waiting }
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
            let offers = self.offers(mentee as usize);
            if offers.mentor == NOBODY {
                continue;
            }
            let mentor = offers.mentor as usize;
            let asked = self.market.price[mentor];
            let found = self.market.places_of(mentor).find(|place| self.level[*place] == asked);
            let Some(place) = found else { continue };
            self.level[place] = asked + (offers.best - offers.second) + eps;
            self.points[place] = offers.best + asked;
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
                if holder != NOBODY {
                    self.ask_again(holder as usize, mentor, place, eps);
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
    fn ask_again(&mut self, holder: usize, mentor: usize, place: usize, eps: i32) {
        let price = &self.market.price[..];
        let (mut elsewhere, mut score) = (-self.market.refusal, 0);
        for edge in self.market.row(holder) {
            let value = edge.score() - price[edge.mentor()];
            if edge.mentor() == mentor {
                score = edge.score();
            } else {
                elsewhere = elsewhere.max(value);
            }
        }
        let margin = score - price[mentor] - elsewhere;
        if margin < -eps {
            self.market.leave(holder);
        } else {
            self.level[place] = price[mentor] + margin + eps;
            self.points[place] = score;
        }
    }

    /// Free places that have a price bid for mentees, each lowering it as far as it must.
    pub(super) fn reverse(&mut self, eps: i32, columns: &Columns) {
        let mut profit = vec![-self.market.refusal; self.market.mate.len()];
        let mut free: Vec<(u32, u32)> = Vec::new();
        for mentor in 0..self.market.price.len() {
            self.raise_profits(mentor, &mut profit);
            for place in self.market.places_of(mentor) {
                if self.level[place] > 0 && self.market.holder_of(place) == NOBODY {
                    free.push((number(place), number(mentor)));
                }
            }
        }
        while let Some((place, mentor)) = free.pop() {
            let (place, mentor) = (place as usize, mentor as usize);
            let (mut best, mut second, mut comes, mut points) = (0, 0, NOBODY, 0);
            for (mentee, score) in columns.of_mentor(mentor) {
                let value = score - profit[mentee];
                if value <= second || self.market.mate[mentee] as usize == mentor {
                    continue;
                }
                if value > best {
                    (second, best, comes, points) = (best, value, number(mentee), score);
                } else {
                    second = value;
                }
            }
            let asked = (second - eps).clamp(0, self.level[place]);
            self.level[place] = asked;
            if comes != NOBODY {
                let left = self.leave(comes as usize);
                self.market.take(comes as usize, number(mentor), place);
                self.points[place] = points;
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
        for place in self.market.places_of(mentor) {
            let holder = self.market.holder_of(place);
            if holder != NOBODY {
                profit[holder as usize] = self.points[place] - self.market.price[mentor];
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
        if let Some(least) = self.level[self.market.places_of(mentor)].iter().min() {
            self.market.price[mentor] = *least;
        }
    }
}
