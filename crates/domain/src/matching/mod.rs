//! Matching (B5, п. 2.3): who could be whose mentor, so that as many as possible have one, and why.
//!
//! Two layers. Below, numbers only: an [`Instance`] of candidate pairs is [`solve`]d to the optimum, and
//! [`certificate::check`] proves it. Above, people: hard [`rules`] and soft [`score`]s make the candidates,
//! [`propose`] explains every pair, and whoever stays without a mentor learns the true reason ([`Unmatched`]).
//!
//! The objectives, each among what the one before leaves: the most mentees with a mentor; the largest sum of scores; the
//! lowest score as high as possible; the lower id first. Docs: `docs/decisions/0011-matching.md`.

mod auction;
mod augment;
pub mod certificate;
mod compare;
mod cores;
mod flow;
mod groups;
mod instance;
mod live;
mod market;
mod most_pairs;
mod named;
mod packed;
pub mod people;
mod propose;
mod reasons;
pub mod rules;
pub mod score;
mod search;
mod settle;
mod solve;
mod watch;

pub use certificate::Certificate;
pub use compare::{Change, Comparison, compare};
pub use groups::{Effort, Grouped, Settled, Worth, prove_bound, solve_groups, solve_settled};
pub use instance::{Edge, Fixed, Instance, InstanceError, MOST_SCORE};
pub use live::Live;
pub use named::{Named, NamedError, Pair};
pub use propose::{Proposal, Proposals, ProposeError, candidates, propose, propose_watched};
pub use reasons::{Cause, Obstacle, Unmatched};
pub use rules::{Audience, Refusal};
pub use score::{Aspect, Explanation, Part};
pub use search::{BEST, Width, pairs_to_look_at};
pub use solve::{Solution, Ties, solve, solve_watched};
pub use watch::{Phase, Step, Stopped};

#[cfg(test)]
mod tests;
