//! Scans sent with a form: of a diploma, a certificate, a signed paper.

use uuid::Uuid;

use super::change::Change;
use super::errors::{AppError, Outcome};
use super::files::{self, Allowed, FileError, Kept};
use super::forms::Form;
use super::web::{Ctx, Submission};

/// How large a scan may be, bytes.
const SCAN_LIMIT: usize = 10 * 1024 * 1024;

/// Keeps the scan of the form's field `scan`, if one was chosen; what is wrong with it stands at the field.
pub async fn keep(ctx: &Ctx, submitted: &Submission, form: &mut Form) -> Outcome<Option<Kept>> {
    let Some(scan) = submitted.file("scan") else { return Ok(None) };
    if scan.content.len() > SCAN_LIMIT {
        form.error("scan", "Скан больше 10 МБ. Уменьшите его и выберите снова.");
        return Ok(None);
    }
    match ctx.app().files.keep(scan.content.clone(), Allowed::Scan).await {
        Ok(kept) => Ok(Some(kept)),
        Err(error @ (FileError::Empty | FileError::NotScan | FileError::NotWork)) => {
            form.error("scan", format!("{error}."));
            Ok(None)
        }
        Err(error @ FileError::Io(_)) => Err(AppError::Internal(error.into())),
    }
}

/// Names the kept scan within the change it belongs to.
pub async fn name(
    change: &Change,
    kept: Option<&Kept>,
    submitted: &Submission,
    organization: Uuid,
) -> Outcome<Option<Uuid>> {
    let (Some(kept), Some(scan)) = (kept, submitted.file("scan")) else { return Ok(None) };
    let owner = (Some(organization), Some(change.account()));
    Ok(Some(files::name(change.tx(), change.now(), kept, &scan.name, owner).await?))
}
