//! What follows from an evaluation.

use chrono::NaiveDate;

use super::Wave;
use crate::year::AcademicYear;

/// The curator proposes it, the director confirms it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// The program goes on as it is.
    Continue,
    /// The program goes on with a new revision.
    Revise,
    /// The program is fulfilled.
    Complete,
    /// The same two go on longer.
    Prolong,
    /// The mentee goes on with a next program.
    NextProgram,
    /// The mentee goes on by an individual educational route (п. 4.3.3).
    Route,
}

impl Decision {
    pub const ALL: [Self; 6] =
        [Self::Continue, Self::Revise, Self::Complete, Self::Prolong, Self::NextProgram, Self::Route];

    /// What may be decided: in the middle also that work goes on.
    pub const fn offered(wave: Wave) -> &'static [Self] {
        match wave {
            Wave::Middle => &[Self::Continue, Self::Revise, Self::Complete],
            Wave::Final => &[Self::Complete, Self::Prolong, Self::NextProgram, Self::Route],
        }
    }

    /// The code stored in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::Revise => "revise",
            Self::Complete => "complete",
            Self::Prolong => "prolong",
            Self::NextProgram => "next_program",
            Self::Route => "route",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.code() == code)
    }

    /// An infinitive for lists and papers.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Continue => "продолжать по программе",
            Self::Revise => "уточнить программу",
            Self::Complete => "завершить: программа выполнена",
            Self::Prolong => "продлить",
            Self::NextProgram => "составить следующую программу",
            Self::Route => "перейти к индивидуальному маршруту",
        }
    }

    /// What comes of it, a sentence.
    pub const fn means(self) -> &'static str {
        match self {
            Self::Continue => "Ничего оформлять не нужно: пара работает дальше.",
            Self::Revise => {
                "Пара начинает новую редакцию программы, прежняя действует, пока не утвердят новую."
            }
            Self::Complete => "Готовится приказ о прекращении: цель достигнута.",
            Self::Prolong => {
                "Срок закреплён приказом и сам не меняется: для тех же людей оформляется новая пара с новым сроком, невыполненное переходит в неё."
            }
            Self::NextProgram => {
                "Оформляется новая пара тех же людей, её программа начинается с направлений, где ещё есть трудности."
            }
            Self::Route => {
                "Наставляемый продолжает по индивидуальному образовательному маршруту (п. 4.3.3), пара завершается в срок."
            }
        }
    }

    /// Who takes the next step, a sentence; empty where there is none to take.
    pub const fn who(self) -> &'static str {
        match self {
            Self::Continue => "",
            Self::Revise => "Новую редакцию начинает пара.",
            Self::Complete => "Приказ готовит куратор, подписывает руководитель.",
            Self::Prolong | Self::NextProgram => "Новую пару оформляет куратор.",
            Self::Route => "Маршрут начинает сам наставляемый на странице «Мой маршрут».",
        }
    }
}

/// Whether a decision is still told of: in the school year in which it was confirmed and in the next one, so that in autumn
/// everybody knows what was decided in spring.
pub fn is_told(confirmed_on: NaiveDate, today: NaiveDate) -> bool {
    AcademicYear::of(today).0 - AcademicYear::of(confirmed_on).0 <= 1
}
