//! The order as data: values with the dates they hold, the register of legal bases, positions, stages.
//!
//! Each reader takes text, so that a municipality can put its own file in place of ours; `bundled`
//! readers take the text that comes with the program (`regulation/`).

mod consents;
mod evaluations;
mod help;
mod legal;
mod matching;
mod meetings;
mod pathway;
mod positions;
mod program;
mod program_base;
mod rhythm;
mod selection;
mod talk;
mod tasks;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub use consents::{ConsentText, ConsentTexts, consent_texts, parse_consent_texts};
pub use evaluations::{
    ChecklistItem, DayOfYear, EvaluationRules, GrowthRow, evaluation_rules, parse_evaluation_rules,
};
pub use help::{HelpRules, help_rules, parse_help_rules};
pub use legal::{Confirmed, LegalBasis, legal_bases, parse_legal_bases};
pub use matching::{MatchingWeights, WeightsError, matching_weights, parse_matching_weights};
pub use meetings::{MeetingRules, meeting_rules, parse_meeting_rules};
pub use pathway::{PathwayRules, parse_pathway_rules, pathway_rules};
pub use positions::{Positions, Post};
pub use program::{
    DomainMeasures, GoalWording, LibraryMeasure, MeasureLibrary, TemplateSection, measure_library,
    parse_measure_library,
};
pub use program_base::{BaseRules, ReviewCriterion, base_rules, parse_base_rules};
pub use rhythm::{Rhythm, parse_rhythm, rhythm};
pub use selection::{Criterion, How, SelectionRules, parse_selection_rules, selection_rules};
pub use talk::{TalkRules, parse_talk_rules, talk_rules};
pub use tasks::{TaskRules, parse_task_rules, task_rules};

use crate::period::{Period, PeriodError};
use crate::person::Education;

/// Why a file of settings is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The text is not TOML of the right shape.
    #[error("Файл настроек «{file}» не читается: {reason}")]
    Unreadable { file: &'static str, reason: String },
    /// The dates of a value make no period.
    #[error("В файле «{file}» у значения, действующего с {valid_from}, неверный срок: {reason}")]
    WrongPeriod { file: &'static str, valid_from: NaiveDate, reason: PeriodError },
    /// Two values hold on the same day.
    #[error("В файле «{file}» на {day} действуют сразу два значения: исправьте сроки действия")]
    Overlap { file: &'static str, day: NaiveDate },
    /// A value is impossible.
    #[error("В файле «{file}» неверное значение «{key}»: {reason}")]
    WrongValue { file: &'static str, key: &'static str, reason: String },
    /// No value holds on the day asked about.
    #[error("В файле «{file}» нет значения, действующего на {day}: добавьте его с указанием срока действия")]
    NothingHolds { file: &'static str, day: NaiveDate },
}

/// A value that changes with time: on any day at most one holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T> {
    file: &'static str,
    values: Vec<DatedValue<T>>,
}

/// One value with its days and the act it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedValue<T> {
    /// When it holds.
    pub holds: Period,
    /// The value.
    pub value: T,
    /// The act or decision, in words.
    pub source: String,
}

impl<T> DatedValue<T> {
    /// The same days with a value made of this one.
    pub(crate) fn try_map<U, E>(self, make: impl FnOnce(T) -> Result<U, E>) -> Result<DatedValue<U>, E> {
        Ok(DatedValue { holds: self.holds, value: make(self.value)?, source: self.source })
    }
}

impl<T> Dated<T> {
    /// Refuses values whose periods overlap.
    pub(crate) fn new(file: &'static str, mut values: Vec<DatedValue<T>>) -> Result<Self, ConfigError> {
        values.sort_by_key(|value| value.holds.from());
        for pair in values.windows(2) {
            if let Some(common) = pair[0].holds.intersect(&pair[1].holds) {
                return Err(ConfigError::Overlap { file, day: common.from() });
            }
        }
        Ok(Self { file, values })
    }

    /// What holds on the day.
    pub fn on(&self, day: NaiveDate) -> Result<&DatedValue<T>, ConfigError> {
        let found = self.values.iter().find(|value| value.holds.contains(day));
        found.ok_or(ConfigError::NothingHolds { file: self.file, day })
    }

    /// Every value, the earliest first.
    pub fn all(&self) -> &[DatedValue<T>] {
        &self.values
    }
}

/// Limits for proposing categories of mentees (A5).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryRules {
    /// A young teacher has no more experience than this; whole months.
    pub young_experience_months: u32,
    /// A person is new in the collective this long after being hired; whole months.
    pub newcomer_months: u32,
    /// Which education counts as «непедагогическое профильное».
    pub other_education: Vec<Education>,
}

/// Limits of a mentorship, of the bank's records and of what numbers may tell (D1, A6, A8, H5, L1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// п. 1.4: a program lasts at least so many months.
    pub least_months: u32,
    /// п. 1.4: and at most so many.
    pub most_months: u32,
    /// The most mentees a mentor's record may allow at once.
    pub most_places: u32,
    /// What the record says until somebody changes it.
    pub usual_places: u32,
    /// More mentees at once than this are a heavy load (risk 2 of the municipal program).
    pub heavy_mentees: u32,
    /// Статья 351.8 ТК РФ: working days between the notice and the last day.
    pub notice_working_days: u32,
    /// п. 4.1.2: a record of the bank is confirmed at least once in so many months (A6).
    pub confirmation_months: u32,
    /// So many last days of that term the program reminds.
    pub confirmation_notice_days: u32,
    /// Numbers about fewer people than this are shown to nobody.
    pub least_group: u32,
    /// From this share of answers on, in percent, a deficit counts as frequent.
    pub frequent_deficit_percent: u32,
}

/// One of the seven stages (B1-B7, раздел IV).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// 1 to 7.
    pub number: u32,
    /// Stable code.
    pub code: String,
    /// Title by the order.
    pub title: String,
    /// What makes the stage passed, in words.
    pub done_when: String,
}

/// The limits for categories that come with the program.
pub fn category_rules() -> Result<Dated<CategoryRules>, ConfigError> {
    parse_category_rules(include_str!("../../../regulation/categories.toml"))
}

/// Reads limits in the form of `regulation/categories.toml`.
pub fn parse_category_rules(text: &str) -> Result<Dated<CategoryRules>, ConfigError> {
    const FILE: &str = "categories.toml";

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        rules: Vec<Entry<CategoryRules>>,
    }

    let data: Data = parse(FILE, text)?;
    Dated::new(FILE, data.rules.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<_, _>>()?)
}

/// The limits of a mentorship that come with the program.
pub fn limits() -> Result<Dated<Limits>, ConfigError> {
    parse_limits(include_str!("../../../regulation/limits.toml"))
}

/// Reads limits in the form of `regulation/limits.toml`.
pub fn parse_limits(text: &str) -> Result<Dated<Limits>, ConfigError> {
    const FILE: &str = "limits.toml";

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        limits: Vec<Entry<Limits>>,
    }

    let data: Data = parse(FILE, text)?;
    let values = data.limits.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for limits in values.iter().map(|dated| dated.value) {
        if limits.least_months > limits.most_months {
            return Err(wrong(FILE, "least_months", "наименьший срок больше наибольшего"));
        }
        if limits.usual_places > limits.most_places {
            return Err(wrong(FILE, "usual_places", "обычное число мест больше наибольшего"));
        }
        if limits.confirmation_months == 0 {
            return Err(wrong(FILE, "confirmation_months", "срок подтверждения записи не может быть пустым"));
        }
    }
    Dated::new(FILE, values)
}

/// The seven stages in their order.
pub fn stages() -> Result<Vec<Stage>, ConfigError> {
    const FILE: &str = "stages.toml";

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        #[serde(rename = "source")]
        _source: String,
        stage: Vec<Stage>,
    }

    let data: Data = parse(FILE, include_str!("../../../regulation/stages.toml"))?;
    if data.stage.iter().zip(1..).any(|(stage, number)| stage.number != number) {
        return Err(wrong(FILE, "number", "этапы идут не по порядку"));
    }
    Ok(data.stage)
}

/// A value in a file: its days, its source and itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry<T> {
    valid_from: NaiveDate,
    last_day: Option<NaiveDate>,
    source: String,
    values: T,
}

impl<T> Entry<T> {
    pub(crate) fn dated(self, file: &'static str) -> Result<DatedValue<T>, ConfigError> {
        let holds = validity(file, self.valid_from, self.last_day)?;
        Ok(DatedValue { holds, value: self.values, source: self.source })
    }
}

fn validity(
    file: &'static str,
    valid_from: NaiveDate,
    last_day: Option<NaiveDate>,
) -> Result<Period, ConfigError> {
    let period =
        last_day.map_or(Ok(Period::since(valid_from)), |last_day| Period::through(valid_from, last_day));
    period.map_err(|reason| ConfigError::WrongPeriod { file, valid_from, reason })
}

pub(crate) fn wrong(file: &'static str, key: &'static str, reason: &str) -> ConfigError {
    ConfigError::WrongValue { file, key, reason: reason.to_owned() }
}

pub(crate) fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, ConfigError> {
    toml::from_str(text).map_err(|error| ConfigError::Unreadable { file, reason: error.to_string() })
}

#[cfg(test)]
mod tests;
