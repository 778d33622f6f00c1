//! A list to save as a workbook.

use std::error::Error;

use super::errors::{AppError, Outcome};
use super::web::attachment;

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Writes the workbook beside the requests of others, for a large one takes a while, and hands it out under the name.
pub async fn download<E, W>(name: &str, write: W) -> Outcome
where
    E: Error + Send + Sync + 'static,
    W: FnOnce() -> Result<Vec<u8>, E> + Send + 'static,
{
    let written =
        tokio::task::spawn_blocking(write).await.map_err(|error| AppError::Internal(error.into()))?;
    attachment(written.map_err(|error| AppError::Internal(error.into()))?, MEDIA_TYPE, name)
}
