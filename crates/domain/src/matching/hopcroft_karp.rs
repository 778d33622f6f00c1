//! How many mentees can have a mentor at all, whatever the points: Hopcroft and Karp.

use super::market::{Market, NOBODY, number};

/// Makes the number of pairs the largest possible, beginning with the pairs there are. Returns which mentors are
/// short: a place more there would give one more mentee a mentor, because somebody without one waits for it.
pub(super) fn most_pairs(market: &mut Market) -> Vec<bool> {
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
