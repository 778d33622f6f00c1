//! What a section of the home page is made of.

use nastavnik_domain::russian;

use crate::kernel::page::{Step, Tone, filters};
use crate::monitoring::Summary;
use crate::routes;

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

    /// «Что сделать» as it is read.
    pub(super) fn groups(&self) -> Vec<Group<'_>> {
        groups(&self.todos)
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

/// So many lines are read at a glance; more stand in groups.
const AT_A_GLANCE: usize = 6;
/// What somebody waits for, or what is overdue.
const FIRST: &str = "Сначала";
/// Lines that lead to no section of the menu.
const OTHERS: &str = "Ещё";

/// Lines of «Что сделать» under a word of the menu; without a word while there are few.
pub(super) struct Group<'a> {
    pub(super) title: &'static str,
    pub(super) todos: Vec<&'a Todo>,
}

/// The lines in their groups: first what is overdue and what somebody waits for, then the sections of the menu in its
/// order, each with its lines as they came.
fn groups(todos: &[Todo]) -> Vec<Group<'_>> {
    if todos.len() <= AT_A_GLANCE {
        return vec![Group { title: "", todos: todos.iter().collect() }];
    }
    let place = |todo: &Todo| match todo.tone {
        Some(Tone::Late) => (0, FIRST),
        Some(Tone::Wait) => (1, FIRST),
        _ => routes::group_of(&todo.href).map_or((usize::MAX, OTHERS), |(order, title)| (order + 2, title)),
    };
    let mut sorted: Vec<&Todo> = todos.iter().collect();
    sorted.sort_by_key(|todo| place(todo).0);
    let mut found: Vec<Group<'_>> = Vec::new();
    for todo in sorted {
        let title = place(todo).1;
        match found.last_mut().filter(|last| last.title == title) {
            Some(last) => last.todos.push(todo),
            None => found.push(Group { title, todos: vec![todo] }),
        }
    }
    found
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
    /// Empty while the person may not open it.
    pub(super) href: String,
    pub(super) with: String,
    pub(super) term: String,
    pub(super) next: String,
    pub(super) tone: Tone,
    pub(super) state: &'static str,
    /// «Открыть пару».
    pub(super) action: &'static str,
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

    fn told(todos: &[Todo]) -> Vec<(&'static str, Vec<&str>)> {
        let texts = |group: Group<'_>| {
            let texts = todos.iter().map(|todo| todo.text.as_str());
            texts.filter(|text| group.todos.iter().any(|todo| todo.text == *text)).collect()
        };
        groups(todos).into_iter().map(|group| (group.title, texts(group))).collect()
    }

    #[test]
    fn many_lines_stand_in_groups_with_the_urgent_first() {
        let mut todos = vec![
            Todo::new("банк", "/bank/mentees?state=proposed", ""),
            Todo::new("согласия", "/consents?who=participants", ""),
            Todo::new("черновики", "/pairs?state=draft", ""),
            Todo::new("заявление", "/petitions?state=open", "").term("ждут ответа", Tone::Wait),
            Todo::new("подбор", "/matching", ""),
            Todo::new("просьба", "/help#late", "").term("слишком долго", Tone::Late),
        ];
        assert_eq!(told(&todos).len(), 1, "few lines need no groups");
        todos.push(Todo::new("сам", "/own/request", ""));
        let expected = [
            ("Сначала", vec!["заявление", "просьба"]),
            ("Люди", vec!["согласия"]),
            ("Подготовка", vec!["банк", "подбор"]),
            ("Пары", vec!["черновики"]),
            ("Ещё", vec!["сам"]),
        ];
        assert_eq!(told(&todos), expected);
        assert_eq!(groups(&todos)[0].todos[0].text, "просьба", "what is overdue stands above what waits");
    }

    #[test]
    fn long_lists_are_cut() {
        let names: Vec<String> = (1..=5).map(|number| format!("№{number}")).collect();
        assert_eq!(some_of(&names).replace('\u{a0}', " "), "№1, №2, №3 и ещё 2");
        assert_eq!(some_of(&names[..3]), "№1, №2, №3");
        assert_eq!(some_of(&[]), "");
    }
}
