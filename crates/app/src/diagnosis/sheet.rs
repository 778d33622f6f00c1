//! A sheet: whose skills, in which wave, by whose eyes; and its answers.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use nastavnik_domain::competence::{Answer, Domain, Profile, Questionnaire, View, Wave, assess};
use nastavnik_domain::person::FullName;
use nastavnik_domain::year::AcademicYear;
use uuid::Uuid;

use super::rules;
use crate::kernel::clock::local_day;
use crate::kernel::filters::{long_date, short_date};

/// One sheet without its answers.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) id: Uuid,
    pub(super) person: Uuid,
    pub(super) name: FullName,
    pub(super) organization: Uuid,
    pub(super) year: AcademicYear,
    pub(super) wave: Wave,
    pub(super) view: View,
    pub(super) author: Uuid,
    pub(super) author_name: FullName,
    pub(super) begun_at: DateTime<Utc>,
    pub(super) completed_at: Option<DateTime<Utc>>,
    pub(super) refused_at: Option<DateTime<Utc>>,
    pub(super) visits: Option<[NaiveDate; 2]>,
    /// Time zone of the organization: days are local.
    pub(super) zone: Tz,
}

/// Where a sheet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Completed,
    Refused,
}

impl Sheet {
    pub(super) const fn state(&self) -> State {
        match (self.completed_at, self.refused_at) {
            (Some(_), _) => State::Completed,
            (None, Some(_)) => State::Refused,
            (None, None) => State::Open,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.state() == State::Open
    }

    /// The local day of completion, of refusal, or of the beginning.
    pub(super) fn day(&self) -> NaiveDate {
        local_day(self.completed_at.or(self.refused_at).unwrap_or(self.begun_at), self.zone)
    }

    /// «12 ноября 2026 г.».
    pub(super) fn day_words(&self) -> String {
        long_date(self.day())
    }

    /// «12.11.2026».
    pub(super) fn day_short(&self) -> String {
        short_date(self.day())
    }

    /// What was asked when the sheet was begun.
    pub(super) fn questionnaire(&self) -> anyhow::Result<&'static Questionnaire> {
        rules::questionnaire(local_day(self.begun_at, self.zone))
    }

    pub(super) fn profile(&self, answers: &[Answer]) -> anyhow::Result<Profile> {
        Ok(assess(self.questionnaire()?, self.wave, answers))
    }

    /// «вход, 2026/27».
    pub(super) fn label(&self) -> String {
        format!("{}, {}", self.wave.title(), self.year.label())
    }

    /// The page the sheet is filled on.
    pub(super) fn href(&self) -> String {
        match self.view {
            View::Own => format!("/own/diagnosis/{}", self.id),
            View::Mentor | View::Expert => format!("/own/views/{}", self.id),
        }
    }

    /// «взгляд наставника: Иванова А. А.».
    pub(super) fn whose(&self) -> String {
        match self.view {
            View::Own => "свой взгляд".to_owned(),
            View::Mentor => format!("взгляд наставника: {}", self.author_name.short()),
            View::Expert => format!("взгляд коллеги: {}", self.author_name.short()),
        }
    }
}

/// What somebody wants to talk over, of a domain.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) domain: Domain,
    pub(super) text: String,
}

/// Everything that was written into one sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    pub(super) answers: Vec<Answer>,
    pub(super) notes: Vec<Note>,
}

impl Content {
    pub(super) fn answer(&self, item: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.item == item)
    }

    pub(super) fn note(&self, domain: Domain) -> &str {
        self.notes.iter().find(|note| note.domain == domain).map_or("", |note| note.text.as_str())
    }
}
