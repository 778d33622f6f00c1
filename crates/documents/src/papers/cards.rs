//! Cards of an evening of speed meetings: whom one meets and when, with boxes to tick.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::pdf::Template;
use crate::words::date_in_words;
use crate::{PaperError, pdf, typography};

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
        if self.cards.is_empty() {
            return Err(PaperError::Empty("на вечер никто не приглашён"));
        }
        let printed = Printed {
            title: typography::set(&format!("Карточки: {}", self.title)),
            organization: typography::set(&self.organization),
            heading: typography::set(&self.title),
            when: typography::set(&format!("{}, {}", date_in_words(self.held_on), self.time)),
            place: typography::set(&self.place),
            heads: ["Начало", "Стол", "С кем", "Встре\u{ad}ча была", "Хочу продол\u{ad}жить"],
            note: "Отметьте, с кем встретились и с кем хотели бы продолжить, и отдайте карточку куратору. \
                   Другая сторона узнает, только если захотят оба.",
            cards: self.cards.iter().map(SpeedCard::printed).collect(),
        };
        pdf::render(Template::Cards, &printed, moment)
    }
}

impl SpeedCard {
    fn printed(&self) -> PrintedCard {
        let role = match self.table {
            Some(table) => format!("{}, стол {table}", self.role),
            None => self.role.clone(),
        };
        PrintedCard {
            name: typography::set(&self.name),
            role: typography::set(&role),
            lines: self.lines.iter().map(CardLine::printed).collect(),
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
