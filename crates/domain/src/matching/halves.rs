//! A big instance on two processors: people are numbered place by place, so most candidate pairs lie inside one
//! half or the other. Each half is solved for itself; what crosses the cut is mended afterwards.
//!
//! What comes out depends on the cut alone, never on which thread was faster.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

use super::augment::Paths;
use super::hopcroft_karp::raise_what_is_short;
use super::instance::Instance;
use super::market::{Columns, Market, NOBODY};
use super::solve::{self, FIRST_REFUSAL};

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

/// Each half is solved exactly for itself; then the whole is, beginning with what the halves have found.
pub(super) fn auction(market: &mut Market, cut: &Cut) {
    let instance = market.instance;
    let half = |mentors: Range<usize>, mentees: Range<usize>| {
        let mut part = Market::part(instance, &mentors, &mentees);
        let short = solve::auction(&mut part);
        Half { part, short, mentors }
    };
    let halves = thread::scope(|scope| {
        let second = scope.spawn(|| half(cut.mentors..instance.mentors(), cut.mentees..instance.mentees()));
        let first = half(0..cut.mentors, 0..cut.mentees);
        [first, wait_for(second)]
    });
    let whole = market.refusal;
    market.refusal = FIRST_REFUSAL.min(whole);
    for half in halves {
        half.bring_into(market, whole - market.refusal);
    }
    thread::scope(|scope| {
        let columns = scope.spawn(|| Columns::of(&Market::open(instance)));
        raise_what_is_short(market, whole);
        let mut paths = Paths::begin(market);
        paths.place_all();
        paths.fill_places(&wait_for(columns));
    });
}

/// A half that is solved.
struct Half<'a> {
    part: Market<'a>,
    short: Vec<bool>,
    mentors: Range<usize>,
}

impl Half<'_> {
    /// Pairs and prices of the half for the whole. Who is short in a half need not be short in the whole: that is
    /// found out anew, so what made it dear is taken off.
    fn bring_into(self, market: &mut Market, dear: i32) {
        for mentor in self.mentors.filter(|mentor| !self.part.is_closed(*mentor)) {
            market.price[mentor] = self.part.price[mentor] - if self.short[mentor] { dear } else { 0 };
        }
        for (mentee, mentor) in self.part.mate.iter().enumerate() {
            if *mentor != NOBODY {
                market.go(mentee, *mentor);
            }
        }
    }
}

/// What the thread has found; what stops it stops us.
fn wait_for<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
