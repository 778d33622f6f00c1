//! The Russian language: names and titles in cases, counts, dates, search and order of words.
//!
//! Papers of the order are written in Russian, and a person notices a wrong ending in their own name
//! before anything else. Rules come from `petrovich` (names) and the `rumorph` dictionary
//! (positions, organizations); what these get wrong is mended here, each exception with its reason.
//! The last word belongs to the person: a form typed by hand ([`NameForms`]) beats every rule.

mod case;
mod dates;
mod gender;
mod given;
mod morphology;
mod names;
mod plural;
mod proper;
mod sort;
mod surname;
mod text;
mod titles;

pub use case::Case;
pub use dates::{Experience, document, experience, long, period, quoted, short};
pub use gender::guess_gender;
pub use names::{NameFormError, NameForms, decline_full, decline_name, decline_short};
pub use plural::{choose, count, duration_words};
pub use proper::{Likeness, common_forms, is_only_a_name, lemmas, likeness};
pub use sort::{compare, sort_key};
pub use text::{fix_lookalikes, search_key, squeeze, title_case_name};
pub use titles::{decline_organization, decline_position};

#[cfg(test)]
mod laws_tests;
#[cfg(test)]
mod names_tests;
#[cfg(test)]
mod staff_tests;
#[cfg(test)]
pub(crate) use staff_tests::staff_forms;
#[cfg(test)]
mod titles_tests;
