//! Who concludes, what is left, how long a decision is told of.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;

use crate::competence::{Domain, Wave};
use crate::evaluation::{Desk, Facts, NotYours, Path, Reading, is_told, may_conclude};
use crate::ids::PersonId;
use crate::period::tests::{any_day, date};
use crate::petition::{Offices, Receiver, receiver};

fn people() -> impl Strategy<Value = BTreeSet<PersonId>> {
    proptest::collection::btree_set((0_u128..5).prop_map(|id| PersonId(Uuid::from_u128(id))), 0..4)
}

/// The offices of a person; the council is everybody numbered 3 and 4.
fn desk(person: PersonId, offices: &Offices) -> Desk {
    let held = [
        (Receiver::Curator, offices.curators.contains(&person)),
        (Receiver::Director, offices.directors.contains(&person)),
        (Receiver::Council, person.0.as_u128() >= 3),
    ];
    Desk { person, offices: held.into_iter().filter(|(_, holds)| *holds).map(|(office, _)| office).collect() }
}

#[test]
fn a_curator_who_takes_part_leaves_it_to_the_director() {
    let [curator, director, member] = [0, 1, 3].map(|id| PersonId(Uuid::from_u128(id)));
    let offices = |participants: &[PersonId]| Offices {
        curators: [curator].into(),
        directors: [director].into(),
        participants: participants.iter().copied().collect(),
    };
    let table = [
        (
            vec![],
            [Ok(()), Err(NotYours::Another(Receiver::Curator)), Err(NotYours::Another(Receiver::Curator))],
        ),
        (
            vec![curator],
            [
                Err(NotYours::TakesPart(Receiver::Director)),
                Ok(()),
                Err(NotYours::Another(Receiver::Director)),
            ],
        ),
        (
            vec![curator, director],
            [
                Err(NotYours::TakesPart(Receiver::Council)),
                Err(NotYours::TakesPart(Receiver::Council)),
                Ok(()),
            ],
        ),
    ];
    for (participants, expected) in table {
        let offices = offices(&participants);
        let answer =
            |person| may_conclude(&desk(person, &offices), &offices.participants, receiver(&offices));
        assert_eq!([curator, director, member].map(answer), expected, "{participants:?}");
    }
}

#[test]
fn what_is_still_hard_remains() {
    let mentee = PersonId(Uuid::from_u128(1));
    let reading = |hundredths| Reading { hundredths, wave: Wave::Entry, on: date("2026-10-03") };
    let path = |domain, after: Option<u32>, is_closed| Path {
        domain,
        before: reading(50),
        after: after.map(reading),
        is_closed,
    };
    let paths = vec![
        path(Domain::ALL[0], Some(200), true),
        path(Domain::ALL[1], Some(80), false),
        path(Domain::ALL[2], None, false),
    ];
    let facts = Facts { paths: BTreeMap::from([(mentee, paths)]), ..super::report_tests::facts() };
    assert_eq!(facts.remaining(mentee), [Domain::ALL[1], Domain::ALL[2]]);
    assert!(facts.remaining(PersonId(Uuid::nil())).is_empty());
}

#[test]
fn what_was_decided_in_spring_is_told_in_autumn() {
    for (confirmed, today, told) in [
        ("2027-05-12", "2027-05-12", true),
        ("2027-05-12", "2027-09-20", true),
        ("2027-05-12", "2028-08-31", true),
        ("2027-05-12", "2028-09-01", false),
        ("2027-01-20", "2027-11-01", true),
    ] {
        assert_eq!(is_told(date(confirmed), date(today)), told, "{confirmed} on {today}");
    }
}

proptest! {
    /// Whoever holds what offices: a participant never concludes, and whoever does holds the office it falls to.
    #[test]
    fn nobody_concludes_their_own_pair(
        curators in people(), directors in people(), participants in people(), person in 0_u128..5,
    ) {
        let offices = Offices { curators, directors, participants };
        let person = PersonId(Uuid::from_u128(person));
        let falls_to = receiver(&offices);
        let desk = desk(person, &offices);
        if may_conclude(&desk, &offices.participants, falls_to).is_ok() {
            prop_assert!(!offices.participants.contains(&person));
            prop_assert!(desk.offices.contains(&falls_to));
        }
    }

    #[test]
    fn a_decision_is_told_of_for_a_year_at_least(confirmed in any_day(), days in 0_u64..1000) {
        let today = confirmed + chrono::Days::new(days);
        prop_assert!(days > 365 || is_told(confirmed, today));
        prop_assert!(days < 731 || !is_told(confirmed, today));
    }
}
