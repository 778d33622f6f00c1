//! The rules of meetings that come with the program, read once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use nastavnik_domain::config::{ConfigError, Dated, MeetingRules, meeting_rules};

/// What holds on the day.
pub(super) fn rules(day: NaiveDate) -> anyhow::Result<&'static MeetingRules> {
    static RULES: LazyLock<Result<Dated<MeetingRules>, ConfigError>> = LazyLock::new(meeting_rules);
    let rules = RULES.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(&rules.on(day)?.value)
}
