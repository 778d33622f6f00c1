//! Applications and petitions about ending a mentorship or replacing the mentor (F7, п. 5.1.1, 5.2.1, ТК 351.8): who
//! receives them, by when they are answered, what may be done next.
//!
//! The law of this module: **whoever takes part in the mentorship besides the author sees nothing of it** until the
//! council, asked because nobody else is left, has decided; then only the decision.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::deadline::earliest_last_day;
use crate::gate::{EndBy, EndReason};
use crate::ids::PersonId;
use crate::working_days::{Calendar, CalendarError};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The mentor lays down the duties (п. 5.1.1, ТК 351.8).
    LayDown,
    /// The mentee asks for another mentor (п. 5.2.1).
    Replace,
    /// The mentee asks to end the mentoring (п. 5.2.1).
    End,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::LayDown, Self::Replace, Self::End];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LayDown => "lay_down",
            Self::Replace => "replace",
            Self::End => "end",
        }
    }

    /// Neutral words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::LayDown => "сложение обязанностей наставника",
            Self::Replace => "замена наставника",
            Self::End => "завершение наставничества",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What the order that ends the mentorship will say: neutral, and without blame.
    pub const fn ending(self) -> (EndBy, EndReason) {
        match self {
            Self::LayDown => (EndBy::Mentor, EndReason::Other),
            Self::Replace => (EndBy::Employer, EndReason::Incompatibility),
            Self::End => (EndBy::Employer, EndReason::Other),
        }
    }
}

/// Who receives a petition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Receiver {
    Curator,
    Director,
    Council,
}

impl Receiver {
    pub const ALL: [Self; 3] = [Self::Curator, Self::Director, Self::Council];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Curator => "curator",
            Self::Director => "director",
            Self::Council => "council",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|receiver| receiver.code() == code)
    }

    /// Who it is, nominative.
    pub const fn who(self) -> &'static str {
        match self {
            Self::Curator => "куратор",
            Self::Director => "руководитель",
            Self::Council => "совет наставников",
        }
    }

    /// «показать …», dative.
    pub const fn to_whom(self) -> &'static str {
        match self {
            Self::Curator => "куратору",
            Self::Director => "руководителю",
            Self::Council => "совету наставников",
        }
    }

    /// «помощь нужна от …», genitive.
    pub const fn from_whom(self) -> &'static str {
        match self {
            Self::Curator => "куратора",
            Self::Director => "руководителя",
            Self::Council => "совета наставников",
        }
    }
}

/// Who holds the offices of the organization on the day, and who takes part in the mentorship.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offices {
    pub curators: BTreeSet<PersonId>,
    pub directors: BTreeSet<PersonId>,
    pub participants: BTreeSet<PersonId>,
}

/// Who receives a petition about this mentorship: the curator; if a curator takes part in it or there is none, the
/// director; if the director takes part as well or there is none, the council. A colleague of a curator who takes part
/// is passed over, too: they share a desk.
pub fn receiver(offices: &Offices) -> Receiver {
    let is_apart =
        |office: &BTreeSet<PersonId>| !office.is_empty() && office.is_disjoint(&offices.participants);
    if is_apart(&offices.curators) {
        Receiver::Curator
    } else if is_apart(&offices.directors) {
        Receiver::Director
    } else {
        Receiver::Council
    }
}

/// Who will read a petition about this mentorship, in words for its author.
pub fn readers(offices: &Offices) -> &'static str {
    match receiver(offices) {
        Receiver::Curator if offices.directors.is_disjoint(&offices.participants) => {
            "куратор и руководитель организации"
        }
        Receiver::Curator => "только куратор",
        Receiver::Director => "только руководитель организации",
        Receiver::Council => "только совет наставников",
    }
}

/// Who looks at a petition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub person: PersonId,
    pub is_curator: bool,
    pub is_director: bool,
}

/// How much of a petition somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    Nothing,
    /// The council's decision to be carried out, without the petition's own words.
    Decision,
    Whole,
}

/// How much of it the viewer sees as the one who answers. The author's own view is not asked here.
pub fn sight(
    receiver: Receiver,
    participants: &BTreeSet<PersonId>,
    viewer: Viewer,
    council_has_decided: bool,
) -> Sight {
    if receiver == Receiver::Council {
        let carries_out = council_has_decided && (viewer.is_curator || viewer.is_director);
        return if carries_out { Sight::Decision } else { Sight::Nothing };
    }
    if participants.contains(&viewer.person) {
        return Sight::Nothing;
    }
    match receiver {
        Receiver::Curator if viewer.is_curator || viewer.is_director => Sight::Whole,
        Receiver::Director if viewer.is_director => Sight::Whole,
        _ => Sight::Nothing,
    }
}

/// The days a petition filed on a day is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The soonest last day of the mentorship one may wish for.
    pub earliest_last_day: NaiveDate,
    /// By the end of this day the answer is due.
    pub answer_by: NaiveDate,
}

/// ТК 351.8: three working days lie between the notice and the last day; the answer is due within the same days, so that
/// nobody's notice runs out while it lies on a desk.
pub fn terms(
    filed_on: NaiveDate,
    notice_working_days: u32,
    calendar: &Calendar,
) -> Result<Terms, CalendarError> {
    let day = earliest_last_day(filed_on, notice_working_days, calendar)?;
    Ok(Terms { earliest_last_day: day, answer_by: day })
}

/// The last day to put into the order: the wished one, unless the other side can't be warned in time any more. The mentor
/// who lays the duties down has given the notice by the application itself.
pub fn last_day_to_order(
    kind: Kind,
    wished: NaiveDate,
    today: NaiveDate,
    notice_working_days: u32,
    calendar: &Calendar,
) -> Result<NaiveDate, CalendarError> {
    let soonest = match kind {
        Kind::LayDown => today,
        Kind::Replace | Kind::End => earliest_last_day(today, notice_working_days, calendar)?,
    };
    Ok(wished.max(soonest))
}

/// The clock of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// So many working days are left, the last one included.
    Left(usize),
    /// Due today.
    Today,
    /// So many working days late; zero on days off right after the last day.
    Overdue(usize),
}

/// Where today stands against the day by which the answer is due, in working days.
pub fn clock(answer_by: NaiveDate, today: NaiveDate, calendar: &Calendar) -> Clock {
    match today.cmp(&answer_by) {
        Ordering::Equal => Clock::Today,
        Ordering::Less => Clock::Left(calendar.working_days_between(today, answer_by)),
        Ordering::Greater => Clock::Overdue(calendar.working_days_between(answer_by, today)),
    }
}

/// How the receiver has agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    Ending,
    Replacement,
}

impl Answer {
    pub const ALL: [Self; 2] = [Self::Ending, Self::Replacement];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ending => "ending",
            Self::Replacement => "replacement",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ending => "наставничество завершается",
            Self::Replacement => "наставник заменяется",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }
}

/// What has happened to a petition, as the records tell it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub is_taken_back: bool,
    pub answer: Option<Answer>,
    /// The mentorship is over or came to nothing, or the author has left the group.
    pub is_over: bool,
    pub talk_on: Option<NaiveDate>,
    /// Sent to the council, and whether it has decided.
    pub council: Option<Council>,
}

/// Where the council's question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Council {
    Waits,
    Decided,
}

/// Where a petition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Waits,
    /// «Сначала поговорить».
    Talk,
    AtCouncil,
    CouncilDecided,
    /// Agreed to; the order is on its way.
    Agreed,
    Done,
    TakenBack,
}

impl State {
    pub const ALL: [Self; 7] = [
        Self::Waits,
        Self::Talk,
        Self::AtCouncil,
        Self::CouncilDecided,
        Self::Agreed,
        Self::Done,
        Self::TakenBack,
    ];

    /// The code for addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Talk => "talk",
            Self::AtCouncil => "council",
            Self::CouncilDecided => "decided",
            Self::Agreed => "agreed",
            Self::Done => "done",
            Self::TakenBack => "taken_back",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Waits => "ждёт ответа",
            Self::Talk => "назначен разговор",
            Self::AtCouncil => "у совета наставников",
            Self::CouncilDecided => "совет решил",
            Self::Agreed => "согласовано",
            Self::Done => "исполнено",
            Self::TakenBack => "отозвано",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Somebody still has to answer.
    pub const fn awaits_answer(self) -> bool {
        matches!(self, Self::Waits | Self::Talk | Self::CouncilDecided)
    }

    /// Neither agreed to nor closed: the author may take it back and may not file another.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waits | Self::Talk | Self::AtCouncil | Self::CouncilDecided)
    }

    /// The receiver may agree, name a day for a talk.
    pub const fn may_be_answered(self) -> bool {
        self.awaits_answer()
    }

    /// The receiver may ask the council, once.
    pub const fn may_go_to_council(self) -> bool {
        matches!(self, Self::Waits | Self::Talk)
    }
}

/// Where a petition stands, by its facts alone.
pub const fn state(facts: &Facts) -> State {
    match facts {
        Facts { is_taken_back: true, .. } => State::TakenBack,
        Facts { is_over: true, .. } => State::Done,
        Facts { answer: Some(_), .. } => State::Agreed,
        Facts { council: Some(Council::Decided), .. } => State::CouncilDecided,
        Facts { council: Some(Council::Waits), .. } => State::AtCouncil,
        Facts { talk_on: Some(_), .. } => State::Talk,
        _ => State::Waits,
    }
}

#[cfg(test)]
mod tests;
