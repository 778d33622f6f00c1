//! The rules of evaluations that come with the program, read once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use nastavnik_domain::config::{ConfigError, Dated, EvaluationRules, evaluation_rules};

/// What holds on the day.
pub(super) fn rules(day: NaiveDate) -> anyhow::Result<&'static EvaluationRules> {
    static RULES: LazyLock<Result<Dated<EvaluationRules>, ConfigError>> = LazyLock::new(evaluation_rules);
    let rules = RULES.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(&rules.on(day)?.value)
}
