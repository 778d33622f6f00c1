//! The proof of a bound where mentors lead groups: one look at every candidate pair, knowing nothing of how the prices were
//! found.
//!
//! Whatever the prices of mentees are, nothing is worth more than the prices of all with what each mentor has from the best set
//! of mentees the rules allow (weak duality of the Lagrangian relaxation). So bad prices prove little, and never too much.

use super::{LEAST, Worth};
use crate::matching::instance::Instance;

/// Parts of a point: prices are whole numbers of them.
pub(super) const PARTS: i64 = 1024;

/// What no answer exceeds in which each of `groups` has nobody or at least two mentees, proven by prices of the mentees in
/// 1/1024 of a point; nothing if there isn't a price for each.
pub fn prove_bound(instance: &Instance, groups: &[u32], prices: &[i64]) -> Option<Worth> {
    if prices.len() != instance.mentees() {
        return None;
    }
    let refusal = i64::from(instance.refusal());
    let mut places: Vec<usize> =
        (0..instance.mentors()).map(|one| usize::from(instance.places(one))).collect();
    let mut is_asked = vec![false; instance.mentors()];
    for group in groups {
        *is_asked.get_mut(*group as usize)? = true;
    }
    let mut stays = vec![false; instance.mentees()];
    let mut base = 0;
    for pair in instance.fixed() {
        places[pair.mentor as usize] -= 1;
        (is_asked[pair.mentor as usize], stays[pair.mentee as usize]) = (false, true);
        base += refusal + i64::from(pair.score);
    }
    let mut columns: Vec<Vec<i64>> = vec![Vec::new(); instance.mentors()];
    let mut parts = 0;
    for (mentee, price) in prices.iter().enumerate().filter(|(mentee, _)| !stays[*mentee]) {
        // As points above staying without a mentor: nobody's price needs to be below nothing.
        let price = (price + refusal * PARTS).max(0);
        parts += price;
        for (mentor, score) in instance.candidates(mentee) {
            columns[mentor as usize].push((i64::from(score) + refusal) * PARTS - price);
        }
    }
    for (mentor, mut values) in columns.into_iter().enumerate() {
        values.sort_unstable_by(|one, two| two.cmp(one));
        values.truncate(places[mentor]);
        let least = if is_asked[mentor] { LEAST as usize } else { 1 };
        let (mut best, mut sum) = (0, 0);
        for (number, value) in (1..).zip(values) {
            sum += value;
            if number >= least {
                best = best.max(sum);
            }
        }
        parts += best;
    }
    let points = base + parts.div_euclid(PARTS);
    let matched = usize::try_from(points.div_euclid(refusal)).ok()?;
    Some(Worth { matched, score: points.rem_euclid(refusal).unsigned_abs() })
}
