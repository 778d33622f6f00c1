//! Small things both halves of the bank show.

use nastavnik_domain::category::Category;
use nastavnik_domain::competence::Domain;
use nastavnik_domain::period::{Precision, Since};
use uuid::Uuid;

use super::store::MentorOf;
use super::worker::Worker;
use crate::kernel::filters::short_date;
use crate::kernel::forms::Choice;
use crate::kernel::listing::Direction;
use crate::kernel::page::Tab;

/// A link with its words.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) title: String,
}

/// The parts of the bank.
pub(super) fn tabs(shown: &str) -> Vec<Tab> {
    vec![
        Tab::new("/bank/mentees", "Кому нужен наставник", shown),
        Tab::new("/bank/mentors", "Кандидаты в наставники", shown),
        Tab::new("/bank/nominations", "Выдвижения", shown),
    ]
}

/// The parts of a candidate's record; `shown` is what follows the candidate's address.
pub(super) fn mentor_tabs(candidate: Uuid, shown: &str) -> Vec<Tab> {
    let shown = format!("/bank/mentors/{candidate}{shown}");
    [("", "Карточка"), ("/selection", "Отбор"), ("/courses", "Обучение")]
        .map(|(part, title)| Tab::new(format!("/bank/mentors/{candidate}{part}"), title, &shown))
        .to_vec()
}

/// «Д4 Ученики и родители».
pub fn domain_label(domain: Domain) -> String {
    format!("Д{} {}", domain.number(), domain.short())
}

/// `sort=-name`: key and direction.
pub(super) fn order(asked: &str) -> (&str, Direction) {
    match asked.strip_prefix('-') {
        Some(key) => (key, Direction::Descending),
        None => (asked, Direction::Ascending),
    }
}

/// A mentor as a link to the pair.
pub(super) fn mentor_link(mentor: &MentorOf) -> Link {
    let joins = if mentor.is_joining { " (вступает в группу)" } else { "" };
    Link { href: format!("/pairs/{}", mentor.mentorship), title: format!("{}{joins}", mentor.name.short()) }
}

/// A beginning as exactly as it is known: «01.09.2024», «09.2024», «2024 г.».
pub(super) fn since_words(since: Option<Since>) -> String {
    let Some(since) = since else { return String::new() };
    match since.precision {
        Precision::Day => short_date(since.date),
        Precision::Month => since.date.format("%m.%Y").to_string(),
        Precision::Year => format!("{} г.", since.date.format("%Y")),
    }
}

/// What stands for a person's category in the bulk form.
pub(super) fn chosen(worker: &Worker, category: Category) -> String {
    format!("{}.{}.{}", worker.person, worker.school.id, category.code())
}

/// Reads it back.
pub(super) fn read_chosen(text: &str) -> Option<(Uuid, Uuid, Category)> {
    let mut parts = text.splitn(3, '.');
    let person = parts.next()?.parse().ok()?;
    let organization = parts.next()?.parse().ok()?;
    Some((person, organization, Category::from_code(parts.next()?)?))
}

/// What stands for a mentee's record in the bulk form.
pub(super) fn record(worker: &Worker) -> String {
    format!("{}.{}", worker.person, worker.school.id)
}

/// Reads it back.
pub(super) fn read_record(text: &str) -> Option<(Uuid, Uuid)> {
    let (person, organization) = text.split_once('.')?;
    Some((person.parse().ok()?, organization.parse().ok()?))
}

/// Workers to choose from: what is sent names both the person and the organization.
pub(super) fn worker_choices<'a>(workers: impl IntoIterator<Item = &'a Worker>) -> Vec<Choice> {
    let choice = |worker: &'a Worker| {
        let title = format!("{} – {}, {}", worker.name.full(), worker.positions(), worker.school.name);
        Choice::new(record(worker), title)
    };
    workers.into_iter().map(choice).collect()
}

/// The worker a choice of [`worker_choices`] stands for.
pub(super) fn chosen_worker<'a>(workers: &'a [Worker], value: &str) -> Option<&'a Worker> {
    workers.iter().find(|worker| record(worker) == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_senseless_choice_is_nothing() {
        let id = Uuid::from_u128(7);
        assert_eq!(read_chosen(&format!("{id}.{id}.young")), Some((id, id, Category::Young)));
        assert_eq!(read_record(&format!("{id}.{id}")), Some((id, id)));
        assert_eq!(read_record(&id.to_string()), None);
        for text in ["", "x.y.young", &format!("{id}.{id}"), &format!("{id}.{id}.old")] {
            assert_eq!(read_chosen(text), None, "{text}");
        }
    }
}
