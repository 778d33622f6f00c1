//! The personalized program of mentoring (F5): approved by the head, agreed by the curator, signed by the pair.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Block, Composer, Sheet, Side, Table, TableColumn, TableRow};
use crate::typography;
use crate::words::{date_in_figures, date_in_words};

use super::requisites::{Letterhead, Period, Signatory};
use super::sentence;

/// A program. It names directions of work, never levels or answers of a self-diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalProgram {
    /// Requisites; the heading is whose program it is: «пары наставник – наставляемый».
    pub letterhead: Letterhead,
    /// Number of the revision, from 1.
    pub revision: u32,
    /// Why it was revised, an independent clause; none for the first.
    pub reason: Option<String>,
    /// Who approves.
    pub signatory: Signatory,
    /// The mentor first, then the mentees.
    pub participants: Vec<Participant>,
    /// Form of mentoring, nominative.
    pub form: String,
    /// Kinds of mentoring, nominative.
    pub kinds: Vec<String>,
    /// Role model, nominative.
    pub model: Option<String>,
    /// Term of the program.
    pub period: Period,
    /// Directions of work, nominative.
    pub directions: Vec<String>,
    /// Parts in free words, in their order; empty ones are left out.
    pub sections: Vec<ProgramSection>,
    pub goals: Vec<ProgramGoal>,
    pub measures: Vec<ProgramMeasure>,
    /// Who agreed and when, a sentence each: the curator, the council.
    pub agreed: Vec<String>,
}

/// Somebody of the pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// «Наставник» or «Наставляемый».
    pub side: String,
    /// Full name, nominative.
    pub name: String,
    /// Position, nominative, small letter.
    pub position: String,
    /// Initials and surname.
    pub initials: String,
    /// The day they signed the text.
    pub signed_on: Option<NaiveDate>,
}

/// A part in free words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramSection {
    pub title: String,
    pub text: String,
}

/// A goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramGoal {
    pub text: String,
    pub measure: String,
    pub direction: String,
    /// Whose it is in a group.
    pub mentee: Option<String>,
}

/// A measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramMeasure {
    pub what: String,
    pub direction: String,
    pub form: String,
    pub due: NaiveDate,
    pub who: String,
    pub product: String,
}

impl PersonalProgram {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.goals.is_empty() {
            return Err(PaperError::Empty("в программе нет ни одной цели"));
        }
        let mut paper = Composer::default();
        paper.push(self.approval());
        self.letterhead.compose("ПЕРСОНАЛИЗИРОВАННАЯ ПРОГРАММА НАСТАВНИЧЕСТВА", &mut paper);
        if let Some(reason) = &self.reason {
            let text = format!("Редакция {}. Причина изменения: {}", self.revision, sentence(reason));
            paper.paragraph(&text);
        }
        self.people(&mut paper);
        for section in self.sections.iter().filter(|section| !section.text.trim().is_empty()) {
            paper.push(Block::subheading(&section.title));
            for line in section.text.lines().filter(|line| !line.trim().is_empty()) {
                paper.paragraph(&sentence(line));
            }
        }
        self.plan(&mut paper);
        self.signatures(&mut paper);
        let title = self.letterhead.title("Персонализированная программа наставничества");
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
            self.letterhead.date.map_or_else(|| super::BLANK_DAY.to_owned(), date_in_words),
        ])
    }

    fn people(&self, paper: &mut Composer) {
        paper.push(Block::subheading("Участники, форма и срок"));
        let who = |one: &Participant| format!("{} – {}, {}", one.side, one.name.trim(), one.position.trim());
        let mut lines: Vec<String> = self.participants.iter().map(who).collect();
        lines.push(format!("форма наставничества – {}", self.form));
        if !self.kinds.is_empty() {
            let word = if self.kinds.len() == 1 { "вид" } else { "виды" };
            lines.push(format!("{word} наставничества – {}", self.kinds.join(", ")));
        }
        lines.extend(self.model.as_ref().map(|model| format!("ролевая модель – {model}")));
        lines.push(format!("срок – {} включительно", self.period.in_words()));
        paper.extend(Block::items(&lines));
        if !self.directions.is_empty() {
            paper.paragraph(&format!(
                "Направления работы, выбранные участниками: {}",
                sentence(&self.directions.join("; "))
            ));
        }
    }

    fn plan(&self, paper: &mut Composer) {
        paper.push(Block::subheading("Цели и ожидаемые результаты"));
        paper.push(Block::Table(goals_table(&self.goals)));
        if self.measures.is_empty() {
            return;
        }
        paper.push(Block::subheading("План мероприятий"));
        paper.push(Block::Table(self.measures_table()));
    }

    fn measures_table(&self) -> Table {
        let row = |(index, measure): (usize, &ProgramMeasure)| TableRow {
            cells: vec![
                vec![(index + 1).to_string()],
                vec![typography::set(&measure.what), typography::set(&measure.direction)],
                vec![typography::set(&measure.form)],
                vec![date_in_figures(measure.due), typography::set(&measure.who)],
                vec![typography::set(&measure.product)],
                vec![],
            ],
            breakable: false,
        };
        Table {
            columns: vec![
                TableColumn::new("№", 9),
                TableColumn::new("Мероприятие и направление", 52),
                TableColumn::new("Форма", 31),
                TableColumn::new("Срок, кто", 27),
                TableColumn::new("Результат", 31),
                TableColumn::new("Отметка", 20),
            ],
            rows: self.measures.iter().enumerate().map(row).collect(),
            row_height: 0,
        }
    }

    fn signatures(&self, paper: &mut Composer) {
        if !self.agreed.is_empty() {
            paper.push(Block::subheading("Согласование"));
            for line in &self.agreed {
                paper.paragraph(&sentence(line));
            }
        }
        if let [mentor, mentee] = self.participants.as_slice() {
            let side = |one: &Participant| Side {
                title: one.side.clone(),
                lines: vec![one.name.clone(), one.position.clone(), one.signed()],
                name: one.initials.clone(),
                receipt: None,
            };
            paper.push(Block::sides(&side(mentor), &side(mentee)));
            return;
        }
        paper.push(Block::subheading("Подписи участников"));
        let row = |one: &Participant| TableRow {
            cells: vec![
                vec![typography::set(&one.side)],
                vec![typography::set(&one.name), typography::set(&one.position)],
                vec![typography::set(&one.signed())],
                vec![],
            ],
            breakable: false,
        };
        paper.push(Block::Table(Table {
            columns: vec![
                TableColumn::new("Участник", 34),
                TableColumn::new("Фамилия, имя, отчество, должность", 74),
                TableColumn::new("Согласие с текстом", 34),
                TableColumn::new("Подпись", 28),
            ],
            rows: self.participants.iter().map(row).collect(),
            row_height: 10,
        }));
    }
}

/// Goals with what shows that they are reached.
pub(super) fn goals_table(goals: &[ProgramGoal]) -> Table {
    let row = |(index, goal): (usize, &ProgramGoal)| {
        let mut text = vec![typography::set(&goal.text)];
        text.extend(goal.mentee.as_ref().map(|name| typography::set(name)));
        TableRow {
            cells: vec![
                vec![(index + 1).to_string()],
                text,
                vec![typography::set(&goal.measure)],
                vec![typography::set(&goal.direction)],
            ],
            breakable: false,
        }
    };
    Table {
        columns: vec![
            TableColumn::new("№", 9),
            TableColumn::new("Цель", 62),
            TableColumn::new("Как увидим результат", 62),
            TableColumn::new("Направление", 37),
        ],
        rows: goals.iter().enumerate().map(row).collect(),
        row_height: 0,
    }
}

impl Participant {
    fn signed(&self) -> String {
        self.signed_on.map(|day| format!("подписано в системе {}", date_in_figures(day))).unwrap_or_default()
    }
}
