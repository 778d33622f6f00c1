//! A route as it stands.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::body::{Body, Kind, Outcome};
use super::correction::Correction;
use super::step::{Standing, Step, Voice};
use super::term::Term;
use crate::competence::Domain;
use crate::year::AcademicYear;

/// A route: seven steps, their marks, what was said about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pathway {
    pub begun_on: NaiveDate,
    pub term: Term,
    /// Completed steps in their order.
    pub marks: Vec<Mark>,
    pub self_image: SelfImage,
    pub achievements: Findings,
    pub difficulties: Findings,
    /// Lines in the order of their numbers.
    pub roadmap: Vec<Entry>,
    /// The number given last; a number is never given twice.
    pub last_number: u32,
    pub corrections: Vec<Correction>,
    pub reflection: Reflection,
    pub comments: Vec<Comment>,
    /// The owner ended the route before its last step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stop>,
}

/// An end before the last step; what came of the route stands in its reflection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    pub on: NaiveDate,
    pub reason: String,
}

/// A completed step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub step: Step,
    pub on: NaiveDate,
    pub by: Voice,
    /// Why no roadmap is needed.
    pub waived: Option<String>,
}

/// Step 1: the teacher one would like to be; answers to the questions of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelfImage {
    pub ideal: String,
    pub values: String,
    /// What one does in one's own way: against blind copying of another's experience.
    pub own_way: String,
}

/// Steps 2 and 3: what a diagnosis says, corrected by the person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// The day of the self-diagnosis they were taken from.
    pub seen_on: Option<NaiveDate>,
    /// In the order of the domains.
    pub list: Vec<Finding>,
}

/// A domain with words about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub domain: Domain,
    pub words: String,
}

/// A line of the roadmap with what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub number: u32,
    pub body: Body,
    pub outcome: Option<Outcome>,
}

/// Step 7.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reflection {
    /// In the order of the domains.
    pub list: Vec<ReflectedOn>,
    /// How near one has come to the self-image, 0 to 10.
    pub closeness: Option<u8>,
    pub words: String,
}

/// A difficulty then and now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReflectedOn {
    pub domain: Domain,
    pub was: String,
    pub became: String,
}

/// What whoever accompanies says about a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub number: u32,
    pub step: Step,
    pub by: Voice,
    pub on: NaiveDate,
    pub text: String,
    /// Empty while the owner has not answered.
    pub answer: String,
    /// Ticked off by the owner.
    pub settled_on: Option<NaiveDate>,
}

impl Findings {
    /// Words about a domain.
    pub fn of(&self, domain: Domain) -> Option<&str> {
        self.list.iter().find(|finding| finding.domain == domain).map(|finding| finding.words.as_str())
    }
}

impl Reflection {
    /// What was reflected on a difficulty.
    pub fn of(&self, domain: Domain) -> Option<&ReflectedOn> {
        self.list.iter().find(|one| one.domain == domain)
    }
}

impl Pathway {
    /// The mark of a completed step.
    pub fn mark(&self, step: Step) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.step == step)
    }

    /// Why there is no roadmap, if it was waived.
    pub fn waived(&self) -> Option<&str> {
        self.mark(Step::Roadmap).and_then(|mark| mark.waived.as_deref())
    }

    /// All seven steps are behind.
    pub fn is_finished(&self) -> bool {
        self.mark(Step::Reflection).is_some()
    }

    /// The day on which it was finished or stopped: from then on nothing changes, and another one may begin.
    pub fn ended_on(&self) -> Option<NaiveDate> {
        let finished = self.mark(Step::Reflection).map(|mark| mark.on);
        finished.or_else(|| self.stopped.as_ref().map(|stop| stop.on))
    }

    /// The last day in pictures: a route that was stopped does not reach its term.
    pub fn last_day(&self) -> NaiveDate {
        let stopped = self.stopped.as_ref().map(|stop| stop.on);
        stopped.map_or(self.term.to, |on| on.clamp(self.term.from, self.term.to.max(self.term.from)))
    }

    /// Where a step stands. Realization and correction go side by side (п. 4.3.3, step 6).
    pub fn standing(&self, step: Step) -> Standing {
        if self.mark(step).is_some() {
            return Standing::Done;
        }
        if self.stopped.is_some() {
            return Standing::Left;
        }
        let done = |step| self.mark(step).is_some();
        let is_waived = self.waived().is_some();
        let opens = match step {
            Step::SelfImage => true,
            Step::Achievements => done(Step::SelfImage),
            Step::Difficulties => done(Step::Achievements),
            Step::Roadmap => done(Step::Difficulties),
            Step::Realization | Step::Correction if is_waived => return Standing::NotNeeded,
            Step::Realization | Step::Correction => done(Step::Roadmap),
            Step::Reflection => is_waived || done(Step::Correction),
        };
        if opens { Standing::Open } else { Standing::Ahead }
    }

    /// The step the teacher is at; nothing when the route has ended.
    pub fn current(&self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| self.standing(*step) == Standing::Open)
    }

    /// What steps 2 and 3 say.
    pub const fn findings(&self, step: Step) -> Option<&Findings> {
        match step {
            Step::Achievements => Some(&self.achievements),
            Step::Difficulties => Some(&self.difficulties),
            _ => None,
        }
    }

    /// A line of the roadmap.
    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.roadmap.iter().find(|entry| entry.number == number)
    }

    /// One of the four lists, by days.
    pub fn list(&self, kind: Kind) -> Vec<&Entry> {
        let mut list: Vec<&Entry> =
            self.roadmap.iter().filter(|entry| entry.body.detail.kind() == kind).collect();
        list.sort_by_key(|entry| (entry.body.from, entry.body.to, entry.number));
        list
    }

    /// What goes on in an academic year, by days.
    pub fn in_year(&self, year: AcademicYear) -> Vec<&Entry> {
        let touches = |entry: &&Entry| {
            AcademicYear::of(entry.body.from) <= year && year <= AcademicYear::of(entry.body.to)
        };
        let mut list: Vec<&Entry> = self.roadmap.iter().filter(touches).collect();
        list.sort_by_key(|entry| (entry.body.from, entry.body.to, entry.number));
        list
    }

    /// Comments the owner has not ticked off.
    pub fn open_comments(&self) -> impl Iterator<Item = &Comment> {
        self.comments.iter().filter(|comment| comment.settled_on.is_none())
    }
}
