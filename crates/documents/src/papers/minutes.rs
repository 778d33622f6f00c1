//! Minutes of a sitting of the mentor council (протокол заседания совета наставников).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Block, Composer, Sheet};

use super::requisites::{Letterhead, Signatory};
use super::sentence;

/// Minutes of a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouncilMinutes {
    /// Requisites; heading «Заседание совета наставников».
    pub letterhead: Letterhead,
    /// What whoever led the sitting is: «Председатель совета» or «Председательствующий».
    pub chair_title: String,
    /// Full name of whoever led, nominative.
    pub chair: String,
    /// Full name of whoever kept the minutes, nominative.
    pub secretary: String,
    /// Full names of the members who came, nominative.
    pub present: Vec<String>,
    /// Full names of the members who did not.
    pub absent: Vec<String>,
    /// The questions in their order, at least one.
    pub hearings: Vec<Hearing>,
    /// Who signs, in order: the chair, the secretary.
    pub signatories: Vec<Signatory>,
}

/// A question with what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hearing {
    /// The question, prepositional with «о»: «О закреплении пары: Иванова А. А. – Петров П. П.».
    pub question: String,
    /// What was heard, whole sentences; may be empty.
    pub heard: Vec<String>,
    /// The decision, an infinitive: «Согласовать закрепление пары».
    pub decided: String,
    /// Remarks or the reason, in the council's own words; may be empty.
    pub words: String,
    /// Nothing where there was no vote.
    pub votes: Option<Votes>,
    /// Names with initials of those who take part in the pair and did not vote, nominative.
    pub aside: Vec<String>,
}

/// How the council voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// For.
    pub votes_for: u32,
    /// Against.
    pub votes_against: u32,
    /// Neither.
    pub abstained: u32,
}

impl CouncilMinutes {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.hearings.is_empty() {
            return Err(PaperError::Empty("в протоколе нет ни одного вопроса"));
        }
        let mut paper = Composer::default();
        self.letterhead.compose("ПРОТОКОЛ", &mut paper);
        paper.paragraph(&sentence(&format!("{} – {}", self.chair_title, self.chair)));
        paper.paragraph(&sentence(&format!("Секретарь – {}", self.secretary)));
        paper.paragraph(&sentence(&format!("Присутствовали: {}", self.present.join(", "))));
        if !self.absent.is_empty() {
            paper.paragraph(&sentence(&format!("Отсутствовали: {}", self.absent.join(", "))));
        }
        paper.push(Block::subheading("Повестка дня"));
        for (number, hearing) in (1..).zip(&self.hearings) {
            paper.paragraph(&sentence(&format!("{number}.\u{a0}{}", hearing.question)));
        }
        for (number, hearing) in (1..).zip(&self.hearings) {
            hearing.compose(number, &mut paper);
        }
        for signatory in &self.signatories {
            paper.push(Block::signature(&signatory.position, &signatory.name));
        }
        let title = self.letterhead.title("Протокол");
        Ok(paper.finish(&title, &self.letterhead.organization_short, &self.letterhead.record_url))
    }

    pub(super) fn dated(&self) -> Option<NaiveDate> {
        self.letterhead.date
    }
}

impl Hearing {
    fn compose(&self, number: u32, paper: &mut Composer) {
        paper.push(Block::subheading(&format!("{number}. {}", self.question)));
        if !self.heard.is_empty() {
            let heard: Vec<String> = self.heard.iter().map(|text| sentence(text)).collect();
            paper.paragraph(&format!("СЛУШАЛИ: {}", heard.join(" ")));
        }
        paper.paragraph(&format!("РЕШИЛИ: {}", sentence(&self.decided)));
        if !self.words.trim().is_empty() {
            paper.paragraph(&sentence(&self.words));
        }
        if let Some(votes) = self.votes {
            paper.paragraph(&format!(
                "Голосовали: «за» – {}, «против» – {}, воздержались – {}.",
                votes.votes_for, votes.votes_against, votes.abstained
            ));
        }
        if !self.aside.is_empty() {
            let names = self.aside.join(", ");
            paper.paragraph(&sentence(&format!("Не голосовали, так как участвуют в паре: {names}")));
        }
    }
}
