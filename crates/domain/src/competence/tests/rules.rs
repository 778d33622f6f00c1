use super::*;
use crate::config::ConfigError;

#[test]
fn the_sheet_asks_about_eight_domains() {
    let set = questionnaire();
    assert_eq!(set.sections.len(), 8);
    for (section, domain) in set.sections.iter().zip(Domain::ALL) {
        assert_eq!((section.domain, section.title.as_str()), (domain, domain.title()));
        assert_eq!(section.short, domain.short());
        assert!(section.items.len() >= 6, "{domain:?}");
        assert_eq!(section.items.iter().filter(|item| item.brief).count(), 2, "{domain:?}");
        assert!(section.items.iter().all(|item| item.text.starts_with(char::is_uppercase)));
    }
    assert_eq!(set.items(Wave::Entry).count(), 50);
    assert_eq!(set.items(Wave::Final).count(), 50);
    assert_eq!(set.items(Wave::Middle).count(), 16);
    assert_eq!(set.item("d4.3").unwrap().text, "Работаю с детьми с ОВЗ и инвалидностью");
    assert_eq!(set.item("d9.1"), None);
}

#[test]
fn codes_and_numbers_are_read_back() {
    for domain in Domain::ALL {
        assert_eq!(Domain::from_number(i64::from(domain.number())), Some(domain));
        assert_eq!(Domain::from_code(domain.code()), Some(domain));
    }
    for wave in Wave::ALL {
        assert_eq!(Wave::from_code(wave.code()), Some(wave));
    }
    for view in View::ALL {
        assert_eq!(View::from_code(view.code()), Some(view));
    }
    for number in [-1, 4] {
        assert_eq!(Level::from_number(number), None);
    }
    assert_eq!(Domain::of_item("d4.3"), Some(Domain::Psychology));
    for senseless in ["", "d4", "d4.", "d.3", "d9.1", "d0.1", "4.3", "d4.3x", "d+4.3", "d4.3.1"] {
        assert_eq!(Domain::of_item(senseless), None, "{senseless}");
    }
}

#[test]
fn a_broken_set_is_refused() {
    let text = include_str!("../../../../../regulation/competences.toml");
    let table = [
        ("deficit_below = 150", "deficit_below = 260", "deficit_below"),
        ("final_month = 4", "final_month = 13", "middle_month"),
        ("code = \"law\"", "code = \"health\"", "code"),
        ("code = \"d1.2\"", "code = \"d2.9\"", "items"),
        ("code = \"d1.2\"", "code = \"d1.1\"", "items"),
    ];
    for (good, bad, place) in table {
        let broken = text.replace(good, bad);
        assert_ne!(broken, text, "{good}");
        let error = parse_questionnaires(&broken).unwrap_err();
        assert!(matches!(error, ConfigError::WrongValue { key, .. } if key == place), "{bad}: {error}");
    }
    assert!(matches!(parse_questionnaires("questionnaire = 1"), Err(ConfigError::Unreadable { .. })));
    let no_brief = text.replace(", brief = true", "");
    assert!(matches!(parse_questionnaires(&no_brief), Err(ConfigError::WrongValue { key: "brief", .. })));
}

#[test]
fn a_domain_stands_by_its_mean_and_what_is_important() {
    let set = questionnaire();
    let table: [(&[i64], bool, Standing); 8] = [
        (&[0, 1, 2, 1], true, Standing::Deficit),
        // The same, but nothing in it is important now.
        (&[0, 1, 2, 1], false, Standing::Middle),
        // 1.5 is not below 1.5.
        (&[1, 2], true, Standing::Middle),
        // 1.49: a mean just below the limit.
        (&[1, 1, 1, 1, 2, 2, 2], true, Standing::Deficit),
        (&[2, 2, 2], true, Standing::Middle),
        // 2.5 is a strength already.
        (&[2, 3], false, Standing::Strength),
        (&[2, 2, 3], false, Standing::Middle),
        // What is important and goes well is a strength all the same.
        (&[3, 3, 3], true, Standing::Strength),
    ];
    for (given, is_important, standing) in table {
        let profile = assess(&set, Wave::Entry, &levels(5, given, is_important));
        let score = profile.score(Domain::Methods).unwrap();
        assert_eq!(score.standing, standing, "{given:?} {is_important}");
        assert_eq!(score.answered as usize, given.len());
        assert_eq!(profile.scores.len(), 1);
        assert_eq!(profile.missing.len(), 50 - given.len());
    }
}

#[test]
fn importance_without_a_level_counts_and_levels_are_missing() {
    let set = questionnaire();
    let mut answers = levels(1, &[1, 1], false);
    answers.push(Answer { item: "d1.3".to_owned(), level: None, is_important: true });
    answers.push(answer("d9.9", 3, true));
    let profile = assess(&set, Wave::Entry, &answers);
    assert_eq!(
        profile.standing(Standing::Deficit).map(|score| score.domain).collect::<Vec<_>>(),
        [Domain::Theory]
    );
    assert_eq!(profile.score(Domain::Theory).unwrap().hundredths(), 100);
    assert_eq!(profile.missing[0], "d1.3");
    assert!(assess(&set, Wave::Entry, &[]).scores.is_empty());
}

#[test]
fn the_short_wave_looks_at_its_items_only() {
    let set = questionnaire();
    // d5.1 and d5.6 are asked in January, d5.2 is not.
    let answers = [answer("d5.1", 0, true), answer("d5.2", 3, false), answer("d5.6", 1, false)];
    let profile = assess(&set, Wave::Middle, &answers);
    let score = profile.score(Domain::Methods).unwrap();
    assert_eq!((score.hundredths(), score.answered, score.standing), (50, 2, Standing::Deficit));
    assert_eq!(profile.missing.len(), 14);
}

#[test]
fn a_beginning_is_what_is_important_and_lowest() {
    let set = questionnaire();
    let answers = [
        answer("d4.1", 1, true),
        answer("d5.3", 0, true),
        answer("d5.1", 0, false),
        answer("d6.1", 2, true),
        answer("d1.1", 1, true),
    ];
    let found: Vec<_> = to_begin_with(&set, Wave::Entry, &answers)
        .into_iter()
        .map(|(domain, text, level)| (domain.number(), text, level.number()))
        .collect();
    assert_eq!(
        found,
        [
            (5, "Строю урок функциональной грамотности", 0),
            (1, "Объясняю, на каких идеях психологии и педагогики построен мой урок", 1),
            (4, "Удерживаю дисциплину без крика", 1),
        ]
    );
}

#[test]
fn a_sheet_is_complete_when_there_is_something_to_compare() {
    let set = questionnaire();
    let seven: Vec<Answer> = (1..=7).flat_map(|domain| levels(domain, &[2], false)).collect();
    let profile = assess(&set, Wave::Entry, &seven);
    let refusal = check_completion(View::Own, &profile).unwrap_err();
    assert_eq!(refusal, CompletionError::EmptyDomains(vec![Domain::Health]));
    assert!(refusal.to_string().ends_with("Пока без ответов: «Здоровье»"), "{refusal}");
    for view in [View::Mentor, View::Expert] {
        assert_eq!(check_completion(view, &profile), Ok(()));
        assert_eq!(check_completion(view, &Profile::default()), Err(CompletionError::NothingAnswered));
    }
    let eight: Vec<Answer> = (1..=8).flat_map(|domain| levels(domain, &[2], false)).collect();
    assert_eq!(check_completion(View::Own, &assess(&set, Wave::Entry, &eight)), Ok(()));
}

#[test]
fn then_and_now_compare_common_items_only() {
    let before = [levels(1, &[0, 1, 3], false), levels(2, &[1], false)].concat();
    let mut after = [levels(1, &[1, 3], false), levels(3, &[3], false)].concat();
    after.push(Answer { item: "d1.3".to_owned(), level: None, is_important: true });
    let shifts = dynamics(&before, &after);
    assert_eq!(shifts, [Shift { domain: Domain::Theory, common: 2, before: 1, after: 4 }]);
    assert_eq!((shifts[0].then(), shifts[0].now(), shifts[0].hundredths()), (50, 200, 150));
    let third = Shift { domain: Domain::Law, common: 3, before: 5, after: 4 };
    assert_eq!((third.then(), third.now(), third.hundredths()), (167, 133, -33));
}

#[test]
fn a_level_apart_is_worth_a_talk() {
    let set = questionnaire();
    let own = [answer("d4.1", 3, false), answer("d4.2", 2, true), answer("d1.1", 0, false)];
    let other = [answer("d4.1", 1, false), answer("d4.2", 2, false), answer("d1.1", 1, false)];
    let found = differences(&own, &other, &set.limits);
    let items: Vec<_> = found.iter().map(|difference| difference.item.as_str()).collect();
    assert_eq!(items, ["d1.1", "d4.1"]);
    assert_eq!((found[1].own, found[1].other), (Level::CanTeach, Level::WithHelp));
    assert_eq!(found[0].domain, Domain::Theory);
    let far = Limits { difference_from: 2, ..set.limits };
    assert_eq!(differences(&own, &other, &far).len(), 1);
}

#[test]
fn a_wave_is_offered_in_its_month() {
    let limits = questionnaire().limits;
    let table: [(&str, &[Wave]); 6] = [
        ("2026-09-01", &[Wave::Entry]),
        ("2026-12-31", &[Wave::Entry]),
        ("2027-01-01", &[Wave::Middle, Wave::Entry]),
        ("2027-02-01", &[Wave::Entry]),
        ("2027-04-30", &[Wave::Final, Wave::Entry]),
        ("2027-08-31", &[Wave::Entry]),
    ];
    for (day, waves) in table {
        assert_eq!(Wave::offered(date(day), &limits), waves, "{day}");
    }
}

#[test]
fn a_view_rests_on_two_recent_visits() {
    let limits = questionnaire().limits;
    let today = date("2026-11-23");
    let table = [
        ("2026-11-01", "2026-11-01", Err((1, VisitError::SameDay))),
        ("2026-11-24", "2026-11-01", Err((0, VisitError::InFuture))),
        ("2026-11-01", "2026-11-24", Err((1, VisitError::InFuture))),
        ("2026-08-22", "2026-11-01", Err((0, VisitError::TooOld(3)))),
        ("2026-11-01", "2026-08-22", Err((1, VisitError::TooOld(3)))),
        ("2026-08-23", "2026-11-23", Ok(())),
        ("2026-11-23", "2026-08-23", Ok(())),
    ];
    for (first, second, outcome) in table {
        assert_eq!(check_visits([date(first), date(second)], today, &limits), outcome, "{first} {second}");
    }
}
