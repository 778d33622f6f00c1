//! The answer: the most mentees with a mentor, then the largest sum of scores, then the fairest, then by number.
//!
//! Small and plentiful instances are answered by shortest paths alone; where places are short the auction
//! prepares and the paths end. Which way it went doesn't show in the answer when ties are settled.

use std::convert::Infallible;

use super::auction::Auction;
use super::augment::Paths;
use super::certificate::Certificate;
use super::cores::both;
use super::instance::Instance;
use super::market::{Columns, Market, NOBODY};
use super::settle;
use super::watch::{Phase, Step};

/// How many points the steps of the auction are wide, the widest first.
const STEPS: [i32; 3] = [200, 20, 1];

/// Steps of the solver that are told of: the steps of the auction, then the paths.
const PARTS: usize = STEPS.len() + 1;

/// Until it is known who can't have a mentor, staying without one costs no more than this.
const FIRST_REFUSAL: i32 = 500;

/// Shortest paths alone may look at so many rows per mentee before the auction is called.
const SCANS_PER_MENTEE: usize = 3;

/// Places are short, and the auction is called at once, if more than so many of a hundred mentees find the place
/// they like best taken.
const MOST_DISAPPOINTED: usize = 40;

/// What decides between answers equal in number and points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// The lowest score of a pair is as high as possible, then the lower number first: the one answer. Promised
    /// for a municipality and a region; a nation takes about a second more.
    Settled,
    /// Whichever was found: the same for the same instance, but nothing more is promised.
    AsFound,
}

/// An answer with its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// The mentor of each mentee.
    pub mentors: Vec<Option<u32>>,
    /// How many mentees have one.
    pub matched: usize,
    /// The sum of their scores.
    pub score: u64,
    /// The lowest of their scores, pairs that stay not counted.
    pub lowest: Option<u16>,
    /// What `certificate::check` proves number and points with.
    pub certificate: Certificate,
}

/// How long shortest paths alone are tried.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    WhilePlacesArePlenty,
    ToTheEnd,
}

/// Solves the instance exactly.
pub fn solve(instance: &Instance, ties: Ties) -> Solution {
    let Ok(solution) = solve_watched(instance, ties, &mut |_| Ok::<(), Infallible>(()));
    solution
}

/// The same; `watch` is told between the steps how far it has come and may stop it.
pub fn solve_watched<E>(
    instance: &Instance,
    ties: Ties,
    watch: &mut impl FnMut(Step) -> Result<(), E>,
) -> Result<Solution, E> {
    watch(Step::new(Phase::Pairs, 0, PARTS))?;
    let mut market = solved_watched(instance, watch)?;
    watch(Step::new(Phase::Ties, 0, 1))?;
    if ties == Ties::Settled {
        settle::settle(&mut market);
    }
    watch(Step::new(Phase::Ties, 1, 1))?;
    Ok(answer(market))
}

/// An optimum of the first two objectives with its prices.
pub(super) fn solved(instance: &Instance) -> Market<'_> {
    let Ok(market) = solved_watched(instance, &mut |_| Ok::<(), Infallible>(()));
    market
}

fn solved_watched<'a, E>(
    instance: &'a Instance,
    watch: &mut impl FnMut(Step) -> Result<(), E>,
) -> Result<Market<'a>, E> {
    let mut market = Market::open(instance);
    if !by_paths(&mut market, Patience::WhilePlacesArePlenty) {
        market = Market::open(instance);
        by_auction(&mut market, watch)?;
    }
    Ok(market)
}

/// Shortest paths from nothing; may give up when there is more to rearrange than it pays.
pub(super) fn by_paths(market: &mut Market, patience: Patience) -> bool {
    let mentees = market.mate.len();
    let mut paths = Paths::begin(market);
    if patience == Patience::ToTheEnd {
        paths.place_all();
        return true;
    }
    paths.waiting() * 100 <= mentees * MOST_DISAPPOINTED
        && paths.place_mentees(mentees * SCANS_PER_MENTEE).is_ok()
}

/// All steps of the auction, then the paths for what is left.
pub(super) fn by_auction<E>(
    market: &mut Market,
    watch: &mut impl FnMut(Step) -> Result<(), E>,
) -> Result<(), E> {
    let (instance, whole) = (market.instance, market.refusal);
    market.refusal = FIRST_REFUSAL.min(whole);
    let mut auction = Auction::begin(market);
    let columns = || Columns::of(instance);
    let (columns, ()) = both(instance.edges(), columns, || auction.forward(STEPS[0]));
    auction.raise_what_is_short(whole, &columns);
    for (done, pair) in (1..).zip(STEPS.windows(2)) {
        watch(Step::new(Phase::Pairs, done, PARTS))?;
        auction.refine(pair[0], pair[1]);
        auction.forward(pair[1]);
        auction.reverse(pair[1], &columns);
    }
    watch(Step::new(Phase::Pairs, STEPS.len(), PARTS))?;
    let mut paths = Paths::begin(market);
    paths.place_all();
    paths.fill_places(&columns);
    Ok(())
}

pub(super) fn answer(market: Market<'_>) -> Solution {
    let instance = market.instance;
    let mut mentors: Vec<Option<u32>> =
        market.mate.iter().map(|mentor| (*mentor != NOBODY).then_some(*mentor)).collect();
    let (mut score, mut lowest) = (0_u64, None);
    for (mentee, mentor) in mentors.iter().enumerate() {
        let points = mentor.and_then(|mentor| instance.score(mentee, mentor));
        score += points.map_or(0, u64::from);
        lowest = [lowest, points].into_iter().flatten().min();
    }
    for pair in instance.fixed() {
        mentors[pair.mentee as usize] = Some(pair.mentor);
        score += u64::from(pair.score);
    }
    let matched = mentors.iter().flatten().count();
    Solution { mentors, matched, score, lowest, certificate: Certificate { prices: market.price } }
}
