//! Who the row speaks about and what it changes.

use uuid::Uuid;

use super::day;
use crate::ids::{EmploymentId, OrganizationId, PersonId};
use crate::person::{FullName, Gender, Qualification};
use crate::staff_list::*;

const HERE: OrganizationId = OrganizationId(Uuid::from_u128(1));
const THERE: OrganizationId = OrganizationId(Uuid::from_u128(2));
const ANNA: PersonId = PersonId(Uuid::from_u128(10));

fn known() -> KnownPerson {
    KnownPerson {
        id: ANNA,
        name: FullName::new("Семёнова", "Анна", Some("Петровна")),
        gender: Some(Gender::Female),
        born_on: Some(day(1985, 2, 3)),
        phone: Some("+7 925 131-74-14".to_owned()),
        email: Some("anna@school.example".to_owned()),
        education: None,
        teaching_since: Some(Since::day(day(2010, 9, 1))),
        employments: vec![KnownEmployment {
            id: Some(EmploymentId(Uuid::from_u128(20))),
            organization_id: HERE,
            position: "учитель".to_owned(),
            subject: Some("математика".to_owned()),
            qualification: Some(Qualification::First),
            share: None,
            hired_on: Some(Since::day(day(2019, 7, 8))),
            ended: None,
        }],
    }
}

fn row() -> ParsedRow {
    ParsedRow {
        name: Some(FullName::new("Семенова", "Анна", Some("Петровна"))),
        born_on: Some(day(1985, 2, 3)),
        position: Some("Учитель".to_owned()),
        subject: Some("математика".to_owned()),
        ..ParsedRow::default()
    }
}

fn judge(row: &ParsedRow, organization: OrganizationId, candidates: &[KnownPerson]) -> Verdict {
    judge_list(&[(row.clone(), organization)], candidates).remove(0)
}

fn judge_list(rows: &[(ParsedRow, OrganizationId)], candidates: &[KnownPerson]) -> Vec<Verdict> {
    let mut classifier = Classifier::default();
    for (row, organization) in rows {
        classifier.announce(row, *organization);
    }
    (1..)
        .zip(rows)
        .map(|(number, (row, organization))| {
            classifier
                .classify(number, &Row::Person(Box::new(row.clone())), *organization, candidates)
                .verdict
        })
        .collect()
}

fn fields(verdict: &Verdict) -> Vec<Field> {
    match verdict {
        Verdict::Changed { changes, .. } | Verdict::MoreOfRow { changes, .. } => {
            changes.iter().map(|change| change.field).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn reason(verdict: &Verdict) -> &str {
    match verdict {
        Verdict::Doubtful { candidates } => candidates[0].reason.as_str(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn name_and_birth_date_make_a_person() {
    assert_eq!(judge(&row(), HERE, &[known()]), Verdict::Same { person: ANNA });
    assert_eq!(judge(&row(), HERE, &[]), Verdict::New);
    let namesake = ParsedRow { born_on: Some(day(1990, 11, 14)), ..row() };
    assert_eq!(judge(&namesake, HERE, &[known()]), Verdict::New);
    let swapped = ParsedRow { born_on: Some(day(1985, 3, 2)), ..row() };
    assert!(reason(&judge(&swapped, HERE, &[known()])).contains("переставлены"));
    let digit = ParsedRow { born_on: Some(day(1986, 2, 3)), ..row() };
    assert!(reason(&judge(&digit, HERE, &[known()])).contains("одной цифрой"));
    assert_eq!(judge(&digit, THERE, &[known()]), Verdict::New);
}

#[test]
fn without_a_birth_date_something_else_must_agree() {
    let bare = ParsedRow { born_on: None, ..row() };
    assert_eq!(judge(&bare, HERE, &[known()]), Verdict::Same { person: ANNA });
    let elsewhere = judge(&bare, THERE, &[known()]);
    assert!(reason(&elsewhere).contains("дата рождения не указана"));
    let phone = ParsedRow { phone: known().phone, ..bare };
    assert_eq!(fields(&judge(&phone, THERE, &[known()])), [Field::Employment]);
}

#[test]
fn a_changed_surname_is_doubtful() {
    let married =
        ParsedRow { name: Some(FullName::new("Ким", "Анна", Some("Петровна"))), ..row() };
    assert!(reason(&judge(&married, HERE, &[known()])).contains("сменила фамилию"));
    assert_eq!(judge(&married, THERE, &[known()]), Verdict::New);
    let mailed = ParsedRow { email: known().email, born_on: None, ..married };
    assert!(reason(&judge(&mailed, THERE, &[known()])).contains("смена фамилии"));
}

#[test]
fn a_lost_patronymic_is_found_and_never_erased() {
    let short = ParsedRow { name: Some(FullName::new("Семёнова", "Анна", None)), ..row() };
    assert_eq!(judge(&short, HERE, &[known()]), Verdict::Same { person: ANNA });
    let mut shortened = known();
    shortened.name.patronymic = None;
    assert_eq!(fields(&judge(&row(), HERE, &[shortened])), [Field::Name]);
}

#[test]
fn the_letter_yo_is_kept_and_added() {
    let mut plain = known();
    plain.name.surname = "Семенова".to_owned();
    let dotted = ParsedRow { name: Some(known().name), ..row() };
    let verdict = judge(&dotted, HERE, &[plain]);
    assert_eq!(fields(&verdict), [Field::Name]);
    assert_eq!(judge(&row(), HERE, &[known()]), Verdict::Same { person: ANNA });
}

#[test]
fn rough_values_agree_with_exact_ones_and_never_replace_them() {
    let since = |year, precision| Some(Since { date: day(year, 1, 1), precision });
    let rough = ParsedRow {
        hired_on: since(2019, SincePrecision::Year),
        teaching_since: Some(Since { date: day(2010, 3, 1), precision: SincePrecision::Experience }),
        ..row()
    };
    assert_eq!(judge(&rough, HERE, &[known()]), Verdict::Same { person: ANNA });
    let other = ParsedRow { hired_on: since(2018, SincePrecision::Year), ..rough.clone() };
    let Verdict::Changed { changes, .. } = judge(&other, HERE, &[known()]) else { panic!("a change") };
    assert_eq!((changes[0].before.as_deref(), changes[0].after.as_str()), (Some("08.07.2019"), "2018 г."));
    let far = ParsedRow {
        teaching_since: Some(Since { date: day(2009, 10, 1), precision: SincePrecision::Experience }),
        ..row()
    };
    assert_eq!(fields(&judge(&far, HERE, &[known()])), [Field::TeachingSince]);
    let mut vague = known();
    vague.employments[0].hired_on = since(2019, SincePrecision::Year);
    let exact = ParsedRow { hired_on: Some(Since::day(day(2019, 7, 8))), ..row() };
    assert_eq!(fields(&judge(&exact, HERE, &[vague])), [Field::HiredOn]);
}

#[test]
fn an_empty_category_is_not_no_category() {
    assert_eq!(judge(&row(), HERE, &[known()]), Verdict::Same { person: ANNA });
    let nothing = ParsedRow { qualification: Stated::Nothing, ..row() };
    let Verdict::Changed { changes, .. } = judge(&nothing, HERE, &[known()]) else { panic!("a change") };
    assert_eq!((changes[0].before.as_deref(), changes[0].after.as_str()), (Some("первая"), "нет категории"));
}

#[test]
fn work_elsewhere_is_a_second_employment() {
    let Verdict::Changed { changes, .. } = judge(&row(), THERE, &[known()]) else { panic!("a change") };
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].after, "работа по совместительству в этой организации: Учитель (математика)");
}

#[test]
fn one_other_position_is_a_transfer_and_two_are_two_employments() {
    let methodist = ParsedRow { position: Some("методист".to_owned()), subject: None, ..row() };
    assert_eq!(fields(&judge(&methodist, HERE, &[known()])), [Field::Position]);
    let both = judge_list(&[(methodist.clone(), HERE), (row(), HERE)], &[known()]);
    assert_eq!(fields(&both[0]), [Field::Employment]);
    assert_eq!(both[1], Verdict::RepeatOf { row: 1 });
    let new = judge_list(&[(row(), HERE), (methodist, HERE)], &[]);
    assert_eq!(new[0], Verdict::New);
    assert_eq!(fields(&new[1]), [Field::Employment]);
    assert!(matches!(new[1], Verdict::MoreOfRow { row: 1, .. }));
}

#[test]
fn rows_of_one_list_add_but_do_not_contradict() {
    let first = ParsedRow { qualification: Stated::Value(Qualification::First), ..row() };
    let highest = ParsedRow { qualification: Stated::Value(Qualification::Highest), ..row() };
    let list = [(first.clone(), HERE), (row(), HERE), (highest, HERE)];
    let verdicts = judge_list(&list, &[]);
    assert_eq!(verdicts[..2], [Verdict::New, Verdict::RepeatOf { row: 1 }]);
    assert!(reason(&verdicts[2]).contains("говорит другое"), "{:?}", verdicts[2]);
    let denied = ParsedRow { qualification: Stated::Nothing, ..row() };
    let verdicts = judge_list(&[(denied, HERE), (first, HERE)], &[]);
    assert!(reason(&verdicts[1]).contains("говорит другое"));
    let mailed = ParsedRow { email: Some("a@b.ru".to_owned()), ..row() };
    let verdicts = judge_list(&[(row(), HERE), (mailed, HERE)], &[]);
    assert_eq!(fields(&verdicts[1]), [Field::Email]);
    let twin = ParsedRow { born_on: Some(day(1999, 12, 25)), ..row() };
    assert_eq!(judge_list(&[(row(), HERE), (twin, HERE)], &[]), [Verdict::New, Verdict::New]);
}

#[test]
fn a_dismissed_person_is_not_silently_taken_on_again() {
    let mut left = known();
    left.employments[0].ended = Some(day(2025, 6, 30));
    assert!(reason(&judge(&row(), HERE, &[left.clone()])).contains("закончена 30.06.2025"));
    let again = ParsedRow { hired_on: Some(Since::day(day(2026, 9, 1))), ..row() };
    assert_eq!(fields(&judge(&again, HERE, &[left])), [Field::Employment]);
}

#[test]
fn errors_and_doubles_are_told() {
    let broken =
        ParsedRow { errors: vec![CellError { cell: "C5".to_owned(), text: "Нет.".to_owned() }], ..row() };
    assert!(matches!(judge(&broken, HERE, &[known()]), Verdict::Error { errors } if errors.len() == 1));
    let idle = ParsedRow { position: None, subject: None, ..row() };
    assert!(matches!(judge(&idle, HERE, &[]), Verdict::Error { .. }));
    assert_eq!(judge(&idle, HERE, &[known()]), Verdict::Same { person: ANNA });
    let twin = KnownPerson { id: PersonId(Uuid::from_u128(11)), ..known() };
    assert!(
        matches!(judge(&row(), HERE, &[known(), twin]), Verdict::Doubtful { candidates } if candidates.len() == 2)
    );
    let skipped = Classifier::default().classify(1, &Row::Skipped("Пусто.".to_owned()), HERE, &[]);
    assert_eq!(skipped.verdict, Verdict::Skipped { reason: "Пусто.".to_owned() });
}
