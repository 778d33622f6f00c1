//! A text cut into words, numbers, spaces and signs; joined they are the text again.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Digits,
    Space,
    Line,
    Sign,
}

/// A piece of a text that is not cut further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) kind: Kind,
}

impl Token<'_> {
    /// «Петрова», «ПЕТРОВА».
    pub(super) fn is_capital(&self) -> bool {
        self.kind == Kind::Word && self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// «И» of «И. И.».
    pub(super) fn is_initial(&self) -> bool {
        self.is_capital() && self.text.chars().count() == 1
    }

    /// «ФГОС», «ПЕТРОВА», «ЦЕЛИ ПРОГРАММЫ».
    pub(super) fn is_all_capitals(&self) -> bool {
        self.is_capital() && !self.is_initial() && !self.text.chars().any(char::is_lowercase)
    }

    /// «ФГОС»: so short that capitals may be letters of several words.
    pub(super) fn is_abbreviation(&self) -> bool {
        const LONGEST: usize = 6;
        self.is_all_capitals() && self.text.chars().count() <= LONGEST
    }

    pub(super) fn number(&self) -> Option<u32> {
        if self.kind == Kind::Digits { self.text.parse().ok() } else { None }
    }
}

/// Cuts a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut signs = text.char_indices().peekable();
    while let Some((start, sign)) = signs.next() {
        let kind = kind(sign);
        let mut end = start + sign.len_utf8();
        while let Some((at, next)) = signs.peek().copied() {
            if !joins(kind, next) {
                break;
            }
            end = at + next.len_utf8();
            signs.next();
        }
        found.push(Token { text: &text[start..end], kind });
    }
    found
}

fn kind(sign: char) -> Kind {
    match sign {
        '\n' => Kind::Line,
        _ if sign.is_whitespace() => Kind::Space,
        '0'..='9' => Kind::Digits,
        _ if sign.is_alphabetic() => Kind::Word,
        _ => Kind::Sign,
    }
}

/// Marks that hide inside of words (a soft hyphen, a stress) don't cut them.
fn joins(first: Kind, next: char) -> bool {
    match first {
        Kind::Word => next.is_alphabetic() || is_hidden(next),
        Kind::Digits => next.is_ascii_digit(),
        Kind::Space => kind(next) == Kind::Space,
        Kind::Line | Kind::Sign => false,
    }
}

const fn is_hidden(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{300}'..='\u{308}')
}
