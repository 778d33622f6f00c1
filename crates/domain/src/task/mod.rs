//! Tasks of a mentee (D6, п. 5.1.1, 5.2.2): the mentor sets a task with a term and checks the product in person; the mentee
//! hands it in and mends it after remarks.
//!
//! A task is what happened to it, one event after another: whoever applies the events again has the same task. What was
//! accepted is closed to every event. A task belongs to one mentee; in a group everybody has tasks of their own. When a mentor
//! is replaced, what is left to do goes over ([`taken_over`]) and what was said stays.

mod event;
mod life;
mod nudge;
mod product;
mod refusal;
mod succession;

pub use event::{Deed, Event, Former, Recorded, Source, SourceKind, Wording};
pub use life::{Accepted, HandedIn, Remarks, State, Task};
pub use nudge::{Nudge, due_of_measure, last_day, nudge, usual_due};
pub use product::{Attached, Product, web_link};
pub use refusal::Refusal;
pub use succession::{Successor, taken_over};

#[cfg(test)]
mod tests;
