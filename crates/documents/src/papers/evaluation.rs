//! Papers of an evaluation: the mentor's report, the mentee's reflection, and the sheet of the program with its decision.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Block, Composer, Sheet, Table, TableColumn, TableRow};
use crate::typography;
use crate::words::{date_in_figures, date_in_words};

use super::requisites::{Letterhead, Period, Signatory};
use super::{Participant, day_or_blank, sentence};

/// A report or a reflection: one participant's words, made from facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluationPart {
    /// Full name of the organization, nominative.
    pub organization_full: String,
    /// Short name, nominative.
    pub organization_short: String,
    /// «ОТЧЁТ НАСТАВНИКА» or «РЕФЛЕКСИЯ НАСТАВЛЯЕМОГО».
    pub kind: String,
    /// What it is about: «Итоговая оценка программы: Иванова А. А. – Петров П. П.».
    pub heading: String,
    /// The text, a paragraph each.
    pub paragraphs: Vec<String>,
    /// Questions with their answers; those without an answer are left out by the caller.
    pub answers: Vec<(String, String)>,
    /// Rows of growth: what, at the start, now.
    pub rows: Vec<[String; 3]>,
    /// The day it was signed in the program; none for a draft.
    pub signed_on: Option<NaiveDate>,
    /// Initials and surname of the author.
    pub initials: String,
    /// Address of the record, printed as a QR code.
    pub record_url: String,
}

/// The sheet of an evaluated program: facts in numbers, checklist, decision. No word of a participant, no level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvaluationSheet {
    /// Requisites; the heading is whose program it is.
    pub letterhead: Letterhead,
    /// «Итоговая оценка».
    pub wave: String,
    /// Who confirms.
    pub signatory: Signatory,
    /// The mentor first, then the mentees; the day is that of their part.
    pub participants: Vec<Participant>,
    /// The days evaluated.
    pub period: Period,
    /// Facts, a sentence each.
    pub facts: Vec<String>,
    /// Items with their answers.
    pub items: Vec<(String, String)>,
    /// «18 из 24, оптимальный ход».
    pub total: String,
    /// The decision, an infinitive.
    pub decision: String,
    /// Why, in the curator's words.
    pub reason: String,
    /// What comes of it, a sentence.
    pub means: String,
    /// The council's word, a sentence; empty if it was not asked.
    pub council: String,
    /// Who concluded, and when.
    pub curator: Signatory,
    pub concluded_on: NaiveDate,
}

impl EvaluationPart {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.paragraphs.is_empty() {
            return Err(PaperError::Empty("в отчёте нет ни одной строки"));
        }
        let mut paper = Composer::default();
        paper
            .push(Block::organization(&self.organization_full))
            .push(Block::kind(&self.kind))
            .push(Block::heading(&self.heading));
        for line in &self.paragraphs {
            paper.paragraph(&sentence(line));
        }
        for (question, answer) in &self.answers {
            paper.push(Block::subheading(question));
            for line in answer.lines().filter(|line| !line.trim().is_empty()) {
                paper.paragraph(&sentence(line));
            }
        }
        if !self.rows.is_empty() {
            paper.push(Block::subheading("Что изменилось"));
            paper.push(Block::Table(self.table()));
        }
        if self.signed_on.is_none() {
            paper.paragraph("Черновик: автор ещё не подписал этот текст.");
        }
        paper.push(Block::own_signature(&day_or_blank(self.signed_on), &self.initials));
        let title = format!("{} «{}»", self.kind, self.heading);
        Ok(paper.finish(&title, &self.organization_short, &self.record_url))
    }

    pub(super) fn dated(&self) -> Option<NaiveDate> {
        self.signed_on
    }

    fn table(&self) -> Table {
        let row = |[what, start, now]: &[String; 3]| TableRow {
            cells: [what, start, now].map(|text| vec![typography::set(text)]).to_vec(),
            breakable: false,
        };
        Table {
            columns: vec![
                TableColumn::new("О чём", 90),
                TableColumn::new("В начале", 40),
                TableColumn::new("Сейчас", 40),
            ],
            rows: self.rows.iter().map(row).collect(),
            row_height: 0,
        }
    }
}

impl EvaluationSheet {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.items.is_empty() {
            return Err(PaperError::Empty("в листе оценки нет ни одного пункта"));
        }
        let mut paper = Composer::default();
        paper.push(self.approval());
        self.letterhead.compose("ЛИСТ ОЦЕНКИ ПРОГРАММЫ НАСТАВНИЧЕСТВА", &mut paper);
        let days = self.period.in_words();
        paper.paragraph(&sentence(&format!("{}: работа по программе {days}", self.wave)));
        paper.paragraph(
            "Оценивается программа наставничества. Работа и личные качества участников не оцениваются.",
        );
        let who = |one: &Participant| {
            let given = one.signed_on.map_or_else(
                || "своя часть не подана".to_owned(),
                |day| format!("своя часть подписана {}", date_in_figures(day)),
            );
            format!("{} – {}, {}; {given}", one.side, one.name.trim(), one.position.trim())
        };
        paper.push(Block::subheading("Участники"));
        for participant in &self.participants {
            paper.paragraph(&sentence(&who(participant)));
        }
        paper.push(Block::subheading("Что сделано"));
        for fact in &self.facts {
            paper.paragraph(&sentence(fact));
        }
        paper.push(Block::subheading("Чек-лист"));
        paper.push(Block::Table(self.table()));
        paper.paragraph(&sentence(&format!("Итог: {}", self.total)));
        paper.push(Block::subheading("Решение"));
        paper.paragraph(&sentence(&capitalized(&self.decision)));
        if !self.reason.trim().is_empty() {
            paper.paragraph(&sentence(&format!("Почему: {}", self.reason.trim())));
        }
        paper.paragraph(&sentence(&self.means));
        if !self.council.is_empty() {
            paper.paragraph(&sentence(&self.council));
        }
        paper
            .paragraph(&format!("Итог подведён {}.", date_in_words(self.concluded_on).trim_end_matches('.')));
        paper.push(Block::signature(&self.curator.position, &self.curator.name));
        let title = self.letterhead.title("Лист оценки программы наставничества");
        Ok(paper.finish(&title, &self.letterhead.organization_short, &self.letterhead.record_url))
    }

    pub(super) fn dated(&self) -> Option<NaiveDate> {
        self.letterhead.date
    }

    /// «УТВЕРЖДАЮ» in the right half of the sheet.
    fn approval(&self) -> Block {
        Block::addressee(&[
            "УТВЕРЖДАЮ".to_owned(),
            format!("{} {}", self.signatory.position, self.letterhead.organization_short),
            format!("____________ {}", self.signatory.name.replace(' ', "\u{a0}")),
            day_or_blank(self.letterhead.date),
        ])
    }

    fn table(&self) -> Table {
        let row = |(index, (item, answer)): (usize, &(String, String))| TableRow {
            cells: vec![
                vec![(index + 1).to_string()],
                vec![typography::set(item)],
                vec![typography::set(answer)],
            ],
            breakable: false,
        };
        Table {
            columns: vec![
                TableColumn::new("№", 10),
                TableColumn::new("О чём", 130),
                TableColumn::new("Ответ", 30),
            ],
            rows: self.items.iter().enumerate().map(row).collect(),
            row_height: 0,
        }
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
