//! The application of a mentor and the petition of a mentee about ending or replacement (п. 5.1.1, 5.2.1, ТК 351.8).
//! No word in them judges anybody, and a reason is printed only if its author gave one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Block, Composer, Sheet};
use crate::words::{date_in_figures, date_in_words};

use super::consent::whom;
use super::requisites::{Addressee, Author, address};
use super::{day_or_blank, sentence};

/// A request to end a mentorship or to replace the mentor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Petition {
    /// To whom, dative.
    pub addressee: Addressee,
    /// From whom, genitive.
    pub author: Author,
    /// What is asked for.
    pub asks: Asks,
    /// The last day of the mentorship the author wishes for.
    pub last_day: NaiveDate,
    /// Why, in the author's words; empty if the author would rather not say.
    pub reason: String,
    /// Wishes about the next mentor, in the author's words; may be empty.
    pub wish: String,
    /// Number in the register: «1-ЗН/2026».
    pub number: String,
    /// The day it was filed.
    pub filed_on: NaiveDate,
    /// Address of the record in the system, printed as a QR code.
    pub record_url: String,
}

/// What is asked for, with the other side's names in their case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Asks {
    /// The mentor lays down the duties.
    LayDown {
        /// For whom, each with the position, genitive.
        mentees_genitive: Vec<String>,
    },
    /// The mentee asks for another mentor.
    Replace {
        /// The mentor with the position, accusative: «учителя математики Петрова Ивана Сергеевича».
        mentor_accusative: String,
    },
    /// The mentee asks to end.
    End {
        /// The mentor with the position, nominative.
        mentor: String,
    },
}

impl Petition {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        let mut paper = Composer::default();
        paper.push(address(&self.addressee, &self.author));
        let (kind, heading) = self.heading();
        paper.push(Block::kind(kind)).push(Block::heading(heading));
        self.asked(&mut paper)?;
        paper.paragraph(&sentence(&format!(
            "Последним днём наставничества прошу считать {}",
            date_in_words(self.last_day)
        )));
        if !self.reason.trim().is_empty() {
            paper.paragraph(&sentence(&format!("Причина: {}", self.reason.trim())));
        }
        if !self.wish.trim().is_empty() {
            paper.paragraph(&sentence(&format!("Пожелание о наставнике: {}", self.wish.trim())));
        }
        paper.paragraph(&sentence(&format!(
            "Регистрационный № {} от {}",
            self.number.trim(),
            date_in_figures(self.filed_on)
        )));
        paper.push(Block::own_signature(&day_or_blank(None), &self.author.initials));
        let title = format!("Заявление {heading}: {}", self.author.initials);
        Ok(paper.finish(&title, &self.addressee.organization, &self.record_url))
    }

    #[expect(clippy::unnecessary_wraps, reason = "other papers may bear no date")]
    pub(super) fn dated(&self) -> Option<NaiveDate> {
        Some(self.filed_on)
    }

    const fn heading(&self) -> (&'static str, &'static str) {
        match self.asks {
            Asks::LayDown { .. } => ("ЗАЯВЛЕНИЕ", "об отказе от выполнения работы по наставничеству"),
            Asks::Replace { .. } => ("ХОДАТАЙСТВО", "о замене наставника"),
            Asks::End { .. } => ("ХОДАТАЙСТВО", "о завершении наставничества"),
        }
    }

    fn asked(&self, paper: &mut Composer) -> Result<(), PaperError> {
        match &self.asks {
            Asks::LayDown { mentees_genitive } if mentees_genitive.is_empty() => {
                return Err(PaperError::Empty("в заявлении не назван наставляемый"));
            }
            Asks::LayDown { mentees_genitive } => {
                let refused = "В соответствии со статьёй 351.8 Трудового кодекса Российской Федерации досрочно отказываюсь \
                               от выполнения работы по наставничеству в отношении";
                whom(refused, mentees_genitive, paper);
            }
            Asks::Replace { mentor_accusative } => {
                paper.paragraph(&sentence(&format!(
                    "Прошу заменить закреплённого за мной наставника – {}",
                    mentor_accusative.trim()
                )));
            }
            Asks::End { mentor } => {
                paper.paragraph(&sentence(&format!(
                    "Прошу завершить моё участие в наставничестве. Наставник – {}",
                    mentor.trim()
                )));
            }
        }
        Ok(())
    }
}
