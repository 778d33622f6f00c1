//! Examples on paper.

use super::*;
use crate::year::AcademicYear;

#[test]
fn four_to_five_years() {
    let table = [
        ("2026-09-01", "2030-08-31", Ok(())),
        ("2026-09-01", "2030-08-30", Err(TermError::TooShort(date("2030-08-31")))),
        ("2026-09-01", "2031-08-31", Ok(())),
        ("2026-09-01", "2031-09-01", Err(TermError::TooLong(date("2031-08-31")))),
        // A leap day and the ends of years.
        ("2028-02-29", "2032-02-28", Ok(())),
        ("2028-02-29", "2032-02-27", Err(TermError::TooShort(date("2032-02-28")))),
        ("2028-02-29", "2033-02-27", Ok(())),
        ("2028-02-29", "2033-02-28", Err(TermError::TooLong(date("2033-02-27")))),
        ("2027-03-01", "2031-02-28", Ok(())),
        ("2028-03-01", "2032-02-28", Err(TermError::TooShort(date("2032-02-29")))),
        ("2027-01-01", "2031-12-31", Ok(())),
        ("2027-01-01", "2026-12-31", Err(TermError::Backwards)),
        ("1999-01-01", "2003-12-31", Err(TermError::Year)),
    ];
    for (from, to, expected) in table {
        assert_eq!(Term { from: date(from), to: date(to) }.check(&RULES), expected, "{from} {to}");
    }
}

#[test]
fn years_of_a_route_are_academic() {
    let years = Term { from: date("2027-01-15"), to: date("2031-01-14") }.years();
    assert_eq!(years.first(), Some(&AcademicYear(2026)));
    assert_eq!(years.last(), Some(&AcademicYear(2030)));
    let pathway = drawn();
    assert_eq!(pathway.in_year(AcademicYear(2026)).len(), 1);
    assert!(pathway.in_year(AcademicYear(2027)).is_empty());
}

#[test]
fn steps_wait_for_the_one_before() {
    let mut pathway = begun();
    let early = Event::Found { step: Step::Achievements, findings: findings(Domain::Subject) };
    assert_eq!(pathway.apply(&own(early)), Err(Refusal::TooEarly(Step::Achievements)));
    let empty = pathway.apply(&own(Event::Completed { step: Step::SelfImage }));
    assert!(matches!(empty, Err(Refusal::Missing(_))));
    let pathway = drawn();
    assert_eq!(pathway.standing(Step::Realization), Standing::Open);
    assert_eq!(pathway.standing(Step::Correction), Standing::Open);
    assert_eq!(pathway.standing(Step::Reflection), Standing::Ahead);
    assert_eq!(pathway.current(), Some(Step::Realization));
    let mark = pathway.mark(Step::SelfImage).unwrap();
    assert_eq!((mark.by, mark.on), (Voice::Owner, date("2026-11-23")));
}

#[test]
fn what_is_completed_stays_complete() {
    let mut pathway = drawn();
    let blank = Event::SelfImageWritten { image: SelfImage::default() };
    assert!(matches!(pathway.apply(&own(blank)), Err(Refusal::Missing(_))));
    let last = Event::Corrected { reason: "лишнее".to_owned(), change: Change::Drop { number: 1 } };
    assert!(matches!(pathway.apply(&own(last)), Err(Refusal::Missing(_))));
    assert_eq!(pathway, drawn());
}

#[test]
fn a_roadmap_may_be_waived_and_resumed() {
    let mut pathway = begun();
    for event in [
        Event::SelfImageWritten { image: image() },
        Event::Completed { step: Step::SelfImage },
        Event::Found { step: Step::Achievements, findings: findings(Domain::Subject) },
        Event::Completed { step: Step::Achievements },
        Event::Found { step: Step::Difficulties, findings: findings(Domain::Psychology) },
        Event::Completed { step: Step::Difficulties },
    ] {
        pathway.apply(&own(event)).unwrap();
    }
    let silent = Event::RoadmapWaived { reason: " ".to_owned() };
    assert_eq!(pathway.apply(&own(silent)), Err(Refusal::NoReason));
    pathway.apply(&own(Event::RoadmapWaived { reason: "хватает программы пары".to_owned() })).unwrap();
    assert_eq!(pathway.standing(Step::Realization), Standing::NotNeeded);
    assert_eq!(pathway.standing(Step::Reflection), Standing::Open);
    assert!(pathway.check().is_ok());
    pathway.apply(&own(Event::RoadmapResumed)).unwrap();
    assert_eq!(pathway.standing(Step::Roadmap), Standing::Open);
}

#[test]
fn a_correction_has_a_reason_and_a_computed_difference() {
    let mut pathway = drawn();
    let longer = Body { to: date("2027-12-20"), ..body("Формирующее оценивание") };
    let plain = Event::Changed { number: 1, body: longer.clone() };
    assert_eq!(pathway.apply(&own(plain)), Err(Refusal::NeedsReason));
    let change = Change::Alter { number: 1, body: longer };
    let correct = |reason: &str, change: &Change| {
        own(Event::Corrected { reason: reason.to_owned(), change: change.clone() })
    };
    assert_eq!(pathway.apply(&correct("", &change)), Err(Refusal::NoReason));
    pathway.apply(&correct("курс перенесли", &change)).unwrap();
    assert_eq!(pathway.apply(&correct("ещё раз", &change)), Err(Refusal::NothingChanged));
    let made = pathway.corrections.last().unwrap();
    let expected =
        FieldChange {
            name: "Последний день", was: "20.05.2027".to_owned(), became: "20.12.2027".to_owned()
        };
    assert_eq!((made.verb(), made.differences()), ("Изменено", vec![expected]));
    let out = Body { to: date("2031-09-01"), ..body("Поздно") };
    let late = pathway.apply(&correct("продлить", &Change::Add { body: out }));
    assert_eq!(late, Err(Refusal::Body(BodyError::OutOfTerm(term()))));
}

#[test]
fn a_line_leaves_a_product_and_an_attitude() {
    let mut pathway = drawn();
    let realize = |outcome: Outcome| own(Event::Realized { number: 1, outcome });
    let script = Outcome { link: "javascript:alert(1)".to_owned(), ..outcome() };
    assert_eq!(pathway.apply(&realize(script)), Err(Refusal::Link));
    let nothing = Outcome { product: " ".to_owned(), ..outcome() };
    assert_eq!(pathway.apply(&realize(nothing)), Err(Refusal::NoProduct));
    assert!(matches!(
        pathway.apply(&own(Event::Completed { step: Step::Realization })),
        Err(Refusal::Missing(_))
    ));
    pathway.apply(&realize(outcome())).unwrap();
    let away =
        Event::Corrected { reason: "передумал".to_owned(), change: Change::Drop { number: 1 } };
    assert_eq!(pathway.apply(&own(away)), Err(Refusal::HasOutcome));
    pathway.apply(&own(Event::Completed { step: Step::Realization })).unwrap();
    assert_eq!(pathway.standing(Step::Correction), Standing::Done);
    let lacks: Vec<String> = pathway.lacks().into_iter().map(|lack| lack.words).collect();
    assert_eq!(lacks, ["было – стало: Ученики и родители", "близость к желаемому образу"]);
}

#[test]
fn the_owner_writes_and_others_comment() {
    let mut pathway = drawn();
    let said = Event::Commented { step: Step::Roadmap, text: "Добавьте пробу".to_owned() };
    assert_eq!(pathway.apply(&own(said.clone())), Err(Refusal::OwnComment));
    let by = |by, event| Recorded { by, on: date("2026-11-24"), event };
    pathway.apply(&by(Voice::Tutor, said)).unwrap();
    let writes = Event::SelfImageWritten { image: image() };
    assert_eq!(pathway.apply(&by(Voice::Tutor, writes)), Err(Refusal::NotOwner));
    let answer = Event::Answered { comment: 1, text: "Добавлю".to_owned(), settled: Settled::Yes };
    assert_eq!(pathway.apply(&by(Voice::Curator, answer.clone())), Err(Refusal::NotOwner));
    pathway.apply(&own(answer)).unwrap();
    assert_eq!(pathway.open_comments().count(), 0);
    assert_eq!(pathway.comments[0].by, Voice::Tutor);
}

#[test]
fn a_route_may_end_before_its_last_step() {
    let mut pathway = drawn();
    let stop = |reason: &str, words: &str| {
        let reflection = Reflection { words: words.to_owned(), ..Reflection::default() };
        own(Event::Stopped { reason: reason.to_owned(), reflection })
    };
    assert_eq!(pathway.apply(&stop(" ", "Многое успели")), Err(Refusal::NoReason));
    assert_eq!(pathway.apply(&stop("переезд", "")), Err(Refusal::NoReflection));
    let by = Recorded { by: Voice::Curator, ..stop("переезд", "Многое успели") };
    assert_eq!(pathway.apply(&by), Err(Refusal::NotOwner));
    pathway.apply(&stop("переезд", "Многое успели")).unwrap();
    assert_eq!((pathway.current(), pathway.ended_on()), (None, Some(date("2026-11-23"))));
    assert_eq!(pathway.standing(Step::Roadmap), Standing::Done);
    assert_eq!(pathway.standing(Step::Realization), Standing::Left);
    assert!(pathway.lacks().is_empty() && !pathway.is_finished());
    assert_eq!(pathway.last_day(), date("2026-11-23"));
    assert_eq!(pathway.apply(&stop("ещё раз", "Слова")), Err(Refusal::Finished));
    let late = Event::Realized { number: 1, outcome: outcome() };
    assert_eq!(pathway.apply(&own(late)), Err(Refusal::Finished));
    // A word about the end may still be said and answered.
    let said = Event::Commented { step: Step::Reflection, text: "Спасибо".to_owned() };
    pathway.apply(&Recorded { by: Voice::Mentor, on: date("2026-11-24"), event: said }).unwrap();
    // Such a file has the second version; a finished route keeps the first one, which older editions read.
    let file = String::from_utf8(write(&pathway).unwrap()).unwrap();
    assert!(file.contains("\"version\": 2"));
    assert_eq!(read(file.as_bytes(), &RULES).unwrap(), pathway);
    let silent = file.replace("\"reason\": \"переезд\"", "\"reason\": \" \"");
    let told = read(silent.as_bytes(), &RULES).unwrap_err().to_string();
    assert!(told.starts_with("Поле «route.stopped.reason»"), "{told}");
    let unreflected = file.replace("Многое успели", "");
    let told = read(unreflected.as_bytes(), &RULES).unwrap_err().to_string();
    assert!(told.starts_with("Поле «route.reflection.words»"), "{told}");
}

#[test]
fn the_file_is_read_strictly() {
    let file = String::from_utf8(write(&drawn()).unwrap()).unwrap();
    let with = |from: &str, to: &str| {
        assert!(file.contains(from), "{from}");
        read(file.replacen(from, to, 1).as_bytes(), &RULES).unwrap_err().to_string()
    };
    let table = [
        ("\"version\": 1", "\"version\": 3", "Поле «version»: эта версия формата неизвестна"),
        ("\"version\": 1", "\"version\": 2", "Поле «route.stopped»: поля нет, а оно нужно"),
        ("nastavnik-route", "else", "Поле «format»: это не выгрузка маршрута"),
        ("\"to\": \"2031-08-31\"", "\"to\": \"2027-02-29\"", "Поле «route.term.to»: нет такой даты"),
        (
            "\"to\": \"2031-08-31\"",
            "\"to\": \"2040-02-29\"",
            "Поле «route.term»: Маршрут рассчитан на 4–5 лет",
        ),
        ("\"ideal\"", "\"idea\"", "Поле «route.self_image.idea»: такого поля в маршруте нет"),
        ("\"by\": \"owner\"", "\"by\": \"admin\"", "Поле «route.marks[0].by»: такого значения нет"),
        (
            "\"step\": \"achievements\"",
            "\"step\": \"reflection\"",
            "Поле «route.marks[1].step»: шаги завершают по порядку",
        ),
        (
            "\"hours\": 72",
            "\"hours\": -1",
            "Поле «route.roadmap[0].body.detail.hours»: здесь нужно целое число",
        ),
        (
            "\"words\": \"об этом\"",
            "\"words\": \"\\u202e\"",
            "Поле «route.achievements.list[0].words»: в тексте есть недопустимые",
        ),
        ("\"last_number\": 1", "\"last_number\": 0", "Поле «route.roadmap[0].number»"),
    ];
    for (from, to, expected) in table {
        let told = with(from, to);
        assert!(told.starts_with(expected), "{told}");
    }
    assert!(read(b"{", &RULES).unwrap_err().to_string().contains("строка 1"));
    assert!(read(&[0xff, 0xfe], &RULES).unwrap_err().to_string().contains("UTF-8"));
    assert!(read(&vec![b' '; LARGEST + 1], &RULES).unwrap_err().to_string().contains("4 МБ"));
    assert!(read("[".repeat(100_000).as_bytes(), &RULES).is_err());
    assert!(!file.contains("account") && !file.contains("person"));
}

#[test]
fn this_very_file_is_read_by_every_later_edition() {
    let file = include_bytes!("route-v1.json");
    let pathway = read(file, &RULES).unwrap();
    assert_eq!(write(&pathway).unwrap(), file.trim_ascii_end());
}
