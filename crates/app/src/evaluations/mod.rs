//! Evaluation of programs in the middle of the year and at its end (D11, H11; п. 4.1.2, раздел VI, ДК 2.2).
//!
//! Report and reflection are made from facts and corrected, never typed from nothing (L3). Words of participants stay in
//! the pair unless their author shows them to the curator; levels and names of deficits never leave it: others read how
//! many directions of work have grown (decision 0021).

mod conclude;
mod confirm;
mod continuation;
mod export;
mod facts;
mod follow;
mod front;
mod list;
mod outcome;
mod overview;
mod page;
mod paper;
mod part;
mod record;
mod rules;
mod show;
mod store;
mod view;
mod visible;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

pub use follow::{Decided, Remaining, decided, own_remaining};
pub use front::{Counts, Errand, Result, Sign, counts, errands, results, sign};

/// Paths of evaluations.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{ConcludeEvaluations, ConfirmEvaluations, FormPairs, ReadEvaluations, WriteEvaluations};
    registry
        .get("/evaluations", ReadEvaluations, list::show)
        .get("/evaluations.xlsx", ReadEvaluations, export::workbook)
        .get("/pairs/{id}/evaluations", ReadEvaluations, overview::show)
        .post("/pairs/{id}/evaluations", WriteEvaluations, overview::mark)
        .get("/pairs/{id}/evaluations/{wave}", ReadEvaluations, show::show)
        .post("/pairs/{id}/evaluations/{wave}/part", WriteEvaluations, part::give)
        .get("/pairs/{id}/evaluations/{wave}/part.pdf", ReadEvaluations, paper::part_pdf)
        .get("/pairs/{id}/evaluations/{wave}/part.docx", ReadEvaluations, paper::part_docx)
        .post("/pairs/{id}/evaluations/{wave}/conclusion", ConcludeEvaluations, conclude::conclude)
        .post("/pairs/{id}/evaluations/{wave}/question", ConcludeEvaluations, conclude::ask_council)
        .post("/pairs/{id}/evaluations/{wave}/confirmation", ConfirmEvaluations, confirm::confirm)
        .post("/pairs/{id}/evaluations/{wave}/return", ConfirmEvaluations, confirm::give_back)
        .post("/pairs/{id}/evaluations/{wave}/continuation", FormPairs, continuation::create)
        .get("/pairs/{id}/evaluations/{wave}/sheet.pdf", ReadEvaluations, paper::sheet_pdf)
        .get("/pairs/{id}/evaluations/{wave}/sheet.docx", ReadEvaluations, paper::sheet_docx)
}
