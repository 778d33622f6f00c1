use super::*;
use crate::period::tests::{any_day, date};
use crate::working_days::{Calendar, CalendarError};
use proptest::prelude::*;
use uuid::Uuid;

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn paper(dated: &str) -> Paper {
    Paper { number: "5".to_owned(), dated: date(dated), scan: Scan::Attached(FileId(Uuid::from_u128(9))) }
}

fn term() -> Period {
    Period::through(date("2026-10-01"), date("2027-05-31")).unwrap()
}

/// Everything but the order.
fn ready() -> Papers {
    Papers {
        period: term(),
        partnership: Partnership::NotNeeded,
        consent: Some(paper("2026-09-10")),
        mentees: vec![MenteeAgreement { mentee: person(2), paper: Some(paper("2026-09-11")), joined: None }],
        agreement: Some(Agreement {
            paper: paper("2026-09-14"),
            pay: Pay::Paid { terms: "2 000 рублей в месяц.".to_owned() },
            covers: term(),
        }),
        order: None,
        ending: None,
    }
}

fn signed() -> Papers {
    Papers { order: Some(paper("2026-09-15")), ..ready() }
}

fn refused(change: impl FnOnce(&mut Papers)) -> Vec<GateError> {
    let mut papers = ready();
    change(&mut papers);
    let errors = may_sign_order(&papers, date("2026-09-15")).err().unwrap_or_default();
    assert!(
        errors
            .iter()
            .all(|error| error.to_string().contains("(п. ") || error.to_string().contains("(статья "))
    );
    errors
}

fn agreement(papers: &mut Papers) -> &mut Agreement {
    papers.agreement.as_mut().unwrap()
}

#[test]
fn the_order_is_refused_without_papers() {
    let nothing = refused(|papers| {
        papers.consent = None;
        papers.mentees[0].paper = None;
        papers.agreement = None;
    });
    assert_eq!(
        nothing,
        [GateError::NoConsent, GateError::NoMenteeAgreement(person(2)), GateError::NoAgreement]
    );
    assert_eq!(refused(|papers| papers.consent = Some(paper("2026-09-16")))[0], GateError::ConsentAfterOrder);
    let late = refused(|papers| papers.mentees[0].paper = Some(paper("2026-09-16")));
    assert_eq!(late, [GateError::MenteeAgreementAfterOrder(person(2))]);
}

#[test]
fn the_supplementary_agreement_is_looked_into() {
    let dated = |text: &'static str| move |papers: &mut Papers| agreement(papers).paper = paper(text);
    assert_eq!(refused(dated("2026-09-09")), [GateError::AgreementBeforeConsent]);
    assert_eq!(refused(dated("2026-09-16")), [GateError::AgreementAfterOrder]);
    let paid = refused(|papers| agreement(papers).pay = Pay::Paid { terms: " ".to_owned() });
    assert_eq!(paid, [GateError::NoPayTerms]);
    let unpaid = refused(|papers| agreement(papers).pay = Pay::Unpaid { reason: String::new() });
    assert_eq!(unpaid, [GateError::UnpaidWithoutReason]);
    let short = Period::through(date("2026-10-01"), date("2027-05-30")).unwrap();
    assert_eq!(refused(|papers| agreement(papers).covers = short), [GateError::AgreementTooShort]);
}

#[test]
fn a_pair_is_fixed_once_and_before_it_is_over() {
    let fixed = refused(|papers| papers.order = Some(paper("2026-09-12")));
    assert_eq!(fixed, [GateError::AlreadyFixed { number: "5".to_owned(), dated: date("2026-09-12") }]);
    assert_eq!(may_sign_order(&ready(), date("2027-06-01")), Err(vec![GateError::PeriodIsOver]));
    assert_eq!(refused(|_| {}), []);
    assert_eq!(may_sign_order(&ready(), date("2027-05-31")), Ok(()));
}

#[test]
fn before_march_2025_no_agreement_was_needed() {
    let old = Papers {
        period: Period::through(date("2024-10-01"), date("2025-05-31")).unwrap(),
        partnership: Partnership::NotNeeded,
        consent: Some(paper("2024-09-01")),
        mentees: vec![MenteeAgreement { mentee: person(2), paper: Some(paper("2024-09-01")), joined: None }],
        agreement: None,
        order: None,
        ending: None,
    };
    assert_eq!(may_sign_order(&old, date("2025-02-28")), Ok(()));
    assert_eq!(may_sign_order(&old, date("2025-03-01")), Err(vec![GateError::NoAgreement]));
    let order = Papers { order: Some(paper("2024-09-15")), ..old };
    assert_eq!(state(&order, date("2026-09-15")).steps[2].status, Status::NotNeeded);
    assert_eq!(coverage(&order, &order.period).uncovered, []);
}

fn recorded(dated: &str, last: &str) -> Partnership {
    Partnership::Recorded {
        paper: paper(dated),
        days: Period::through(date("2026-09-01"), date(last)).unwrap(),
    }
}

#[test]
fn a_pair_of_two_organizations_needs_an_agreement_for_all_its_days() {
    let with = |partnership: Partnership| refused(|papers| papers.partnership = partnership);
    assert_eq!(with(Partnership::Missing), [GateError::NoPartnership]);
    assert_eq!(with(recorded("2026-09-16", "2027-08-31")), [GateError::PartnershipAfterOrder]);
    assert_eq!(with(recorded("2026-09-01", "2027-05-30")), [GateError::PartnershipTooShort]);
    assert_eq!(with(recorded("2026-09-01", "2027-05-31")), []);
    assert_eq!(with(Partnership::Typed(paper("2026-12-01"))), []);

    let today = date("2026-09-15");
    let step = |partnership: Partnership| {
        let gate = state(&Papers { partnership, ..ready() }, today);
        assert_eq!((gate.steps.len(), gate.steps[0].step), (5, Step::Partnership));
        (gate.steps[0].status, gate.next, gate.steps[0].explanation.clone())
    };
    let (status, next, words) = step(Partnership::Missing);
    assert_eq!((status, next), (Status::Missing, Some(Step::Partnership)));
    assert!(words.contains("п. 4.1.1"), "{words}");
    let (status, next, words) = step(recorded("2026-09-01", "2027-08-31"));
    assert_eq!((status, next, words.as_str()), (Status::Ready, Some(Step::Order), "№ 5 от 01.09.2026."));
    let bare = Paper { scan: Scan::NotAttached, ..paper("2026-09-01") };
    let (status, _, words) = step(Partnership::Typed(bare));
    assert_eq!(status, Status::WithoutScan);
    assert!(words.contains("Записан словами"), "{words}");
    assert_eq!(step(recorded("2026-09-01", "2027-05-30")).0, Status::Wrong);
}

#[test]
fn whoever_joins_later_is_judged_by_the_order_of_their_own() {
    let with = |agreed: Option<&str>| {
        let mut papers = signed();
        papers.mentees.push(MenteeAgreement {
            mentee: person(3),
            paper: agreed.map(paper),
            joined: Some(paper("2026-12-01")),
        });
        papers
    };
    let step = |papers: &Papers| state(papers, date("2027-01-10")).steps[1].status;
    assert_eq!(step(&with(Some("2026-11-30"))), Status::Ready);
    assert_eq!(step(&with(Some("2026-12-02"))), Status::Wrong);
    assert_eq!(step(&with(None)), Status::Missing);
    // The days of the others stay as they were before somebody joined.
    let window = Period::through(date("2026-10-01"), date("2027-01-31")).unwrap();
    assert_eq!(coverage(&with(Some("2026-11-30")), &window), coverage(&signed(), &window));
    assert_eq!(may_join(person(3), None, date("2026-12-01")), Err(GateError::NoMenteeAgreement(person(3))));
    let late = may_join(person(3), Some(&paper("2026-12-02")), date("2026-12-01"));
    assert_eq!(late, Err(GateError::MenteeAgreementAfterOrder(person(3))));
    assert_eq!(may_join(person(3), Some(&paper("2026-12-01")), date("2026-12-01")), Ok(()));
}

#[test]
fn days_after_an_agreement_has_ended_lack_it() {
    let window = Period::through(date("2026-10-01"), date("2026-10-31")).unwrap();
    let mut papers = Papers { partnership: recorded("2026-09-01", "2026-10-20"), ..signed() };
    let found = coverage(&papers, &window);
    assert_eq!((found.covered_days(), found.uncovered_days()), (20, 11));
    // A pair that ended in time is not asked for the days after it.
    papers.ending =
        Some(Ending { order: paper("2026-10-10"), last_day: date("2026-10-20"), reason: EndReason::Load });
    assert_eq!(state(&papers, date("2026-10-21")).steps[0].status, Status::Ready);
    // What was fixed before such agreements were records stands as it was judged then.
    for partnership in [Partnership::Missing, Partnership::Typed(paper("2026-12-01"))] {
        let old = Papers { partnership, ..signed() };
        assert_eq!(coverage(&old, &window).uncovered_days(), 0);
    }
}

#[test]
fn the_gate_shows_each_step_and_the_next_one() {
    let today = date("2026-09-15");
    let empty = Papers { consent: None, agreement: None, mentees: vec![], ..ready() };
    assert_eq!(state(&empty, today).next, Some(Step::MentorConsent));
    let gate = state(&ready(), today);
    let statuses: Vec<_> = gate.steps.iter().map(|step| step.status).collect();
    assert_eq!(statuses, [Status::Ready, Status::Ready, Status::Ready, Status::Missing]);
    assert_eq!(gate.next, Some(Step::Order));
    assert_eq!(gate.steps[0].explanation, "№ 5 от 10.09.2026.");
    assert_eq!(gate.steps[2].explanation, "№ 5 от 14.09.2026. Оплата: 2 000 рублей в месяц.");
    assert_eq!(state(&signed(), today).next, None);

    let mut papers = ready();
    papers.consent = Some(Paper { scan: Scan::NotAttached, number: String::new(), ..paper("2026-09-10") });
    papers.mentees.push(MenteeAgreement { mentee: person(3), paper: None, joined: None });
    agreement(&mut papers).pay = Pay::Unpaid { reason: "нет средств".to_owned() };
    let gate = state(&papers, today);
    assert_eq!(gate.next, Some(Step::MenteeAgreement));
    assert_eq!(gate.steps[0].status, Status::WithoutScan);
    assert_eq!(gate.steps[0].explanation, "От 10.09.2026. Приложите скан подписанного листа.");
    assert_eq!(gate.steps[1].explanation, "Получено согласий: 1 из 2 (п. 1.5 Положения).");
    assert_eq!(gate.steps[2].explanation, "№ 5 от 14.09.2026. Без оплаты: нет средств.");

    let mut wrong = signed();
    wrong.consent = Some(paper("2026-09-20"));
    let gate = state(&wrong, date("2026-10-01"));
    assert_eq!((gate.next, gate.steps[0].status), (Some(Step::MentorConsent), Status::Wrong));
    assert_eq!(gate.steps[0].explanation, GateError::ConsentAfterOrder.to_string());
}

#[test]
fn life_follows_from_facts_as_of_a_day() {
    let mut papers = signed();
    let table = [
        ("2026-09-01", Lifecycle::Draft),
        ("2026-09-10", Lifecycle::AwaitingPapers),
        ("2026-09-15", Lifecycle::Scheduled),
        ("2026-10-01", Lifecycle::Active),
        ("2027-05-31", Lifecycle::Active),
        ("2027-06-01", Lifecycle::Ended),
    ];
    for (day, expected) in table {
        assert_eq!(lifecycle(&papers, date(day)), expected, "{day}");
    }
    papers.ending =
        Some(Ending { order: paper("2026-12-01"), last_day: date("2026-12-07"), reason: EndReason::Load });
    assert_eq!(lifecycle(&papers, date("2026-12-07")), Lifecycle::Active);
    assert_eq!(lifecycle(&papers, date("2026-12-08")), Lifecycle::Ended);
    assert_eq!(days_in_force(&papers).unwrap().last_day(), Some(date("2026-12-07")));
    assert_eq!(days_in_force(&ready()), None);
}

#[test]
fn days_without_papers_are_shown() {
    let mut papers = signed();
    papers.order = Some(paper("2026-10-05"));
    let window = Period::through(date("2026-09-01"), date("2026-10-31")).unwrap();
    let found = coverage(&papers, &window);
    assert_eq!((found.covered_days(), found.uncovered_days()), (27, 4));
    assert_eq!(days_in_force(&papers).unwrap().from(), date("2026-10-05"));
    agreement(&mut papers).covers = Period::through(date("2026-10-01"), date("2026-10-20")).unwrap();
    assert_eq!(coverage(&papers, &window).uncovered_days(), 4 + 11);
    papers.consent = None;
    assert_eq!(coverage(&papers, &window).covered, None);
    let outside = Period::through(date("2026-09-01"), date("2026-09-30")).unwrap();
    assert_eq!(coverage(&papers, &outside), Coverage { covered: None, uncovered: vec![] });
}

fn end(by: EndBy, reason: EndReason, notice: Option<&str>, last: &str) -> Result<(), EndError> {
    let request = EndRequest { by, reason, notice_on: notice.map(date), last_day: date(last) };
    may_end(&request, &term(), 3, &Calendar::bundled().unwrap())
}

#[test]
fn ending_needs_three_working_days() {
    use EndBy::{Agreement, Employer, Mentor};
    use EndReason::{Dismissal, GoalReached, Incompatibility, Leave, Load, TermOver};
    assert_eq!(end(Mentor, Load, None, "2026-11-10"), Err(EndError::NoNotice));
    let earliest = date("2026-11-06"); // told on Monday the 2nd: the 3rd, then the holiday of the 4th, the 5th, the 6th
    let short = end(Mentor, Load, Some("2026-11-02"), "2026-11-05");
    assert_eq!(short, Err(EndError::NoticeTooShort(earliest)));
    assert!(short.unwrap_err().to_string().contains("06.11.2026"));
    assert_eq!(end(Mentor, Load, Some("2026-11-02"), "2026-11-06"), Ok(()));
    assert_eq!(
        end(Employer, Incompatibility, Some("2026-11-05"), "2026-11-05"),
        Err(EndError::NoticeTooShort(date("2026-11-10")))
    );
    assert_eq!(end(Agreement, GoalReached, None, "2026-11-05"), Ok(()));
    assert_eq!(end(Employer, Dismissal, None, "2026-11-05"), Ok(()));
    assert_eq!(end(Employer, Leave, None, "2026-11-05"), Ok(()));
    assert_eq!(end(Employer, TermOver, None, "2026-11-05"), Err(EndError::TermIsNotOver(date("2027-05-31"))));
    assert_eq!(end(Employer, TermOver, None, "2027-05-31"), Ok(()));
    assert_eq!(end(Agreement, GoalReached, None, "2027-06-01"), Err(EndError::OutsidePeriod));
    let far = EndRequest {
        by: Mentor,
        reason: Load,
        notice_on: Some(date("2026-11-02")),
        last_day: date("2026-11-30"),
    };
    let refusal = may_end(&far, &term(), 9999, &Calendar::bundled().unwrap());
    assert_eq!(refusal, Err(EndError::Calendar(CalendarError::TooFar)));
}

#[test]
fn codes_are_read_back() {
    assert!(EndReason::ALL.iter().all(|reason| EndReason::from_code(reason.code()) == Some(*reason)));
    assert!(EndBy::ALL.iter().all(|by| EndBy::from_code(by.code()) == Some(*by)));
    let blame = ["вин", "конфликт", "неспособ", "увольн"];
    assert!(EndReason::ALL.iter().all(|reason| !blame.iter().any(|word| reason.title().contains(word))));
}

fn any_paper() -> impl Strategy<Value = Option<Paper>> {
    proptest::option::weighted(0.8, any_day())
        .prop_map(|dated| dated.map(|dated| Paper { dated, ..paper("2026-01-01") }))
}

proptest! {
    #[test]
    fn covered_and_uncovered_days_make_the_mentorship(
        consent in any_paper(), mentee in any_paper(), order in any_paper(), from in any_day(), length in 1_u64..500,
        since in any_day(),
    ) {
        let period = Period::new(from, Some(from + chrono::Days::new(length))).unwrap();
        let mut papers = Papers { period, consent, order, ..ready() };
        papers.mentees[0].paper = mentee;
        agreement(&mut papers).covers = Period::since(since);
        let found = coverage(&papers, &period);
        prop_assert_eq!(found.covered_days() + found.uncovered_days(), period.days().unwrap());
    }

    /// What the director may sign becomes active by that order and by nothing else.
    #[test]
    fn only_an_order_makes_a_mentorship_active(today in any_day(), dated in any_day(), consent in any_paper(), end in proptest::option::of(any_day())) {
        let papers = Papers { consent, ..ready() };
        prop_assert!(matches!(lifecycle(&papers, today), Lifecycle::Draft | Lifecycle::AwaitingPapers));
        if may_sign_order(&papers, dated).is_ok() {
            let ending = end.map(|last_day| Ending { order: paper("2027-09-01"), last_day, reason: EndReason::Other });
            let papers = Papers { order: Some(Paper { dated, ..paper("2026-01-01") }), ending, ..papers };
            let active = lifecycle(&papers, today) == Lifecycle::Active;
            prop_assert_eq!(active, days_in_force(&papers).is_some_and(|days| days.contains(today)));
        }
    }
}
