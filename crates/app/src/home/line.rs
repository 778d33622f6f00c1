//! What a section of the home page is made of.

use nastavnik_domain::russian;

use crate::kernel::page::{Step, Tone, filters};
use crate::monitoring::Summary;

/// What one role has to do and what it has.
pub(super) struct Section {
    pub(super) title: String,
    pub(super) todos: Vec<Todo>,
    /// Steps of the first start; empty once the work is under way.
    pub(super) steps: Vec<Step>,
    pub(super) pairs: Vec<OwnPair>,
    pub(super) numbers: Vec<Number>,
    pub(super) calm: Calm,
}

impl Section {
    /// A section with nothing to do yet.
    pub(super) fn new(title: String, calm: Calm) -> Self {
        Self { title, todos: Vec::new(), steps: Vec::new(), pairs: Vec::new(), numbers: Vec::new(), calm }
    }

    /// A count that opens its list, with its words after 1, 2 and 5.
    pub(super) fn number(&mut self, href: &str, count: u64, [one, few, many]: [&str; 3]) {
        self.numbers.push(Number {
            href: href.to_owned(),
            value: filters::group_digits(&count.to_string()),
            title: russian::choose(count, one, few, many).to_owned(),
            note: String::new(),
        });
    }

    /// How many of how many, as a number that opens the list.
    pub(super) fn share(&mut self, href: &str, (part, whole): (usize, usize), title: &str) {
        self.numbers.push(Number {
            href: href.to_owned(),
            value: format!("{part} из\u{a0}{whole}"),
            title: title.to_owned(),
            note: String::new(),
        });
    }

    /// Both indicators as numbers that open the board.
    pub(super) fn indicators(&mut self, summaries: &[Summary]) {
        for summary in summaries {
            self.numbers.push(Number {
                href: "/indicators".to_owned(),
                value: summary.value_text(),
                title: summary.short.to_lowercase(),
                note: match summary.lacking {
                    0 => summary.target_text(),
                    _ => format!("{}, {}", summary.target_text(), summary.lacking_text()),
                },
            });
        }
    }
}

/// A line of «Что сделать».
pub(super) struct Todo {
    pub(super) text: String,
    pub(super) why: String,
    pub(super) href: String,
    pub(super) action: &'static str,
    pub(super) term: String,
    pub(super) tone: Option<Tone>,
}

impl Todo {
    pub(super) fn new(text: impl Into<String>, href: impl Into<String>, action: &'static str) -> Self {
        Self {
            text: text.into(),
            why: String::new(),
            href: href.into(),
            action,
            term: String::new(),
            tone: None,
        }
    }

    /// The reason under the line.
    pub(super) fn why(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// By when, or how urgent it is.
    pub(super) fn term(mut self, term: impl Into<String>, tone: Tone) -> Self {
        self.term = term.into();
        self.tone = Some(tone);
        self
    }
}

/// A number that opens its list.
pub(super) struct Number {
    pub(super) href: String,
    pub(super) value: String,
    pub(super) title: String,
    pub(super) note: String,
}

/// A mentorship of the person.
pub(super) struct OwnPair {
    pub(super) href: String,
    pub(super) with: String,
    pub(super) term: String,
    pub(super) next: String,
    pub(super) tone: Tone,
    pub(super) state: &'static str,
}

/// What is said when there is nothing to do, and what comes next.
pub(super) struct Calm {
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) href: &'static str,
    pub(super) action: &'static str,
}

/// Words of counts that several roles have.
pub(super) const SCHOOLS: [&str; 3] = ["организация учит", "организации учат", "организаций учат"];
pub(super) const WORKERS: [&str; 3] = ["работник", "работника", "работников"];
pub(super) const ACTIVE: [&str; 3] =
    ["пара или группа действует", "пары и группы действуют", "пар и групп действуют"];

/// «3 организации».
pub(super) fn organizations(count: usize) -> String {
    russian::count(count as u64, "организация", "организации", "организаций")
}

/// The first names of a longer list: «СОШ №1, СОШ №2 и ещё 3».
pub(super) fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 3;
    if names.len() <= SHOWN {
        return names.join(", ");
    }
    format!("{} и\u{a0}ещё\u{a0}{}", names[..SHOWN].join(", "), names.len() - SHOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut() {
        let names: Vec<String> = (1..=5).map(|number| format!("№{number}")).collect();
        assert_eq!(some_of(&names).replace('\u{a0}', " "), "№1, №2, №3 и ещё 2");
        assert_eq!(some_of(&names[..3]), "№1, №2, №3");
        assert_eq!(some_of(&[]), "");
    }
}
