//! Which meetings there will be: the most the rounds allow, then the most equal.

use super::{Couple, Question};

/// The sides of the evening.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Mentor,
    Mentee,
}

/// Meetings being chosen, with how many each person has.
struct Choice<'a> {
    question: &'a Question,
    chosen: Vec<Vec<bool>>,
}

/// A person reached on a walk, and the step that led there: from which reached one, by which meeting.
struct Reached {
    side: Side,
    person: usize,
    step: Option<(usize, Couple)>,
}

/// The meetings, ordered by mentor and mentee.
pub(super) fn choose(question: &Question) -> Vec<Couple> {
    let chosen = vec![vec![false; question.mentees]; question.mentors];
    let mut choice = Choice { question, chosen };
    while choice.grow() {}
    // Exchanges on one side keep the numbers of the other: first mentees, then mentors.
    while choice.even_out(Side::Mentee) {}
    while choice.even_out(Side::Mentor) {}
    choice.couples().filter(|couple| choice.has(*couple)).collect()
}

impl Choice<'_> {
    fn couples(&self) -> impl Iterator<Item = Couple> + use<> {
        let mentees = self.question.mentees;
        (0..self.question.mentors)
            .flat_map(move |mentor| (0..mentees).map(move |mentee| Couple { mentor, mentee }))
    }

    fn has(&self, couple: Couple) -> bool {
        self.chosen[couple.mentor][couple.mentee]
    }

    fn size(&self, side: Side) -> usize {
        match side {
            Side::Mentor => self.question.mentors,
            Side::Mentee => self.question.mentees,
        }
    }

    fn load(&self, side: Side, person: usize) -> usize {
        match side {
            Side::Mentor => self.chosen[person].iter().filter(|met| **met).count(),
            Side::Mentee => self.chosen.iter().filter(|row| row[person]).count(),
        }
    }

    /// One more meeting, for the mentee with the fewest, if need be by moving others about (an augmenting path).
    fn grow(&mut self) -> bool {
        let most = self.question.most_rounds;
        let mut mentees: Vec<usize> =
            (0..self.question.mentees).filter(|mentee| self.load(Side::Mentee, *mentee) < most).collect();
        mentees.sort_by_key(|mentee| self.load(Side::Mentee, *mentee));
        for mentee in mentees {
            let ends = |choice: &Self, side, person| {
                side == Side::Mentor && choice.load(Side::Mentor, person) < most
            };
            // A meeting is added first, so the walk begins with a meeting that is not chosen.
            if let Some(path) = self.walk((Side::Mentee, mentee), Side::Mentee, &ends) {
                self.flip(&path);
                return true;
            }
        }
        false
    }

    /// One meeting less for somebody busy and one more for somebody of the same side with at least two fewer.
    fn even_out(&mut self, side: Side) -> bool {
        let mut people: Vec<usize> = (0..self.size(side)).collect();
        people.sort_by_key(|person| std::cmp::Reverse(self.load(side, *person)));
        for person in people {
            let load = self.load(side, person);
            let ends = |choice: &Self, other, found| other == side && choice.load(side, found) + 2 <= load;
            // A meeting is given away first, so the other side is the one that takes a new one.
            let takes = if side == Side::Mentor { Side::Mentee } else { Side::Mentor };
            if let Some(path) = self.walk((side, person), takes, &ends) {
                self.flip(&path);
                return true;
            }
        }
        false
    }

    /// The shortest walk from a person to somebody for whom `ends` holds. From the side `takes` it goes by meetings
    /// that are allowed and not chosen, from the other side by chosen ones; flipping them all changes the numbers of
    /// meetings at both ends only.
    fn walk(
        &self,
        (side, person): (Side, usize),
        takes: Side,
        ends: &dyn Fn(&Self, Side, usize) -> bool,
    ) -> Option<Vec<Couple>> {
        let mut came = vec![Reached { side, person, step: None }];
        let mut next = 0;
        while next < came.len() {
            let (side, person) = (came[next].side, came[next].person);
            let (other, size) = match side {
                Side::Mentor => (Side::Mentee, self.question.mentees),
                Side::Mentee => (Side::Mentor, self.question.mentors),
            };
            for neighbor in 0..size {
                let couple = match side {
                    Side::Mentor => Couple { mentor: person, mentee: neighbor },
                    Side::Mentee => Couple { mentor: neighbor, mentee: person },
                };
                let is_open = if side == takes {
                    self.question.allows(couple) && !self.has(couple)
                } else {
                    self.has(couple)
                };
                let is_known = |known: &Reached| (known.side, known.person) == (other, neighbor);
                if !is_open || came.iter().any(is_known) {
                    continue;
                }
                came.push(Reached { side: other, person: neighbor, step: Some((next, couple)) });
                if ends(self, other, neighbor) {
                    return Some(trace(&came));
                }
            }
            next += 1;
        }
        None
    }

    fn flip(&mut self, path: &[Couple]) {
        for couple in path {
            let cell = &mut self.chosen[couple.mentor][couple.mentee];
            *cell = !*cell;
        }
    }
}

/// The meetings from the last person reached back to the first.
fn trace(came: &[Reached]) -> Vec<Couple> {
    let mut path = Vec::new();
    let mut at = came.last().and_then(|reached| reached.step);
    while let Some((before, couple)) = at {
        path.push(couple);
        at = came[before].step;
    }
    path
}
