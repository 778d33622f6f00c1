//! Why somebody stays without a mentor, and what would change it. Nothing is said that is not true: a mentor is
//! named only if this one obstacle away there would be one more pair.

use std::collections::{BTreeMap, VecDeque};

use super::instance::Instance;
use super::named::Named;
use super::propose::Judged;
use super::rules::Refusal;
use super::solve::Solution;
use crate::ids::PersonId;
use crate::russian::count;

/// How many mentors a sentence names.
const NAMED: usize = 3;

/// One thing that stands between a mentee and a mentor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// One more place with this mentor is all that is missing.
    NoPlaceWith(PersonId),
    /// This mentor has, or could be given, a place; only this rule forbids the pair.
    Rule { mentor: PersonId, refusal: Refusal },
}

/// A mentee without a mentor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    pub mentee: PersonId,
    /// Each of them alone, if it went, would make one more pair; the best suited first.
    pub obstacles: Vec<Obstacle>,
    /// What forbids mentors, with how many of them it forbids.
    pub refusals: BTreeMap<Refusal, u64>,
    /// How many mentors nothing forbids. All their places are taken.
    pub suitable: u64,
}

impl Unmatched {
    /// The reason and what would change it, in sentences. `name` tells how a person is called.
    pub fn words(&self, name: impl Fn(PersonId) -> String) -> Vec<String> {
        let mut sentences = vec![self.reason()];
        let places = self.obstacles.iter().filter_map(|obstacle| match obstacle {
            Obstacle::NoPlaceWith(mentor) => Some(name(*mentor)),
            Obstacle::Rule { .. } => None,
        });
        let places: Vec<String> = places.take(NAMED).collect();
        if !places.is_empty() {
            sentences.push(sentence(format!("Подошли бы, если появится место: {}", places.join(", "))));
        }
        let rules = self.obstacles.iter().filter_map(|obstacle| match obstacle {
            Obstacle::Rule { mentor, refusal } => Some(format!("{} – {refusal}", name(*mentor))),
            Obstacle::NoPlaceWith(_) => None,
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

    fn reason(&self) -> String {
        if self.suitable > 0 {
            let mentors = count(self.suitable, "наставник", "наставника", "наставников");
            return format!("Свободных мест нет: у всех подходящих они заняты ({mentors}).");
        }
        let asked = |refusal: &Refusal| *refusal == Refusal::ConsentDeclined;
        match self.refusals.iter().max_by_key(|(refusal, count)| (**count, std::cmp::Reverse(**refusal))) {
            None => "В банке нет ни одного наставника: предложите кандидатов.".to_owned(),
            Some(_) if self.refusals.keys().all(asked) => {
                "Все подходящие наставники не согласились.".to_owned()
            }
            Some((refusal, number)) => {
                let mentors = count(*number, "наставник", "наставника", "наставников");
                format!("По правилам не подходит никто. Чаще всего мешает ({mentors}): {refusal}.")
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

/// Everybody without a mentor, with the true reasons.
pub(super) fn unmatched(named: &Named<PersonId>, solution: &Solution, judged: &Judged) -> Vec<Unmatched> {
    let spare = spare(named.instance(), solution);
    let without = named.mentees().iter().zip(&solution.mentors).enumerate();
    let without = without.filter(|(_, (_, mentor))| mentor.is_none());
    without.map(|(number, (mentee, _))| reasons(number, *mentee, named, judged, &spare)).collect()
}

fn reasons(
    number: usize,
    mentee: PersonId,
    named: &Named<PersonId>,
    judged: &Judged,
    spare: &[bool],
) -> Unmatched {
    let mut suited: Vec<(u32, u16)> = named.instance().candidates(number).collect();
    suited.sort_by_key(|(mentor, score)| (std::cmp::Reverse(*score), *mentor));
    let suitable = suited.len() as u64;
    let mentors = named.mentors();
    let places = suited.into_iter().map(|(mentor, _)| Obstacle::NoPlaceWith(mentors[mentor as usize]));
    let mut obstacles: Vec<Obstacle> = places.collect();
    let mut refusals = BTreeMap::new();
    for (mentor, forbidding) in judged.refused.get(&mentee).into_iter().flatten() {
        for refusal in forbidding {
            *refusals.entry(*refusal).or_insert(0) += 1;
        }
        let [refusal] = forbidding[..] else { continue };
        let can = mentors.binary_search(mentor).is_ok_and(|number| spare[number]);
        match refusal {
            Refusal::NoPlaces => obstacles.push(Obstacle::NoPlaceWith(*mentor)),
            // Nobody stops being who they are, and a pair that works already needs no second one.
            Refusal::Oneself | Refusal::AlreadyPaired => {}
            _ if can => obstacles.push(Obstacle::Rule { mentor: *mentor, refusal }),
            _ => {}
        }
    }
    Unmatched { mentee, obstacles, refusals, suitable }
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
