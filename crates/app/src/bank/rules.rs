//! The limits and the list of positions that come with the program, read once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use nastavnik_domain::config::{
    CategoryRules, ConfigError, Dated, Limits, Positions, SelectionRules, category_rules, limits,
    selection_rules,
};

/// Everything the bank judges by.
pub(super) struct Rules {
    pub(super) positions: Positions,
    categories: Dated<CategoryRules>,
    limits: Dated<Limits>,
    selection: Dated<SelectionRules>,
}

impl Rules {
    /// The rules; a broken file is told to the administrator by the log.
    pub(super) fn load() -> anyhow::Result<&'static Self> {
        static RULES: LazyLock<Result<Rules, ConfigError>> = LazyLock::new(|| {
            Ok(Rules {
                positions: Positions::bundled()?,
                categories: category_rules()?,
                limits: limits()?,
                selection: selection_rules()?,
            })
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

    /// How mentors are selected and trained on the day (B4, G8).
    pub(super) fn selection(&self, day: NaiveDate) -> anyhow::Result<&SelectionRules> {
        Ok(&self.selection.on(day)?.value)
    }
}
