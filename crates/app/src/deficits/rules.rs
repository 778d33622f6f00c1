//! The limits and the events that come with the program, read once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use nastavnik_domain::config::{ConfigError, Dated, Limits, limits};
use nastavnik_domain::event::{Events, events};

/// What the map is judged by.
pub(super) struct Rules {
    pub(super) events: Events,
    limits: Dated<Limits>,
}

impl Rules {
    /// The rules; a broken file is told to the administrator by the log.
    pub(super) fn load() -> anyhow::Result<&'static Self> {
        static RULES: LazyLock<Result<Rules, ConfigError>> =
            LazyLock::new(|| Ok(Rules { events: events()?, limits: limits()? }));
        RULES.as_ref().map_err(|error| anyhow::anyhow!("{error}"))
    }

    /// Limits on the day.
    pub(super) fn limits(&self, day: NaiveDate) -> anyhow::Result<&Limits> {
        Ok(&self.limits.on(day)?.value)
    }
}
