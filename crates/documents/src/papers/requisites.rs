//! What several papers have in common.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::block::{Block, Composer, Table, TableColumn, TableRow};
use crate::typography;
use crate::words::{amount_in_figures, amount_in_words, date_in_figures, date_in_words};

/// The head of a paper on behalf of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// Full name by the charter, nominative.
    pub organization_full: String,
    /// Short name, nominative: «МБОУ «СОШ № 3»».
    pub organization_short: String,
    /// Place of making: «г. Нефтеюганск».
    pub place: String,
    /// Registration number without «№»; none while the paper is a draft, which prints «ПРОЕКТ».
    pub number: Option<String>,
    /// Date of signing; none leaves a blank.
    pub date: Option<NaiveDate>,
    /// What the paper is about, prepositional with «о»: «О назначении наставников».
    pub heading: String,
    /// Address of the record in the system, printed as a QR code.
    pub record_url: String,
}

/// To whom a personal paper goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// Position, dative, small letter or capital as it is to stand at the beginning: «Директору».
    pub position_dative: String,
    /// Organization, as it follows the position: «МБОУ «СОШ № 3»».
    pub organization: String,
    /// Surname and initials, dative: «Ивановой М. П.».
    pub name_dative: String,
}

/// From whom a personal paper comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Position, genitive: «учителя математики».
    pub position_genitive: String,
    /// Full name, genitive: «Петрова Ивана Сергеевича».
    pub name_genitive: String,
    /// Initials and surname for the line of the signature: «И. С. Петров».
    pub initials: String,
}

/// Who signs for the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// Position, nominative: «Директор».
    pub position: String,
    /// Initials and surname, nominative: «М. П. Иванова».
    pub name: String,
}

/// A person who must read an order and sign for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acquainted {
    /// Full name, nominative.
    pub name: String,
    /// Position, nominative.
    pub position: String,
}

/// From the first to the last day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// What is paid for mentoring (ст. 351.8 ТК РФ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Pay {
    /// A fixed sum a month.
    Monthly {
        /// The sum in kopecks.
        kopecks: i64,
        /// What is charged upon it, instrumental: «районного коэффициента и процентной надбавки» goes after
        /// «с начислением», so genitive; none prints nothing.
        supplements_genitive: Option<String>,
    },
    /// A share, in words that follow «в размере»: «15 процентов должностного оклада ежемесячно».
    Percent {
        /// The share and of what, genitive or nominative with a number.
        text: String,
    },
    /// Nothing is paid; the paper says so openly.
    Unpaid {
        /// Why, an independent clause with a small letter: «размер выплаты не установлен положением об оплате труда».
        reason: String,
    },
}

impl Letterhead {
    /// Kind and number for the title of the file: «Приказ № 5-О от 01.10.2026».
    pub(super) fn title(&self, kind: &str) -> String {
        let number = self
            .number
            .as_ref()
            .map_or_else(|| " (проект)".to_owned(), |number| format!(" № {}", number.trim()));
        let date = self.date.map(|date| format!(" от {}", date_in_figures(date))).unwrap_or_default();
        format!("{kind}{number}{date} «{}»", self.heading.trim())
    }

    /// Prints the requisites from the top of the sheet to the heading.
    pub(super) fn compose(&self, kind: &str, into: &mut Composer) {
        let date = self.date.map_or_else(|| super::BLANK_DAY.to_owned(), date_in_figures);
        into.push(Block::organization(&self.organization_full))
            .push(Block::kind(kind))
            .push(Block::Requisites {
                date: typography::set(&date),
                number: typography::set(&self.number_mark()),
                place: typography::set(&self.place),
            })
            .push(Block::heading(&self.heading));
    }

    /// The mark of an appendix to this order.
    pub(super) fn appendix_mark(&self) -> Vec<String> {
        let date = self.date.map_or_else(|| "__.__.20__".to_owned(), date_in_figures);
        vec!["Приложение".to_owned(), "к приказу".to_owned(), format!("от {date} {}", self.number_mark())]
    }

    fn number_mark(&self) -> String {
        self.number.as_ref().map_or_else(|| "ПРОЕКТ".to_owned(), |number| format!("№ {}", number.trim()))
    }
}

impl Period {
    /// «с 1 октября 2026 г. по 31 мая 2027 г.»
    pub(super) fn in_words(self) -> String {
        format!("с {} по {}", date_in_words(self.from), date_in_words(self.to))
    }

    /// «с 01.10.2026 по 31.05.2027», a line each for a narrow column.
    pub(super) fn in_lines(self) -> Vec<String> {
        let set = |text: String| typography::set(&text).replace(' ', "\u{a0}");
        vec![
            set(format!("с {}", date_in_figures(self.from))),
            set(format!("по {}", date_in_figures(self.to))),
        ]
    }
}

impl Pay {
    /// The size of the pay after «в размере», or nothing if unpaid.
    pub(super) fn size(&self) -> Option<String> {
        match self {
            Self::Monthly { kopecks, supplements_genitive } => {
                let more =
                    supplements_genitive.as_ref().map(|text| format!(" с начислением {}", text.trim()));
                Some(format!(
                    "{} ({}) в месяц{}",
                    amount_in_figures(*kopecks),
                    amount_in_words(*kopecks),
                    more.unwrap_or_default()
                ))
            }
            Self::Percent { text } => Some(text.trim().to_owned()),
            Self::Unpaid { .. } => None,
        }
    }
}

/// To whom and from whom, line by line.
pub(super) fn address(to: &Addressee, from: &Author) -> Block {
    Block::addressee(&[
        to.position_dative.clone(),
        to.organization.clone(),
        to.name_dative.clone(),
        format!("от {}", from.position_genitive),
        from.name_genitive.clone(),
    ])
}

/// «форма – …; вид – …; ролевая модель – …; срок – …».
pub(super) fn conditions(form: &str, kinds: &[String], model: Option<&str>, period: Period) -> Vec<Block> {
    let mut lines = vec![format!("форма наставничества – {form}")];
    if !kinds.is_empty() {
        let word = if kinds.len() == 1 { "вид" } else { "виды" };
        lines.push(format!("{word} наставничества – {}", kinds.join(", ")));
    }
    lines.extend(model.map(|model| format!("ролевая модель – {model}")));
    // «г.» at the end is an abbreviation: the list's own mark follows it.
    lines.push(format!("срок – {} включительно", period.in_words()));
    Block::items(&lines)
}

/// The list of those who read the order, with room to sign.
pub(super) fn acquaintance(people: &[Acquainted], into: &mut Composer) {
    if people.is_empty() {
        return;
    }
    let row = |(index, person): (usize, &Acquainted)| TableRow {
        cells: vec![
            vec![(index + 1).to_string()],
            vec![typography::set(&person.name), typography::set(&person.position)],
            vec![],
            vec![],
        ],
        breakable: false,
    };
    into.push(Block::subheading("С приказом ознакомлены:")).push(Block::Table(Table {
        columns: vec![
            TableColumn::new("№", 10),
            TableColumn::new("Фамилия, имя, отчество, должность", 92),
            TableColumn::new("Подпись", 38),
            TableColumn::new("Дата", 30),
        ],
        rows: people.iter().enumerate().map(row).collect(),
        row_height: 10,
    }));
}

/// «В соответствии с … и …»: the preamble of an order; `bases` are instrumental.
pub(super) fn preamble(bases: &[String], purpose: Option<&str>) -> String {
    let purpose = purpose.map(str::trim).filter(|text| !text.is_empty());
    let grounds = match bases {
        [] => None,
        [first, ..] => Some(format!("в соответствии {} {}", with_before(first), bases.join(", "))),
    };
    let parts: Vec<&str> = grounds.as_deref().into_iter().chain(purpose).collect();
    capitalized(&parts.join(", "))
}

/// «с» or «со» before a word: «со статьёй», «с приказом».
fn with_before(word: &str) -> &'static str {
    let mut letters = word.trim_start().chars().flat_map(char::to_lowercase);
    let hissing = letters.next().is_some_and(|letter| "сзшжщ".contains(letter));
    let consonant = letters.next().is_some_and(|letter| "бвгджзйклмнпрстфхцчшщ".contains(letter));
    if hissing && consonant { "со" } else { "с" }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preamble_reads_as_a_sentence() {
        let bases = ["статьёй 351.8 Трудового кодекса".to_owned(), "письменными согласиями".to_owned()];
        assert_eq!(
            preamble(&bases, Some("в целях адаптации")),
            "В соответствии со статьёй 351.8 Трудового кодекса, письменными согласиями, в целях адаптации"
        );
        assert_eq!(preamble(&["приказом".to_owned()], None), "В соответствии с приказом");
        assert_eq!(preamble(&[], Some("в целях")), "В целях");
    }

    #[test]
    fn pay_is_said_in_figures_and_in_words() {
        let pay = Pay::Monthly {
            kopecks: 500_000,
            supplements_genitive: Some("районного коэффициента".to_owned()),
        };
        assert_eq!(
            pay.size().unwrap(),
            "5\u{a0}000 рублей 00 копеек (пять тысяч рублей 00 копеек) в месяц с начислением районного коэффициента"
        );
        assert_eq!(Pay::Unpaid { reason: String::new() }.size(), None);
    }
}
