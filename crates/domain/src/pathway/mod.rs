//! The individual educational route of a teacher (E1-E6, п. 4.3.3).
//!
//! A route is what happened to it, one event after another. Nothing in it names an account or a person: whoever speaks is a
//! role, so that a route goes to another installation as a file and is the same there.

mod body;
mod correction;
mod event;
mod file;
mod life;
mod reader;
mod readiness;
mod refusal;
mod route;
mod soundness;
mod step;
mod term;

pub use body::{Attitude, Body, BodyError, Detail, Kind, Outcome, is_web_address};
pub use correction::{Change, Correction, FieldChange, difference};
pub use event::{Event, Recorded, Settled};
pub use file::{FORMAT, LARGEST, NEWEST_VERSION, read, write};
pub use reader::FileError;
pub use readiness::{Lack, Progress};
pub use refusal::Refusal;
pub use route::{Comment, Entry, Finding, Findings, Mark, Pathway, ReflectedOn, Reflection, SelfImage, Stop};
pub use step::{Standing, Step, Voice};
pub use term::{Term, TermError};

#[cfg(test)]
mod tests;
