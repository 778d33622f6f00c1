//! How a pair is doing, from the days it met alone (D, L1; п. 4.1.2: the curator accompanies the pairs).
//!
//! Nobody is judged: the answer is that all goes its way, that a look would be kind, or that it is too early to say. Each
//! kind has a rhythm of its own, and days without lessons never count as silence.

use chrono::NaiveDate;

use crate::config::Rhythm;
use crate::kind::Kind;
use crate::period::Period;
use crate::russian::{count, short};
use crate::working_days::Calendar;

/// How a pair is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// Ask whether all is well.
    CheckIn,
    /// Nothing can be said yet.
    TooEarly,
    OnTrack,
}

/// What is known of a pair whose order is in force.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub kinds: &'a [Kind],
    /// The days in force.
    pub period: Period,
    /// Meetings appointed beforehand, in any order.
    pub appointed: &'a [NaiveDate],
    /// Days on which they met, in any order.
    pub held: &'a [NaiveDate],
}

/// Why a pair is thought to do as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The days in force have not begun, or only just.
    JustBegun,
    /// The next appointed meeting is ahead.
    Appointed(NaiveDate),
    /// They met within the usual time.
    Met(NaiveDate),
    /// They meet when there is need (C6).
    WhenNeeded,
    /// No meeting for so many days of lessons.
    Silence { school_days: usize },
    /// Not met since the beginning, so many days of lessons ago.
    NotMetYet { school_days: usize },
    /// An appointed meeting has passed and nobody has recorded one.
    NotRecorded(NaiveDate),
}

/// How a pair is doing and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulse {
    pub reason: Reason,
}

/// What the answer is counted with.
#[derive(Clone, Copy, Debug)]
pub struct Ruler<'a> {
    pub rhythm: &'a Rhythm,
    pub calendar: &'a Calendar,
}

impl Health {
    /// The code for addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CheckIn => "check_in",
            Self::TooEarly => "too_early",
            Self::OnTrack => "on_track",
        }
    }

    /// A word for a narrow column.
    pub const fn title(self) -> &'static str {
        match self {
            Self::CheckIn => "стоит спросить",
            Self::TooEarly => "ещё рано судить",
            Self::OnTrack => "идёт своим чередом",
        }
    }
}

impl Pulse {
    /// How the pair is doing.
    pub const fn health(&self) -> Health {
        match self.reason {
            Reason::JustBegun | Reason::Appointed(_) => Health::TooEarly,
            Reason::Met(_) | Reason::WhenNeeded => Health::OnTrack,
            Reason::Silence { .. } | Reason::NotMetYet { .. } | Reason::NotRecorded(_) => Health::CheckIn,
        }
    }

    /// How long they have not met, in days of lessons: for the order of a list.
    pub const fn silence(&self) -> usize {
        match self.reason {
            Reason::Silence { school_days } | Reason::NotMetYet { school_days } => school_days,
            _ => 0,
        }
    }

    /// What to tell the curator: a fact and, where it would be kind, what to do.
    pub fn words(&self) -> String {
        match self.reason {
            Reason::JustBegun => "только начали".to_owned(),
            Reason::Appointed(day) => format!("встреча назначена на {}", short(day)),
            Reason::Met(day) => format!("последняя встреча {}", short(day)),
            Reason::WhenNeeded => "встречаются, когда нужно".to_owned(),
            Reason::Silence { school_days } => {
                format!("тишина {}: спросите, всё ли хорошо", weeks(school_days))
            }
            Reason::NotMetYet { school_days } => {
                format!("{} без первой встречи: спросите, чем помочь", weeks(school_days))
            }
            Reason::NotRecorded(day) => {
                format!("встреча была назначена на {}: спросите, состоялась ли", short(day))
            }
        }
    }
}

/// How the pair is doing as of today. Meetings of the future don't exist yet.
pub fn pulse(facts: &Facts<'_>, ruler: &Ruler<'_>, today: NaiveDate) -> Pulse {
    let last = facts.held.iter().copied().filter(|day| *day <= today).max();
    let reason = if facts.kinds.contains(&Kind::Speed) {
        once(facts, ruler, today, last)
    } else if facts.kinds.contains(&Kind::GoalSetting) && !facts.appointed.is_empty() {
        by_schedule(facts, ruler, today, last)
    } else if facts.kinds.contains(&Kind::Situational) {
        last.map_or(Reason::WhenNeeded, Reason::Met)
    } else {
        by_rhythm(facts, ruler, today, last)
    };
    Pulse { reason }
}

/// C7: one meeting.
fn once(facts: &Facts<'_>, ruler: &Ruler<'_>, today: NaiveDate, last: Option<NaiveDate>) -> Reason {
    let appointed = facts.appointed.first().copied().unwrap_or(facts.period.from());
    match last {
        Some(day) => Reason::Met(day),
        None if is_due(appointed, ruler, today) => Reason::NotRecorded(appointed),
        None => Reason::Appointed(appointed),
    }
}

/// C4: the latest appointed meeting that is due is answered by any held after the one appointed before it.
fn by_schedule(facts: &Facts<'_>, ruler: &Ruler<'_>, today: NaiveDate, last: Option<NaiveDate>) -> Reason {
    let mut appointed = facts.appointed.to_vec();
    appointed.sort_unstable();
    let due = appointed.iter().rposition(|day| is_due(*day, ruler, today));
    let ahead = appointed.iter().find(|day| !is_due(**day, ruler, today)).copied();
    let answers = |at: usize| {
        let before = at.checked_sub(1).map(|before| appointed[before]);
        last.filter(|day| before.is_none_or(|before| *day > before))
    };
    match (due, last, ahead) {
        (Some(at), ..) => answers(at).map_or(Reason::NotRecorded(appointed[at]), Reason::Met),
        (None, Some(day), _) => Reason::Met(day),
        (None, None, Some(day)) => Reason::Appointed(day),
        (None, None, None) => Reason::JustBegun,
    }
}

fn is_due(appointed: NaiveDate, ruler: &Ruler<'_>, today: NaiveDate) -> bool {
    ruler.calendar.school_days_between(appointed, today) > ruler.rhythm.after_appointed
}

/// The silence usual for the kind; of several kinds the calmest.
fn by_rhythm(facts: &Facts<'_>, ruler: &Ruler<'_>, today: NaiveDate, last: Option<NaiveDate>) -> Reason {
    let rhythm = ruler.rhythm;
    let usual = |kind: &Kind| match kind {
        Kind::Virtual => rhythm.r#virtual,
        Kind::Group => rhythm.group,
        Kind::Reverse => rhythm.reverse,
        _ => rhythm.traditional,
    };
    let usual = facts.kinds.iter().map(usual).max().unwrap_or(rhythm.traditional);
    let Some(day) = last else {
        // The days before the first one are nobody's silence.
        let school_days = ruler.calendar.school_days_between(facts.period.from(), today);
        if school_days > rhythm.first_meeting {
            return Reason::NotMetYet { school_days };
        }
        return Reason::JustBegun;
    };
    match ruler.calendar.school_days_between(day, today) {
        school_days if school_days > usual => Reason::Silence { school_days },
        _ => Reason::Met(day),
    }
}

/// «3 учебные недели»: five days of lessons each.
fn weeks(school_days: usize) -> String {
    count((school_days / 5) as u64, "учебная неделя", "учебные недели", "учебных недель")
}

#[cfg(test)]
mod tests;
