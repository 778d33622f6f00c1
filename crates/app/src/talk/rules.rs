//! The limits of talks that come with the program, read once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use nastavnik_domain::config::{ConfigError, Dated, TalkRules, talk_rules};

/// What holds on the day.
pub(super) fn rules(day: NaiveDate) -> anyhow::Result<&'static TalkRules> {
    static RULES: LazyLock<Result<Dated<TalkRules>, ConfigError>> = LazyLock::new(talk_rules);
    let rules = RULES.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(&rules.on(day)?.value)
}
