use super::*;
use crate::config::{ConfigError, category_rules};
use crate::period::Precision;
use crate::period::tests::date;
use crate::year::AcademicYear;
use proptest::prelude::*;
use uuid::Uuid;

const DAY: &str = "2026-12-01";

fn rules() -> CategoryRules {
    category_rules().unwrap().on(date(DAY)).unwrap().value.clone()
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn organization(number: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(number))
}

fn worker(number: u128, place: u128, post: Post, since: &str) -> StaffRow {
    StaffRow {
        person: person(number),
        organization: organization(place),
        post,
        teaching_since: Some(Since::day(date(since))),
        employed: Period::since(date("2020-09-01")),
    }
}

fn young(number: u128, place: u128) -> StaffRow {
    worker(number, place, Post::Teacher, "2025-08-25")
}

fn mentoring(mentor: u128, place: u128, mentees: &[u128]) -> MentoringRow {
    MentoringRow {
        mentor: person(mentor),
        mentor_organization: organization(place),
        mentees: mentees.iter().copied().map(person).collect(),
        in_force: Period::through(date("2026-10-01"), date("2027-05-31")).unwrap(),
    }
}

fn first(staff: &[StaffRow], mentoring: &[MentoringRow]) -> YoungMentored {
    young_mentored(staff, mentoring, date(DAY), &rules())
}

#[test]
fn nobody_to_count_is_no_share() {
    let found = first(&[], &[mentoring(1, 1, &[2])]);
    assert_eq!((found.strict.percent(), found.literal.percent()), (None, None));
    let school = organizations_giving_mentors(&[], &[mentoring(1, 1, &[2])], date(DAY));
    assert_eq!(school.percent(), None);
}

#[test]
fn the_strict_reading_counts_young_in_both_parts() {
    let staff = [
        young(1, 1),
        young(2, 1),
        worker(3, 1, Post::Pedagogue, "2024-09-01"),
        worker(4, 1, Post::Teacher, "2001-09-01"),
        worker(5, 1, Post::Head, "2026-01-01"),
        worker(6, 1, Post::Other, "2026-01-01"),
    ];
    let found = first(&staff, &[mentoring(9, 1, &[1, 3]), mentoring(8, 1, &[4]), mentoring(7, 1, &[5, 6])]);
    assert_eq!(found.strict.numerator, [person(1), person(3)]);
    assert_eq!(found.strict.denominator, [person(1), person(2), person(3)]);
    assert_eq!(found.strict.percent().unwrap().to_string(), "66,7\u{a0}%");
    assert_eq!(found.strict_teachers.percent().unwrap().to_string(), "50\u{a0}%");
    // By the letter: mentees 1, 3 and 4 of young teachers 1 and 2.
    assert_eq!(found.literal.percent().unwrap().to_string(), "150\u{a0}%");
}

#[test]
fn only_days_in_force_and_employed_people_count() {
    let left = StaffRow {
        employed: Period::through(date("2025-09-01"), date("2026-11-30")).unwrap(),
        ..young(2, 1)
    };
    let staff = [young(1, 1), left];
    let rows = [mentoring(9, 1, &[1, 2])];
    let on = |day| young_mentored(&staff, &rows, date(day), &rules()).strict;
    assert_eq!((on("2026-09-30").numerator.len(), on("2026-09-30").denominator.len()), (0, 2));
    assert_eq!(on("2026-10-01").numerator.len(), 2);
    assert_eq!(on("2026-12-01").denominator, [person(1)]);
    assert_eq!(on("2027-06-01").numerator, []);
}

#[test]
fn a_person_employed_twice_is_one() {
    let part_time = StaffRow { post: Post::Pedagogue, teaching_since: None, ..young(1, 2) };
    let found =
        first(&[young(1, 1), part_time.clone(), part_time], &[mentoring(9, 1, &[1]), mentoring(8, 2, &[1])]);
    assert_eq!((found.strict.numerator.len(), found.strict.denominator.len()), (1, 1));
    assert_eq!(found.strict_teachers.denominator, [person(1)]);
    let earlier = worker(1, 2, Post::Teacher, "2010-09-01");
    assert_eq!(first(&[young(1, 1), earlier], &[]).strict.denominator, []);
}

#[test]
fn vague_and_unknown_are_named() {
    let vague = Since { date: date("2023-01-01"), precision: Precision::Year };
    let staff = [
        StaffRow { teaching_since: Some(vague), ..young(1, 1) },
        StaffRow { teaching_since: None, ..young(2, 1) },
    ];
    let found = first(&staff, &[]);
    assert_eq!((found.vague, found.unknown), (vec![person(1)], vec![person(2)]));
    assert_eq!(found.strict.denominator, [person(1)]);
}

#[test]
fn organizations_that_teach_and_give() {
    let row = |number, kind| OrganizationRow {
        organization: organization(number),
        kind,
        exists: Period::since(date("2020-01-01")),
    };
    let organizations = [
        row(1, OrganizationKind::School),
        row(2, OrganizationKind::Preschool),
        row(3, OrganizationKind::Department),
        OrganizationRow { exists: Period::since(date("2027-09-01")), ..row(4, OrganizationKind::School) },
    ];
    // Two mentors of one school, one mentor of the department, which does not teach.
    let rows = [mentoring(9, 1, &[1]), mentoring(8, 1, &[2]), mentoring(7, 3, &[3])];
    let share = organizations_giving_mentors(&organizations, &rows, date(DAY));
    assert_eq!(
        (share.numerator.clone(), share.denominator.clone()),
        (vec![organization(1)], vec![organization(1), organization(2)])
    );
    assert_eq!(share.percent().unwrap().tenths(), 500);
}

#[test]
fn rounding_never_lies_about_everybody_or_nobody() {
    let table = [
        (0, 5, 0),
        (1, 5000, 1),
        (4999, 5000, 999),
        (5000, 5000, 1000),
        (2, 3, 667),
        (1, 3, 333),
        (3, 2, 1500),
    ];
    for (part, whole, tenths) in table {
        assert_eq!(Percent::of(part, whole).unwrap().tenths(), tenths, "{part} of {whole}");
    }
}

/// The table of the order, line by line: base, 2024-2030, 2031-2034, final.
#[test]
fn targets_are_the_order_s() {
    let rising = [70, 70, 80, 90, 100, 100, 100, 100, 100, 100];
    let lines = [rising, [100; 10], rising, rising, [2; 10]];
    let targets = Targets::bundled().unwrap();
    for (indicator, line) in Indicator::ALL.into_iter().zip(lines) {
        let card = targets.card(indicator).unwrap();
        assert_eq!((card.base, card.last, card.indicator), (line[0], line[9], indicator));
        for (year, expected) in (2024..=2034).zip([1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8]) {
            let target = targets.target(indicator, AcademicYear(year)).unwrap();
            assert_eq!(target.value, line[expected], "{indicator:?} {year}");
            assert_eq!(target.unit.title(), if indicator == Indicator::Platforms { "ед." } else { "%" });
        }
        assert_eq!(targets.target(indicator, AcademicYear(2023)), None);
        assert_eq!(targets.target(indicator, AcademicYear(2035)), None);
        assert_eq!(Indicator::from_code(indicator.code()), Some(indicator));
    }
    let column = |year| targets.target(Indicator::YoungMentored, AcademicYear(year)).unwrap().column;
    assert_eq!((column(2026), column(2033)), ("2026".to_owned(), "2031–2034".to_owned()));
    assert!(targets.source().contains("548-п") && targets.cards().len() == 5);
}

#[test]
fn a_municipality_may_read_the_columns_otherwise_and_broken_tables_are_refused() {
    let text = include_str!("../../../../regulation/indicators.toml");
    let other =
        Targets::parse(&text.replace("column_means = \"year_it_starts\"", "column_means = \"year_it_ends\""))
            .unwrap();
    assert_eq!(other.target(Indicator::YoungMentored, AcademicYear(2025)).unwrap().value, 90);
    let twice = Targets::parse(&text.replace("number = 2", "number = 1"));
    assert!(matches!(twice, Err(ConfigError::WrongValue { key: "code", .. })));
    let year = Targets::parse(&text.replace("2024 = 70", "soon = 70"));
    assert!(matches!(year, Err(ConfigError::WrongValue { key: "values", .. })));
}

/// Up to twelve workers of three schools, everybody in one school; some of them young, some mentored.
fn city() -> impl Strategy<Value = (Vec<StaffRow>, Vec<MentoringRow>)> {
    proptest::collection::vec((0_u128..3, any::<bool>(), any::<bool>(), any::<bool>()), 0..12).prop_map(
        |people| {
            let mut staff = Vec::new();
            let mut rows = Vec::new();
            for (number, (place, teaches, is_young, mentored)) in (0_u128..).zip(people) {
                let post = if teaches { Post::Teacher } else { Post::Pedagogue };
                staff.push(worker(number, place, post, if is_young { "2025-09-01" } else { "2005-09-01" }));
                if mentored {
                    rows.push(mentoring(1000 + number, place, &[number]));
                }
            }
            (staff, rows)
        },
    )
}

proptest! {
    #[test]
    fn strict_is_a_part_of_the_whole((staff, rows) in city()) {
        let found = first(&staff, &rows);
        for share in [found.strict, found.strict_teachers] {
            prop_assert!(share.numerator.iter().all(|person| share.denominator.contains(person)));
            prop_assert!(share.percent().is_none_or(|percent| percent.tenths() <= 1000));
        }
    }

    #[test]
    fn one_more_mentored_young_moves_the_numerator_by_one((mut staff, mut rows) in city()) {
        staff.push(young(500, 1));
        let before = first(&staff, &rows).strict;
        rows.push(mentoring(900, 1, &[500]));
        let after = first(&staff, &rows).strict;
        prop_assert_eq!(after.numerator.len(), before.numerator.len() + 1);
        prop_assert_eq!(after.denominator, before.denominator);
        prop_assert!(after.numerator.contains(&person(500)));
    }

    #[test]
    fn organizations_add_up_to_the_municipality((staff, rows) in city()) {
        let whole = first(&staff, &rows).strict;
        let mut sums = (0, 0);
        for place in 0..3 {
            let own: Vec<_> = staff.iter().filter(|row| row.organization == organization(place)).cloned().collect();
            let share = first(&own, &rows).strict;
            sums = (sums.0 + share.numerator.len(), sums.1 + share.denominator.len());
        }
        prop_assert_eq!(sums, (whole.numerator.len(), whole.denominator.len()));
    }
}
