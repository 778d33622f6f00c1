//! Which slice does which job.

use crate::kernel::jobs::Job;
use crate::kernel::state::App;

/// Carries out a job by its kind.
pub async fn perform(_app: &App, job: &Job) -> anyhow::Result<()> {
    match job.kind.as_str() {
        other => anyhow::bail!("неизвестный вид задания: {other}"),
    }
}
