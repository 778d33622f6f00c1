use super::super::people::{Consent, Mark, Mentee, Mentor, Offered, People, Remote};
use super::super::{Audience, Obstacle, Refusal, Unmatched};
use super::optimum::Chance;
use super::people::{answer, mentee, mentor, people, person, workplace};
use crate::kind::Kind;
use crate::period::Since;
use crate::period::tests::date;

fn index(people: &People, mentor: crate::ids::PersonId) -> usize {
    people.mentors.iter().position(|one| one.profile.person == mentor).unwrap()
}

/// Takes away the one thing that is named.
fn without(people: &People, unmatched: &Unmatched, obstacle: Obstacle) -> People {
    let mut people = people.clone();
    let (mentee, at) = (
        unmatched.mentee,
        people.mentees.iter().position(|one| one.profile.person == unmatched.mentee).unwrap(),
    );
    let (mentor, refusal) = match obstacle {
        Obstacle::NoPlaceWith(mentor) => {
            let number = index(&people, mentor);
            people.mentors[number].free_places += 1;
            return people;
        }
        Obstacle::NoGroupWith(mentor) => {
            let number = index(&people, mentor);
            people.mentors[number].profile.kinds.insert(Kind::Speed);
            return people;
        }
        Obstacle::Rule { mentor, refusal } => (mentor, refusal),
    };
    let number = index(&people, mentor);
    let (one, two) = (&mut people.mentors[number], &mut people.mentees[at]);
    match refusal {
        Refusal::ConsentNotAsked | Refusal::ConsentDeclined => one.consent = Consent::Given,
        Refusal::Wish => {
            one.profile.never.remove(&mentee);
            two.profile.never.remove(&mentor);
        }
        Refusal::NotRecommended => people.marks.remove(mentor, mentee, Mark::NotRecommended),
        Refusal::UnionObjects => people.marks.remove(mentor, mentee, Mark::UnionObjects),
        Refusal::CouncilObjects => people.marks.remove(mentor, mentee, Mark::CouncilObjects),
        Refusal::SetAside => people.marks.remove(mentor, mentee, Mark::SetAside),
        Refusal::Subordinate => {
            one.profile.superiors.remove(&mentee);
            two.profile.superiors.remove(&mentor);
        }
        Refusal::FarInPerson | Refusal::NotOnLine => {
            one.profile.remote = Remote::Ready;
            two.profile.remote = Remote::Ready;
        }
        Refusal::NotOffered => one.offered = Offered::Anywhere,
        Refusal::NoCommonKind => two.profile.kinds.extend(one.profile.kinds.clone()),
        Refusal::ReverseNotJunior => {
            one.profile.seniority.teaching_since = Some(Since::day(date("2026-09-01")));
        }
        Refusal::GroupNeedsPlaces => one.free_places += 1,
        other => panic!("made no such people: {other:?}"),
    }
    people
}

pub(super) fn drawn(chance: &mut Chance) -> People {
    let (mentors, mentees) = (chance.number(6), chance.number(7) + 1);
    let mentors = (0..mentors).map(|number| drawn_mentor(u128::from(number), chance)).collect();
    let mentees = (0..mentees).map(|number| drawn_mentee(100 + u128::from(number), chance)).collect();
    let mut people = people(mentors, mentees);
    for one in &people.mentors.clone() {
        for two in &people.mentees.clone() {
            let mark = match chance.below(12) {
                0 => Mark::NotRecommended,
                1 => Mark::UnionObjects,
                2 => Mark::CouncilObjects,
                3 => Mark::SetAside,
                _ => continue,
            };
            people.marks.add(one.profile.person, two.profile.person, mark);
        }
    }
    people
}

fn drawn_mentor(number: u128, chance: &mut Chance) -> Mentor {
    let mut mentor = mentor(number);
    mentor.free_places = chance.short(3);
    mentor.consent = chance.one_of(&[
        Consent::Given,
        Consent::Given,
        Consent::Given,
        Consent::NotAsked,
        Consent::Declined,
    ]);
    mentor.strengths = std::array::from_fn(|_| u8::try_from(chance.below(4)).unwrap());
    mentor.profile.workplace = workplace(u128::from(chance.below(2)), 1);
    if chance.below(2) == 0 {
        mentor.profile.remote = Remote::InPersonOnly;
    }
    if chance.below(3) == 0 {
        mentor.offered = Offered::AtHome;
    }
    let kinds: [&[Kind]; 5] = [
        &[Kind::Situational],
        &[Kind::Reverse],
        &[Kind::Group, Kind::Reverse],
        &[Kind::Virtual],
        &[Kind::Group],
    ];
    if chance.below(2) == 0 {
        mentor.profile.kinds = chance.one_of(&kinds).iter().copied().collect();
    }
    if chance.below(4) == 0 {
        mentor.profile.never.insert(person(100 + u128::from(chance.below(7))));
    }
    mentor
}

fn drawn_mentee(number: u128, chance: &mut Chance) -> Mentee {
    let mut mentee = mentee(number);
    mentee.needs = std::array::from_fn(|_| u8::try_from(chance.below(4)).unwrap());
    mentee.profile.workplace = workplace(u128::from(chance.below(2)), 1);
    let kinds: [&[Kind]; 3] = [&[Kind::Virtual], &[Kind::Group, Kind::Virtual], &[Kind::Reverse]];
    if chance.below(3) == 0 {
        mentee.profile.kinds = chance.one_of(&kinds).iter().copied().collect();
    }
    if chance.below(4) == 0 {
        mentee.profile.superiors.insert(person(u128::from(chance.below(6))));
    }
    if chance.below(4) == 0 {
        mentee.profile.never.insert(person(u128::from(chance.below(6))));
    }
    mentee
}

#[test]
fn without_a_named_obstacle_there_is_one_more_pair() {
    let mut chance = Chance(2026);
    let (mut places, mut groups, mut rules) = (0, 0, 0);
    for _ in 0..1_500 {
        let people = drawn(&mut chance);
        let before = answer(&people);
        assert_eq!(before.pairs.len() + before.unmatched.len(), people.mentees.len());
        for unmatched in &before.unmatched {
            assert!(!unmatched.words(Audience::Curator, |person| person.to_string()).is_empty());
            for obstacle in &unmatched.obstacles {
                let after = answer(&without(&people, unmatched, *obstacle));
                assert!(after.pairs.len() > before.pairs.len(), "{obstacle:?} {people:?}");
                match obstacle {
                    Obstacle::NoPlaceWith(_) => places += 1,
                    Obstacle::NoGroupWith(_) => groups += 1,
                    Obstacle::Rule { .. } => rules += 1,
                }
            }
        }
    }
    assert!(places > 100 && groups > 10 && rules > 100, "{places} {groups} {rules}");
}

#[test]
fn a_mentor_who_is_allowed_and_has_a_place_leaves_nobody_waiting() {
    let mut chance = Chance(5);
    for _ in 0..500 {
        let people = drawn(&mut chance);
        let answer = answer(&people);
        for unmatched in &answer.unmatched {
            let waiting = people.mentees.iter().find(|one| one.profile.person == unmatched.mentee).unwrap();
            for mentor in &people.mentors {
                let is_closed = answer.closed_groups.contains(&mentor.profile.person);
                if !is_closed && super::super::rules::check(mentor, waiting, &people.marks).is_ok() {
                    let pairs = answer.pairs.iter().filter(|pair| pair.mentor == mentor.profile.person);
                    assert_eq!(pairs.count(), usize::from(mentor.free_places));
                }
            }
        }
    }
}

fn words(people: &People) -> String {
    let answer = answer(people);
    let unmatched = answer.unmatched.last().unwrap();
    unmatched
        .words(Audience::Curator, |who| {
            if who == person(1) { "Иванова А. А.".to_owned() } else { "?".to_owned() }
        })
        .join(" ")
}

#[test]
fn reasons_in_words() {
    let nobody = people(vec![], vec![mentee(9)]);
    assert_eq!(words(&nobody), "В банке нет ни одного наставника: предложите кандидатов.");
    let full = people(vec![mentor(1)], vec![mentee(8), mentee(9)]);
    assert_eq!(
        words(&full),
        "Свободных мест нет: у всех подходящих они заняты (1\u{a0}наставник). Подошли бы, если появится место: Иванова А. А."
    );
    let mut alone = people(vec![mentor(1)], vec![mentee(9)]);
    alone.mentors[0].free_places = 3;
    alone.mentors[0].profile.kinds = [Kind::Group].into();
    alone.mentees[0].profile.kinds.insert(Kind::Group);
    assert_eq!(
        words(&alone),
        "Группа не набралась: нужно не меньше двух наставляемых (п. 2.3 Положения). Ведут только группу, и нужен ещё один участник: Иванова А. А."
    );
    let mut declined = people(vec![mentor(1)], vec![mentee(9)]);
    declined.mentors[0].consent = Consent::Declined;
    let told = words(&declined);
    assert!(told.starts_with("Все подходящие наставники не согласились. Мешает только одно: "), "{told}");
    declined.mentors[0].profile.kinds = [Kind::Situational].into();
    let told = words(&declined);
    assert!(told.contains("Одного изменения мало"), "{told}");
}
