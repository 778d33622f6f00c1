//! The papers of mentoring and the requisites they share (ГОСТ Р 7.0.97-2025).
//!
//! Every text field says in which case it comes: nothing is declined here.

mod agreement;
mod amending;
mod appointment;
mod cards;
mod consent;
mod cooperation;
mod data_consent;
mod ending;
mod evaluation;
mod lesson_blank;
mod minutes;
mod order;
mod pathway;
mod petition;
mod program;
mod requisites;
mod shared_program;
mod slips;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::block::Sheet;
use crate::pdf::Template;
use crate::qr::Code;
use crate::{PaperError, docx, pdf};

pub use agreement::{Contract, Employer, SupplementaryAgreement, Worker};
pub use amending::{AmendingOrder, Deed, MemberChange};
pub use appointment::{AppointmentOrder, OrderClause, PairMentee, PairMentor, PairRow};
pub use cards::{CardLine, SpeedCard, SpeedCards};
pub use consent::{MenteeAgreement, MentorConsent};
pub use cooperation::{CooperationAgreement, Head, Party, PayingParty};
pub use data_consent::{DataConsent, data_consents_pdf};
pub use ending::{EndingOrder, EndingRow};
pub use evaluation::{EvaluationPart, EvaluationSheet};
pub use lesson_blank::LessonBlank;
pub use minutes::{CouncilMinutes, Hearing, Votes};
pub use pathway::{EducationalRoute, RouteLine, RouteList, RouteOutcome};
pub use petition::{Asks, Petition};
pub use program::{Participant, PersonalProgram, ProgramGoal, ProgramMeasure, ProgramSection};
pub use requisites::{Acquainted, Addressee, Author, Letterhead, Pay, Period, Signatory};
pub use shared_program::{SharedMeasure, SharedPart, SharedProgram};
pub use slips::{LoginSlips, Slip};

/// Gives a paper its two files, both made from the one description.
macro_rules! files {
    ($($paper:ty),+ $(,)?) => {$(
        impl $paper {
            /// The paper as an editable DOCX.
            ///
            /// # Errors
            /// Nothing to print, an unusable address for the QR code, or a file that could not be packed.
            pub fn docx(&self) -> Result<Vec<u8>, PaperError> {
                docx::render(&self.sheet()?, self.dated())
            }

            /// The paper as a PDF for the archive (PDF/A-2a) and for screen readers (PDF/UA-1).
            ///
            /// `moment` is when the file was made; equal papers of one moment are equal files.
            ///
            /// # Errors
            /// Nothing to print, an unusable address for the QR code, or a layout that failed.
            pub fn pdf(&self, moment: DateTime<Utc>) -> Result<Vec<u8>, PaperError> {
                printed(&self.sheet()?, moment)
            }
        }
    )+};
}

files!(
    MentorConsent,
    MenteeAgreement,
    SupplementaryAgreement,
    AppointmentOrder,
    EndingOrder,
    EvaluationPart,
    EvaluationSheet,
    DataConsent,
    CouncilMinutes,
    Petition,
    PersonalProgram,
    EducationalRoute,
    SharedProgram,
    AmendingOrder,
    CooperationAgreement
);

/// What the layout gets: one paper, or several in one file.
#[derive(Serialize)]
struct Printed<'a> {
    title: &'a str,
    author: &'a str,
    sheets: Vec<WithCode<'a>>,
}

/// A sheet together with its drawn QR code.
#[derive(Serialize)]
struct WithCode<'a> {
    #[serde(flatten)]
    sheet: &'a Sheet,
    qr: String,
}

fn printed(sheet: &Sheet, moment: DateTime<Utc>) -> Result<Vec<u8>, PaperError> {
    printed_all(&sheet.title, std::slice::from_ref(sheet), moment)
}

/// Several papers in one file, each from a sheet of its own with its own numbers of sheets.
fn printed_all(title: &str, sheets: &[Sheet], moment: DateTime<Utc>) -> Result<Vec<u8>, PaperError> {
    let author = sheets.first().map_or("", |sheet| sheet.author.as_str());
    let with_code = |sheet| Ok(WithCode { sheet, qr: Code::new(&sheet.record_url)?.svg() });
    let sheets = sheets.iter().map(with_code).collect::<Result<_, PaperError>>()?;
    pdf::render(Template::Sheet, &Printed { title, author, sheets }, moment)
}

/// Closes a sentence by a full stop unless it has its own mark: «г.» at the end gets no second point.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', ':']) { text.to_owned() } else { format!("{text}.") }
}

/// A date to be written by hand.
const BLANK_DAY: &str = "«___»\u{a0}____________\u{a0}20__\u{a0}г.";

/// A day that may not be known yet: a blank to be filled by hand.
fn day_or_blank(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| BLANK_DAY.to_owned(), crate::date_in_words)
}
