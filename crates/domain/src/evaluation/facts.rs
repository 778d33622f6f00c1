//! What is known of the work of a pair without asking anybody (L3).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Growth, Path, Turn};
use crate::competence::Domain;
use crate::ids::PersonId;

/// Everything a report is made from. Another source of facts becomes a field here and a sentence in `compose`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The days they tell of.
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub meetings: u32,
    /// Of them, visits to lessons.
    pub visits: u32,
    pub steps_done: u32,
    pub steps_open: u32,
    pub tasks_accepted: u32,
    /// Set, handed in or returned.
    pub tasks_open: u32,
    /// The program in force; nothing while none is approved.
    pub program: Option<ProgramFacts>,
    pub help_asked: u32,
    pub help_answered: u32,
    /// Deficits of each mentee, for the pair alone.
    pub paths: BTreeMap<PersonId, Vec<Path>>,
}

/// The approved program in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramFacts {
    pub revision: u32,
    pub measures: u32,
    pub done: u32,
    /// Not carried out, and their day is over.
    pub late: u32,
    /// What stays of the measures carried out.
    pub products: Vec<String>,
}

impl Facts {
    /// What may leave the pair of its directions of work.
    pub fn growth(&self) -> Growth {
        Growth::of_paths(self.paths.values().flatten())
    }

    /// The directions of work of a mentee that are still hard: what a next program or a route begins with.
    pub fn remaining(&self, mentee: PersonId) -> Vec<Domain> {
        let own = self.paths.get(&mentee).map(Vec::as_slice).unwrap_or_default();
        own.iter().filter(|path| path.turn() != Turn::Closed).map(|path| path.domain).collect()
    }

    /// Whole months of work, at least one.
    pub fn months(&self) -> u32 {
        let days = (self.to - self.from).num_days().max(0);
        u32::try_from(days / 30).unwrap_or(u32::MAX).max(1)
    }
}

impl ProgramFacts {
    /// Measures still ahead.
    pub const fn left(&self) -> u32 {
        self.measures.saturating_sub(self.done)
    }

    /// Measures that should be carried out by now.
    pub const fn due(&self) -> u32 {
        self.done + self.late
    }
}
