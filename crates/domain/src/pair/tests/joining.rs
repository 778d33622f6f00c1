//! One more mentee in a running group.

use super::*;

/// A group of two with a third who is about to join.
fn joined() -> Draft {
    let mut group = draft();
    group.kinds = [Kind::Group].into();
    group.mentor.free_places = 3;
    group.mentees = vec![mentee(2), mentee(3), mentee(4)];
    group.period = Period::through(date("2027-03-01"), date("2027-05-31")).unwrap();
    group
}

fn refusals(change: impl FnOnce(&mut Draft)) -> Vec<PairError> {
    let mut group = joined();
    change(&mut group);
    check_joining(&group, person(4)).err().unwrap_or_default()
}

#[test]
fn c3_whoever_joins_a_group_is_held_to_the_same_rules() {
    let days = Period::through(date("2026-10-01"), date("2027-05-31")).unwrap();
    let left = joining_days(&days, date("2027-03-01")).unwrap();
    assert_eq!((left.from(), left.last_day()), (date("2027-03-01"), Some(date("2027-05-31"))));
    for outside in ["2026-09-30", "2027-06-01"] {
        assert_eq!(joining_days(&days, date(outside)), Err(PairError::JoinsOutsidePeriod(days)));
    }
    // Less than three months are left: the length was settled when the group was formed.
    assert_eq!(refusals(|_| {}), []);
    assert_eq!(
        refusals(|group| group.mentor.free_places = 2),
        [PairError::NoFreePlaces { needed: 3, free: 2 }]
    );
    let twice = refusals(|group| group.mentees[1].person = person(4));
    assert_eq!(twice, [PairError::MenteeTwice(person(4))]);
    let ban = [PairError::Against { mentee: person(4), refusal: Refusal::Wish }];
    assert_eq!(refusals(|group| group.mentees[2].against = [Refusal::Wish].into()), ban);
    assert_eq!(refusals(|group| group.mentees[0].against = [Refusal::Wish].into()), []);
    assert_eq!(refusals(|group| group.mentees[2].post = Post::Other), [PairError::OnlyTeachers]);
    assert_eq!(refusals(|group| group.kinds = [Kind::Situational].into()), [PairError::NotAGroup]);
    let reverse = refusals(|group| group.kinds = [Kind::Group, Kind::Reverse].into());
    assert_eq!(reverse, [PairError::ReverseOlderAndMoreExperienced(person(4))]);
}
