//! Evaluation of a program in the middle of the year and at its end (D11, H11; п. 4.1.2, раздел VI, ДК 2.2).
//!
//! The program is evaluated, never a person. What can be computed is never typed in: report and reflection begin as
//! text composed from facts, the checklist as proposals of the same facts.

mod checklist;
mod compose;
mod concluder;
mod decision;
mod facts;
mod growth;
mod life;
mod waves;

pub use checklist::{Evidence, Mark, Score, Suggested, Verdict, judged, score, suggest};
pub use compose::{Voice, level_words, report, turn_words};
pub use concluder::{Desk, NotYours, may_conclude};
pub use decision::{Decision, is_told};
pub use facts::{Facts, ProgramFacts};
pub use growth::{Degree, Growth, Path, Reading, Row, Sheet, Turn, paths, rows_grown};
pub use life::{Conclusion, Council, Deed, Evaluation, Refusal, State};
pub use waves::{Shape, Wave, WavePlan, waves};

#[cfg(test)]
mod tests;
