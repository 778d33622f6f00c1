use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::config::rhythm;
use crate::period::tests::date;

fn pulse_of(kinds: &[Kind], appointed: &[&str], held: &[&str], today: &str) -> Pulse {
    let days = |texts: &[&str]| texts.iter().map(|text| date(text)).collect::<Vec<_>>();
    let (appointed, held) = (days(appointed), days(held));
    let period = Period::through(date("2026-10-01"), date("2027-05-31")).unwrap();
    let rhythm = rhythm().unwrap().on(date(today)).unwrap().value;
    let ruler = Ruler { rhythm: &rhythm, calendar: &Calendar::bundled().unwrap() };
    pulse(&Facts { kinds, period, appointed: &appointed, held: &held }, &ruler, date(today))
}

/// Kinds, appointed days, days held, today, and what is to be found.
type Example<'a> = (&'a [Kind], &'a [&'a str], &'a [&'a str], &'a str, Reason);

#[test]
fn each_kind_has_its_rhythm() {
    use Kind::{GoalSetting, Group, Reverse, Situational, Speed, Traditional, Virtual};
    let schedule = &["2026-10-20", "2026-11-20"][..];
    let table: [Example<'_>; 15] = [
        (&[Traditional], &[], &[], "2026-10-08", Reason::JustBegun),
        (&[Traditional], &[], &[], "2026-09-01", Reason::JustBegun),
        (&[Traditional], &[], &[], "2026-10-30", Reason::NotMetYet { school_days: 21 }),
        (&[Traditional], &[], &["2026-10-19", "2026-10-05"], "2026-11-13", Reason::Met(date("2026-10-19"))),
        (&[Traditional], &[], &["2026-10-19"], "2026-11-23", Reason::Silence { school_days: 20 }),
        (&[Virtual], &[], &["2026-10-19"], "2026-11-23", Reason::Silence { school_days: 20 }),
        (&[Group], &[], &["2026-10-19"], "2026-11-23", Reason::Met(date("2026-10-19"))),
        (&[Reverse, Virtual], &[], &["2026-10-19"], "2026-11-23", Reason::Met(date("2026-10-19"))),
        (&[Situational], &[], &[], "2027-05-30", Reason::WhenNeeded),
        (&[Situational, Virtual], &[], &["2026-10-05"], "2027-05-30", Reason::Met(date("2026-10-05"))),
        (&[GoalSetting], schedule, &[], "2026-10-26", Reason::Appointed(date("2026-10-20"))),
        (&[GoalSetting], schedule, &[], "2026-10-30", Reason::NotRecorded(date("2026-10-20"))),
        (&[GoalSetting], schedule, &["2026-10-15"], "2026-12-10", Reason::NotRecorded(date("2026-11-20"))),
        (&[GoalSetting], schedule, &["2026-11-19"], "2026-12-10", Reason::Met(date("2026-11-19"))),
        (&[Speed], &["2026-10-20"], &[], "2026-11-20", Reason::NotRecorded(date("2026-10-20"))),
    ];
    for (kinds, appointed, held, today, reason) in table {
        assert_eq!(pulse_of(kinds, appointed, held, today).reason, reason, "{kinds:?} {today}");
    }
}

#[test]
fn breaks_and_holidays_are_no_silence() {
    // Three weeks by the wall calendar; the autumn break takes one of them away.
    let pulse = pulse_of(&[Kind::Traditional], &[], &["2026-10-26"], "2026-11-16");
    assert_eq!(pulse.health(), Health::OnTrack);
    let pulse = pulse_of(&[Kind::Traditional], &[], &["2026-12-21"], "2027-01-15");
    assert_eq!(pulse.health(), Health::OnTrack);
}

#[test]
fn words_ask_and_never_judge() {
    let words = |held: &[&str], today| {
        pulse_of(&[Kind::Traditional], &[], held, today).words().replace('\u{a0}', " ")
    };
    assert_eq!(words(&["2026-10-19"], "2026-11-23"), "тишина 4 учебные недели: спросите, всё ли хорошо");
    assert_eq!(words(&[], "2026-10-30"), "4 учебные недели без первой встречи: спросите, чем помочь");
    assert_eq!(words(&["2026-11-20"], "2026-11-23"), "последняя встреча 20.11.2026");
    let speed = pulse_of(&[Kind::Speed], &["2026-10-20"], &[], "2026-11-20");
    assert_eq!(speed.words(), "встреча была назначена на 20.10.2026: спросите, состоялась ли");
    for silent in [words(&["2026-10-19"], "2026-11-23"), words(&[], "2026-10-30")] {
        assert!(!silent.contains("не выполн") && !silent.contains("наруш"), "{silent}");
    }
}

/// A pair as property tests need it: kinds, appointed days, days held, today.
#[derive(Clone, Debug)]
struct Any {
    kinds: Vec<Kind>,
    appointed: Vec<NaiveDate>,
    held: Vec<NaiveDate>,
    today: NaiveDate,
}

fn days(most: usize) -> impl Strategy<Value = Vec<NaiveDate>> {
    proptest::collection::vec((0_u64..250).prop_map(|days| date("2026-09-15") + Days::new(days)), 0..most)
}

fn any_pair() -> impl Strategy<Value = Any> {
    let kinds = proptest::sample::subsequence(Kind::ALL.to_vec(), 1..=2);
    (kinds, days(5), days(6), 0_u64..260).prop_map(|(kinds, appointed, held, after)| Any {
        kinds,
        appointed,
        held,
        today: date("2026-09-15") + Days::new(after),
    })
}

impl Any {
    fn is_alarming(&self, calendar: &Calendar) -> bool {
        let period = Period::through(date("2026-10-01"), date("2027-05-31")).unwrap();
        let rhythm = rhythm().unwrap().on(self.today).unwrap().value;
        let facts = Facts { kinds: &self.kinds, period, appointed: &self.appointed, held: &self.held };
        let ruler = Ruler { rhythm: &rhythm, calendar };
        pulse(&facts, &ruler, self.today).health() == Health::CheckIn
    }
}

proptest! {
    #[test]
    fn a_meeting_today_never_makes_it_worse(pair in any_pair()) {
        let calendar = Calendar::bundled().unwrap();
        let mut met = pair.clone();
        met.held.push(pair.today);
        prop_assert!(pair.is_alarming(&calendar) || !met.is_alarming(&calendar));
    }

    #[test]
    fn days_without_lessons_never_make_it_worse(pair in any_pair(), from in 0_u64..250, length in 1_u64..60) {
        let calendar = Calendar::bundled().unwrap();
        let first = date("2026-09-15") + Days::new(from);
        let longer = calendar.clone().with_break(first, first + Days::new(length));
        prop_assert!(pair.is_alarming(&calendar) || !pair.is_alarming(&longer));
    }

    #[test]
    fn silence_never_mends_itself(pair in any_pair(), more in 0_u64..60) {
        let calendar = Calendar::bundled().unwrap();
        let held = pair.held.iter().copied().filter(|day| *day <= pair.today).collect();
        let now = Any { held, ..pair };
        let later = Any { today: now.today + Days::new(more), ..now.clone() };
        prop_assert!(!now.is_alarming(&calendar) || later.is_alarming(&calendar));
    }

    #[test]
    fn who_meets_when_needed_is_never_asked(pair in any_pair()) {
        let calmed = Any { kinds: vec![Kind::Situational], ..pair };
        prop_assert!(!calmed.is_alarming(&Calendar::bundled().unwrap()));
    }
}
