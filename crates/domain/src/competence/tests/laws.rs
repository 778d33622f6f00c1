use proptest::prelude::*;
use proptest::sample::{Index, subsequence};

use super::*;

fn any_level() -> impl Strategy<Value = Option<Level>> {
    (0_i64..5).prop_map(Level::from_number)
}

/// A sheet with answers to some of the items.
fn any_answers() -> impl Strategy<Value = Vec<Answer>> {
    let codes: Vec<String> = questionnaire().items(Wave::Entry).map(|(_, item)| item.code.clone()).collect();
    let count = codes.len();
    subsequence(codes, 0..=count).prop_flat_map(|codes| {
        let count = codes.len();
        (Just(codes), proptest::collection::vec((any_level(), any::<bool>()), count)).prop_map(
            |(codes, values)| {
                let answer = |(item, (level, is_important))| Answer { item, level, is_important };
                codes.into_iter().zip(values).map(answer).collect()
            },
        )
    })
}

fn any_wave() -> impl Strategy<Value = Wave> {
    proptest::sample::select(Wave::ALL.to_vec())
}

proptest! {
    #[test]
    fn the_order_of_answers_changes_nothing(
        (answers, shuffled) in any_answers().prop_flat_map(|answers| (Just(answers.clone()), Just(answers).prop_shuffle())),
        wave in any_wave(),
    ) {
        let set = questionnaire();
        prop_assert_eq!(assess(&set, wave, &answers), assess(&set, wave, &shuffled));
        prop_assert_eq!(dynamics(&answers, &shuffled).iter().map(Shift::hundredths).sum::<i64>(), 0);
        prop_assert_eq!(differences(&answers, &shuffled, &set.limits), []);
        prop_assert_eq!(to_begin_with(&set, wave, &answers), to_begin_with(&set, wave, &shuffled));
    }

    #[test]
    fn a_level_raised_makes_no_deficit_and_loses_no_strength(
        answers in any_answers(), which in any::<Index>(), to in 0_i64..4, wave in any_wave(),
    ) {
        prop_assume!(!answers.is_empty());
        let set = questionnaire();
        let before = assess(&set, wave, &answers);
        let mut raised = answers;
        let place = which.index(raised.len());
        prop_assume!(raised[place].level.is_some());
        raised[place].level = raised[place].level.max(Level::from_number(to));
        let after = assess(&set, wave, &raised);
        for (one, two) in before.scores.iter().zip(&after.scores) {
            prop_assert_eq!(one.domain, two.domain);
            prop_assert!(one.hundredths() <= two.hundredths());
            prop_assert!(two.standing != Standing::Deficit || one.standing == Standing::Deficit);
            prop_assert!(one.standing != Standing::Strength || two.standing == Standing::Strength);
        }
    }

    #[test]
    fn a_deficit_is_always_important_and_never_a_strength(answers in any_answers(), wave in any_wave()) {
        let profile = assess(&questionnaire(), wave, &answers);
        for score in &profile.scores {
            match score.standing {
                Standing::Deficit => prop_assert!(score.is_important && score.hundredths() < 150),
                Standing::Strength => prop_assert!(score.hundredths() >= 250),
                Standing::Middle => prop_assert!(!score.is_important || score.hundredths() >= 150),
            }
            prop_assert!(score.hundredths() <= 300);
        }
    }

    #[test]
    fn every_item_is_answered_or_missing(answers in any_answers(), wave in any_wave()) {
        let set = questionnaire();
        let profile = assess(&set, wave, &answers);
        let answered: u32 = profile.scores.iter().map(|score| score.answered).sum();
        prop_assert_eq!(answered as usize + profile.missing.len(), set.items(wave).count());
    }

    #[test]
    fn the_way_back_is_the_way_forth_turned_round(before in any_answers(), after in any_answers()) {
        let forth = dynamics(&before, &after);
        let back = dynamics(&after, &before);
        prop_assert_eq!(forth.len(), back.len());
        for (one, two) in forth.iter().zip(&back) {
            prop_assert_eq!((one.domain, one.common, one.hundredths()), (two.domain, two.common, -two.hundredths()));
        }
    }

    #[test]
    fn two_views_differ_the_same_from_both_sides(own in any_answers(), other in any_answers()) {
        let limits = questionnaire().limits;
        let turned: Vec<_> = differences(&other, &own, &limits)
            .into_iter()
            .map(|found| Difference { own: found.other, other: found.own, ..found })
            .collect();
        prop_assert_eq!(differences(&own, &other, &limits), turned);
    }
}
