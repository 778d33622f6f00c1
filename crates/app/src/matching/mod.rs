//! Matching: who is proposed to whom, why, and what would be if (B5; п. 2.3, 4.1.2, этап 5; decisions 0011 and 0012).
//!
//! A run keeps its input, so that it says the same on any day. The rules and the solver live in `domain::matching`; here
//! people are gathered, runs are kept, and every reader is told no more than they may read (`sight`).

mod comparison;
mod drafts;
mod export;
mod gather;
mod input;
mod list;
mod numbers;
mod pace;
mod progress;
mod rest;
mod run;
mod sight;
mod store;
mod variants;
mod weights;
mod work;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

pub use work::{COMPUTE, compute_run};

/// Paths of the matching.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{FormPairs, ReadMatching, RunMatching, SetMatchingWeights};
    registry
        .get("/matching", ReadMatching, list::show)
        .post("/matching", RunMatching, list::begin)
        .get("/matching/weights", ReadMatching, weights::show)
        .post("/matching/weights", SetMatchingWeights, weights::set)
        .get("/matching/{run}", ReadMatching, run::show)
        .get("/matching/{run}/proposals.xlsx", ReadMatching, export::workbook)
        .get("/matching/{run}/progress", ReadMatching, progress::show)
        .post("/matching/{run}/cancellation", RunMatching, progress::cancel)
        .post("/matching/{run}/variants", RunMatching, variants::create)
        .get("/matching/{run}/comparison/{other}", ReadMatching, comparison::show)
        .post("/matching/{run}/drafts", FormPairs, drafts::form)
}
