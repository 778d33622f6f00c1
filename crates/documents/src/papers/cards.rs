//! Cards of an evening of speed meetings: whom one meets and when, with boxes to tick.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::sentence;
use crate::block::{Block, Composer, Sheet, Table, TableColumn, TableRow};
use crate::pdf::Template;
use crate::words::date_in_words;
use crate::{PaperError, docx, pdf, typography};

/// The cards of one evening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeedCards {
    /// Short name of the organization, nominative.
    pub organization: String,
    /// What the evening is called.
    pub title: String,
    /// The day.
    pub held_on: NaiveDate,
    /// «16:00–17:10».
    pub time: String,
    /// Where.
    pub place: String,
    /// Address of the evening, printed as a QR code on the sheets that are edited.
    pub record_url: String,
    /// The participants, mentors first.
    pub cards: Vec<SpeedCard>,
}

/// One participant's card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeedCard {
    /// Full name, nominative.
    pub name: String,
    /// «Наставник» or «Наставляемый».
    pub role: String,
    /// A mentor stays at one table.
    pub table: Option<u32>,
    /// All rounds in their order.
    pub lines: Vec<CardLine>,
}

/// A round on a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardLine {
    /// From one.
    pub round: u32,
    /// When it begins: «16:24».
    pub time: String,
    /// At which table; none in a round without a meeting.
    pub table: Option<u32>,
    /// With whom: surname and initials.
    pub partner: Option<String>,
}

/// The columns of a card.
const HEADS: [&str; 5] = ["Начало", "Стол", "С кем", "Встре\u{ad}ча была", "Хочу продол\u{ad}жить"];

const NOTE: &str = "Отметьте, с кем встретились и с кем хотели бы продолжить, и отдайте карточку куратору. \
                    Другая сторона узнает, только если захотят оба.";

#[derive(Serialize)]
struct Printed {
    title: String,
    organization: String,
    heading: String,
    when: String,
    place: String,
    heads: [&'static str; 5],
    note: &'static str,
    cards: Vec<PrintedCard>,
}

#[derive(Serialize)]
struct PrintedCard {
    name: String,
    role: String,
    lines: Vec<PrintedLine>,
}

#[derive(Serialize)]
struct PrintedLine {
    time: String,
    table: String,
    partner: String,
    free: bool,
}

impl SpeedCards {
    /// The cards as a PDF, four to a sheet.
    ///
    /// # Errors
    /// No cards, or a layout that failed.
    pub fn pdf(&self, moment: DateTime<Utc>) -> Result<Vec<u8>, PaperError> {
        self.check()?;
        let printed = Printed {
            title: typography::set(&format!("Карточки: {}", self.title)),
            organization: typography::set(&self.organization),
            heading: typography::set(&self.title),
            when: typography::set(&self.when()),
            place: typography::set(&self.place),
            heads: HEADS,
            note: NOTE,
            cards: self.cards.iter().map(SpeedCard::printed).collect(),
        };
        pdf::render(Template::Cards, &printed, moment)
    }

    /// The cards as an editable DOCX, a sheet to each: somebody who comes in another's place gets theirs by a word changed.
    ///
    /// # Errors
    /// No cards, an unusable address for the QR code, or a file that could not be packed.
    pub fn docx(&self) -> Result<Vec<u8>, PaperError> {
        docx::render(&self.sheet()?, Some(self.held_on))
    }

    fn check(&self) -> Result<(), PaperError> {
        if self.cards.is_empty() {
            return Err(PaperError::Empty("на вечер никто не приглашён"));
        }
        Ok(())
    }

    fn when(&self) -> String {
        format!("{}, {}", date_in_words(self.held_on), self.time)
    }

    fn sheet(&self) -> Result<Sheet, PaperError> {
        self.check()?;
        let mut paper = Composer::default();
        for (index, card) in self.cards.iter().enumerate() {
            let number = [format!("Карточка {} из {}", index + 1, self.cards.len())];
            // The first one stands on the first sheet, each other begins its own.
            paper.push(if index == 0 { Block::addressee(&number) } else { Block::appendix(&number) });
            paper.push(Block::organization(&self.organization)).push(Block::heading(&self.title));
            paper.paragraph(&sentence(&format!("{}, {}", self.when(), self.place)));
            paper.push(Block::subheading(&card.name));
            paper.paragraph(&sentence(&card.role_at_table()));
            paper.push(Block::Table(card.table())).paragraph(NOTE);
        }
        let title = format!("Карточки: {}", self.title);
        Ok(paper.finish(&title, &self.organization, &self.record_url))
    }
}

impl SpeedCard {
    fn printed(&self) -> PrintedCard {
        PrintedCard {
            name: typography::set(&self.name),
            role: typography::set(&self.role_at_table()),
            lines: self.lines.iter().map(CardLine::printed).collect(),
        }
    }

    fn role_at_table(&self) -> String {
        self.table.map_or_else(|| self.role.clone(), |table| format!("{}, стол {table}", self.role))
    }

    /// The rounds with two cells to tick; in a round without a meeting there is nothing to tick.
    fn table(&self) -> Table {
        let widths = [22, 16, 72, 30, 30];
        let row = |line: &CardLine| {
            let line = line.printed();
            let tick = if line.free { "–" } else { "" };
            let cells = [line.time.as_str(), &line.table, &line.partner, tick, tick];
            TableRow { cells: cells.map(|text| vec![text.to_owned()]).to_vec(), breakable: false }
        };
        Table {
            columns: HEADS.iter().zip(widths).map(|(head, width)| TableColumn::new(head, width)).collect(),
            rows: self.lines.iter().map(row).collect(),
            row_height: 9,
        }
    }
}

impl CardLine {
    fn printed(&self) -> PrintedLine {
        PrintedLine {
            time: self.time.clone(),
            table: self.table.map_or_else(String::new, |table| table.to_string()),
            partner: self.partner.as_deref().map_or_else(|| "перерыв".to_owned(), typography::set),
            free: self.partner.is_none(),
        }
    }
}
