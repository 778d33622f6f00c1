//! People in a text: surnames, given names, patronymics and initials that stand together.

use super::forms::{Hit, Part};
use super::tokens::{Kind, Token};
use super::{Cases, Mark, Reading, Stand};
use crate::russian::looks_like_a_name;

/// Names that stand together: where they end, and what of them is known.
#[derive(Default)]
struct Group<'a> {
    end: usize,
    known: Vec<&'a [Hit]>,
    initials: usize,
    /// Words that nobody knows, taken in because initials stand beside them.
    strangers: usize,
}

impl Reading<'_> {
    /// A person named at this token.
    pub(super) fn person(&self, at: usize) -> Option<(usize, Mark)> {
        let group = self.group(at)?;
        let length = group.end - at;
        if group.known.is_empty() {
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

    /// Words with a capital letter that nobody knows, and surnames that somebody wrote with a small one.
    pub(super) fn stranger(&self, at: usize) -> Option<(usize, Mark)> {
        let token = *self.token(at)?;
        if token.kind != Kind::Word {
            return None;
        }
        if !token.is_capital() {
            return self.careless(at, &token);
        }
        if token.is_initial() || token.is_abbreviation() {
            return None;
        }
        if self.begins_sentence(at) && !looks_like_a_name(token.text) {
            return None;
        }
        Some((1, Mark::Doubtful(self.substitute(at, Stand::Teacher, Cases::ANY))))
    }

    /// «петрова», «ивановна».
    fn careless(&self, at: usize, token: &Token<'_>) -> Option<(usize, Mark)> {
        const LEAST: usize = 4;
        let hits = self.known.hits(token);
        let has = |part: Part| hits.iter().any(|hit| hit.part == part);
        let (stand, cases) = self.resolved(&[hits]);
        if has(Part::Patronymic) {
            return Some((1, Mark::Replaced(self.substitute(at, stand, cases))));
        }
        let is_long = token.text.chars().count() >= LEAST;
        (is_long && has(Part::Surname)).then(|| (1, Mark::Doubtful(self.substitute(at, stand, cases))))
    }

    /// The longest run of names and initials from here; nothing if no name is in it.
    fn group(&self, start: usize) -> Option<Group<'_>> {
        let mut group = Group { end: start, ..Group::default() };
        let mut at = start;
        let mut stranger = None;
        while let Some(token) = self.token(at) {
            if token.is_initial() && self.is_sign(at + 1, ".") {
                group.initials += 1;
                group.end = at + 2;
            } else if token.is_capital() && !self.known.hits(token).is_empty() {
                group.known.push(self.known.hits(token));
                group.end = at + 1;
            } else if token.is_capital()
                && stranger.is_none()
                && !token.is_initial()
                && !token.is_abbreviation()
            {
                // Taken in only if initials stand beside it.
                let beside = group.initials > 0 || self.initials_at(self.past_spaces(at + 1));
                if !beside || !group.known.is_empty() {
                    break;
                }
                stranger = Some(at);
                group.strangers += 1;
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
            !group.known.is_empty() || group.initials > 1 || (group.initials > 0 && group.strangers > 0);
        names.then(|| self.without_last_stop(group))
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
