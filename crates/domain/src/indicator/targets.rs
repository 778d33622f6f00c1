//! «Целевые показатели программы»: what each of the five indicators should be in a year.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::config::{ConfigError, parse};
use crate::year::{AcademicYear, ColumnMeaning};

const FILE: &str = "indicators.toml";

/// The years from here on share one column of the table.
const FIRST_YEAR_OF_LAST_COLUMN: i32 = 2031;

/// The five indicators of the municipal program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    YoungMentored,
    OrganizationsGivingMentors,
    MenteesSatisfied,
    MentorsSatisfied,
    Platforms,
}

impl Indicator {
    /// Every indicator in the order of the table.
    pub const ALL: [Self; 5] = [
        Self::YoungMentored,
        Self::OrganizationsGivingMentors,
        Self::MenteesSatisfied,
        Self::MentorsSatisfied,
        Self::Platforms,
    ];

    /// The number printed in the table.
    pub const fn number(self) -> u32 {
        match self {
            Self::YoungMentored => 1,
            Self::OrganizationsGivingMentors => 2,
            Self::MenteesSatisfied => 3,
            Self::MentorsSatisfied => 4,
            Self::Platforms => 5,
        }
    }

    /// Stable code for addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::YoungMentored => "young_mentored",
            Self::OrganizationsGivingMentors => "organizations_giving_mentors",
            Self::MenteesSatisfied => "mentees_satisfied",
            Self::MentorsSatisfied => "mentors_satisfied",
            Self::Platforms => "platforms",
        }
    }

    /// Reads the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|indicator| indicator.code() == code)
    }
}

/// What the value is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Percent,
    Count,
}

impl Unit {
    /// «%» or «ед.», as in the table.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Percent => "%",
            Self::Count => "ед.",
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorCard {
    /// The number printed in the table.
    pub number: u32,
    #[serde(rename = "code")]
    pub indicator: Indicator,
    /// The name in the words of the order.
    pub title: String,
    /// A few words for screens.
    pub short: String,
    pub unit: Unit,
    /// The value before the program began.
    pub base: u32,
    values: BTreeMap<String, u32>,
    /// The value at the end of the program.
    #[serde(rename = "final")]
    pub last: u32,
}

/// A target for an academic year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub value: u32,
    pub unit: Unit,
    /// The column it stands in: «2026», «2031–2034».
    pub column: String,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets {
    column_means: ColumnMeaning,
    source: String,
    cards: Vec<IndicatorCard>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    column_means: ColumnMeaning,
    source: String,
    indicator: Vec<IndicatorCard>,
}

impl Targets {
    /// The table of the order № 548-п.
    pub fn bundled() -> Result<Self, ConfigError> {
        Self::parse(include_str!("../../../../regulation/indicators.toml"))
    }

    /// Reads a table in the form of `regulation/indicators.toml`: each indicator once, in order.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let data: Data = parse(FILE, text)?;
        let wrong = |key, reason: String| ConfigError::WrongValue { file: FILE, key, reason };
        let found: Vec<(Indicator, u32)> =
            data.indicator.iter().map(|card| (card.indicator, card.number)).collect();
        if found != Indicator::ALL.map(|indicator| (indicator, indicator.number())) {
            return Err(wrong("code", "нужны все пять показателей по порядку номеров".to_owned()));
        }
        for year in data.indicator.iter().flat_map(|card| card.values.keys()) {
            if year.parse::<i32>().is_err() {
                return Err(wrong("values", format!("«{year}» – не год")));
            }
        }
        Ok(Self { column_means: data.column_means, source: data.source, cards: data.indicator })
    }

    /// The target of an indicator for an academic year; nothing outside the program.
    pub fn target(&self, indicator: Indicator, year: AcademicYear) -> Option<Target> {
        let card = self.card(indicator)?;
        let column = year.target_year(self.column_means);
        let value = *card.values.get(&column.to_string())?;
        let title = if column < FIRST_YEAR_OF_LAST_COLUMN {
            column.to_string()
        } else {
            let last = card.values.keys().next_back()?;
            format!("{FIRST_YEAR_OF_LAST_COLUMN}–{last}")
        };
        Some(Target { value, unit: card.unit, column: title })
    }

    /// The line of the table; every indicator has one.
    pub fn card(&self, indicator: Indicator) -> Option<&IndicatorCard> {
        self.cards.iter().find(|card| card.indicator == indicator)
    }

    /// Every line, in the order of the table.
    pub fn cards(&self) -> &[IndicatorCard] {
        &self.cards
    }

    /// The act the table comes from.
    pub fn source(&self) -> &str {
        &self.source
    }
}
