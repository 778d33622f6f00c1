use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::period::tests::{any_day, date};

fn person(number: u8) -> PersonId {
    PersonId(Uuid::from_u128(u128::from(number)))
}

fn people(numbers: &[u8]) -> BTreeSet<PersonId> {
    numbers.iter().copied().map(person).collect()
}

fn offices(curators: &[u8], directors: &[u8], participants: &[u8]) -> Offices {
    Offices { curators: people(curators), directors: people(directors), participants: people(participants) }
}

#[test]
fn the_way_avoids_whoever_takes_part() {
    let table = [
        // curators, directors, mentor and mentees
        (&[1][..], &[2][..], &[3, 4][..], Receiver::Curator),
        (&[1], &[2], &[1, 4], Receiver::Director),
        (&[1], &[2], &[3, 1], Receiver::Director),
        (&[1, 5], &[2], &[1, 4], Receiver::Director), // a second curator shares the desk
        (&[], &[2], &[3, 4], Receiver::Director),
        (&[1], &[2], &[2, 4], Receiver::Curator), // the director is the mentor
        (&[1], &[2], &[2, 1], Receiver::Council),
        (&[], &[2], &[2, 4], Receiver::Council),
        (&[1], &[], &[1, 4], Receiver::Council),
        (&[], &[], &[3, 4], Receiver::Council),
        (&[1], &[1], &[1, 4], Receiver::Council), // one person in both offices
    ];
    for (curators, directors, participants, expected) in table {
        let found = receiver(&offices(curators, directors, participants));
        assert_eq!(found, expected, "{curators:?} {directors:?} {participants:?}");
    }
}

#[test]
fn terms_go_over_holidays_and_the_end_of_the_year() {
    let calendar = Calendar::bundled().unwrap();
    for (filed, last) in [
        ("2026-10-05", "2026-10-08"), // Monday to Thursday
        ("2026-10-08", "2026-10-13"), // over a weekend
        ("2026-10-10", "2026-10-14"), // filed on a Saturday
        ("2026-04-29", "2026-05-05"), // over 1 May
        ("2025-12-29", "2026-01-13"), // over the New Year
    ] {
        let found = terms(date(filed), 3, &calendar).unwrap();
        assert_eq!((found.earliest_last_day, found.answer_by), (date(last), date(last)), "{filed}");
    }
}

#[test]
fn the_clock_counts_working_days() {
    let calendar = Calendar::bundled().unwrap();
    let due = date("2026-10-13"); // Tuesday, filed on Thursday the 8th
    for (today, expected) in [
        ("2026-10-08", Clock::Left(3)),
        ("2026-10-09", Clock::Left(2)),
        ("2026-10-10", Clock::Left(2)), // Saturday
        ("2026-10-12", Clock::Left(1)),
        ("2026-10-13", Clock::Today),
        ("2026-10-14", Clock::Overdue(1)),
        ("2026-10-19", Clock::Overdue(4)),
    ] {
        assert_eq!(clock(due, date(today), &calendar), expected, "{today}");
    }
    assert_eq!(clock(date("2026-10-16"), date("2026-10-17"), &calendar), Clock::Overdue(0));
}

#[test]
fn the_mentor_has_given_notice_and_the_mentee_has_not() {
    let calendar = Calendar::bundled().unwrap();
    let (today, wished) = (date("2026-10-08"), date("2026-10-08"));
    let day = |kind, wished| last_day_to_order(kind, wished, today, 3, &calendar).unwrap();
    assert_eq!(day(Kind::LayDown, wished), wished);
    assert_eq!(day(Kind::LayDown, date("2026-10-01")), today);
    assert_eq!(day(Kind::Replace, wished), date("2026-10-13"));
    assert_eq!(day(Kind::End, date("2026-11-02")), date("2026-11-02"));
}

#[test]
fn a_state_follows_from_the_facts() {
    let day = Some(date("2026-10-08"));
    let empty = Facts::default();
    let table = [
        (empty, State::Waits),
        (Facts { talk_on: day, ..empty }, State::Talk),
        (Facts { talk_on: day, council: Some(Council::Waits), ..empty }, State::AtCouncil),
        (Facts { council: Some(Council::Decided), ..empty }, State::CouncilDecided),
        (Facts { council: Some(Council::Decided), answer: Some(Answer::Ending), ..empty }, State::Agreed),
        (Facts { answer: Some(Answer::Replacement), is_over: true, ..empty }, State::Done),
        // Ended by somebody else in the meantime: nothing is left to answer.
        (Facts { is_over: true, ..empty }, State::Done),
        (Facts { is_taken_back: true, is_over: true, ..empty }, State::TakenBack),
    ];
    for (facts, expected) in table {
        assert_eq!(state(&facts), expected, "{facts:?}");
    }
    let open: Vec<State> = State::ALL.into_iter().filter(|state| state.is_open()).collect();
    assert_eq!(open, [State::Waits, State::Talk, State::AtCouncil, State::CouncilDecided]);
    // While the council thinks, nobody decides past it.
    assert!(!State::AtCouncil.may_be_answered() && !State::AtCouncil.may_go_to_council());
    assert!(!State::CouncilDecided.may_go_to_council());
}

#[test]
fn codes_are_read_back() {
    assert!(Kind::ALL.iter().all(|kind| Kind::from_code(kind.code()) == Some(*kind)));
    assert!(Receiver::ALL.iter().all(|one| Receiver::from_code(one.code()) == Some(*one)));
    assert!(Answer::ALL.iter().all(|one| Answer::from_code(one.code()) == Some(*one)));
    assert!(State::ALL.iter().all(|one| State::from_code(one.code()) == Some(*one)));
}

fn anybody() -> impl Strategy<Value = BTreeSet<PersonId>> {
    prop::collection::btree_set((0_u8..6).prop_map(person), 0..4)
}

proptest! {
    /// Nobody who takes part ever receives a petition, nor sees a word of it; whatever offices they hold.
    #[test]
    fn whoever_takes_part_sees_no_word(
        curators in anybody(),
        directors in anybody(),
        participants in anybody(),
        decided in any::<bool>(),
    ) {
        let found = receiver(&Offices {
            curators: curators.clone(),
            directors: directors.clone(),
            participants: participants.clone(),
        });
        for number in 0..6 {
            let one = person(number);
            let viewer =
                Viewer { person: one, is_curator: curators.contains(&one), is_director: directors.contains(&one) };
            let seen = sight(found, &participants, viewer, decided);
            if participants.contains(&one) {
                prop_assert!(seen != Sight::Whole);
                prop_assert!(seen == Sight::Nothing || (found == Receiver::Council && decided));
            }
            if !viewer.is_curator && !viewer.is_director {
                prop_assert_eq!(seen, Sight::Nothing);
            }
        }
    }

    /// There is always somebody to read it: a person of the office it went to, or the council.
    #[test]
    fn it_never_lies_unread(curators in anybody(), directors in anybody(), participants in anybody()) {
        let all = Offices { curators, directors, participants };
        let reads = |one: &PersonId| {
            let viewer = Viewer {
                person: *one,
                is_curator: all.curators.contains(one),
                is_director: all.directors.contains(one),
            };
            sight(receiver(&all), &all.participants, viewer, false) == Sight::Whole
        };
        let is_read = all.curators.iter().chain(&all.directors).any(reads);
        prop_assert_eq!(is_read, receiver(&all) != Receiver::Council);
    }

    /// The answer is due on a working day, exactly so many working days after the filing.
    #[test]
    fn an_answer_is_due_on_a_working_day(filed in any_day(), days in 1_u32..6) {
        let calendar = Calendar::bundled().unwrap();
        let found = terms(filed, days, &calendar).unwrap();
        prop_assert!(calendar.is_working(found.answer_by));
        prop_assert_eq!(clock(found.answer_by, filed, &calendar), Clock::Left(usize::try_from(days).unwrap()));
    }

    /// The clock only runs down: from a day to the next it never shows more.
    #[test]
    fn the_clock_runs_one_way(due in any_day(), after in -20_i64..20) {
        let calendar = Calendar::bundled().unwrap();
        let rest = |day| match clock(due, day, &calendar) {
            Clock::Left(days) => i64::try_from(days).unwrap(),
            Clock::Today => 0,
            Clock::Overdue(days) => -i64::try_from(days).unwrap(),
        };
        let today = due + chrono::Days::new(20) - chrono::Days::new(u64::try_from(20 - after).unwrap());
        let tomorrow = today.succ_opt().unwrap();
        prop_assert!(rest(tomorrow) <= rest(today));
        prop_assert!(rest(today) - rest(tomorrow) <= 1);
    }
}
