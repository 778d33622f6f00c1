//! Groups of two or more: equal to trying everything, always keeping the rules, never above the bound.

use std::collections::HashMap;

use super::super::certificate::check;
use super::super::{
    Effort, Grouped, Instance, Settled, Ties, Worth, prove_bound, solve, solve_groups, solve_settled,
};
use super::optimum::{Chance, small};
use super::table::generate::{Shape, generate, groups};

const NOTHING: Effort = Effort { solves: 0, steps: 0, branches: 0 };

/// All answers that keep the rules, tried by mentee with how many each mentor has.
struct Everything<'a> {
    instance: &'a Instance,
    groups: &'a [u32],
    known: HashMap<(usize, Vec<u16>), Option<Worth>>,
}

impl Everything<'_> {
    fn is_asked(&self, mentor: u32) -> bool {
        self.groups.contains(&mentor) && self.instance.fixed().iter().all(|pair| pair.mentor != mentor)
    }

    fn best(&mut self, mentee: usize, load: &[u16]) -> Option<Worth> {
        if mentee == self.instance.mentees() {
            let is_single = |(mentor, load): (u32, &u16)| *load == 1 && self.is_asked(mentor);
            return (!(0..).zip(load).any(is_single)).then_some(Worth { matched: 0, score: 0 });
        }
        if let Some(known) = self.known.get(&(mentee, load.to_vec())) {
            return *known;
        }
        let mut best = None;
        for (mentor, score) in self.choices(mentee) {
            let mut load = load.to_vec();
            if let Some(mentor) = mentor {
                load[mentor as usize] += 1;
                if load[mentor as usize] > self.instance.places(mentor as usize) {
                    continue;
                }
            }
            let rest = self.best(mentee + 1, &load);
            let matched = usize::from(mentor.is_some());
            best =
                best.max(rest.map(|rest| Worth {
                    matched: rest.matched + matched,
                    score: rest.score + u64::from(score),
                }));
        }
        self.known.insert((mentee, load.to_vec()), best);
        best
    }

    fn choices(&self, mentee: usize) -> Vec<(Option<u32>, u16)> {
        if let Some(pair) = self.instance.fixed().iter().find(|pair| pair.mentee as usize == mentee) {
            return vec![(Some(pair.mentor), pair.score)];
        }
        let row = self.instance.candidates(mentee).map(|(mentor, score)| (Some(mentor), score));
        row.chain([(None, 0)]).collect()
    }
}

fn brute(instance: &Instance, groups: &[u32]) -> Worth {
    let mut everything = Everything { instance, groups, known: HashMap::new() };
    everything.best(0, &vec![0; instance.mentors()]).unwrap()
}

/// Looks at an answer knowing nothing of how it was found.
fn keeps_the_rules(instance: &Instance, groups: &[u32], answer: &Grouped) {
    let mut load = vec![0_u16; instance.mentors()];
    let mut worth = Worth { matched: 0, score: 0 };
    let fixed = |mentee: usize| instance.fixed().iter().find(|pair| pair.mentee as usize == mentee);
    assert_eq!(answer.mentors.len(), instance.mentees());
    for (mentee, mentor) in answer.mentors.iter().enumerate() {
        let stays = fixed(mentee);
        assert!(stays.is_none_or(|pair| *mentor == Some(pair.mentor)), "a pair that stays is lost");
        let Some(mentor) = *mentor else { continue };
        load[mentor as usize] += 1;
        worth.matched += 1;
        let score = stays.map_or_else(|| instance.score(mentee, mentor), |pair| Some(pair.score));
        worth.score += u64::from(score.unwrap());
    }
    assert_eq!(answer.worth, worth);
    assert!(answer.worth <= answer.bound && answer.bound <= answer.flow_worth());
    let by_prices = prove_bound(instance, groups, &answer.prices).unwrap();
    assert!(answer.worth <= by_prices && by_prices <= answer.flow_worth());
    assert!(answer.is_proven() || by_prices <= answer.bound);
    for (mentor, load) in (0_u32..).zip(load) {
        assert!(load <= instance.places(mentor as usize));
        let is_at_work = instance.fixed().iter().any(|pair| pair.mentor == mentor);
        assert!(load != 1 || is_at_work || !groups.contains(&mentor), "a group of one");
    }
    let proven = check(instance, &answer.flow.mentors, &answer.flow.certificate).unwrap();
    assert_eq!((proven.matched, proven.score), (answer.flow.matched, answer.flow.score));
}

fn drawn_groups(instance: &Instance, chance: &mut Chance) -> Vec<u32> {
    let share = chance.one_of(&[25, 60, 100]);
    (0..u32::try_from(instance.mentors()).unwrap()).filter(|_| chance.below(100) < share).collect()
}

#[test]
fn the_exact_answer_equals_trying_everything() {
    let mut chance = Chance(548);
    let without_bound = Effort { steps: 0, ..Effort::MUNICIPALITY };
    let without_improving = Effort { solves: 0, ..Effort::MUNICIPALITY };
    let mut demanding = 0;
    for number in 0..4_000 {
        let instance = small(&mut chance);
        let groups = drawn_groups(&instance, &mut chance);
        let best = brute(&instance, &groups);
        for effort in [Effort::MUNICIPALITY, without_bound, without_improving] {
            let answer = solve_groups(&instance, &groups, effort);
            keeps_the_rules(&instance, &groups, &answer);
            assert_eq!((answer.worth, answer.bound), (best, best), "{number} {groups:?}: {instance:?}");
            demanding += usize::from(best < answer.flow_worth());
        }
    }
    assert!(demanding > 1_000, "{demanding}");
}

#[test]
fn a_repaired_answer_keeps_the_rules_and_stays_within_the_bound() {
    let mut chance = Chance(23);
    for number in 0..4_000 {
        let instance = small(&mut chance);
        let groups = drawn_groups(&instance, &mut chance);
        let best = brute(&instance, &groups);
        let a_little =
            Effort { solves: chance.number(8), steps: chance.number(20), branches: chance.number(3) };
        for effort in [Effort::REGION, NOTHING, a_little] {
            let answer = solve_groups(&instance, &groups, effort);
            keeps_the_rules(&instance, &groups, &answer);
            assert!(
                answer.worth <= best && best <= answer.bound,
                "{number} {effort:?} {groups:?}: {instance:?}"
            );
            assert!(!answer.is_proven() || answer.worth == best);
            assert_eq!(answer, solve_groups(&instance, &groups, effort), "{number}");
        }
    }
}

#[test]
fn more_effort_is_never_worse_on_the_instances_of_the_measurements() {
    for (name, effort) in [("muni-loose", Effort::MUNICIPALITY), ("muni-tight", Effort::MUNICIPALITY)] {
        let lists = generate(Shape::named(name).unwrap());
        let groups = groups(&lists.places);
        let instance = Instance::from_rows(lists.places, lists.rows, &lists.mentors, &lists.scores).unwrap();
        let repaired = solve_groups(&instance, &groups, NOTHING);
        let exact = solve_groups(&instance, &groups, effort);
        keeps_the_rules(&instance, &groups, &repaired);
        keeps_the_rules(&instance, &groups, &exact);
        assert!(exact.is_proven() && repaired.worth <= exact.worth, "{name}");
    }
}

#[test]
fn whatever_the_prices_they_never_prove_too_much() {
    let mut chance = Chance(351);
    for number in 0..2_000 {
        let instance = small(&mut chance);
        let groups = drawn_groups(&instance, &mut chance);
        let width = chance.one_of(&[4_000, 2_000_000, 40_000_000]);
        let mut price = || i64::try_from(chance.below(width)).unwrap() - i64::try_from(width / 2).unwrap();
        let prices: Vec<i64> = (0..instance.mentees()).map(|_| price()).collect();
        let proven = prove_bound(&instance, &groups, &prices).unwrap();
        assert!(brute(&instance, &groups) <= proven, "{number} {prices:?} {groups:?}: {instance:?}");
        assert_eq!(prove_bound(&instance, &groups, &prices[1..]), None);
    }
}

fn settled(instance: &Instance, groups: &[u32]) -> Settled {
    let Ok(settled) =
        solve_settled(
            instance,
            groups,
            Effort::MUNICIPALITY,
            &mut |_| Ok::<(), std::convert::Infallible>(()),
        );
    settled
}

#[test]
fn the_settled_answer_is_the_best_and_the_one_of_what_is_left_open() {
    let mut chance = Chance(2023);
    let (mut as_without, mut held) = (0, 0);
    for number in 0..4_000 {
        let instance = small(&mut chance);
        let groups = drawn_groups(&instance, &mut chance);
        let Settled { solution, instance: narrowed, closed } = settled(&instance, &groups);
        let worth = Worth { matched: solution.matched, score: solution.score };
        assert_eq!(worth, brute(&instance, &groups), "{number} {groups:?}: {instance:?}");
        let proven = check(&narrowed, &solution.mentors, &solution.certificate).unwrap();
        assert_eq!((proven.matched, proven.score), (solution.matched, solution.score), "{number}");
        let is_at_work = |group: u32| instance.fixed().iter().any(|pair| pair.mentor == group);
        for group in groups.iter().copied().filter(|group| !is_at_work(*group)) {
            let load = solution.mentors.iter().filter(|mentor| **mentor == Some(group)).count();
            assert!(load != 1 && closed.contains(&group) == (load == 0), "{number} {group}");
        }
        // Where groups ask for nothing the answer is the one there is without them; and it is one.
        let without = solve(&instance, Ties::Settled);
        let asks = groups.iter().any(|group| {
            !is_at_work(*group) && without.mentors.iter().filter(|one| **one == Some(*group)).count() == 1
        });
        assert!(asks || solution.mentors == without.mentors, "{number}");
        assert_eq!(settled(&instance, &groups).solution, solution);
        as_without += usize::from(!asks);
        held += usize::from(narrowed.fixed().len() > instance.fixed().len());
    }
    assert!(as_without > 500 && held > 20, "{as_without} {held}");
}
