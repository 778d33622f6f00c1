use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

fn question(mentors: usize, mentees: usize, most_rounds: usize) -> Question {
    Question { mentors, mentees, apart: BTreeSet::new(), most_rounds }
}

/// How many meetings each of one side has.
fn loads(table: &Rotation, size: usize, of: fn(Couple) -> usize) -> Vec<usize> {
    let mut loads = vec![0; size];
    for (_, couple) in table.meetings() {
        loads[of(couple)] += 1;
    }
    loads
}

fn spread(loads: &[usize]) -> usize {
    loads.iter().max().unwrap_or(&0) - loads.iter().min().unwrap_or(&0)
}

/// What holds of every table, whatever was asked.
fn lawful(question: &Question, table: &Rotation) {
    let mut met = BTreeSet::new();
    for couples in &table.rounds {
        let mentors: BTreeSet<_> = couples.iter().map(|couple| couple.mentor).collect();
        let mentees: BTreeSet<_> = couples.iter().map(|couple| couple.mentee).collect();
        assert_eq!((mentors.len(), mentees.len()), (couples.len(), couples.len()), "two tables at once");
        assert!(!couples.is_empty(), "a round in which nobody meets");
    }
    for (_, couple) in table.meetings() {
        assert!(met.insert(couple), "{couple:?} meet twice");
        assert!(!question.apart.contains(&couple), "{couple:?} must not meet");
        assert!(couple.mentor < question.mentors && couple.mentee < question.mentees);
    }
    assert!(table.rounds.len() <= question.most_rounds);
    let busiest = loads(table, question.mentors, |couple| couple.mentor)
        .into_iter()
        .chain(loads(table, question.mentees, |couple| couple.mentee))
        .max();
    assert_eq!(table.rounds.len(), busiest.unwrap_or(0), "more rounds than anybody needs");
}

/// The circle of the textbook: everybody moves on by one table.
#[test]
fn equal_numbers_make_the_circle() {
    let table = rotation(&question(4, 4, 10));
    let rounds: Vec<Vec<usize>> =
        table.rounds.iter().map(|couples| couples.iter().map(|couple| couple.mentee).collect()).collect();
    assert_eq!(rounds, [[0, 1, 2, 3], [1, 2, 3, 0], [2, 3, 0, 1], [3, 0, 1, 2]]);
}

#[test]
fn odd_numbers_one_mentor_and_more_mentors_than_mentees() {
    let examples = [
        // mentors, mentees, most rounds → rounds, meetings
        ((3, 5, 12), (5, 15)),
        ((1, 4, 12), (4, 4)),
        ((1, 4, 3), (3, 3)),
        ((5, 2, 12), (5, 10)),
        ((5, 2, 3), (3, 6)),
        ((4, 8, 5), (5, 20)),
        ((3, 7, 4), (4, 12)),
        ((0, 3, 5), (0, 0)),
        ((3, 0, 5), (0, 0)),
        ((3, 3, 0), (0, 0)),
    ];
    for ((mentors, mentees, most), (rounds, meetings)) in examples {
        let asked = question(mentors, mentees, most);
        let table = rotation(&asked);
        lawful(&asked, &table);
        assert_eq!((table.rounds.len(), table.meetings().count()), (rounds, meetings), "{asked:?}");
    }
}

#[test]
fn those_who_must_not_meet_cost_no_round() {
    let mut asked = question(3, 3, 12);
    asked.apart = [Couple { mentor: 0, mentee: 0 }, Couple { mentor: 1, mentee: 2 }].into();
    let table = rotation(&asked);
    lawful(&asked, &table);
    assert_eq!((table.rounds.len(), table.meetings().count()), (3, 7));
}

#[test]
fn somebody_whom_everybody_is_kept_from_meets_nobody() {
    let mut asked = question(2, 3, 12);
    asked.apart = (0..2).map(|mentor| Couple { mentor, mentee: 1 }).collect();
    let table = rotation(&asked);
    lawful(&asked, &table);
    assert_eq!(loads(&table, 3, |couple| couple.mentee), [2, 0, 2]);
}

fn any_question() -> impl Strategy<Value = Question> {
    (0_usize..8, 0_usize..12, 0_usize..10).prop_flat_map(|(mentors, mentees, most_rounds)| {
        let couple =
            (0..mentors.max(1), 0..mentees.max(1)).prop_map(|(mentor, mentee)| Couple { mentor, mentee });
        proptest::collection::btree_set(couple, 0..20).prop_map(move |apart| Question {
            mentors,
            mentees,
            apart,
            most_rounds,
        })
    })
}

/// The most meetings there can be: what the two sides can take, found by an exhaustive count of the least cut over the
/// sets of mentors (the theorem of Ford and Fulkerson).
fn most_meetings(asked: &Question) -> usize {
    (0..1_usize << asked.mentors)
        .map(|set| {
            let inside = |mentor: usize| set >> mentor & 1 == 1;
            let outside = (0..asked.mentors).filter(|mentor| !inside(*mentor)).count() * asked.most_rounds;
            let taken: usize = (0..asked.mentees)
                .map(|mentee| {
                    let open = (0..asked.mentors)
                        .filter(|mentor| inside(*mentor) && asked.allows(Couple { mentor: *mentor, mentee }));
                    open.count().min(asked.most_rounds)
                })
                .sum();
            outside + taken
        })
        .min()
        .unwrap_or(0)
}

proptest! {
    #[test]
    fn every_table_keeps_the_rules_and_is_as_full_as_can_be(asked in any_question()) {
        let table = rotation(&asked);
        lawful(&asked, &table);
        prop_assert_eq!(table.meetings().count(), most_meetings(&asked));
        prop_assert_eq!(&rotation(&asked), &table, "the same question, another answer");
    }

    #[test]
    fn without_bans_everybody_has_nearly_the_same_number(mentors in 1_usize..9, mentees in 1_usize..14, most in 1_usize..12) {
        let asked = question(mentors, mentees, most);
        let table = rotation(&asked);
        lawful(&asked, &table);
        prop_assert!(spread(&loads(&table, mentors, |couple| couple.mentor)) <= 1);
        prop_assert!(spread(&loads(&table, mentees, |couple| couple.mentee)) <= 1);
    }

    /// With bans nobody has two meetings more than somebody who could sit at the same table instead.
    #[test]
    fn nobody_sits_where_somebody_with_fewer_meetings_could(asked in any_question()) {
        let table = rotation(&asked);
        let mut met: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (_, couple) in table.meetings() {
            met.entry(couple.mentee).or_default().insert(couple.mentor);
        }
        let of = |mentee: usize| met.get(&mentee).cloned().unwrap_or_default();
        for (busy, idle) in (0..asked.mentees).flat_map(|one| (0..asked.mentees).map(move |two| (one, two))) {
            let (has, lacks) = (of(busy), of(idle));
            if has.len() < lacks.len() + 2 {
                continue;
            }
            let could = has.iter().find(|mentor| {
                !lacks.contains(mentor) && asked.allows(Couple { mentor: **mentor, mentee: idle })
            });
            prop_assert!(could.is_none(), "{busy} could give a place to {idle} at {could:?}");
        }
    }
}
