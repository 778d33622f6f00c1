//! A program of the municipal base (ДК 1.6): a paper without number and signature, and without anybody's name.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Block, Composer, Sheet, Table, TableColumn, TableRow};
use crate::typography;

use super::program::{ProgramGoal, ProgramSection, goals_table};
use super::sentence;

/// A published program, as whoever prepares a program of their own reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedProgram {
    /// Whose base it is, nominative: «Муниципальная база программ наставничества».
    pub base: String,
    pub title: String,
    /// Rows about the program: title and value, nominative; empty values are left out.
    pub about: Vec<(String, String)>,
    /// No goal is anybody's own.
    pub goals: Vec<ProgramGoal>,
    /// Measures by directions of work.
    pub parts: Vec<SharedPart>,
    /// Parts in free words, in their order; empty ones are left out.
    pub sections: Vec<ProgramSection>,
    /// The day of the print.
    pub printed_on: NaiveDate,
    /// Address of the page, printed as a QR code.
    pub record_url: String,
}

/// What is done in one direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPart {
    pub direction: String,
    pub measures: Vec<SharedMeasure>,
}

/// A measure; a day of the calendar would lead to the pair, so it has a month of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedMeasure {
    pub what: String,
    pub form: String,
    /// The month of the program, from 1.
    pub month: u64,
    pub who: String,
    pub product: String,
}

impl SharedProgram {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.goals.is_empty() {
            return Err(PaperError::Empty("в программе нет ни одной цели"));
        }
        let mut paper = Composer::default();
        paper.push(Block::organization(&self.base)).push(Block::kind("ПРОГРАММА НАСТАВНИЧЕСТВА"));
        paper.push(Block::subheading(&format!("«{}»", self.title.trim())));
        paper.push(Block::Table(self.about()));
        paper.push(Block::subheading("Цели и ожидаемые результаты"));
        paper.push(Block::Table(goals_table(&self.goals)));
        for part in self.parts.iter().filter(|part| !part.measures.is_empty()) {
            paper.push(Block::subheading(&format!("Мероприятия: {}", part.direction.trim())));
            paper.push(Block::Table(part.table()));
        }
        for section in self.sections.iter().filter(|section| !section.text.trim().is_empty()) {
            paper.push(Block::subheading(&section.title));
            for line in section.text.lines().filter(|line| !line.trim().is_empty()) {
                paper.paragraph(&sentence(line));
            }
        }
        let title = format!("Программа наставничества «{}»", self.title.trim());
        Ok(paper.finish(&title, &self.base, &self.record_url))
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "other papers may have no date yet: one macro asks them all"
    )]
    pub(super) const fn dated(&self) -> Option<NaiveDate> {
        Some(self.printed_on)
    }

    fn about(&self) -> Table {
        let told = self.about.iter().filter(|(_, value)| !value.trim().is_empty());
        let row = |(title, value): &(String, String)| TableRow {
            cells: vec![vec![typography::set(title)], vec![typography::set(value)]],
            breakable: false,
        };
        Table {
            columns: vec![TableColumn::new("О программе", 50), TableColumn::new("Сведения", 120)],
            rows: told.map(row).collect(),
            row_height: 0,
        }
    }
}

impl SharedPart {
    fn table(&self) -> Table {
        let row = |(index, measure): (usize, &SharedMeasure)| TableRow {
            cells: vec![
                vec![(index + 1).to_string()],
                vec![typography::set(&measure.what)],
                vec![typography::set(&measure.form)],
                vec![typography::set(&format!("{}-й месяц", measure.month)), typography::set(&measure.who)],
                vec![typography::set(&measure.product)],
            ],
            breakable: false,
        };
        Table {
            columns: vec![
                TableColumn::new("№", 9),
                TableColumn::new("Мероприятие", 60),
                TableColumn::new("Форма", 33),
                TableColumn::new("Когда, кто", 30),
                TableColumn::new("Результат", 38),
            ],
            rows: self.measures.iter().enumerate().map(row).collect(),
            row_height: 0,
        }
    }
}
