//! Loading of staff lists: a file, a preview row by row, decisions, all or nothing.

mod card;
mod carry;
mod choose;
mod console;
mod jobs_of;
mod kinds;
mod lines;
mod list;
mod model;
mod naming;
mod plan;
mod reading;
mod report;
mod rows;
mod steps;
mod store;
mod words;
mod work;

use nastavnik_domain::policy::Permission::ImportStaff;
use uuid::Uuid;

use crate::kernel::registry::Registry;
use crate::kernel::state::App;

pub use console::{Done, Wanted, from_console, has_municipality};
pub use work::Source;

/// The job that reads a file.
pub const READ: &str = "staff_import_read";
/// The job that loads what the preview shows.
pub const APPLY: &str = "staff_import_apply";

/// Paths of loads.
pub fn routes(registry: Registry) -> Registry {
    registry
        .get("/imports", ImportStaff, list::show)
        .upload("/imports", ImportStaff, list::upload)
        .get("/imports/{id}", ImportStaff, card::show)
        .get("/imports/{id}/progress", ImportStaff, card::progress)
        .post("/imports/{id}/mapping", ImportStaff, choose::mapping)
        .post("/imports/{id}/rows/{number}", ImportStaff, choose::row)
        .post("/imports/{id}/application", ImportStaff, steps::apply)
        .post("/imports/{id}/cancellation", ImportStaff, steps::cancel)
        .get("/imports/{id}/report.xlsx", ImportStaff, report::workbook)
}

/// Reads the file of a load and keeps the verdicts of its rows (the job [`READ`]).
pub async fn read_list(app: &App, id: Uuid, source: Source) -> anyhow::Result<()> {
    work::read(app, id, source).await.map(|_| ())
}

/// Loads what the preview shows, on behalf of the account (the job [`APPLY`]).
pub async fn apply_list(app: &App, id: Uuid, account: Option<Uuid>) -> anyhow::Result<()> {
    work::apply(app, id, Source::Upload, account).await.map(|_| ())
}
