//! Soft scores: how well two people suit each other, in parts that a curator can read.

use chrono::{Datelike, NaiveDate};

use super::people::{Mentee, Mentor, People, Profile};
use crate::config::MatchingWeights;
use crate::kind::Kind;
use crate::pair::Seniority;
use crate::russian::count;

/// A part of a score with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub title: &'static str,
    pub points: u16,
    /// The most points this part can give.
    pub most: u16,
    /// «нужна помощь: методика; наставник силён в методике» and the like.
    pub words: String,
}

/// A score that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub parts: Vec<Part>,
}

impl Explanation {
    /// The score: the sum of the parts.
    pub fn score(&self) -> u16 {
        self.parts.iter().map(|part| part.points).sum()
    }
}

/// The score of an allowed pair. `reverse` kinds turn the experience around: the younger one teaches.
pub fn explain(
    mentor: &Mentor,
    mentee: &Mentee,
    kinds: &std::collections::BTreeSet<Kind>,
    people: &People,
    weights: &MatchingWeights,
) -> Explanation {
    let (one, two) = (&mentor.profile, &mentee.profile);
    let parts = vec![
        needs(mentor, mentee, people, weights.needs),
        subject(one, two, weights.subject),
        place(one, two, weights),
        experience(one.seniority, two.seniority, kinds.contains(&Kind::Reverse), people.today, weights),
        shift(one, two, weights.shift),
        wishes(one, two, weights.wishes),
    ];
    Explanation { parts }
}

/// How much of what the mentee needs the mentor is strong in, domain by domain.
fn needs(mentor: &Mentor, mentee: &Mentee, people: &People, most: u16) -> Part {
    let title = "Помощь, которая нужна";
    let needed: u32 = mentee.needs.iter().map(|need| u32::from(*need)).sum();
    if needed == 0 {
        // Who named no need is helped equally well by everybody.
        let words = "наставляемый не назвал, в чём нужна помощь".to_owned();
        return Part { title, points: most / 2, most, words };
    }
    let sides = || mentee.needs.iter().zip(mentor.strengths).zip(&people.domains);
    let covered: u32 = sides().map(|((need, strength), _)| u32::from(strength.min(*need))).sum();
    let named = |test: &dyn Fn(u8, u8) -> bool| {
        let found = sides().filter(|((need, strength), _)| **need > 0 && test(**need, *strength));
        found.map(|(_, domain)| domain.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut words = vec![format!("нужна помощь: {}", named(&|_, _| true))];
    let strong = named(&|need, strength| strength >= need);
    let partly = named(&|need, strength| strength > 0 && strength < need);
    for (domains, text) in [(strong, "сильные стороны наставника"), (partly, "поможет отчасти")]
    {
        if !domains.is_empty() {
            words.push(format!("{text}: {domains}"));
        }
    }
    if covered == 0 {
        words.push("у наставника другие сильные стороны".to_owned());
    }
    let words = words.join("; ");
    Part { title, points: share(most, covered, needed), most, words }
}

fn subject(one: &Profile, two: &Profile, most: u16) -> Part {
    let common: Vec<&str> = one.subjects.intersection(&two.subjects).map(String::as_str).collect();
    let (points, words) = match common[..] {
        [] => (0, "предметы разные".to_owned()),
        _ => (most, format!("преподают одно: {}", common.join(", "))),
    };
    Part { title: "Предмет", points, most, words }
}

fn place(one: &Profile, two: &Profile, weights: &MatchingWeights) -> Part {
    let (points, words) = if one.workplace.organization == two.workplace.organization {
        (weights.same_organization, "работают в одной организации")
    } else if one.workplace.municipality == two.workplace.municipality {
        (
            weights.same_municipality,
            "работают в разных организациях одного муниципалитета, оба готовы встречаться на расстоянии",
        )
    } else {
        (0, "работают в разных муниципалитетах, оба готовы встречаться на расстоянии")
    };
    Part {
        title: "Место работы", points, most: weights.same_organization, words: words.to_owned()
    }
}

/// The wider the gap in the right direction the better, up to a limit of years.
fn experience(
    one: Seniority,
    two: Seniority,
    reverse: bool,
    today: NaiveDate,
    weights: &MatchingWeights,
) -> Part {
    let most = weights.experience;
    let part = |points, words: String| Part { title: "Опыт", points, most, words };
    let (Some(mentor), Some(mentee)) = (years(one, today), years(two, today)) else {
        return part(0, "опыт одного из них неизвестен".to_owned());
    };
    let gap = if reverse { mentee.saturating_sub(mentor) } else { mentor.saturating_sub(mentee) };
    let limit = weights.experience_years.max(1);
    let side = if reverse { "наставляемый" } else { "наставник" };
    let words = match gap {
        0 => format!("{side} не опытнее"),
        _ => format!("{side} опытнее на {}", count(u64::from(gap), "год", "года", "лет")),
    };
    part(share(most, gap.min(limit), limit), words)
}

fn shift(one: &Profile, two: &Profile, most: u16) -> Part {
    let (points, words) = match (one.shift, two.shift) {
        (Some(one), Some(two)) if one == two => (most, "работают в одну смену"),
        (Some(_), Some(_)) => (0, "работают в разные смены"),
        _ => (most / 2, "смена одного из них неизвестна"),
    };
    Part { title: "Смена", points, most, words: words.to_owned() }
}

/// Wishes are confidential: the words never tell whose it was if it was one side's.
fn wishes(one: &Profile, two: &Profile, most: u16) -> Part {
    let (points, words) = match (one.likes.contains(&two.person), two.likes.contains(&one.person)) {
        (true, true) => (most, "оба хотели бы работать вместе"),
        (true, false) | (false, true) => (most / 2, "есть пожелание работать вместе"),
        (false, false) => (0, "пожеланий нет"),
    };
    Part { title: "Пожелания", points, most, words: words.to_owned() }
}

/// Whole years of teaching up to a day.
fn years(seniority: Seniority, today: NaiveDate) -> Option<u32> {
    let since = seniority.teaching_since?.earliest();
    let before = (today.month(), today.day()) < (since.month(), since.day());
    u32::try_from(today.year() - since.year() - i32::from(before)).ok()
}

/// `part` of `whole` of the points.
fn share(most: u16, part: u32, whole: u32) -> u16 {
    u16::try_from(u32::from(most) * part / whole).unwrap_or(most)
}
