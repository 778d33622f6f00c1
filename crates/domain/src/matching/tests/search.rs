use super::super::people::{Mark, Mentee, Mentor, Offered, People, Remote, Shift};
use super::super::score::{explain, points};
use super::super::search::Blocks;
use super::super::{
    Aspect, Audience, BEST, Phase, Proposals, ProposeError, Refusal, Step, Stopped, Width, candidates,
    pairs_to_look_at, propose_watched, rules,
};
use super::optimum::Chance;
use super::people::{answer, mentee, mentor, people, person, weights, workplace};
use super::reasons::drawn;
use crate::ids::PersonId;
use crate::period::tests::date;
use crate::period::{Precision, Since};

fn at(width: Width, people: &People) -> Proposals {
    propose_watched(people, &weights(), &[], width, &mut |_| Ok(())).unwrap()
}

#[test]
fn the_search_counts_the_points_that_are_told() {
    let mut chance = Chance(41);
    let mut compared = 0;
    for _ in 0..3_000 {
        let people = drawn(&mut chance);
        for (one, two) in
            people.mentors.iter().flat_map(|one| people.mentees.iter().map(move |two| (one, two)))
        {
            let Ok(kinds) = rules::check(one, two, &people.marks) else { continue };
            let told = explain(one, two, &kinds, &people, &weights()).score();
            assert_eq!(points(one, two, &kinds, people.today, &weights()), told, "{one:?} {two:?}");
            compared += 1;
        }
    }
    assert!(compared > 1_000, "{compared}");
}

// Within a municipality nothing is lost by looking at neighbors only.
#[test]
fn neighbors_are_all_there_is_in_a_municipality() {
    let mut chance = Chance(43);
    for _ in 0..500 {
        let people = drawn(&mut chance);
        let (all, near) = (at(Width::Everybody, &people), at(Width::Neighbors, &people));
        assert_eq!((&all.pairs, all.score), (&near.pairs, near.score), "{people:?}");
        let obstacles = |answer: &Proposals| -> Vec<usize> {
            answer.unmatched.iter().map(|one| one.obstacles.len()).collect()
        };
        assert!(obstacles(&all).iter().zip(obstacles(&near)).all(|(all, near)| *all >= near));
    }
}

fn many(count: u128) -> Vec<Mentor> {
    let strong = |number: u128| {
        let mut mentor = mentor(number);
        mentor.strengths = [u8::try_from(number % 4).unwrap(); 8];
        mentor
    };
    (1..=count).map(strong).collect()
}

#[test]
fn the_best_are_kept_and_the_others_are_counted() {
    let mut mentors = many(80);
    for mentor in &mut mentors {
        mentor.free_places = 0;
    }
    let places: Vec<u128> = (1..=60).collect();
    for number in &places {
        mentors[usize::try_from(*number).unwrap() - 1].free_places = 1;
    }
    let mentees = (1001..=1061).map(mentee).collect();
    let near = at(Width::Neighbors, &people(mentors, mentees));
    assert_eq!(near.unmatched.len(), 61 - BEST, "all of them look at the same {BEST}");
    let left = &near.unmatched[0];
    assert_eq!((left.suitable, left.kept, left.beyond), (60, 50, 0));
    let told = left.words(Audience::Curator, |_| "Кто-то".to_owned());
    assert_eq!(told[0], "Свободных мест нет: они заняты у 50 лучших из 60 подходящих.");
}

#[test]
fn a_nation_is_not_compared_with_itself() {
    let (mut mentors, mut mentees) = (Vec::new(), Vec::new());
    for town in 0..200_u128 {
        for number in 0..20 {
            let mut one = mentor(town * 100 + number);
            one.profile.workplace = workplace(town * 4 + number % 4, town);
            one.profile.remote = if number % 2 == 0 { Remote::Ready } else { Remote::InPersonOnly };
            let mut two = mentee(1_000_000 + town * 100 + number);
            two.profile.workplace = one.profile.workplace;
            two.profile.remote = one.profile.remote;
            mentors.push(one);
            mentees.push(two);
        }
    }
    let nation = people(mentors, mentees);
    assert_eq!(pairs_to_look_at(&nation, Width::Everybody), 4_000 * 4_000);
    let near = pairs_to_look_at(&nation, Width::Neighbors);
    assert!(near <= 4_000 * 20, "{near}");
    let answer = at(Width::Neighbors, &nation);
    assert_eq!(answer.pairs.len(), 4_000);
}

#[test]
fn it_is_told_that_others_were_not_compared() {
    let mut far = mentor(1);
    far.profile.workplace = workplace(9, 9);
    let near = at(Width::Neighbors, &people(vec![far], vec![mentee(9)]));
    let told = near.unmatched[0].words(Audience::Curator, |_| String::new());
    assert_eq!(told, ["В организации наставников нет, и на расстоянии в муниципалитете никого не нашлось."]);
}

#[test]
fn a_watched_matching_stops_at_any_step_and_is_otherwise_the_same() {
    let mut chance = Chance(47);
    let (mut phases, mut people) = (std::collections::BTreeSet::new(), drawn(&mut chance));
    while answer(&people).unmatched.is_empty() {
        people = drawn(&mut chance);
    }
    let mut steps = 0;
    let whole = propose_watched(&people, &weights(), &[], Width::Everybody, &mut |step: Step| {
        assert!(step.done <= step.all);
        phases.insert(step.phase);
        steps += 1;
        Ok(())
    });
    assert_eq!(whole, Ok(answer(&people)));
    assert_eq!(phases.into_iter().collect::<Vec<_>>(), Phase::ALL);
    for last in 0..steps {
        let mut left = last;
        let stopped = propose_watched(&people, &weights(), &[], Width::Everybody, &mut |_| {
            if left == 0 {
                return Err(Stopped);
            }
            left -= 1;
            Ok(())
        });
        assert_eq!(stopped, Err(ProposeError::Stopped(Stopped)), "{last}");
    }
}

#[test]
fn people_kept_with_a_run_give_the_same_answer() {
    let mut chance = Chance(53);
    for _ in 0..50 {
        let people = drawn(&mut chance);
        let kept: People = serde_json::from_str(&serde_json::to_string(&people).unwrap()).unwrap();
        assert_eq!(kept, people);
        let first = answer(&people);
        let kept: Proposals = serde_json::from_str(&serde_json::to_string(&first).unwrap()).unwrap();
        assert_eq!(kept, first);
    }
}

#[test]
fn what_only_the_curator_may_read_is_told_to_nobody_else() {
    let mut one = mentor(1);
    one.profile.likes.insert(person(9));
    let whole = answer(&people(vec![one], vec![mentee(9)]));
    assert!(whole.pairs[0].explanation.words().ends_with(" из 1000"));
    let told = whole.clone().told(Audience::Others);
    assert_eq!(told.pairs[0].explanation.most(), 510);
    assert!(told.score < whole.score);
    let aspects: Vec<Aspect> = told.pairs[0].explanation.parts.iter().map(|part| part.aspect).collect();
    assert_eq!(aspects, [Aspect::Subject, Aspect::Place, Aspect::Experience, Aspect::Shift]);
    assert_eq!(whole.clone().told(Audience::Curator), whole);
    // What stands behind a confidential reason can't be told apart.
    assert_eq!(Refusal::Wish.told(Audience::Others), Refusal::UnionObjects.told(Audience::Others));
    assert_eq!(Refusal::Wish.told(Audience::Others), Refusal::CouncilObjects.told(Audience::Others));
    assert_eq!(Refusal::Wish.told(Audience::Others), Refusal::NotRecommended.told(Audience::Others));
    assert_ne!(Refusal::Wish.told(Audience::Curator), Refusal::NotRecommended.told(Audience::Curator));
    assert_eq!(Refusal::NoPlaces.told(Audience::Others), Refusal::NoPlaces.to_string());
    let mut marked = people(vec![mentor(1)], vec![mentee(9)]);
    marked.marks.add(person(1), person(9), Mark::SetAside);
    assert_eq!(marked.marks.with(Mark::SetAside).collect::<Vec<_>>(), [(person(1), person(9))]);
    marked.mentors[0].offered = Offered::AtHome;
    assert!(answer(&marked).pairs.is_empty());
}

#[test]
fn the_order_in_which_people_are_listed_changes_nothing() {
    let mut chance = Chance(59);
    for _ in 0..200 {
        let people = drawn(&mut chance);
        let mut turned = people.clone();
        turned.mentors.reverse();
        let middle = turned.mentees.len() / 2;
        turned.mentees.rotate_left(middle);
        assert_eq!(answer(&turned), answer(&people));
    }
}

/// What makes two people particular to each other, dates known more or less, and more subjects than there are bits.
fn made_particular(people: &mut People, chance: &mut Chance) {
    let subjects = chance.one_of(&[3, 100]);
    let mentors = people.mentors.iter_mut().map(|one| &mut one.profile);
    for profile in mentors.chain(people.mentees.iter_mut().map(|two| &mut two.profile)) {
        let subject = |chance: &mut Chance| format!("предмет {}", chance.below(subjects));
        profile.subjects = (0..chance.below(3)).map(|_| subject(chance)).collect();
        profile.shift = chance.one_of(&[None, Some(Shift::First), Some(Shift::Second)]);
        profile.workplace = workplace(u128::from(chance.below(3)), u128::from(chance.below(2)));
        let year = |chance: &mut Chance| date(&format!("{}-03-01", 1990 + chance.below(30)));
        profile.seniority.born = (chance.below(3) == 0).then(|| year(chance));
        let precision = chance.one_of(&[Precision::Day, Precision::Year]);
        let since = Since { date: year(chance), precision };
        profile.seniority.teaching_since = (chance.below(4) > 0).then_some(since);
        let anybody = |chance: &mut Chance| person(u128::from(chance.below(2) * 100 + chance.below(7)));
        for list in [&mut profile.likes, &mut profile.never, &mut profile.superiors] {
            list.extend((chance.below(4) == 0).then(|| anybody(chance)));
        }
    }
    for mentee in &mut people.mentees {
        mentee.paired_with.extend((chance.below(4) == 0).then(|| person(u128::from(chance.below(6)))));
    }
    if let (Some(one), Some(two)) = (people.mentors.first(), people.mentees.first_mut()) {
        two.profile.person = one.profile.person;
    }
    // More subjects than people have, so that those they have come late.
    if let Some(one) = people.mentors.first_mut().filter(|_| subjects > 3) {
        one.profile.subjects.extend((0..70).map(|number| format!("ещё предмет {number}")));
    }
}

/// Candidates by the plain rules, mentee by mentee.
fn by_plain_rules(people: &People, width: Width) -> Vec<Vec<(PersonId, u16)>> {
    let blocks = Blocks::of(people, width);
    let mut mentees: Vec<&Mentee> = people.mentees.iter().collect();
    mentees.sort_by_key(|mentee| mentee.profile.person);
    let of_mentee = |mentee: &&Mentee| {
        let allowed = blocks.of_mentee(mentee).into_iter().filter_map(|mentor| {
            let kinds = rules::check(mentor, mentee, &people.marks).ok()?;
            let score = points(mentor, mentee, &kinds, people.today, &weights());
            Some((mentor.profile.person, score))
        });
        let mut row: Vec<_> = allowed.collect();
        if width == Width::Neighbors {
            row.sort_by_key(|(mentor, score)| (std::cmp::Reverse(*score), *mentor));
            row.truncate(BEST);
        }
        row.sort_unstable();
        row
    };
    mentees.iter().map(of_mentee).collect()
}

#[test]
fn the_search_finds_what_the_plain_rules_allow() {
    let mut chance = Chance(61);
    let (mut found, mut particular) = (0, 0);
    for number in 0..4_000 {
        let mut people = drawn(&mut chance);
        if chance.below(20) == 0 {
            people.mentors.extend(many(300).into_iter().skip(200));
        }
        if chance.below(3) > 0 {
            made_particular(&mut people, &mut chance);
            particular += 1;
        }
        for width in [Width::Everybody, Width::Neighbors] {
            let named = candidates(&people, &weights(), width).unwrap();
            let plain = by_plain_rules(&people, width);
            for (mentee, plain) in plain.iter().enumerate() {
                let row = named.instance().candidates(mentee);
                let row: Vec<_> =
                    row.map(|(mentor, score)| (named.mentors()[mentor as usize], score)).collect();
                assert_eq!(row, *plain, "{number} {width:?} {mentee}: {people:?}");
                found += row.len();
            }
        }
    }
    assert!(found > 20_000 && particular > 2_000, "{found} {particular}");
}
