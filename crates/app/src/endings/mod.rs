//! Safe ending and replacement (F7), «подходим друг другу», the personal file (D9): п. 5.1.1, 5.2.1, ТК 351.8.
//!
//! Front door for other slices: what waits for whom, for the home page. The order that ends a mentorship belongs to
//! `papers`, a new pair to `pairs`; here stands who asked, who answers and by when. Whoever takes part in the pair
//! besides the author meets no trace of a petition (`domain::petition`, decision 0014).

mod answer;
mod ask;
mod card;
mod carry;
mod file;
mod fit;
mod front;
mod inbox;
mod numbers;
mod record;
mod replacement;
mod signals;
mod store;
mod visible;

use nastavnik_domain::policy::Permission;
use sea_orm::DbErr;
use uuid::Uuid;

pub use carry::hand_over;
pub use front::{Desk, Errand, desk, errands, receiver, receivers};

use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::registry::Registry;

/// Paths of endings.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{AskForEnding, DecideEndings, ReadEndingNumbers, ReadPersonalFile, SignedIn};
    registry
        .get("/pairs/{id}/petition", AskForEnding, ask::show)
        .post("/pairs/{id}/petition", AskForEnding, ask::send)
        .get("/petitions", DecideEndings, inbox::show)
        .get("/petitions/{id}", SignedIn, card::show)
        .get("/petitions/{id}/pdf", SignedIn, card::pdf)
        .get("/petitions/{id}/docx", SignedIn, card::docx)
        .post("/petitions/{id}/withdrawal", AskForEnding, ask::take_back)
        .post("/petitions/{id}/talk", DecideEndings, answer::talk)
        .post("/petitions/{id}/arbitration", DecideEndings, answer::arbitrate)
        .post("/petitions/{id}/ending", DecideEndings, answer::end)
        .get("/pairs/{id}/replacement", DecideEndings, replacement::show)
        .post("/pairs/{id}/replacement", DecideEndings, replacement::create)
        .get("/pairs/{id}/fit", AskForEnding, fit::show)
        .post("/pairs/{id}/fit", AskForEnding, fit::answer)
        .get("/pairs/{id}/file/{person}", ReadPersonalFile, file::show)
        .post("/pairs/{id}/file/{person}/readings", ReadPersonalFile, file::open)
        .get("/own/file", SignedIn, file::own)
        .get("/endings", ReadEndingNumbers, numbers::show)
}

/// Notes the bare fact in the journal, outside of any organization: its readers there may take part in the pair.
async fn note(change: &Change, kind: &'static str, subject: (&'static str, Uuid)) -> Result<(), DbErr> {
    let payload = serde_json::json!({});
    let subject = (subject.0, Some(subject.1));
    change.journal(Entry { kind, subject, organization: None, payload: &payload }).await
}
