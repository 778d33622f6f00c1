//! A consent to the processing of personal data (152-ФЗ): a blank to be filled and signed by hand, each kind a
//! document of its own.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Block, Composer, Sheet};

use super::requisites::{Addressee, Author, address};
use super::{BLANK_DAY, printed_all, sentence};

/// A line to write on by hand.
const LINE: &str = "____________________________________________________________";
/// The rest of a line to write on by hand.
const SHORT_LINE: &str = "_______________________";

/// The blank of one consent of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataConsent {
    /// To whom, dative.
    pub addressee: Addressee,
    /// From whom, genitive.
    pub author: Author,
    /// Full name, nominative.
    pub name: String,
    /// «зарегистрированная» or «зарегистрированный».
    pub registered: String,
    /// The operator: full name of the organization, nominative.
    pub operator: String,
    /// «г. Нефтеюганск».
    pub operator_place: String,
    /// What the consent is for, accusative with «на»: «на передачу персональных данных».
    pub heading: String,
    /// The ground, genitive: «статьи 9 Федерального закона …».
    pub ground_genitive: String,
    /// Purpose, nominative, without the closing mark, like all that follows.
    pub purpose: String,
    /// List of the data.
    pub data: Vec<String>,
    /// What is done with them.
    pub actions: Vec<String>,
    /// To whom they go besides the operator; may be empty.
    pub recipients: Vec<String>,
    /// Conditions and prohibitions; may be empty.
    pub conditions: Vec<String>,
    /// How long it holds.
    pub term: String,
    /// How to withdraw it, instrumental: «письменным заявлением …».
    pub withdrawal_instrumental: String,
    /// Version of the text: «Б-1 от 01.09.2025».
    pub version: String,
    /// Where the person finds the consents, printed as a QR code.
    pub record_url: String,
}

impl DataConsent {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.data.is_empty() || self.actions.is_empty() {
            return Err(PaperError::Empty("в согласии нет перечня данных или действий"));
        }
        let mut paper = Composer::default();
        paper.push(address(&self.addressee, &self.author));
        paper.push(Block::kind("СОГЛАСИЕ")).push(Block::heading(&self.heading));
        paper.paragraph(&format!("Я, {}, {} по адресу:", self.name.trim(), self.registered.trim()));
        paper.paragraph(LINE);
        paper.paragraph(&format!("документ, удостоверяющий личность: {SHORT_LINE}"));
        paper.paragraph(&format!(
            "на основании {} свободно, своей волей и в своём интересе даю согласие оператору – {}, {} \
             (адрес и ИНН: {SHORT_LINE}) – на следующих условиях (текст согласия {}):",
            self.ground_genitive.trim(),
            self.operator.trim(),
            self.operator_place.trim(),
            self.version.trim(),
        ));
        self.conditions_of(&mut paper);
        paper.push(Block::own_signature(BLANK_DAY, &self.author.initials));
        let title = format!("Согласие {}: {}", self.heading.trim(), self.author.initials);
        Ok(paper.finish(&title, &self.addressee.organization, &self.record_url))
    }

    /// Purpose, lists, term, withdrawal: what article 9 wants to be named.
    fn conditions_of(&self, paper: &mut Composer) {
        paper.clause(&sentence(&format!("Цель: {}", self.purpose.trim())));
        // In one line each: so the whole blank stands on one sheet.
        let mut list = |title: &str, members: &[String]| {
            if !members.is_empty() {
                paper.clause(&sentence(&format!("{title}: {}", members.join("; "))));
            }
        };
        list("Перечень персональных данных", &self.data);
        list("Действия с персональными данными", &self.actions);
        list("Получатели", &self.recipients);
        list("Условия и запреты", &self.conditions);
        paper.clause(&sentence(&format!("Срок: {}", self.term.trim())));
        paper.clause(&sentence(&format!("Отзыв: {}", self.withdrawal_instrumental.trim())));
    }

    /// A blank has no day of its own.
    #[expect(clippy::unused_self, reason = "every paper is asked for its day")]
    pub(super) const fn dated(&self) -> Option<NaiveDate> {
        None
    }
}

/// Many blanks in one PDF, each from a sheet of its own.
///
/// # Errors
/// Nothing to print, an unusable address for the QR code, or a layout that failed.
pub fn data_consents_pdf(papers: &[DataConsent], moment: DateTime<Utc>) -> Result<Vec<u8>, PaperError> {
    if papers.is_empty() {
        return Err(PaperError::Empty("не выбрано ни одного согласия"));
    }
    let sheets = papers.iter().map(DataConsent::sheet).collect::<Result<Vec<_>, _>>()?;
    printed_all("Бланки согласий", &sheets, moment)
}
