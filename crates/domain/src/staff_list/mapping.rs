//! Which column means what: proposed by the program, edited by the user, stored with the list.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cell::column_letters;
use super::column::Column;

/// The meaning of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// From 0.
    pub index: usize,
    /// The words of the header; empty when the column has none.
    pub heading: String,
    pub meaning: Column,
    /// How sure the proposal is, 0 to 100; 100 after the user has chosen.
    pub confidence: u8,
}

impl MappedColumn {
    /// «C» for the third column.
    pub fn letters(&self) -> String {
        column_letters(self.index)
    }
}

/// The reading of a whole sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The last row of the header, from 1; data begin below it. 0 when the sheet has no header.
    pub header_row: u32,
    pub columns: Vec<MappedColumn>,
    /// Everything written above the header: often the organization and the school year.
    pub title: String,
    /// The day the list was true, as its title says; experience is counted back from it.
    pub list_date: Option<NaiveDate>,
}

/// Why rows cannot be read with this mapping.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    #[error(
        "Не указан столбец с фамилией. Выберите столбец «фамилия, имя, отчество» или столбцы «фамилия» и «имя»."
    )]
    NoSurname,
    #[error("Есть столбец с фамилией, но не указан столбец с именем. Выберите столбец «имя».")]
    NoGiven,
    #[error(
        "Не указан столбец с должностью. Выберите столбец «должность» или «должность и предмет в скобках»."
    )]
    NoPosition,
    #[error(
        "Значение «{title}» выбрано для столбцов {first} и {second}. Оставьте его одному, для другого выберите «не загружать»."
    )]
    Twice { title: &'static str, first: String, second: String },
    #[error(
        "Столбцы «{one}» и «{other}» исключают друг друга. Оставьте один, для другого выберите «не загружать»."
    )]
    Excluding { one: &'static str, other: &'static str },
    #[error(
        "Строка с названиями столбцов не найдена в первых строках листа. Добавьте её: «ФИО», «Дата рождения», «Должность» и так далее."
    )]
    NoHeader,
}

impl Mapping {
    /// The place of a meaning, from 0.
    pub fn index_of(&self, meaning: Column) -> Option<usize> {
        self.columns.iter().find(|column| column.meaning == meaning).map(|column| column.index)
    }

    /// The user's choice for a column. False when the sheet has no such column.
    pub fn choose(&mut self, index: usize, meaning: Column) -> bool {
        let Some(column) = self.columns.iter_mut().find(|column| column.index == index) else { return false };
        column.meaning = meaning;
        column.confidence = 100;
        true
    }

    /// Checks that rows can be read: names and positions are there, no meaning is given twice.
    pub fn validate(&self) -> Result<(), MappingError> {
        self.no_twins()?;
        let has = |meaning| self.index_of(meaning).is_some();
        for (one, other) in [
            (Column::FullName, Column::Surname),
            (Column::Position, Column::PositionWithSubject),
            (Column::TeachingSince, Column::TeachingYears),
        ] {
            if has(one) && has(other) {
                return Err(MappingError::Excluding { one: one.title(), other: other.title() });
            }
        }
        if !has(Column::FullName) && !has(Column::Surname) {
            return Err(MappingError::NoSurname);
        }
        if has(Column::Surname) && !has(Column::Given) {
            return Err(MappingError::NoGiven);
        }
        if !has(Column::Position) && !has(Column::PositionWithSubject) {
            return Err(MappingError::NoPosition);
        }
        Ok(())
    }

    fn no_twins(&self) -> Result<(), MappingError> {
        for (place, column) in self.columns.iter().enumerate() {
            let twin = self.columns[..place].iter().find(|other| other.meaning == column.meaning);
            if let Some(twin) = twin.filter(|_| column.meaning.is_single()) {
                return Err(MappingError::Twice {
                    title: column.meaning.title(),
                    first: twin.letters(),
                    second: column.letters(),
                });
            }
        }
        Ok(())
    }
}
