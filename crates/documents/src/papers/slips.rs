//! Slips with logins for people without e-mail: eight on a sheet, cut apart by the curator.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::pdf::Template;
use crate::qr::Code;
use crate::{PaperError, pdf, typography};

/// A batch of slips of one organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginSlips {
    /// Short name of the organization, nominative.
    pub organization: String,
    /// The slips in the order of the staff list.
    pub slips: Vec<Slip>,
    /// What to do, three short sentences.
    pub instruction: [String; 3],
}

/// One person's way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// Full name, nominative.
    pub name: String,
    /// Login.
    pub login: String,
    /// One-time link, also printed as a QR code.
    pub link: String,
    /// One-time code, if there is one besides the link.
    pub code: Option<String>,
    /// Until when, by the clock of the municipality.
    pub valid_until: NaiveDateTime,
}

#[derive(Serialize)]
struct Printed {
    title: String,
    organization: String,
    instruction: Vec<String>,
    slips: Vec<PrintedSlip>,
}

#[derive(Serialize)]
struct PrintedSlip {
    name: String,
    login: String,
    code: Option<String>,
    valid_until: String,
    link: String,
    qr: String,
}

impl LoginSlips {
    /// The slips as a PDF; there is no editable file: a one-time link is not to be edited.
    ///
    /// # Errors
    /// No slips, a link that a QR code cannot hold, or a layout that failed.
    pub fn pdf(&self, moment: DateTime<Utc>) -> Result<Vec<u8>, PaperError> {
        if self.slips.is_empty() {
            return Err(PaperError::Empty("в списке нет ни одного сотрудника"));
        }
        let printed = Printed {
            title: typography::set(&format!("Листки для входа: {}", self.organization)),
            organization: typography::set(&self.organization),
            instruction: self.instruction.iter().map(|line| typography::set(line)).collect(),
            slips: self.slips.iter().map(Slip::printed).collect::<Result<_, _>>()?,
        };
        pdf::render(Template::Slips, &printed, moment)
    }
}

impl Slip {
    fn printed(&self) -> Result<PrintedSlip, PaperError> {
        let link = self.link.trim().to_owned();
        Ok(PrintedSlip {
            name: typography::set(&self.name),
            login: typography::set(&self.login),
            code: self.code.as_deref().map(typography::set),
            valid_until: self.valid_until.format("%d.%m.%Y %H:%M").to_string(),
            qr: Code::new(&link)?.svg(),
            link,
        })
    }
}
