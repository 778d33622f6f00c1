//! Ending a mentorship (L1, F7): by plan, by agreement, or on a notice of three working days.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::deadline::earliest_last_day;
use crate::period::Period;
use crate::working_days::{Calendar, CalendarError};

/// Why a mentorship ends, in words that blame nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    GoalReached,
    TermOver,
    Dismissal,
    Leave,
    Transfer,
    Incompatibility,
    Load,
    Other,
}

impl EndReason {
    /// Every reason, as offered on the screen.
    pub const ALL: [Self; 8] = [
        Self::GoalReached,
        Self::TermOver,
        Self::Dismissal,
        Self::Leave,
        Self::Transfer,
        Self::Incompatibility,
        Self::Load,
        Self::Other,
    ];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::GoalReached => "goal_reached",
            Self::TermOver => "term_over",
            Self::Dismissal => "dismissal",
            Self::Leave => "leave",
            Self::Transfer => "transfer",
            Self::Incompatibility => "incompatibility",
            Self::Load => "load",
            Self::Other => "other",
        }
    }

    /// Neutral words for people and for the order.
    pub const fn title(self) -> &'static str {
        match self {
            Self::GoalReached => "цель достигнута",
            Self::TermOver => "срок истёк",
            Self::Dismissal => "прекращение трудового договора",
            Self::Leave => "длительное отсутствие",
            Self::Transfer => "перевод на другую работу",
            Self::Incompatibility => "замена наставника",
            Self::Load => "изменение нагрузки",
            Self::Other => "другие обстоятельства",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// Whether the reason itself fixes the day, so that nobody can be warned ahead.
    const fn fixes_the_day(self) -> bool {
        matches!(self, Self::TermOver | Self::Dismissal | Self::Leave | Self::Transfer)
    }
}

/// Who ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndBy {
    /// The mentor lays down the duties (п. 5.1.1).
    Mentor,
    /// The employer takes the assignment back, also on the mentee's petition (п. 5.2.1).
    Employer,
    /// Both sides agree on the day in writing.
    Agreement,
}

impl EndBy {
    /// Everyone, as offered on the screen.
    pub const ALL: [Self; 3] = [Self::Mentor, Self::Employer, Self::Agreement];

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Employer => "employer",
            Self::Agreement => "agreement",
        }
    }

    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Mentor => "по заявлению наставника",
            Self::Employer => "по решению работодателя",
            Self::Agreement => "по соглашению сторон",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.code() == code)
    }
}

/// A wish to end a mentorship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndRequest {
    pub by: EndBy,
    pub reason: EndReason,
    /// The day the other side was told in writing.
    pub notice_on: Option<NaiveDate>,
    /// The last day of the mentorship.
    pub last_day: NaiveDate,
}

/// Why it can't end so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndError {
    #[error("Последний день не входит в срок наставничества: исправьте дату")]
    OutsidePeriod,
    #[error("Причина «срок истёк» возможна только в последний день по плану, {}", .0.format("%d.%m.%Y"))]
    TermIsNotOver(NaiveDate),
    #[error("Срок наставничества не ограничен: выберите другую причину завершения")]
    NoTerm,
    #[error(
        "Укажите, когда другая сторона предупреждена: нужно не меньше трёх рабочих дней (статья 351.8 ТК РФ)"
    )]
    NoNotice,
    #[error(
        "Предупредить нужно не меньше чем за три рабочих дня: последний день – {} или позже (статья 351.8 ТК РФ)",
        .0.format("%d.%m.%Y")
    )]
    NoticeTooShort(NaiveDate),
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

impl EndError {
    /// The field of the form to mend.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::OutsidePeriod | Self::NoticeTooShort(_) => "last_day",
            Self::TermIsNotOver(_) | Self::NoTerm => "reason",
            Self::NoNotice | Self::Calendar(_) => "notice_on",
        }
    }
}

/// L1: whether a mentorship in force for `period` may end so. `notice_working_days` comes from `Limits`.
///
/// No notice is needed when both sides agree, or when the reason itself fixes the day: the term is
/// over, the contract ends, the person is away for long or moves to other work.
pub fn may_end(
    request: &EndRequest,
    period: &Period,
    notice_working_days: u32,
    calendar: &Calendar,
) -> Result<(), EndError> {
    if !period.contains(request.last_day) {
        return Err(EndError::OutsidePeriod);
    }
    if request.reason == EndReason::TermOver {
        let planned = period.last_day().ok_or(EndError::NoTerm)?;
        return if request.last_day == planned { Ok(()) } else { Err(EndError::TermIsNotOver(planned)) };
    }
    if request.by == EndBy::Agreement || request.reason.fixes_the_day() {
        return Ok(());
    }
    let notice = request.notice_on.ok_or(EndError::NoNotice)?;
    let earliest = earliest_last_day(notice, notice_working_days, calendar)?;
    if request.last_day < earliest { Err(EndError::NoticeTooShort(earliest)) } else { Ok(()) }
}
