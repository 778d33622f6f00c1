//! Names of people in cases, and forms typed by hand.

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::{given, surname};
use crate::person::{FullName, Gender};

/// Full names typed by a person for some of the cases («форма, введённая вручную»).
///
/// Such a form wins over the rules: families differ («Заяца» or «Зайца»), and the owner knows.
/// The nominative is the name itself and has no hand-written form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NameForms {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genitive: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dative: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accusative: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instrumental: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prepositional: Option<String>,
}

/// Why a hand-written form cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFormError {
    /// Without the same number of words nobody can tell the surname from the given name.
    #[error(
        "В форме «{form}» ({} падеж) слов: {found}, а в имени «{name}»: {expected}. \
         Введите фамилию, имя и отчество полностью, в том же порядке.",
        case.title()
    )]
    WordCount { case: Case, form: String, name: String, found: usize, expected: usize },
}

impl NameForms {
    /// The form typed for the case; blank ones count as absent.
    pub fn get(&self, case: Case) -> Option<&str> {
        let form = match case {
            Case::Nominative => None,
            Case::Genitive => self.genitive.as_deref(),
            Case::Dative => self.dative.as_deref(),
            Case::Accusative => self.accusative.as_deref(),
            Case::Instrumental => self.instrumental.as_deref(),
            Case::Prepositional => self.prepositional.as_deref(),
        };
        form.filter(|text| !text.trim().is_empty())
    }

    /// Writes the form of a case; a blank text removes it. The nominative cannot be set here.
    pub fn set(&mut self, case: Case, form: &str) {
        let text = super::text::squeeze(form);
        let value = (!text.is_empty()).then_some(text);
        match case {
            Case::Nominative => {}
            Case::Genitive => self.genitive = value,
            Case::Dative => self.dative = value,
            Case::Accusative => self.accusative = value,
            Case::Instrumental => self.instrumental = value,
            Case::Prepositional => self.prepositional = value,
        }
    }

    pub fn is_empty(&self) -> bool {
        Case::ALL.into_iter().all(|case| self.get(case).is_none())
    }

    /// Checks that every typed form has as many words as the name itself.
    ///
    /// # Errors
    /// [`NameFormError::WordCount`] for the first form that does not fit.
    pub fn check(&self, name: &FullName) -> Result<(), NameFormError> {
        let full = name.full();
        let expected = words(&full);
        for case in Case::ALL {
            let Some(form) = self.get(case) else { continue };
            let found = words(form);
            if found != expected {
                return Err(NameFormError::WordCount {
                    case,
                    form: form.to_owned(),
                    name: full,
                    found,
                    expected,
                });
            }
        }
        Ok(())
    }
}

/// The name in a case. A fitting form typed by hand wins; one that does not fit
/// ([`NameForms::check`]) is passed over, so that a paper never loses a part of the name.
pub fn decline_name(name: &FullName, gender: Gender, case: Case, by_hand: Option<&NameForms>) -> FullName {
    let Some(oblique) = case.oblique() else {
        return name.clone();
    };
    if let Some(typed) = by_hand.and_then(|forms| forms.get(case)).and_then(|form| split_like(form, name)) {
        return typed;
    }
    FullName {
        surname: surname::decline(&name.surname, gender, oblique),
        given: given::decline(&name.given, gender, oblique),
        patronymic: name
            .patronymic
            .as_deref()
            .map(|patronymic| given::decline_patronymic(patronymic, gender, oblique)),
    }
}

/// «Семёновой Есении Филимоновне».
pub fn decline_full(name: &FullName, gender: Gender, case: Case, by_hand: Option<&NameForms>) -> String {
    decline_name(name, gender, case, by_hand).full()
}

/// «Семёновой Е. Ф.» with non-breaking spaces.
pub fn decline_short(name: &FullName, gender: Gender, case: Case, by_hand: Option<&NameForms>) -> String {
    decline_name(name, gender, case, by_hand).short()
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Splits a typed form into parts with as many words as the parts of the name have.
fn split_like(form: &str, name: &FullName) -> Option<FullName> {
    let parts: Vec<&str> = form.split_whitespace().collect();
    let surname = words(&name.surname);
    let given = surname + words(&name.given);
    let total = given + name.patronymic.as_deref().map_or(0, words);
    if parts.len() != total {
        return None;
    }
    Some(FullName {
        surname: parts[..surname].join(" "),
        given: parts[surname..given].join(" "),
        patronymic: name.patronymic.as_ref().map(|_| parts[given..].join(" ")),
    })
}
