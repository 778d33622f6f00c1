//! What happened to a person's record: who, when, what was before and after.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use nastavnik_domain::person::FullName;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store::EventRow;
use crate::kernel::audit::Entry;
use crate::kernel::filters::long_date;

/// Facts of a journal entry about a person: the payload of every kind whose subject is `person`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Which employment is meant, in words: «учитель (математика), МБОУ «СОШ №1»».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<FieldChange>,
}

/// One field before and after, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// «Фамилия».
    pub field: String,
    /// Empty when nothing was known.
    pub before: String,
    pub after: String,
}

impl Facts {
    /// An entry about an employment.
    pub fn about(about: impl Into<String>) -> Self {
        Self { about: about.into(), changes: Vec::new() }
    }

    /// Takes the field down if it differs.
    #[must_use]
    pub fn with(mut self, field: &str, before: impl Into<String>, after: impl Into<String>) -> Self {
        let (before, after) = (before.into(), after.into());
        if before != after {
            self.changes.push(FieldChange { field: field.to_owned(), before, after });
        }
        self
    }
}

/// A journal entry about a person.
pub(super) fn entry<'a>(
    kind: &'static str,
    person: Uuid,
    organization: Option<Uuid>,
    payload: &'a Facts,
) -> Entry<'a, Facts> {
    Entry { kind, subject: ("person", Some(person)), organization, payload }
}

/// An event as the card shows it.
pub(super) struct Event {
    pub(super) when: String,
    pub(super) who: String,
    pub(super) what: &'static str,
    pub(super) facts: Facts,
}

/// Entries of the journal in words.
pub(super) fn events(rows: &[EventRow], zone: Tz) -> Vec<Event> {
    rows.iter().map(|row| event(row, zone)).collect()
}

/// «23 ноября 2026 г., 13:00».
pub(super) fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{}, {}", long_date(local.date_naive()), local.format("%H:%M"))
}

/// «Иванова А. А.», or that the program did it by itself.
pub(super) fn who(row: &EventRow) -> String {
    match (&row.surname, &row.given) {
        (Some(surname), Some(given)) => FullName::new(surname, given, row.patronymic.as_deref()).short(),
        _ => "программа".to_owned(),
    }
}

fn event(row: &EventRow, zone: Tz) -> Event {
    Event {
        when: moment(row.at, zone),
        who: who(row),
        what: words(&row.kind),
        // Entries of other slices may carry facts of another shape; their kind is enough here.
        facts: serde_json::from_str(&row.payload).unwrap_or_default(),
    }
}

fn words(kind: &str) -> &'static str {
    match kind {
        "person_added" => "Работник добавлен",
        "person_changed" => "Изменены сведения",
        "person_imported" => "Сведения загружены из списка",
        "person_archived" => "Перенесён в архив",
        "person_restored" => "Возвращён из архива",
        "name_forms_changed" => "Изменены формы имени по падежам",
        "employment_added" => "Добавлено место работы",
        "employment_changed" => "Изменено место работы",
        "employment_ended" => "Работа завершена",
        "consent_recorded" => "Записано согласие на обработку персональных данных",
        "consent_withdrawn" => "Отозвано согласие на обработку персональных данных",
        "employment_resumed" => "Отменено завершение работы",
        _ => "Сделана запись",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_differences_are_taken_down() {
        let facts = Facts::about("учитель").with("Телефон", "", "").with("Фамилия", "Ежова", "Ёжикова");
        assert_eq!(facts.changes.len(), 1);
        let back: Facts = serde_json::from_str(&serde_json::to_string(&facts).unwrap()).unwrap();
        assert_eq!(back, facts);
    }
}
