//! What a run is made from. Kept with the run: the same input gives the same result on any day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::config::MatchingWeights;
use nastavnik_domain::ids::PersonId;
use nastavnik_domain::matching::people::{Mark, Mentee, Mentor, People};
use nastavnik_domain::matching::{Proposals, ProposeError, Step, Stopped, Width, propose_watched};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Everything a run is made from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Input {
    pub(super) people: People,
    pub(super) weights: MatchingWeights,
    pub(super) edition: Edition,
    /// Pairs that stay: mentor and mentee.
    pub(super) pinned: Vec<(PersonId, PersonId)>,
    pub(super) width: Width,
    /// People who take no part, because their names may not be passed on to whoever runs it.
    pub(super) unnamed: Unnamed,
}

/// Which edition of the weights was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Edition {
    pub(super) valid_from: NaiveDate,
    pub(super) source: String,
}

/// How many were left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Unnamed {
    pub(super) mentees: usize,
    pub(super) mentors: usize,
}

impl Input {
    /// The result, telling at each step how far it has come.
    pub(super) fn result(
        &self,
        watch: &mut impl FnMut(Step) -> Result<(), Stopped>,
    ) -> Result<Proposals, ProposeError> {
        propose_watched(&self.people, &self.weights, &self.pinned, self.width, watch)
    }

    /// How many mentees and mentors take part.
    pub(super) const fn size(&self) -> (usize, usize) {
        (self.people.mentees.len(), self.people.mentors.len())
    }

    pub(super) fn mentor(&self, person: Uuid) -> Option<&Mentor> {
        self.people.mentors.iter().find(|mentor| mentor.profile.person.0 == person)
    }

    pub(super) fn mentee(&self, person: Uuid) -> Option<&Mentee> {
        self.people.mentees.iter().find(|mentee| mentee.profile.person.0 == person)
    }

    /// Pairs the curator has set aside: mentor and mentee.
    pub(super) fn set_aside(&self) -> Vec<(PersonId, PersonId)> {
        self.people.marks.with(Mark::SetAside).collect()
    }

    /// Where everybody works: a person of both sides works in one place.
    pub(super) fn workplaces(&self) -> BTreeMap<Uuid, Uuid> {
        let mentors = self.people.mentors.iter().map(|mentor| &mentor.profile);
        let all = mentors.chain(self.people.mentees.iter().map(|mentee| &mentee.profile));
        all.map(|profile| (profile.person.0, profile.workplace.organization.0)).collect()
    }
}
