//! The fields of an entry: what is offered to press, and how it is read.

use chrono::NaiveDate;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::config::MeetingRules;
use nastavnik_domain::meeting::{Addressee, MeetingKind};
use nastavnik_domain::petition::Receiver;
use uuid::Uuid;

use super::calls;
use super::record::{Call, Entry, Focus, Said, Step};
use super::rules::rules;
use crate::kernel::forms::{Choice, Form};
use crate::pairs::Case;

/// What the form offers to press.
pub(super) struct Offered {
    pub(super) kinds: Vec<Choice>,
    pub(super) focuses: Vec<Choice>,
    pub(super) worked: Vec<Choice>,
    pub(super) mentee_steps: Vec<Choice>,
    pub(super) mentor_steps: Vec<Choice>,
    /// Steps of earlier meetings that nobody has marked yet.
    pub(super) open: Vec<Choice>,
    pub(super) help: Vec<Choice>,
    /// The mentees of a group; empty for two.
    pub(super) people: Vec<Choice>,
}

/// The value of «никто не нужен».
pub(super) const NOBODY: &str = "nobody";

pub(super) fn offered(case: &Case, open: &[Step], today: NaiveDate) -> anyhow::Result<Offered> {
    let MeetingRules { worked, mentee_steps, mentor_steps, .. } = rules(today)?;
    let step = |step: &Step| {
        Choice::new(step.id.to_string(), format!("{} (шаг {})", step.words, step.side.whose(&case.pair)))
    };
    let mentees = &case.pair.mentees;
    let group = if mentees.len() > 1 { mentees.as_slice() } else { &[] };
    Ok(Offered {
        kinds: kinds(),
        focuses: focuses(case),
        worked: phrases(worked),
        mentee_steps: phrases(mentee_steps),
        mentor_steps: phrases(mentor_steps),
        open: open.iter().map(step).collect(),
        help: help(Receiver::Curator),
        people: group.iter().map(|one| Choice::new(one.person.to_string(), one.name.short())).collect(),
    })
}

/// Ready phrases: the words themselves are sent.
pub(super) fn phrases(words: &[String]) -> Vec<Choice> {
    words.iter().map(|phrase| Choice::new(phrase.clone(), phrase.clone())).collect()
}

pub(super) fn kinds() -> Vec<Choice> {
    MeetingKind::ALL.map(|kind| Choice::new(kind.code(), kind.title())).to_vec()
}

/// Whom one may ask for help: a call to the curator names who answers it for this pair.
pub(super) fn help(receiver: Receiver) -> Vec<Choice> {
    let called = [Addressee::Curator, Addressee::Psychologist];
    let mut choices = vec![Choice::new(NOBODY, "Не нужна")];
    let from = |one: Addressee| Choice::new(one.code(), format!("От {}", calls::from_whom(one, receiver)));
    choices.extend(called.map(from));
    choices
}

/// The goals of the pair first, then the domains of competence.
fn focuses(case: &Case) -> Vec<Choice> {
    let goals = case.pair.goals.iter().enumerate();
    let goals = goals.map(|(index, goal)| Choice::new(format!("g{}", index + 1), goal.text.clone()));
    let domains = Domain::ALL.into_iter();
    goals.chain(domains.map(|domain| Choice::new(format!("d{}", domain.number()), domain.short()))).collect()
}

fn focus(case: &Case, code: &str) -> Option<Focus> {
    if let Some(number) = code.strip_prefix('d') {
        return Domain::from_number(number.parse().ok()?).map(Focus::Domain);
    }
    let index = code.strip_prefix('g')?.parse::<usize>().ok()?.checked_sub(1)?;
    case.pair.goals.get(index).map(|goal| Focus::Goal(goal.text.clone()))
}

/// The code of a focus on this pair's form; a goal that is no longer there has none.
fn code(case: &Case, focus: &Focus) -> String {
    match focus {
        Focus::Domain(domain) => format!("d{}", domain.number()),
        Focus::Goal(words) => {
            let index = case.pair.goals.iter().position(|goal| goal.text == *words);
            index.map_or_else(String::new, |index| format!("g{}", index + 1))
        }
    }
}

/// Reads an entry; mistakes stand at their fields.
pub(super) fn read(form: &mut Form, offered: &Offered, case: &Case, today: NaiveDate) -> Option<Entry> {
    let held_on = form.required_date("held_on", "День");
    if let Some(day) = held_on {
        if day > today {
            form.error(
                "held_on",
                "Этот день ещё не наступил. Встречу, которая впереди, назначьте на странице встреч.",
            );
        } else if day < case.pair.period.from() {
            form.error("held_on", "В этот день пара ещё не работала: проверьте дату.");
        }
    }
    let kind = form.required_choice("kind", "Как встретились", &offered.kinds);
    let said = read_said(form, offered, case);
    let done = form.choices("done", "Договаривались", &offered.open);
    let call = read_call(form, &offered.help);
    let present = form.choices("present", "Кто был", &offered.people);
    if !offered.people.is_empty() && present.is_empty() {
        form.error("present", "Отметьте хотя бы одного, кто был на встрече.");
    }
    if !form.is_valid() {
        return None;
    }
    let ids = |values: Vec<String>| values.iter().filter_map(|value| value.parse::<Uuid>().ok()).collect();
    Some(Entry {
        held_on: held_on?,
        kind: MeetingKind::from_code(&kind?)?,
        said: said?,
        done: ids(done),
        call,
        present: ids(present),
    })
}

/// Reads what stays in the ring.
pub(super) fn read_said(form: &mut Form, offered: &Offered, case: &Case) -> Option<Said> {
    let chosen = form.required_choice("focus", "О чём", &offered.focuses);
    let worked = sentence(form, "worked", "Что получилось", &offered.worked);
    let mentee_step = sentence(form, "mentee_step", "Следующий шаг наставляемого", &offered.mentee_steps);
    let mentor_step = sentence(form, "mentor_step", "Следующий шаг наставника", &offered.mentor_steps);
    let minutes = form.optional_integer("minutes", "Минут", 1..=600);
    Some(Said { focus: focus(case, &chosen?)?, worked, mentee_step, mentor_step, minutes })
}

/// Phrases that were pressed and own words together: «Разобрали урок по шагам; своё».
pub(super) fn sentence(form: &mut Form, name: &str, label: &str, offered: &[Choice]) -> String {
    let mut parts = form.choices(&format!("{name}_phrases"), label, offered);
    parts.extend(form.optional_paragraphs(name, label, 1000));
    parts.join("; ")
}

fn read_call(form: &mut Form, offered: &[Choice]) -> Option<Call> {
    let called = form.optional_choice("help", "Нужна ли помощь", offered)?;
    let words =
        form.optional_paragraphs("help_words", "Слова для того, кого вы просите", 500).unwrap_or_default();
    let addressee = Addressee::from_code(&called)?;
    Some(Call { addressee, words })
}

/// The form of what was said already.
pub(super) fn filled(case: &Case, said: &super::record::Note) -> Form {
    use super::record::Side;
    Form::blank()
        .with("focus", code(case, &said.focus))
        .with("worked", said.worked.clone())
        .with("mentee_step", said.step(Side::Mentee))
        .with("mentor_step", said.step(Side::Mentor))
        .with("minutes", said.minutes.map_or_else(String::new, |minutes| minutes.to_string()))
        .with("version", said.version.to_string())
}
