//! Order appointing mentors and fixing pairs (приказ о назначении наставников и закреплении пар и групп).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::PaperError;
use crate::block::{Sheet, Table, TableColumn, TableRow};
use crate::typography;

use super::order::{Frame, Listed, person};
use super::requisites::{Acquainted, Letterhead, Period, Signatory};

/// Rows that still stand inside the text: more of them go to an appendix, so that the signature stays with the text.
const ROWS_IN_TEXT: usize = 3;

/// Mentees in a row that still fit on one sheet together; a bigger group may be divided between sheets.
pub(super) const WHOLE_GROUP: usize = 5;

/// Order appointing mentors: one order, many pairs and groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentOrder {
    /// Requisites; heading «О назначении наставников».
    pub letterhead: Letterhead,
    /// Grounds, instrumental, in order: «статьёй 351.8 Трудового кодекса Российской Федерации».
    pub bases: Vec<String>,
    /// Purpose with its preposition: «в целях адаптации молодых педагогов».
    pub purpose: Option<String>,
    /// Pairs and groups: a group is one row.
    pub pairs: Vec<PairRow>,
    /// What is ordered besides the appointment, in order; may be empty.
    pub clauses: Vec<OrderClause>,
    /// The last clause, a whole sentence: «Контроль за исполнением приказа оставляю за собой.»
    pub control: String,
    /// Who signs.
    pub signatory: Signatory,
    /// Who must read the order; may be empty.
    pub acquainted: Vec<Acquainted>,
}

/// A mentor with one mentee or with a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairRow {
    /// The mentor.
    pub mentor: PairMentor,
    /// The mentees, at least one.
    pub mentees: Vec<PairMentee>,
    /// Form of mentoring, nominative: «педагог – педагог».
    pub form: String,
    /// Kinds of mentoring, nominative.
    pub kinds: Vec<String>,
    /// Term.
    pub period: Period,
    /// The pay as the column says it: «5 000 рублей в месяц», «не установлена».
    pub pay: String,
}

/// A mentor in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairMentor {
    /// Full name, nominative.
    pub name: String,
    /// Position, nominative, small letter.
    pub position: String,
    /// Qualification category, nominative: «высшая квалификационная категория».
    pub category: Option<String>,
}

/// A mentee in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairMentee {
    /// Full name, nominative.
    pub name: String,
    /// Position, nominative, small letter.
    pub position: String,
    /// Teaching experience in words: «стаж 1 год».
    pub experience: Option<String>,
    /// Category of the mentee: «молодой педагог».
    pub category: Option<String>,
}

/// A clause of an order with its sub-clauses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderClause {
    /// The clause, a whole sentence; ends with a colon if sub-clauses follow.
    pub text: String,
    /// Sub-clauses, whole sentences; may be empty.
    pub subclauses: Vec<String>,
}

impl AppointmentOrder {
    pub(super) fn sheet(&self) -> Result<Sheet, PaperError> {
        if self.pairs.iter().all(|pair| pair.mentees.is_empty()) {
            return Err(PaperError::Empty("в приказе нет ни одной пары"));
        }
        Ok(self.frame().listing(Listed {
            table: self.table(),
            rows_in_text: ROWS_IN_TEXT,
            clause: "Назначить наставниками и закрепить за ними наставляемых ",
            follows: "на следующих условиях:",
            appended: "на условиях согласно приложению.",
            heading: "Наставники и закреплённые за ними наставляемые",
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
                TableColumn::new("Наставник (должность, категория)", 47),
                TableColumn::new("Наставляемый (должность, стаж, категория)", 49),
                TableColumn::new("Форма, вид и срок", 36),
                TableColumn::new("Выплата", 29),
            ],
            rows: self.pairs.iter().enumerate().map(|(index, pair)| pair.row(index + 1)).collect(),
            row_height: 0,
        }
    }
}

impl PairRow {
    fn row(&self, number: usize) -> TableRow {
        let mentor = person(&self.mentor.name, &[Some(&self.mentor.position), self.mentor.category.as_ref()]);
        let lines = |mentee: &PairMentee| {
            person(
                &mentee.name,
                &[Some(&mentee.position), mentee.experience.as_ref(), mentee.category.as_ref()],
            )
        };
        let mentees = match self.mentees.as_slice() {
            [one] => lines(one),
            many => many
                .iter()
                .enumerate()
                .flat_map(|(index, mentee)| numbered(index + 1, lines(mentee)))
                .collect(),
        };
        let mut form = vec![typography::set(&self.form)];
        // The term shares the column: two more columns of dates would leave no room for long names and positions.
        form.extend((!self.kinds.is_empty()).then(|| typography::set(&self.kinds.join(", "))));
        form.extend(self.period.in_lines());
        TableRow {
            cells: vec![vec![number.to_string()], mentor, mentees, form, vec![typography::set(&self.pay)]],
            breakable: self.mentees.len() > WHOLE_GROUP,
        }
    }
}

fn numbered(number: usize, mut lines: Vec<String>) -> Vec<String> {
    if let Some(first) = lines.first_mut() {
        *first = format!("{number}) {first}");
    }
    lines
}
