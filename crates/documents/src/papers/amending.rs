//! Order amending the one that has fixed a group: who joins it, who leaves it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Block, Sheet, Table, TableColumn, TableRow};
use crate::typography;
use crate::words::date_in_figures;

use super::appointment::{OrderClause, PairMentee, PairMentor};
use super::order::{Frame, person};
use super::requisites::{Acquainted, Letterhead, Period, Signatory};

/// Order about the members of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendingOrder {
    /// Requisites; heading «О внесении изменений в состав группы».
    pub letterhead: Letterhead,
    /// Grounds, instrumental, in order.
    pub bases: Vec<String>,
    /// The order that has fixed the group: «от 01.10.2026 № 15-О».
    pub amended: String,
    /// The mentor, whose group goes on.
    pub mentor: PairMentor,
    /// What changes, at least one.
    pub changes: Vec<MemberChange>,
    /// Full names of the members after all changes, nominative.
    pub members: Vec<String>,
    /// What is ordered besides, in order; may be empty.
    pub clauses: Vec<OrderClause>,
    /// The last clause, a whole sentence.
    pub control: String,
    /// Who signs.
    pub signatory: Signatory,
    /// Who must read the order; may be empty.
    pub acquainted: Vec<Acquainted>,
}

/// A member who joins or leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberChange {
    /// Who.
    pub mentee: PairMentee,
    /// What happens.
    pub deed: Deed,
}

/// What happens to a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum Deed {
    /// Joins for these days.
    Joins {
        /// From the first day in the group to the group's last one.
        period: Period,
    },
    /// Leaves while the others stay.
    Leaves {
        /// The last day in the group.
        last_day: NaiveDate,
        /// Why, nominative.
        reason: String,
    },
}

impl AmendingOrder {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.changes.is_empty() {
            return Err(PaperError::Empty("в приказе нет ни одного изменения"));
        }
        let clause = format!(
            "Внести в приказ {} изменения в состав группы, наставник которой – {}, {}:",
            self.amended.trim(),
            self.mentor.name.trim(),
            self.mentor.position.trim()
        );
        Ok(self.frame().around(|paper| {
            paper.clause(&clause).push(Block::Table(self.table()));
            paper.clause("С учётом изменений в группе состоят:").extend(Block::items(&self.members));
        }))
    }

    pub(super) fn dated(&self) -> Option<NaiveDate> {
        self.letterhead.date
    }

    fn frame(&self) -> Frame<'_> {
        Frame {
            letterhead: &self.letterhead,
            bases: &self.bases,
            purpose: None,
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
                TableColumn::new("Наставляемый", 70),
                TableColumn::new("Изменение", 38),
                TableColumn::new("Срок", 53),
            ],
            rows: self.changes.iter().enumerate().map(|(index, change)| change.row(index + 1)).collect(),
            row_height: 0,
        }
    }
}

impl MemberChange {
    fn row(&self, number: usize) -> TableRow {
        let mentee = &self.mentee;
        let about = [Some(&mentee.position), mentee.experience.as_ref(), mentee.category.as_ref()];
        let (deed, term) = match &self.deed {
            Deed::Joins { period } => ("вступает в группу".to_owned(), period.in_lines()),
            Deed::Leaves { last_day, reason } => (
                format!("выходит из группы: {}", reason.trim()),
                vec![typography::set(&format!("последний день {}", date_in_figures(*last_day)))],
            ),
        };
        TableRow {
            cells: vec![
                vec![number.to_string()],
                person(&mentee.name, &about),
                vec![typography::set(&deed)],
                term,
            ],
            breakable: false,
        }
    }
}
