//! The municipal base of programs (D12, ДК 1.6): a finished program is offered, its names are taken out and checked by a
//! person, two independent reviewers recommend it, the department publishes it, and others begin from it.
//!
//! An offer is what happened to it, one event after another. Nothing is published without the consent of everybody whose
//! program it was, and a consent taken back takes the program out (152-ФЗ).

mod content;
mod eligible;
mod offer;
mod review;

pub use content::{Content, Goal, Length, Measure, Section, SourceLine, goals_and_measures, source_lines};
pub use eligible::{Evaluation, Facts, Lack, eligible};
pub use offer::{Ending, Event, Offer, Recorded, Refusal, Review, State};
pub use review::{Mark, ReviewLack, Verdict, review_lacks};

#[cfg(test)]
mod tests;
