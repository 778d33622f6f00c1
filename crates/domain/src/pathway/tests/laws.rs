//! What holds for every life of a route.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;

fn any_text() -> impl Strategy<Value = String> {
    "[а-яё ]{0,6}"
}

fn any_domain() -> impl Strategy<Value = Domain> {
    (0_usize..8).prop_map(|index| Domain::ALL[index])
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..1900).prop_map(|days| date("2026-08-20") + Days::new(days))
}

fn any_body() -> impl Strategy<Value = Body> {
    let detail = prop_oneof![
        (any_text(), 0_u32..100).prop_map(|(provider, hours)| Detail::Course { provider, hours }),
        any_text().prop_map(|novelty| Detail::Trial { novelty }),
        any_text().prop_map(|part| Detail::Project { part }),
        any_text().prop_map(|expected| Detail::Measure { expected }),
    ];
    (any_text(), any_day(), 0_u64..400, proptest::option::of(any_domain()), detail).prop_map(
        |(title, from, days, domain, detail)| Body {
            title,
            from,
            to: from + Days::new(days),
            domain,
            detail,
        },
    )
}

fn any_findings() -> impl Strategy<Value = Findings> {
    proptest::collection::vec((any_domain(), any_text()), 0..3).prop_map(|list| {
        let list: Vec<Finding> = list.into_iter().map(|(domain, words)| Finding { domain, words }).collect();
        Findings { seen_on: None, list }
    })
}

fn any_reflection() -> impl Strategy<Value = Reflection> {
    let list = proptest::collection::vec((any_domain(), any_text()), 0..3);
    (list, proptest::option::of(0_u8..12)).prop_map(|(list, closeness)| Reflection {
        list: list
            .into_iter()
            .map(|(domain, words)| ReflectedOn { domain, was: words.clone(), became: words })
            .collect(),
        closeness,
        words: String::new(),
    })
}

fn any_step() -> impl Strategy<Value = Step> {
    (0_usize..7).prop_map(|index| Step::ALL[index])
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any_body().prop_map(|body| Change::Add { body }),
        (1_u32..4, any_body()).prop_map(|(number, body)| Change::Alter { number, body }),
        (1_u32..4).prop_map(|number| Change::Drop { number }),
    ]
}

/// What any browser may send; steps on the right way come often, so that the end is reached.
fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        any_text()
            .prop_map(|ideal| Event::SelfImageWritten { image: SelfImage { ideal, ..SelfImage::default() } }),
        (any_step(), any_findings()).prop_map(|(step, findings)| Event::Found { step, findings }),
        any_body().prop_map(|body| Event::Added { body }),
        (1_u32..4, any_body()).prop_map(|(number, body)| Event::Changed { number, body }),
        (1_u32..4).prop_map(|number| Event::Removed { number }),
        any_text().prop_map(|reason| Event::RoadmapWaived { reason }),
        Just(Event::RoadmapResumed),
        any_step().prop_map(|step| Event::Completed { step }),
        any_step().prop_map(|step| Event::Completed { step }),
        any_step().prop_map(|step| Event::Completed { step }),
        (any_text(), any_change()).prop_map(|(reason, change)| Event::Corrected { reason, change }),
        (1_u32..4, any_text()).prop_map(|(number, product)| Event::Realized {
            number,
            outcome: Outcome { product, ..outcome() }
        }),
        any_reflection().prop_map(|reflection| Event::Reflected { reflection }),
        (any_text(), any_reflection()).prop_map(|(reason, reflection)| Event::Stopped {
            reflection: Reflection { words: reason.clone(), ..reflection },
            reason,
        }),
        (any_step(), any_text()).prop_map(|(step, text)| Event::Commented { step, text }),
        (1_u32..3, any_text()).prop_map(|(comment, text)| Event::Answered {
            comment,
            text,
            settled: Settled::Yes
        }),
        any_day().prop_map(|from| Event::TermSet { term: Term { from, to: from + Days::new(1500) } }),
    ]
}

fn any_life() -> impl Strategy<Value = Vec<Recorded>> {
    let one = (0_usize..6, any_event()).prop_map(|(voice, event)| Recorded {
        by: *Voice::ALL.get(voice).unwrap_or(&Voice::Owner),
        on: date("2026-11-23"),
        event,
    });
    // Half of the lives begin with the roadmap drawn up.
    (any::<bool>(), proptest::collection::vec(one, 0..40)).prop_map(|(is_drawn, events)| {
        let first = if is_drawn {
            Event::Imported { pathway: Box::new(drawn()) }
        } else {
            Event::Begun { term: term() }
        };
        [own(first)].into_iter().chain(events).collect()
    })
}

/// The route after those events of a life that could happen, and these events.
fn lived(life: &[Recorded]) -> (Pathway, Vec<Recorded>) {
    let mut pathway = Pathway::begin(&life[0]).unwrap();
    let mut happened = vec![life[0].clone()];
    for recorded in &life[1..] {
        if pathway.apply(recorded).is_ok() {
            happened.push(recorded.clone());
        }
    }
    (pathway, happened)
}

proptest! {
    #[test]
    fn steps_are_completed_in_their_order(life in any_life()) {
        let (pathway, _) = lived(&life);
        let done: Vec<Step> = pathway.marks.iter().map(|mark| mark.step).collect();
        let order: Vec<Step> = match pathway.waived() {
            Some(_) => [&Step::ALL[..4], &Step::ALL[6..]].concat(),
            None => Step::ALL.to_vec(),
        };
        prop_assert_eq!(&order[..done.len()], &done[..]);
    }

    #[test]
    fn after_the_end_there_are_words_about_it_and_nothing_else(life in any_life(), more in any_event()) {
        let (mut pathway, _) = lived(&life);
        prop_assert_eq!(pathway.ended_on().is_some(), pathway.current().is_none());
        let before = pathway.clone();
        if pathway.ended_on().is_some() && pathway.apply(&own(more)).is_ok() {
            prop_assert_eq!(Pathway { comments: before.comments.clone(), ..pathway }, before);
        }
    }

    #[test]
    fn a_life_never_leaves_what_a_file_may_hold(life in any_life()) {
        let (pathway, _) = lived(&life);
        prop_assert_eq!(pathway.check(), Ok(()));
    }

    #[test]
    fn replayed_it_is_the_same(life in any_life()) {
        let (pathway, happened) = lived(&life);
        let kept = serde_json::to_string(&happened).unwrap();
        let events: Vec<Recorded> = serde_json::from_str(&kept).unwrap();
        prop_assert_eq!(Pathway::replay(&events), Ok(pathway));
    }

    #[test]
    fn written_and_read_it_is_equal(life in any_life()) {
        let (mut pathway, _) = lived(&life);
        // Terms of this life are typed at random; whether a term is long enough is asked elsewhere.
        let rules = PathwayRules { least_years: 0, most_years: 9 };
        prop_assert_eq!(read(&write(&pathway).unwrap(), &rules).unwrap(), pathway.clone());
        pathway.last_number += 1;
        let file = write(&pathway).unwrap();
        let other = Pathway::begin(&own(Event::Imported { pathway: Box::new(read(&file, &rules).unwrap()) })).unwrap();
        prop_assert_eq!(write(&other).unwrap(), file);
    }

    #[test]
    fn broken_bytes_are_refused_in_words(at in 0_usize..3000, byte in any::<u8>()) {
        let mut file = write(&drawn()).unwrap();
        let place = at % file.len();
        file[place] = byte;
        if let Err(error) = read(&file, &RULES) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn every_whole_number_of_years_fits(from in any_day(), years in 1_u32..8) {
        let term = Term { from, to: from };
        let whole = Term { from, to: term.last_day_of(years) };
        prop_assert_eq!(whole.check(&RULES).is_ok(), (4..=5).contains(&years));
    }
}
