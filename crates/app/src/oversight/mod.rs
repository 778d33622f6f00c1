//! Looking over the program itself: the journal, the queue of jobs, how it is built, who may what and why.

mod cited;
mod clauses;
mod happened;
mod journal;
mod queue;
mod store;
mod words;

pub use words::kind_title;

use askama::Template;
use nastavnik_domain::policy::Permission;
use sea_orm::{ConnectionTrait, DbErr};

use crate::kernel::errors::Outcome;
use crate::kernel::page::Layout;
use crate::kernel::registry::Registry;
use crate::kernel::web::{Visit, page};

/// How many jobs have stopped and wait for a person, and how many wait or run.
pub async fn queue_counts(connection: &impl ConnectionTrait) -> Result<(u64, u64), DbErr> {
    let stopped = store::count_jobs(connection, "failed").await?;
    let waiting = store::count_jobs(connection, "waiting").await?;
    Ok((stopped, waiting + store::count_jobs(connection, "running").await?))
}

/// Paths of the oversight.
pub fn routes(registry: Registry) -> Registry {
    use Permission::{ManageInstallation, Public, ReadJournal};
    registry
        .get("/journal", ReadJournal, journal::show)
        .get("/jobs", ManageInstallation, queue::show)
        .post("/jobs/{id}/retry", ManageInstallation, queue::retry)
        .get("/about", Public, about)
        .get("/clauses", Public, clauses::show)
}

#[derive(Template)]
#[template(path = "oversight/about.html")]
struct AboutPage {
    layout: Layout,
}

/// What the system is, who sees what, whose work it is built on.
async fn about(visit: Visit) -> Outcome {
    page(&AboutPage { layout: visit.layout("Как устроено").await? })
}
