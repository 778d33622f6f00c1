use super::super::certificate::check;
use super::super::{Edge, Fixed, Instance, InstanceError, Live, Ties, solve};
use super::optimum::{Chance, small};

/// What the changes have made of the instance, kept apart from what is tried.
struct Plain {
    places: Vec<u16>,
    rows: Vec<Vec<(u32, u16)>>,
    fixed: Vec<Fixed>,
}

impl Plain {
    fn of(instance: &Instance) -> Self {
        Self {
            places: (0..instance.mentors()).map(|mentor| instance.places(mentor)).collect(),
            rows: (0..instance.mentees()).map(|mentee| instance.candidates(mentee).collect()).collect(),
            fixed: instance.fixed().to_vec(),
        }
    }

    fn instance(&self) -> Instance {
        let edges = (0_u32..).zip(&self.rows).flat_map(|(mentee, row)| {
            row.iter().map(move |(mentor, score)| Edge { mentee, mentor: *mentor, score: *score })
        });
        Instance::new(self.places.clone(), self.rows.len(), edges.collect(), self.fixed.clone()).unwrap()
    }

    fn stay(&self, mentor: u32) -> usize {
        self.fixed.iter().filter(|pair| pair.mentor == mentor).count()
    }

    fn is_fixed(&self, mentee: u32) -> bool {
        self.fixed.iter().any(|pair| pair.mentee == mentee)
    }
}

/// Does one thing by chance to both; which sort of thing it was.
fn change(chance: &mut Chance, plain: &mut Plain, live: &mut Live) -> usize {
    let (mentor, mentee) = (chance.number(plain.places.len()), chance.number(plain.rows.len()));
    let (one, two) = (mentor as usize, mentee as usize);
    let scores = chance.one_of(&[2, 12, 1001]);
    let what = chance.below(6);
    match what {
        0 => {
            let places = chance.one_of(&[0, 0, 1, 2, 3, 9]);
            let is_enough = usize::from(places) >= plain.stay(mentor);
            assert_eq!(live.set_places(mentor, places).is_ok(), is_enough);
            plain.places[one] = if is_enough { places } else { plain.places[one] };
        }
        1 => {
            live.leave(mentee).unwrap();
            plain.rows[two].clear();
            plain.fixed.retain(|pair| pair.mentee != mentee);
        }
        2 => {
            let all = 0..u32::try_from(plain.places.len()).unwrap();
            let row: Vec<_> = all.filter(|_| chance.below(2) == 0).collect();
            let row: Vec<_> = row.into_iter().map(|mentor| (mentor, chance.short(scores))).collect();
            live.come(mentee, &row).unwrap();
            plain.rows[two] = row;
            plain.fixed.retain(|pair| pair.mentee != mentee);
        }
        3 => {
            // A pair that is there is the more interesting one to forbid.
            let mentor = live.mentor_of(mentee).unwrap_or(mentor);
            live.forbid(mentee, mentor).unwrap();
            plain.rows[two].retain(|(other, _)| *other != mentor);
        }
        4 => {
            let pair = Fixed { mentee, mentor, score: chance.short(scores) };
            let expected = if plain.is_fixed(mentee) {
                Err(InstanceError::FixedTwice(mentee))
            } else if plain.stay(mentor) >= usize::from(plain.places[one]) {
                Err(InstanceError::FixedBeyondPlaces(mentor))
            } else {
                plain.fixed.push(pair);
                Ok(())
            };
            assert_eq!(live.pin(pair), expected);
        }
        _ => {
            live.unpin(mentee).unwrap();
            plain.fixed.retain(|pair| pair.mentee != mentee);
        }
    }
    usize::try_from(what).unwrap()
}

#[test]
fn after_any_changes_it_is_the_optimum_of_what_there_is_now() {
    let mut chance = Chance(2024);
    let mut tried = [0; 6];
    for number in 0..4_000 {
        let first = small(&mut chance);
        let (mut plain, mut live) = (Plain::of(&first), Live::of(&first));
        for _ in 0..chance.below(14) {
            tried[change(&mut chance, &mut plain, &mut live)] += 1;
            let instance = plain.instance();
            let (anew, found) = (solve(&instance, Ties::AsFound), live.solution());
            assert_eq!((found.matched, found.score), (anew.matched, anew.score), "{number}: {instance:?}");
            let proven = check(&instance, &found.mentors, &found.certificate);
            let proven = proven.map(|proven| (proven.matched, proven.score));
            assert_eq!(proven, Ok((anew.matched, anew.score)), "{number}: {instance:?}");
            assert_eq!((live.worth().matched, live.worth().score), (anew.matched, anew.score));
        }
    }
    assert!(tried.iter().all(|times| *times > 2_000), "{tried:?}");
}

#[test]
fn a_change_that_makes_no_sense_changes_nothing() {
    let edges = vec![Edge { mentee: 0, mentor: 0, score: 5 }];
    let instance = Instance::new(vec![1, 1], 1, edges, vec![]).unwrap();
    let mut live = Live::of(&instance);
    let before = live.solution();
    assert_eq!(live.set_places(2, 1), Err(InstanceError::UnknownMentor(2)));
    assert_eq!(live.leave(1), Err(InstanceError::UnknownMentee(1)));
    assert_eq!(live.come(0, &[(2, 1)]), Err(InstanceError::UnknownMentor(2)));
    assert_eq!(live.come(0, &[(1, 1), (1, 2)]), Err(InstanceError::PairTwice { mentee: 0, mentor: 1 }));
    let too_high = InstanceError::ScoreTooHigh { mentee: 0, mentor: 1, score: 1001 };
    assert_eq!(live.come(0, &[(1, 1001)]), Err(too_high));
    assert_eq!(live.pin(Fixed { mentee: 0, mentor: 1, score: 1001 }), Err(too_high));
    assert_eq!(live.forbid(0, 2), Err(InstanceError::UnknownMentor(2)));
    assert_eq!(live.unpin(3), Err(InstanceError::UnknownMentee(3)));
    assert_eq!(live.solution(), before);
}
