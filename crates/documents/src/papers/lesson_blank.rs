//! A blank for a visit of a lesson: filled by hand in the class, typed later by the code in the corner.

use chrono::{DateTime, Utc};

use super::printed;
use crate::PaperError;
use crate::block::{Block, Composer, Sheet, Table, TableColumn, TableRow};
use crate::typography;

/// The blank: nobody is named on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonBlank {
    /// Short name of the organization, nominative.
    pub organization: String,
    /// The form that takes what was written, printed as a QR code.
    pub record_url: String,
}

/// What is written by hand.
const ROWS: &[&str] = &[
    "День",
    "Класс, предмет",
    "Тема",
    "Сильная сторона 1",
    "Сильная сторона 2",
    "Сильная сторона 3",
    "Один шаг",
    "Когда вернуться",
    "Ответ педагога",
];

impl LessonBlank {
    /// The blank as a PDF.
    ///
    /// # Errors
    /// An unusable address for the QR code, or a layout that failed.
    pub fn pdf(&self, moment: DateTime<Utc>) -> Result<Vec<u8>, PaperError> {
        printed(&self.sheet(), moment)
    }

    fn sheet(&self) -> Sheet {
        let mut paper = Composer::default();
        paper.push(Block::organization(&self.organization));
        paper.push(Block::kind("КАРТА ПОСЕЩЕНИЯ ЗАНЯТИЯ"));
        paper.paragraph(
            "Для разговора двоих, а не для оценки. Имена и фотографии детей сюда не вносятся. Код внизу листа открывает форму, \
             в которую эти записи переносятся за минуту.",
        );
        let row = |title: &&str| TableRow {
            // Room for a line or two of handwriting.
            cells: vec![vec![typography::set(title)], vec!["\u{a0}".to_owned(); 3]],
            breakable: false,
        };
        paper.push(Block::Table(Table {
            columns: vec![TableColumn::new("О чём", 45), TableColumn::new("Запись", 125)],
            rows: ROWS.iter().map(row).collect(),
            row_height: 8,
        }));
        paper.finish("Карта посещения занятия", &self.organization, &self.record_url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blank_is_one_archivable_sheet_with_the_way_to_the_form() {
        let blank = LessonBlank {
            organization: "МБОУ «СОШ №5»".to_owned(),
            record_url: "http://nastavnik.test/pairs/1/meetings/new?form=visit".to_owned(),
        };
        let moment = "2026-11-23T08:00:00Z".parse().unwrap();
        let pdf = blank.pdf(moment).unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
        let address = blank.record_url.as_bytes();
        assert!(pdf.windows(address.len()).any(|window| window == address), "the code leads to the form");
        let no_address = LessonBlank { record_url: String::new(), ..blank };
        assert!(matches!(no_address.pdf(moment), Err(PaperError::RecordUrl(_))));
    }
}
