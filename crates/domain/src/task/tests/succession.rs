//! What goes over to the next mentor.

use super::*;

fn next() -> Successor {
    Successor {
        mentor: COLLEAGUE,
        mentees: vec![MENTEE],
        lines: [(Uuid::from_u128(7), Uuid::from_u128(8))].into(),
        from: date("2026-12-07"),
        last: date("2027-05-31"),
        usual: date("2026-12-21"),
    }
}

const ID: Uuid = Uuid::from_u128(9);

/// How the next mentor's task begins.
fn begun(task: &Task, next: &Successor) -> Option<Task> {
    let event = taken_over(ID, task, next)?;
    Some(Task::begin(&by(PersonId(Uuid::from_u128(4)), event)).unwrap())
}

/// A history, and the task as the next mentor finds it.
type Case<'a> = (&'a [Recorded], Option<(State, Option<Uuid>, &'a str)>);

#[test]
fn what_waits_goes_over_to_the_next_mentor() {
    let waits = [by(MENTEE, handed_in("Готово"))];
    let back = [waits[0].clone(), by(MENTOR, returned())];
    let done = [waits[0].clone(), by(MENTOR, accepted())];
    let off = [by(MENTOR, Event::CalledOff)];
    let table: &[Case<'_>] = &[
        (&[], Some((State::Set, None, "2026-12-21"))),
        (&waits, Some((State::HandedIn, Some(ID), "2026-12-21"))),
        // The term that the remarks named is still ahead.
        (&back, Some((State::Returned, None, "2026-12-08"))),
        (&done, None),
        (&off, None),
    ];
    for (events, expected) in table {
        let found = begun(&after(events), &next());
        let found = found.map(|task| {
            let former = task.former.unwrap();
            assert_eq!((task.mentor, task.mentee, task.state()), (COLLEAGUE, MENTEE, State::Set));
            assert_eq!((task.wording.title.as_str(), former.task), ("План урока", ID));
            (former.was, former.unchecked, task.wording.due)
        });
        assert_eq!(found, expected.map(|(was, unchecked, due)| (was, unchecked, date(due))), "{events:?}");
    }
    let stays = Successor { mentees: Vec::new(), ..next() };
    assert_eq!(begun(&after(&[]), &stays), None, "somebody else of the group is taken over");
}

#[test]
fn a_line_of_the_program_leads_to_the_new_program() {
    let of_line = |line| Source { kind: SourceKind::Measure, line, text: "Урок".to_owned() };
    for (line, expected) in [(7, Some(Uuid::from_u128(8))), (6, None)] {
        let task = Task { source: Some(of_line(Uuid::from_u128(line))), ..after(&[]) };
        let found = begun(&task, &next()).unwrap().source;
        assert_eq!(
            found.map(|source| (source.line, source.text)),
            expected.map(|line| (line, "Урок".to_owned()))
        );
    }
}

#[test]
fn an_unchecked_work_is_not_lost_when_a_mentor_is_replaced_twice() {
    let first = begun(&after(&[by(MENTEE, handed_in("Готово"))]), &next()).unwrap();
    let again = Successor { mentor: MENTOR, ..next() };
    let Some(Event::TakenOver { former, .. }) = taken_over(Uuid::from_u128(10), &first, &again) else {
        panic!()
    };
    assert_eq!(former, Former { task: Uuid::from_u128(10), was: State::HandedIn, unchecked: Some(ID) });
    // Once it was handed over, it is a work of the second pair.
    let mut given = first;
    given.apply(&by(MENTEE, handed_in("Готово"))).unwrap();
    let Some(Event::TakenOver { former, .. }) = taken_over(Uuid::from_u128(10), &given, &again) else {
        panic!()
    };
    assert_eq!(former.unchecked, Some(Uuid::from_u128(10)));
}

/// The same history with every word of the two marked.
fn marked(history: &[Recorded]) -> Vec<Recorded> {
    let mut history = history.to_vec();
    for recorded in &mut history {
        match &mut recorded.event {
            Event::HandedIn { product } => product.words = format!("тайна {}", product.words),
            Event::Accepted { words, .. } | Event::Returned { remarks: words, .. } => {
                *words = format!("тайна {words}");
            }
            _ => {}
        }
    }
    history
}

proptest! {
    /// What goes over is what is left to do and not a word that was said about it, within the days of the next pair.
    #[test]
    fn nothing_that_was_said_goes_over(history in any_history(), days in 0_u64..200, length in 0_u64..200) {
        let task = Task::replay(&marked(&history)).unwrap();
        let from = date("2026-11-23") + chrono::Days::new(days);
        let last = from + chrono::Days::new(length);
        let next = Successor { from, last, usual: (from + chrono::Days::new(10)).min(last), ..next() };
        let event = taken_over(ID, &task, &next);
        prop_assert_eq!(event.is_none(), matches!(task.state(), State::Accepted | State::CalledOff));
        let Some(event) = event else { return Ok(()) };
        prop_assert!(!serde_json::to_string(&event).unwrap().contains("тайна"));
        let new = Task::begin(&by(MENTOR, event)).unwrap();
        prop_assert!((from..=last).contains(&new.wording.due));
        prop_assert_eq!(&new.wording.what, &task.wording.what);
        prop_assert!(new.products.is_empty() && new.accepted.is_none());
        // The former mentor has no hand in it any more.
        for deed in Deed::ALL {
            prop_assert!(new.allows(MENTOR, deed).is_err());
        }
    }
}
