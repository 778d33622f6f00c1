//! Soft scores: how well two people suit each other, in parts that a curator can read.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::people::{DOMAINS, Mentee, Mentor, People, Profile, Shift};
use crate::config::MatchingWeights;
use crate::kind::Kind;
use crate::pair::Seniority;
use crate::russian::count;

/// What a part of a score is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    Needs,
    Subject,
    Place,
    Experience,
    Shift,
    Wishes,
}

impl Aspect {
    /// Words for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Needs => "Помощь, которая нужна",
            Self::Subject => "Предмет",
            Self::Place => "Место работы",
            Self::Experience => "Опыт",
            Self::Shift => "Смена",
            Self::Wishes => "Пожелания",
        }
    }

    /// Rests on a request or its wishes, which only the author and the curator may read.
    pub const fn is_confidential(self) -> bool {
        matches!(self, Self::Needs | Self::Wishes)
    }
}

/// A part of a score with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub aspect: Aspect,
    pub points: u16,
    /// The most points this part can give.
    pub most: u16,
    /// «нужна помощь: методика; наставник силён в методике» and the like.
    pub words: String,
}

/// A score that can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    pub parts: Vec<Part>,
}

impl Explanation {
    /// The score: the sum of the parts.
    pub fn score(&self) -> u16 {
        self.parts.iter().map(|part| part.points).sum()
    }

    /// The most points these parts can give.
    pub fn most(&self) -> u16 {
        self.parts.iter().map(|part| part.most).sum()
    }

    /// «хорошо подходят: 640 из 1000».
    pub fn words(&self) -> String {
        let (score, most) = (u32::from(self.score()), u32::from(self.most()).max(1));
        let how = match score * 4 / most {
            3.. => "очень хорошо подходят",
            2 => "хорошо подходят",
            1 => "подходят",
            _ => "подходят отчасти",
        };
        format!("{how}: {score} из {most}")
    }
}

/// The score of an allowed pair without its words: what the search asks of every pair.
pub fn points(
    mentor: &Mentor,
    mentee: &Mentee,
    kinds: &BTreeSet<Kind>,
    today: NaiveDate,
    weights: &MatchingWeights,
) -> u16 {
    let (one, two) = (&mentor.profile, &mentee.profile);
    let experience = Experience::of(one.seniority, two.seniority, kinds, today);
    let teach_the_same = one.subjects.iter().any(|subject| two.subjects.contains(subject));
    needs_points(mentor.strengths, mentee.needs, weights.needs)
        + if teach_the_same { weights.subject } else { 0 }
        + place_points(one, two, weights)
        + gap_points(experience.gap, weights)
        + shift_points(one.shift, two.shift, weights.shift)
        + wishes_points(one, two, weights.wishes)
}

/// The score of an allowed pair. `reverse` kinds turn the experience around: the younger one teaches.
pub fn explain(
    mentor: &Mentor,
    mentee: &Mentee,
    kinds: &BTreeSet<Kind>,
    people: &People,
    weights: &MatchingWeights,
) -> Explanation {
    let (one, two) = (&mentor.profile, &mentee.profile);
    let experience = Experience::of(one.seniority, two.seniority, kinds, people.today);
    let parts = vec![
        needs(mentor, mentee, people, weights.needs),
        subject(one, two, weights.subject),
        place(one, two, weights),
        Part {
            aspect: Aspect::Experience,
            points: gap_points(experience.gap, weights),
            most: weights.experience,
            words: experience.words(),
        },
        shift(one, two, weights.shift),
        wishes(one, two, weights.wishes),
    ];
    Explanation { parts }
}

/// How much is needed, and how much of it the mentor covers.
fn needed(strengths: [u8; DOMAINS], needs: [u8; DOMAINS]) -> (u32, u32) {
    let needed = needs.into_iter().map(u32::from).sum();
    let sides = needs.into_iter().zip(strengths);
    (needed, sides.map(|(need, strength)| u32::from(strength.min(need))).sum())
}

pub(super) fn needs_points(strengths: [u8; DOMAINS], needs: [u8; DOMAINS], most: u16) -> u16 {
    match needed(strengths, needs) {
        // Who named no need is helped equally well by everybody.
        (0, _) => most / 2,
        (needed, covered) => share(most, covered, needed),
    }
}

/// How much of what the mentee needs the mentor is strong in, domain by domain.
fn needs(mentor: &Mentor, mentee: &Mentee, people: &People, most: u16) -> Part {
    let points = needs_points(mentor.strengths, mentee.needs, most);
    let part = |words| Part { aspect: Aspect::Needs, points, most, words };
    let (needed, covered) = needed(mentor.strengths, mentee.needs);
    if needed == 0 {
        return part("наставляемый не назвал, в чём нужна помощь".to_owned());
    }
    let named = |test: &dyn Fn(u8, u8) -> bool| {
        let sides = mentee.needs.iter().zip(mentor.strengths).zip(&people.domains);
        let found = sides.filter(|((need, strength), _)| **need > 0 && test(**need, *strength));
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
    part(words.join("; "))
}

fn subject(one: &Profile, two: &Profile, most: u16) -> Part {
    let common: Vec<&str> = one.subjects.intersection(&two.subjects).map(String::as_str).collect();
    let (points, words) = match common[..] {
        [] => (0, "предметы разные".to_owned()),
        _ => (most, format!("преподают одно: {}", common.join(", "))),
    };
    Part { aspect: Aspect::Subject, points, most, words }
}

fn place_points(one: &Profile, two: &Profile, weights: &MatchingWeights) -> u16 {
    if one.workplace.organization == two.workplace.organization {
        weights.same_organization
    } else if one.workplace.municipality == two.workplace.municipality {
        weights.same_municipality
    } else {
        0
    }
}

fn place(one: &Profile, two: &Profile, weights: &MatchingWeights) -> Part {
    let words = if one.workplace.organization == two.workplace.organization {
        "работают в одной организации"
    } else if one.workplace.municipality == two.workplace.municipality {
        "работают в разных организациях одного муниципалитета, оба готовы встречаться на расстоянии"
    } else {
        "работают в разных муниципалитетах, оба готовы встречаться на расстоянии"
    };
    Part {
        aspect: Aspect::Place,
        points: place_points(one, two, weights),
        most: weights.same_organization,
        words: words.to_owned(),
    }
}

/// The gap in experience in the right direction; nothing where it is not known.
struct Experience {
    gap: Option<u32>,
    /// Who is to be the more experienced.
    side: &'static str,
}

impl Experience {
    fn of(one: Seniority, two: Seniority, kinds: &BTreeSet<Kind>, today: NaiveDate) -> Self {
        let is_reverse = kinds.contains(&Kind::Reverse);
        let (less, more) = if is_reverse { (one, two) } else { (two, one) };
        let gap = years(more, today).zip(years(less, today)).map(|(more, less)| more.saturating_sub(less));
        Self { gap, side: if is_reverse { "наставляемый" } else { "наставник" } }
    }

    fn words(&self) -> String {
        match self.gap {
            None => "опыт одного из них неизвестен".to_owned(),
            Some(0) => format!("{} не опытнее", self.side),
            Some(gap) => {
                format!("{} опытнее на {}", self.side, count(u64::from(gap), "год", "года", "лет"))
            }
        }
    }
}

/// The wider the gap in years the better, up to a limit.
pub(super) fn gap_points(gap: Option<u32>, weights: &MatchingWeights) -> u16 {
    let limit = weights.experience_years.max(1);
    gap.map_or(0, |gap| share(weights.experience, gap.min(limit), limit))
}

pub(super) fn shift_points(one: Option<Shift>, two: Option<Shift>, most: u16) -> u16 {
    match (one, two) {
        (Some(one), Some(two)) if one == two => most,
        (Some(_), Some(_)) => 0,
        _ => most / 2,
    }
}

fn shift(one: &Profile, two: &Profile, most: u16) -> Part {
    let words = match (one.shift, two.shift) {
        (Some(one), Some(two)) if one == two => "работают в одну смену",
        (Some(_), Some(_)) => "работают в разные смены",
        _ => "смена одного из них неизвестна",
    };
    let points = shift_points(one.shift, two.shift, most);
    Part { aspect: Aspect::Shift, points, most, words: words.to_owned() }
}

fn wishes_points(one: &Profile, two: &Profile, most: u16) -> u16 {
    match (one.likes.contains(&two.person), two.likes.contains(&one.person)) {
        (true, true) => most,
        (true, false) | (false, true) => most / 2,
        (false, false) => 0,
    }
}

/// Wishes are confidential: the words never tell whose it was if it was one side's.
fn wishes(one: &Profile, two: &Profile, most: u16) -> Part {
    let words = match (one.likes.contains(&two.person), two.likes.contains(&one.person)) {
        (true, true) => "оба хотели бы работать вместе",
        (true, false) | (false, true) => "есть пожелание работать вместе",
        (false, false) => "пожеланий нет",
    };
    let points = wishes_points(one, two, most);
    Part { aspect: Aspect::Wishes, points, most, words: words.to_owned() }
}

/// Whole years of teaching up to a day.
pub(super) fn years(seniority: Seniority, today: NaiveDate) -> Option<u32> {
    let since = seniority.teaching_since?.earliest();
    let before = (today.month(), today.day()) < (since.month(), since.day());
    u32::try_from(today.year() - since.year() - i32::from(before)).ok()
}

/// `part` of `whole` of the points.
fn share(most: u16, part: u32, whole: u32) -> u16 {
    u16::try_from(u32::from(most) * part / whole).unwrap_or(most)
}
