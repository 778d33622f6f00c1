//! In which round each chosen meeting is: an edge coloring of a graph with two sides.

use super::{Couple, Question, Rotation};

/// Rounds being filled: with whom each person sits in each of them.
struct Seats {
    mentors: Vec<Vec<Option<usize>>>,
    mentees: Vec<Vec<Option<usize>>>,
}

/// Lays the meetings out in as many rounds as the busiest person has meetings. Where everybody meets everybody this is
/// the circle of the textbook: in each round every mentee moves on by one table.
pub(super) fn lay_out(question: &Question, chosen: &[Couple]) -> Rotation {
    let count = |test: &dyn Fn(&Couple) -> bool| chosen.iter().filter(|couple| test(couple)).count();
    let busiest_mentor = (0..question.mentors).map(|mentor| count(&|couple| couple.mentor == mentor)).max();
    let busiest_mentee = (0..question.mentees).map(|mentee| count(&|couple| couple.mentee == mentee)).max();
    let rounds = busiest_mentor.max(busiest_mentee).unwrap_or(0);
    let mut seats = Seats {
        mentors: vec![vec![None; rounds]; question.mentors],
        mentees: vec![vec![None; rounds]; question.mentees],
    };
    let circle = question.mentors.max(question.mentees);
    let turn = |couple: &Couple| (couple.mentee + circle - couple.mentor) % circle;
    let mut order = chosen.to_vec();
    order.sort_by_key(|couple| (turn(couple), *couple));
    for couple in order {
        seats.seat(couple, turn(&couple));
    }
    seats.table(rounds)
}

impl Seats {
    /// Puts a meeting in the round of its turn, or in the first that is free for both; if there is none, two rounds are
    /// exchanged along a chain of people so that one becomes free.
    fn seat(&mut self, couple: Couple, turn: usize) {
        let Couple { mentor, mentee } = couple;
        let rounds = self.mentors[mentor].len();
        let free = |row: &[Option<usize>], round: usize| row[round].is_none();
        let both = |round: &usize| free(&self.mentors[mentor], *round) && free(&self.mentees[mentee], *round);
        let preferred = Some(turn).filter(|turn| *turn < rounds);
        if let Some(round) = preferred.into_iter().chain(0..rounds).find(both) {
            self.put(round, couple);
            return;
        }
        // Each of the two has a free round, for nobody has more meetings than there are rounds.
        let of_mentor = (0..rounds).find(|round| free(&self.mentors[mentor], *round));
        let of_mentee = (0..rounds).find(|round| free(&self.mentees[mentee], *round));
        if let (Some(of_mentor), Some(of_mentee)) = (of_mentor, of_mentee) {
            self.exchange(mentee, of_mentor, of_mentee);
            self.put(of_mentor, couple);
        }
    }

    /// Frees the round `wanted` for the mentee: along the chain of those who sit together in it and in `spare` by turns,
    /// the two rounds change places. The chain never comes to the mentor for whom `wanted` is free: two sides.
    fn exchange(&mut self, mentee: usize, wanted: usize, spare: usize) {
        let mut chain = Vec::new();
        let (mut at, mut round, mut is_mentee) = (mentee, wanted, true);
        loop {
            let row = if is_mentee { &self.mentees[at] } else { &self.mentors[at] };
            let Some(with) = row[round] else { break };
            let (mentor, mentee) = if is_mentee { (with, at) } else { (at, with) };
            chain.push((round, Couple { mentor, mentee }));
            (at, is_mentee) = (with, !is_mentee);
            round = if round == wanted { spare } else { wanted };
        }
        for (round, couple) in &chain {
            self.mentors[couple.mentor][*round] = None;
            self.mentees[couple.mentee][*round] = None;
        }
        for (round, couple) in chain {
            self.put(if round == wanted { spare } else { wanted }, couple);
        }
    }

    fn put(&mut self, round: usize, couple: Couple) {
        self.mentors[couple.mentor][round] = Some(couple.mentee);
        self.mentees[couple.mentee][round] = Some(couple.mentor);
    }

    fn table(&self, rounds: usize) -> Rotation {
        let of = |round: usize| {
            let seat = |(mentor, row): (usize, &Vec<Option<usize>>)| {
                row[round].map(|mentee| Couple { mentor, mentee })
            };
            self.mentors.iter().enumerate().filter_map(seat).collect()
        };
        Rotation { rounds: (0..rounds).map(of).collect() }
    }
}
