//! Both sample lists from file to verdicts: the city first, then one school as its secretary keeps it.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::PathBuf;

use chrono::NaiveDate;
use nastavnik_domain::ids::{EmploymentId, OrganizationId, PersonId};
use nastavnik_domain::person::Qualification;
use nastavnik_domain::staff_list::{
    Cell, Classified, Classifier, Column, Dates, Field, KnownPerson, Mapping, Row, SAMPLE_ROWS, Since,
    SincePrecision, Stated, Verdict, apply, detect, name_key, parse_row, title_names_organization,
};
use uuid::Uuid;

use super::{Limits, Workbook};

const SCHOOL: &str = "МБОУ «СОШ №5»";

fn demo(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(file)
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

struct List {
    mapping: Mapping,
    rows: Vec<(u32, Row)>,
}

fn load(file: &str) -> List {
    let mut book = Workbook::open_path(&demo(file), &Limits::UPLOAD).unwrap();
    let sheet = book.sheets()[0].clone();
    let mut cells: Vec<(u32, Vec<Cell>)> = Vec::new();
    book.read(&sheet, |number, row| {
        cells.push((number, row.to_vec()));
        ControlFlow::Continue(())
    })
    .unwrap();
    let sample: Vec<_> = cells.iter().take_while(|(number, _)| *number <= SAMPLE_ROWS).cloned().collect();
    let mapping = detect(&sample).unwrap();
    mapping.validate().unwrap();
    let dates = Dates::of(&mapping, today());
    let rows =
        cells.iter().map(|(number, row)| (*number, parse_row(&mapping, *number, row, dates))).collect();
    List { mapping, rows }
}

/// A database in memory.
#[derive(Default)]
struct World {
    organizations: HashMap<String, OrganizationId>,
    people: Vec<KnownPerson>,
    by_name: HashMap<String, Vec<usize>>,
    next: u128,
}

impl World {
    fn id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(self.next)
    }

    fn organization(&mut self, name: &str) -> OrganizationId {
        if let Some(id) = self.organizations.get(name) {
            return *id;
        }
        let id = OrganizationId(self.id());
        self.organizations.insert(name.to_owned(), id);
        id
    }

    fn candidates(&self, row: &Row) -> Vec<KnownPerson> {
        let Row::Person(row) = row else { return Vec::new() };
        let places = row.name.as_ref().and_then(|name| self.by_name.get(&name_key(name)));
        places.into_iter().flatten().map(|place| self.people[*place].clone()).collect()
    }

    fn classify(&mut self, list: &List) -> Vec<(u32, Classified)> {
        let placed: Vec<_> = list
            .rows
            .iter()
            .map(|(number, row)| {
                let name = match row {
                    Row::Person(row) => row.organization.clone().unwrap_or_else(|| SCHOOL.to_owned()),
                    Row::Skipped(_) => SCHOOL.to_owned(),
                };
                (*number, row, self.organization(&name))
            })
            .collect();
        let mut classifier = Classifier::default();
        for (_, row, organization) in &placed {
            if let Row::Person(row) = row {
                classifier.announce(row, *organization);
            }
        }
        placed
            .iter()
            .map(|(number, row, organization)| {
                let candidates = self.candidates(row);
                (*number, classifier.classify(*number, row, *organization, &candidates))
            })
            .collect()
    }

    /// Carries out the verdicts as the preview showed them.
    fn apply(&mut self, list: &List, verdicts: &[(u32, Classified)]) {
        for ((_, row), (_, classified)) in list.rows.iter().zip(verdicts) {
            let Row::Person(row) = row else { continue };
            let name = row.organization.clone().unwrap_or_else(|| SCHOOL.to_owned());
            let organization = self.organization(&name);
            let place = match &classified.verdict {
                Verdict::New => {
                    let id = PersonId(self.id());
                    let blank = KnownPerson {
                        id,
                        name: row.name.clone().unwrap(),
                        gender: None,
                        born_on: None,
                        phone: None,
                        email: None,
                        education: None,
                        teaching_since: None,
                        employments: Vec::new(),
                    };
                    let place = self.people.len();
                    self.by_name.entry(name_key(&blank.name)).or_default().push(place);
                    self.people.push(blank);
                    place
                }
                Verdict::Changed { person, .. } => {
                    self.people.iter().position(|known| known.id == *person).unwrap()
                }
                _ => continue,
            };
            let mut person = apply(&self.people[place], row, organization, classified.transfer);
            for job in &mut person.employments {
                let id = job.id.unwrap_or_else(|| EmploymentId(self.id()));
                job.id = Some(id);
            }
            self.people[place] = person;
        }
    }
}

fn tally(verdicts: &[(u32, Classified)]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for (_, classified) in verdicts {
        let kind = match classified.verdict {
            Verdict::New => "new",
            Verdict::Same { .. } => "same",
            Verdict::Changed { .. } => "changed",
            Verdict::MoreOfRow { .. } => "more",
            Verdict::Doubtful { .. } => "doubtful",
            Verdict::RepeatOf { .. } => "repeat",
            Verdict::Error { .. } => "error",
            Verdict::Skipped { .. } => "skipped",
        };
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

#[test]
fn columns_of_the_city_are_all_understood() {
    let list = load("staff.xlsx");
    let meanings: Vec<Column> = list.mapping.columns.iter().map(|column| column.meaning).collect();
    assert_eq!(
        meanings,
        [
            Column::Organization,
            Column::Surname,
            Column::Given,
            Column::Patronymic,
            Column::Gender,
            Column::BornOn,
            Column::Position,
            Column::Subject,
            Column::Qualification,
            Column::Education,
            Column::TeachingSince,
            Column::HiredOn,
            Column::Phone,
            Column::Email,
        ]
    );
    assert_eq!((list.mapping.header_row, list.mapping.list_date), (1, None));
    assert!(list.mapping.columns.iter().all(|column| column.confidence >= 85), "{:?}", list.mapping.columns);
    let people = list.rows.iter().filter_map(|(number, row)| match row {
        Row::Person(row) => Some((number, row)),
        Row::Skipped(_) => None,
    });
    let mut total = 0;
    for (number, row) in people {
        total += 1;
        assert!(row.errors.is_empty() && row.notes.is_empty(), "{number}: {:?} {:?}", row.errors, row.notes);
        assert_eq!(row.gender_or_guess(), row.gender);
        assert!(
            row.born_on.is_some() && row.hired_on.is_some() && row.phone.is_some() && row.education.is_some()
        );
    }
    assert_eq!(total, 1706);
}

#[test]
fn columns_of_the_school_are_all_understood() {
    let list = load("staff-one-school.xlsx");
    let meanings: Vec<Column> = list.mapping.columns.iter().map(|column| column.meaning).collect();
    assert_eq!(
        meanings,
        [
            Column::Ordinal,
            Column::FullName,
            Column::BornOn,
            Column::PositionWithSubject,
            Column::Qualification,
            Column::Education,
            Column::TeachingYears,
            Column::HiredOn,
            Column::Phone,
            Column::Email,
        ]
    );
    assert_eq!(list.mapping.header_row, 3);
    assert_eq!(list.mapping.list_date, NaiveDate::from_ymd_opt(2026, 9, 1));
    assert!(title_names_organization(&list.mapping.title, SCHOOL));
    assert!(!title_names_organization(&list.mapping.title, "МБОУ «СОШ №55»"));
    assert!(!title_names_organization("Список МБОУ «СОШ №51»", SCHOOL));
}

#[test]
fn every_cell_of_the_school_is_read_and_every_mending_is_told() {
    let list = load("staff-one-school.xlsx");
    let mut skipped = Vec::new();
    let mut people = HashMap::new();
    for (number, row) in &list.rows {
        match row {
            Row::Skipped(reason) => skipped.push((*number, reason.as_str())),
            Row::Person(row) => {
                assert!(row.errors.is_empty(), "{number}: {:?}", row.errors);
                people.insert(*number, row);
            }
        }
    }
    assert_eq!(
        skipped,
        [
            (1, "Строка над таблицей."),
            (3, "Строка с названиями столбцов."),
            (4, "Заголовок раздела «Администрация»."),
            (7, "Заголовок раздела «Педагоги»."),
            (97, "Строка итога."),
            (98, "Подпись под таблицей."),
        ]
    );
    assert_eq!(people.len(), 90);
    let name = |number: u32| people[&number].name.as_ref().unwrap().full();
    assert_eq!(name(19), "Шамбарова Этель Димитриевна");
    assert_eq!(name(24), "Семёнов Прокопий Фокич");
    assert_eq!(people[&35].subject.as_deref(), Some("труд (технология)"));
    assert_eq!(people[&22].qualification, Stated::Empty);
    assert_eq!(people[&36].qualification, Stated::Nothing);
    let notes = |number: u32| people[&number].notes.iter().map(|note| note.text.clone()).collect::<String>();
    assert!(notes(19).contains("латинские буквы"), "{}", notes(19));
    assert!(notes(54).contains("заглавными") && notes(54).contains("латинские"), "{}", notes(54));
    assert!(notes(5).contains("01.12.1977"), "{}", notes(5));
}

#[test]
fn the_school_after_the_city_brings_nobody_twice_and_nobody_lost() {
    let mut world = World::default();
    let (city, school) = (load("staff.xlsx"), load("staff-one-school.xlsx"));

    let first = world.classify(&city);
    assert_eq!(tally(&first), BTreeMap::from([("new", 1706), ("skipped", 1)]));
    world.apply(&city, &first);
    assert_eq!(world.people.len(), 1706);

    let second = world.classify(&school);
    // Rounded experience, years instead of days, abbreviations: the same facts in other words.
    assert_eq!(tally(&second), BTreeMap::from([("repeat", 1), ("same", 89), ("skipped", 6)]));
    let repeat = second.iter().find(|(_, one)| matches!(one.verdict, Verdict::RepeatOf { .. })).unwrap();
    assert!(matches!(repeat, (15, Classified { verdict: Verdict::RepeatOf { row: 14 }, .. })), "{repeat:?}");
    world.apply(&school, &second);
    assert_eq!(world.people.len(), 1706);

    for list in [&school, &city] {
        let again = tally(&world.classify(list));
        assert!(again.keys().all(|kind| matches!(*kind, "same" | "repeat" | "skipped")), "{again:?}");
    }
}

#[test]
fn the_city_after_the_school_completes_its_people() {
    let mut world = World::default();
    let (city, school) = (load("staff.xlsx"), load("staff-one-school.xlsx"));
    let first = world.classify(&school);
    assert_eq!(tally(&first), BTreeMap::from([("new", 89), ("repeat", 1), ("skipped", 6)]));
    let repeat = first.iter().find(|(number, _)| *number == 15).map(|(_, one)| one.verdict.clone());
    assert_eq!(repeat, Some(Verdict::RepeatOf { row: 14 }));
    world.apply(&school, &first);

    let second = world.classify(&city);
    let counts = tally(&second);
    assert_eq!(counts.get("new"), Some(&(1706 - 89)), "{counts:?}");
    world.apply(&city, &second);
    assert_eq!(world.people.len(), 1706);
    for list in [&school, &city] {
        let again = tally(&world.classify(list));
        assert!(again.keys().all(|kind| matches!(*kind, "same" | "repeat" | "skipped")), "{again:?}");
    }
}

#[test]
fn real_differences_are_shown_before_and_after() {
    let mut world = World::default();
    let (city, mut school) = (load("staff.xlsx"), load("staff-one-school.xlsx"));
    let first = world.classify(&city);
    world.apply(&city, &first);
    for (number, row) in &mut school.rows {
        let Row::Person(row) = row else { continue };
        match number {
            9 => {
                row.hired_on = NaiveDate::from_ymd_opt(2023, 1, 1)
                    .map(|date| Since { date, precision: SincePrecision::Year });
            }
            10 => row.qualification = Stated::Value(Qualification::First),
            11 => row.phone = Some("+7 900 000-00-00".to_owned()),
            _ => {}
        }
    }
    let second = world.classify(&school);
    let changes: Vec<_> = second
        .iter()
        .filter_map(|(number, one)| match &one.verdict {
            Verdict::Changed { changes, .. } => {
                let [change] = changes.as_slice() else { panic!("{changes:?}") };
                Some((*number, change.field, change.before.clone().unwrap(), change.after.clone()))
            }
            _ => None,
        })
        .collect();
    let change =
        |number, field, before: &str, after: &str| (number, field, before.to_owned(), after.to_owned());
    assert_eq!(
        changes,
        [
            change(9, Field::HiredOn, "26.08.2024", "2023 г."),
            change(10, Field::Qualification, "высшая", "первая"),
            change(11, Field::Phone, "+7 962 142-16-48", "+7 900 000-00-00"),
        ]
    );
    world.apply(&school, &second);
    let again = tally(&world.classify(&school));
    assert_eq!(again, BTreeMap::from([("repeat", 1), ("same", 89), ("skipped", 6)]));
}
