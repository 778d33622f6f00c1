//! The talk of a mentorship (J1, п. 5.1.1, 5.2.1): who writes and who only reads, how long one's own words may be mended,
//! how many messages at once are too many.

mod text;

use chrono::{DateTime, Duration, NaiveDate, Utc};

pub use text::{Part, Run, runs};

/// Where the mentorship stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// No order is in force yet.
    Ahead,
    AtWork,
    Over,
}

/// What somebody who takes part in the mentorship, or has taken part in it, may do in its talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The talk opens with the first day of work.
    Waits,
    Writes,
    /// The mentorship is over: its talk stays for its people.
    Reads,
    /// The person has left the group: what was written before this day stays readable.
    ReadsBefore(NaiveDate),
}

impl Standing {
    /// The first day that is hidden from the reader.
    pub const fn hidden_from(self) -> Option<NaiveDate> {
        match self {
            Self::ReadsBefore(day) => Some(day),
            Self::Waits | Self::Writes | Self::Reads => None,
        }
    }
}

/// What a participant may do today; `left_on` is the first day without them, for whoever leaves a group.
pub fn standing(life: Life, left_on: Option<NaiveDate>, today: NaiveDate) -> Standing {
    match (left_on, life) {
        (Some(day), _) if day <= today => Standing::ReadsBefore(day),
        (_, Life::Ahead) => Standing::Waits,
        (_, Life::AtWork) => Standing::Writes,
        (_, Life::Over) => Standing::Reads,
    }
}

/// Whether the author may still mend or withdraw a message.
pub fn is_open_for_change(written: DateTime<Utc>, now: DateTime<Utc>, minutes: u32) -> bool {
    now - written < Duration::minutes(i64::from(minutes))
}

/// Whether one more message now is too many: `written` are the moments of the author's own messages. No more than `most`
/// fit in any minute.
pub fn is_flood(written: &[DateTime<Utc>], now: DateTime<Utc>, most: u32) -> bool {
    let lately = written.iter().filter(|at| now - **at < Duration::minutes(1)).count();
    lately >= most as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::date;
    use proptest::prelude::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn who_writes_and_who_reads() {
        let today = date("2026-11-23");
        let table = [
            (Life::Ahead, None, Standing::Waits),
            (Life::AtWork, None, Standing::Writes),
            (Life::Over, None, Standing::Reads),
            // Whoever leaves tomorrow writes today.
            (Life::AtWork, Some("2026-11-24"), Standing::Writes),
            (Life::AtWork, Some("2026-11-23"), Standing::ReadsBefore(today)),
            // The end of the group opens nothing of what was written after one had left it.
            (Life::Over, Some("2026-11-01"), Standing::ReadsBefore(date("2026-11-01"))),
            (Life::Over, Some("2026-12-01"), Standing::Reads),
        ];
        for (life, left, expected) in table {
            assert_eq!(standing(life, left.map(date), today), expected, "{life:?} {left:?}");
        }
        assert_eq!(Standing::ReadsBefore(today).hidden_from(), Some(today));
        assert_eq!(Standing::Reads.hidden_from(), None);
    }

    #[test]
    fn a_message_stands_after_a_quarter_of_an_hour() {
        let written = moment("2026-11-23T08:00:00Z");
        assert!(is_open_for_change(written, written, 15));
        assert!(is_open_for_change(written, moment("2026-11-23T08:14:59Z"), 15));
        assert!(!is_open_for_change(written, moment("2026-11-23T08:15:00Z"), 15));
    }

    #[test]
    fn a_flood_is_told_by_the_last_minute() {
        let now = moment("2026-11-23T08:01:00Z");
        let written = ["08:00:00", "08:00:01", "08:00:59"].map(|at| moment(&format!("2026-11-23T{at}Z")));
        assert!(is_flood(&written, now, 2));
        assert!(!is_flood(&written, now, 3), "the first one was a minute ago");
        assert!(!is_flood(&[], now, 1));
    }

    proptest! {
        /// However somebody presses, no minute holds more messages than are allowed.
        #[test]
        fn no_minute_holds_more(gaps in prop::collection::vec(0_i64..40, 1..60), most in 1_u32..6) {
            let mut now = moment("2026-11-23T08:00:00Z");
            let mut taken = Vec::new();
            for gap in gaps {
                now += Duration::seconds(gap);
                if !is_flood(&taken, now, most) {
                    taken.push(now);
                }
            }
            for at in &taken {
                let minute = taken.iter().filter(|other| **other >= *at && **other - *at < Duration::minutes(1));
                prop_assert!(minute.count() <= most as usize);
            }
        }
    }
}
