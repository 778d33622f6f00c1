use proptest::prelude::*;

use super::*;

fn any_domain() -> impl Strategy<Value = Domain> {
    proptest::sample::select(Domain::ALL.to_vec())
}

fn any_body() -> impl Strategy<Value = Body> {
    let words = "[а-яё ]{1,30}";
    prop_oneof![
        (words, any_domain()).prop_map(|(text, domain)| goal(&text, domain)),
        (words, any_domain()).prop_map(|(what, domain)| measure(&what, domain, "2026-11-20")),
        words.prop_map(|text| Body::Section {
            code: "request".to_owned(), title: "Запрос".to_owned(), text
        }),
    ]
}

fn any_text() -> impl Strategy<Value = Text> {
    proptest::collection::btree_map((0_u128..12).prop_map(line), any_body(), 0..10).prop_map(Text)
}

fn any_person() -> impl Strategy<Value = PersonId> {
    proptest::sample::select(vec![MENTOR, MENTEE, CURATOR, DIRECTOR])
}

fn any_event() -> impl Strategy<Value = Event> {
    let any_line = || (0_u128..8).prop_map(line);
    let version = || 1_u32..4;
    prop_oneof![
        1 => (any_line(), any_body()).prop_map(|(line, body)| Event::Added { line, body }),
        1 => (any_line(), version(), any_body()).prop_map(|(line, from, body)| Event::Changed { line, from, body }),
        1 => (any_line(), version()).prop_map(|(line, from)| Event::Removed { line, from }),
        4 => (0_u32..20).prop_map(|seen| Event::Signed { seen }),
        3 => Just(Event::Agreed { remarks: String::new() }),
        1 => Just(Event::Returned { remarks: "Уточните".to_owned() }),
        1 => Just(Event::CouncilAsked { subject: line(90) }),
        3 => Just(Event::Approved { document: line(91) }),
        2 => Just(Event::RevisionBegun { reason: "Причина".to_owned() }),
        1 => any_line().prop_map(|line| Event::Done { line, on: date("2026-11-20"), words: String::new() }),
        1 => any_line().prop_map(|line| Event::DoneCanceled { line }),
        1 => any_person().prop_map(|person| Event::HelperInvited { person, task: String::new() }),
        1 => Just(Event::HelperAnswered { accepts: Answer::Accepts }),
    ]
}

/// Events that happened: the refused ones are left out. A signature sees the text as it stands, or nothing would ever
/// be approved.
fn any_history() -> impl Strategy<Value = Vec<Recorded>> {
    proptest::collection::vec((any_person(), any_event()), 0..60).prop_map(|wanted| {
        let mut program = Program::default();
        let mut happened = vec![made()];
        program.apply(&happened[0]).unwrap();
        for (person, event) in wanted {
            let event = match event {
                Event::Signed { .. } => Event::Signed { seen: program.edition },
                other => other,
            };
            let recorded = by(person, event);
            if program.apply(&recorded).is_ok() {
                happened.push(recorded);
            }
        }
        happened
    })
}

proptest! {
    #[test]
    fn any_history_gives_the_same_program_again(history in any_history()) {
        let program = Program::replay(&history).unwrap();
        prop_assert_eq!(&program, &Program::replay(&history).unwrap());
        let stored = serde_json::to_string(&history).unwrap();
        let read: Vec<Recorded> = serde_json::from_str(&stored).unwrap();
        prop_assert_eq!(program, Program::replay(&read).unwrap());
    }

    #[test]
    fn an_approved_text_is_never_altered(history in any_history()) {
        let mut program = Program::default();
        for recorded in &history {
            let before = program.approved.clone();
            program.apply(recorded).unwrap();
            prop_assert_eq!(&program.approved[..before.len()], &before[..]);
            prop_assert!(program.approved.len() - before.len() <= 1);
        }
        let numbers: Vec<u32> = program.approved.iter().map(|approved| approved.number).collect();
        let expected: Vec<u32> = (1..).take(numbers.len()).collect();
        prop_assert_eq!(numbers, expected, "revisions are numbered without gaps");
    }

    #[test]
    fn whatever_is_approved_was_signed_by_everybody_and_agreed(history in any_history()) {
        let mut program = Program::default();
        let mut signed = std::collections::BTreeMap::new();
        for recorded in &history {
            let before = program.clone();
            program.apply(recorded).unwrap();
            if let Event::Signed { .. } = recorded.event {
                signed.insert(recorded.by, program.text());
            }
            if program.approved.len() > before.approved.len() {
                prop_assert_eq!(before.state(), State::Agreed);
                for person in &program.people {
                    prop_assert_eq!(signed.get(person), Some(&program.in_force().unwrap().text));
                }
            }
        }
    }

    #[test]
    fn a_text_does_not_differ_from_itself(text in any_text()) {
        prop_assert!(difference(&text, &text).is_empty());
    }

    #[test]
    fn a_difference_leads_from_the_old_to_the_new(old in any_text(), new in any_text()) {
        let change = difference(&old, &new);
        prop_assert_eq!(change.applied_to(&old), new.clone());
        prop_assert_eq!(difference(&new, &old).0.len(), change.0.len());
        for one in &change.0 {
            prop_assert!(one.before != one.after);
        }
    }

    #[test]
    fn likeness_is_mutual_and_whole_with_itself(one in any_text(), other in any_text()) {
        let (one, other) = (goals_key(&one), goals_key(&other));
        prop_assert_eq!(percent_alike(&one, &other), percent_alike(&other, &one));
        prop_assert!(percent_alike(&one, &other) <= 100);
        if !one.trim().is_empty() {
            prop_assert_eq!(percent_alike(&one, &one), 100);
        }
    }
}
