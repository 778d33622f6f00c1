//! The rules of tasks that come with the program, and the calendar they are counted by, read once.

use std::sync::LazyLock;

use chrono::NaiveDate;
use nastavnik_domain::config::{ConfigError, Dated, TaskRules, task_rules};
use nastavnik_domain::task::{self, Nudge};
use nastavnik_domain::working_days::{Calendar, CalendarError};

/// What holds on a day, ready to be asked about terms.
pub(super) struct Terms {
    today: NaiveDate,
    rules: TaskRules,
    calendar: &'static Calendar,
}

impl Terms {
    pub(super) fn on(today: NaiveDate) -> anyhow::Result<Self> {
        static RULES: LazyLock<Result<Dated<TaskRules>, ConfigError>> = LazyLock::new(task_rules);
        static CALENDAR: LazyLock<Result<Calendar, CalendarError>> = LazyLock::new(Calendar::bundled);
        let rules = RULES.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?.on(today)?.value;
        let calendar = CALENDAR.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(Self { today, rules, calendar })
    }

    /// What the term asks for today.
    pub(super) fn nudge(&self, due: NaiveDate) -> Nudge {
        task::nudge(due, self.today, self.rules.soon_working_days, self.calendar)
    }

    /// The term offered for a new task of a pair that works until the day.
    pub(super) fn usual(&self, ends_on: NaiveDate) -> anyhow::Result<NaiveDate> {
        Ok(task::usual_due(self.today, self.rules.usual_working_days, ends_on, self.calendar)?)
    }

    /// The term of a task made from a measure.
    pub(super) fn of_measure(&self, measure: NaiveDate, ends_on: NaiveDate) -> anyhow::Result<NaiveDate> {
        Ok(task::due_of_measure(measure, self.today, self.usual(ends_on)?, ends_on))
    }
}
