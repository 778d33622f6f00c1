//! From people to proposals: rules, scores, the optimum, and a word about everybody.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::certificate::Certificate;
use super::groups::{Effort, solve_settled};
use super::named::{Named, NamedError, Pair};
use super::packed::Packed;
use super::people::{Mentee, Mentor, People};
use super::reasons::{Left, Unmatched, unmatched};
use super::rules::{self, Audience, Refusal};
use super::score::{Explanation, explain, points};
use super::search::{Blocks, Found, Width, search};
use super::watch::{Step, Stopped};
use crate::config::MatchingWeights;
use crate::ids::PersonId;
use crate::kind::Kind;

/// A proposed pair with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub mentor: PersonId,
    pub mentee: PersonId,
    /// Kinds in which the two could work together.
    pub kinds: BTreeSet<Kind>,
    pub explanation: Explanation,
}

/// Everything a matching says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposals {
    /// By mentee.
    pub pairs: Vec<Proposal>,
    /// Everybody who stays without a mentor, with the reason; by mentee.
    pub unmatched: Vec<Unmatched>,
    /// The sum of all scores.
    pub score: u64,
    /// Proves that there is no better answer; where groups could not be brought together, none with these groups.
    pub certificate: Certificate,
    /// Mentors who lead a group and nothing else and have nobody: one mentee alone can't come.
    #[serde(default)]
    pub closed_groups: Vec<PersonId>,
}

impl Proposals {
    /// The same as this reader may see it: others than the curator read no part of a score that rests on requests.
    #[must_use]
    pub fn told(mut self, audience: Audience) -> Self {
        if audience == Audience::Others {
            for pair in &mut self.pairs {
                pair.explanation.parts.retain(|part| !part.aspect.is_confidential());
            }
            self.score = self.pairs.iter().map(|pair| u64::from(pair.explanation.score())).sum();
        }
        self
    }
}

/// Why nothing is proposed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProposeError {
    #[error("Закрепить эту пару нельзя: {}", words(.refusals))]
    PinRefused { mentor: PersonId, mentee: PersonId, refusals: Vec<Refusal> },
    #[error(transparent)]
    People(#[from] NamedError<PersonId>),
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

fn words(refusals: &[Refusal]) -> String {
    refusals.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// The proposals for these people. `pinned` pairs (mentor, mentee) stay; they are held to the same rules.
pub fn propose(
    people: &People,
    weights: &MatchingWeights,
    pinned: &[(PersonId, PersonId)],
) -> Result<Proposals, ProposeError> {
    propose_watched(people, weights, pinned, Width::Everybody, &mut |_| Ok(()))
}

/// The same for more people than can be compared with each other, telling at each step how far it has come; `watch` may
/// stop it.
pub fn propose_watched(
    people: &People,
    weights: &MatchingWeights,
    pinned: &[(PersonId, PersonId)],
    width: Width,
    watch: &mut impl FnMut(Step) -> Result<(), Stopped>,
) -> Result<Proposals, ProposeError> {
    let known = Known::of(people);
    let fixed: Vec<Pair<PersonId>> =
        pinned.iter().map(|pair| known.fixed(*pair, weights)).collect::<Result<_, _>>()?;
    let (named, found) = compared(people, weights, width, &fixed, watch)?;
    let groups = people.mentors.iter().filter(|mentor| mentor.leads_groups_only());
    let groups: Vec<u32> = groups.filter_map(|mentor| named.mentor(mentor.profile.person)).collect();
    let effort = Effort::for_size(named.instance());
    let settled = solve_settled(named.instance(), &groups, effort, watch)?;
    let solution = &settled.solution;
    let pairs = named.pairs(solution).into_iter();
    let blocks = Blocks::of(people, width);
    let left = Left { named: &named, settled: &settled, found: &found, blocks: &blocks, people };
    Ok(Proposals {
        pairs: pairs.filter_map(|pair| known.proposal(pair.mentor, pair.mentee, weights)).collect(),
        unmatched: unmatched(&left, &known.mentees, watch)?,
        score: solution.score,
        closed_groups: settled.closed.iter().map(|group| named.mentors()[*group as usize]).collect(),
        certificate: settled.solution.certificate,
    })
}

/// Who is a candidate for whom, with the score: what a matching is solved from.
pub fn candidates(
    people: &People,
    weights: &MatchingWeights,
    width: Width,
) -> Result<Named<PersonId>, ProposeError> {
    Ok(compared(people, weights, width, &[], &mut |_| Ok(()))?.0)
}

fn compared(
    people: &People,
    weights: &MatchingWeights,
    width: Width,
    fixed: &[Pair<PersonId>],
    watch: &mut impl FnMut(Step) -> Result<(), Stopped>,
) -> Result<(Named<PersonId>, Found), ProposeError> {
    let packed = Packed::of(people, weights);
    let found = search(&packed, width, watch)?;
    let mentors = packed.mentors.iter().map(|mentor| (mentor.profile.person, mentor.free_places)).collect();
    let mentees = packed.mentees.iter().map(|mentee| mentee.profile.person).collect();
    Ok((Named::from_found(mentors, mentees, &found, fixed)?, found))
}

/// People by their ids.
struct Known<'a> {
    people: &'a People,
    mentors: BTreeMap<PersonId, &'a Mentor>,
    mentees: BTreeMap<PersonId, &'a Mentee>,
}

impl<'a> Known<'a> {
    fn of(people: &'a People) -> Self {
        Self {
            people,
            mentors: people.mentors.iter().map(|mentor| (mentor.profile.person, mentor)).collect(),
            mentees: people.mentees.iter().map(|mentee| (mentee.profile.person, mentee)).collect(),
        }
    }

    /// A pin of people who are not there is another mistake than a pin the rules forbid.
    fn fixed(
        &self,
        (one, two): (PersonId, PersonId),
        weights: &MatchingWeights,
    ) -> Result<Pair<PersonId>, ProposeError> {
        let mentor = self.mentors.get(&one).ok_or(NamedError::Unknown(one))?;
        let mentee = self.mentees.get(&two).ok_or(NamedError::Unknown(two))?;
        match rules::check(mentor, mentee, &self.people.marks) {
            Ok(kinds) => {
                let score = points(mentor, mentee, &kinds, self.people.today, weights);
                Ok(Pair { mentor: one, mentee: two, score })
            }
            Err(refusals) => Err(ProposeError::PinRefused { mentor: one, mentee: two, refusals }),
        }
    }

    fn proposal(&self, mentor: PersonId, mentee: PersonId, weights: &MatchingWeights) -> Option<Proposal> {
        let (one, two) = (self.mentors.get(&mentor)?, self.mentees.get(&mentee)?);
        let kinds = rules::check(one, two, &self.people.marks).ok()?;
        let explanation = explain(one, two, &kinds, self.people, weights);
        Some(Proposal { mentor, mentee, kinds, explanation })
    }
}
