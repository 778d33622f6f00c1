//! Indicators 1 and 2 with the lists behind them, and the targets of all five (H1, G4, M).

mod targets;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;

pub use targets::{Indicator, IndicatorCard, Target, Targets, Unit};

use crate::category::{Youth, youth};
use crate::config::{CategoryRules, Post};
use crate::ids::{OrganizationId, PersonId};
use crate::organization::OrganizationKind;
use crate::period::{Period, Since};

/// One employment as the staff list tells it. A person may have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    pub person: PersonId,
    pub organization: OrganizationId,
    pub post: Post,
    pub teaching_since: Option<Since>,
    pub employed: Period,
}

/// One mentorship in force (`gate::days_in_force`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentoringRow {
    pub mentor: PersonId,
    /// The organization whose worker the mentor is.
    pub mentor_organization: OrganizationId,
    pub mentees: Vec<PersonId>,
    pub in_force: Period,
}

/// An organization of the municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationRow {
    pub organization: OrganizationId,
    pub kind: OrganizationKind,
    /// The days it has existed in the system.
    pub exists: Period,
}

/// A share with both lists, each without repetitions and sorted, so the number can be defended by names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share<Id> {
    pub numerator: Vec<Id>,
    pub denominator: Vec<Id>,
}

impl<Id: Copy + Ord> Share<Id> {
    fn of(numerator: BTreeSet<Id>, denominator: BTreeSet<Id>) -> Self {
        Self { numerator: numerator.into_iter().collect(), denominator: denominator.into_iter().collect() }
    }

    /// The part of `whole` that is in `chosen`: never over 100 %.
    fn part(whole: BTreeSet<Id>, chosen: &BTreeSet<Id>) -> Self {
        Self::of(whole.intersection(chosen).copied().collect(), whole)
    }

    /// The share in percent; nothing when there is nobody to count.
    pub fn percent(&self) -> Option<Percent> {
        Percent::of(self.numerator.len(), self.denominator.len())
    }
}

/// Percent in whole tenths: 667 is «66,7 %».
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u64);

impl Percent {
    /// Rounded to a tenth, half up, but never to 100 % while somebody is missing nor to 0 % while
    /// somebody is there. Nothing when the whole is nothing.
    pub fn of(part: usize, whole: usize) -> Option<Self> {
        if whole == 0 {
            return None;
        }
        let tenths = (part as u128 * 2000 + whole as u128) / (whole as u128 * 2);
        let tenths = u64::try_from(tenths).unwrap_or(u64::MAX);
        Some(Self(match part {
            0 => 0,
            _ if part < whole => tenths.clamp(1, 999),
            _ => tenths,
        }))
    }

    /// Whole tenths of a percent.
    pub const fn tenths(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 10 {
            0 => write!(formatter, "{}\u{a0}%", self.0 / 10),
            rest => write!(formatter, "{},{rest}\u{a0}%", self.0 / 10),
        }
    }
}

/// Indicator 1 read three ways (field.md 0.1, traps 4 and 6). The strict one is ours; the others stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YoungMentored {
    /// Young pedagogical workers with a mentor, of all young pedagogical workers.
    pub strict: Share<PersonId>,
    /// The same among teachers («учитель …») only.
    pub strict_teachers: Share<PersonId>,
    /// By the letter: all mentees who are pedagogical workers, of teachers who are young specialists.
    /// May be over 100 %.
    pub literal: Share<PersonId>,
    /// Counted as young though the staff list names only a year or a month.
    pub vague: Vec<PersonId>,
    /// Pedagogical workers not counted as young, because nobody knows since when they teach.
    pub unknown: Vec<PersonId>,
}

struct Worker {
    post: Post,
    teaching_since: Option<Since>,
}

/// Indicator 1 as of a day for the staff given: an organization, a municipality, a region. A person
/// employed twice is counted once, as the weightiest of the posts and by the earliest known beginning.
pub fn young_mentored(
    staff: &[StaffRow],
    mentoring: &[MentoringRow],
    day: NaiveDate,
    rules: &CategoryRules,
) -> YoungMentored {
    let workers = workers(staff, day);
    let mentees: BTreeSet<PersonId> =
        in_force(mentoring, day).flat_map(|row| row.mentees.iter().copied()).collect();
    let mut found: [BTreeSet<PersonId>; 5] = Default::default();
    let [young, young_teachers, pedagogues, vague, unknown] = &mut found;
    for (person, worker) in workers.iter().filter(|(_, worker)| worker.post.is_pedagogical()) {
        pedagogues.insert(*person);
        match youth(worker.teaching_since, day, rules) {
            Youth::Experienced => continue,
            Youth::Unknown => {
                unknown.insert(*person);
                continue;
            }
            Youth::Perhaps => {
                vague.insert(*person);
            }
            Youth::Young => {}
        }
        young.insert(*person);
        if worker.post == Post::Teacher {
            young_teachers.insert(*person);
        }
    }
    let [young, young_teachers, pedagogues, vague, unknown] = found;
    YoungMentored {
        literal: Share::of(mentees.intersection(&pedagogues).copied().collect(), young_teachers.clone()),
        strict: Share::part(young, &mentees),
        strict_teachers: Share::part(young_teachers, &mentees),
        vague: vague.into_iter().collect(),
        unknown: unknown.into_iter().collect(),
    }
}

/// Indicator 2 as of a day: organizations that gave at least one mentor, of all that teach. Kindergartens
/// and supplementary education count (trap 6): they are subordinate educational organizations as well.
pub fn organizations_giving_mentors(
    organizations: &[OrganizationRow],
    mentoring: &[MentoringRow],
    day: NaiveDate,
) -> Share<OrganizationId> {
    let giving = in_force(mentoring, day).map(|row| row.mentor_organization).collect();
    let teaching = organizations.iter().filter(|row| row.kind.teaches() && row.exists.contains(day));
    Share::part(teaching.map(|row| row.organization).collect(), &giving)
}

fn in_force(mentoring: &[MentoringRow], day: NaiveDate) -> impl Iterator<Item = &MentoringRow> {
    mentoring.iter().filter(move |row| row.in_force.contains(day))
}

fn workers(staff: &[StaffRow], day: NaiveDate) -> BTreeMap<PersonId, Worker> {
    let mut workers: BTreeMap<PersonId, Worker> = BTreeMap::new();
    for row in staff.iter().filter(|row| row.employed.contains(day)) {
        let worker = workers.entry(row.person).or_insert(Worker { post: row.post, teaching_since: None });
        worker.post = worker.post.min(row.post);
        worker.teaching_since = [worker.teaching_since, row.teaching_since]
            .into_iter()
            .flatten()
            .min_by_key(|since| (since.earliest(), since.latest()));
    }
    workers
}

#[cfg(test)]
mod tests;
