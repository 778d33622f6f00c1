mod succession;

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::ids::PersonId;
use crate::period::tests::{any_day, date};
use crate::working_days::Calendar;

const MENTOR: PersonId = PersonId(Uuid::from_u128(1));
const MENTEE: PersonId = PersonId(Uuid::from_u128(2));
const COLLEAGUE: PersonId = PersonId(Uuid::from_u128(3));

fn moment() -> DateTime<Utc> {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

fn wording(title: &str, due: &str) -> Wording {
    Wording {
        title: title.to_owned(), what: "План урока на одну страницу".to_owned(), due: date(due)
    }
}

fn by(person: PersonId, event: Event) -> Recorded {
    Recorded { by: person, at: moment(), event }
}

fn set() -> Recorded {
    let wording = wording("План урока", "2026-12-01");
    by(MENTOR, Event::Set { mentee: MENTEE, wording, source: None })
}

fn words(text: &str) -> Product {
    Product { words: text.to_owned(), ..Product::default() }
}

fn handed_in(text: &str) -> Event {
    Event::HandedIn { product: words(text) }
}

fn accepted() -> Event {
    Event::Accepted { on: date("2026-11-30"), words: "Хорошо".to_owned() }
}

fn returned() -> Event {
    Event::Returned { remarks: "Добавьте цель".to_owned(), due: date("2026-12-08") }
}

fn after(events: &[Recorded]) -> Task {
    Task::replay(std::iter::once(&set()).chain(events)).unwrap()
}

#[test]
fn a_task_goes_its_way() {
    use State::{Accepted, HandedIn, Returned};
    let way = [
        by(MENTEE, handed_in("Черновик")),
        by(MENTOR, returned()),
        by(MENTEE, handed_in("План с целью")),
        by(MENTOR, accepted()),
    ];
    let states: Vec<State> = (0..=way.len()).map(|count| after(&way[..count]).state()).collect();
    assert_eq!(states, [State::Set, HandedIn, Returned, HandedIn, Accepted]);
    let task = after(&way);
    assert_eq!(task.wording.due, date("2026-12-08"), "remarks name a new term");
    let (accepted, product) = task.accepted_product().unwrap();
    assert_eq!((accepted.on, product.words.as_str()), (date("2026-11-30"), "План с целью"));
    assert_eq!(task.products[0].remarks.as_ref().unwrap().words, "Добавьте цель");
}

#[test]
fn what_may_not_happen_is_refused() {
    let waits = [by(MENTEE, handed_in("Готово"))];
    let [done] = waits.clone();
    let table: &[(&[Recorded], PersonId, Event, Refusal)] = &[
        (&[], MENTOR, set().event, Refusal::AlreadySet),
        (&[], MENTOR, handed_in("Готово"), Refusal::NotMentee),
        (&[], COLLEAGUE, handed_in("Готово"), Refusal::NotMentee),
        (&[], MENTEE, handed_in(""), Refusal::EmptyProduct),
        (&[], MENTOR, accepted(), Refusal::NothingToCheck),
        (&[], MENTOR, returned(), Refusal::NothingToCheck),
        (&[], MENTOR, Event::Resumed, Refusal::NotCalledOff),
        (&[], MENTEE, Event::CalledOff, Refusal::NotMentor),
        (&waits, MENTEE, accepted(), Refusal::NotMentor),
        (&waits, COLLEAGUE, returned(), Refusal::NotMentor),
        (&waits, MENTEE, handed_in("Ещё"), Refusal::Waiting),
        (&waits, MENTOR, Event::CalledOff, Refusal::Waiting),
        (
            &[done.clone(), by(MENTOR, returned())],
            MENTOR,
            Event::Changed { wording: wording("Другое", "2026-12-09") },
            Refusal::HandedInBefore,
        ),
        (&[by(MENTOR, Event::CalledOff)], MENTEE, handed_in("Готово"), Refusal::CalledOff),
        (&[done.clone(), by(MENTOR, accepted())], MENTOR, returned(), Refusal::Accepted),
        (&[done, by(MENTOR, accepted())], MENTOR, Event::CalledOff, Refusal::Accepted),
    ];
    for (before, person, event, refusal) in table {
        let mut task = after(before);
        let untouched = task.clone();
        assert_eq!(task.apply(&by(*person, event.clone())), Err(*refusal), "{event:?}");
        assert_eq!(task, untouched);
    }
    assert_eq!(Task::replay(&[]), Err(Refusal::NotSet));
    assert_eq!(Task::replay(&[by(MENTEE, handed_in("Готово"))]), Err(Refusal::NotSet));
}

#[test]
fn calling_off_is_undone_to_the_same_place() {
    for before in [vec![], vec![by(MENTEE, handed_in("Готово")), by(MENTOR, returned())]] {
        let stood = after(&before);
        let mut task = stood.clone();
        task.apply(&by(MENTOR, Event::CalledOff)).unwrap();
        assert_eq!(task.state(), State::CalledOff);
        task.apply(&by(MENTOR, Event::Resumed)).unwrap();
        assert_eq!((task.state(), task.products.len()), (stood.state(), stood.products.len()));
    }
}

#[test]
fn links_lead_where_they_say() {
    for good in ["https://disk.example.ru/d/abc?x=1#y", "HTTP://школа.рф/план", "https://a.ru/@автор"]
    {
        assert_eq!(web_link(good), Some(good));
    }
    for bad in [
        "javascript:alert(1)",
        "data://text/html,x",
        "ftp://a.ru/x",
        "disk.example.ru/d/abc",
        "https://",
        "https://localhost",
        "https://школа.рф@evil.example/",
        "https://a.ru/с пробелом",
        "https://a.ru/\"><script>",
        "https://a.ru\\@evil.example",
        "",
    ] {
        assert_eq!(web_link(bad), None, "{bad}");
    }
}

#[test]
fn terms_are_counted_in_working_days() {
    use Nudge::{Late, Quiet, Soon, Today};
    let calendar = Calendar::bundled().unwrap();
    let table = [
        ("2026-12-01", "2026-11-23", Quiet),
        ("2026-12-01", "2026-11-26", Soon(3)), // Thursday to Tuesday
        ("2026-12-01", "2026-12-01", Today),
        ("2026-12-01", "2026-12-04", Late(3)),
        // Due on a Saturday: Monday is the last day, Tuesday is one day late.
        ("2026-12-05", "2026-12-05", Soon(1)),
        ("2026-12-05", "2026-12-07", Today),
        ("2026-12-05", "2026-12-08", Late(1)),
        // Due on a Friday: the weekend has passed no working day.
        ("2026-12-04", "2026-12-05", Late(0)),
        // Over the New Year: 31 December 2025 and 9 January 2026 were days off.
        ("2025-12-31", "2025-12-30", Soon(1)),
        ("2025-12-31", "2026-01-12", Today),
        ("2025-12-30", "2026-01-13", Late(2)),
        // 29 February.
        ("2028-02-29", "2028-02-28", Soon(1)),
        ("2028-02-29", "2028-02-29", Today),
        ("2028-02-29", "2028-03-01", Late(1)),
    ];
    for (due, today, expected) in table {
        assert_eq!(nudge(date(due), date(today), 3, &calendar), expected, "{due} on {today}");
    }
    assert_eq!(Soon(2).words(), "срок через 2\u{a0}рабочих дня");
    assert_eq!(Late(1).words(), "срок прошёл 1\u{a0}рабочий день назад");
}

#[test]
fn a_term_is_offered_within_the_days_of_the_pair() {
    let calendar = Calendar::bundled().unwrap();
    let usual = |today: &str, ends: &str| usual_due(date(today), 5, date(ends), &calendar).unwrap();
    assert_eq!(usual("2025-12-29", "2026-05-31"), date("2026-01-15"), "over the New Year");
    assert_eq!(usual("2028-02-25", "2028-05-31"), date("2028-03-03"), "over 29 February");
    assert_eq!(usual("2026-05-29", "2026-05-31"), date("2026-05-31"));
    for (measure, expected) in
        [("2026-12-10", "2026-12-10"), ("2026-11-20", "2026-11-30"), ("2027-09-01", "2027-05-31")]
    {
        let found = due_of_measure(date(measure), date("2026-11-23"), date("2026-11-30"), date("2027-05-31"));
        assert_eq!(found, date(expected));
    }
}

fn any_person() -> impl Strategy<Value = PersonId> {
    proptest::sample::select(vec![MENTOR, MENTEE, COLLEAGUE])
}

fn any_event() -> impl Strategy<Value = Event> {
    let text = || "[а-яё ]{0,12}";
    let day = || any_day();
    prop_oneof![
        1 => (text(), day()).prop_map(|(title, due)| Event::Changed {
            wording: Wording { title, what: String::new(), due }
        }),
        4 => text().prop_map(|text| handed_in(&text)),
        2 => (text(), day()).prop_map(|(words, on)| Event::Accepted { on, words }),
        3 => (text(), day()).prop_map(|(remarks, due)| Event::Returned { remarks, due }),
        1 => Just(Event::CalledOff),
        2 => Just(Event::Resumed),
        1 => Just(set().event),
    ]
}

/// Events that happened: the refused ones are left out.
fn any_history() -> impl Strategy<Value = Vec<Recorded>> {
    proptest::collection::vec((any_person(), any_event()), 0..40).prop_map(|wanted| {
        let mut task = Task::begin(&set()).unwrap();
        let mut happened = vec![set()];
        for (person, event) in wanted {
            let recorded = by(person, event);
            if task.apply(&recorded).is_ok() {
                happened.push(recorded);
            }
        }
        happened
    })
}

fn is_late(due: NaiveDate, today: NaiveDate, calendar: &Calendar) -> bool {
    nudge(due, today, 3, calendar).is_late()
}

proptest! {
    #[test]
    fn any_history_gives_the_same_task_again(history in any_history()) {
        let task = Task::replay(&history).unwrap();
        prop_assert_eq!(task.version as usize, history.len());
        let stored = serde_json::to_string(&history).unwrap();
        let read: Vec<Recorded> = serde_json::from_str(&stored).unwrap();
        prop_assert_eq!(task, Task::replay(&read).unwrap());
    }

    #[test]
    fn what_was_accepted_never_changes(history in any_history(), person in any_person(), event in any_event()) {
        let mut task = Task::replay(&history).unwrap();
        let before = task.clone();
        let answer = task.apply(&by(person, event));
        if before.state() == State::Accepted {
            prop_assert!(answer.is_err());
        }
        if answer.is_err() {
            prop_assert_eq!(task, before);
        }
    }

    #[test]
    fn each_deed_has_its_own_person(history in any_history()) {
        let mut task = Task::begin(&history[0]).unwrap();
        for recorded in &history[1..] {
            let before = task.state();
            task.apply(recorded).unwrap();
            let is_product = matches!(recorded.event, Event::HandedIn { .. });
            prop_assert_eq!(recorded.by, if is_product { MENTEE } else { MENTOR });
            // Nothing is accepted or sent back but what was handed in.
            if matches!(recorded.event, Event::Accepted { .. } | Event::Returned { .. }) {
                prop_assert_eq!(before, State::HandedIn);
            }
            prop_assert_eq!(task.mentee, MENTEE, "a task never changes hands");
        }
    }

    #[test]
    fn what_a_page_offers_is_what_happens(history in any_history(), person in any_person(), event in any_event()) {
        let mut task = Task::replay(&history).unwrap();
        let Some(deed) = event.deed() else { return Ok(()) };
        let offered = task.allows(person, deed);
        let is_empty = matches!(&event, Event::HandedIn { product } if product.is_empty());
        if !is_empty {
            prop_assert_eq!(offered, task.apply(&by(person, event)));
        }
    }

    /// Once late, late until it is handed in; never late on the term itself nor on the days off after a term on a day off.
    #[test]
    fn lateness_begins_once(due in any_day(), days in 0_u64..60) {
        let calendar = Calendar::bundled().unwrap();
        let today = due + chrono::Days::new(days);
        prop_assert!(!is_late(due, due, &calendar));
        prop_assert!(!is_late(due, last_day(due, &calendar), &calendar));
        if is_late(due, today, &calendar) {
            prop_assert!(is_late(due, today + chrono::Days::new(1), &calendar));
        }
        prop_assert!(calendar.is_working(last_day(due, &calendar)));
    }

    #[test]
    fn soon_is_never_further_than_agreed(due in any_day(), days in 0_u64..60, soon in 0_usize..10) {
        let calendar = Calendar::bundled().unwrap();
        let today = due - chrono::Days::new(days);
        if let Nudge::Soon(left) = nudge(due, today, soon, &calendar) {
            prop_assert!((1..=soon).contains(&left));
        }
    }
}
