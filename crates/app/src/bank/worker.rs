//! Somebody who works in an organization today, as the staff list tells.

use chrono::NaiveDate;
use nastavnik_domain::category::StaffFacts;
use nastavnik_domain::config::{Positions, Post};
use nastavnik_domain::period::Since;
use nastavnik_domain::person::{Education, FullName, Gender, Qualification};
use nastavnik_domain::policy::Place;
use nastavnik_domain::russian::search_key;
use uuid::Uuid;

/// An organization as lists name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct School {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) place: Place,
}

/// A person with their present jobs in one organization.
#[derive(Clone, Debug)]
pub(super) struct Worker {
    pub(super) person: Uuid,
    pub(super) name: FullName,
    pub(super) gender: Gender,
    pub(super) education: Option<Education>,
    pub(super) born: Option<NaiveDate>,
    pub(super) teaching_since: Option<Since>,
    pub(super) school: School,
    pub(super) jobs: Vec<Job>,
}

/// One of the jobs.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) position: String,
    pub(super) subject: Option<String>,
    pub(super) qualification: Option<Qualification>,
    pub(super) started: Option<Since>,
}

impl Worker {
    /// What the jobs make of the person.
    pub(super) fn post(&self, positions: &Positions) -> Post {
        let titles: Vec<&str> = self.jobs.iter().map(|job| job.position.as_str()).collect();
        positions.post_of_all(&titles)
    }

    /// What the rules of A5 look at.
    pub(super) fn facts(&self, positions: &Positions) -> StaffFacts {
        StaffFacts {
            gender: self.gender,
            post: self.post(positions),
            teaching_since: self.teaching_since,
            hired_on: self.hired_on(),
            education: self.education,
        }
    }

    /// Since when in this organization. Of several jobs the earliest beginning counts: a second job in the
    /// same school makes nobody new in it.
    pub(super) fn hired_on(&self) -> Option<Since> {
        self.jobs.iter().filter_map(|job| job.started).min_by_key(Since::earliest)
    }

    /// Whether the name or the position has this search key in it.
    pub(super) fn answers_to(&self, key: &str) -> bool {
        key.is_empty() || search_key(&format!("{} {}", self.name.full(), self.positions())).contains(key)
    }

    /// «учитель, классный руководитель».
    pub(super) fn positions(&self) -> String {
        distinct(self.jobs.iter().map(|job| job.position.as_str()))
    }

    /// «математика, физика»; empty if the staff list names none.
    pub(super) fn subjects(&self) -> String {
        distinct(self.jobs.iter().filter_map(|job| job.subject.as_deref()))
    }

    /// «высшая»; empty if there is none.
    pub(super) fn qualifications(&self) -> String {
        distinct(self.jobs.iter().filter_map(|job| job.qualification).map(Qualification::title))
    }
}

fn distinct<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut found: Vec<&str> = Vec::new();
    for word in words.filter(|word| !word.trim().is_empty()) {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found.join(", ")
}
