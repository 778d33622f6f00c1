//! Where sentences begin: a capital letter there says nothing about a name.

use super::Reading;
use super::tokens::{Kind, Token};

/// What begins at a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// A sentence, a line or a title.
    Sentence,
    /// A member of a list or an answer after a colon.
    Member,
    /// The same after a dash: people write it with either letter.
    AfterDash,
    Nothing,
}

impl Reading<'_> {
    /// What begins here.
    pub(super) fn begins(&self, at: usize) -> Begins {
        let mut dash = false;
        let mut before = at;
        while before > 0 {
            if before == self.taken {
                return if dash { Begins::AfterDash } else { Begins::Nothing };
            }
            before -= 1;
            let token = self.tokens[before];
            match token.kind {
                Kind::Space => {}
                Kind::Line => return Begins::Sentence,
                Kind::Sign if "«\"„“".contains(token.text) => return Begins::Sentence,
                Kind::Sign if "–—-•*".contains(token.text) => dash |= self.stands_apart(before),
                Kind::Sign if token.text == "(" => {}
                Kind::Sign if token.text == ")" && self.numbers(before) => return Begins::Sentence,
                Kind::Sign if token.text == "." && self.abbreviates(before) => return Begins::Nothing,
                Kind::Sign if ".!?…".contains(token.text) => return Begins::Sentence,
                Kind::Sign if ":;".contains(token.text) => return Begins::Member,
                Kind::Sign | Kind::Word | Kind::Digits if dash => return Begins::AfterDash,
                Kind::Sign | Kind::Word | Kind::Digits => return Begins::Nothing,
            }
        }
        Begins::Sentence
    }

    /// A dash, and no hyphen of «Ханты-Мансийск».
    fn stands_apart(&self, at: usize) -> bool {
        self.token(at + 1).is_none_or(|token| token.kind == Kind::Space)
    }

    /// «2)», «а)» at the beginning of a line.
    fn numbers(&self, bracket: usize) -> bool {
        let short = |token: &Token<'_>| token.kind == Kind::Digits || token.text.chars().count() == 1;
        let Some(mark) = bracket.checked_sub(1).filter(|mark| short(&self.tokens[*mark])) else {
            return false;
        };
        self.tokens[..mark]
            .iter()
            .rev()
            .take_while(|token| token.kind != Kind::Line)
            .all(|token| token.kind == Kind::Space)
    }

    /// Whether a line begins here.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        self.tokens[..at]
            .iter()
            .rev()
            .take_while(|token| token.kind != Kind::Line)
            .all(|token| token.kind == Kind::Space)
    }

    /// «им.», «ул.»: the stop belongs to a short word, no sentence ends.
    fn abbreviates(&self, stop: usize) -> bool {
        const SHORT: &[&str] =
            &["им", "ул", "г", "гор", "пос", "с", "д", "п", "пр", "пер", "пл", "т", "кл", "уч", "тел"];
        stop.checked_sub(1).is_some_and(|word| SHORT.contains(&self.tokens[word].text))
    }
}
