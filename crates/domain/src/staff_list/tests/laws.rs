//! The laws of loading, for any person and any row.

use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

use super::day;
use crate::ids::{EmploymentId, OrganizationId, PersonId};
use crate::person::{Education, FullName, Gender, Qualification};
use crate::staff_list::*;

fn organization() -> impl Strategy<Value = OrganizationId> {
    (1..3_u128).prop_map(|id| OrganizationId(Uuid::from_u128(id)))
}

fn name() -> impl Strategy<Value = FullName> {
    let surname = select(vec!["Семёнова", "Семенова", "Ким", "СЕМЕНОВА"]);
    let given = select(vec!["Алёна", "Алена"]);
    let patronymic = of(select(vec!["Фёдоровна", "Федоровна"]));
    (surname, given, patronymic)
        .prop_map(|(surname, given, patronymic)| FullName::new(surname, given, patronymic))
}

fn since() -> impl Strategy<Value = Since> {
    let precision = select(SincePrecision::ALL.to_vec());
    (2018..2021_i32, 1..13_u32, 1..29_u32, precision)
        .prop_map(|(year, month, date, precision)| Since { date: day(year, month, date), precision })
}

fn words(list: &[&str]) -> impl Strategy<Value = Option<String>> + use<> {
    of(select(list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()))
}

fn row() -> impl Strategy<Value = ParsedRow> {
    let person = (
        name(),
        of(select(vec![Gender::Female, Gender::Male])),
        of(select(vec![day(1985, 2, 3), day(1985, 3, 2), day(1990, 12, 1)])),
        of(select(Education::ALL.to_vec())),
        of(since()),
        words(&["+7 900 000-00-00", "+7 900 000-00-01"]),
        words(&["a@b.ru", "c@d.ru"]),
    );
    let qualification = prop_oneof![
        Just(Stated::Empty),
        Just(Stated::Nothing),
        select(Qualification::ALL.to_vec()).prop_map(Stated::Value)
    ];
    let job = (
        words(&["учитель", "Учитель", "методист"]),
        words(&["физика", "химия", "Химия"]),
        qualification,
        of(select(vec![50_u16, 100])),
        of(since()),
    );
    (person, job).prop_map(|(person, job)| {
        let (name, gender, born_on, education, teaching_since, phone, email) = person;
        let (position, subject, qualification, share, hired_on) = job;
        ParsedRow {
            name: Some(name),
            gender,
            born_on,
            position,
            subject,
            qualification,
            education,
            teaching_since,
            hired_on,
            share,
            phone,
            email,
            ..ParsedRow::default()
        }
    })
}

/// A row that can be loaded without a question: position and date of birth are there.
fn whole_row() -> impl Strategy<Value = ParsedRow> {
    (row(), select(vec![day(1985, 2, 3), day(1990, 12, 1)])).prop_map(|(row, born_on)| ParsedRow {
        born_on: Some(born_on),
        position: row.position.or_else(|| Some("учитель".to_owned())),
        ..row
    })
}

/// A person with up to three employments made by rows, some of them ended.
fn person() -> impl Strategy<Value = KnownPerson> {
    let jobs = proptest::collection::vec((row(), organization(), any::<bool>()), 0..4);
    (row(), jobs).prop_map(|(first, jobs)| {
        let mut person = KnownPerson {
            id: PersonId(Uuid::from_u128(7)),
            name: first.name.unwrap(),
            gender: first.gender,
            born_on: first.born_on,
            phone: first.phone,
            email: first.email,
            education: first.education,
            teaching_since: first.teaching_since,
            employments: Vec::new(),
        };
        for (number, (job, organization_id, ended)) in (1..).zip(jobs) {
            person.employments.push(KnownEmployment {
                id: Some(EmploymentId(Uuid::from_u128(number))),
                organization_id,
                position: job.position.unwrap_or_else(|| "учитель".to_owned()),
                subject: job.subject,
                qualification: None,
                share: job.share,
                hired_on: job.hired_on,
                ended: ended.then(|| day(2025, 6, 30)),
            });
        }
        person
    })
}

fn transfer() -> impl Strategy<Value = Transfer> {
    select(vec![Transfer::Allowed, Transfer::Refused])
}

/// Carries out every verdict, as the loading does; returns the verdicts.
fn load(world: &mut Vec<KnownPerson>, rows: &[(ParsedRow, OrganizationId)]) -> Vec<Verdict> {
    let mut classifier = Classifier::default();
    for (row, organization) in rows {
        classifier.announce(row, *organization);
    }
    let before = world.clone();
    let mut born = std::collections::HashMap::new();
    let mut verdicts = Vec::new();
    for (number, (row, organization)) in (1..).zip(rows) {
        let found = classifier.classify(number, &Row::Person(Box::new(row.clone())), *organization, &before);
        let place = match &found.verdict {
            Verdict::New => {
                world.push(KnownPerson {
                    id: PersonId(Uuid::from_u128(100 + world.len() as u128)),
                    name: row.name.clone().unwrap(),
                    gender: None,
                    born_on: None,
                    phone: None,
                    email: None,
                    education: None,
                    teaching_since: None,
                    employments: Vec::new(),
                });
                born.insert(number, world.len() - 1);
                Some(world.len() - 1)
            }
            Verdict::Changed { person, .. } => world.iter().position(|known| known.id == *person),
            Verdict::MoreOfRow { row, .. } => born.get(row).copied(),
            _ => None,
        };
        if let Some(place) = place {
            world[place] = apply(&world[place], row, *organization, found.transfer);
        }
        verdicts.push(found.verdict);
    }
    verdicts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Loading the same row again changes nothing and reports nothing.
    #[test]
    fn merging_twice_is_merging_once(known in person(), row in row(), place in organization(), transfer in transfer()) {
        let once = apply(&known, &row, place, transfer);
        let twice = merge(&once, &row, place, transfer);
        prop_assert_eq!(&twice.changes, &[]);
        prop_assert_eq!(twice.person, once);
    }

    /// No difference goes unreported, and nothing is reported without a difference.
    #[test]
    fn changes_are_reported_exactly(known in person(), row in row(), place in organization(), transfer in transfer()) {
        let merged = merge(&known, &row, place, transfer);
        prop_assert_eq!(merged.changes.is_empty(), merged.person == known);
    }

    /// What is known is replaced only by something said, never by an empty cell.
    #[test]
    fn nothing_known_is_lost(known in person(), row in row(), place in organization(), transfer in transfer()) {
        let after = apply(&known, &row, place, transfer);
        prop_assert!(known.born_on.is_none() || after.born_on.is_some());
        prop_assert!(known.phone.is_none() || after.phone.is_some());
        prop_assert!(known.education.is_none() || after.education.is_some());
        prop_assert!(after.employments.len() >= known.employments.len());
        for (old, new) in known.employments.iter().zip(&after.employments) {
            prop_assert_eq!((old.id, old.ended, old.organization_id), (new.id, new.ended, new.organization_id));
            prop_assert!(old.subject.is_none() || new.subject.is_some());
            if let (Some(old), Some(new)) = (old.hired_on, new.hired_on) {
                prop_assert!(!old.is_finer_than(new) || !old.agrees_with(new));
            }
        }
    }

    /// A matched row is the same person without changes after it has been applied.
    #[test]
    fn a_row_applied_is_the_same(known in person(), row in row(), place in organization()) {
        let mut world = vec![known];
        let first = load(&mut world, &[(row.clone(), place)]);
        let again = load(&mut world, &[(row, place)]);
        match &first[0] {
            Verdict::New | Verdict::Changed { .. } | Verdict::Same { .. } => {
                prop_assert!(matches!(again[0], Verdict::Same { .. } | Verdict::Doubtful { .. }), "{:?}", again);
                prop_assert!(first == [Verdict::New] || matches!(again[0], Verdict::Same { .. }), "{:?}", again);
            }
            other => prop_assert_eq!(other, &again[0]),
        }
    }

    /// A list with several rows of one person, loaded whole, changes nothing when loaded again. (Rows left to the
    /// user as doubtful or wrong were not loaded, so of them the law says nothing.)
    #[test]
    fn a_list_loaded_twice_changes_nothing(
        known in of(person()),
        rows in proptest::collection::vec((whole_row(), organization()), 1..5),
    ) {
        let mut world: Vec<KnownPerson> = known.into_iter().collect();
        let first = load(&mut world, &rows);
        if first.iter().any(|verdict| matches!(verdict, Verdict::Doubtful { .. } | Verdict::Error { .. })) {
            return Ok(());
        }
        let again = load(&mut world, &rows);
        let quiet = |verdict: &Verdict| matches!(verdict, Verdict::Same { .. } | Verdict::RepeatOf { .. });
        prop_assert!(again.iter().all(quiet), "{:#?} {:#?}", first, again);
    }

    #[test]
    fn agreement_is_mutual(one in since(), other in since()) {
        prop_assert!(one.agrees_with(one));
        prop_assert_eq!(one.agrees_with(other), other.agrees_with(one));
    }

    /// Readers of cells answer anything with a value or a sentence.
    #[test]
    fn readers_never_break(anything in "\\PC{0,40}", number in any::<f64>()) {
        for cell in [Cell::Text(anything), Cell::Number(number)] {
            let today = day(2026, 11, 23);
            let _ = (parse_full_name(&cell), parse_birth_date(&cell, today), parse_since(&cell, today));
            let _ = (parse_experience(&cell, today), parse_qualification(&cell), parse_education(&cell));
            let _ = (parse_position_with_subject(&cell), parse_phone(&cell), parse_email(&cell), parse_share(&cell));
        }
    }
}
