//! Must show 4: thirty people of the staff list with their positions, as every paper declines them, in a table a
//! person can read.

use std::fmt::Write as _;

use calamine::{Data, Reader, open_workbook_auto};
use nastavnik::papers::full_position;
use nastavnik_domain::person::FullName;
use nastavnik_domain::russian::{Case, decline_full, decline_position, guess_gender};

/// One of each position first, then every fifty-third row: names of all kinds.
const STEP: usize = 53;
const PEOPLE: usize = 30;

#[test]
fn thirty_people_of_the_staff_list_in_all_cases() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots/declension.txt");
    let text = table(&staff());
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(known, text, "read the table, then run with UPDATE_SNAPSHOTS=1");
}

/// Full name, position, subject.
type Person = (FullName, String, Option<String>);

fn staff() -> Vec<Person> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/staff.xlsx");
    let mut book = open_workbook_auto(file).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| cell.to_string().trim().to_owned();
    let all: Vec<Person> = sheet
        .rows()
        .skip(1)
        .map(|row| {
            let name = FullName::new(&text(&row[1]), &text(&row[2]), Some(&text(&row[3])));
            (name, text(&row[6]), Some(text(&row[7])).filter(|subject| !subject.is_empty()))
        })
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    let mut chosen: Vec<Person> = all
        .iter()
        .filter(|(_, position, subject)| seen.insert((position.clone(), subject.clone())))
        .cloned()
        .collect();
    chosen.truncate(PEOPLE - 2);
    chosen.extend(all.iter().step_by(STEP).skip(1).cloned());
    chosen.truncate(PEOPLE);
    chosen
}

fn table(people: &[Person]) -> String {
    let mut text = String::from(
        "Тридцать работников из списка города: так их называют согласия, соглашения и приказы.\n\
         Пол определён по имени и отчеству. Прочитайте глазами: ошибка в чужой фамилии обидна.\n",
    );
    for (number, (name, position, subject)) in (1..).zip(people) {
        let gender = guess_gender(&name.given, name.patronymic.as_deref()).unwrap();
        let position = full_position(position, subject.as_deref());
        let _ = writeln!(text, "\n{number}. {}, {position}", name.full());
        for case in [Case::Genitive, Case::Dative, Case::Accusative, Case::Instrumental] {
            let title = format!("{}:", case.title());
            let words =
                format!("{} {}", decline_position(&position, case), decline_full(name, gender, case, None));
            let _ = writeln!(text, "   {title:<14}{words}");
        }
    }
    text
}
