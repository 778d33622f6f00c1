use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::*;
use super::{day, person, rules};
use crate::competence::{self, Domain};
use crate::period::tests::any_day;
use crate::russian::short;

pub(super) fn facts() -> Facts {
    let reading = |hundredths, wave, on| Reading { hundredths, wave, on: day(on) };
    let path = Path {
        domain: Domain::Psychology,
        before: reading(71, competence::Wave::Entry, "2026-10-03"),
        after: Some(reading(160, competence::Wave::Middle, "2027-01-12")),
        is_closed: true,
    };
    Facts {
        from: day("2026-10-01"),
        to: day("2027-01-15"),
        meetings: 6,
        visits: 2,
        steps_done: 5,
        steps_open: 1,
        tasks_accepted: 3,
        tasks_open: 1,
        program: Some(ProgramFacts {
            revision: 2,
            measures: 5,
            done: 3,
            late: 1,
            products: vec!["план собрания".to_owned(), "памятка для класса".to_owned()],
        }),
        help_asked: 2,
        help_answered: 1,
        paths: BTreeMap::from([(person(2), vec![path])]),
    }
}

fn plain(text: &[String]) -> String {
    text.join("\n").replace('\u{a0}', " ")
}

#[test]
fn a_report_says_what_was_done() {
    assert_eq!(
        plain(&report(&facts(), Voice::Mentor)),
        "Отчёт охватывает работу пары с 1 октября 2026 г. по 15 января 2027 г.\n\
         Проведено 6 встреч, из них 2 посещения занятий.\n\
         Выполнено 5 шагов, в работе ещё 1.\n\
         Приняты 3 задания, в работе ещё 1.\n\
         Из 5 мероприятий программы выполнено 3, осталось 2; срок подошёл ещё у 1. Программу уточняли: действует редакция 2.\n\
         Что получилось: план собрания; памятка для класса.\n\
         По направлениям работы: рост по 1 из 1.\n\
         Были 2 просьбы о помощи, ответ получен на 1."
    );
}

#[test]
fn a_reflection_speaks_of_oneself() {
    let text = plain(&report(&facts(), Voice::Mentee(person(2))));
    assert!(text.starts_with(
        "Я работаю с наставником с 1 октября 2026 г. по 15 января 2027 г.\nМы встретились 6 раз"
    ));
    assert!(text.contains(
        "Ученики и родители: было 0,71 (вход, 03.10.2026), стало 1,60 (середина года, 12.01.2027) – трудность снята."
    ));
    // Another mentee of the group is not spoken of, and the mentor names nobody's directions.
    assert!(!plain(&report(&facts(), Voice::Mentee(person(3)))).contains("Ученики"));
    assert!(!plain(&report(&facts(), Voice::Mentor)).contains("Ученики"));
}

#[test]
fn nothing_is_told_of_what_is_not_there() {
    let empty = Facts {
        meetings: 0,
        visits: 0,
        steps_done: 0,
        steps_open: 0,
        tasks_accepted: 0,
        tasks_open: 0,
        program: None,
        help_asked: 0,
        help_answered: 0,
        paths: BTreeMap::new(),
        ..facts()
    };
    let text = plain(&report(&empty, Voice::Mentor));
    assert_eq!(
        text,
        "Отчёт охватывает работу пары с 1 октября 2026 г. по 15 января 2027 г.\nЗаписанных встреч пока нет."
    );
}

#[test]
fn facts_propose_the_checklist() {
    let (facts, rules) = (facts(), rules());
    let said = |evidence| {
        suggest(evidence, &facts, &rules).map(|found| (found.mark, found.words.replace('\u{a0}', " ")))
    };
    let expect = |mark, words: &str| Some((mark, words.to_owned()));
    assert_eq!(said(Evidence::Measures), expect(Mark::Partly, "выполнено 3 из 4, срок которых подошёл"));
    assert_eq!(said(Evidence::Meetings), expect(Mark::Yes, "6 встреч за 3 месяца"));
    assert_eq!(said(Evidence::Products), expect(Mark::Yes, "2 посещения, 2 результата"));
    assert_eq!(said(Evidence::Revision), expect(Mark::Yes, "действует редакция 2"));
    assert_eq!(said(Evidence::Growth), expect(Mark::Yes, "рост по 1 из 1"));
    let silent = Facts { program: None, paths: BTreeMap::new(), ..facts.clone() };
    assert_eq!(suggest(Evidence::Measures, &silent, &rules), None);
    assert_eq!(suggest(Evidence::Growth, &silent, &rules), None);
}

/// Numbers as they stand in a text: digits with points and commas between them.
fn numbers(text: &str) -> Vec<String> {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
    text.split(|letter| !is_part(letter))
        .map(|word| word.trim_matches(['.', ',']).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

prop_compose! {
    fn any_reading()(hundredths in 0_u32..=300, on in any_day(), wave in 0_usize..3) -> Reading {
        Reading { hundredths, on, wave: competence::Wave::ALL[wave] }
    }
}

prop_compose! {
    fn any_path()(domain in 0_usize..8, before in any_reading(), after in proptest::option::of(any_reading())) -> Path {
        Path { domain: Domain::ALL[domain], before, after, is_closed: false }
    }
}

prop_compose! {
    fn any_program()(done in 0_u32..40, left in 0_u32..40, late in 0_u32..40, revision in 1_u32..9, products in 0_usize..4)
        -> ProgramFacts {
        ProgramFacts {
            revision,
            measures: done + left,
            done,
            late: late.min(left),
            products: vec!["памятка".to_owned(); products],
        }
    }
}

prop_compose! {
    fn any_facts()(
        from in any_day(),
        days in 0_u64..400,
        counts in proptest::array::uniform6(0_u32..130),
        help in (0_u32..30, 0_u32..30),
        program in proptest::option::of(any_program()),
        paths in proptest::collection::vec(any_path(), 0..5),
    ) -> Facts {
        let [meetings, visits, steps_done, steps_open, tasks_accepted, tasks_open] = counts;
        Facts {
            from,
            to: from + chrono::Days::new(days),
            meetings,
            visits: visits.min(meetings),
            steps_done,
            steps_open,
            tasks_accepted,
            tasks_open,
            program,
            help_asked: help.0,
            help_answered: help.1.min(help.0),
            paths: BTreeMap::from([(person(2), paths)]),
        }
    }
}

/// Every number a report of these facts may and must say.
fn said(facts: &Facts, voice: Voice) -> Vec<String> {
    let mut known = numbers(&crate::russian::period(facts.from, facts.to));
    let mut put = |number: u32| {
        if number > 0 {
            known.push(number.to_string());
        }
    };
    [facts.meetings, facts.visits, facts.steps_done, facts.steps_open].into_iter().for_each(&mut put);
    [facts.tasks_accepted, facts.tasks_open].into_iter().for_each(&mut put);
    [facts.help_asked, facts.help_answered].into_iter().for_each(&mut put);
    if let Some(program) = facts.program.as_ref().filter(|program| program.measures > 0) {
        put(program.measures);
        put(program.done);
        if program.done > 0 {
            put(program.left());
        }
        put(program.late);
        if program.revision > 1 {
            put(program.revision);
        }
    }
    match voice {
        Voice::Mentor => {
            let growth = facts.growth();
            if growth.of > 0 {
                known.push(growth.grew.to_string());
                known.push(growth.of.to_string());
            }
            if growth.waiting > 0 {
                known.push(growth.waiting.to_string());
            }
        }
        Voice::Mentee(person) => {
            for path in facts.paths.get(&person).into_iter().flatten() {
                for reading in std::iter::once(path.before).chain(path.after) {
                    known.push(level_words(reading.hundredths));
                    known.push(short(reading.on));
                }
            }
        }
    }
    known.sort();
    known
}

proptest! {
    /// A report says every number of its facts, no other number, and the same each time.
    #[test]
    fn a_report_is_its_facts(facts in any_facts(), mentor in any::<bool>()) {
        let voice = if mentor { Voice::Mentor } else { Voice::Mentee(person(2)) };
        let text = report(&facts, voice);
        prop_assert_eq!(&text, &report(&facts, voice));
        let mut found = numbers(&text.join("\n"));
        found.sort();
        prop_assert_eq!(found, said(&facts, voice), "{}", text.join("\n"));
        prop_assert!(text.iter().all(|line| !line.trim().is_empty() && line.ends_with('.')));
    }
}
