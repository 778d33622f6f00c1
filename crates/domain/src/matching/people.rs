//! Mentors and mentees as the matching sees them: what they told and what the records know, nothing else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rules::Refusal;
use crate::config::Post;
use crate::ids::PersonId;
use crate::kind::Kind;
use crate::pair::{Seniority, Workplace};
use crate::role::Role;

/// How many competence domains a self-diagnosis has (Д1–Д8).
pub const DOMAINS: usize = 8;

/// Whether somebody is ready to meet on line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remote {
    Ready,
    InPersonOnly,
}

/// When somebody is at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    First,
    Second,
}

/// To whom a mentor may be offered (ДК 1.4): everybody, or only the own organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offered {
    Anywhere,
    AtHome,
}

/// Whether a mentor has agreed in writing (A7, п. 4.1, 5.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    Given,
    NotAsked,
    Declined,
}

/// What both sides have alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub person: PersonId,
    pub workplace: Workplace,
    pub post: Post,
    pub seniority: Seniority,
    /// What they teach, in the words of the staff list.
    pub subjects: BTreeSet<String>,
    pub shift: Option<Shift>,
    pub remote: Remote,
    /// Kinds of mentoring they take part in.
    pub kinds: BTreeSet<Kind>,
    /// Confidential wishes: with whom they would like to work.
    pub likes: BTreeSet<PersonId>,
    /// Confidential wishes: with whom never.
    pub never: BTreeSet<PersonId>,
    /// Who directly leads them at work.
    pub superiors: BTreeSet<PersonId>,
}

/// Somebody who can be a mentor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentor {
    pub profile: Profile,
    /// Roles held in the own organization.
    pub roles: Vec<Role>,
    pub consent: Consent,
    pub offered: Offered,
    /// How many more mentees they may take (`mentor::free_places`).
    pub free_places: u16,
    /// Strength in each competence domain, from 0 (none) to 3.
    pub strengths: [u8; DOMAINS],
}

impl Mentor {
    /// Leads a group and nothing else, so one mentee alone can't come (п. 2.3).
    pub fn leads_groups_only(&self) -> bool {
        self.profile.kinds.iter().eq([&Kind::Group])
    }
}

/// Somebody who needs a mentor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mentee {
    pub profile: Profile,
    /// Need of help in each competence domain, from 0 (none) to 3.
    pub needs: [u8; DOMAINS],
    /// Mentors they work with already.
    pub paired_with: BTreeSet<PersonId>,
}

/// What was decided about two people, apart from what each of them is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The psychologist's «не рекомендуется» (п. 3.5).
    NotRecommended,
    /// The union objects (п. 4.1.2).
    UnionObjects,
    /// The council of mentors objects (п. 4.1.3).
    CouncilObjects,
    /// The curator tries what would be without this pair.
    SetAside,
}

/// Marks of pairs: mentor first, mentee second.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Marked>", into = "Vec<Marked>")]
pub struct Marks(BTreeMap<(PersonId, PersonId), BTreeSet<Mark>>);

/// A mark of a pair, as a run keeps it.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Marked {
    mentor: PersonId,
    mentee: PersonId,
    mark: Mark,
}

impl From<Vec<Marked>> for Marks {
    fn from(list: Vec<Marked>) -> Self {
        let mut marks = Self::default();
        for known in list {
            marks.add(known.mentor, known.mentee, known.mark);
        }
        marks
    }
}

impl From<Marks> for Vec<Marked> {
    fn from(marks: Marks) -> Self {
        let of = |((mentor, mentee), marks): ((PersonId, PersonId), BTreeSet<Mark>)| {
            marks.into_iter().map(move |mark| Marked { mentor, mentee, mark })
        };
        marks.0.into_iter().flat_map(of).collect()
    }
}

impl Mark {
    /// The rule the mark makes.
    pub const fn refusal(self) -> Refusal {
        match self {
            Self::NotRecommended => Refusal::NotRecommended,
            Self::UnionObjects => Refusal::UnionObjects,
            Self::CouncilObjects => Refusal::CouncilObjects,
            Self::SetAside => Refusal::SetAside,
        }
    }
}

impl Marks {
    pub fn add(&mut self, mentor: PersonId, mentee: PersonId, mark: Mark) {
        self.0.entry((mentor, mentee)).or_default().insert(mark);
    }

    pub fn remove(&mut self, mentor: PersonId, mentee: PersonId, mark: Mark) {
        if let Some(marks) = self.0.get_mut(&(mentor, mentee)) {
            marks.remove(&mark);
        }
    }

    /// Pairs with any mark: mentor and mentee.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (PersonId, PersonId)> + '_ {
        self.0.keys().copied()
    }

    /// Pairs with this mark: mentor and mentee.
    pub fn with(&self, mark: Mark) -> impl Iterator<Item = (PersonId, PersonId)> + '_ {
        self.0.iter().filter(move |(_, marks)| marks.contains(&mark)).map(|(pair, _)| *pair)
    }

    pub fn of(&self, mentor: PersonId, mentee: PersonId) -> impl Iterator<Item = Mark> + '_ {
        self.0.get(&(mentor, mentee)).into_iter().flatten().copied()
    }
}

/// Everything a matching is made from. Fixed with the run, it gives the same proposals again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    pub mentors: Vec<Mentor>,
    pub mentees: Vec<Mentee>,
    pub marks: Marks,
    /// Experience is counted up to this day.
    pub today: NaiveDate,
    /// The competence domains in a word or two, as they stand in an explanation: «методика».
    pub domains: [String; DOMAINS],
}
