//! Slips for the first sign-in.

use chrono::NaiveDateTime;
use nastavnik_documents::papers::{LoginSlips, Slip};

use super::{NAMES, SCHOOL, day};

/// So many slips.
pub(crate) fn slips(count: usize) -> LoginSlips {
    LoginSlips {
        organization: SCHOOL.to_owned(),
        slips: (0..count)
            .map(|index| Slip {
                name: NAMES[index % NAMES.len()].to_owned(),
                login: format!("rustamova.g{index}"),
                link: format!(
                    "https://nastavnik.example.org/login/once/9Jx2kQ7hT4mVbC1wZs8LrY3pNf6Gd0Ae{index:04}"
                ),
                code: (index % 2 == 0).then(|| "4827-1935".to_owned()),
                valid_until: NaiveDateTime::new(day(2026, 10, 15), chrono::NaiveTime::MIN),
            })
            .collect(),
        instruction: [
            "Наведите камеру телефона на QR-код или наберите адрес в браузере.".to_owned(),
            "Придумайте пароль: не меньше 12 знаков.".to_owned(),
            "Уничтожьте листок: он действует один раз.".to_owned(),
        ],
    }
}
