//! The personalized program of mentoring (D1-D5, D8, D10; п. 1.4, 1.5, 3.2, 4.1.2, 5.1.2, 5.2.2).
//!
//! A program is what happened to it, one event after another: whoever applies the events again has the same text. An
//! approved text is kept apart and no event reaches it.

mod difference;
mod drafting;
mod event;
mod life;
mod readiness;
mod refusal;
mod similarity;
mod text;

pub use difference::{Difference, FieldChange, LineChange, difference};
pub use drafting::{Found, Offer, OfferedMeasure, Uncovered, draft, uncovered};
pub use event::{Answer, Event, Recorded};
pub use life::{Approved, Call, Done, Helper, Line, Origin, Program, Returned, State};
pub use readiness::{Lack, lacks};
pub use refusal::Refusal;
pub use similarity::{goals_key, percent_alike, without_taken};
pub use text::{Body, Eyes, Ground, Shape, Text, Who};

#[cfg(test)]
mod tests;
