//! A petition about the end of mentoring.

use nastavnik_documents::papers::{Asks, Author, Petition};

use super::{URL, addressee, day};

/// A mentee's petition for another mentor, with the longest position a school has.
pub(crate) fn petition() -> Petition {
    Petition {
        addressee: addressee(),
        author: Author {
            position_genitive: "учителя физики".to_owned(),
            name_genitive: "Сидоровой Анны Павловны".to_owned(),
            initials: "А. П. Сидорова".to_owned(),
        },
        asks: Asks::Replace {
            mentor_accusative: "учителя математики Петрова Ивана Сергеевича".to_owned()
        },
        last_day: day(2026, 10, 30),
        reason: "расписания не совпадают".to_owned(),
        wish: "с опытом в моей параллели".to_owned(),
        number: "3-ЗН/2026".to_owned(),
        filed_on: day(2026, 10, 20),
        record_url: URL.to_owned(),
    }
}
