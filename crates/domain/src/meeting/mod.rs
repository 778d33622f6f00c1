//! Meetings of a pair or a group (D7, п. 5.1.1, 5.2.1): kinds, calls for help, rhythm, plans.

mod names;
mod plan;

use chrono::{DateTime, NaiveDate, Utc};

pub use names::child_name;
pub use plan::{Clash, Repeat, clash, days};

/// How people met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeetingKind {
    InPerson,
    Remote,
    LessonVisit,
}

impl MeetingKind {
    pub const ALL: [Self; 3] = [Self::InPerson, Self::Remote, Self::LessonVisit];

    /// The code that is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Remote => "remote",
            Self::LessonVisit => "lesson_visit",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::InPerson => "Очно",
            Self::Remote => "Дистанционно",
            Self::LessonVisit => "Посещение занятия",
        }
    }
}

/// Whom a participant asks for help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Addressee {
    Mentor,
    Curator,
    Psychologist,
}

impl Addressee {
    pub const ALL: [Self; 3] = [Self::Mentor, Self::Curator, Self::Psychologist];

    /// The code that is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Curator => "curator",
            Self::Psychologist => "psychologist",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|addressee| addressee.code() == code)
    }

    /// «помощь нужна от …», genitive.
    pub const fn from_whom(self) -> &'static str {
        match self {
            Self::Mentor => "наставника",
            Self::Curator => "куратора",
            Self::Psychologist => "психолога",
        }
    }
}

/// Whole weeks since the last meeting, or since the pair began where there was none; a day ahead counts as none.
pub fn weeks_of_silence(began: NaiveDate, last: Option<NaiveDate>, today: NaiveDate) -> u32 {
    let since = last.map_or(began, |last| last.max(began));
    u32::try_from((today - since).num_weeks()).unwrap_or(0)
}

/// Whether an entry may still be changed by its author.
pub fn is_open_for_change(written: DateTime<Utc>, now: DateTime<Utc>, edit_days: u32) -> bool {
    now - written <= chrono::Duration::days(i64::from(edit_days))
}

/// Whether the pulse asks again: `last` is the day of the last answer, `began` the first day of the pair.
pub fn is_pulse_due(began: NaiveDate, last: Option<NaiveDate>, today: NaiveDate, weeks: u32) -> bool {
    let since = last.map_or(began, |last| last.max(began));
    (today - since).num_days() >= i64::from(weeks) * 7
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::{any_day, date};
    use proptest::prelude::*;

    #[test]
    fn silence_is_counted_in_whole_weeks() {
        let table = [
            ("2026-10-01", None, "2026-10-07", 0),
            ("2026-10-01", None, "2026-10-08", 1),
            ("2026-10-01", Some("2026-10-20"), "2026-11-23", 4),
            // A meeting before the order does not make a pair silent for longer than it exists.
            ("2026-10-01", Some("2026-09-01"), "2026-10-15", 2),
            ("2026-12-01", None, "2026-11-23", 0),
            ("2023-12-30", Some("2024-02-29"), "2024-03-07", 1),
        ];
        for (began, last, today, weeks) in table {
            assert_eq!(weeks_of_silence(date(began), last.map(date), date(today)), weeks, "{today}");
        }
    }

    #[test]
    fn an_entry_is_open_to_the_last_moment() {
        let written: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
        let later = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert!(is_open_for_change(written, later("2026-12-07T08:00:00Z"), 14));
        assert!(!is_open_for_change(written, later("2026-12-07T08:00:01Z"), 14));
    }

    #[test]
    fn codes_come_back() {
        for kind in MeetingKind::ALL {
            assert_eq!(MeetingKind::from_code(kind.code()), Some(kind));
        }
        for addressee in Addressee::ALL {
            assert_eq!(Addressee::from_code(addressee.code()), Some(addressee));
        }
    }

    proptest! {
        /// Once answered the pulse is silent for its term, then it asks every day until it is answered.
        #[test]
        fn the_pulse_keeps_its_term(began in any_day(), after in 0_i64..400, weeks in 4_u32..=6, days in 0_i64..200) {
            let answered = began + chrono::Duration::days(after);
            let today = answered + chrono::Duration::days(days);
            prop_assert_eq!(is_pulse_due(began, Some(answered), today, weeks), days >= i64::from(weeks) * 7);
        }
    }
}
