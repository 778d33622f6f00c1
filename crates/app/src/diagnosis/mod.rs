//! Self-diagnosis over eight domains of competence (E3, п. 4.3.3), in three rings (decision 0009): answers belong to
//! the pair, facts to the school, numbers to the city.
//!
//! Front door for other slices: what waits for a person, how many have not begun, a sheet written whole.

mod ask;
mod completion;
mod export;
mod facts;
mod fill;
mod front;
mod mentor;
mod own;
mod radar;
mod report;
mod result;
mod rules;
mod saving;
mod sheet;
mod store;
mod views;
mod visible;

use nastavnik_domain::policy::Permission;

use crate::kernel::registry::Registry;

pub use front::{
    Errands, Finding, Past, Whole, add_whole, completed, errands, findings, not_begun, own_findings,
};

/// Paths of the self-diagnosis.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{AssessMentee, ReadDiagnosisFacts, ReadPairDiagnosis, SignedIn};
    registry
        .get("/own/diagnosis", SignedIn, own::show)
        .post("/own/diagnosis", SignedIn, own::begin)
        .post("/own/diagnosis/refusals", SignedIn, own::refuse_wave)
        .post("/own/diagnosis/views", SignedIn, ask::ask)
        .get("/own/diagnosis/{id}", SignedIn, own::fill)
        .post("/own/diagnosis/{id}/answers", SignedIn, own::answers)
        .post("/own/diagnosis/{id}/changes", SignedIn, own::changes)
        .get("/own/diagnosis/{id}/completion", SignedIn, own::review)
        .post("/own/diagnosis/{id}/completion", SignedIn, own::complete)
        .post("/own/diagnosis/{id}/refusal", SignedIn, own::refuse)
        .post("/own/diagnosis/{id}/resumption", SignedIn, own::resume)
        .get("/own/diagnosis/{id}/result", SignedIn, result::show)
        .get("/own/views/{id}", SignedIn, views::fill)
        .post("/own/views/{id}/answers", SignedIn, views::answers)
        .post("/own/views/{id}/changes", SignedIn, views::changes)
        .get("/own/views/{id}/completion", SignedIn, views::review)
        .post("/own/views/{id}/completion", SignedIn, views::complete)
        .post("/own/views/{id}/refusal", SignedIn, views::refuse)
        .get("/pairs/{id}/diagnosis/{person}", ReadPairDiagnosis, mentor::show)
        .post("/pairs/{id}/diagnosis/{person}/view", AssessMentee, mentor::begin_view)
        .get("/diagnosis", ReadDiagnosisFacts, facts::show)
        .get("/diagnosis.xlsx", ReadDiagnosisFacts, export::workbook)
}
