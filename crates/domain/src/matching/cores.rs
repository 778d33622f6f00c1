//! Two cores at once. What comes out is the same on one: no step asks what another is doing meanwhile, so neither the number
//! of cores nor what else they do shows in an answer.

use std::panic::resume_unwind;
use std::thread;

/// With fewer candidate pairs a second thread costs more than it saves, and everything is at hand anyhow. Tests go both ways.
pub(super) const LARGE: usize = if cfg!(test) { 30 } else { 1_000_000 };

/// Two works on so many candidate pairs, at once if that pays.
pub(super) fn both<A: Send, B>(
    edges: usize,
    one: impl FnOnce() -> A + Send,
    two: impl FnOnce() -> B,
) -> (A, B) {
    if edges < LARGE {
        return (one(), two());
    }
    thread::scope(|scope| {
        let beside = scope.spawn(one);
        let two = two();
        (beside.join().unwrap_or_else(|panic| resume_unwind(panic)), two)
    })
}

/// What is found for each of so many numbers, in their order; `edges` candidate pairs are looked at for all of them.
pub(super) fn each<T: Send>(edges: usize, count: usize, find: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let middle = count / 2;
    let later = || (middle..count).map(&find).collect::<Vec<T>>();
    let first = || {
        let mut all = Vec::with_capacity(count);
        all.extend((0..middle).map(&find));
        all
    };
    let (later, mut all) = both(edges, later, first);
    all.extend(later);
    all
}
