//! People in a text: surnames, given names, patronymics and initials that stand together.

use super::forms::{Hit, Part};
use super::ordinary::seems;
use super::sentence::Begins;
use super::tokens::{Kind, Token};
use super::{Cases, Mark, Reading, Stand};
use crate::russian::{Likeness, is_only_a_name, lemmas};

/// Names that stand together: where they end, and what of them is known.
#[derive(Default)]
struct Group<'a> {
    end: usize,
    known: Vec<&'a [Hit]>,
    initials: usize,
    /// A word that nobody knows, taken in because initials stand beside it.
    stranger: Option<usize>,
}

/// Ends of surnames that no list of abbreviations has.
const SURNAMES: &[&str] = &[
    "ов",
    "ев",
    "ин",
    "ын",
    "ова",
    "ева",
    "ина",
    "ына",
    "ский",
    "ская",
    "цкий",
    "цкая",
    "енко",
    "дзе",
    "швили",
    "янц",
];

/// The second word of patronymics of the east: «Рашид оглы».
const EASTERN: &[&str] = &["оглы", "оглу", "кызы", "гызы", "кзы", "улы", "уулу"];

impl Reading<'_> {
    /// A person named at this token.
    pub(super) fn person(&self, at: usize) -> Option<(usize, Mark)> {
        let group = self.group(at)?;
        let length = group.end - at;
        if group.known.is_empty() {
            if self.lists(at, &group) {
                return None;
            }
            // «А. С. Пушкин» is nobody of the school: a person decides.
            let instead = self.substitute(at, Stand::Teacher, Cases::ANY);
            return Some((length, Mark::Doubtful(instead)));
        }
        let (stand, cases) = self.resolved(&group.known);
        let instead = self.substitute(at, stand, cases);
        let is_sure = group.initials > 0
            || group.known.len() > 1
            || group.known[0].iter().any(|hit| hit.part != Part::Given)
            || matches!(stand, Stand::Mentor | Stand::Mentee);
        Some((length, if is_sure { Mark::Replaced(instead) } else { Mark::Doubtful(instead) }))
    }

    /// «Б. Телефон»: a letter of a list and no initial.
    fn lists(&self, at: usize, group: &Group<'_>) -> bool {
        let is_thing = |word: usize| seems(&self.tokens[word]) <= Likeness::Thing;
        group.initials == 1 && self.begins_line(at) && group.stranger.is_some_and(is_thing)
    }

    /// Words with a capital letter that nobody knows, and names that somebody wrote with a small one.
    pub(super) fn stranger(&self, at: usize) -> Option<(usize, Mark)> {
        let token = *self.token(at).filter(|token| token.kind == Kind::Word)?;
        if !token.is_capital() {
            return self.careless(at, &token);
        }
        if token.is_initial() || !self.may_be_a_name(at, &token) {
            return None;
        }
        let doubtful = Mark::Doubtful(self.substitute(at, Stand::Teacher, Cases::ANY));
        Some((self.full_name(at) - at, doubtful))
    }

    /// How much a capital letter says depends on where it stands.
    fn may_be_a_name(&self, at: usize, token: &Token<'_>) -> bool {
        if token.is_abbreviation() && lemmas(token.text).is_empty() {
            let lower = token.text.to_lowercase();
            return SURNAMES
                .iter()
                .any(|end| lower.ends_with(end) && lower.chars().count() > end.chars().count() + 1);
        }
        if self.is_first_half(at, token) {
            return false;
        }
        let least = match self.begins(at) {
            _ if token.is_all_capitals() => Likeness::Name,
            Begins::Sentence => Likeness::Name,
            Begins::Member | Begins::AfterDash => Likeness::Being,
            Begins::Nothing => Likeness::Thing,
        };
        let seems = seems(token);
        // «Король Миша»: a name beside it says what the word is.
        let least = if self.is_name_after(at) { least.min(Likeness::Being) } else { least };
        seems >= least
    }

    /// «Психолого-педагогическая»: an adjective in two halves.
    fn is_first_half(&self, at: usize, token: &Token<'_>) -> bool {
        let second = self.token(at + 2).filter(|_| self.is_sign(at + 1, "-"));
        let is_small = second.is_some_and(|token| token.kind == Kind::Word && !token.is_capital());
        // «Петренко-младший» is none.
        is_small && token.text.ends_with('о') && !token.text.ends_with("ко") && lemmas(token.text).is_empty()
    }

    fn is_name_after(&self, at: usize) -> bool {
        let next = self.token(at + 2).filter(|_| self.is_space(at + 1));
        next.is_some_and(|token| token.is_capital() && !token.is_initial() && seems(token) == Likeness::Name)
    }

    /// The place after names in a row: «Мария Степановна» is asked about once.
    fn full_name(&self, at: usize) -> usize {
        let goes_on = |at: usize| {
            self.token(at).is_some_and(|token| {
                token.is_capital()
                    && !token.is_initial()
                    && !token.is_all_capitals()
                    && self.known.hits(token).is_empty()
                    && seems(token) == Likeness::Name
            })
        };
        let mut end = at + 1;
        while goes_on(at) && self.is_space(end) && goes_on(end + 1) {
            end += 2;
        }
        end
    }

    /// «петрова», «ивановна»; «машей», whoever she is.
    fn careless(&self, at: usize, token: &Token<'_>) -> Option<(usize, Mark)> {
        const LEAST: usize = 4;
        let hits = self.known.hits(token);
        let has = |part: Part| hits.iter().any(|hit| hit.part == part);
        let (stand, cases) = self.resolved(&[hits]);
        if has(Part::Patronymic) {
            return Some((1, Mark::Replaced(self.substitute(at, stand, cases))));
        }
        let is_long = token.text.chars().count() >= LEAST;
        let is_name = has(Part::Surname) || (hits.is_empty() && is_only_a_name(token.text));
        (is_long && is_name).then(|| (1, Mark::Doubtful(self.substitute(at, stand, cases))))
    }

    /// The longest run of names and initials from here; nothing if no name is in it.
    fn group(&self, start: usize) -> Option<Group<'_>> {
        let mut group = Group { end: start, ..Group::default() };
        let mut at = start;
        while let Some(token) = self.token(at) {
            if token.is_initial() && self.is_sign(at + 1, ".") {
                group.initials += 1;
                group.end = at + 2;
            } else if self.is_bare_initial(at, &group) {
                group.initials += 1;
                group.end = at + 1;
            } else if !group.known.is_empty() && EASTERN.contains(&token.text.to_lowercase().as_str()) {
                group.end = at + 1;
            } else if token.is_capital() && !self.known.hits(token).is_empty() {
                group.known.push(self.known.hits(token));
                group.end = at + 1;
            } else if token.is_capital()
                && group.stranger.is_none()
                && !token.is_initial()
                && !token.is_abbreviation()
            {
                // Taken in only if initials stand beside it.
                let beside = group.initials > 0 || self.initials_at(self.past_spaces(at + 1));
                if !beside || !group.known.is_empty() {
                    break;
                }
                group.stranger = Some(at);
                group.end = at + 1;
            } else {
                break;
            }
            let past = self.past_spaces(group.end);
            let hyphen =
                self.is_sign(group.end, "-\u{2010}\u{2011}\u{2013}") && !self.is_space(group.end + 1);
            at = if hyphen { group.end + 1 } else { past };
        }
        let names =
            !group.known.is_empty() || group.initials > 1 || (group.initials > 0 && group.stranger.is_some());
        names.then(|| self.without_last_stop(group))
    }

    /// «Петрова И И», «И. И Петрова»: an initial without its stop, beside another one and a name.
    fn is_bare_initial(&self, at: usize, group: &Group<'_>) -> bool {
        let is_initial = |at: usize| self.token(at).is_some_and(Token::is_initial);
        let is_known = |at: usize| self.token(at).is_some_and(|token| !self.known.hits(token).is_empty());
        if !is_initial(at) {
            return false;
        }
        let next = self.past_spaces(at + 1);
        let last = self.past_spaces(next + 1);
        let before_name = is_known(next) || (is_initial(next) && is_known(last));
        (group.initials > 0 && (!group.known.is_empty() || before_name))
            || (!group.known.is_empty() && is_initial(next))
            || (group.known.is_empty() && is_initial(next) && before_name)
    }

    fn initials_at(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_initial) && self.is_sign(at + 1, ".")
    }

    /// «… Петровой И. И. На уроке …»: the stop of the last initial ends the sentence as well.
    fn without_last_stop<'a>(&self, mut group: Group<'a>) -> Group<'a> {
        let next = self.past_spaces(group.end);
        let ends = self.token(next).is_some_and(Token::is_capital);
        if ends && self.is_sign(group.end - 1, ".") {
            group.end -= 1;
        }
        group
    }

    /// Whose name it is and in which cases, as far as all its words agree.
    fn resolved(&self, known: &[&[Hit]]) -> (Stand, Cases) {
        let of_all = |hit: &Hit| known.iter().all(|hits| hits.iter().any(|other| other.person == hit.person));
        let all: Vec<&Hit> = known.iter().flat_map(|hits| hits.iter()).collect();
        let mut agreed: Vec<&Hit> = all.iter().copied().filter(|hit| of_all(hit)).collect();
        if agreed.is_empty() {
            agreed = all;
        }
        let mut stands: Vec<Stand> = agreed.iter().map(|hit| self.known.stand(hit.person)).collect();
        stands.sort_unstable();
        stands.dedup();
        let stand = if let [one] = stands.as_slice() { *one } else { Stand::Teacher };
        let cases = known
            .iter()
            .map(|hits| {
                let own = hits.iter().filter(|hit| agreed.contains(hit));
                own.fold(Cases::ANY, |cases, hit| cases.or(hit.cases))
            })
            .filter(|cases| *cases != Cases::ANY)
            .reduce(Cases::and)
            .unwrap_or(Cases::ANY);
        (stand, cases)
    }
}
