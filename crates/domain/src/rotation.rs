//! The rotation table of a speed-meeting evening (C7, п. 2.3): who sits with whom in which round.
//!
//! Meetings are edges between mentors and mentees. First the meetings are chosen: as many as the rounds allow, shared as
//! equally as bans let it be. Then they are laid out in rounds by coloring the edges, which for two sides never needs
//! more rounds than the busiest person has meetings (König's theorem): nobody waits longer than they must. People are
//! plain numbers here, in the order in which they were chosen; the same question has always the same answer.

mod choose;
mod layout;

use std::collections::BTreeSet;

/// Somebody on each side, by number from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Couple {
    pub mentor: usize,
    pub mentee: usize,
}

/// What the table is made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub mentors: usize,
    pub mentees: usize,
    /// Those who must not meet, or have met already.
    pub apart: BTreeSet<Couple>,
    /// There is no time for more rounds than this.
    pub most_rounds: usize,
}

/// The table: the meetings of each round, by mentors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rotation {
    pub rounds: Vec<Vec<Couple>>,
}

impl Question {
    /// Whether the two may meet.
    fn allows(&self, couple: Couple) -> bool {
        !self.apart.contains(&couple)
    }
}

impl Rotation {
    /// All meetings, round by round.
    pub fn meetings(&self) -> impl Iterator<Item = (usize, Couple)> {
        self.rounds
            .iter()
            .enumerate()
            .flat_map(|(round, couples)| couples.iter().map(move |couple| (round, *couple)))
    }
}

/// Makes the table. An empty side gives an empty table.
pub fn rotation(question: &Question) -> Rotation {
    let chosen = choose::choose(question);
    layout::lay_out(question, &chosen)
}

#[cfg(test)]
mod tests;
