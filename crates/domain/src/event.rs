//! The 22 events of the municipal program (G2, annex 3), and which deficits they help with (decision 0010).

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::competence::Domain;
use crate::config::{ConfigError, parse};

const FILE: &str = "events.toml";

/// Tasks with how many events each has: by the order 22 in all.
const EVENTS_OF_TASKS: [(u32, usize); 3] = [(1, 12), (2, 4), (3, 6)];

/// The indicators an event may serve.
const INDICATORS: std::ops::RangeInclusive<u32> = 1..=5;

/// Whom an event is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    Young,
    Beginning,
    Struggling,
    YoungTeachers,
    Mentors,
    Pairs,
}

impl Audience {
    /// Words of the order.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Young => "молодые специалисты, опыт которых не превышает 3-х лет",
            Self::Beginning => "педагоги, начинающие профессиональную деятельность",
            Self::Struggling => "педагоги, испытывающие проблемы в профессиональной деятельности",
            Self::YoungTeachers => "молодые педагоги",
            Self::Mentors => "педагоги-наставники",
            Self::Pairs => "наставнические пары образовательных организаций",
        }
    }
}

/// Who carries an event out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Executor {
    Department,
    SupportCenter,
    ResourceCenter,
    Organizations,
    Union,
}

impl Executor {
    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Department => "департамент образования",
            Self::SupportCenter => "опорный центр",
            Self::ResourceCenter => "ресурсный центр",
            Self::Organizations => "образовательные организации",
            Self::Union => "городская организация Профсоюза образования",
        }
    }
}

/// One of the three tasks of the program.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    pub number: u32,
    pub title: String,
}

/// An event of the program.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Ours, never changes.
    pub code: String,
    /// As printed: only a label, for the order repeats numbers elsewhere.
    pub number: String,
    pub task: u32,
    pub title: String,
    /// When, in the words of the order.
    pub period: String,
    pub content: String,
    pub participants: Vec<Audience>,
    pub executors: Vec<Executor>,
    /// Numbers of the target indicators it serves.
    pub indicators: Vec<u32>,
    pub result: String,
    /// The domains of competence it helps with, by our reading of its content.
    #[serde(deserialize_with = "domains")]
    pub answers: Vec<Domain>,
    /// It takes up whatever its participants bring.
    #[serde(default)]
    pub on_request: bool,
}

/// The program's events with the tasks they belong to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// The act.
    pub source: String,
    /// Where `answers` come from.
    pub decided: String,
    #[serde(rename = "task")]
    pub tasks: Vec<Task>,
    #[serde(rename = "event")]
    pub all: Vec<Event>,
}

impl Events {
    /// Events that help with a deficit in the domain.
    pub fn answering(&self, domain: Domain) -> impl Iterator<Item = &Event> {
        self.all.iter().filter(move |event| event.answers.contains(&domain))
    }

    /// Events that take up any request.
    pub fn on_request(&self) -> impl Iterator<Item = &Event> {
        self.all.iter().filter(|event| event.on_request)
    }
}

/// The events that come with the program.
pub fn events() -> Result<Events, ConfigError> {
    parse_events(include_str!("../../../regulation/events.toml"))
}

/// Reads events in the form of `regulation/events.toml`.
pub fn parse_events(text: &str) -> Result<Events, ConfigError> {
    let events: Events = parse(FILE, text)?;
    let mut codes = BTreeSet::new();
    if let Some(twice) = events.all.iter().find(|event| !codes.insert(&event.code)) {
        return Err(wrong("code", format!("код «{}» стоит дважды", twice.code)));
    }
    for (task, expected) in EVENTS_OF_TASKS {
        let found = events.all.iter().filter(|event| event.task == task).count();
        if found != expected {
            return Err(wrong(
                "task",
                format!("в задаче {task} мероприятий {found}, а должно быть {expected}"),
            ));
        }
    }
    let known: Vec<u32> = events.tasks.iter().map(|task| task.number).collect();
    if known != EVENTS_OF_TASKS.map(|(task, _)| task) {
        return Err(wrong("task", "задач должно быть три".to_owned()));
    }
    let is_strange = |event: &&Event| {
        !known.contains(&event.task) || event.indicators.iter().any(|number| !INDICATORS.contains(number))
    };
    match events.all.iter().find(is_strange) {
        Some(event) => Err(wrong("event", format!("у «{}» нет такой задачи или показателя", event.code))),
        None => Ok(events),
    }
}

fn wrong(key: &'static str, reason: String) -> ConfigError {
    ConfigError::WrongValue { file: FILE, key, reason }
}

fn domains<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Domain>, D::Error> {
    use serde::de::Error;
    let numbers = Vec::<i64>::deserialize(deserializer)?;
    let read = |number| {
        Domain::from_number(number)
            .ok_or_else(|| D::Error::custom(format!("нет области компетенций {number}")))
    };
    numbers.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../regulation/events.toml");

    #[test]
    fn there_are_22_events_of_three_tasks() {
        let events = events().unwrap();
        assert_eq!(events.all.len(), 22);
        let counted = [1, 2, 3].map(|task| events.all.iter().filter(|event| event.task == task).count());
        assert_eq!(counted, [12, 4, 6]);
        let printed: Vec<&str> = events.all.iter().map(|event| event.number.as_str()).collect();
        assert_eq!(printed[..3], ["1.1", "1.2", "1.3"]);
        assert_eq!(printed[19..], ["3.4", "3.5", "3.6"]);
        assert_eq!(events.tasks.len(), 3);
    }

    #[test]
    fn each_event_says_what_the_order_says() {
        for event in events().unwrap().all {
            for text in [&event.title, &event.period, &event.content, &event.result] {
                assert!(text.chars().count() >= 3 && text == text.trim(), "{}: {text}", event.code);
            }
            assert!(!event.participants.is_empty(), "{}", event.code);
            assert!(!event.executors.is_empty(), "{}", event.code);
            assert!(!event.indicators.is_empty(), "{}", event.code);
            assert!(event.number.starts_with(&format!("{}.", event.task)), "{}", event.code);
        }
    }

    #[test]
    fn a_deficit_finds_its_events() {
        let events = events().unwrap();
        let answering =
            |domain| events.answering(domain).map(|event| event.number.as_str()).collect::<Vec<_>>();
        assert_eq!(answering(Domain::Psychology), ["1.7", "3.3"]);
        assert_eq!(answering(Domain::Law), ["2.1"]);
        assert_eq!(answering(Domain::Theory), Vec::<&str>::new());
        let on_request: Vec<_> = events.on_request().map(|event| event.number.as_str()).collect();
        assert_eq!(on_request, ["1.10", "2.3", "3.5"]);
    }

    #[test]
    fn a_broken_file_says_what_is_wrong() {
        for (from, to, words) in [
            ("code = \"open_lessons\"", "code = \"consulting\"", "стоит дважды"),
            ("number = \"2.1\"\ntask = 2", "number = \"2.1\"\ntask = 3", "в задаче 2 мероприятий 3"),
            ("answers = [2]", "answers = [9]", "нет области компетенций 9"),
            ("indicators = [3, 4]", "indicators = [6]", "нет такой задачи или показателя"),
            ("[\"pairs\"]", "[\"parents\"]", "не читается"),
        ] {
            assert!(TEXT.contains(from), "{from}");
            let error = parse_events(&TEXT.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(error.contains(words), "{from}: {error}");
        }
    }
}
