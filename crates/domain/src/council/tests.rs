use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn seats(present: u128, absent: u128) -> Vec<Seat> {
    let seat = |number, presence| Seat { person: person(number), presence };
    let there = (0..present).map(|number| seat(number, Presence::Present));
    let away = (present..present + absent).map(|number| seat(number, Presence::Absent));
    there.chain(away).collect()
}

fn tally(votes_for: u32, votes_against: u32, abstained: u32) -> Tally {
    Tally { votes_for, votes_against, abstained }
}

#[test]
fn a_quorum_is_more_than_half() {
    for (members, present, expected) in
        [(5, 3, true), (5, 2, false), (4, 2, false), (4, 3, true), (1, 1, true), (1, 0, false), (0, 0, false)]
    {
        let bench = Bench { members, present };
        assert_eq!(bench.has_quorum(), expected, "{present} of {members}");
        assert_eq!(present >= bench.quorum(), expected, "{present} of {members}");
    }
}

#[test]
fn whoever_takes_part_in_the_pair_is_not_counted() {
    let all = seats(3, 2);
    assert_eq!(Bench::of(&all, &[]), Bench { members: 5, present: 3 });
    assert_eq!(Bench::of(&all, &[person(0)]), Bench { members: 4, present: 2 });
    assert_eq!(Bench::of(&all, &[person(4), person(99)]), Bench { members: 4, present: 3 });
    // Two of three are there; without the one who is the mentor, one of two is no quorum.
    let small = seats(2, 1);
    assert!(Bench::of(&small, &[]).has_quorum());
    assert!(!Bench::of(&small, &[person(0)]).has_quorum());
}

#[test]
fn decisions_follow_from_the_votes() {
    use Outcome::{Declined, Passed};
    let five = Bench { members: 5, present: 5 };
    let examples = [
        (five, tally(3, 2, 0), None, Ok(Passed)),
        (five, tally(2, 3, 0), None, Ok(Declined)),
        (five, tally(1, 0, 4), None, Ok(Passed)),
        (five, tally(3, 2, 0), Some(Voice::Against), Ok(Passed)),
        (five, tally(2, 2, 1), None, Err(VoteError::Tie)),
        (five, tally(2, 2, 1), Some(Voice::For), Ok(Passed)),
        (five, tally(2, 2, 1), Some(Voice::Against), Ok(Declined)),
        (five, tally(0, 0, 5), Some(Voice::For), Err(VoteError::NobodyDecided)),
        (five, tally(3, 2, 1), None, Err(VoteError::TooMany { cast: 6, present: 5 })),
        (
            Bench { members: 4, present: 2 },
            tally(2, 0, 0),
            None,
            Err(VoteError::NoQuorum(Bench { members: 4, present: 2 })),
        ),
    ];
    for (bench, tally, chair, expected) in examples {
        assert_eq!(outcome(bench, tally, chair), expected, "{bench:?} {tally:?} {chair:?}");
    }
}

#[test]
fn refusals_say_what_is_missing() {
    let words = VoteError::NoQuorum(Bench { members: 5, present: 2 }).to_string();
    assert_eq!(
        words,
        "Кворума нет: голосовать могут 2 из присутствующих, а нужно не меньше 3 (больше половины из 5)."
    );
}

fn any_bench() -> impl Strategy<Value = Bench> {
    (0_u32..40, 0_u32..40).prop_map(|(present, absent)| Bench { members: present + absent, present })
}

fn any_tally() -> impl Strategy<Value = Tally> {
    (0_u32..20, 0_u32..20, 0_u32..20).prop_map(|(one, two, three)| tally(one, two, three))
}

fn any_voice() -> impl Strategy<Value = Option<Voice>> {
    prop_oneof![Just(None), Just(Some(Voice::For)), Just(Some(Voice::Against))]
}

proptest! {
    /// One more who comes never breaks a quorum, and two quorums always share a member.
    #[test]
    fn a_quorum_only_grows(bench in any_bench()) {
        if bench.has_quorum() && bench.present < bench.members {
            let more = Bench { present: bench.present + 1, ..bench };
            prop_assert!(more.has_quorum());
        }
        if bench.has_quorum() {
            prop_assert!(bench.members - bench.present < bench.quorum());
        }
    }

    /// Whether a party has come changes nothing about their question.
    #[test]
    fn a_party_weighs_nothing(present in 0_u128..12, absent in 0_u128..12, chosen in 0_u128..24) {
        let all = seats(present, absent);
        let without: Vec<Seat> =
            all.iter().copied().filter(|seat| seat.person != person(chosen)).collect();
        prop_assert_eq!(Bench::of(&all, &[person(chosen)]), Bench::of(&without, &[]));
    }

    /// Votes told the other way round decide the other way round.
    #[test]
    fn sides_are_equal(bench in any_bench(), votes in any_tally(), chair in any_voice()) {
        let turned = tally(votes.votes_against, votes.votes_for, votes.abstained);
        let other = chair.map(|voice| match voice {
            Voice::For => Voice::Against,
            Voice::Against => Voice::For,
        });
        let mirrored = match outcome(bench, votes, chair) {
            Ok(Outcome::Passed) => Ok(Outcome::Declined),
            Ok(Outcome::Declined) => Ok(Outcome::Passed),
            Err(error) => Err(error),
        };
        prop_assert_eq!(outcome(bench, turned, other), mirrored);
    }

    /// Nothing is decided without a quorum, by more votes than people, or against the majority.
    #[test]
    fn nothing_is_decided_out_of_nothing(bench in any_bench(), votes in any_tally(), chair in any_voice()) {
        let Ok(decided) = outcome(bench, votes, chair) else { return Ok(()) };
        prop_assert!(bench.has_quorum() && votes.cast() <= bench.present);
        match decided {
            Outcome::Passed => prop_assert!(votes.votes_for >= votes.votes_against && votes.votes_for > 0),
            Outcome::Declined => prop_assert!(votes.votes_against >= votes.votes_for && votes.votes_against > 0),
        }
    }
}
