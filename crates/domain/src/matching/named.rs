//! An instance whose mentors and mentees have ids: the same people in any order make the same instance, so that
//! the same people get the same answer.

use super::instance::{Edge, Fixed, Instance, InstanceError};
use super::search::Found;
use super::solve::Solution;

/// People by id, and the instance of their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<Id> {
    mentors: Vec<Id>,
    mentees: Vec<Id>,
    instance: Instance,
}

/// A pair by ids with its score: a candidate, one that stays, or an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair<Id> {
    pub mentee: Id,
    pub mentor: Id,
    pub score: u16,
}

/// Why ids make no instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NamedError<Id: std::fmt::Debug> {
    #[error("{0:?} встречается в списке дважды")]
    Twice(Id),
    #[error("{0:?} нет в списке")]
    Unknown(Id),
    #[error(transparent)]
    Instance(#[from] InstanceError),
}

impl<Id: Copy + Ord + std::fmt::Debug> Named<Id> {
    /// Mentors with their places, mentees, candidate pairs and pairs that stay, all in any order.
    pub fn new(
        mut mentors: Vec<(Id, u16)>,
        mut mentees: Vec<Id>,
        candidates: &[Pair<Id>],
        fixed: &[Pair<Id>],
    ) -> Result<Self, NamedError<Id>> {
        mentors.sort_unstable_by_key(|(id, _)| *id);
        mentees.sort_unstable();
        Self::sorted(mentors, mentees, fixed, |places, mentors, mentees| {
            let mut edges = Vec::with_capacity(candidates.len());
            for pair in candidates {
                let (mentee, mentor) = (rank(mentees, pair.mentee)?, rank(mentors, pair.mentor)?);
                edges.push(Edge { mentee, mentor, score: pair.score });
            }
            Ok(Instance::new(places, mentees.len(), edges, Vec::new())?)
        })
    }

    /// Everybody in the order of ids already, and the candidates by their numbers.
    pub(super) fn from_found(
        mentors: Vec<(Id, u16)>,
        mentees: Vec<Id>,
        found: &Found,
        fixed: &[Pair<Id>],
    ) -> Result<Self, NamedError<Id>> {
        Self::sorted(mentors, mentees, fixed, |places, _, _| {
            let mut rows = Vec::with_capacity(found.kept.len() + 1);
            rows.push(0);
            for kept in &found.kept {
                rows.push(rows.last().copied().unwrap_or(0) + kept);
            }
            Ok(Instance::from_rows(places, rows, &found.mentors, &found.scores)?)
        })
    }

    fn sorted(
        mentors: Vec<(Id, u16)>,
        mentees: Vec<Id>,
        fixed: &[Pair<Id>],
        candidates: impl FnOnce(Vec<u16>, &[Id], &[Id]) -> Result<Instance, NamedError<Id>>,
    ) -> Result<Self, NamedError<Id>> {
        let (mentors, places): (Vec<Id>, Vec<u16>) = mentors.into_iter().unzip();
        for ids in [&mentors, &mentees] {
            if let Some(twice) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
                return Err(NamedError::Twice(twice[0]));
            }
        }
        let mut stay = Vec::with_capacity(fixed.len());
        for pair in fixed {
            let (mentee, mentor) = (rank(&mentees, pair.mentee)?, rank(&mentors, pair.mentor)?);
            stay.push(Fixed { mentee, mentor, score: pair.score });
        }
        let instance = candidates(places, &mentors, &mentees)?.with_fixed(stay)?;
        Ok(Self { mentors, mentees, instance })
    }

    /// What is solved.
    pub const fn instance(&self) -> &Instance {
        &self.instance
    }

    /// Mentors in the order of their numbers.
    pub fn mentors(&self) -> &[Id] {
        &self.mentors
    }

    /// The number of a mentor.
    pub fn mentor(&self, id: Id) -> Option<u32> {
        rank(&self.mentors, id).ok()
    }

    /// Mentees in the order of their numbers.
    pub fn mentees(&self) -> &[Id] {
        &self.mentees
    }

    /// The pairs of an answer, by mentee.
    pub fn pairs(&self, solution: &Solution) -> Vec<Pair<Id>> {
        let mut pairs = Vec::with_capacity(solution.matched);
        for (number, (mentee, mentor)) in self.mentees.iter().zip(&solution.mentors).enumerate() {
            let Some(mentor) = *mentor else { continue };
            let fixed = self.instance.fixed();
            let stays = fixed.binary_search_by_key(&number, |pair| pair.mentee as usize).ok();
            let score = stays.map(|at| fixed[at].score).or_else(|| self.instance.score(number, mentor));
            let score = score.unwrap_or(0);
            pairs.push(Pair { mentee: *mentee, mentor: self.mentors[mentor as usize], score });
        }
        pairs
    }
}

/// The number of an id among sorted ones.
fn rank<Id: Copy + Ord + std::fmt::Debug>(ids: &[Id], id: Id) -> Result<u32, NamedError<Id>> {
    let found = ids.binary_search(&id).ok().and_then(|rank| u32::try_from(rank).ok());
    found.ok_or(NamedError::Unknown(id))
}
