//! A big instance on two processors: people are numbered place by place, so most candidate pairs lie inside one
//! half or the other. Each half has its own auction; one more step of a point brings them together.
//!
//! What comes out depends on the cut alone, never on which thread was faster.

use std::ops::Range;
use std::thread;

use super::auction::Auction;
use super::instance::Instance;
use super::market::{Columns, Market, NOBODY};
use super::solve::{FIRST_REFUSAL, rough};

/// Under so many mentees one processor is quicker than the agreement of two.
const WORTH_IT: usize = 20_000;

/// One mentee of so many is looked at to find the cut.
const SAMPLE: usize = 16;

/// Where the second half of the mentors and of the mentees begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) mentors: usize,
    pub(super) mentees: usize,
}

/// A cut that at most one candidate pair of ten crosses, if there is one.
pub(super) fn cut(instance: &Instance) -> Option<Cut> {
    if instance.mentees() < WORTH_IT {
        return None;
    }
    let mentees = instance.mentees() / 2;
    // How many pairs less would cross the cut if it lay behind this mentor.
    let mut gain = vec![0_i64; instance.mentors()];
    let (mut crossing, mut all) = (0_i64, 0_i64);
    for mentee in (0..instance.mentees()).step_by(SAMPLE) {
        for (mentor, _) in instance.candidates(mentee) {
            let first_half = mentee < mentees;
            gain[mentor as usize] += if first_half { 1 } else { -1 };
            crossing += i64::from(first_half);
            all += 1;
        }
    }
    let (mut least, mut mentors) = (crossing, 0);
    for (mentor, gain) in gain.into_iter().enumerate() {
        crossing -= gain;
        if crossing < least {
            (least, mentors) = (crossing, mentor + 1);
        }
    }
    (least * 10 <= all).then_some(Cut { mentors, mentees })
}

/// An auction in each half, then one over the whole.
pub(super) fn auction(market: &mut Market, cut: &Cut) -> Columns {
    let instance = market.instance;
    let half = |mentors: Range<usize>, mentees: Range<usize>| {
        let mut part = Market::part(instance, &mentors, &mentees);
        let short = rough(&mut part).short;
        (part, short)
    };
    let (first, second) = thread::scope(|scope| {
        let other = scope.spawn(|| half(cut.mentors..instance.mentors(), cut.mentees..instance.mentees()));
        let first = half(0..cut.mentors, 0..cut.mentees);
        (first, other.join())
    });
    let second = second.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    let whole = market.refusal;
    let more = whole - FIRST_REFUSAL.min(whole);
    for ((part, short), mentors) in [(first, 0..cut.mentors), (second, cut.mentors..instance.mentors())] {
        for mentor in mentors.filter(|mentor| !part.is_closed(*mentor)) {
            // Who is short in a half need not be short in the whole; that is found out anew.
            market.price[mentor] = part.price[mentor] - if short[mentor] { more } else { 0 };
        }
        for (mentee, mentor) in part.mate.into_iter().enumerate().filter(|(_, mentor)| *mentor != NOBODY) {
            market.go(mentee, mentor);
        }
    }
    market.refusal = FIRST_REFUSAL.min(whole);
    let mut auction = Auction::begin(market);
    auction.raise_what_is_short(whole);
    auction.refine(1, 1);
    auction.forward(1);
    let columns = auction.columns();
    auction.reverse(1, &columns);
    columns
}
