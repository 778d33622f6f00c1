use super::*;
use crate::period::tests::{any_day, date};
use proptest::prelude::*;
use uuid::Uuid;

fn organization(number: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(number))
}

fn through(from: &str, last: &str) -> Period {
    Period::through(date(from), date(last)).unwrap()
}

fn terms() -> Terms {
    Terms {
        maker: organization(1),
        partner: Partner::Here(organization(2)),
        period: through("2026-09-01", "2027-08-31"),
        ends_after: None,
    }
}

#[test]
fn the_state_follows_from_the_days() {
    let ended = |last: &str| Terms { ends_after: Some(date(last)), ..terms() };
    let table = [
        (terms(), "2026-08-31", State::Planned),
        (terms(), "2026-09-01", State::InForce),
        (terms(), "2027-07-31", State::InForce),
        (terms(), "2027-08-01", State::EndsSoon),
        (terms(), "2027-08-31", State::EndsSoon),
        (terms(), "2027-09-01", State::Over),
        (ended("2026-12-31"), "2026-11-30", State::InForce),
        (ended("2026-12-31"), "2026-12-01", State::EndsSoon),
        (ended("2026-12-31"), "2026-12-31", State::EndsSoon),
        (ended("2026-12-31"), "2027-01-01", State::Terminated),
        (ended("2027-08-31"), "2027-09-01", State::Over),
    ];
    for (terms, day, expected) in table {
        assert_eq!(terms.state(date(day)), expected, "{day}");
    }
    assert!(State::ALL.iter().all(|state| State::from_code(state.code()) == Some(*state)));
    assert!(Payer::from_code("partner") == Some(Payer::Partner) && Payer::from_code("").is_none());
}

#[test]
fn a_pair_stands_on_an_agreement_of_both_for_all_its_days() {
    let pair = through("2026-10-01", "2027-05-31");
    assert!(terms().covers(&pair));
    assert!(!terms().covers(&through("2026-08-31", "2027-05-31")));
    assert!(!terms().covers(&through("2026-10-01", "2027-09-01")));
    assert!(!Terms { ends_after: Some(date("2027-05-30")), ..terms() }.covers(&pair));
    assert!(Terms { ends_after: Some(date("2027-05-31")), ..terms() }.covers(&pair));
    assert!(terms().connects(organization(1), organization(2)));
    assert!(terms().connects(organization(2), organization(1)));
    assert!(!terms().connects(organization(1), organization(3)));
    assert!(!terms().connects(organization(1), organization(1)));
    let outside = Terms { partner: Partner::Outside, ..terms() };
    assert!(!outside.connects(organization(1), organization(2)));
}

#[test]
fn parties_differ_and_days_stand_in_their_order() {
    let days = (date("2026-09-01"), date("2027-08-31"));
    let back = (date("2027-08-31"), date("2026-09-01"));
    let table = [
        (Named::Here(organization(2)), days, vec![]),
        (Named::Here(organization(1)), days, vec![PartnershipError::SameParty]),
        (Named::Outside { inn: "7707083893" }, days, vec![]),
        (Named::Outside { inn: "7707083894" }, days, vec![PartnershipError::WrongInn]),
        (
            Named::Outside { inn: "" },
            back,
            vec![PartnershipError::WrongInn, PartnershipError::EndsBeforeStart],
        ),
    ];
    for (partner, days, expected) in table {
        let found = check(organization(1), partner, days).err().unwrap_or_default();
        assert_eq!(found, expected, "{partner:?}");
        assert!(found.iter().all(|error| !error.field().is_empty()));
    }
    let day = date("2026-09-01");
    let one_day = check(organization(1), Named::Here(organization(2)), (day, day)).unwrap();
    assert_eq!(one_day.days(), Some(1));
}

#[test]
fn it_ends_early_once_and_within_its_days() {
    assert_eq!(may_end(&terms(), date("2026-12-31")), Ok(()));
    let outside = Err(PartnershipError::OutsidePeriod(terms().period));
    assert_eq!(may_end(&terms(), date("2027-09-01")), outside);
    assert_eq!(may_end(&terms(), date("2026-08-31")), outside);
    let ended = Terms { ends_after: Some(date("2026-12-31")), ..terms() };
    assert_eq!(may_end(&ended, date("2026-11-30")), Err(PartnershipError::AlreadyEnded(date("2026-12-31"))));
}

#[test]
fn control_digits_of_a_taxpayer() {
    for good in ["7707083893", "7830002293", "500100732259"] {
        assert!(is_inn(good), "{good}");
    }
    for bad in [
        "7707083890",
        "500100732250",
        "500100732249",
        "0000000000",
        "770708389",
        "77070838930",
        "",
        "7707O83893",
    ] {
        assert!(!is_inn(bad), "{bad}");
    }
}

proptest! {
    /// In force is exactly a day of the agreement: neither planned, nor over, nor terminated.
    #[test]
    fn in_force_agrees_with_the_state(day in any_day(), from in any_day(), length in 0_u64..500, ended in proptest::option::of(any_day())) {
        let period = Period::new(from, Some(from + Days::new(length + 1))).unwrap();
        let ends_after = ended.filter(|last| period.contains(*last));
        let terms = Terms { period, ends_after, ..terms() };
        let by_state = matches!(terms.state(day), State::InForce | State::EndsSoon);
        prop_assert_eq!(terms.is_in_force(day), by_state);
    }

    /// What covers a stretch of days covers each of them.
    #[test]
    fn covering_is_day_by_day(from in any_day(), length in 0_u64..40, ended in proptest::option::of(any_day())) {
        let days = Period::new(from, Some(from + Days::new(length + 1))).unwrap();
        let terms = Terms { ends_after: ended.filter(|last| terms().period.contains(*last)), ..terms() };
        let each = (0..=length).all(|ahead| terms.is_in_force(from + Days::new(ahead)));
        prop_assert_eq!(terms.covers(&days), each);
    }

    /// One wrong digit is always noticed in a number of ten.
    #[test]
    fn a_slip_of_one_digit_is_noticed(place in 0_usize..9, digit in 0_u32..10) {
        let good = "7707083893";
        let mut slipped: Vec<char> = good.chars().collect();
        slipped[place] = char::from_digit(digit, 10).unwrap();
        let text: String = slipped.into_iter().collect();
        prop_assert_eq!(is_inn(&text), text == good || is_twin(&text));
    }
}

/// The remainder ten is written as nought, so a few slips can't be seen.
fn is_twin(text: &str) -> bool {
    let weights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
    let digits: Vec<u32> = text.chars().map(|letter| letter.to_digit(10).unwrap()).collect();
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    sum % 11 % 10 == digits[9]
}
