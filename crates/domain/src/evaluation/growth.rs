//! What has changed: directions of work by the self-diagnosis, and the rows of H11 marked at the start and at the end.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::competence::{self, Answer, Domain, dynamics};

/// A completed own sheet of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub on: NaiveDate,
    pub wave: competence::Wave,
    pub answers: Vec<Answer>,
    /// What the rules of the day found to be deficits.
    pub deficits: Vec<Domain>,
}

/// A level at one time: the source and its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The mean in hundredths of a level.
    pub hundredths: u32,
    pub wave: competence::Wave,
    pub on: NaiveDate,
}

/// A deficit of the beginning, and what has become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    pub domain: Domain,
    pub before: Reading,
    /// Nothing while no later sheet asks about it.
    pub after: Option<Reading>,
    /// The later sheet does not find it among the deficits any more.
    pub is_closed: bool,
}

/// How a level has moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// No deficit any more.
    Closed,
    Grew,
    Same,
    Fell,
    /// Asked once only.
    Unknown,
}

/// How many of how many have grown: what may leave the pair (decision 0009).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Growth {
    pub grew: u32,
    /// Those seen twice.
    pub of: u32,
    /// Those seen once.
    pub waiting: u32,
}

/// So long after the first day a sheet still tells of the beginning.
const SETTLING: Days = Days::new(45);

impl Path {
    /// How the level has moved.
    pub fn turn(&self) -> Turn {
        let Some(after) = self.after else { return Turn::Unknown };
        if self.is_closed {
            return Turn::Closed;
        }
        match after.hundredths.cmp(&self.before.hundredths) {
            std::cmp::Ordering::Greater => Turn::Grew,
            std::cmp::Ordering::Equal => Turn::Same,
            std::cmp::Ordering::Less => Turn::Fell,
        }
    }
}

impl Growth {
    /// Counts paths.
    pub fn of_paths<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Self {
        let mut growth = Self::default();
        for path in paths {
            match path.turn() {
                Turn::Unknown => growth.waiting += 1,
                Turn::Closed | Turn::Grew => {
                    growth.of += 1;
                    growth.grew += 1;
                }
                Turn::Same | Turn::Fell => growth.of += 1,
            }
        }
        growth
    }
}

/// The deficits of the beginning and what later sheets say of them. `sheets` are one person's; only those up to the day
/// count. Levels are compared by items answered both times, as everywhere (E3).
pub fn paths(sheets: &[Sheet], started: NaiveDate, until: NaiveDate) -> Vec<Path> {
    let mut known: Vec<&Sheet> = sheets.iter().filter(|sheet| sheet.on <= until).collect();
    known.sort_by_key(|sheet| sheet.on);
    let border = started.checked_add_days(SETTLING).unwrap_or(started);
    let Some(first) = known.iter().rposition(|sheet| sheet.on <= border).or((!known.is_empty()).then_some(0))
    else {
        return Vec::new();
    };
    let (before, later) = (known[first], &known[first + 1..]);
    before.deficits.iter().filter_map(|domain| path(*domain, before, later)).collect()
}

fn path(domain: Domain, before: &Sheet, later: &[&Sheet]) -> Option<Path> {
    let shift = |sheet: &Sheet| {
        dynamics(&before.answers, &sheet.answers).into_iter().find(|shift| shift.domain == domain)
    };
    let newest = later.iter().rev().find_map(|sheet| Some((*sheet, shift(sheet)?)));
    let reading = |sheet: &Sheet, hundredths| Reading { hundredths, wave: sheet.wave, on: sheet.on };
    if let Some((sheet, shift)) = newest {
        return Some(Path {
            domain,
            before: reading(before, shift.then()),
            after: Some(reading(sheet, shift.now())),
            is_closed: !sheet.deficits.contains(&domain) && shift.now() > shift.then(),
        });
    }
    let alone = shift(before)?;
    Some(Path { domain, before: reading(before, alone.then()), after: None, is_closed: false })
}

/// What somebody marks about themselves in a row of H11.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Degree {
    Hard,
    Mixed,
    Good,
    Great,
}

impl Degree {
    pub const ALL: [Self; 4] = [Self::Hard, Self::Mixed, Self::Good, Self::Great];

    /// 1 to 4.
    pub const fn number(self) -> i64 {
        match self {
            Self::Hard => 1,
            Self::Mixed => 2,
            Self::Good => 3,
            Self::Great => 4,
        }
    }

    /// Reads the number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|degree| degree.number() == number)
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Hard => "пока трудно",
            Self::Mixed => "бывает по-разному",
            Self::Good => "хорошо",
            Self::Great => "очень хорошо",
        }
    }
}

/// A row marked by one person at the start and now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub start: Option<Degree>,
    pub now: Option<Degree>,
}

impl Row {
    /// How it has moved; nothing is closed here.
    pub fn turn(self) -> Turn {
        match self.start.zip(self.now) {
            None => Turn::Unknown,
            Some((start, now)) if now > start => Turn::Grew,
            Some((start, now)) if now == start => Turn::Same,
            Some(_) => Turn::Fell,
        }
    }
}

/// How many rows of how many have grown; a row that stays at the top has not fallen short and counts with them.
pub fn rows_grown<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Growth {
    let mut growth = Growth::default();
    for row in rows {
        let stays_great = row.now == Some(Degree::Great);
        match row.turn() {
            Turn::Unknown => growth.waiting += 1,
            Turn::Grew | Turn::Closed => {
                growth.of += 1;
                growth.grew += 1;
            }
            Turn::Same | Turn::Fell => {
                growth.of += 1;
                growth.grew += u32::from(stays_great);
            }
        }
    }
    growth
}
