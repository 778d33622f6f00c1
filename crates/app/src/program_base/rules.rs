//! The rules of the base that come with the program, read once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use nastavnik_domain::config::{BaseRules, ConfigError, Dated, base_rules};

/// What holds on the day.
pub(super) fn rules(day: NaiveDate) -> anyhow::Result<&'static BaseRules> {
    static RULES: LazyLock<Result<Dated<BaseRules>, ConfigError>> = LazyLock::new(base_rules);
    let rules = RULES.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(&rules.on(day)?.value)
}
