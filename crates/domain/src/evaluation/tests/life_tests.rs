use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::super::*;
use super::{day, person, rules};

fn evaluation(wave: Wave) -> Evaluation {
    let plan = WavePlan { wave, shape: Shape::Full, opens: day("2027-01-01"), due: day("2027-01-31") };
    Evaluation::new(plan, BTreeSet::from([person(1), person(2)]))
}

fn done(deeds: &[Deed], today: NaiveDate) -> Result<Evaluation, Refusal> {
    deeds.iter().try_fold(evaluation(Wave::Middle), |known, deed| known.after(*deed, today))
}

const GIVEN: [Deed; 2] = [Deed::Give(PERSON_1), Deed::Give(PERSON_2)];
const PERSON_1: crate::ids::PersonId = crate::ids::PersonId(uuid::Uuid::from_u128(1));
const PERSON_2: crate::ids::PersonId = crate::ids::PersonId(uuid::Uuid::from_u128(2));

#[test]
fn the_usual_way() {
    let today = day("2027-01-15");
    assert_eq!(evaluation(Wave::Middle).state(day("2026-12-31")), State::Ahead);
    assert_eq!(done(&[], today).unwrap().state(today), State::Open);
    assert_eq!(done(&GIVEN, today).unwrap().state(today), State::Given);
    let concluded = [&GIVEN[..], &[Deed::Conclude(Decision::Continue)]].concat();
    assert_eq!(done(&concluded, today).unwrap().state(today), State::Concluded);
    let confirmed = [&concluded[..], &[Deed::Confirm]].concat();
    assert_eq!(done(&confirmed, today).unwrap().state(today), State::Confirmed);
}

#[test]
fn refusals_say_why() {
    let today = day("2027-01-15");
    let concluded = [&GIVEN[..], &[Deed::Conclude(Decision::Revise)]].concat();
    let with = |more: &[Deed]| done(&[&concluded[..], more].concat(), today);
    assert_eq!(done(&[Deed::Give(person(1))], day("2026-12-31")), Err(Refusal::TooEarly));
    assert_eq!(done(&[Deed::Give(person(9))], today), Err(Refusal::NotAParticipant));
    assert_eq!(
        done(&[Deed::Give(person(1)), Deed::Conclude(Decision::Continue)], today),
        Err(Refusal::PartsMissing)
    );
    // After the last day the curator needn't wait.
    assert!(done(&[Deed::Conclude(Decision::Continue)], day("2027-02-01")).is_ok());
    assert_eq!(
        done(&[&GIVEN[..], &[Deed::Conclude(Decision::Prolong)]].concat(), today),
        Err(Refusal::NotOffered)
    );
    assert_eq!(done(&[Deed::Confirm], today), Err(Refusal::NotConcluded));
    assert_eq!(with(&[Deed::Give(person(1))]), Err(Refusal::AlreadyConcluded));
    assert_eq!(with(&[Deed::AskCouncil, Deed::Confirm]), Err(Refusal::CouncilWaits));
    assert_eq!(with(&[Deed::AskCouncil, Deed::Conclude(Decision::Continue)]), Err(Refusal::CouncilAsked));
    assert_eq!(with(&[Deed::AskCouncil, Deed::AskCouncil]), Err(Refusal::CouncilAsked));
    let mut declined = with(&[]).unwrap();
    declined.council = Council::Declined;
    assert_eq!(declined.clone().after(Deed::Confirm, today), Err(Refusal::CouncilDeclined));
    // Sent back, everything may be written anew, and the parts stand.
    let returned = declined.after(Deed::Return, today).unwrap();
    assert_eq!((returned.state(today), returned.council), (State::Given, Council::NotAsked));
    assert!(returned.after(Deed::TakeBack(person(1)), today).is_ok());
    assert_eq!(with(&[Deed::Confirm, Deed::Return]), Err(Refusal::Confirmed));
}

#[test]
fn a_checklist_is_added_up() {
    let rules = rules();
    let verdict = |marks: &[Mark]| score(marks, &rules).verdict;
    assert_eq!(verdict(&[Mark::Yes; 8]), Verdict::Optimal);
    assert_eq!(verdict(&[Mark::Partly; 8]), Verdict::Acceptable);
    assert_eq!(verdict(&[Mark::No; 8]), Verdict::NeedsDecision);
    // 19 of 24 is 79.2 percent, 18 is 75.
    let marks = |yes: usize, partly: usize| {
        let all = [vec![Mark::Yes; yes], vec![Mark::Partly; partly], vec![Mark::No; 12 - yes - partly]];
        all.concat()
    };
    assert_eq!(verdict(&marks(9, 1)), Verdict::Optimal);
    assert_eq!(verdict(&marks(9, 0)), Verdict::Acceptable);
    assert_eq!(verdict(&[]), Verdict::NeedsDecision);
}

fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (1_u8..4).prop_map(|number| Deed::Give(person(number))),
        (1_u8..4).prop_map(|number| Deed::TakeBack(person(number))),
        proptest::sample::select(Decision::ALL.to_vec()).prop_map(Deed::Conclude),
        Just(Deed::AskCouncil),
        Just(Deed::Return),
        Just(Deed::Confirm),
    ]
}

proptest! {
    /// Whatever is pressed on whatever day: a refusal changes nothing, what is confirmed stays, parts of others never
    /// count, and nothing is confirmed without a conclusion offered for this wave.
    #[test]
    fn whatever_is_pressed(steps in proptest::collection::vec((any_deed(), 0_u64..60), 0..25)) {
        let mut known = evaluation(Wave::Middle);
        for (deed, later) in steps {
            let today = day("2026-12-20") + Days::new(later);
            let before = known.clone();
            match known.clone().after(deed, today) {
                Err(refusal) => {
                    prop_assert_eq!(before.allow(deed, today), Err(refusal));
                }
                Ok(after) => {
                    prop_assert!(before.confirmed_on.is_none());
                    prop_assert!(today >= before.plan.opens || before.conclusion.is_some());
                    known = after;
                }
            }
            prop_assert!(known.given.is_subset(&known.owing));
            if known.confirmed_on.is_some() {
                let decision = known.conclusion.unwrap().decision;
                prop_assert!(Decision::offered(Wave::Middle).contains(&decision));
                prop_assert!(!matches!(known.council, Council::Waits | Council::Declined));
            }
        }
    }
}
