//! The limits and the list of positions that come with the program, read once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use nastavnik_domain::config::{
    CategoryRules, ConfigError, Dated, Limits, Positions, category_rules, limits,
};

/// Everything the bank judges by.
pub(super) struct Rules {
    pub(super) positions: Positions,
    categories: Dated<CategoryRules>,
    limits: Dated<Limits>,
}

impl Rules {
    /// The rules; a broken file is told to the administrator by the log.
    pub(super) fn load() -> anyhow::Result<&'static Self> {
        static RULES: LazyLock<Result<Rules, ConfigError>> = LazyLock::new(|| {
            Ok(Rules { positions: Positions::bundled()?, categories: category_rules()?, limits: limits()? })
        });
        RULES.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
    }

    /// Limits of categories on the day (A5).
    pub(super) fn categories(&self, day: NaiveDate) -> anyhow::Result<&CategoryRules> {
        Ok(&self.categories.on(day)?.value)
    }

    /// Limits of mentors on the day (A8).
    pub(super) fn limits(&self, day: NaiveDate) -> anyhow::Result<&Limits> {
        Ok(&self.limits.on(day)?.value)
    }
}
