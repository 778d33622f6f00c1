//! From people to proposals: rules, scores, the optimum, and a word about everybody.

use std::collections::{BTreeMap, BTreeSet};

use super::certificate::Certificate;
use super::named::{Named, NamedError, Pair};
use super::people::{Mentee, Mentor, People};
use super::reasons::{Unmatched, unmatched};
use super::rules::{self, Refusal};
use super::score::{Explanation, explain};
use super::solve::{Ties, solve};
use crate::config::MatchingWeights;
use crate::ids::PersonId;
use crate::kind::Kind;

/// A proposed pair with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub mentor: PersonId,
    pub mentee: PersonId,
    /// Kinds in which the two could work together.
    pub kinds: BTreeSet<Kind>,
    pub explanation: Explanation,
}

/// Everything a matching says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposals {
    /// By mentee.
    pub pairs: Vec<Proposal>,
    /// Everybody who stays without a mentor, with the reason; by mentee.
    pub unmatched: Vec<Unmatched>,
    /// The sum of all scores.
    pub score: u64,
    /// Proves that there is no better answer.
    pub certificate: Certificate,
}

/// Why nothing is proposed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProposeError {
    #[error("Закрепить эту пару нельзя: {}", words(.refusals))]
    PinRefused { mentor: PersonId, mentee: PersonId, refusals: Vec<Refusal> },
    #[error(transparent)]
    People(#[from] NamedError<PersonId>),
}

fn words(refusals: &[Refusal]) -> String {
    refusals.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Every pair of a mentor and a mentee, judged by the rules.
pub(super) struct Judged {
    pub(super) allowed: BTreeMap<(PersonId, PersonId), (BTreeSet<Kind>, Explanation)>,
    /// Mentors of each mentee with what forbids them.
    pub(super) refused: BTreeMap<PersonId, Vec<(PersonId, Vec<Refusal>)>>,
}

/// The proposals for these people. `pinned` pairs (mentor, mentee) stay; they are held to the same rules.
pub fn propose(
    people: &People,
    weights: &MatchingWeights,
    pinned: &[(PersonId, PersonId)],
) -> Result<Proposals, ProposeError> {
    let judged = judge(people, weights);
    let mut fixed = Vec::with_capacity(pinned.len());
    for (mentor, mentee) in pinned {
        let Some((_, explanation)) = judged.allowed.get(&(*mentee, *mentor)) else {
            return Err(pin_refused(&judged, *mentor, *mentee));
        };
        fixed.push(Pair { mentor: *mentor, mentee: *mentee, score: explanation.score() });
    }
    let candidates: Vec<Pair<PersonId>> = judged
        .allowed
        .iter()
        .map(|((mentee, mentor), (_, explanation))| Pair {
            mentee: *mentee,
            mentor: *mentor,
            score: explanation.score(),
        })
        .collect();
    let mentors = people.mentors.iter().map(|mentor| (mentor.profile.person, mentor.free_places)).collect();
    let mentees = people.mentees.iter().map(|mentee| mentee.profile.person).collect();
    let named = Named::new(mentors, mentees, &candidates, &fixed)?;
    let solution = solve(named.instance(), Ties::Settled);
    let pairs = named.pairs(&solution).into_iter().filter_map(|pair| {
        let (kinds, explanation) = judged.allowed.get(&(pair.mentee, pair.mentor))?.clone();
        Some(Proposal { mentor: pair.mentor, mentee: pair.mentee, kinds, explanation })
    });
    Ok(Proposals {
        pairs: pairs.collect(),
        unmatched: unmatched(&named, &solution, &judged),
        score: solution.score,
        certificate: solution.certificate,
    })
}

/// A pin of people who are not there is another mistake than a pin the rules forbid.
fn pin_refused(judged: &Judged, mentor: PersonId, mentee: PersonId) -> ProposeError {
    let list = judged.refused.get(&mentee).into_iter().flatten();
    match list.into_iter().find(|(refused, _)| *refused == mentor) {
        Some((_, refusals)) => ProposeError::PinRefused { mentor, mentee, refusals: refusals.clone() },
        None => ProposeError::People(NamedError::Unknown(mentor)),
    }
}

fn judge(people: &People, weights: &MatchingWeights) -> Judged {
    let mut judged = Judged { allowed: BTreeMap::new(), refused: BTreeMap::new() };
    for mentee in &people.mentees {
        for mentor in &people.mentors {
            judge_pair(people, weights, mentor, mentee, &mut judged);
        }
    }
    for refused in judged.refused.values_mut() {
        refused.sort_unstable();
    }
    judged
}

fn judge_pair(
    people: &People,
    weights: &MatchingWeights,
    mentor: &Mentor,
    mentee: &Mentee,
    judged: &mut Judged,
) {
    let (one, two) = (mentor.profile.person, mentee.profile.person);
    match rules::check(mentor, mentee, &people.marks) {
        Ok(kinds) => {
            let explanation = explain(mentor, mentee, &kinds, people, weights);
            judged.allowed.insert((two, one), (kinds, explanation));
        }
        Err(refusals) => judged.refused.entry(two).or_default().push((one, refusals)),
    }
}
