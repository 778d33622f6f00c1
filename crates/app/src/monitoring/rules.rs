//! The order's values as they come with the program, read once.

use std::sync::LazyLock;

use nastavnik_domain::config::{self, CategoryRules, ConfigError, Dated, Positions};
use nastavnik_domain::indicator::Targets;

/// What the indicators are counted by.
pub(super) struct Rules {
    pub(super) positions: Positions,
    pub(super) categories: Dated<CategoryRules>,
    pub(super) targets: Targets,
}

/// The rules of the order № 548-п.
pub(super) fn rules() -> anyhow::Result<&'static Rules> {
    static RULES: LazyLock<Result<Rules, ConfigError>> = LazyLock::new(|| {
        Ok(Rules {
            positions: Positions::bundled()?,
            categories: config::category_rules()?,
            targets: Targets::bundled()?,
        })
    });
    RULES.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
}
