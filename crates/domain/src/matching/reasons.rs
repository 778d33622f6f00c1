//! Why somebody stays without a mentor, and what would change it. Nothing is said that is not true: a mentor is
//! named only if this one obstacle away there would be one more pair.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::groups::Settled;
use super::instance::Instance;
use super::named::Named;
use super::people::{Mentee, Mentor, People};
use super::rules::{self, Audience, Refusal};
use super::search::{Blocks, Found};
use super::solve::Solution;
use super::watch::{Phase, Step, Stopped};
use crate::ids::PersonId;
use crate::russian::count;

/// How many mentors a sentence names.
const NAMED: usize = 3;

/// One thing that stands between a mentee and a mentor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// One more place with this mentor is all that is missing.
    NoPlaceWith(PersonId),
    /// This mentor leads a group and nothing else, and nobody else could come (п. 2.3).
    NoGroupWith(PersonId),
    /// This mentor has, or could be given, a place; only this rule forbids the pair.
    Rule { mentor: PersonId, refusal: Refusal },
}

/// Why somebody stays, without a name: what large runs are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// All suitable mentors have their places taken.
    NoPlaces,
    /// A group could not be brought together (п. 2.3).
    NoGroup,
    /// Nobody of the own organization, and nobody at a distance.
    NobodyNear,
    /// No mentors at all.
    Nobody,
    /// This rule stands in the way of most.
    Rule(Refusal),
}

impl Cause {
    /// A sentence for a list of numbers.
    pub fn words(self, audience: Audience) -> String {
        match self {
            Self::NoPlaces => "Свободных мест нет: у всех подходящих наставников они заняты.".to_owned(),
            Self::NoGroup => GROUP.to_owned(),
            Self::NobodyNear => NEAR.to_owned(),
            Self::Nobody => BANK.to_owned(),
            Self::Rule(refusal) => {
                format!("По правилам не подходит никто. Чаще всего мешает: {}.", refusal.told(audience))
            }
        }
    }
}

const GROUP: &str = "Группа не набралась: нужно не меньше двух наставляемых (п. 2.3 Положения).";
const NEAR: &str = "В организации наставников нет, и на расстоянии в муниципалитете никого не нашлось.";
const BANK: &str = "В банке нет ни одного наставника: предложите кандидатов.";
const DECLINED: &str = "Все подходящие наставники не согласились.";

/// A mentee without a mentor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmatched {
    pub mentee: PersonId,
    /// Each of them alone, if it went, would make one more pair; the best suited first.
    pub obstacles: Vec<Obstacle>,
    /// What forbids mentors, with how many of them it forbids.
    pub refusals: BTreeMap<Refusal, u64>,
    /// How many mentors nothing forbids. All their places are taken, or they lead a group that could not be brought together.
    pub suitable: u64,
    /// How many of them, the best, the solver was given.
    pub kept: u64,
    /// How many mentors of other places were not compared.
    pub beyond: u64,
}

impl Unmatched {
    /// The reason and what would change it, in sentences. `name` tells how a person is called.
    pub fn words(&self, audience: Audience, name: impl Fn(PersonId) -> String) -> Vec<String> {
        let mut sentences = vec![self.reason(audience)];
        let places = self.obstacles.iter().filter_map(|obstacle| match obstacle {
            Obstacle::NoPlaceWith(mentor) => Some(name(*mentor)),
            Obstacle::NoGroupWith(_) | Obstacle::Rule { .. } => None,
        });
        let places: Vec<String> = places.take(NAMED).collect();
        if !places.is_empty() {
            sentences.push(sentence(format!("Подошли бы, если появится место: {}", places.join(", "))));
        }
        let groups = self.groups().map(&name).take(NAMED).collect::<Vec<_>>();
        if !groups.is_empty() {
            let groups = groups.join(", ");
            sentences.push(sentence(format!("Ведут только группу, и нужен ещё один участник: {groups}")));
        }
        let rules = self.obstacles.iter().filter_map(|obstacle| match obstacle {
            Obstacle::Rule { mentor, refusal } => {
                Some(format!("{} – {}", name(*mentor), refusal.told(audience)))
            }
            Obstacle::NoPlaceWith(_) | Obstacle::NoGroupWith(_) => None,
        });
        let rules: Vec<String> = rules.take(NAMED).collect();
        if !rules.is_empty() {
            sentences.push(sentence(format!("Мешает только одно: {}", rules.join("; "))));
        }
        if self.obstacles.is_empty() && !(self.refusals.is_empty() && self.suitable == 0) {
            sentences.push(
                "Одного изменения мало: посмотрите причины по каждому наставнику или пригласите новых."
                    .to_owned(),
            );
        }
        sentences
    }

    /// Mentors whose group could not be brought together.
    fn groups(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.obstacles.iter().filter_map(|obstacle| match obstacle {
            Obstacle::NoGroupWith(mentor) => Some(*mentor),
            Obstacle::NoPlaceWith(_) | Obstacle::Rule { .. } => None,
        })
    }

    /// What keeps the mentee without a mentor.
    pub fn cause(&self) -> Cause {
        if self.groups().next().is_some() {
            return Cause::NoGroup;
        }
        if self.suitable > 0 {
            return Cause::NoPlaces;
        }
        match self.refusals.iter().max_by_key(|(refusal, count)| (**count, std::cmp::Reverse(**refusal))) {
            None if self.beyond > 0 => Cause::NobodyNear,
            None => Cause::Nobody,
            Some((refusal, _)) => Cause::Rule(*refusal),
        }
    }

    fn reason(&self, audience: Audience) -> String {
        let mentors = |number| count(number, "наставник", "наставника", "наставников");
        match self.cause() {
            Cause::NoGroup => match self.suitable - self.groups().count() as u64 {
                0 => GROUP.to_owned(),
                others => format!("{GROUP} У других подходящих места заняты ({}).", mentors(others)),
            },
            Cause::NoPlaces if self.suitable > self.kept => {
                let (kept, all) = (self.kept, self.suitable);
                format!("Свободных мест нет: они заняты у {kept} лучших из {all} подходящих.")
            }
            Cause::NoPlaces => {
                format!("Свободных мест нет: у всех подходящих они заняты ({}).", mentors(self.suitable))
            }
            Cause::NobodyNear => NEAR.to_owned(),
            Cause::Nobody => BANK.to_owned(),
            Cause::Rule(Refusal::ConsentDeclined) if self.refusals.len() == 1 => DECLINED.to_owned(),
            Cause::Rule(refusal) => {
                let compared = if self.beyond > 0 { " из ближайших" } else { "" };
                let number = self.refusals.get(&refusal).copied().unwrap_or_default();
                let (mentors, told) = (mentors(number), refusal.told(audience));
                format!("По правилам не подходит никто{compared}. Чаще всего мешает ({mentors}): {told}.")
            }
        }
    }
}

/// A name may end with the point of an initial.
fn sentence(mut text: String) -> String {
    if !text.ends_with('.') {
        text.push('.');
    }
    text
}

/// What the reasons are made of.
pub(super) struct Left<'a> {
    pub(super) named: &'a Named<PersonId>,
    pub(super) settled: &'a Settled,
    pub(super) found: &'a Found,
    pub(super) blocks: &'a Blocks<'a>,
    pub(super) people: &'a People,
}

/// Everybody without a mentor, with the true reasons.
pub(super) fn unmatched(
    left: &Left,
    mentees: &BTreeMap<PersonId, &Mentee>,
    watch: &mut impl FnMut(Step) -> Result<(), Stopped>,
) -> Result<Vec<Unmatched>, Stopped> {
    let Settled { instance, solution, .. } = left.settled;
    let spare = spare(instance, solution);
    let without = left.named.mentees().iter().zip(&solution.mentors).enumerate();
    let without: Vec<(usize, PersonId)> =
        without.filter(|(_, (_, mentor))| mentor.is_none()).map(|(number, (id, _))| (number, *id)).collect();
    let mut told = Vec::with_capacity(without.len());
    for (done, (number, id)) in without.iter().enumerate() {
        watch(Step::new(Phase::Reasons, done, without.len()))?;
        told.extend(mentees.get(id).map(|mentee| left.reasons(*number, mentee, &spare)));
    }
    Ok(told)
}

impl Left<'_> {
    fn reasons(&self, number: usize, mentee: &Mentee, spare: &[bool]) -> Unmatched {
        let id = mentee.profile.person;
        let mut suited: Vec<(u32, u16)> = self.named.instance().candidates(number).collect();
        suited.sort_by_key(|(mentor, score)| (std::cmp::Reverse(*score), *mentor));
        let mentors = self.named.mentors();
        let kept = suited.len() as u64;
        let places = suited.into_iter().map(|(mentor, _)| {
            let id = mentors[mentor as usize];
            if self.settled.closed.contains(&mentor) {
                Obstacle::NoGroupWith(id)
            } else {
                Obstacle::NoPlaceWith(id)
            }
        });
        let mut obstacles: Vec<Obstacle> = places.collect();
        let mut refusals = BTreeMap::new();
        let compared = self.blocks.of_mentee(mentee);
        let beyond = (self.people.mentors.len() - compared.len()) as u64;
        for (mentor, forbidding) in self.refused(mentee, compared) {
            for refusal in &forbidding {
                *refusals.entry(*refusal).or_insert(0) += 1;
            }
            let [refusal] = forbidding[..] else { continue };
            let can = mentors.binary_search(&mentor).is_ok_and(|number| spare[number]);
            match refusal {
                Refusal::NoPlaces => obstacles.push(Obstacle::NoPlaceWith(mentor)),
                // Nobody stops being who they are, and a pair that works already needs no second one.
                Refusal::Oneself | Refusal::AlreadyPaired => {}
                _ if can => obstacles.push(Obstacle::Rule { mentor, refusal }),
                _ => {}
            }
        }
        let suitable = self.found.suitable.get(number).copied().unwrap_or(kept);
        Unmatched { mentee: id, obstacles, refusals, suitable, kept, beyond }
    }

    /// Mentors the rules forbid, by their ids.
    fn refused(&self, mentee: &Mentee, compared: Vec<&Mentor>) -> Vec<(PersonId, Vec<Refusal>)> {
        let refused = compared.into_iter().filter_map(|mentor| {
            let refusals = rules::check(mentor, mentee, &self.people.marks).err()?;
            Some((mentor.profile.person, refusals))
        });
        let mut refused: Vec<_> = refused.collect();
        refused.sort_unstable();
        refused
    }
}

/// Mentors with a free place, and mentors one of whose mentees could move on to such a one, and so on: they could
/// take one more without anybody losing a mentor.
pub(super) fn spare(instance: &Instance, solution: &Solution) -> Vec<bool> {
    let mut taken = vec![0_u16; instance.mentors()];
    let mut wants = vec![Vec::new(); instance.mentors()];
    let mut stays = vec![false; instance.mentees()];
    for pair in instance.fixed() {
        stays[pair.mentee as usize] = true;
    }
    for (mentee, mentor) in solution.mentors.iter().enumerate() {
        let Some(mentor) = *mentor else { continue };
        taken[mentor as usize] += 1;
        if stays[mentee] {
            continue;
        }
        for (candidate, _) in instance.candidates(mentee) {
            wants[candidate as usize].push(mentor);
        }
    }
    let mut spare: Vec<bool> =
        taken.iter().enumerate().map(|(mentor, taken)| *taken < instance.places(mentor)).collect();
    let mut queue: VecDeque<usize> = (0..spare.len()).filter(|mentor| spare[*mentor]).collect();
    while let Some(mentor) = queue.pop_front() {
        for other in &wants[mentor] {
            if !std::mem::replace(&mut spare[*other as usize], true) {
                queue.push_back(*other as usize);
            }
        }
    }
    spare
}
