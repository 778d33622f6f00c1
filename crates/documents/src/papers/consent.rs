//! Two personal papers: the mentor's written consent (ст. 351.8 ТК РФ) and the mentee's agreement.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Block, Composer, Sheet};

use super::requisites::{Addressee, Author, Pay, Period, address, conditions};
use super::{day_or_blank, sentence};

/// Written consent of a mentor to do the work of mentoring: without it the employer may not assign the work
/// (ст. 351.8 ТК РФ). It is not the consent to the processing of personal data, which is a separate paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentorConsent {
    /// To whom, dative.
    pub addressee: Addressee,
    /// From whom, genitive.
    pub author: Author,
    /// For whom, each with the position, genitive: «учителя физики Сидоровой Анны Павловны».
    pub mentees_genitive: Vec<String>,
    /// Form of mentoring, nominative: «педагог – педагог».
    pub form: String,
    /// Kinds of mentoring, nominative: «традиционное».
    pub kinds: Vec<String>,
    /// Role model, nominative.
    pub model: Option<String>,
    /// Term of the work.
    pub period: Period,
    /// Content of the work, nominative, without the closing mark: «посещение уроков наставляемого».
    pub content: Vec<String>,
    /// What is paid.
    pub pay: Pay,
    /// Date of signing; none leaves a blank to be filled by hand.
    pub signed_on: Option<NaiveDate>,
    /// Address of the record in the system, printed as a QR code.
    pub record_url: String,
}

/// A mentee's agreement to be mentored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenteeAgreement {
    /// To whom, dative.
    pub addressee: Addressee,
    /// From whom, genitive.
    pub author: Author,
    /// The mentor with the position, genitive: «учителя математики Петрова Ивана Сергеевича».
    pub mentor_genitive: String,
    /// Form of mentoring, nominative.
    pub form: String,
    /// Kinds of mentoring, nominative.
    pub kinds: Vec<String>,
    /// Role model, nominative.
    pub model: Option<String>,
    /// Term.
    pub period: Period,
    /// What the mentee wants help with, nominative, without the closing mark; may be empty.
    pub requests: Vec<String>,
    /// Date of signing; none leaves a blank to be filled by hand.
    pub signed_on: Option<NaiveDate>,
    /// Address of the record in the system, printed as a QR code.
    pub record_url: String,
}

impl MentorConsent {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.mentees_genitive.is_empty() {
            return Err(PaperError::Empty("в согласии не назван наставляемый"));
        }
        let mut paper = Composer::default();
        paper.push(address(&self.addressee, &self.author));
        paper.push(Block::kind("СОГЛАСИЕ")).push(Block::heading("на выполнение работы по наставничеству"));

        let given = "В соответствии со статьёй 351.8 Трудового кодекса Российской Федерации добровольно даю согласие \
                     на выполнение по поручению работодателя работы по наставничеству в отношении";
        whom(given, &self.mentees_genitive, &mut paper);
        paper.paragraph("Условия выполнения работы:");
        paper.extend(conditions(&self.form, &self.kinds, self.model.as_deref(), self.period));
        if !self.content.is_empty() {
            paper.paragraph("Содержание работы:").extend(Block::items(&self.content));
        }
        paper.paragraph(&self.pay_text());
        paper.paragraph(
            "Мне разъяснено право досрочно отказаться от выполнения работы по наставничеству, а также право \
             работодателя досрочно отменить поручение о её выполнении; другая сторона предупреждается об этом \
             в письменной форме не позднее чем за три рабочих дня.",
        );
        paper.push(Block::own_signature(&day_or_blank(self.signed_on), &self.author.initials));
        let title = format!("Согласие на выполнение работы по наставничеству: {}", self.author.initials);
        Ok(paper.finish(&title, &self.addressee.organization, &self.record_url))
    }

    pub(super) fn dated(&self) -> Option<NaiveDate> {
        self.signed_on
    }

    fn pay_text(&self) -> String {
        match (&self.pay, self.pay.size()) {
            (Pay::Unpaid { reason }, _) => sentence(&format!(
                "Мне известно, что работа по наставничеству выполняется без выплаты: {}",
                reason.trim()
            )),
            (_, size) => sentence(&format!(
                "Размер и условия выплаты за наставничество мне известны: выплата устанавливается в размере {}",
                size.unwrap_or_default()
            )),
        }
    }
}

impl MenteeAgreement {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.mentor_genitive.trim().is_empty() {
            return Err(PaperError::Empty("в согласии не назван наставник"));
        }
        let mut paper = Composer::default();
        paper.push(address(&self.addressee, &self.author));
        paper.push(Block::kind("СОГЛАСИЕ")).push(Block::heading("на участие в наставничестве"));
        paper.paragraph(&sentence(&format!(
            "Добровольно даю согласие на участие в наставничестве в качестве наставляемого лица и на закрепление \
             за мной наставника – {}",
            self.mentor_genitive.trim()
        )));
        paper.paragraph("Условия участия:");
        paper.extend(conditions(&self.form, &self.kinds, self.model.as_deref(), self.period));
        if !self.requests.is_empty() {
            paper
                .paragraph("Прошу оказать помощь по следующим вопросам:")
                .extend(Block::items(&self.requests));
        }
        paper.paragraph(
            "Обязуюсь участвовать в составлении персонализированной программы наставничества и выполнять \
             её мероприятия в согласованные с наставником сроки.",
        );
        paper.paragraph(
            "Мне разъяснено, что участие в наставничестве является добровольным и что в любое время можно обратиться \
             к куратору с просьбой о замене наставника или о прекращении участия.",
        );
        paper.push(Block::own_signature(&day_or_blank(self.signed_on), &self.author.initials));
        let title = format!("Согласие на участие в наставничестве: {}", self.author.initials);
        Ok(paper.finish(&title, &self.addressee.organization, &self.record_url))
    }

    pub(super) fn dated(&self) -> Option<NaiveDate> {
        self.signed_on
    }
}

/// One person goes on in the sentence, a group becomes a list.
pub(super) fn whom(beginning: &str, people_genitive: &[String], into: &mut Composer) {
    match people_genitive {
        [one] => {
            into.paragraph(&sentence(&format!("{beginning} {}", one.trim())));
        }
        many => {
            into.paragraph(&format!("{beginning} следующих работников:")).extend(Block::items(many));
        }
    }
}
