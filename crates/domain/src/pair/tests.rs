mod joining;

use super::*;
use crate::config;
use crate::matching::Audience;
use crate::period::tests::date;
use proptest::prelude::*;
use uuid::Uuid;

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn work(organization: u128, municipality: u128) -> Workplace {
    Workplace {
        organization: OrganizationId(Uuid::from_u128(organization)),
        municipality: TerritoryId(Uuid::from_u128(municipality)),
    }
}

fn mentee(number: u128) -> MenteeFacts {
    MenteeFacts {
        person: person(number),
        workplace: work(1, 1),
        post: Post::Teacher,
        born: Some(date("2002-05-01")),
        teaching_since: Some(Since::day(date("2025-08-20"))),
        superiors: BTreeSet::new(),
        against: BTreeSet::new(),
        same_mentor: vec![],
    }
}

/// A pair nothing is wrong with: traditional, teacher to teacher, October to May.
fn draft() -> Draft {
    Draft {
        organization: work(1, 1).organization,
        mentor: MentorFacts {
            person: person(1),
            workplace: work(1, 1),
            roles: vec![Role::Mentor],
            post: Post::Teacher,
            born: Some(date("1980-03-01")),
            teaching_since: Some(Since::day(date("2003-09-01"))),
            superiors: BTreeSet::new(),
            free_places: 2,
        },
        mentees: vec![mentee(2)],
        form: Form::TeacherTeacher,
        kinds: [Kind::Traditional].into(),
        model: Some(Model::ExperiencedYoung),
        period: Period::through(date("2026-10-01"), date("2027-05-31")).unwrap(),
        online_place: None,
        goals: vec![],
        meetings: vec![],
        partnership: None,
    }
}

fn errors(change: impl FnOnce(&mut Draft)) -> Vec<PairError> {
    let mut draft = draft();
    change(&mut draft);
    let limits = config::limits().unwrap().on(date("2026-09-10")).unwrap().value;
    check(&draft, &limits).err().unwrap_or_default()
}

fn refused(requirement: &str, expected: &[PairError], change: impl FnOnce(&mut Draft)) {
    let found = errors(change);
    assert_eq!(found, expected);
    for error in &found {
        assert_eq!(error.requirement(), requirement, "{error}");
        assert!(error.to_string().contains("(п. ") || error.to_string().contains("Программы)"), "{error}");
        assert!(!error.field().is_empty());
    }
}

#[test]
fn a_good_pair_passes() {
    assert_eq!(errors(|_| {}), []);
}

#[test]
fn confidential_reasons_read_alike_to_those_who_may_not_read_them() {
    let told = |refusal, audience| PairError::Against { mentee: person(2), refusal }.told(audience);
    let wish = told(Refusal::Wish, Audience::Others);
    for refusal in [Refusal::NotRecommended, Refusal::UnionObjects, Refusal::CouncilObjects] {
        assert_eq!(told(refusal, Audience::Others), wish);
        assert_ne!(told(refusal, Audience::Curator), wish);
    }
    let open = Refusal::Subordinate;
    assert_eq!(told(open, Audience::Others), told(open, Audience::Curator));
}

#[test]
fn a_choice_by_hand_is_held_to_the_rules_of_the_matching() {
    for refusal in [Refusal::NotRecommended, Refusal::UnionObjects, Refusal::CouncilObjects, Refusal::Wish] {
        refused(refusal.requirement(), &[PairError::Against { mentee: person(2), refusal }], |draft| {
            draft.mentees[0].against.insert(refusal);
        });
    }
    let subordinate = [PairError::Against { mentee: person(2), refusal: Refusal::Subordinate }];
    refused("C1", &subordinate, |draft| {
        draft.mentees[0].superiors.insert(person(1));
    });
    refused("C1", &subordinate, |draft| {
        draft.mentor.superiors.insert(person(2));
    });
    let director = errors(|draft| {
        draft.mentees[0].superiors.insert(person(1));
        draft.form = Form::DirectorTeacher;
        draft.model = None;
        draft.mentor.post = Post::Head;
        draft.mentor.roles = vec![Role::Director];
    });
    assert_eq!(director, []);
    let told = errors(|draft| {
        draft.mentees[0].against.insert(Refusal::Wish);
    });
    assert_eq!(told[0].field(), "mentor");
    assert!(!told[0].to_string().contains("наставляем"), "nobody is told whose wish it was: {}", told[0]);
}

#[test]
fn c1_forms_need_their_people() {
    refused("C1", &[PairError::MentorIsNotDirector], |draft| {
        draft.form = Form::DirectorTeacher;
        draft.model = None;
    });
    refused("C1", &[PairError::OnlyTeachers], |draft| draft.mentor.post = Post::Pedagogue);
    refused("C1", &[PairError::OnlyTeachers], |draft| draft.mentees[0].post = Post::Pedagogue);
    refused("C1", &[PairError::OnlyPedagogues], |draft| {
        draft.form = Form::PedagoguePedagogue;
        draft.model = None;
        draft.mentor.post = Post::Head;
    });
    let director = errors(|draft| {
        draft.form = Form::DirectorTeacher;
        draft.model = None;
        draft.mentor.post = Post::Head;
        draft.mentor.roles = vec![Role::Director];
    });
    assert_eq!(director, []);
}

#[test]
fn c2_virtual_needs_a_place_and_only_virtual_crosses_borders() {
    let online = |draft: &mut Draft| {
        draft.kinds.insert(Kind::Virtual);
        draft.online_place = Some("https://vks.example/1".to_owned());
    };
    refused("C2", &[PairError::VirtualNeedsPlace], |draft| {
        online(draft);
        draft.online_place = Some("  ".to_owned());
    });
    refused("C2", &[PairError::FarOnlyVirtual], |draft| draft.mentor.workplace = work(2, 2));
    let agreement = |partner: u128, last: &str| {
        Some(partnership::Terms {
            maker: work(1, 1).organization,
            partner: partnership::Partner::Here(work(partner, 1).organization),
            period: Period::through(date("2026-09-01"), date(last)).unwrap(),
            ends_after: None,
        })
    };
    refused("C2", &[PairError::FarOnlyVirtual], |draft| {
        draft.mentor.workplace = work(2, 2);
        draft.partnership = agreement(2, "2027-08-31");
    });
    refused("C2", &[PairError::OtherOrganizationNeedsAgreement], |draft| draft.mentor.workplace = work(2, 1));
    refused("C2", &[PairError::NobodyOfOrganization], |draft| draft.organization = work(3, 1).organization);
    let partner = errors(|draft| {
        draft.mentor.workplace = work(2, 1);
        draft.partnership = agreement(2, "2027-05-31");
    });
    assert_eq!(partner, []);
    // F12: of these two, for all the days; also where they meet on line.
    for kinds in [Kind::Traditional, Kind::Virtual] {
        let of = |partner: u128, last: &'static str| {
            move |draft: &mut Draft| {
                draft.kinds = [kinds].into();
                draft.online_place = Some("Сферум".to_owned());
                draft.mentor.workplace = work(2, 1);
                draft.partnership = agreement(partner, last);
            }
        };
        refused("C2", &[PairError::AgreementOfOthers], of(3, "2027-08-31"));
        let days = Period::through(date("2026-09-01"), date("2027-05-30")).unwrap();
        refused("C2", &[PairError::AgreementTooShort { days }], of(2, "2027-05-30"));
    }
    let far = errors(|draft| {
        online(draft);
        draft.mentor.workplace = work(2, 2);
    });
    assert_eq!(far, []);
}

#[test]
fn c3_a_group_is_two_or_more() {
    refused("C3", &[PairError::GroupTooSmall(1)], |draft| draft.kinds = [Kind::Group].into());
    let group = errors(|draft| {
        draft.kinds = [Kind::Group].into();
        draft.mentees.push(mentee(3));
    });
    assert_eq!(group, []);
}

#[test]
fn c4_goals_and_schedule_stand_before_the_start() {
    let goal =
        |measure: &str| Goal { text: "Освоить приём".to_owned(), measure: measure.to_owned() };
    let days = [date("2026-10-05"), date("2026-10-19")];
    refused("C4", &[PairError::NoSchedule(0), PairError::NoMeasurableGoal], |draft| {
        draft.kinds = [Kind::GoalSetting].into();
    });
    refused("C4", &[PairError::NoSchedule(1), PairError::NoMeasurableGoal], |draft| {
        draft.kinds = [Kind::GoalSetting].into();
        draft.meetings = vec![days[0], days[0]];
        draft.goals = vec![goal(" ")];
    });
    refused("C4", &[PairError::MeetingOutsidePeriod(date("2026-09-30"))], |draft| {
        draft.kinds = [Kind::GoalSetting].into();
        draft.meetings = vec![date("2026-09-30"), days[0]];
        draft.goals = vec![goal("3 урока")];
    });
    let good = errors(|draft| {
        draft.kinds = [Kind::GoalSetting, Kind::Traditional].into();
        draft.meetings = days.to_vec();
        draft.goals = vec![goal("3 урока")];
    });
    assert_eq!(good, []);
}

#[test]
fn c5_the_ground_is_told() {
    let of = |born: Option<&str>, since: Option<&str>| Seniority {
        born: born.map(date),
        teaching_since: since.map(|day| Since::day(date(day))),
    };
    let elder = of(Some("1970-05-01"), Some("1995-09-01"));
    let ground = |mentor| reverse_ground(mentor, elder, person(2));
    let (young, fresh) = (Some("2000-05-01"), Some("2024-09-01"));
    assert_eq!(ground(of(young, fresh)), Ok(ReverseGround::YoungerAndLessExperienced));
    assert_eq!(ground(of(young, None)), Ok(ReverseGround::Younger));
    assert_eq!(ground(of(Some("1960-05-01"), fresh)), Ok(ReverseGround::LessExperienced));
    assert_eq!(ground(of(None, None)), Err(PairError::ReverseUnknown(person(2))));
    assert!(ground(of(Some("1960-05-01"), Some("1980-09-01"))).is_err());
}

#[test]
fn c5_reverse_needs_a_younger_or_less_experienced_mentor() {
    let reverse = |draft: &mut Draft| draft.kinds = [Kind::Reverse].into();
    refused("C5", &[PairError::ReverseOlderAndMoreExperienced(person(2))], reverse);
    refused("C5", &[PairError::ReverseOlder(person(2))], |draft| {
        reverse(draft);
        draft.mentor.teaching_since = None;
    });
    refused("C5", &[PairError::ReverseMoreExperienced(person(2))], |draft| {
        reverse(draft);
        draft.mentees[0].born = None;
    });
    refused("C5", &[PairError::ReverseUnknown(person(2))], |draft| {
        reverse(draft);
        draft.mentor.born = None;
        draft.mentees[0].teaching_since = None;
    });
    let younger = errors(|draft| {
        reverse(draft);
        draft.mentor.born = Some(date("2003-01-01"));
    });
    let fresher = errors(|draft| {
        reverse(draft);
        draft.mentor.teaching_since = Some(Since::day(date("2026-08-20")));
    });
    assert_eq!((younger, fresher), (vec![], vec![]));
    let vague = |draft: &mut Draft| {
        reverse(draft);
        draft.mentor.teaching_since =
            Some(Since { date: date("2025-01-01"), precision: crate::period::Precision::Year });
    };
    refused("C5", &[PairError::ReverseOlder(person(2))], vague);
}

#[test]
fn c6_situational_needs_no_schedule() {
    assert_eq!(errors(|draft| draft.kinds = [Kind::Situational].into()), []);
}

#[test]
fn c7_speed_is_one_meeting_on_one_day() {
    let day = date("2026-10-05");
    refused("C7", &[PairError::SpeedIsOneMeeting(0), PairError::SpeedIsOneDay], |draft| {
        draft.kinds = [Kind::Speed].into();
    });
    refused("C7", &[PairError::SpeedIsOneMeeting(2)], |draft| {
        draft.kinds = [Kind::Speed].into();
        draft.period = Period::one_day(day).unwrap();
        draft.meetings = vec![day, day];
    });
    let good = errors(|draft| {
        draft.kinds = [Kind::Speed, Kind::Group].into();
        draft.period = Period::one_day(day).unwrap();
        draft.meetings = vec![day];
        draft.mentees.push(mentee(3));
        draft.mentor.free_places = 0;
    });
    assert_eq!(good, []);
}

#[test]
fn c8_traditional_is_one_to_one_and_lasts() {
    refused("C8", &[PairError::TraditionalIsOneToOne(2)], |draft| draft.mentees.push(mentee(3)));
    refused("C8", &[PairError::TraditionalTooShort { months: 3 }], |draft| {
        draft.period = Period::through(date("2026-10-01"), date("2026-12-30")).unwrap();
    });
}

#[test]
fn c9_kinds_must_not_contradict() {
    refused("C9", &[PairError::NoKinds], |draft| draft.kinds.clear());
    let found = errors(|draft| draft.kinds = Kind::ALL.into());
    let contradictions = found.iter().filter(|error| matches!(error, PairError::KindsContradict { .. }));
    assert_eq!(contradictions.clone().count(), 5);
    assert!(contradictions.clone().all(|error| error.requirement() == "C9" && error.field() == "kinds"));
}

#[test]
fn c10_models_live_inside_teacher_to_teacher() {
    refused("C10", &[PairError::ModelNotChosen], |draft| draft.model = None);
    refused("C10", &[PairError::ModelOutsideTeachers], |draft| draft.form = Form::PedagoguePedagogue);
}

#[test]
fn d1_three_months_to_a_year() {
    let situational = |draft: &mut Draft, period| {
        draft.kinds = [Kind::Situational].into();
        draft.period = period;
    };
    let through = |last: &str| Period::through(date("2026-10-01"), date(last)).unwrap();
    refused("D1", &[PairError::TooShort { months: 3 }], |draft| situational(draft, through("2026-12-30")));
    refused("D1", &[PairError::TooLong { months: 12 }], |draft| situational(draft, through("2027-10-01")));
    refused("D1", &[PairError::NoEnd], |draft| situational(draft, Period::since(date("2026-10-01"))));
    assert_eq!(errors(|draft| situational(draft, through("2026-12-31"))), []);
    assert_eq!(errors(|draft| situational(draft, through("2027-09-30"))), []);
}

#[test]
fn people_and_places() {
    refused("B5", &[PairError::NoMentees], |draft| draft.mentees.clear());
    refused("B5", &[PairError::SelfMentoring], |draft| draft.mentees[0].person = person(1));
    refused("B5", &[PairError::MenteeTwice(person(2))], |draft| {
        draft.kinds = [Kind::Group].into();
        draft.mentees.push(mentee(2));
    });
    let other = Period::through(date("2026-01-01"), date("2026-10-01")).unwrap();
    refused("B5", &[PairError::SamePairAlready { mentee: person(2), other }], |draft| {
        draft.mentees[0].same_mentor = vec![other];
    });
    refused("A8", &[PairError::NoFreePlaces { needed: 1, free: 0 }], |draft| draft.mentor.free_places = 0);
    let words = PairError::SamePairAlready { mentee: person(2), other }.to_string();
    assert!(words.contains("с 01.01.2026 по 01.10.2026"), "{words}");
    let earlier = Period::through(date("2026-01-01"), date("2026-09-30")).unwrap();
    assert_eq!(errors(|draft| draft.mentees[0].same_mentor = vec![earlier]), []);
}

proptest! {
    /// A set of kinds passes C9 exactly when no two of it contradict.
    #[test]
    fn contradictions_are_found_in_any_set(chosen in proptest::sample::subsequence(Kind::ALL.to_vec(), 1..=7)) {
        let pairs = chosen.iter().flat_map(|one| chosen.iter().map(move |two| (one, two)));
        let expected = pairs.filter(|(one, two)| one < two && one.conflict(**two).is_some()).count();
        let found = errors(|draft| draft.kinds = chosen.iter().copied().collect());
        prop_assert_eq!(found.iter().filter(|error| error.requirement() == "C9").count(), expected);
    }

    /// The form the screen offers is never refused for its people.
    #[test]
    fn the_suggested_form_fits(mentor in any_post(), others in proptest::collection::vec(any_post(), 1..4), director in any::<bool>()) {
        let roles = if director { vec![Role::Director] } else { vec![] };
        let found = errors(|draft| {
            draft.form = Form::suggest(mentor, &roles, &others);
            draft.mentor.post = mentor;
            draft.mentor.roles = roles;
            draft.mentees = (2..).zip(&others).map(|(number, post)| MenteeFacts { post: *post, ..mentee(number) }).collect();
        });
        prop_assert!(found.iter().all(|error| error.requirement() != "C1"), "{found:?}");
    }
}

fn any_post() -> impl Strategy<Value = Post> {
    proptest::sample::select(vec![Post::Teacher, Post::Pedagogue, Post::Head, Post::Other])
}
