//! Forms of the names that a text may hold.

use std::collections::HashMap;

use super::tokens::{Kind, Token, tokens};
use super::{Cases, Stand};
use crate::person::{FullName, Gender};
use crate::russian::{
    Case, NameForms, common_forms, decline_name, decline_organization, fix_lookalikes, search_key,
};

/// Somebody whose name must not stay.
#[derive(Clone, Debug)]
pub struct Person {
    pub name: FullName,
    pub gender: Gender,
    /// Forms typed by hand.
    pub forms: Option<NameForms>,
    /// The role that stands for the name.
    pub stand: Stand,
}

/// Everything that a text may name.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub(super) words: HashMap<String, Vec<Hit>>,
    pub(super) phrases: Vec<Phrase>,
    stands: Vec<Stand>,
}

/// A form of a word and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) person: usize,
    pub(super) part: Part,
    pub(super) cases: Cases,
}

/// Which part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Surname,
    Given,
    Patronymic,
    Town,
}

/// Several words in a row, quotes and spaces between them aside.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) words: Vec<String>,
    pub(super) stand: Stand,
}

impl Known {
    /// Learns the names: people, organizations and towns as the records write them.
    pub fn new(people: &[Person], organizations: &[String], towns: &[String]) -> Self {
        let mut known = Self::default();
        for person in people {
            known.add_person(person);
        }
        for name in organizations {
            known.add_organization(name);
        }
        for name in towns {
            known.add_town(name);
        }
        known
    }

    /// The same with words that a person has added: they give way wherever they stand.
    #[must_use]
    pub fn with(mut self, added: &[String]) -> Self {
        for words in added {
            self.add_phrase(words, Stand::Title);
        }
        self
    }

    pub(super) fn hits(&self, word: &Token<'_>) -> &[Hit] {
        if word.kind != Kind::Word {
            return &[];
        }
        self.words.get(&key(word.text)).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn stand(&self, person: usize) -> Stand {
        self.stands.get(person).copied().unwrap_or(Stand::Teacher)
    }

    fn add_person(&mut self, person: &Person) {
        let index = self.stands.len();
        self.stands.push(person.stand);
        for case in Case::ALL {
            for forms in [None, person.forms.as_ref()] {
                self.add_name(index, &decline_name(&person.name, person.gender, case, forms), case);
            }
        }
        // The other gender as well: a slip of the pen names the person no less. The own forms come first.
        let other = match person.gender {
            Gender::Female => Gender::Male,
            Gender::Male => Gender::Female,
        };
        let surname = counterpart(&person.name.surname, other);
        let slip = FullName { surname, ..person.name.clone() };
        let mut slips = Self::default();
        for case in Case::ALL {
            slips.add_name(index, &decline_name(&slip, other, case, None), case);
        }
        slips.add_spoken(index, &person.name.surname);
        for (word, hits) in slips.words {
            let own = self.words.entry(word).or_default();
            let is_new =
                |hit: &Hit| !own.iter().any(|known| known.person == hit.person && known.part == hit.part);
            let new: Vec<Hit> = hits.into_iter().filter(is_new).collect();
            own.extend(new);
        }
        self.add_family(index, &person.name.surname);
    }

    fn add_name(&mut self, index: usize, name: &FullName, case: Case) {
        self.add(index, Part::Surname, &name.surname, case);
        self.add(index, Part::Given, &name.given, case);
        self.add(index, Part::Patronymic, name.patronymic.as_deref().unwrap_or_default(), case);
    }

    /// «Зайца» beside «Заяца», «у Шевченки»: as the word is declined that the surname is, and as people speak.
    fn add_spoken(&mut self, index: usize, surname: &str) {
        use Case::{Accusative, Dative, Genitive, Instrumental, Prepositional};
        for word in parts(surname) {
            for (case, form) in common_forms(word) {
                self.add(index, Part::Surname, &form, case);
            }
            let lower = word.to_lowercase();
            let Some(stem) = lower.strip_suffix('о').filter(|stem| stem.ends_with('к')) else { continue };
            for (ending, cases) in [
                ("и", &[Genitive][..]),
                ("е", &[Dative, Prepositional]),
                ("у", &[Accusative]),
                ("ой", &[Instrumental]),
            ] {
                for case in cases {
                    self.add(index, Part::Surname, &format!("{stem}{ending}"), *case);
                }
            }
        }
    }

    /// «Петровы», «Вяземские»: the family together.
    fn add_family(&mut self, index: usize, surname: &str) {
        use Case::{Accusative, Dative, Genitive, Instrumental, Nominative, Prepositional};
        for word in parts(surname) {
            let lower = word.to_lowercase();
            let (stem, endings) = if let Some(stem) = ["ский", "цкий", "ская", "цкая"]
                .iter()
                .find_map(|end| lower.strip_suffix(end).map(|stem| format!("{stem}{}", &end[..4])))
            {
                (stem, ["ие", "их", "им", "ими"])
            } else {
                let stem = lower.strip_suffix('а').unwrap_or(&lower).to_owned();
                if !has_plain_ending(&stem) {
                    continue;
                }
                (stem, ["ы", "ых", "ым", "ыми"])
            };
            let cases: [&[Case]; 4] =
                [&[Nominative], &[Genitive, Accusative, Prepositional], &[Dative], &[Instrumental]];
            for (ending, cases) in endings.iter().zip(cases) {
                for case in cases {
                    self.add(index, Part::Surname, &format!("{stem}{ending}"), *case);
                }
            }
        }
    }

    fn add(&mut self, person: usize, part: Part, form: &str, case: Case) {
        for word in parts(form) {
            let cases = Cases::of(case);
            let hits = self.words.entry(key(word)).or_default();
            match hits.iter_mut().find(|hit| hit.person == person && hit.part == part) {
                Some(hit) => hit.cases = hit.cases.or(cases),
                None => hits.push(Hit { person, part, cases }),
            }
        }
    }

    /// The name as a whole in every case, and what stands in its quotes.
    fn add_organization(&mut self, name: &str) {
        for case in Case::ALL {
            self.add_phrase(&decline_organization(name, case), Stand::Organization);
        }
        let quoted = name.split('«').nth(1).and_then(|rest| rest.split('»').next()).unwrap_or_default();
        if !quoted.chars().any(|sign| sign.is_ascii_digit()) {
            self.add_phrase(quoted, Stand::Organization);
        }
    }

    fn add_town(&mut self, name: &str) {
        const KINDS: &[&str] =
            &["город", "г", "район", "округ", "городской", "муниципальный", "посёлок", "село"];
        let index = self.stands.len();
        self.stands.push(Stand::Town);
        for word in tokens(name).iter().filter(|token| token.is_capital()) {
            if KINDS.contains(&word.text.to_lowercase().as_str()) {
                continue;
            }
            let name = FullName::new(word.text, "", None);
            for case in Case::ALL {
                self.add(index, Part::Town, &decline_organization(word.text, case), case);
                self.add(index, Part::Town, &decline_name(&name, Gender::Male, case, None).surname, case);
            }
        }
    }

    fn add_phrase(&mut self, text: &str, stand: Stand) {
        let words: Vec<String> =
            tokens(text).iter().filter(|token| counts(token)).map(|token| key(token.text)).collect();
        let is_new = !words.is_empty() && self.phrases.iter().all(|phrase| phrase.words != words);
        if is_new {
            self.phrases.push(Phrase { words, stand });
        }
    }
}

/// Whether a token belongs to a phrase; spaces, quotes and stops between its words don't.
pub(super) fn counts(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Word | Kind::Digits) || token.text == "№"
}

/// The key under which a word is looked for: twins of other alphabets and hidden marks aside.
pub(super) fn key(word: &str) -> String {
    search_key(&fix_lookalikes(&search_key(word)).0)
}

/// Words of a name that say something: «Петрова-Водкина» has two.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let split =
        |sign: char| sign.is_whitespace() || matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\'' | '’');
    name.split(split).filter(|word| word.chars().count() > 1)
}

/// The surname as a relative of the other gender has it: «Семёнов» and «Семёнова», «Вяземский» and «Вяземская». Others stay.
fn counterpart(surname: &str, gender: Gender) -> String {
    let part = |word: &str| -> String {
        match gender {
            Gender::Female => {
                match word.strip_suffix("ий").filter(|stem| stem.ends_with("ск") || stem.ends_with("цк"))
                {
                    Some(stem) => format!("{stem}ая"),
                    None if has_plain_ending(word) => format!("{word}а"),
                    None => word.to_owned(),
                }
            }
            Gender::Male => match word
                .strip_suffix("ая")
                .filter(|stem| stem.ends_with("ск") || stem.ends_with("цк"))
            {
                Some(stem) => format!("{stem}ий"),
                None => {
                    word.strip_suffix('а').filter(|stem| has_plain_ending(stem)).unwrap_or(word).to_owned()
                }
            },
        }
    };
    surname.split('-').map(part).collect::<Vec<_>>().join("-")
}

/// «Семёнов», «Ильин», «Лисицын».
fn has_plain_ending(word: &str) -> bool {
    ["ов", "ев", "ёв", "ин", "ын"].iter().any(|end| word.ends_with(end))
}
