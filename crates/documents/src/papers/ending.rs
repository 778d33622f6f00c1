//! Order ending mentorships, with the reason of each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Sheet, Table, TableColumn, TableRow};
use crate::typography;
use crate::words::date_in_figures;

use super::appointment::{OrderClause, PairMentee, PairMentor};
use super::order::{Frame, Listed, person};
use super::requisites::{Acquainted, Letterhead, Signatory};

/// Rows that still stand inside the text; more of them go to an appendix.
const ROWS_IN_TEXT: usize = 4;

/// Order ending one or more mentorships.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndingOrder {
    /// Requisites; heading «О прекращении наставничества».
    pub letterhead: Letterhead,
    /// Grounds, instrumental, in order.
    pub bases: Vec<String>,
    /// Purpose or circumstance with its preposition: «в связи с завершением программы».
    pub purpose: Option<String>,
    /// What ends.
    pub endings: Vec<EndingRow>,
    /// What is ordered besides, in order; may be empty.
    pub clauses: Vec<OrderClause>,
    /// The last clause, a whole sentence.
    pub control: String,
    /// Who signs.
    pub signatory: Signatory,
    /// Who must read the order; may be empty.
    pub acquainted: Vec<Acquainted>,
}

/// One mentorship that ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndingRow {
    /// The mentor.
    pub mentor: PairMentor,
    /// The mentees whose mentoring ends, at least one.
    pub mentees: Vec<PairMentee>,
    /// The order that fixed the pair: «от 01.10.2026 № 15-О»; none if it was fixed without an order.
    pub fixed_by: Option<String>,
    /// The last day of the mentorship.
    pub last_day: NaiveDate,
    /// Why, nominative: «истечение срока», «отказ наставника».
    pub reason: String,
}

impl EndingOrder {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.endings.iter().all(|ending| ending.mentees.is_empty()) {
            return Err(PaperError::Empty("в приказе нет ни одной пары"));
        }
        Ok(self.frame().listing(Listed {
            table: self.table(),
            rows_in_text: ROWS_IN_TEXT,
            clause: "Прекратить наставничество и освободить наставников от выполнения работы по наставничеству",
            follows: ":",
            appended: " согласно приложению.",
            heading: "Прекращаемые пары и группы",
        }))
    }

    pub(super) fn dated(&self) -> Option<NaiveDate> {
        self.letterhead.date
    }

    fn frame(&self) -> Frame<'_> {
        Frame {
            letterhead: &self.letterhead,
            bases: &self.bases,
            purpose: self.purpose.as_deref(),
            clauses: &self.clauses,
            control: &self.control,
            signatory: &self.signatory,
            acquainted: &self.acquainted,
        }
    }

    fn table(&self) -> Table {
        Table {
            columns: vec![
                TableColumn::new("№", 9),
                TableColumn::new("Наставник", 44),
                TableColumn::new("Наставляемый", 44),
                TableColumn::new("Приказ о закреплении, последний день", 34),
                TableColumn::new("Причина", 39),
            ],
            rows: self.endings.iter().enumerate().map(|(index, ending)| ending.row(index + 1)).collect(),
            row_height: 0,
        }
    }
}

impl EndingRow {
    fn row(&self, number: usize) -> TableRow {
        let mentees = self.mentees.iter().flat_map(|mentee| person(&mentee.name, &[Some(&mentee.position)]));
        let last_day = typography::set(&format!("последний день {}", date_in_figures(self.last_day)));
        TableRow {
            cells: vec![
                vec![number.to_string()],
                person(&self.mentor.name, &[Some(&self.mentor.position)]),
                mentees.collect(),
                self.fixed_by.iter().map(|fixed| typography::set(fixed)).chain([last_day]).collect(),
                vec![typography::set(&self.reason)],
            ],
            breakable: self.mentees.len() > super::appointment::WHOLE_GROUP,
        }
    }
}
