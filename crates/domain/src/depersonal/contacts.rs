//! What leads to a person without a name: mail, links, phones, days of birth, classes.

use super::tokens::{Kind, Token};
use super::{Cases, Place, Reading, Stand};

/// Ends of addresses in the net.
const ZONES: &[&str] = &["ru", "рф", "com", "org", "net", "me", "su", "info", "online", "site", "edu", "pro"];

/// Beginnings of the months, as dates name them.
const MONTHS: &[&str] = &["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];

/// Who works in a school was born before; later days are those of the program itself.
const BORN_BEFORE: u32 = 2019;

/// Letters that classes have.
const CLASSES: &str = "абвгдежзиклмн";

impl Reading<'_> {
    pub(super) fn contact(&self, at: usize) -> Option<Place> {
        self.net(at).or_else(|| self.phone(at)).or_else(|| self.birth(at)).or_else(|| self.class(at))
    }

    /// A mail address, a link, a nickname.
    fn net(&self, at: usize) -> Option<Place> {
        let before = at.checked_sub(1).map(|before| self.tokens[before]);
        let begins = before.is_none_or(|token| {
            matches!(token.kind, Kind::Space | Kind::Line) || "(«\"[,;:".contains(token.text)
        });
        if !begins {
            return None;
        }
        let is_end = |token: &Token<'_>| matches!(token.kind, Kind::Space | Kind::Line);
        let mut end = at + self.tokens[at..].iter().take_while(|token| !is_end(token)).count();
        while end > at && self.is_sign(end - 1, ".,;:!?)»\"]") {
            end -= 1;
        }
        let chunk: String =
            self.tokens[at..end].iter().map(|token| token.text).collect::<String>().to_lowercase();
        if chunk.contains('@') && chunk.chars().count() > 2 {
            return Some((end - at, Stand::Contact, Cases::ANY));
        }
        let host = chunk.split(['/', '?']).next().unwrap_or_default();
        let zone = host.rsplit_once('.').map(|(name, zone)| (!name.is_empty(), zone));
        let is_host = zone.is_some_and(|(named, zone)| named && ZONES.contains(&zone));
        let is_link = chunk.contains("://") || chunk.starts_with("www.") || is_host;
        is_link.then_some((end - at, Stand::Link, Cases::ANY))
    }

    /// «+7 (912) 345-67-89», «8 912 345 67 89», «2-34-56».
    fn phone(&self, at: usize) -> Option<Place> {
        const WHOLE: usize = 11;
        let first = self.token(at)?;
        let plus = self.is_sign(at, "+");
        if !plus && !self.is_sign(at, "(") && first.kind != Kind::Digits {
            return None;
        }
        if first.kind == Kind::Digits && first.text.len() >= WHOLE - 1 {
            return Some((1, Stand::Contact, Cases::ANY));
        }
        let (mut digits, mut end) = (0, at);
        for (index, token) in self.tokens.iter().enumerate().skip(at) {
            let belongs = match token.kind {
                Kind::Digits | Kind::Space => true,
                Kind::Sign => "+-–()\u{2010}\u{2011}".contains(token.text) || self.divides(index),
                Kind::Word | Kind::Line => false,
            };
            if !belongs || digits >= WHOLE {
                break;
            }
            if token.kind == Kind::Digits {
                digits += token.text.len();
                end = index + 1;
            }
        }
        let long = plus || first.text == "8" || first.text == "7" || self.is_sign(at, "(");
        let without_eight = self.is_sign(at, "(") && digits == WHOLE - 1;
        if (long && digits == WHOLE) || without_eight {
            return Some((end - at, Stand::Contact, Cases::ANY));
        }
        self.short_phone(at)
    }

    /// The stop of «8.912.345.67.89»: digits on both sides of it.
    fn divides(&self, at: usize) -> bool {
        let digits = |at: usize| self.token(at).is_some_and(|token| token.kind == Kind::Digits);
        self.is_sign(at, ".") && digits(at + 1) && at.checked_sub(1).is_some_and(digits)
    }

    /// «2-34-56», «234-56-78»: groups joined by hyphens alone.
    fn short_phone(&self, at: usize) -> Option<Place> {
        let digits = |at: usize| {
            self.token(at).filter(|token| token.kind == Kind::Digits).map(|token| token.text.len())
        };
        let joined = self.is_sign(at + 1, "-–") && self.is_sign(at + 3, "-–");
        let groups = (digits(at)?, digits(at + 2)?, digits(at + 4)?);
        let is_phone = joined && matches!(groups, (1..=3, 2, 2));
        is_phone.then_some((5, Stand::Contact, Cases::ANY))
    }

    /// «12.03.1990», «12 марта 1990 года», «1990 года рождения».
    fn birth(&self, at: usize) -> Option<Place> {
        let first = self.token(at)?.number()?;
        let is_year = |number: u32| (1900..BORN_BEFORE).contains(&number);
        if is_year(first) {
            let end = self.past_year(at + 1);
            let word = self.token(self.past_spaces(end))?;
            let born = word.text.to_lowercase().starts_with("рожд") || word.text == "р";
            return (born && end > at + 1).then(|| (self.past_spaces(end) + 1 - at, Stand::Date, Cases::ANY));
        }
        if !(1..=31).contains(&first) {
            return None;
        }
        if self.is_sign(at + 1, "./") && self.is_sign(at + 3, "./") {
            let year = self.token(at + 4)?.number()?;
            let end = self.past_spaces(self.past_year(at + 5));
            if self.is_sign(end, "№") || self.token(end).is_some_and(|token| token.text == "N") {
                // «от 29.12.2012 № 273-ФЗ» is the day of a law.
                return None;
            }
            return is_year(year).then(|| (self.past_year(at + 5) - at, Stand::Date, Cases::ANY));
        }
        let month = self.past_spaces(at + 1);
        let named = self.token(month)?.text.to_lowercase();
        let year = self.past_spaces(month + 1);
        let is_month = MONTHS.iter().any(|beginning| named.starts_with(beginning));
        let old = self.token(year).and_then(Token::number).is_some_and(is_year);
        (is_month && old).then(|| (self.past_year(year + 1) - at, Stand::Date, Cases::ANY))
    }

    /// The place after «г.» or «года».
    fn past_year(&self, at: usize) -> usize {
        let word = self.past_spaces(at);
        match self.token(word).map(|token| token.text) {
            Some("г") if self.is_sign(word + 1, ".") => word + 2,
            Some("г") => word + 1,
            Some(text) if text.starts_with("год") => word + 1,
            _ => at,
        }
    }

    /// «5 «Б»», «5Б», «5-б класс»: the letter leads to thirty children.
    fn class(&self, at: usize) -> Option<Place> {
        let year = u8::try_from(self.token(at)?.number()?).ok().filter(|year| (1..=11).contains(year))?;
        let end = self.class_letter(at)?;
        let named = self.word_before(at).map(str::to_lowercase).unwrap_or_default();
        if ["модел", "навык", "компетенц", "умени"].iter().any(|beginning| named.starts_with(beginning))
        {
            // «навыки 4К» are no class.
            return None;
        }
        let next =
            self.token(self.past_spaces(end)).map(|token| token.text.to_lowercase()).unwrap_or_default();
        let stand = if next.starts_with("клас") { Stand::Parallel(year) } else { Stand::Class(year) };
        Some((end - at, stand, Cases::ANY))
    }

    /// The place after the letter of a class.
    fn class_letter(&self, at: usize) -> Option<usize> {
        let letter = |at: usize| {
            self.token(at).filter(|token| token.kind == Kind::Word && token.text.chars().count() == 1)
        };
        let fits = |token: &Token<'_>| CLASSES.contains(&token.text.to_lowercase());
        let past = self.past_spaces(at + 1);
        if self.is_sign(past, "«\"“„") && self.is_sign(past + 2, "»\"”“") {
            return letter(past + 1).filter(|token| fits(token)).map(|_| past + 3);
        }
        let hyphen = self.is_sign(at + 1, "-–");
        let close = if hyphen { at + 2 } else { at + 1 };
        let names = |from: usize| {
            let next = self.token(self.past_spaces(from + 1)).map(|token| token.text.to_lowercase());
            next.is_some_and(|word| word.starts_with("клас"))
        };
        if let Some(token) = letter(close).filter(|token| fits(token)) {
            // «5-м», «5 г» and «5-е» are no classes unless the word says so.
            let is_plain = token.is_initial() || "абв".contains(token.text);
            if is_plain || names(close) {
                return Some(close + 1);
            }
        }
        let apart = letter(past).filter(|token| fits(token) && token.is_initial());
        apart.filter(|_| past > at + 1 && (names(past) || !self.is_sign(past + 1, "."))).map(|_| past + 1)
    }
}
