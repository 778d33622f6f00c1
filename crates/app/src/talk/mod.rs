//! The talk of a mentorship, of a pair or a group, with files (J1): plain messages between exactly its people (0020).
//!
//! Front door for other slices: how many messages wait for a person, and the pages of a pair with that number.

mod change;
mod file;
mod front;
mod list;
mod read;
mod record;
mod rules;
mod seat;
mod show;
mod store;
mod write;

use nastavnik_domain::policy::Permission;
use sea_orm::DbErr;
use uuid::Uuid;

use crate::kernel::audit::Entry;
use crate::kernel::change::Change;
use crate::kernel::registry::Registry;

pub use front::{Unread, tabs, unread};

/// Paths of talks. What was written for a person stays theirs when the role has ended: reading asks for no role, own
/// rows only.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{SignedIn, WritePairNotes};
    registry
        .get("/pairs/{id}/talk", SignedIn, show::show)
        .upload("/pairs/{id}/talk", WritePairNotes, write::send)
        .get("/pairs/{id}/talk/version", SignedIn, show::version)
        .post("/pairs/{id}/talk/reading", SignedIn, read::mark)
        .get("/pairs/{id}/talk/{message}/file", SignedIn, file::download)
        .get("/pairs/{id}/talk/{message}/edit", WritePairNotes, change::show)
        .post("/pairs/{id}/talk/{message}/edit", WritePairNotes, change::correct)
        .post("/pairs/{id}/talk/{message}/withdrawal", WritePairNotes, change::withdraw)
        .get("/own/talks", SignedIn, list::show)
}

/// Notes the bare fact in the journal, outside of any organization and without the pair: whoever reads it there learns
/// neither who writes to whom nor how often a pair does (decision 0020).
async fn note(change: &Change, kind: &'static str, message: Uuid) -> Result<(), DbErr> {
    let subject = ("talk_message", Some(message));
    change.journal(Entry { kind, subject, organization: None, payload: &serde_json::json!({}) }).await
}
