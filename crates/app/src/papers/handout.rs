//! Papers that are kept nowhere: made anew whenever somebody asks, because what they tell may change or be taken back.

use super::{Printable, Rendering};
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::web::{Ctx, attachment};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Prints the paper beside the requests of others and hands it out under the name.
pub async fn hand_out<P: Printable>(ctx: &Ctx, paper: P, rendering: Rendering, name: &str) -> Outcome {
    let now = ctx.now;
    let made = tokio::task::spawn_blocking(move || match rendering {
        Rendering::Pdf => paper.pdf(now),
        Rendering::Docx => paper.docx(),
    });
    let made = made.await.map_err(|error| AppError::Internal(error.into()))?;
    let content = made.map_err(|error| AppError::Internal(error.into()))?;
    match rendering {
        Rendering::Pdf => attachment(content, "application/pdf", &format!("{name}.pdf")),
        Rendering::Docx => attachment(content, WORD, &format!("{name}.docx")),
    }
}

impl Rendering {
    /// Which file an address asks for: «route.pdf» of the stem «route».
    pub fn asked(file: &str, stem: &str) -> Option<Self> {
        match file.strip_prefix(stem)? {
            ".pdf" => Some(Self::Pdf),
            ".docx" => Some(Self::Docx),
            _ => None,
        }
    }
}
