//! Files sent with a form: a scan of a diploma, a certificate, a signed paper; a material for a colleague.

use uuid::Uuid;

use super::change::Change;
use super::errors::{AppError, Outcome};
use super::files::{self, Allowed, FileError, Kept};
use super::forms::Form;
use super::office;
use super::web::{Ctx, Submission};

/// How large a file may be, bytes.
const LIMIT: usize = 10 * 1024 * 1024;

/// A longer name is cut, so that the ending it gets stays.
const LONGEST_NAME: usize = 110;

/// A field of a form that takes a file.
struct Field {
    name: &'static str,
    allowed: Allowed,
    too_large: &'static str,
}

const SCAN: Field = Field {
    name: "scan",
    allowed: Allowed::Scan,
    too_large: "Скан больше 10 МБ. Уменьшите его и выберите снова.",
};
const MATERIAL: Field = Field {
    name: "material",
    allowed: Allowed::Material,
    too_large: "Файл больше 10 МБ. Уменьшите его и выберите снова.",
};

/// Keeps the scan of the form's field `scan`, if one was chosen; what is wrong with it stands at the field.
pub async fn keep(ctx: &Ctx, submitted: &Submission, form: &mut Form) -> Outcome<Option<Kept>> {
    keep_field(ctx, submitted, form, &SCAN).await
}

/// The same of the field `material`: a document or a picture for a colleague.
pub async fn keep_material(ctx: &Ctx, submitted: &Submission, form: &mut Form) -> Outcome<Option<Kept>> {
    keep_field(ctx, submitted, form, &MATERIAL).await
}

/// Names the kept scan within the change it belongs to.
pub async fn name(
    change: &Change,
    kept: Option<&Kept>,
    submitted: &Submission,
    organization: Uuid,
) -> Outcome<Option<Uuid>> {
    let (Some(kept), Some(scan)) = (kept, submitted.file(SCAN.name)) else { return Ok(None) };
    let owner = (Some(organization), Some(change.account()));
    Ok(Some(files::name(change.tx(), change.now(), kept, &scan.name, owner).await?))
}

/// Names the kept material within the change it belongs to: its id and the name it has got.
pub async fn name_material(
    change: &Change,
    kept: Option<&Kept>,
    submitted: &Submission,
    organization: Uuid,
) -> Outcome<Option<(Uuid, String)>> {
    let (Some(kept), Some(sent)) = (kept, submitted.file(MATERIAL.name)) else { return Ok(None) };
    let short: String = files::tidy_name(&sent.name).chars().take(LONGEST_NAME).collect();
    let name = office::named_as(&short, kept.media_type);
    let owner = (Some(organization), Some(change.account()));
    Ok(Some((files::name(change.tx(), change.now(), kept, &name, owner).await?, name)))
}

async fn keep_field(
    ctx: &Ctx,
    submitted: &Submission,
    form: &mut Form,
    field: &Field,
) -> Outcome<Option<Kept>> {
    let Some(sent) = submitted.file(field.name) else { return Ok(None) };
    if sent.content.len() > LIMIT {
        form.error(field.name, field.too_large);
        return Ok(None);
    }
    match ctx.app().files.keep(sent.content.clone(), field.allowed).await {
        Ok(kept) => Ok(Some(kept)),
        Err(error @ FileError::Io(_)) => Err(AppError::Internal(error.into())),
        Err(error) => {
            form.error(field.name, format!("{error}."));
            Ok(None)
        }
    }
}
