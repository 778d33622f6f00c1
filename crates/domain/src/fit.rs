//! «Подходим друг другу»: after the first and again after the second meeting each side says for itself whether the pair
//! fits (field 4.8). The other side never learns the answer; the curator learns only that a talk is needed, not why.

use chrono::NaiveDate;

/// After which meeting it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Round {
    First,
    Second,
}

impl Round {
    pub const ALL: [Self; 2] = [Self::First, Self::Second];

    /// The number stored in the database.
    pub const fn number(self) -> i64 {
        match self {
            Self::First => 1,
            Self::Second => 2,
        }
    }

    /// Reads the stored number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|round| round.number() == number)
    }

    /// «после первой встречи».
    pub const fn title(self) -> &'static str {
        match self {
            Self::First => "после первой встречи",
            Self::Second => "после второй встречи",
        }
    }
}

/// What one side says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    Yes,
    Watching,
    No,
}

impl Answer {
    pub const ALL: [Self; 3] = [Self::Yes, Self::Watching, Self::No];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Watching => "watching",
            Self::No => "no",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Yes => "да, подходим",
            Self::Watching => "присматриваемся",
            Self::No => "нет",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }
}

/// The round that is due by the meetings held up to today.
pub fn round(held: &[NaiveDate], today: NaiveDate) -> Option<Round> {
    match held.iter().filter(|day| **day <= today).count() {
        0 => None,
        1 => Some(Round::First),
        _ => Some(Round::Second),
    }
}

/// The round this side is still asked in; a round that was passed over is not asked afterwards.
pub fn asked(held: &[NaiveDate], today: NaiveDate, answered: &[Round]) -> Option<Round> {
    round(held, today).filter(|due| !answered.contains(due))
}

/// Whether the receiver learns that a talk is needed: somebody's newest answer is «нет». `answers` holds, for each side,
/// its answers by round.
pub fn needs_talk<'a>(answers: impl IntoIterator<Item = &'a [(Round, Answer)]>) -> bool {
    answers
        .into_iter()
        .any(|side| side.iter().max_by_key(|(round, _)| *round).is_some_and(|(_, last)| *last == Answer::No))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::period::tests::date;

    #[test]
    fn it_is_asked_after_the_first_and_after_the_second_meeting() {
        let held = [date("2026-10-05"), date("2026-10-12"), date("2026-10-19")];
        for (today, answered, expected) in [
            ("2026-10-04", &[][..], None),
            ("2026-10-05", &[], Some(Round::First)),
            ("2026-10-11", &[Round::First], None),
            ("2026-10-12", &[Round::First], Some(Round::Second)),
            ("2026-10-12", &[], Some(Round::Second)),
            ("2026-10-30", &[Round::First, Round::Second], None),
            ("2026-10-30", &[Round::Second], None),
        ] {
            assert_eq!(asked(&held, date(today), answered), expected, "{today} {answered:?}");
        }
    }

    #[test]
    fn the_newest_answer_counts() {
        use Answer::{No, Watching, Yes};
        use Round::{First, Second};
        for (sides, expected) in [
            (vec![], false),
            (vec![vec![(First, Yes)], vec![(First, Watching)]], false),
            (vec![vec![(First, No)]], true),
            (vec![vec![(First, No), (Second, Yes)], vec![(First, Yes)]], false),
            (vec![vec![(Second, No), (First, Yes)], vec![]], true),
        ] {
            assert_eq!(needs_talk(sides.iter().map(Vec::as_slice)), expected, "{sides:?}");
        }
    }

    fn side() -> impl Strategy<Value = Vec<(Round, Answer)>> {
        prop::collection::btree_map(
            prop::sample::select(&Round::ALL[..]),
            prop::sample::select(&Answer::ALL[..]),
            0..3,
        )
        .prop_map(|answers| answers.into_iter().collect())
    }

    proptest! {
        /// The signal does not tell who has answered: sides exchanged, it is the same.
        #[test]
        fn the_signal_does_not_tell_who(mentor in side(), mentee in side()) {
            let there = needs_talk([mentor.as_slice(), mentee.as_slice()]);
            let back = needs_talk([mentee.as_slice(), mentor.as_slice()]);
            prop_assert_eq!(there, back);
        }

        /// «Присматриваемся» and silence look the same from outside.
        #[test]
        fn watching_is_as_quiet_as_silence(one in side()) {
            prop_assert_eq!(
                needs_talk([one.as_slice(), &[(Round::First, Answer::Watching)][..]]),
                needs_talk([one.as_slice()])
            );
        }
    }
}
