//! What the values under a heading look like.

use super::cell::Cell;
use super::column::Column;
use super::parse::{parse_email, parse_phone};
use super::text::search_key;

/// How many cells of a column have each shape; a cell can have several.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shapes {
    pub filled: usize,
    full_names: usize,
    dates: usize,
    years: usize,
    small_numbers: usize,
    phones: usize,
    emails: usize,
    genders: usize,
    bracketed: usize,
    words: usize,
}

impl Shapes {
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a Cell>) -> Self {
        let mut shapes = Self::default();
        for cell in cells.filter(|cell| !cell.is_empty()) {
            shapes.add(cell);
        }
        shapes
    }

    fn add(&mut self, cell: &Cell) {
        self.filled += 1;
        match cell {
            Cell::Date(_) => self.dates += 1,
            Cell::Number(number) if (1900.0..=2100.0).contains(number) => self.years += 1,
            Cell::Number(number) if (0.0..=100.0).contains(number) => self.small_numbers += 1,
            Cell::Number(_) => self.phones += usize::from(parse_phone(cell).is_ok()),
            Cell::Text(text) => self.add_text(&search_key(text), cell),
            Cell::Empty | Cell::Bool(_) => {}
        }
    }

    fn add_text(&mut self, key: &str, cell: &Cell) {
        let digits = key.bytes().filter(u8::is_ascii_digit).count();
        let dots = key.bytes().filter(|byte| matches!(byte, b'.' | b'/' | b'-')).count();
        self.emails += usize::from(parse_email(cell).is_ok_and(|read| read.value.is_some()));
        self.phones += usize::from(digits >= 10 && parse_phone(cell).is_ok());
        self.dates += usize::from((4..=8).contains(&digits) && dots >= 2);
        self.years += usize::from(digits == 4 && dots <= 1 && key.chars().count() <= 10);
        self.genders += usize::from(matches!(key, "м" | "ж" | "муж" | "жен" | "муж." | "жен."));
        self.bracketed += usize::from(key.contains('('));
        let short_number = digits > 0 && digits <= 3 && key.chars().count() <= 9;
        self.small_numbers += usize::from(short_number || matches!(key, "б/с" | "без стажа"));
        if digits == 0 {
            self.words += 1;
            let endings = ["вич", "вна", "чна", "шна", "ьич", "мич", "кич", "нич", "кызы", "оглы"];
            let patronymic = endings.iter().any(|ending| key.ends_with(ending));
            self.full_names += usize::from(patronymic && (3..=4).contains(&key.split(' ').count()));
        }
    }

    /// True when at least `percent` of the filled cells are counted.
    const fn most(self, count: usize, percent: usize) -> bool {
        self.filled > 0 && count * 100 >= self.filled * percent
    }

    /// Do the values fit the meaning? None when the values cannot tell.
    pub(super) fn fit(self, meaning: Column) -> Option<bool> {
        if self.filled == 0 {
            return None;
        }
        Some(match meaning {
            Column::FullName => self.most(self.full_names, 50),
            Column::Surname | Column::Given | Column::Patronymic | Column::Position | Column::Education => {
                self.most(self.words, 80)
            }
            Column::PositionWithSubject => self.most(self.bracketed, 20),
            Column::BornOn => self.most(self.dates, 60),
            Column::HiredOn | Column::TeachingSince => self.most(self.dates + self.years, 60),
            Column::Phone => self.most(self.phones, 60),
            Column::Email => self.most(self.emails, 60),
            Column::Gender => self.most(self.genders, 80),
            Column::TeachingYears | Column::Ordinal | Column::Share => self.most(self.small_numbers, 60),
            _ => return None,
        })
    }

    /// The meaning the values alone suggest for a column whose heading says nothing.
    pub(super) fn suggest(self) -> Option<Column> {
        [Column::FullName, Column::Phone, Column::Email, Column::Gender]
            .into_iter()
            .find(|meaning| self.filled >= 3 && self.fit(*meaning) == Some(true))
    }

    /// A heading can be right and yet the values of another kind: «стаж» with dates, «должность» with brackets.
    pub(super) fn correct(self, meaning: Column) -> Column {
        match meaning {
            Column::TeachingYears if self.most(self.dates + self.years, 60) => Column::TeachingSince,
            Column::TeachingSince if self.most(self.small_numbers, 60) => Column::TeachingYears,
            Column::Position if self.most(self.bracketed, 20) => Column::PositionWithSubject,
            Column::Surname if self.most(self.full_names, 50) => Column::FullName,
            other => other,
        }
    }
}
