//! An evening as it is kept: its terms, its people, its meetings.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nastavnik_domain::person::FullName;
use nastavnik_domain::policy::Place;
use uuid::Uuid;

use crate::kernel::scope;

/// The terms of an evening.
#[derive(Clone, Debug)]
pub(super) struct Evening {
    pub(super) id: Uuid,
    pub(super) organization: Uuid,
    pub(super) organization_name: String,
    pub(super) territory: Uuid,
    pub(super) region: Uuid,
    pub(super) terms: Terms,
    pub(super) is_canceled: bool,
    pub(super) version: i64,
}

/// When, where, how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) title: String,
    pub(super) held_on: NaiveDate,
    /// Minutes since midnight.
    pub(super) begins_at: i64,
    pub(super) place: String,
    pub(super) round_minutes: i64,
    pub(super) break_minutes: i64,
    pub(super) most_rounds: i64,
}

/// On which side somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Mentor,
    Mentee,
}

/// Somebody who takes part.
#[derive(Clone, Debug)]
pub(super) struct Guest {
    pub(super) person: Uuid,
    pub(super) name: FullName,
    pub(super) side: Side,
    /// A mentor's table; from one.
    pub(super) seat: i64,
    /// From this round on the person is not there.
    pub(super) left_round: Option<i64>,
}

/// A meeting of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting {
    pub(super) id: Uuid,
    pub(super) round: i64,
    pub(super) mentor: Uuid,
    pub(super) mentee: Uuid,
    pub(super) marks: Marks,
}

/// What is known of a meeting afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) fact: Fact,
    pub(super) mentor: Wish,
    pub(super) mentee: Wish,
}

/// Whether the two sat together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Fact {
    Met,
    #[default]
    Unknown,
}

/// Whether a side would like to go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wish {
    GoOn,
    #[default]
    Silent,
}

/// An evening with everything that belongs to it.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) evening: Evening,
    /// Mentors by their tables, then mentees in the order they were chosen.
    pub(super) guests: Vec<Guest>,
    /// By round and table.
    pub(super) meetings: Vec<Meeting>,
}

impl Evening {
    pub(super) fn place(&self) -> Place {
        scope::place(self.organization, self.territory, self.region)
    }

    pub(super) fn href(&self) -> String {
        format!("/speed/{}", self.id)
    }
}

impl Terms {
    /// «16:24», when a round begins; rounds are counted from one.
    pub(super) fn starts(&self, round: i64) -> String {
        clock(self.begins_at + (round - 1) * (self.round_minutes + self.break_minutes))
    }

    /// When the last of so many rounds is over.
    pub(super) fn ends(&self, rounds: i64) -> String {
        match rounds {
            0 => clock(self.begins_at),
            _ => clock(
                self.begins_at + rounds * (self.round_minutes + self.break_minutes) - self.break_minutes,
            ),
        }
    }
}

/// Minutes since midnight as people write them.
pub(super) fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

/// «16:00», «9.30» in minutes since midnight.
pub(super) fn read_clock(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().split_once([':', '.'])?;
    let number = |part: &str, below: i64| {
        let digits = !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<i64>().ok()).flatten().filter(|number| *number < below)
    };
    Some(number(hours, 24)? * 60 + number(minutes, 60)?)
}

impl Side {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Mentor => "Наставник",
            Self::Mentee => "Наставляемый",
        }
    }
}

impl Marks {
    /// Somebody has told something.
    pub(super) fn is_told(self) -> bool {
        self != Self::default()
    }

    pub(super) fn has_met(self) -> bool {
        self.fact == Fact::Met
    }

    /// Both would like to go on.
    pub(super) fn is_match(self) -> bool {
        self.mentor == Wish::GoOn && self.mentee == Wish::GoOn
    }
}

impl Meeting {
    /// Whom a person meets here.
    pub(super) fn partner(&self, person: Uuid) -> Option<Uuid> {
        match person {
            _ if person == self.mentor => Some(self.mentee),
            _ if person == self.mentee => Some(self.mentor),
            _ => None,
        }
    }
}

impl Program {
    pub(super) fn of_side(&self, side: Side) -> impl Iterator<Item = &Guest> {
        self.guests.iter().filter(move |guest| guest.side == side)
    }

    pub(super) fn guest(&self, person: Uuid) -> Option<&Guest> {
        self.guests.iter().find(|guest| guest.person == person)
    }

    /// «Иванова А. А.».
    pub(super) fn short(&self, person: Uuid) -> String {
        self.guest(person).map_or_else(String::new, |guest| guest.name.short())
    }

    pub(super) fn rounds(&self) -> i64 {
        self.meetings.iter().map(|meeting| meeting.round).max().unwrap_or(0)
    }

    /// Meetings by round.
    pub(super) fn by_round(&self) -> BTreeMap<i64, Vec<&Meeting>> {
        let mut rounds: BTreeMap<i64, Vec<&Meeting>> = BTreeMap::new();
        for meeting in &self.meetings {
            rounds.entry(meeting.round).or_default().push(meeting);
        }
        rounds
    }

    /// Whether anybody has told how a meeting went: from then on terms and people stand.
    pub(super) fn is_marked(&self) -> bool {
        self.meetings.iter().any(|meeting| meeting.marks.is_told())
    }

    /// People who met somebody, each once however many meetings they had.
    pub(super) fn people_met(&self) -> usize {
        let met = |meeting: &&Meeting| meeting.marks.has_met();
        let people: std::collections::BTreeSet<Uuid> =
            self.meetings.iter().filter(met).flat_map(|meeting| [meeting.mentor, meeting.mentee]).collect();
        people.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_read_as_people_write_them() {
        let examples = [
            ("16:00", Some(960)),
            (" 9.05 ", Some(545)),
            ("0:00", Some(0)),
            ("24:00", None),
            ("12:60", None),
            ("12", None),
            (":30", None),
            ("+1:30", None),
            ("полдень", None),
        ];
        for (text, expected) in examples {
            assert_eq!(read_clock(text), expected, "{text}");
        }
        assert_eq!(clock(545), "09:05");
    }

    #[test]
    fn rounds_follow_each_other_with_breaks_between() {
        let terms = Terms {
            title: String::new(),
            held_on: NaiveDate::MIN,
            begins_at: 960,
            place: String::new(),
            round_minutes: 10,
            break_minutes: 2,
            most_rounds: 6,
        };
        assert_eq!((terms.starts(1), terms.starts(3)), ("16:00".to_owned(), "16:24".to_owned()));
        assert_eq!((terms.ends(3), terms.ends(0)), ("16:34".to_owned(), "16:00".to_owned()));
    }
}
