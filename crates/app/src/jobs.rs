//! Which slice does which job.

use anyhow::Context;

use crate::imports;
use crate::kernel::jobs::Job;
use crate::kernel::state::App;
use crate::matching;

/// Carries out a job by its kind.
pub async fn perform(app: &App, job: &Job) -> anyhow::Result<()> {
    let subject = job.subject_id.context("задание без предмета")?;
    match job.kind.as_str() {
        imports::READ => imports::read_list(app, subject, imports::Source::Upload).await,
        imports::APPLY => imports::apply_list(app, subject, job.created_by).await,
        matching::COMPUTE => matching::compute_run(app, subject).await,
        other => anyhow::bail!("неизвестный вид задания: {other}"),
    }
}
