use std::collections::BTreeSet;

use uuid::Uuid;

use super::super::people::{Consent, Mark, Marks, Mentee, Mentor, Offered, People, Profile, Remote, Shift};
use super::super::{Proposals, ProposeError, Refusal, compare, propose, rules};
use crate::config::{MatchingWeights, Post, matching_weights};
use crate::ids::{OrganizationId, PersonId, TerritoryId};
use crate::kind::Kind;
use crate::pair::{Seniority, Workplace};
use crate::period::Since;
use crate::period::tests::date;
use crate::role::Role;

pub(super) fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

pub(super) fn weights() -> MatchingWeights {
    matching_weights().unwrap().on(date("2026-09-10")).unwrap().value
}

pub(super) fn workplace(organization: u128, municipality: u128) -> Workplace {
    Workplace {
        organization: OrganizationId(Uuid::from_u128(organization)),
        municipality: TerritoryId(Uuid::from_u128(municipality)),
    }
}

fn profile(number: u128, since: &str) -> Profile {
    Profile {
        person: person(number),
        workplace: workplace(1, 1),
        post: Post::Teacher,
        seniority: Seniority { born: None, teaching_since: Some(Since::day(date(since))) },
        subjects: BTreeSet::from(["математика".to_owned()]),
        shift: Some(Shift::First),
        remote: Remote::Ready,
        kinds: BTreeSet::from([Kind::Traditional, Kind::Reverse]),
        likes: BTreeSet::new(),
        never: BTreeSet::new(),
        superiors: BTreeSet::new(),
    }
}

pub(super) fn mentor(number: u128) -> Mentor {
    let profile = profile(number, "2000-09-01");
    let strengths = [3, 3, 0, 0, 0, 0, 0, 0];
    let (consent, offered) = (Consent::Given, Offered::Anywhere);
    Mentor { profile, roles: vec![], consent, offered, free_places: 1, strengths }
}

pub(super) fn mentee(number: u128) -> Mentee {
    let needs = [3, 1, 0, 0, 0, 0, 0, 0];
    Mentee { profile: profile(number, "2025-09-01"), needs, paired_with: BTreeSet::new() }
}

pub(super) fn people(mentors: Vec<Mentor>, mentees: Vec<Mentee>) -> People {
    let names = [
        "методика",
        "оценивание",
        "цифровые средства",
        "общение",
        "воспитание",
        "право",
        "проекты",
        "рефлексия",
    ];
    let (today, domains) = (date("2026-09-10"), names.map(str::to_owned));
    People { mentors, mentees, marks: Marks::default(), today, domains }
}

pub(super) fn answer(people: &People) -> Proposals {
    propose(people, &weights(), &[]).unwrap()
}

/// One mentee, the best mentor (1) and another one (2) who suits worse.
fn best_and_second() -> People {
    let mut best = mentor(1);
    best.profile.likes.insert(person(9));
    let mut second = mentor(2);
    second.strengths = [1; 8];
    people(vec![best, second], vec![mentee(9)])
}

type Spoil = fn(&mut People);

/// Each hard rule, and how it comes to forbid the best pair.
const RULES: [(Refusal, Spoil); 17] = [
    (Refusal::ConsentNotAsked, |people| people.mentors[0].consent = Consent::NotAsked),
    (Refusal::ConsentDeclined, |people| people.mentors[0].consent = Consent::Declined),
    (Refusal::NoPlaces, |people| people.mentors[0].free_places = 0),
    (Refusal::AlreadyPaired, |people| {
        people.mentees[0].paired_with.insert(person(1));
    }),
    (Refusal::Subordinate, |people| {
        people.mentees[0].profile.superiors.insert(person(1));
    }),
    (Refusal::Subordinate, |people| {
        people.mentors[0].profile.superiors.insert(person(9));
    }),
    (Refusal::NotRecommended, |people| people.marks.add(person(1), person(9), Mark::NotRecommended)),
    (Refusal::UnionObjects, |people| people.marks.add(person(1), person(9), Mark::UnionObjects)),
    (Refusal::CouncilObjects, |people| people.marks.add(person(1), person(9), Mark::CouncilObjects)),
    (Refusal::SetAside, |people| people.marks.add(person(1), person(9), Mark::SetAside)),
    (Refusal::Wish, |people| {
        people.mentees[0].profile.never.insert(person(1));
    }),
    (Refusal::Wish, |people| {
        people.mentors[0].profile.never.insert(person(9));
    }),
    (Refusal::NoCommonKind, |people| people.mentors[0].profile.kinds = BTreeSet::from([Kind::Situational])),
    (Refusal::NotOffered, |people| {
        people.mentors[0].profile.workplace = workplace(2, 1);
        people.mentors[0].offered = Offered::AtHome;
    }),
    (Refusal::FarInPerson, |people| {
        people.mentors[0].profile.workplace = workplace(2, 1);
        people.mentors[0].profile.remote = Remote::InPersonOnly;
    }),
    (Refusal::NotOnLine, |people| {
        for mentor in &mut people.mentors {
            mentor.profile.kinds.insert(Kind::Virtual);
        }
        people.mentees[0].profile.kinds = BTreeSet::from([Kind::Virtual]);
        people.mentors[0].profile.remote = Remote::InPersonOnly;
    }),
    (Refusal::GroupNeedsPlaces, |people| {
        people.mentees[0].profile.kinds = BTreeSet::from([Kind::Group]);
        for mentor in &mut people.mentors {
            mentor.profile.kinds.insert(Kind::Group);
        }
        people.mentors[1].free_places = 2;
    }),
];

#[test]
fn every_rule_forbids_the_best_pair() {
    let proposed = answer(&best_and_second()).pairs[0].mentor;
    assert_eq!(proposed, person(1));
    for (refusal, spoil) in RULES {
        let mut people = best_and_second();
        spoil(&mut people);
        let refused = rules::check(&people.mentors[0], &people.mentees[0], &people.marks);
        assert_eq!(refused, Err(vec![refusal]));
        let proposals = answer(&people);
        assert_eq!(proposals.pairs.len(), 1, "{refusal:?}");
        assert_eq!(proposals.pairs[0].mentor, person(2), "{refusal:?}");
        let told = refusal.to_string();
        let cited = told.contains("(п. ") || told.contains("(ДК ");
        assert!(cited || refusal == Refusal::SetAside, "{refusal}");
        assert!(!refusal.requirement().is_empty());
    }
}

#[test]
fn nobody_mentors_oneself_and_a_senior_does_not_teach_in_reverse() {
    let mut both = best_and_second();
    both.mentees[0].profile.person = person(1);
    both.mentors[0].profile.likes.clear();
    assert_eq!(rules::check(&both.mentors[0], &both.mentees[0], &both.marks), Err(vec![Refusal::Oneself]));
    assert_eq!(answer(&both).pairs[0].mentor, person(2));
    let mut reverse = best_and_second();
    reverse.mentees[0].profile.kinds = BTreeSet::from([Kind::Reverse]);
    reverse.mentors[1].profile.seniority.teaching_since = Some(Since::day(date("2026-08-01")));
    let refused = rules::check(&reverse.mentors[0], &reverse.mentees[0], &reverse.marks);
    assert_eq!(refused, Err(vec![Refusal::ReverseNotJunior]));
    assert_eq!(answer(&reverse).pairs[0].mentor, person(2));
}

#[test]
fn a_director_may_mentor_their_own_teachers() {
    let mut people = best_and_second();
    people.mentees[0].profile.superiors.insert(person(1));
    people.mentors[0].profile.post = Post::Head;
    people.mentors[0].roles = vec![Role::Director];
    assert_eq!(answer(&people).pairs[0].mentor, person(1));
    people.mentors[0].roles = vec![Role::Curator];
    assert_eq!(answer(&people).pairs[0].mentor, person(2));
}

#[test]
fn all_refusals_are_told_at_once() {
    let mut people = best_and_second();
    people.mentors[0].consent = Consent::Declined;
    people.mentors[0].free_places = 0;
    people.marks.add(person(1), person(9), Mark::NotRecommended);
    let refused = rules::check(&people.mentors[0], &people.mentees[0], &people.marks);
    let all = vec![Refusal::ConsentDeclined, Refusal::NoPlaces, Refusal::NotRecommended];
    assert_eq!(refused, Err(all));
}

#[test]
fn a_score_is_told_in_parts_that_add_up() {
    let mut people = best_and_second();
    people.mentees[0].profile.likes.insert(person(2));
    people.mentors[1].profile.workplace = workplace(2, 1);
    people.mentors[1].profile.subjects = BTreeSet::from(["химия".to_owned()]);
    people.mentors[1].profile.shift = Some(Shift::Second);
    people.mentors.remove(0);
    let proposals = answer(&people);
    let pair = &proposals.pairs[0];
    assert_eq!(pair.kinds, BTreeSet::from([Kind::Traditional, Kind::Virtual]));
    let told: Vec<(u16, u16, &str)> =
        pair.explanation.parts.iter().map(|part| (part.points, part.most, part.words.as_str())).collect();
    let expected = [
        (
            175,
            350,
            "нужна помощь: методика, оценивание; сильные стороны наставника: оценивание; поможет отчасти: методика",
        ),
        (0, 200, "предметы разные"),
        (
            70,
            150,
            "работают в разных организациях одного муниципалитета, оба готовы встречаться на расстоянии",
        ),
        (100, 100, "наставник опытнее на 25\u{a0}лет"),
        (0, 60, "работают в разные смены"),
        (70, 140, "есть пожелание работать вместе"),
    ];
    assert_eq!(told, expected);
    assert_eq!(u64::from(pair.explanation.score()), proposals.score);
    assert_eq!(pair.explanation.parts.iter().map(|part| part.most).sum::<u16>(), 1000);
}

#[test]
fn pinned_pairs_stay_and_are_held_to_the_rules() {
    let people = best_and_second();
    let free = answer(&people);
    let pinned = propose(&people, &weights(), &[(person(2), person(9))]).unwrap();
    assert_eq!(pinned.pairs[0].mentor, person(2));
    let comparison = compare(&free, &pinned);
    assert_eq!((comparison.changes.len(), comparison.matched), (1, 0));
    assert!(comparison.score < 0);
    let change = comparison.changes[0];
    assert_eq!(change.before.unwrap().0, person(1));
    assert_eq!(change.after.unwrap().0, person(2));
    let mut forbidden = people.clone();
    forbidden.marks.add(person(1), person(9), Mark::SetAside);
    let set_aside = answer(&forbidden);
    assert_eq!(compare(&pinned, &set_aside).changes, []);
    let refused = propose(&forbidden, &weights(), &[(person(1), person(9))]).unwrap_err();
    assert_eq!(refused.to_string(), "Закрепить эту пару нельзя: вы исключили эту пару из подбора");
    let stranger = propose(&people, &weights(), &[(person(77), person(9))]);
    assert!(matches!(stranger, Err(ProposeError::People(_))));
}
