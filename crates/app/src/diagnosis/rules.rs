//! The sets of items that come with the program, read once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use nastavnik_domain::competence::{Questionnaire, questionnaires};
use nastavnik_domain::config::{ConfigError, Dated};

/// What is asked on the day.
pub(super) fn questionnaire(day: NaiveDate) -> anyhow::Result<&'static Questionnaire> {
    static SETS: LazyLock<Result<Dated<Questionnaire>, ConfigError>> = LazyLock::new(questionnaires);
    let sets = SETS.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(&sets.on(day)?.value)
}
