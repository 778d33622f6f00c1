use std::collections::BTreeSet;

use super::super::certificate::{Flaw, check};
use super::super::{Certificate, Edge, Fixed, Instance, InstanceError, Named, NamedError, Pair, Ties, solve};
use super::optimum::{Chance, small};

fn shuffle<T>(list: &mut [T], chance: &mut Chance) {
    for at in (1..list.len()).rev() {
        list.swap(at, chance.number(at + 1) as usize);
    }
}

#[test]
fn shuffled_people_get_the_same_pairs() {
    let mut chance = Chance(7);
    for _ in 0..300 {
        let (count, scores) = (chance.number(30) as usize + 2, chance.one_of(&[3, 1001]));
        // Ids that don't follow the order in which people are listed.
        let id = |number: u64| number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mentors: Vec<(u64, u16)> = (0..count as u64).map(|one| (id(one), chance.short(3))).collect();
        let mentees: Vec<u64> = (0..count as u64).map(|one| id(1000 + one)).collect();
        let mut candidates = Vec::new();
        for mentee in &mentees {
            for (mentor, _) in &mentors {
                if chance.below(4) == 0 {
                    candidates.push(Pair { mentee: *mentee, mentor: *mentor, score: chance.short(scores) });
                }
            }
        }
        for ties in [Ties::Settled, Ties::AsFound] {
            let (mut mentors, mut mentees, mut candidates) =
                (mentors.clone(), mentees.clone(), candidates.clone());
            let answer = |mentors: &Vec<_>, mentees: &Vec<_>, candidates: &Vec<_>| {
                let named = Named::new(mentors.clone(), mentees.clone(), candidates, &[]).unwrap();
                named.pairs(&solve(named.instance(), ties))
            };
            let first = answer(&mentors, &mentees, &candidates);
            shuffle(&mut mentors, &mut chance);
            shuffle(&mut mentees, &mut chance);
            shuffle(&mut candidates, &mut chance);
            assert_eq!(answer(&mentors, &mentees, &candidates), first);
        }
    }
}

#[test]
fn a_damaged_result_has_no_proof() {
    let mut chance = Chance(11);
    let mut flaws = BTreeSet::new();
    for _ in 0..2_000 {
        let instance = small(&mut chance);
        let solution = solve(&instance, Ties::Settled);
        let proven = check(&instance, &solution.mentors, &solution.certificate).unwrap();
        let mut mentors = solution.mentors.clone();
        let mentee = chance.number(mentors.len()) as usize;
        let before = mentors[mentee];
        mentors[mentee] = if chance.below(3) == 0 { None } else { Some(chance.number(instance.mentors())) };
        if before == mentors[mentee] {
            continue;
        }
        match check(&instance, &mentors, &solution.certificate) {
            Err(flaw) => drop(flaws.insert(format!("{flaw:?}").split(' ').next().unwrap().to_owned())),
            // Another answer just as good may pass, a worse one never.
            Ok(other) => assert_eq!(other, proven, "{instance:?}"),
        }
    }
    for flaw in ["FixedPairLost", "NoSuchPair", "NotBest", "TooManyMentees", "FreePlaceHasPrice"] {
        assert!(flaws.contains(flaw), "never seen: {flaw} in {flaws:?}");
    }
}

#[test]
fn a_damaged_proof_proves_nothing() {
    let instance = one_place_for_two();
    let solution = solve(&instance, Ties::Settled);
    let mut certificate = solution.certificate.clone();
    certificate.prices[1] = -1;
    assert_eq!(check(&instance, &solution.mentors, &certificate), Err(Flaw::NegativePrice { mentor: 1 }));
    certificate.prices[1] = 1;
    assert_eq!(check(&instance, &solution.mentors, &certificate), Err(Flaw::FreePlaceHasPrice { mentor: 1 }));
    certificate.prices[1] = 0;
    certificate.prices[0] = 0;
    assert_eq!(check(&instance, &solution.mentors, &certificate), Err(Flaw::NotBest { mentee: 0 }));
    certificate.prices.pop();
    assert_eq!(check(&instance, &solution.mentors, &certificate), Err(Flaw::WrongSize));
    let nobody = Certificate { prices: vec![0, 0] };
    assert_eq!(check(&instance, &[None, None], &nobody), Err(Flaw::NotBest { mentee: 0 }));
}

/// Two mentees want the one place of mentor 0; mentor 1 has places nobody wants.
fn one_place_for_two() -> Instance {
    let edges = vec![Edge { mentee: 0, mentor: 0, score: 10 }, Edge { mentee: 1, mentor: 0, score: 20 }];
    Instance::new(vec![1, 2], 2, edges, vec![]).unwrap()
}

#[test]
fn one_more_pair_outweighs_any_points() {
    let edges = vec![
        Edge { mentee: 0, mentor: 0, score: 1000 },
        Edge { mentee: 0, mentor: 1, score: 0 },
        Edge { mentee: 1, mentor: 0, score: 0 },
    ];
    let instance = Instance::new(vec![1, 1], 2, edges, vec![]).unwrap();
    let solution = solve(&instance, Ties::Settled);
    assert_eq!((solution.mentors, solution.score), (vec![Some(1), Some(0)], 0));
    assert_eq!(solve(&one_place_for_two(), Ties::Settled).mentors, [None, Some(0)]);
}

#[test]
fn the_worst_off_is_as_well_off_as_possible() {
    // Both ways give 100 points; 50 and 50 is fairer than 90 and 10, though 90 and 10 comes first by number.
    let edges = vec![
        Edge { mentee: 0, mentor: 0, score: 90 },
        Edge { mentee: 0, mentor: 1, score: 50 },
        Edge { mentee: 1, mentor: 0, score: 50 },
        Edge { mentee: 1, mentor: 1, score: 10 },
    ];
    let instance = Instance::new(vec![1, 1], 2, edges, vec![]).unwrap();
    let solution = solve(&instance, Ties::Settled);
    assert_eq!((solution.mentors, solution.lowest), (vec![Some(1), Some(0)], Some(50)));
}

#[test]
fn nobody_at_all_is_an_answer() {
    let instance = Instance::new(vec![], 0, vec![], vec![]).unwrap();
    let solution = solve(&instance, Ties::Settled);
    assert_eq!((solution.matched, solution.score, solution.lowest), (0, 0, None));
    let instance =
        Instance::new(vec![0, 3], 2, vec![Edge { mentee: 0, mentor: 0, score: 5 }], vec![]).unwrap();
    assert_eq!(solve(&instance, Ties::Settled).mentors, [None, None]);
}

#[test]
fn wrong_numbers_are_refused() {
    let edge = |mentee, mentor, score| Edge { mentee, mentor, score };
    let fix = |mentee, mentor| Fixed { mentee, mentor, score: 1 };
    let table = [
        (vec![edge(2, 0, 1)], vec![], InstanceError::UnknownMentee(2)),
        (vec![edge(0, 2, 1)], vec![], InstanceError::UnknownMentor(2)),
        (vec![edge(0, 1, 1), edge(0, 1, 2)], vec![], InstanceError::PairTwice { mentee: 0, mentor: 1 }),
        (vec![edge(1, 1, 1001)], vec![], InstanceError::ScoreTooHigh { mentee: 1, mentor: 1, score: 1001 }),
        (vec![], vec![fix(0, 0), fix(0, 1)], InstanceError::FixedTwice(0)),
        (vec![], vec![fix(0, 0), fix(1, 0)], InstanceError::FixedBeyondPlaces(0)),
        (vec![], vec![fix(3, 0)], InstanceError::UnknownMentee(3)),
        (vec![], vec![fix(0, 9)], InstanceError::UnknownMentor(9)),
    ];
    for (edges, fixed, error) in table {
        assert_eq!(Instance::new(vec![1, 1], 2, edges, fixed), Err(error));
    }
    for (rows, mentors, scores) in
        [(vec![], vec![], vec![]), (vec![0, 2], vec![0], vec![1]), (vec![0, 2], vec![1, 0], vec![1, 1])]
    {
        assert_eq!(Instance::from_rows(vec![1, 1], rows, &mentors, &scores), Err(InstanceError::Uneven));
    }
    let too_many = Instance::from_rows(vec![1; (1 << 22) + 1], vec![0], &[], &[]);
    assert_eq!(too_many, Err(InstanceError::TooManyMentors((1 << 22) + 1)));
    let too_many = Instance::from_rows(vec![], vec![0; 1_000_002], &[], &[]);
    assert_eq!(too_many, Err(InstanceError::TooManyMentees(1_000_001)));
    let too_many = Instance::from_rows(vec![u16::MAX; 257], vec![0], &[], &[]);
    assert_eq!(too_many, Err(InstanceError::TooManyPlaces(257 * 65_535)));
    assert_eq!(Named::new(vec![(1, 1), (1, 2)], vec![], &[], &[]), Err(NamedError::Twice(1)));
    let stranger = Pair { mentee: 2, mentor: 1, score: 1 };
    assert_eq!(Named::new(vec![(1, 1)], vec![], &[stranger], &[]), Err(NamedError::Unknown(2)));
}
