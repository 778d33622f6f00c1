//! Papers of mentoring (F2, F3, L1, L4): issued with a number that is never given twice, signed, canceled,
//! read again. The issued copy never changes.
//!
//! Numbers: «12-НН/2026» is the twelfth order appointing mentors of the organization in 2026. Each kind of paper has
//! letters and a register of its own (СН and СУ – consents of mentors and mentees, ДС – supplementary agreements,
//! НН, ПН and ВИ – orders that appoint, end and amend, ПП – programs). A canceled paper keeps its number.
//!
//! Two days of a paper: the one printed on it, and the day it was signed. The legal gate counts from the second.

mod amending;
mod card;
mod cooperation;
mod document;
mod ending;
mod evaluation;
mod export;
mod handout;
mod issue;
mod joining;
mod orders;
mod personal;
mod petition;
mod program;
mod register;
mod rules;
mod signature;
mod store;
mod wording;

use nastavnik_domain::policy::{Permission, Reach};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

pub use cooperation::cooperation;
pub use document::{Document, EndingFacts, Facts, JoiningFacts, PaperKind, Standing, gate_papers};
pub use ending::prepare as prepare_ending;
pub use evaluation::{Evaluated, print_evaluation};
pub use handout::hand_out;
pub use issue::{Printable, Printed, Recipient, print, recipient};
pub use petition::{Asked, Kept, print_petition};
pub use program::{Program, ProgramText, issue_program};
pub use wording::full_position;

use crate::kernel::change::Change;
use crate::kernel::db::Tx;
use crate::kernel::errors::Outcome;
use crate::kernel::registry::Registry;
use crate::kernel::web::Ctx;

/// Paths of papers.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{ReadPapers, RecordPapers, SignOrders};
    registry
        .post("/pairs/{id}/papers", RecordPapers, personal::create)
        .get("/pairs/{id}/ending", RecordPapers, ending::show)
        .post("/pairs/{id}/ending", RecordPapers, ending::create)
        .get("/pairs/{id}/amendment", RecordPapers, joining::show)
        .post("/pairs/{id}/amendment", RecordPapers, joining::create)
        .get("/papers", ReadPapers, register::list)
        .get("/papers.xlsx", ReadPapers, register::workbook)
        .get("/papers/{id}", ReadPapers, card::show)
        .get("/papers/{id}/pdf", ReadPapers, card::pdf)
        .get("/papers/{id}/docx", ReadPapers, card::docx)
        .get("/papers/{id}/scan", ReadPapers, card::scan)
        .upload("/papers/{id}/signature", RecordPapers, signature::record)
        .post("/papers/{id}/cancellation", RecordPapers, signature::cancel)
        .get("/orders/new", RecordPapers, orders::show_new)
        .post("/orders", RecordPapers, orders::create)
        .upload("/orders/{id}/signature", SignOrders, signature::sign_order)
        .post("/orders/{id}/return", SignOrders, signature::return_order)
}

/// Papers of these mentorships, the latest first.
pub async fn of_pairs(connection: &impl ConnectionTrait, ids: &[Uuid]) -> anyhow::Result<Vec<Document>> {
    store::of_pairs(connection, ids).await
}

/// How many orders within the reach of `SignOrders` or `RecordPapers` wait for a signature: the list is
/// `/papers?standing=waits`.
pub async fn orders_waiting(connection: &impl ConnectionTrait, reach: &Reach) -> Result<u64, DbErr> {
    store::orders_waiting(connection, reach).await
}

/// One of the two files of a paper found visible by the slice that issued it.
pub async fn file(ctx: &Ctx, document: Uuid, rendering: Rendering) -> Outcome {
    card::file(ctx, document, rendering).await
}

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rendering {
    Pdf,
    Docx,
}

/// Cancels papers of a mentorship that came to nothing.
pub async fn cancel_all(change: &Change, documents: &[Document], reason: &str) -> Result<(), DbErr> {
    for document in documents.iter().filter(|document| document.is_live()) {
        store::set_canceled(change.tx(), document.id, change.account(), reason, change.now()).await?;
    }
    Ok(())
}

/// The next number of a register of the organization in the calendar year, for papers that other slices keep. It comes
/// to be with the commit.
pub async fn next_number(
    tx: &Tx,
    organization: Uuid,
    register: &'static str,
    year: i32,
) -> anyhow::Result<i64> {
    store::next_number(tx, organization, register, year).await
}
