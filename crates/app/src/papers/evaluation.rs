//! The sheet of an evaluated program (D11): printed and numbered here, kept by the slice that confirms it.

use chrono::{Datelike, NaiveDate};
use nastavnik_documents::papers::{EvaluationSheet, Participant as PrintedParticipant, Period, Signatory};
use uuid::Uuid;

use super::export::Requisites;
use super::issue::{self, NO_DIRECTOR};
use super::petition::Kept;
use super::{store, wording};
use crate::kernel::change::Change;
use crate::kernel::state::App;
use crate::pairs::{Pair, Side};

/// Its register, and the letters of its numbers.
const REGISTER: (&str, &str) = ("evaluation", "ЛО");

/// An evaluation in words, as everybody outside the pair reads it.
pub struct Evaluated {
    /// Path of its page, for the code on the sheet.
    pub path: String,
    pub wave: String,
    pub dated_on: NaiveDate,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The days on which the participants gave their parts.
    pub given: Vec<(Uuid, NaiveDate)>,
    pub facts: Vec<String>,
    pub items: Vec<(String, String)>,
    pub total: String,
    pub decision: &'static str,
    pub reason: String,
    pub means: &'static str,
    pub council: String,
    /// Who concluded: the office, initials and surname.
    pub office: &'static str,
    pub curator: String,
    pub concluded_on: NaiveDate,
}

/// Gives the sheet the next number and prints it within the change. The answer inside says why it can't be printed.
pub async fn print_evaluation(
    app: &App,
    change: &Change,
    pair: &Pair,
    evaluated: Evaluated,
) -> anyhow::Result<Result<Kept, &'static str>> {
    let Some(maker) = issue::maker(change.tx(), pair.organization, evaluated.dated_on).await? else {
        return Ok(Err(NO_DIRECTOR));
    };
    let (register, letters) = REGISTER;
    let year = evaluated.dated_on.year();
    let number = store::next_number(change.tx(), pair.organization, register, year).await?;
    let label = format!("{number}-{letters}/{year}");
    let with = Requisites {
        label: label.clone(),
        dated_on: evaluated.dated_on,
        record_url: format!("{}{}", app.config.public_url, evaluated.path),
    };
    let sheet = EvaluationSheet {
        letterhead: maker.letterhead(&pair.title(), &with),
        wave: evaluated.wave,
        signatory: maker.signatory(),
        participants: participants(pair, &evaluated.given),
        period: Period { from: evaluated.from, to: evaluated.to },
        facts: evaluated.facts,
        items: evaluated.items,
        total: evaluated.total,
        decision: evaluated.decision.to_owned(),
        reason: evaluated.reason,
        means: evaluated.means.to_owned(),
        council: evaluated.council,
        curator: Signatory { position: evaluated.office.to_owned(), name: evaluated.curator },
        concluded_on: evaluated.concluded_on,
    };
    let name = format!("Лист оценки {}", label.replace('/', "-"));
    let printed = issue::print(app, change, sheet, &name, pair.organization).await?;
    Ok(Ok(Kept { label, pdf: printed.pdf, docx: printed.docx }))
}

fn participants(pair: &Pair, given: &[(Uuid, NaiveDate)]) -> Vec<PrintedParticipant> {
    let sides = std::iter::once((Side::Mentor, "Наставник", &pair.mentor))
        .chain(pair.staying().map(|mentee| (Side::Mentee, "Наставляемый", mentee)));
    sides
        .map(|(side, word, one)| PrintedParticipant {
            side: word.to_owned(),
            name: one.name.full(),
            position: wording::position(one, pair.form, side),
            initials: one.name.signature(),
            signed_on: given.iter().find(|(person, _)| *person == one.person).map(|(_, day)| *day),
        })
        .collect()
}
