//! How many mentees can have a mentor at all, whatever the points: back from the free places, or, when many are missing,
//! Hopcroft and Karp.

use super::market::{Columns, Market, NOBODY, number};

/// So far ahead lists are called up.
const AHEAD: usize = 4;

/// If so many rounds don't suffice, there is more to do than mending. Tests come to that end as well.
const ROUNDS: usize = if cfg!(test) { 2 } else { 8 };

/// A round is over when so many ways are known: most of them cross.
const ENOUGH: usize = 256;

/// Makes the number of pairs the largest possible, beginning with the pairs there are. Returns which mentors are
/// short: whoever is with one of them could not go on to a free place, however many moved on for it.
pub(super) fn most_pairs(market: &mut Market, columns: &Columns) -> Vec<bool> {
    // The other way round as it is usually told, because where places are short free ones are reached by few.
    for _ in 0..ROUNDS {
        let mut ways = Ways::to_free_places(market, columns);
        if ways.waiting.is_empty() {
            let short = ways.next.iter().enumerate();
            return short.map(|(mentor, next)| *next == Next::None && !market.is_closed(mentor)).collect();
        }
        ways.go(market);
    }
    all_at_once(market)
}

/// The next step from a mentor towards a free place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    None,
    /// There is one here.
    Here,
    /// This mentee could go to this mentor.
    Move(u32, u32),
}

/// Ways from mentors to free places.
struct Ways {
    next: Vec<Next>,
    /// Mentees without a mentor for whom one of these mentors is a candidate.
    waiting: Vec<(u32, u32)>,
}

impl Ways {
    fn to_free_places(market: &Market, columns: &Columns) -> Self {
        let mut next = vec![Next::None; market.price.len()];
        let free = (0..market.price.len()).filter(|mentor| market.has_free(*mentor));
        let mut queue: Vec<u32> = free.map(number).collect();
        for mentor in &queue {
            next[*mentor as usize] = Next::Here;
        }
        let (mut waiting, mut at) = (Vec::new(), 0);
        while let Some(mentor) = queue.get(at).copied() {
            if waiting.len() > ENOUGH {
                break;
            }
            if let Some(soon) = queue.get(at + AHEAD) {
                columns.call_up(*soon as usize);
            }
            at += 1;
            for (mentee, _) in columns.of_mentor(mentor as usize) {
                let from = market.mate[mentee];
                if from == NOBODY {
                    waiting.push((number(mentee), mentor));
                } else if next[from as usize] == Next::None {
                    next[from as usize] = Next::Move(number(mentee), mentor);
                    queue.push(from);
                }
            }
        }
        Self { next, waiting }
    }

    /// Those waiting go, everybody on their way moves on; ways that cross one already gone wait for the next round.
    fn go(&mut self, market: &mut Market) {
        for (mentee, mentor) in &self.waiting {
            let mut moves = vec![(*mentee, *mentor)];
            let mut at = *mentor as usize;
            while let Next::Move(mentee, mentor) = self.next[at] {
                moves.push((mentee, mentor));
                at = mentor as usize;
            }
            if self.next[at] == Next::None || market.mate[*mentee as usize] != NOBODY {
                continue;
            }
            for (mentee, mentor) in moves.into_iter().rev() {
                market.go(mentee as usize, mentor);
                self.next[mentor as usize] = Next::None;
            }
        }
    }
}

/// Hopcroft and Karp.
fn all_at_once(market: &mut Market) -> Vec<bool> {
    loop {
        let waiting: Vec<u32> = (0..market.mate.len())
            .filter(|mentee| market.mate[*mentee] == NOBODY && !market.is_apart(*mentee))
            .map(number)
            .collect();
        let layers = Layers::of(market, &waiting);
        if !layers.reach_a_place {
            return layers.mentors.iter().map(|layer| *layer != NOBODY).collect();
        }
        lengthen(market, &layers, &waiting);
    }
}

/// How many moves away from somebody waiting each mentor is.
struct Layers {
    mentors: Vec<u32>,
    reach_a_place: bool,
}

impl Layers {
    /// Stops at the layer in which the first free place is.
    fn of(market: &Market, waiting: &[u32]) -> Self {
        let mut mentors = vec![NOBODY; market.price.len()];
        let mut reach_a_place = false;
        let mut layer = 0;
        let mut now = waiting.to_vec();
        while !now.is_empty() && !reach_a_place {
            let mut next = Vec::new();
            for mentee in now {
                for edge in market.row(mentee as usize) {
                    let mentor = edge.mentor();
                    if mentors[mentor] != NOBODY || market.is_closed(mentor) {
                        continue;
                    }
                    mentors[mentor] = layer;
                    reach_a_place |= market.has_free(mentor);
                    next.extend(market.holders(mentor).iter().filter(|holder| **holder != NOBODY));
                }
            }
            layer += 1;
            now = next;
        }
        Self { mentors, reach_a_place }
    }
}

/// Moves along as many shortest ways as are found without crossing.
fn lengthen(market: &mut Market, layers: &Layers, waiting: &[u32]) {
    let mut from = vec![NOBODY; layers.mentors.len()];
    let mut stack = Vec::new();
    for mentee in waiting {
        stack.clear();
        stack.push((*mentee, 0));
        let mut end = NOBODY;
        while let Some((mentee, layer)) = stack.pop() {
            for edge in market.row(mentee as usize) {
                let mentor = edge.mentor();
                if layers.mentors[mentor] != layer || from[mentor] != NOBODY {
                    continue;
                }
                from[mentor] = mentee;
                if market.has_free(mentor) {
                    end = number(mentor);
                    break;
                }
                stack.extend(market.holders(mentor).iter().map(|holder| (*holder, layer + 1)));
            }
            if end != NOBODY {
                break;
            }
        }
        market.shift(|mentor| from[mentor], end);
    }
}
