use super::*;
use crate::config::selection_rules;
use crate::period::Precision;
use crate::period::tests::date;
use proptest::prelude::*;

fn rules() -> SelectionRules {
    selection_rules().unwrap().on(date("2026-11-23")).unwrap().value.clone()
}

fn today() -> NaiveDate {
    date("2026-11-23")
}

fn experienced() -> Facts {
    Facts {
        post: Some(Post::Teacher),
        teaching_since: Some(Since::day(date("2014-09-01"))),
        qualifications: vec![Qualification::Highest],
        confirmed_results: 1,
        training: Training::Planned(date("2027-02-01")),
        nomination: Nomination::Own,
    }
}

fn answers(pairs: &[(&str, Answer)]) -> BTreeMap<String, Answer> {
    pairs.iter().map(|(code, answer)| ((*code).to_owned(), *answer)).collect()
}

fn met(facts: &Facts, answers: &BTreeMap<String, Answer>, code: &str) -> (Met, String) {
    let findings = check(&rules().criteria, facts, answers, today());
    let finding = findings.into_iter().find(|finding| finding.criterion.code == code).unwrap();
    (finding.met, finding.reason)
}

/// Each case: what is known, the criterion, what is found, in which words.
fn expect(table: Vec<(Facts, &str, Met, &str)>) {
    for (facts, code, expected, reason) in table {
        let (met, found) = met(&facts, &answers(&[]), code);
        assert_eq!((met, found.replace('\u{a0}', " ").as_str()), (expected, reason), "{code} {facts:?}");
    }
}

#[test]
fn facts_speak_for_criteria_in_words() {
    use Met::{No, Unknown, Yes};
    let bare = || Facts { confirmed_results: 0, ..experienced() };
    let held = |list: &[Qualification], facts: Facts| Facts { qualifications: list.to_vec(), ..facts };
    let conforms = [Qualification::Conforms];
    expect(vec![
        (Facts { post: Some(Post::Other), ..bare() }, "position", No, "должность не педагогическая"),
        (Facts { post: None, ..bare() }, "position", No, "не работает в организации"),
        (experienced(), "qualification", Yes, "категория: высшая"),
        (held(&[], experienced()), "qualification", Unknown, "категория не указана"),
        (
            held(&conforms, experienced()),
            "qualification",
            Yes,
            "соответствие занимаемой должности, есть подтверждённые достижения",
        ),
        (
            held(&conforms, bare()),
            "qualification",
            No,
            "соответствие занимаемой должности, подтверждённых достижений пока нет",
        ),
        (bare(), "results", No, "записано: 0 достижений"),
        (Facts { training: Training::Absent, ..bare() }, "training", No, "курса пока нет"),
        (Facts { nomination: Nomination::ByOthers, ..bare() }, "voluntary", Unknown, "ответа пока нет"),
        (experienced(), "voluntary", Yes, "выдвинул кандидатуру сам"),
        (experienced(), "no_conflict", Unknown, "ответа пока нет"),
    ]);
}

#[test]
fn experience_counts_from_the_surest_day() {
    use Met::{No, Unknown, Yes};
    let since = |since: Option<Since>| Facts { teaching_since: since, ..experienced() };
    let day = |text: &str| since(Some(Since::day(date(text))));
    let vague = Since { date: date("2023-01-01"), precision: Precision::Year };
    expect(vec![
        (experienced(), "experience", Yes, "преподаёт с 2014 года"),
        (day("2023-11-24"), "experience", No, "преподаёт с 2023 года"),
        (day("2023-11-23"), "experience", Yes, "преподаёт с 2023 года"),
        (since(Some(vague)), "experience", Unknown, "дата начала стажа неточная"),
        (since(None), "experience", Unknown, "дата начала стажа не указана"),
    ]);
}

#[test]
fn answers_count_where_facts_are_silent() {
    let by_others = Facts { nomination: Nomination::ByOthers, ..experienced() };
    let said = answers(&[("voluntary", Answer::Yes), ("no_conflict", Answer::No), ("results", Answer::Yes)]);
    assert_eq!(met(&by_others, &said, "voluntary").0, Met::Yes);
    assert_eq!(met(&by_others, &said, "no_conflict").0, Met::No);
    // An answer never outweighs a fact.
    assert_eq!(met(&Facts { confirmed_results: 0, ..by_others }, &said, "results").0, Met::No);
}

#[test]
fn selected_only_with_all_criteria_and_both_decisions() {
    let said = answers(&[("no_conflict", Answer::Yes)]);
    let findings = check(&rules().criteria, &experienced(), &said, today());
    let both = Votes::from([(Body::Curator, Vote::For), (Body::Council, Vote::For)]);
    assert_eq!(decide(&findings, &both), Ok(()));
    let table = [
        (Votes::new(), Standing::NotBegun),
        (Votes::from([(Body::Council, Vote::For)]), Standing::UnderWay),
        (Votes::from([(Body::Curator, Vote::For), (Body::Council, Vote::Against)]), Standing::Declined),
        (both.clone(), Standing::Selected),
    ];
    for (votes, expected) in table {
        assert_eq!(Standing::of(&findings, &votes), expected, "{votes:?}");
    }
    let silent = check(&rules().criteria, &experienced(), &answers(&[]), today());
    let refusals = decide(&silent, &Votes::from([(Body::Curator, Vote::Against)])).unwrap_err();
    let words: Vec<String> = refusals.iter().map(ToString::to_string).collect();
    assert_eq!(
        words,
        [
            "Пока не известно: Нет конфликтов и личной заинтересованности, которые помешают помогать (этап 4)",
            "Решение против: куратор (п. 4.1.2, 4.1.3, этап 4)",
            "Ждёт решения: совет наставников (п. 4.1.2, 4.1.3, этап 4)",
        ]
    );
    assert_eq!(Standing::of(&silent, &both), Standing::UnderWay);
}

#[test]
fn what_is_not_required_does_not_hinder() {
    let said = answers(&[("no_conflict", Answer::Yes), ("shares_practice", Answer::No)]);
    assert_eq!(hindrances(&check(&rules().criteria, &experienced(), &said, today())), []);
}

#[test]
fn an_offer_asks_for_selection_only_when_the_rules_do() {
    let mut rules = rules();
    assert!(Standing::NotBegun.allows_offer(&rules));
    rules.required_for_offer = true;
    assert!(!Standing::NotBegun.allows_offer(&rules) && !Standing::Declined.allows_offer(&rules));
    assert!(Standing::Selected.allows_offer(&rules));
}

#[test]
fn codes_are_read_back() {
    assert!(Body::ALL.iter().all(|body| Body::from_code(body.code()) == Some(*body)));
    assert!(Standing::ALL.iter().all(|standing| Standing::from_code(standing.code()) == Some(*standing)));
    assert_eq!((Vote::from_code("for"), Vote::from_code("maybe")), (Some(Vote::For), None));
    assert_eq!((Answer::from_code("no"), Answer::from_code("")), (Some(Answer::No), None));
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let qualifications =
        proptest::collection::vec(proptest::sample::select(Qualification::ALL.to_vec()), 0..3);
    let training = proptest::sample::select(vec![
        Training::Absent,
        Training::Expired(date("2026-01-01")),
        Training::Planned(date("2027-01-01")),
        Training::Passed(date("2028-01-01")),
    ]);
    (0_u32..60, any::<bool>(), qualifications, 0_usize..3, training, any::<bool>()).prop_map(
        |(months, is_known, qualifications, confirmed_results, training, is_own)| Facts {
            post: Some(Post::Teacher),
            teaching_since: is_known
                .then(|| Since::day(today().checked_sub_months(Months::new(months)).unwrap())),
            qualifications,
            confirmed_results,
            training,
            nomination: if is_own { Nomination::Own } else { Nomination::ByOthers },
        },
    )
}

/// The same person with one more piece of evidence.
fn with_more(mut facts: Facts, what: usize) -> Facts {
    match what {
        0 => facts.confirmed_results += 1,
        1 => facts.qualifications.push(Qualification::First),
        2 => facts.training = facts.training.max(Training::Planned(date("2027-01-01"))),
        3 => facts.nomination = Nomination::Own,
        _ => {
            facts.teaching_since = facts
                .teaching_since
                .map(|since| Since::day(since.date.checked_sub_months(Months::new(12)).unwrap()));
        }
    }
    facts
}

proptest! {
    #[test]
    fn more_evidence_never_turns_met_into_not_met(facts in any_facts(), what in 0_usize..5, said in any::<bool>()) {
        let mut known = answers(&[("voluntary", Answer::No)]);
        let before = check(&rules().criteria, &facts, &known, today());
        if said {
            known = answers(&[("voluntary", Answer::Yes), ("no_conflict", Answer::Yes)]);
        }
        let after = check(&rules().criteria, &with_more(facts, what), &known, today());
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(after.met >= before.met, "{} fell", before.criterion.code);
        }
    }

    #[test]
    fn the_order_of_decisions_does_not_matter(facts in any_facts(), curator in any::<bool>(), council in any::<bool>()) {
        let vote = |is_for: bool| if is_for { Vote::For } else { Vote::Against };
        let findings = check(&rules().criteria, &facts, &answers(&[("no_conflict", Answer::Yes)]), today());
        let mut one = Votes::new();
        one.insert(Body::Curator, vote(curator));
        one.insert(Body::Council, vote(council));
        let mut two = Votes::new();
        two.insert(Body::Council, vote(council));
        two.insert(Body::Curator, vote(curator));
        prop_assert_eq!(decide(&findings, &one), decide(&findings, &two));
        prop_assert_eq!(Standing::of(&findings, &one), Standing::of(&findings, &two));
        prop_assert_eq!(Standing::of(&findings, &one) == Standing::Selected, decide(&findings, &one).is_ok());
    }
}
