//! Organizations, towns and addresses in a text.

use std::sync::LazyLock;

use super::forms::{counts, key};
use super::tokens::{Kind, Token};
use super::{Cases, Place, Reading, Stand};
use crate::russian::{Case, decline_organization};

/// Organizations by what they are, in every case.
static NOUNS: LazyLock<Vec<(String, Cases)>> = LazyLock::new(|| {
    const NAMES: &[&str] =
        &["школа", "гимназия", "лицей", "сад", "колледж", "техникум", "училище", "интернат"];
    let mut forms: Vec<(String, Cases)> = Vec::new();
    for (name, case) in NAMES.iter().flat_map(|name| Case::ALL.map(|case| (name, case))) {
        let form = decline_organization(name, case);
        match forms.iter_mut().find(|(known, _)| *known == form) {
            Some((_, cases)) => *cases = cases.or(Cases::of(case)),
            None => forms.push((form, Cases::of(case))),
        }
    }
    // «в детском саду»: a case that this word alone has.
    forms.push(("саду".to_owned(), Cases::of(Case::Prepositional).or(Cases::of(Case::Dative))));
    forms
});

/// Abbreviations of kinds of organizations.
const SHORT: &[&str] = &[
    "мбоу",
    "маоу",
    "мкоу",
    "моу",
    "гбоу",
    "гаоу",
    "мбдоу",
    "мадоу",
    "мдоу",
    "мкдоу",
    "доу",
    "сош",
    "оош",
    "нош",
    "мбу",
    "мау",
    "дс",
    "гимназия",
    "ддт",
    "цдт",
    "дюсш",
];

/// What stands before the noun of an organization, by its beginning: it goes with the noun.
const BEFORE: &[&str] = &[
    "вечерн",
    "городск",
    "детск",
    "музыкальн",
    "начальн",
    "общеобразовательн",
    "основн",
    "сельск",
    "спортивн",
    "средн",
    "художественн",
];

/// Words after which an address follows, by their beginnings.
const STREETS: &[&str] =
    &["улиц", "проспект", "переул", "бульвар", "шоссе", "набережн", "микрорайон", "площад"];
const SHORT_STREETS: &[&str] = &["ул", "пр", "пер", "мкр", "пл"];
const TOWNS: &[&str] = &["город", "посёл", "посел", "деревн", "село", "селе", "села"];
const SHORT_TOWNS: &[&str] = &["г", "гор", "пос", "дер"];

impl Reading<'_> {
    pub(super) fn place(&self, at: usize) -> Option<Place> {
        self.phrase(at)
            .or_else(|| self.organization(at))
            .or_else(|| self.address(at))
            .or_else(|| self.town(at))
    }

    /// A name that is known as a whole.
    fn phrase(&self, at: usize) -> Option<Place> {
        self.known
            .phrases
            .iter()
            .filter_map(|phrase| Some((self.matches(at, &phrase.words)?, phrase.stand, Cases::ANY)))
            .max_by_key(|(length, ..)| *length)
    }

    fn matches(&self, start: usize, words: &[String]) -> Option<usize> {
        let mut at = start;
        let first = self.token(start).filter(|token| counts(token))?;
        // The only word of a name is a name when it is written like one.
        if words.len() == 1 && words[0].chars().count() > 2 && first.kind == Kind::Word {
            let quoted = start > 0 && self.is_sign(start - 1, "«\"„");
            if !first.is_capital() && !quoted && self.known_as_name(words) {
                return None;
            }
        }
        for word in words {
            while self.token(at).is_some_and(|token| !counts(token) && token.kind != Kind::Line) && at > start
            {
                at += 1;
            }
            if key(self.token(at)?.text) != *word {
                return None;
            }
            at += 1;
        }
        Some(self.past_closing(start, at) - start)
    }

    /// Words added by hand give way in any writing; names of organizations only with a capital letter.
    fn known_as_name(&self, words: &[String]) -> bool {
        self.known.phrases.iter().any(|phrase| phrase.words == words && phrase.stand == Stand::Organization)
    }

    /// Takes the closing quotes along whose opening ones stand inside.
    fn past_closing(&self, start: usize, mut end: usize) -> usize {
        let count = |signs: &str, end: usize| {
            self.tokens[start..end]
                .iter()
                .filter(|token| signs.contains(token.text) && token.kind == Kind::Sign)
                .count()
        };
        while self.is_sign(end, "»\"”") && count("«\"“„", end) > count("»”", end) {
            end += 1;
        }
        end
    }

    /// «школа № 5», «МБОУ СОШ №5», «лицей «Созвездие»».
    fn organization(&self, at: usize) -> Option<Place> {
        let first = self.past_adjectives(at);
        let (mut end, mut cases) = (first, Cases::ANY);
        while let Some(token) = self.token(end) {
            let lower = key(token.text);
            let noun = NOUNS.iter().find(|(form, _)| *form == lower);
            if token.kind != Kind::Word || (noun.is_none() && !SHORT.contains(&lower.as_str())) {
                break;
            }
            if cases == Cases::ANY {
                cases = noun.map(|(_, cases)| *cases).unwrap_or_default();
            }
            let past = self.past_spaces(end + 1);
            end += 1;
            let opens = self.is_sign(past, "«\"„");
            let inner = if opens { past + 1 } else { past };
            let goes_on = self.token(inner).is_some_and(|token| SHORT.contains(&key(token.text).as_str()));
            if !goes_on
                && !self
                    .token(past)
                    .is_some_and(|token| NOUNS.iter().any(|(form, _)| *form == key(token.text)))
            {
                break;
            }
            end = inner;
        }
        if end == first {
            return None;
        }
        let end = self.own_name(end)?;
        Some((self.past_closing(at, end) - at, Stand::Organization, cases))
    }

    /// The place after «средней общеобразовательной».
    fn past_adjectives(&self, start: usize) -> usize {
        let mut at = start;
        while self.token(at).is_some_and(|token| {
            let lower = token.text.to_lowercase();
            BEFORE.iter().any(|beginning| lower.starts_with(beginning)) && self.is_space(at + 1)
        }) {
            at += 2;
        }
        at
    }

    /// The place after a number, a name in quotes, both, or the name of whom it is named after.
    fn own_name(&self, at: usize) -> Option<usize> {
        let own = self.numbered_or_quoted(at);
        self.named_after(own.unwrap_or(at)).or(own)
    }

    /// «имени А. С. Пушкина», «им. Героя Советского Союза Петрова».
    fn named_after(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 16;
        let word = self.past_spaces(at);
        let token = self.token(word)?;
        let mut at = match token.text {
            "имени" => self.past_spaces(word + 1),
            "им" if self.is_sign(word + 1, ".") => self.past_spaces(word + 2),
            _ => return None,
        };
        let mut end = None;
        for _ in 0..LONGEST {
            match self.token(at) {
                Some(token) if token.is_capital() => end = Some(at + 1),
                Some(token) if token.text == "." && end == Some(at) && self.tokens[at - 1].is_initial() => {}
                _ => break,
            }
            at = self.past_spaces(at + 1);
        }
        end
    }

    fn numbered_or_quoted(&self, at: usize) -> Option<usize> {
        let numbered = self.number(self.past_spaces(at));
        let quoted = self.quoted(self.past_spaces(numbered.unwrap_or(at)));
        let after = quoted.and_then(|end| self.number(self.past_spaces(end)));
        after.or(quoted).or(numbered)
    }

    fn number(&self, at: usize) -> Option<usize> {
        let is_mark = self.is_sign(at, "№") || self.token(at).is_some_and(|token| token.text == "N");
        let digits = if is_mark { self.past_spaces(at + 1) } else { at };
        let token = self.token(digits).filter(|token| token.kind == Kind::Digits)?;
        // «СОШ 5» is a school, «в школе 3 раза» is not.
        let before = self.tokens[..at].iter().rev().find(|token| token.kind != Kind::Space);
        let abbreviated = before.is_some_and(|token| SHORT.contains(&key(token.text).as_str()));
        let is_short = token.text.len() < 4;
        (is_mark || (is_short && (abbreviated || self.counts_nothing(digits)))).then_some(digits + 1)
    }

    /// «в школе 14.» and no «в школе 3 раза»: no word that is counted follows.
    fn counts_nothing(&self, digits: usize) -> bool {
        let next = self.past_spaces(digits + 1);
        self.token(next).is_none_or(|token| match token.kind {
            Kind::Word => token.is_capital(),
            Kind::Sign => ",.;:)!?»".contains(token.text),
            Kind::Line | Kind::Space => true,
            Kind::Digits => false,
        })
    }

    fn quoted(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 16;
        if !self.is_sign(at, "«\"„") {
            return None;
        }
        let close = (at + 1..at + LONGEST).find(|place| self.is_sign(*place, "»\"”"))?;
        self.token(at + 1).filter(|token| token.is_capital() || token.text == "№").map(|_| close + 1)
    }

    /// «ул. Ленина, д. 5, кв. 3», «на проспекте Мира».
    fn address(&self, at: usize) -> Option<Place> {
        let names = self.marker(at, STREETS, SHORT_STREETS)?;
        let mut end = self.capitals(names)?;
        for _ in 0..3 {
            let Some(next) = self.house(end) else { break };
            end = next;
        }
        Some((end - at, Stand::Address, Cases::ANY))
    }

    /// «г. Заозёрный», «в посёлке Светлый».
    fn town(&self, at: usize) -> Option<Place> {
        let names = self.marker(at, TOWNS, SHORT_TOWNS)?;
        Some((self.capitals(names)? - at, Stand::Town, Cases::ANY))
    }

    /// The place after a word that announces a name.
    fn marker(&self, at: usize, whole: &[&str], short: &[&str]) -> Option<usize> {
        let token = self.token(at).filter(|token| token.kind == Kind::Word)?;
        let lower = token.text.to_lowercase();
        if short.contains(&lower.as_str()) && self.is_sign(at + 1, ".") {
            return Some(self.past_spaces(at + 2));
        }
        whole.iter().any(|beginning| lower.starts_with(beginning)).then(|| self.past_spaces(at + 1))
    }

    /// The place after words with capital letters: at most three.
    fn capitals(&self, start: usize) -> Option<usize> {
        let mut end = None;
        let mut at = start;
        for _ in 0..3 {
            let fits =
                |token: &&Token<'_>| token.is_capital() || (end.is_none() && token.kind == Kind::Digits);
            if !self.token(at).as_ref().is_some_and(fits) {
                break;
            }
            let digits = self.token(at).is_some_and(|token| token.kind == Kind::Digits);
            end = Some(at + 1);
            at = if self.is_sign(at + 1, "-") || (digits && self.is_sign(at + 1, ".")) {
                at + 2
            } else {
                self.past_spaces(at + 1)
            };
        }
        end
    }

    /// «, д. 5а», «, 12», «, кв. 3».
    fn house(&self, at: usize) -> Option<usize> {
        let mut at = self.past_spaces(at);
        if self.is_sign(at, ",") {
            at = self.past_spaces(at + 1);
        }
        if self
            .token(at)
            .is_some_and(|token| ["д", "дом", "кв", "квартира", "корп", "стр"].contains(&token.text))
        {
            at += 1;
            if self.is_sign(at, ".") {
                at += 1;
            }
            at = self.past_spaces(at);
        }
        self.token(at).filter(|token| token.kind == Kind::Digits)?;
        let letter = self
            .token(at + 1)
            .is_some_and(|token| token.kind == Kind::Word && token.text.chars().count() == 1);
        Some(if letter { at + 2 } else { at + 1 })
    }
}
