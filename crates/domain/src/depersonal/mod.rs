//! Taking names out of a text (D12, ДК 1.6, 152-ФЗ): everything that leads to a person or an organization gives way to a
//! word for its role, in the case the sentence asks for.
//!
//! A text becomes pieces. Joined as they were written, they are the text again, sign by sign; joined as they are read by
//! others, no form of a known name is left. What the rules are not sure of is marked for a person to decide.

mod contacts;
mod forms;
mod ordinary;
mod people;
mod places;
mod sentence;
mod stand;
mod tokens;

use std::collections::BTreeMap;

use crate::russian::{Case, search_key};

pub use forms::{Known, Person};
use sentence::Begins;
pub use stand::Stand;

use tokens::{Kind, Token, tokens};

#[cfg(test)]
mod tests;

/// A text in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked(pub Vec<Piece>);

/// A part of a text as it was written, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub mark: Mark,
}

/// What becomes of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Plain,
    /// Surely a name or an address: always replaced.
    Replaced(Substitute),
    /// Perhaps a name: a person decides.
    Doubtful(Substitute),
}

/// The word that stands instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Substitute {
    pub stand: Stand,
    pub case: Case,
    /// Whether a sentence begins with it.
    pub letter: Letter,
}

/// The first letter of a substitute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    Capital,
    Small,
}

/// What a person has decided about a doubtful word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Keep,
    Replace(Stand),
}

/// Decisions by the key of the word: one word is asked about once, however often it stands there.
pub type Decisions = BTreeMap<String, Choice>;

impl Substitute {
    /// «Наставника».
    pub fn words(self) -> String {
        let word = self.stand.word(self.case);
        match self.letter {
            Letter::Small => word,
            Letter::Capital => capitalized(&word),
        }
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Piece {
    /// The name of a doubtful piece among the decisions.
    pub fn key(&self) -> String {
        search_key(&self.text)
    }

    /// The piece as others read it. A doubtful one that nobody has decided gives way: better a word too few than a name.
    pub fn read(&self, decisions: &Decisions) -> String {
        match self.mark {
            Mark::Plain => self.text.clone(),
            Mark::Replaced(instead) => instead.words(),
            Mark::Doubtful(instead) => match decisions.get(&self.key()) {
                None => instead.words(),
                Some(Choice::Keep) => self.text.clone(),
                Some(Choice::Replace(stand)) => Substitute { stand: *stand, ..instead }.words(),
            },
        }
    }

    pub const fn is_doubtful(&self) -> bool {
        matches!(self.mark, Mark::Doubtful(_))
    }

    pub const fn is_plain(&self) -> bool {
        matches!(self.mark, Mark::Plain)
    }
}

impl Marked {
    /// The text as it was written.
    pub fn original(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// The text as others read it.
    pub fn read(&self, decisions: &Decisions) -> String {
        self.0.iter().map(|piece| piece.read(decisions)).collect()
    }

    /// What a person has to decide.
    pub fn doubtful(&self) -> impl Iterator<Item = &Piece> {
        self.0.iter().filter(|piece| piece.is_doubtful())
    }

    /// Whether something surely led to a person or an organization.
    pub fn has_replaced(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece.mark, Mark::Replaced(_)))
    }
}

/// Marks everything in the text that leads to a person or an organization.
pub fn depersonalize(text: &str, known: &Known) -> Marked {
    let mut reading = Reading { tokens: tokens(text), known, taken: 0 };
    let mut marked = Marked::default();
    let mut at = 0;
    while at < reading.tokens.len() {
        let (length, mark) = reading.found(at).unwrap_or((1, Mark::Plain));
        let text: String = reading.tokens[at..at + length].iter().map(|token| token.text).collect();
        marked.push(text, mark);
        at += length;
        if mark != Mark::Plain {
            reading.taken = at;
        }
    }
    marked
}

impl Marked {
    fn push(&mut self, text: String, mark: Mark) {
        match self.0.last_mut() {
            Some(last) if last.is_plain() && mark == Mark::Plain => last.text.push_str(&text),
            _ => self.0.push(Piece { text, mark }),
        }
    }
}

/// A text being read.
struct Reading<'a> {
    tokens: Vec<Token<'a>>,
    known: &'a Known,
    /// Where the last name ends: a stop inside of it ends no sentence.
    taken: usize,
}

/// How many tokens something takes, what stands instead, in which cases its form may be.
type Place = (usize, Stand, Cases);

impl Reading<'_> {
    /// What begins at this token: how many tokens, and their mark.
    fn found(&self, at: usize) -> Option<(usize, Mark)> {
        let surely = self.contact(at).or_else(|| self.place(at));
        if let Some((length, stand, cases)) = surely {
            return Some((length, Mark::Replaced(self.substitute(at, stand, cases))));
        }
        self.person(at).or_else(|| self.stranger(at))
    }

    fn substitute(&self, at: usize, stand: Stand, cases: Cases) -> Substitute {
        let case = cases.chosen(self.word_before(at));
        let is_small = self.tokens[at].text.chars().next().is_some_and(char::is_lowercase);
        let begins = matches!(self.begins(at), Begins::Sentence | Begins::Member);
        let letter = if begins && !is_small { Letter::Capital } else { Letter::Small };
        Substitute { stand, case, letter }
    }

    fn token(&self, at: usize) -> Option<&Token<'_>> {
        self.tokens.get(at)
    }

    fn is_sign(&self, at: usize, signs: &str) -> bool {
        self.token(at).is_some_and(|token| token.kind == Kind::Sign && signs.contains(token.text))
    }

    fn is_space(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.kind == Kind::Space)
    }

    /// The place after the spaces that stand here.
    fn past_spaces(&self, mut at: usize) -> usize {
        while self.is_space(at) {
            at += 1;
        }
        at
    }

    /// The word before, if only spaces and an opening quote stand between.
    fn word_before(&self, at: usize) -> Option<&str> {
        let before = self.tokens[..at].iter().rev();
        let mut before = before.skip_while(|token| token.kind == Kind::Space || "«\"„(".contains(token.text));
        before.next().filter(|token| token.kind == Kind::Word).map(|token| token.text)
    }
}

/// The cases a form may be in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cases(u8);

impl Cases {
    const ANY: Self = Self(0);

    fn of(case: Case) -> Self {
        Self(1 << Case::ALL.iter().position(|one| *one == case).unwrap_or(0))
    }

    fn has(self, case: Case) -> bool {
        self.0 & Self::of(case).0 != 0
    }

    const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both allow; what the first allows if they have nothing in common.
    const fn and(self, other: Self) -> Self {
        if self.0 & other.0 == 0 { self } else { Self(self.0 & other.0) }
    }

    /// The case the word before asks for, if the form may be in it.
    fn chosen(self, before: Option<&str>) -> Case {
        let asked = before.map(str::to_lowercase).and_then(|word| governed(&word));
        if let Some(case) =
            asked.and_then(|cases| cases.iter().find(|case| self == Self::ANY || self.has(**case)))
        {
            return *case;
        }
        if self == Self::ANY {
            return if before.is_some() { Case::Genitive } else { Case::Nominative };
        }
        Case::ALL.into_iter().find(|case| self.has(*case)).unwrap_or(Case::Nominative)
    }
}

/// Cases that a preposition governs, the likelier first.
fn governed(word: &str) -> Option<&'static [Case]> {
    use Case::{Accusative, Dative, Genitive, Instrumental, Prepositional};
    Some(match word {
        "у" | "от" | "до" | "из" | "без" | "для" | "около" | "после" | "кроме" | "вместо" => {
            &[Genitive]
        }
        "к" | "ко" | "благодаря" => &[Dative],
        "по" => &[Dative, Prepositional],
        "с" | "со" => &[Instrumental, Genitive],
        "над" | "под" | "перед" | "между" => &[Instrumental],
        "о" | "об" | "обо" | "при" | "в" | "во" | "на" => &[Prepositional, Accusative],
        "про" | "через" => &[Accusative],
        _ => return None,
    })
}
