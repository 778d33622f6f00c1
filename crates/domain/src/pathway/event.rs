//! What can happen to a route.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::body::{Body, Outcome};
use super::correction::Change;
use super::route::{Findings, Pathway, Reflection, SelfImage};
use super::step::{Step, Voice};
use super::term::Term;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    Begun {
        term: Term,
    },
    /// Read from a file of this or of another installation.
    Imported {
        pathway: Box<Pathway>,
    },
    TermSet {
        term: Term,
    },
    SelfImageWritten {
        image: SelfImage,
    },
    /// Step 2 or 3.
    Found {
        step: Step,
        findings: Findings,
    },
    /// Lines of the roadmap while it is being drawn up.
    Added {
        body: Body,
    },
    Changed {
        number: u32,
        body: Body,
    },
    Removed {
        number: u32,
    },
    /// «При необходимости»: no roadmap is needed, with the reason.
    RoadmapWaived {
        reason: String,
    },
    RoadmapResumed,
    /// Realization ends together with the correction that goes along with it.
    Completed {
        step: Step,
    },
    Corrected {
        reason: String,
        change: Change,
    },
    Realized {
        number: u32,
        outcome: Outcome,
    },
    Reflected {
        reflection: Reflection,
    },
    /// Ended before the last step, with the reflection that belongs to every end.
    Stopped {
        reason: String,
        reflection: Reflection,
    },
    /// Said by whoever accompanies.
    Commented {
        step: Step,
        text: String,
    },
    /// The owner answers; `settled` ticks the comment off.
    Answered {
        comment: u32,
        text: String,
        settled: Settled,
    },
}

/// Whether a comment is ticked off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    Yes,
    No,
}

/// An event with who speaks and the local day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    pub by: Voice,
    pub on: NaiveDate,
    pub event: Event,
}
