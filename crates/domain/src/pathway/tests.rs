//! Examples on paper and laws.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::competence::Domain;
use crate::config::PathwayRules;
use crate::period::tests::date;
use crate::year::AcademicYear;

const RULES: PathwayRules = PathwayRules { least_years: 4, most_years: 5 };

fn term() -> Term {
    Term { from: date("2026-09-01"), to: date("2031-08-31") }
}

fn own(event: Event) -> Recorded {
    Recorded { by: Voice::Owner, on: date("2026-11-23"), event }
}

fn begun() -> Pathway {
    Pathway::begin(&own(Event::Begun { term: term() })).unwrap()
}

fn body(title: &str) -> Body {
    Body {
        title: title.to_owned(),
        from: date("2027-01-11"),
        to: date("2027-05-20"),
        domain: Some(Domain::Methods),
        detail: Detail::Course { provider: "Институт развития образования".to_owned(), hours: 72 },
    }
}

fn image() -> SelfImage {
    SelfImage { ideal: "Спокойный и интересный учитель".to_owned(), ..SelfImage::default() }
}

fn findings(domain: Domain) -> Findings {
    Findings { seen_on: Some(date("2026-11-12")), list: vec![Finding { domain, words: "об этом".to_owned() }] }
}

fn outcome() -> Outcome {
    Outcome {
        on: date("2027-05-20"),
        product: "Сборник заданий".to_owned(),
        link: "https://example.org/1".to_owned(),
        document: "удостоверение № 7".to_owned(),
        attitude: Attitude::Proud,
        words: String::new(),
    }
}

/// A route with its roadmap drawn up.
fn drawn() -> Pathway {
    let mut pathway = begun();
    let events = [
        Event::SelfImageWritten { image: image() },
        Event::Completed { step: Step::SelfImage },
        Event::Found { step: Step::Achievements, findings: findings(Domain::Subject) },
        Event::Completed { step: Step::Achievements },
        Event::Found { step: Step::Difficulties, findings: findings(Domain::Psychology) },
        Event::Completed { step: Step::Difficulties },
        Event::Added { body: body("Формирующее оценивание") },
        Event::Completed { step: Step::Roadmap },
    ];
    for event in events {
        pathway.apply(&own(event)).unwrap();
    }
    pathway
}

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
        FieldChange { name: "Последний день", was: "20.05.2027".to_owned(), became: "20.12.2027".to_owned() };
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
    assert!(matches!(pathway.apply(&own(Event::Completed { step: Step::Realization })), Err(Refusal::Missing(_))));
    pathway.apply(&realize(outcome())).unwrap();
    let away = Event::Corrected { reason: "передумал".to_owned(), change: Change::Drop { number: 1 } };
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
fn the_file_is_read_strictly() {
    let file = String::from_utf8(write(&drawn()).unwrap()).unwrap();
    let with = |from: &str, to: &str| {
        assert!(file.contains(from), "{from}");
        read(file.replacen(from, to, 1).as_bytes(), &RULES).unwrap_err().to_string()
    };
    let table = [
        ("\"version\": 1", "\"version\": 2", "Поле «version»: эта версия формата неизвестна"),
        ("nastavnik-route", "else", "Поле «format»: это не выгрузка маршрута"),
        ("\"to\": \"2031-08-31\"", "\"to\": \"2027-02-29\"", "Поле «route.term.to»: нет такой даты"),
        ("\"to\": \"2031-08-31\"", "\"to\": \"2040-02-29\"", "Поле «route.term»: Маршрут рассчитан на 4–5 лет"),
        ("\"ideal\"", "\"idea\"", "Поле «route.self_image.idea»: такого поля в маршруте нет"),
        ("\"by\": \"owner\"", "\"by\": \"admin\"", "Поле «route.marks[0].by»: такого значения нет"),
        ("\"step\": \"achievements\"", "\"step\": \"reflection\"", "Поле «route.marks[1].step»: шаги завершают по порядку"),
        ("\"hours\": 72", "\"hours\": -1", "Поле «route.roadmap[0].body.detail.hours»: здесь нужно целое число"),
        ("\"words\": \"об этом\"", "\"words\": \"\\u202e\"", "Поле «route.achievements.list[0].words»: в тексте есть недопустимые"),
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

fn any_text() -> impl Strategy<Value = String> {
    "[а-яё ]{0,6}"
}

fn any_domain() -> impl Strategy<Value = Domain> {
    (0_usize..8).prop_map(|index| Domain::ALL[index])
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..1900).prop_map(|days| date("2026-08-20") + Days::new(days))
}

fn any_body() -> impl Strategy<Value = Body> {
    let detail = prop_oneof![
        (any_text(), 0_u32..100).prop_map(|(provider, hours)| Detail::Course { provider, hours }),
        any_text().prop_map(|novelty| Detail::Trial { novelty }),
        any_text().prop_map(|part| Detail::Project { part }),
        any_text().prop_map(|expected| Detail::Measure { expected }),
    ];
    (any_text(), any_day(), 0_u64..400, proptest::option::of(any_domain()), detail).prop_map(
        |(title, from, days, domain, detail)| Body { title, from, to: from + Days::new(days), domain, detail },
    )
}

fn any_findings() -> impl Strategy<Value = Findings> {
    proptest::collection::vec((any_domain(), any_text()), 0..3).prop_map(|list| {
        let list: Vec<Finding> = list.into_iter().map(|(domain, words)| Finding { domain, words }).collect();
        Findings { seen_on: None, list }
    })
}

fn any_reflection() -> impl Strategy<Value = Reflection> {
    let list = proptest::collection::vec((any_domain(), any_text()), 0..3);
    (list, proptest::option::of(0_u8..12)).prop_map(|(list, closeness)| Reflection {
        list: list
            .into_iter()
            .map(|(domain, words)| ReflectedOn { domain, was: words.clone(), became: words })
            .collect(),
        closeness,
        words: String::new(),
    })
}

fn any_step() -> impl Strategy<Value = Step> {
    (0_usize..7).prop_map(|index| Step::ALL[index])
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any_body().prop_map(|body| Change::Add { body }),
        (1_u32..4, any_body()).prop_map(|(number, body)| Change::Alter { number, body }),
        (1_u32..4).prop_map(|number| Change::Drop { number }),
    ]
}

/// What any browser may send; steps on the right way come often, so that the end is reached.
fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        any_text().prop_map(|ideal| Event::SelfImageWritten { image: SelfImage { ideal, ..SelfImage::default() } }),
        (any_step(), any_findings()).prop_map(|(step, findings)| Event::Found { step, findings }),
        any_body().prop_map(|body| Event::Added { body }),
        (1_u32..4, any_body()).prop_map(|(number, body)| Event::Changed { number, body }),
        (1_u32..4).prop_map(|number| Event::Removed { number }),
        any_text().prop_map(|reason| Event::RoadmapWaived { reason }),
        Just(Event::RoadmapResumed),
        any_step().prop_map(|step| Event::Completed { step }),
        any_step().prop_map(|step| Event::Completed { step }),
        any_step().prop_map(|step| Event::Completed { step }),
        (any_text(), any_change()).prop_map(|(reason, change)| Event::Corrected { reason, change }),
        (1_u32..4, any_text()).prop_map(|(number, product)| Event::Realized {
            number,
            outcome: Outcome { product, ..outcome() }
        }),
        any_reflection().prop_map(|reflection| Event::Reflected { reflection }),
        (any_step(), any_text()).prop_map(|(step, text)| Event::Commented { step, text }),
        (1_u32..3, any_text()).prop_map(|(comment, text)| Event::Answered { comment, text, settled: Settled::Yes }),
        any_day().prop_map(|from| Event::TermSet { term: Term { from, to: from + Days::new(1500) } }),
    ]
}

fn any_life() -> impl Strategy<Value = Vec<Recorded>> {
    let one = (0_usize..6, any_event()).prop_map(|(voice, event)| Recorded {
        by: *Voice::ALL.get(voice).unwrap_or(&Voice::Owner),
        on: date("2026-11-23"),
        event,
    });
    // Half of the lives begin with the roadmap drawn up.
    (any::<bool>(), proptest::collection::vec(one, 0..40)).prop_map(|(is_drawn, events)| {
        let first = if is_drawn {
            Event::Imported { pathway: Box::new(drawn()) }
        } else {
            Event::Begun { term: term() }
        };
        [own(first)].into_iter().chain(events).collect()
    })
}

/// The route after those events of a life that could happen, and these events.
fn lived(life: &[Recorded]) -> (Pathway, Vec<Recorded>) {
    let mut pathway = Pathway::begin(&life[0]).unwrap();
    let mut happened = vec![life[0].clone()];
    for recorded in &life[1..] {
        if pathway.apply(recorded).is_ok() {
            happened.push(recorded.clone());
        }
    }
    (pathway, happened)
}

proptest! {
    #[test]
    fn steps_are_completed_in_their_order(life in any_life()) {
        let (pathway, _) = lived(&life);
        let done: Vec<Step> = pathway.marks.iter().map(|mark| mark.step).collect();
        let order: Vec<Step> = match pathway.waived() {
            Some(_) => [&Step::ALL[..4], &Step::ALL[6..]].concat(),
            None => Step::ALL.to_vec(),
        };
        prop_assert_eq!(&order[..done.len()], &done[..]);
    }

    #[test]
    fn a_life_never_leaves_what_a_file_may_hold(life in any_life()) {
        let (pathway, _) = lived(&life);
        prop_assert_eq!(pathway.check(), Ok(()));
    }

    #[test]
    fn replayed_it_is_the_same(life in any_life()) {
        let (pathway, happened) = lived(&life);
        let kept = serde_json::to_string(&happened).unwrap();
        let events: Vec<Recorded> = serde_json::from_str(&kept).unwrap();
        prop_assert_eq!(Pathway::replay(&events), Ok(pathway));
    }

    #[test]
    fn written_and_read_it_is_equal(life in any_life()) {
        let (mut pathway, _) = lived(&life);
        // Terms of this life are typed at random; whether a term is long enough is asked elsewhere.
        let rules = PathwayRules { least_years: 0, most_years: 9 };
        prop_assert_eq!(read(&write(&pathway).unwrap(), &rules).unwrap(), pathway.clone());
        pathway.last_number += 1;
        let file = write(&pathway).unwrap();
        let other = Pathway::begin(&own(Event::Imported { pathway: Box::new(read(&file, &rules).unwrap()) })).unwrap();
        prop_assert_eq!(write(&other).unwrap(), file);
    }

    #[test]
    fn broken_bytes_are_refused_in_words(at in 0_usize..3000, byte in any::<u8>()) {
        let mut file = write(&drawn()).unwrap();
        let place = at % file.len();
        file[place] = byte;
        if let Err(error) = read(&file, &RULES) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn every_whole_number_of_years_fits(from in any_day(), years in 1_u32..8) {
        let term = Term { from, to: from };
        let whole = Term { from, to: term.last_day_of(years) };
        prop_assert_eq!(whole.check(&RULES).is_ok(), (4..=5).contains(&years));
    }
}
