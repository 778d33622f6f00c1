//! Examples and laws of the base.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::competence::Domain;
use crate::config::{BaseRules, base_rules};
use crate::depersonal::{Choice, Decisions, Known, Person, Stand};
use crate::ids::{OrganizationId, PersonId};
use crate::period::tests::date;
use crate::person::{FullName, Gender};
use crate::program::{Body, Ground, Text, Who};

const MENTOR: PersonId = PersonId(Uuid::from_u128(1));
const MENTEE: PersonId = PersonId(Uuid::from_u128(2));
const CURATOR: PersonId = PersonId(Uuid::from_u128(3));
const FIRST: PersonId = PersonId(Uuid::from_u128(4));
const SECOND: PersonId = PersonId(Uuid::from_u128(5));
const DEPARTMENT: PersonId = PersonId(Uuid::from_u128(6));
const SCHOOL: OrganizationId = OrganizationId(Uuid::from_u128(10));
const CENTER: OrganizationId = OrganizationId(Uuid::from_u128(11));

fn rules() -> BaseRules {
    base_rules().unwrap().on(date("2026-11-27")).unwrap().value.clone()
}

fn by(by: PersonId, event: Event) -> Recorded {
    Recorded { by, at: DateTime::<Utc>::UNIX_EPOCH, event }
}

fn reviewed(center: OrganizationId, verdict: Verdict) -> Event {
    let remarks = "Уточните".to_owned();
    Event::Reviewed { centers: [center].into(), marks: BTreeMap::new(), verdict, remarks }
}

fn offered() -> Recorded {
    by(CURATOR, Event::Offered { people: vec![MENTOR, MENTEE], organization: SCHOOL })
}

/// Everything up to the two reviews.
fn reviewed_twice() -> Vec<Recorded> {
    vec![
        offered(),
        by(MENTOR, Event::Agreed),
        by(MENTEE, Event::Agreed),
        by(CURATOR, Event::Checked),
        by(FIRST, reviewed(CENTER, Verdict::Recommend)),
        by(SECOND, reviewed(CENTER, Verdict::Recommend)),
    ]
}

fn facts() -> Facts {
    Facts {
        approved_revision: Some(2),
        measures: 5,
        measures_done: 4,
        last_day: date("2027-05-31"),
        evaluation: None,
        declined_revision: Some(1),
    }
}

#[test]
fn only_what_is_finished_and_good_is_offered() {
    let today = date("2027-05-01");
    assert_eq!(eligible(&facts(), &rules(), today), Ok(()));
    let good = Facts { evaluation: Some(Evaluation::Good), ..facts() };
    assert_eq!(eligible(&good, &rules(), today), Ok(()));
    let cases = [
        (Facts { approved_revision: None, ..facts() }, Lack::NotApproved),
        (Facts { measures_done: 3, ..facts() }, Lack::TooLittleDone { done: 3, all: 5, percent: 80 }),
        (
            Facts { measures: 0, measures_done: 0, ..facts() },
            Lack::TooLittleDone { done: 0, all: 0, percent: 80 },
        ),
        (Facts { last_day: date("2027-06-01"), ..facts() }, Lack::StillRuns(date("2027-05-02"))),
        (Facts { evaluation: Some(Evaluation::Weak), ..facts() }, Lack::NotGood),
        (Facts { declined_revision: Some(2), ..facts() }, Lack::Declined),
    ];
    for (facts, lack) in cases {
        assert_eq!(eligible(&facts, &rules(), today), Err(lack));
    }
}

#[test]
fn a_program_goes_from_the_offer_to_the_base() {
    let mut offer = Offer::default();
    let states = [
        State::AwaitsConsents,
        State::AwaitsConsents,
        State::AwaitsCheck,
        State::InReview,
        State::InReview,
        State::Recommended,
    ];
    for (event, state) in reviewed_twice().iter().zip(states) {
        offer.apply(event).unwrap();
        assert_eq!(offer.state(), state, "{event:?}");
    }
    offer.apply(&by(DEPARTMENT, Event::Published)).unwrap();
    assert_eq!(offer.state(), State::Published);
    offer.apply(&by(MENTEE, Event::Declined)).unwrap();
    assert_eq!(offer.state(), State::Gone);
    assert_eq!(offer.apply(&by(MENTEE, Event::Agreed)), Err(Refusal::Gone));
}

#[test]
fn nobody_judges_what_is_their_own() {
    let before_review = &reviewed_twice()[..4];
    let offer = Offer::replay(before_review).unwrap();
    let cases = [
        (by(MENTOR, reviewed(CENTER, Verdict::Recommend)), Refusal::OwnProgram),
        (by(FIRST, reviewed(SCHOOL, Verdict::Recommend)), Refusal::NotIndependent),
        (by(CURATOR, reviewed(CENTER, Verdict::Recommend)), Refusal::NotIndependent),
        (by(DEPARTMENT, Event::Published), Refusal::NotRecommended),
        (by(CURATOR, Event::Agreed), Refusal::NotOfPair),
        (by(CURATOR, Event::Declined), Refusal::NotOfPair),
        (by(CURATOR, Event::Checked), Refusal::CheckedAlready),
        (by(DEPARTMENT, Event::TakenOut { reason: String::new() }), Refusal::NotPublished),
    ];
    for (event, refusal) in cases {
        assert_eq!(offer.check(&event), Err(refusal), "{event:?}");
    }
    let waits = Offer::replay(&before_review[..3]).unwrap();
    assert_eq!(waits.check(&by(MENTOR, Event::Checked)), Err(Refusal::OwnProgram));
    assert_eq!(
        Offer::replay(&before_review[..2]).unwrap().check(&by(CURATOR, Event::Checked)),
        Err(Refusal::NoConsents)
    );
    let recommended = Offer::replay(&reviewed_twice()).unwrap();
    assert_eq!(recommended.check(&by(FIRST, Event::Published)), Err(Refusal::NotIndependent));
    assert_eq!(recommended.check(&by(MENTEE, Event::Published)), Err(Refusal::OwnProgram));
}

#[test]
fn a_returned_program_is_checked_and_reviewed_anew() {
    let mut events = reviewed_twice();
    events[5] = by(SECOND, reviewed(CENTER, Verdict::Return));
    let mut offer = Offer::replay(&events).unwrap();
    assert_eq!(offer.state(), State::Returned);
    assert_eq!(offer.remarks().count(), 1);
    assert_eq!(offer.check(&by(DEPARTMENT, Event::Published)), Err(Refusal::NotRecommended));
    offer.apply(&by(CURATOR, Event::Checked)).unwrap();
    assert_eq!(offer.state(), State::InReview);
    for reviewer in [FIRST, SECOND] {
        offer.apply(&by(reviewer, reviewed(CENTER, Verdict::Recommend))).unwrap();
    }
    assert_eq!(offer.state(), State::Recommended);
}

#[test]
fn a_review_is_whole() {
    let criteria = rules().criteria;
    let all =
        |mark| -> BTreeMap<String, Mark> { criteria.iter().map(|one| (one.code.clone(), mark)).collect() };
    let lacks =
        |marks: &BTreeMap<String, Mark>, verdict, remarks| review_lacks(&criteria, marks, verdict, remarks);
    assert_eq!(lacks(&all(Mark::Yes), Verdict::Recommend, ""), []);
    assert_eq!(
        lacks(&all(Mark::Partly), Verdict::Recommend, ""),
        [ReviewLack::MustHold("impersonal".to_owned())]
    );
    assert_eq!(lacks(&all(Mark::No), Verdict::Recommend, "").len(), criteria.len());
    assert_eq!(lacks(&all(Mark::No), Verdict::Return, " "), [ReviewLack::NoRemarks]);
    assert_eq!(lacks(&BTreeMap::new(), Verdict::Return, "Уточните").len(), criteria.len());
}

fn text() -> Text {
    let goal = Body::Goal {
        text: "Петрова научит вести урок в 5 «Б» с Машей".to_owned(),
        measure: "8 уроков из 10".to_owned(),
        domain: Domain::Methods,
        ground: Ground::Deficit,
        mentee: Some(MENTEE),
    };
    let measure = |what: &str, due: &str| Body::Measure {
        what: what.to_owned(),
        domain: Domain::Digital,
        form: "урок".to_owned(),
        due: date(due),
        who: Who::Both,
        product: "План".to_owned(),
    };
    let section = |text: &str| Body::Section {
        code: "s".to_owned(),
        title: "О паре".to_owned(),
        text: text.to_owned(),
    };
    let bodies = [
        Body::Term { from: date("2026-10-01"), to: date("2027-01-09") },
        goal,
        measure("Первое", "2026-11-20"),
        measure("Второе", "2027-01-09"),
        section(""),
        section("Встречи у Петровой"),
    ];
    Text(bodies.into_iter().zip(20_u128..).map(|(body, id)| (Uuid::from_u128(id), body)).collect())
}

fn known() -> Known {
    let name = FullName::new("Петрова", "Ирина", Some("Ивановна"));
    Known::new(&[Person { name, gender: Gender::Female, forms: None, stand: Stand::Mentor }], &[], &[])
}

#[test]
fn a_text_is_published_without_names_and_days() {
    let decisions = Decisions::from([("машей".to_owned(), Choice::Replace(Stand::Pupil))]);
    let content = Content::of(&text(), &known(), &decisions, &[Uuid::from_u128(23)].into());
    assert_eq!(content.goals[0].text, "Наставник научит вести урок в 5 классе с учеником");
    assert_eq!(
        content.sections,
        [Section {
            title: "О паре".to_owned(), text: "Встречи у наставника".to_owned()
        }]
    );
    assert_eq!(content.measures.iter().map(|one| (one.after, one.month())).collect::<Vec<_>>(), [(50, 2)]);
    assert_eq!((content.days, content.months(), Length::of(content.days)), (100, 3, Length::Short));
    assert_eq!(content.domains(), BTreeSet::from([Domain::Methods, Domain::Digital]));
    let kept = serde_json::to_string(&content).unwrap();
    for trace in ["Петров", "2026", "deficit", "mentee\":\""] {
        assert!(!kept.contains(trace), "{trace} in {kept}");
    }
}

#[test]
fn a_new_program_takes_what_was_chosen_within_its_own_days() {
    let content = Content::of(&text(), &known(), &Decisions::new(), &BTreeSet::new());
    let grounds = BTreeMap::from([(Domain::Methods, Ground::Strength)]);
    let days = (date("2027-02-01"), date("2027-08-20"));
    let bodies = goals_and_measures(&content, (&[0].into(), &[0, 7].into()), &grounds, days);
    assert!(matches!(&bodies[0], Body::Goal { ground: Ground::Strength, mentee: None, .. }));
    assert!(matches!(&bodies[1], Body::Measure { due, .. } if *due == date("2027-05-12")));
    assert_eq!(bodies.len(), 2);
    let others = goals_and_measures(&content, (&[0].into(), &BTreeSet::new()), &BTreeMap::new(), days);
    assert!(matches!(&others[0], Body::Goal { ground: Ground::Request, .. }));
}

fn any_person() -> impl Strategy<Value = PersonId> {
    proptest::sample::select(vec![MENTOR, MENTEE, CURATOR, FIRST, SECOND, DEPARTMENT])
}

fn any_event() -> impl Strategy<Value = Event> {
    let center = || proptest::sample::select(vec![CENTER, CENTER, SCHOOL]);
    prop_oneof![
        6 => Just(Event::Agreed),
        1 => Just(Event::Declined),
        6 => Just(Event::Checked),
        8 => center().prop_map(|center| reviewed(center, Verdict::Recommend)),
        1 => center().prop_map(|center| reviewed(center, Verdict::Return)),
        6 => Just(Event::Published),
        1 => Just(Event::TakenOut { reason: "Устарела".to_owned() }),
        1 => Just(Event::TakenBack),
    ]
}

proptest! {
    #[test]
    fn nothing_is_published_without_consents_and_two_reviews(
        wanted in proptest::collection::vec((any_person(), any_event()), 0..80),
    ) {
        let mut offer = Offer::replay(&[offered()]).unwrap();
        let mut happened = vec![offered()];
        let mut said_no = false;
        for (person, event) in wanted {
            let recorded = by(person, event);
            let before = offer.clone();
            if offer.apply(&recorded).is_err() {
                prop_assert_eq!(&offer, &before);
                continue;
            }
            said_no |= recorded.event == Event::Declined;
            happened.push(recorded);
            if offer.state() == State::Published {
                prop_assert!([MENTOR, MENTEE].iter().all(|person| offer.agreed.contains_key(person)));
                let reviewers: BTreeSet<PersonId> = offer.reviews.iter().map(|review| review.by).collect();
                prop_assert!(reviewers.len() >= 2);
                prop_assert!(offer.reviews.iter().all(|review| review.verdict == Verdict::Recommend));
                prop_assert!(reviewers.iter().all(|by| !offer.people.contains(by) && !offer.authors.contains(by)));
                prop_assert!(offer.authors.iter().all(|by| !offer.people.contains(by)));
            }
            prop_assert!(!said_no || offer.state() == State::Gone);
        }
        // What happened makes the same offer again.
        prop_assert_eq!(Offer::replay(&happened), Ok(offer));
    }

    #[test]
    fn terms_stay_within_the_days(after in 0_u64..1000, days in 0_u64..1000, length in 1_i64..400) {
        let measure = Measure {
            what: "Урок".to_owned(), domain: Domain::Law, form: String::new(), who: Who::Mentor,
            product: String::new(), after,
        };
        let content = Content { measures: vec![measure], days, ..Content::default() };
        let from: NaiveDate = date("2026-10-01");
        let to = from + chrono::Duration::days(length);
        let bodies = goals_and_measures(&content, (&BTreeSet::new(), &[0].into()), &BTreeMap::new(), (from, to));
        let is_within = matches!(&bodies[0], Body::Measure { due, .. } if (from..=to).contains(due));
        prop_assert!(is_within);
    }
}
