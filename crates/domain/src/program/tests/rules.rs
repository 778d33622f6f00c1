use super::*;
use crate::config::{limits, measure_library};
use crate::event::events;
use crate::kind::Kind;
use crate::period::Period;

#[test]
fn a_program_goes_its_way() {
    use State::{Agreed, Approved, Draft, HalfSigned, Signed};
    let mut program = Program::default();
    let mut states = Vec::new();
    for recorded in approved() {
        program.apply(&recorded).unwrap();
        states.push(program.state());
    }
    assert_eq!(states, [Draft, HalfSigned, Signed, Agreed, Approved]);
    assert_eq!(program.in_force().unwrap().text, whole_text());
}

#[test]
fn what_may_not_happen_is_refused() {
    let change =
        |from| Event::Changed { line: line(1), from, body: goal("Другая цель", Domain::Law) };
    let signed = |seen| Event::Signed { seen };
    let remarks = || "Уточните срок".to_owned();
    // How many events of the usual way went before, who tries what, and the answer.
    let table = [
        (0, MENTOR, signed(0), Refusal::NotMade),
        (1, MENTOR, made().event, Refusal::AlreadyMade),
        (1, CURATOR, signed(3), Refusal::NotOfPair),
        (1, MENTEE, signed(2), Refusal::ReadAgain),
        (2, MENTOR, signed(3), Refusal::SignedAlready),
        (2, CURATOR, Event::Agreed { remarks: String::new() }, Refusal::NotSigned),
        (2, CURATOR, Event::Returned { remarks: remarks() }, Refusal::NothingToReturn),
        (3, DIRECTOR, Event::Approved { document: line(9) }, Refusal::NotAgreed),
        (4, CURATOR, Event::Agreed { remarks: String::new() }, Refusal::NotSigned),
        (1, MENTEE, change(2), Refusal::Stale),
        (1, MENTEE, Event::Removed { line: line(7), from: 1 }, Refusal::Gone),
        (1, MENTEE, Event::Removed { line: line(0), from: 1 }, Refusal::OnlyTerm),
        (
            1,
            MENTEE,
            Event::Added { line: line(8), body: term("2026-09-10", "2027-01-10") },
            Refusal::OnlyTerm,
        ),
        (
            1,
            MENTEE,
            Event::Changed {
                line: line(1),
                from: 1,
                body: measure("Стать мероприятием", Domain::Law, "2026-10-10"),
            },
            Refusal::OtherKind,
        ),
        (5, MENTEE, change(1), Refusal::Approved),
        (4, MENTEE, Event::RevisionBegun { reason: remarks() }, Refusal::NotApproved),
        (
            4,
            MENTEE,
            Event::Done { line: line(2), on: date("2026-11-01"), words: remarks() },
            Refusal::NotAMeasure,
        ),
        (
            5,
            MENTEE,
            Event::Done { line: line(1), on: date("2026-11-01"), words: remarks() },
            Refusal::NotAMeasure,
        ),
        (5, MENTEE, Event::DoneCanceled { line: line(2) }, Refusal::NotDone),
        (5, MENTOR, Event::HelperInvited { person: MENTEE, task: remarks() }, Refusal::HelperOfPair),
        (5, CURATOR, Event::HelperAnswered { accepts: Answer::Accepts }, Refusal::NotInvited),
    ];
    for (before, person, event, refusal) in table {
        let way = approved();
        let mut program = Program::replay(&way[..before]).unwrap();
        let was = program.clone();
        assert_eq!(program.apply(&by(person, event.clone())), Err(refusal), "{event:?} after {before}");
        assert_eq!(program, was, "a refused event leaves no trace");
    }
}

#[test]
fn an_edit_withdraws_what_was_signed_and_agreed() {
    let mut program = Program::replay(&approved()[..4]).unwrap();
    program.apply(&by(CURATOR, Event::CouncilAsked { subject: line(50) })).unwrap();
    let body = goal("Ставить измеримую цель", Domain::Methods);
    program.apply(&by(MENTEE, Event::Changed { line: line(1), from: 1, body })).unwrap();
    assert_eq!((program.state(), program.council, program.edition), (State::Draft, None, 4));
    assert_eq!(program.lines[&line(1)].version, 2);
    assert_eq!(program.lines[&line(1)].by, MENTEE);
}

#[test]
fn a_revision_leaves_the_approved_text_alone() {
    let mut program = Program::replay(&approved()).unwrap();
    program.apply(&by(MENTOR, Event::RevisionBegun { reason: "Прошли тему раньше".to_owned() })).unwrap();
    program.apply(&by(MENTEE, Event::Removed { line: line(2), from: 1 })).unwrap();
    assert_eq!((program.revision, program.state()), (2, State::Draft));
    assert_eq!(program.in_force().unwrap().text, whole_text());
    // What is in force may be carried out meanwhile.
    let done = Event::Done { line: line(2), on: date("2026-11-20"), words: "Провели".to_owned() };
    program.apply(&by(MENTEE, done)).unwrap();
    assert_eq!(difference(&program.in_force().unwrap().text, &program.text()).0.len(), 1);
}

#[test]
fn a_helper_is_asked_and_answers() {
    let mut program = Program::replay(&approved()).unwrap();
    let invite = Event::HelperInvited { person: CURATOR, task: "Открытый урок".to_owned() };
    program.apply(&by(MENTOR, invite.clone())).unwrap();
    assert_eq!(program.apply(&by(MENTEE, invite.clone())), Err(Refusal::InvitedAlready));
    program.apply(&by(CURATOR, Event::HelperAnswered { accepts: Answer::Declines })).unwrap();
    // Whoever has declined may be asked again.
    program.apply(&by(MENTOR, invite)).unwrap();
    program.apply(&by(CURATOR, Event::HelperAnswered { accepts: Answer::Accepts })).unwrap();
    assert_eq!(program.helpers.iter().filter(|one| one.answer == Some(Answer::Accepts)).count(), 1);
}

#[test]
fn a_text_says_what_it_lacks() {
    let limits = limits().unwrap().on(date("2026-10-01")).unwrap().value;
    let pair = Period::through(date("2026-09-01"), date("2027-05-31")).unwrap();
    assert_eq!(lacks(&whole_text(), Shape::Full, &limits, &pair), []);
    let with = |number: u128, body: Body| {
        let mut text = whole_text();
        text.0.insert(line(number), body);
        text
    };
    let no_measure = Body::Goal {
        text: "Цель".to_owned(),
        measure: " ".to_owned(),
        domain: Domain::Methods,
        ground: Ground::Request,
        mentee: None,
    };
    let table = [
        (with(0, term("2026-09-10", "2026-11-30")), Lack::TooShort(3)),
        (
            with(0, term("2026-09-10", "2027-06-20")),
            Lack::OutsidePair("с 1 сентября 2026 г. по 31 мая 2027 г.".to_owned()),
        ),
        (with(3, no_measure), Lack::NotMeasurable("Цель".to_owned())),
        (with(3, goal("Право", Domain::Law)), Lack::GoalWithoutMeasure("Право".to_owned())),
        (with(3, measure("Поздно", Domain::Methods, "2027-05-25")), Lack::OutsideTerm("Поздно".to_owned())),
    ];
    for (text, lack) in table {
        let found: Vec<String> = lacks(&text, Shape::Full, &limits, &pair).iter().map(plain).collect();
        assert!(found.contains(&plain(&lack)), "{lack:?}: {found:?}");
    }
    // One meeting needs no months and no measures.
    let day = Period::one_day(date("2026-10-01")).unwrap();
    let mut meeting = whole_text();
    meeting.0.insert(line(0), term("2026-10-01", "2026-10-01"));
    meeting.0.remove(&line(2));
    assert_eq!(lacks(&meeting, Shape::Speed, &limits, &day), []);
    assert!(lacks(&meeting, Shape::Full, &limits, &day).contains(&Lack::NoMeasures));
    assert_eq!(lacks(&Text::default(), Shape::Speed, &limits, &day), [Lack::NoGoals]);
}

fn plain(lack: &Lack) -> String {
    lack.to_string().replace('\u{a0}', " ")
}

#[test]
fn shapes_follow_kinds() {
    use Kind::{Group, Situational, Speed, Traditional, Virtual};
    let table: [(&[Kind], Shape); 6] = [
        (&[Traditional], Shape::Full),
        (&[Group, Virtual], Shape::Full),
        (&[Situational], Shape::Situational),
        (&[Situational, Virtual], Shape::Situational),
        (&[Situational, Traditional], Shape::Full),
        (&[Speed, Virtual], Shape::Speed),
    ];
    for (kinds, shape) in table {
        assert_eq!(Shape::of(kinds), shape, "{kinds:?}");
    }
}

#[test]
fn the_draft_answers_everything_found_and_the_rest_is_told() {
    let library = measure_library().unwrap();
    let library = &library.on(date("2026-10-01")).unwrap().value;
    let found = [
        Found { mentee: MENTEE, domain: Domain::Methods, ground: Ground::Strength },
        Found { mentee: MENTEE, domain: Domain::Psychology, ground: Ground::Deficit },
    ];
    let days = (date("2026-09-10"), date("2027-05-20"));
    let offers = draft(&found, library, &events().unwrap(), days, 1);
    assert_eq!(
        offers.iter().map(|offer| offer.found.domain).collect::<Vec<_>>(),
        [Domain::Psychology, Domain::Methods]
    );
    // Three of the library and two events of the city answer the fourth domain.
    assert_eq!(offers.iter().map(|offer| offer.measures.len()).collect::<Vec<_>>(), [5, 1]);
    assert!(matches!(&offers[0].goal, Body::Goal { mentee: None, .. }));
    let mut text = Text([(line(0), term("2026-09-10", "2027-05-20"))].into());
    for (number, offer) in (1..).zip(&offers) {
        text.0.insert(line(number * 10), offer.goal.clone());
        for (inner, measure) in (1..).zip(&offer.measures) {
            text.0.insert(line(number * 10 + inner), measure.body.clone());
        }
    }
    assert_eq!(uncovered(&found, &text), []);
    let limits = limits().unwrap().on(date("2026-10-01")).unwrap().value;
    let pair = Period::through(days.0, days.1).unwrap();
    assert_eq!(lacks(&text, Shape::Full, &limits, &pair), [], "a draft taken whole can be signed at once");
    text.0.remove(&line(10));
    let rest = uncovered(&found, &text);
    assert_eq!(rest.len(), 1);
    assert!(rest[0].lacks_goal && !rest[0].lacks_measure && rest[0].found == found[1]);
    // In a group a goal names its own mentee, and another's goal does not answer.
    let of_other = Found { mentee: CURATOR, ..found[0] };
    let own = draft(&[of_other], library, &events().unwrap(), days, 2).remove(0).goal;
    assert!(matches!(own, Body::Goal { mentee: Some(CURATOR), .. }));
    assert!(uncovered(&[found[0]], &Text([(line(1), own)].into()))[0].lacks_goal);
}

#[test]
fn outside_the_pair_nobody_reads_what_a_goal_rests_on() {
    let body = goal("Цель", Domain::Law);
    let seen = |eyes| body.fields(eyes).iter().any(|(_, value)| value.contains("самодиагностик"));
    assert!(seen(Eyes::Pair) && !seen(Eyes::Others));
    let mut other = whole_text();
    let Some(Body::Goal { ground, .. }) = other.0.get_mut(&line(1)) else { panic!("a goal") };
    *ground = Ground::Strength;
    let changes = difference(&whole_text(), &other);
    assert_eq!(changes.0[0].fields(Eyes::Others), []);
    assert_eq!(changes.0[0].fields(Eyes::Pair).len(), 1);
}

#[test]
fn copied_goals_are_noticed_whatever_the_letters() {
    let text = |words: &str| goals_key(&Text([(line(1), goal(words, Domain::Law))].into()));
    let one = text("Научиться вести ещё один урок по-новому");
    assert_eq!(percent_alike(&one, &text("НАУЧИТЬСЯ вести еще один урок: по новому!")), 100);
    assert!(percent_alike(&one, &text("Подготовить класс к олимпиаде по физике")) < 30);
    assert_eq!(percent_alike("", ""), 0);
}

#[test]
fn goals_taken_from_the_base_are_no_copies() {
    let text = whole_text();
    let key = goals_key(&text);
    let event =
        Event::Made { shape: Shape::Full, people: vec![MENTOR, MENTEE], text, origin: Some(line(77)) };
    let begun = Program::replay(&[by(MENTOR, event)]).unwrap();
    let origin = begun.origin.clone().unwrap();
    assert_eq!((origin.program, origin.goals_key.as_str()), (line(77), key.as_str()));
    assert_eq!(without_taken(&key, &origin.goals_key), "");
    let changed = format!("{key}\nслышать каждого ученика");
    assert_eq!(without_taken(&changed, &origin.goals_key), "слышать каждого ученика");
    assert_eq!(percent_alike(&without_taken(&key, &origin.goals_key), &key), 0);
    // What happened before programs had an origin is read as it was.
    let old = r#"{"event":"made","shape":"full","people":[],"text":{}}"#;
    assert!(matches!(serde_json::from_str(old).unwrap(), Event::Made { origin: None, .. }));
}
