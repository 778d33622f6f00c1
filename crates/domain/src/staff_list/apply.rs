//! What a person becomes after a row is loaded.
//!
//! The laws (see the property tests): merging a row a second time changes nothing; an empty or less exact cell
//! never takes away what is known; every difference between before and after is listed among the changes.

use serde::{Deserialize, Serialize};

use super::known::{KnownEmployment, KnownPerson, Since};
use super::matching::{find_employment, name_key, position_key, short_key};
use super::row::{ParsedRow, Stated};
use super::verdict::{Change, Field};
use crate::ids::{OrganizationId, PersonId};
use crate::person::{FullName, Gender};

/// May a row with another position mean that the only employment here has changed?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transfer {
    Allowed,
    /// The list gives this person several positions here, so another position is one more employment.
    Refused,
}

/// A person after a row and what has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    pub person: KnownPerson,
    pub changes: Vec<Change>,
}

/// The person after the row is loaded into the organization.
pub fn apply(
    known: &KnownPerson,
    row: &ParsedRow,
    organization: OrganizationId,
    transfer: Transfer,
) -> KnownPerson {
    merge(known, row, organization, transfer).person
}

/// The person after the row and the list of changes; no changes means that the row says nothing new.
pub fn merge(
    known: &KnownPerson,
    row: &ParsedRow,
    organization: OrganizationId,
    transfer: Transfer,
) -> Merged {
    let mut person = known.clone();
    let mut changes = Changes(Vec::new());
    merge_person(&mut person, row, &mut changes);
    match find_employment(known, row, organization, transfer) {
        Some(place) => merge_employment(&mut person.employments[place], row, &mut changes),
        None => add_employment(&mut person, row, organization, &mut changes),
    }
    Merged { person, changes: changes.0 }
}

/// A person made of the row alone. None when the row has errors, no name or no position.
pub(super) fn person_of(row: &ParsedRow, id: PersonId, organization: OrganizationId) -> Option<KnownPerson> {
    row.position.as_ref().filter(|_| row.errors.is_empty())?;
    let blank = KnownPerson {
        id,
        name: row.name.clone()?,
        gender: None,
        born_on: None,
        phone: None,
        email: None,
        education: None,
        teaching_since: None,
        employments: Vec::new(),
    };
    Some(apply(&blank, row, organization, Transfer::Refused))
}

struct Changes(Vec<Change>);

impl Changes {
    fn add(&mut self, field: Field, before: Option<String>, after: String) {
        self.0.push(Change { field, before, after });
    }

    /// Takes the new value when it is said and differs; `words` shows it.
    fn take<T: Clone + PartialEq>(
        &mut self,
        field: Field,
        known: &mut Option<T>,
        said: Option<&T>,
        words: impl Fn(&T) -> String,
    ) {
        let Some(said) = said else { return };
        if known.as_ref() == Some(said) {
            return;
        }
        self.add(field, known.as_ref().map(&words), words(said));
        *known = Some(said.clone());
    }

    /// A date is taken when it contradicts the known one or tells it more exactly.
    fn take_since(&mut self, field: Field, known: &mut Option<Since>, said: Option<Since>) {
        let Some(said) = said else { return };
        if known.is_some_and(|known| known.agrees_with(said) && !said.is_finer_than(known)) {
            return;
        }
        self.add(field, known.map(Since::words), said.words());
        *known = Some(said);
    }

    /// Texts that differ only in case, spaces or «ё» are the same text.
    fn take_text(&mut self, field: Field, known: &mut Option<String>, said: Option<&String>) {
        let same = |one: &String, other: &String| position_key(one) == position_key(other);
        if known.as_ref().zip(said).is_some_and(|(known, said)| same(known, said)) {
            return;
        }
        self.take(field, known, said, String::clone);
    }
}

fn merge_person(person: &mut KnownPerson, row: &ParsedRow, changes: &mut Changes) {
    if let Some(said) = &row.name {
        let name = merge_names(&person.name, said);
        if name != person.name {
            changes.add(Field::Name, Some(person.name.full()), name.full());
            person.name = name;
        }
    }
    let gender_words = |gender: &Gender| match gender {
        Gender::Female => "женский".to_owned(),
        Gender::Male => "мужской".to_owned(),
    };
    let gender = if person.gender.is_some() { row.gender } else { row.gender_or_guess() };
    changes.take(Field::Gender, &mut person.gender, gender.as_ref(), gender_words);
    changes.take(Field::BornOn, &mut person.born_on, row.born_on.as_ref(), |date| {
        date.format("%d.%m.%Y").to_string()
    });
    changes.take(Field::Phone, &mut person.phone, row.phone.as_ref(), String::clone);
    changes.take(Field::Email, &mut person.email, row.email.as_ref(), String::clone);
    changes.take(Field::Education, &mut person.education, row.education.as_ref(), |education| {
        education.title().to_owned()
    });
    changes.take_since(Field::TeachingSince, &mut person.teaching_since, row.teaching_since);
}

fn merge_employment(job: &mut KnownEmployment, row: &ParsedRow, changes: &mut Changes) {
    let mut position = Some(job.position.clone());
    changes.take_text(Field::Position, &mut position, row.position.as_ref());
    job.position = position.unwrap_or_default();
    changes.take_text(Field::Subject, &mut job.subject, row.subject.as_ref());
    match (row.qualification, job.qualification) {
        (Stated::Nothing, Some(known)) => {
            changes.add(Field::Qualification, Some(known.title().to_owned()), "нет категории".to_owned());
            job.qualification = None;
        }
        (Stated::Value(said), _) => {
            changes.take(Field::Qualification, &mut job.qualification, Some(&said), |value| {
                value.title().to_owned()
            });
        }
        (Stated::Empty, _) | (Stated::Nothing, None) => {}
    }
    changes.take(Field::Share, &mut job.share, row.share.as_ref(), |share| format!("{share} %"));
    changes.take_since(Field::HiredOn, &mut job.hired_on, row.hired_on);
}

/// A row without a position cannot make an employment: it then changes only the person.
fn add_employment(
    person: &mut KnownPerson,
    row: &ParsedRow,
    organization: OrganizationId,
    changes: &mut Changes,
) {
    let Some(position) = &row.position else { return };
    let job = KnownEmployment {
        id: None,
        organization_id: organization,
        position: position.clone(),
        subject: row.subject.clone(),
        qualification: match row.qualification {
            Stated::Value(value) => Some(value),
            Stated::Empty | Stated::Nothing => None,
        },
        share: row.share,
        hired_on: row.hired_on,
        ended: None,
    };
    let working = |here: bool| {
        person
            .employments
            .iter()
            .any(|job| job.ended.is_none() && (job.organization_id == organization) == here)
    };
    let how = match (working(true), working(false)) {
        (true, _) => "ещё одна должность в этой организации",
        (false, true) => "работа по совместительству в этой организации",
        (false, false) => "работа в этой организации",
    };
    let subject = job.subject.as_ref().map(|subject| format!(" ({subject})")).unwrap_or_default();
    changes.add(Field::Employment, None, format!("{how}: {position}{subject}"));
    person.employments.push(job);
}

/// The letter «ё» is kept wherever one of the sources has it; a missing patronymic is added. A name with
/// another key (the user has said that the surname was changed) replaces the known one.
fn merge_names(known: &FullName, said: &FullName) -> FullName {
    let lost = said.patronymic.is_none() && known.patronymic.is_some() && short_key(known) == short_key(said);
    let found = known.patronymic.is_none() && short_key(known) == short_key(said);
    if !lost && !found && name_key(known) != name_key(said) {
        return said.clone();
    }
    let patronymic = match (&known.patronymic, &said.patronymic) {
        (Some(known), Some(said)) => Some(merge_part(known, said)),
        (known, said) => known.clone().or_else(|| said.clone()),
    };
    FullName {
        surname: merge_part(&known.surname, &said.surname),
        given: merge_part(&known.given, &said.given),
        patronymic,
    }
}

fn merge_part(known: &str, said: &str) -> String {
    let plain = |text: &str| text.replace('ё', "е").replace('Ё', "Е");
    if plain(known) != plain(said) {
        return known.to_owned();
    }
    known
        .chars()
        .zip(said.chars())
        .map(|(known, said)| if matches!(said, 'ё' | 'Ё') { said } else { known })
        .collect()
}
