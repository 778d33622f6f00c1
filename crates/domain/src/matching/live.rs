//! An answer that lives on: one thing changes, and a few shortest paths make it the optimum again.
//!
//! Pairs, prices and places are kept between changes ([`super::flow`]), so that a change costs what it moves and not what
//! there is: tens of microseconds in a nation, where solving anew takes most of a second. Number and points are those of
//! a solution from nothing, and `certificate::check` proves them for the changed instance.
//!
//! **Ties are not settled**: of answers equal in number and points it is whichever the way there led to. Where one answer
//! is promised ([`super::Ties::Settled`]) the instance is solved anew.

use std::collections::BTreeMap;

use super::certificate::Certificate;
use super::flow::{Flow, Graph, Scratch};
use super::groups::Worth;
use super::instance::{Candidate, Fixed, Instance, InstanceError, MOST_SCORE};
use super::market::{NOBODY, number};
use super::solve::{Solution, solved};

/// A solved instance that can be changed.
///
/// The numbers of its people stay: who leaves leaves an empty row or a mentor without places, and who comes takes the
/// number of such a one. Make the instance with some of them if people may come.
pub struct Live {
    graph: Graph,
    flow: Flow,
    scratch: Scratch,
    /// Places of each mentor, those of pairs that stay included.
    places: Vec<u16>,
    /// How many pairs that stay each mentor has.
    stay: Vec<u16>,
    /// Pairs that stay by mentee, with the candidates the mentee had.
    fixed: BTreeMap<u32, (Fixed, Vec<Candidate>)>,
    /// Mentees who take part and have no pair that stays.
    present: i64,
}

impl Live {
    /// Solves the instance once.
    pub fn of(instance: &Instance) -> Self {
        let market = solved(instance);
        let graph = Graph::of(&market);
        let mut stay = vec![0; instance.mentors()];
        let mut fixed = BTreeMap::new();
        for pair in instance.fixed() {
            stay[pair.mentor as usize] += 1;
            let row = instance.candidates(pair.mentee as usize);
            let row = row.map(|(mentor, score)| Candidate::new(mentor, score)).collect();
            fixed.insert(pair.mentee, (*pair, row));
        }
        let present = (0..graph.mentees()).map(|mentee| i64::from(!graph.is_apart(mentee))).sum();
        Self {
            flow: Flow::of(&graph, &market),
            scratch: Scratch::of(&graph),
            places: (0..instance.mentors()).map(|mentor| instance.places(mentor)).collect(),
            graph,
            stay,
            fixed,
            present,
        }
    }

    /// How many mentees have a mentor, and the sum of their scores.
    pub fn worth(&self) -> Worth {
        let refusal = self.graph.refusal();
        let above_nothing = self.flow.worth + refusal * self.present;
        let of_fixed: u64 = self.fixed.values().map(|(pair, _)| u64::from(pair.score)).sum();
        Worth {
            matched: usize::try_from(above_nothing / refusal).unwrap_or(0) + self.fixed.len(),
            score: (above_nothing % refusal).unsigned_abs() + of_fixed,
        }
    }

    /// The mentor of a mentee.
    pub fn mentor_of(&self, mentee: u32) -> Option<u32> {
        if let Some((pair, _)) = self.fixed.get(&mentee) {
            return Some(pair.mentor);
        }
        self.flow.mate.get(mentee as usize).copied().filter(|mentor| *mentor != NOBODY)
    }

    /// The answer as it is now, with its proof for the changed instance.
    pub fn solution(&self) -> Solution {
        let mentees = 0..self.graph.mentees();
        let scores = mentees.clone().filter_map(|mentee| self.graph.score(mentee, self.flow.mate[mentee]));
        let lowest = scores.min().and_then(|score| u16::try_from(score).ok());
        let mentors = mentees.map(|mentee| self.mentor_of(number(mentee))).collect();
        let price = |price: &i64| i32::try_from(*price).unwrap_or(i32::MAX);
        let prices = self.flow.price.iter().map(price).collect();
        let Worth { matched, score } = self.worth();
        Solution { mentors, matched, score, lowest, certificate: Certificate { prices } }
    }

    /// The mentor has so many places from now on; none if they leave.
    pub fn set_places(&mut self, mentor: u32, places: u16) -> Result<(), InstanceError> {
        let at = self.known_mentor(mentor)?;
        let free = places.checked_sub(self.stay[at]).ok_or(InstanceError::FixedBeyondPlaces(mentor))?;
        self.places[at] = places;
        self.open(at, free);
        Ok(())
    }

    /// The mentee takes no part any more; nor does a pair of theirs that stays.
    pub fn leave(&mut self, mentee: u32) -> Result<(), InstanceError> {
        let at = self.known_mentee(mentee)?;
        if let Some((pair, _)) = self.fixed.remove(&mentee) {
            self.give_back(pair.mentor);
        } else {
            self.take_out(at);
        }
        Ok(())
    }

    /// The mentee takes part with these candidates, mentors with their scores, instead of any there were.
    pub fn come(&mut self, mentee: u32, candidates: &[(u32, u16)]) -> Result<(), InstanceError> {
        let mut row = Vec::with_capacity(candidates.len());
        for (mentor, score) in candidates.iter().copied() {
            self.known_mentor(mentor)?;
            check_score(mentee, mentor, score)?;
            row.push(Candidate::new(mentor, score));
        }
        row.sort_unstable();
        if let Some(twice) = row.windows(2).find(|pair| pair[0].mentor() == pair[1].mentor()) {
            return Err(InstanceError::PairTwice { mentee, mentor: number(twice[0].mentor()) });
        }
        self.leave(mentee)?;
        self.bring_in(mentee as usize, row);
        Ok(())
    }

    /// The two are no candidates for each other any more. A pair that stays does stay.
    pub fn forbid(&mut self, mentee: u32, mentor: u32) -> Result<(), InstanceError> {
        let at = self.known_mentee(mentee)?;
        self.known_mentor(mentor)?;
        let other = |edge: &Candidate| edge.mentor() != mentor as usize;
        if let Some((_, row)) = self.fixed.get_mut(&mentee) {
            row.retain(other);
        } else if self.flow.mate[at] == mentor {
            let mut row = self.take_out(at);
            row.retain(other);
            self.bring_in(at, row);
        } else if self.graph.score(at, mentor).is_some() {
            // Nobody's best gets better by it, so nothing else changes.
            let row = self.graph.row(at).iter().copied().filter(other).collect::<Vec<_>>();
            self.present -= i64::from(row.is_empty());
            self.flow.worth += if row.is_empty() { self.graph.refusal() } else { 0 };
            self.graph.replace_row(at, row);
        }
        Ok(())
    }

    /// The pair stays from now on, whatever the rest looks like; it takes a place.
    pub fn pin(&mut self, pair: Fixed) -> Result<(), InstanceError> {
        let Fixed { mentee, mentor, score } = pair;
        let (at, of) = (self.known_mentee(mentee)?, self.known_mentor(mentor)?);
        check_score(mentee, mentor, score)?;
        if self.fixed.contains_key(&mentee) {
            return Err(InstanceError::FixedTwice(mentee));
        }
        let free = self.places[of] - self.stay[of];
        let free = free.checked_sub(1).ok_or(InstanceError::FixedBeyondPlaces(mentor))?;
        let row = self.take_out(at);
        self.stay[of] += 1;
        self.open(of, free);
        self.fixed.insert(mentee, (pair, row));
        Ok(())
    }

    /// The mentee's pair stays no longer than it is best; they are a candidate again for whomever they were before.
    pub fn unpin(&mut self, mentee: u32) -> Result<(), InstanceError> {
        let at = self.known_mentee(mentee)?;
        if let Some((pair, row)) = self.fixed.remove(&mentee) {
            self.give_back(pair.mentor);
            self.bring_in(at, row);
        }
        Ok(())
    }

    /// The place of a pair that stayed is free.
    fn give_back(&mut self, mentor: u32) {
        let at = mentor as usize;
        self.stay[at] -= 1;
        self.open(at, self.places[at] - self.stay[at]);
    }

    /// Somebody leaves, and the place goes to whoever it brings most. Returns their candidates.
    fn take_out(&mut self, mentee: usize) -> Vec<Candidate> {
        let mentor = self.flow.mate[mentee];
        if !self.graph.is_apart(mentee) {
            self.present -= 1;
            self.flow.worth += self.graph.refusal();
        }
        self.flow.leave(&self.graph, number(mentee));
        let row = self.graph.replace_row(mentee, Vec::new());
        if mentor != NOBODY {
            self.flow.offer(&self.graph, &mut self.scratch, mentor as usize);
        }
        row
    }

    /// Somebody comes and gets the best that is to be had.
    fn bring_in(&mut self, mentee: usize, row: Vec<Candidate>) {
        if row.is_empty() {
            return;
        }
        self.present += 1;
        self.flow.worth -= self.graph.refusal();
        self.graph.replace_row(mentee, row);
        self.flow.admit(&self.graph, &mut self.scratch, mentee);
    }

    /// More places than mentees never matter.
    fn open(&mut self, mentor: usize, free: u16) {
        let most = u32::from(free).min(number(self.graph.mentees()) + 1);
        self.flow.set_most(&mut self.graph, &mut self.scratch, mentor, most);
    }

    fn known_mentor(&self, mentor: u32) -> Result<usize, InstanceError> {
        let at = mentor as usize;
        if at < self.places.len() { Ok(at) } else { Err(InstanceError::UnknownMentor(mentor)) }
    }

    fn known_mentee(&self, mentee: u32) -> Result<usize, InstanceError> {
        let at = mentee as usize;
        if at < self.graph.mentees() { Ok(at) } else { Err(InstanceError::UnknownMentee(mentee)) }
    }
}

fn check_score(mentee: u32, mentor: u32, score: u16) -> Result<(), InstanceError> {
    if score > MOST_SCORE {
        return Err(InstanceError::ScoreTooHigh { mentee, mentor, score });
    }
    Ok(())
}
