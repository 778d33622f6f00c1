use chrono::Days;
use proptest::prelude::*;

use super::super::*;
use super::{day, rules};
use crate::kind::Kind;
use crate::period::Period;
use crate::period::tests::any_day;

fn of(from: &str, last: &str, kinds: &[Kind]) -> Vec<(String, String, String)> {
    let period = Period::through(day(from), day(last)).unwrap();
    let found = waves(&period, kinds, &rules());
    found.iter().map(|plan| (plan.code(), plan.opens.to_string(), plan.due.to_string())).collect()
}

#[test]
fn a_school_year_has_january_and_spring() {
    let table = [
        (
            "2026-10-01",
            "2027-05-31",
            vec![("middle-2027", "2027-01-01", "2027-01-31"), ("final", "2027-04-01", "2027-05-15")],
        ),
        // Ends before the season is over, or before it begins.
        (
            "2026-10-01",
            "2027-04-20",
            vec![("middle-2027", "2027-01-01", "2027-01-31"), ("final", "2027-04-01", "2027-04-20")],
        ),
        (
            "2026-09-01",
            "2027-03-01",
            vec![("middle-2027", "2027-01-01", "2027-01-30"), ("final", "2027-01-30", "2027-03-01")],
        ),
        // The year end: begun in December, January is still too early at first.
        (
            "2026-12-15",
            "2027-12-14",
            vec![("middle-2027", "2027-01-14", "2027-01-31"), ("final", "2027-11-14", "2027-12-14")],
        ),
        (
            "2026-12-31",
            "2027-08-31",
            vec![("middle-2027", "2027-01-30", "2027-01-31"), ("final", "2027-04-01", "2027-05-15")],
        ),
        // Shorter than three months: a final one only.
        ("2026-11-15", "2027-02-10", vec![("final", "2027-01-11", "2027-02-10")]),
        ("2027-01-01", "2027-03-20", vec![("final", "2027-02-18", "2027-03-20")]),
        // 29 February.
        (
            "2027-11-01",
            "2028-02-29",
            vec![("middle-2028", "2028-01-01", "2028-01-30"), ("final", "2028-01-30", "2028-02-29")],
        ),
        ("2028-02-29", "2028-05-31", vec![("final", "2028-04-01", "2028-05-15")]),
        // Begun when the season is nearly over.
        ("2027-05-01", "2027-08-31", vec![("final", "2027-08-01", "2027-08-31")]),
    ];
    for (from, last, expected) in table {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(code, opens, due)| (code.to_owned(), opens.to_owned(), due.to_owned()))
            .collect();
        assert_eq!(of(from, last, &[Kind::Traditional]), expected, "{from} {last}");
    }
}

#[test]
fn kinds_ask_for_less() {
    let codes = |kinds: &[Kind]| {
        let found = of("2026-10-01", "2027-05-31", kinds);
        found.into_iter().map(|(code, _, _)| code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&[Kind::Speed]), Vec::<String>::new());
    assert_eq!(codes(&[Kind::Situational]), ["final"]);
    assert_eq!(codes(&[Kind::GoalSetting]), ["final"]);
    assert_eq!(codes(&[Kind::Group, Kind::Virtual]), ["middle-2027", "final"]);
    assert_eq!(Shape::of(&[Kind::Situational, Kind::Virtual]), Some(Shape::Short));
    assert_eq!(Shape::of(&[Kind::Situational, Kind::Traditional]), Some(Shape::Full));
}

proptest! {
    #[test]
    fn waves_lie_within_the_days_in_their_order(from in any_day(), length in 1_u64..800) {
        let period = Period::through(from, from + Days::new(length - 1)).unwrap();
        let last = period.last_day().unwrap();
        let found = waves(&period, &[Kind::Traditional], &rules());
        prop_assert_eq!(found.iter().filter(|plan| plan.wave == Wave::Final).count(), 1);
        for plan in &found {
            prop_assert!(from <= plan.opens && plan.opens <= plan.due && plan.due <= last, "{:?}", plan);
        }
        for two in found.windows(2) {
            prop_assert!(two[0].due <= two[1].opens, "{:?}", found);
        }
        if !period.lasts_months(3) {
            prop_assert_eq!(found.len(), 1);
        }
        let mut codes: Vec<_> = found.iter().map(WavePlan::code).collect();
        codes.dedup();
        prop_assert_eq!(codes.len(), found.len());
    }
}
