//! What holds for tasks of mentees (D6): when a term is near, and what term is offered.

use serde::Deserialize;

use super::{ConfigError, Dated, Entry, parse, wrong};

const FILE: &str = "tasks.toml";

/// Days of one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskRules {
    /// So many working days before its term a task is mentioned.
    pub soon_working_days: usize,
    /// So many working days ahead lies the term offered for a new task.
    pub usual_working_days: u32,
}

/// The rules that come with the program.
pub fn task_rules() -> Result<Dated<TaskRules>, ConfigError> {
    parse_task_rules(include_str!("../../../../regulation/tasks.toml"))
}

/// Reads rules in the form of `regulation/tasks.toml`.
pub fn parse_task_rules(text: &str) -> Result<Dated<TaskRules>, ConfigError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Data {
        tasks: Vec<Entry<TaskRules>>,
    }

    let data: Data = parse(FILE, text)?;
    let values = data.tasks.into_iter().map(|entry| entry.dated(FILE)).collect::<Result<Vec<_>, _>>()?;
    for rules in values.iter().map(|dated| dated.value) {
        if !(1..=60).contains(&rules.usual_working_days) {
            return Err(wrong(FILE, "usual_working_days", "на задание дают от 1 до 60 рабочих дней"));
        }
        if rules.soon_working_days > 10 {
            return Err(wrong(FILE, "soon_working_days", "напоминание раньше чем за 10 рабочих дней мешает"));
        }
    }
    Dated::new(FILE, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::tests::date;

    #[test]
    fn rules_that_nag_or_hurry_are_refused() {
        let usual = task_rules().unwrap();
        assert_eq!(usual.on(date("2026-11-23")).unwrap().value.soon_working_days, 3);
        let text = include_str!("../../../../regulation/tasks.toml");
        for (from, to, wrong) in [
            ("usual_working_days = 5", "usual_working_days = 0", "usual_working_days"),
            ("soon_working_days = 3", "soon_working_days = 30", "soon_working_days"),
        ] {
            let refused = parse_task_rules(&text.replace(from, to));
            assert!(matches!(refused, Err(ConfigError::WrongValue { key, .. }) if key == wrong), "{to}");
        }
    }
}
