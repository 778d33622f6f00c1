use super::super::people::{Mark, Mentor, Offered, People, Remote};
use super::super::score::{explain, points};
use super::super::{
    Aspect, Audience, BEST, Phase, Proposals, ProposeError, Refusal, Step, Stopped, Width, pairs_to_look_at,
    propose_watched, rules,
};
use super::optimum::Chance;
use super::people::{answer, mentee, mentor, people, person, weights, workplace};
use super::reasons::drawn;

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
