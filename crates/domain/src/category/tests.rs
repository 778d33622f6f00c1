use super::*;
use crate::config::category_rules;
use crate::period::tests::{any_day, date};
use proptest::prelude::*;

fn rules() -> CategoryRules {
    category_rules().unwrap().on(date("2026-09-10")).unwrap().value.clone()
}

fn since(text: &str) -> Since {
    match text.len() {
        4 => Since { date: date(&format!("{text}-01-01")), precision: Precision::Year },
        7 => Since { date: date(&format!("{text}-01")), precision: Precision::Month },
        _ => Since::day(date(text)),
    }
}

fn teacher(teaching: &str, hired: &str) -> StaffFacts {
    StaffFacts {
        gender: Gender::Female,
        post: Post::Teacher,
        teaching_since: Some(since(teaching)),
        hired_on: Some(since(hired)),
        education: Some(Education::HigherPedagogical),
    }
}

fn reasons(facts: &StaffFacts) -> Vec<(Category, String)> {
    let proposals = propose(facts, date("2026-09-10"), &rules());
    proposals.into_iter().map(|proposal| (proposal.category, proposal.reason)).collect()
}

#[test]
fn nothing_is_proposed_without_ground() {
    assert_eq!(reasons(&teacher("2009-01-25", "2012-06-02")), []);
    let head = StaffFacts { post: Post::Head, ..teacher("2025-09-25", "2026-08-26") };
    assert_eq!(reasons(&head), []);
    let cook = StaffFacts { post: Post::Other, ..teacher("2025-09-25", "2026-08-26") };
    assert_eq!(reasons(&cook), []);
    let unknown =
        StaffFacts { teaching_since: None, hired_on: None, education: None, ..teacher("2025", "2025") };
    assert_eq!(reasons(&unknown), []);
}

#[test]
fn reasons_are_told_in_words() {
    let table = [
        ("2025-07-10", "2026-08-26", "опыт 1 год 2 месяца (с 10.07.2025), принята 26.08.2026"),
        ("2026-08-25", "2026-08-26", "опыт меньше месяца (с 25.08.2026), принята 26.08.2026"),
        ("2026-10-01", "2026-10-01", "опыта ещё нет, начинает с 01.10.2026, приступает к работе 01.10.2026"),
        ("2023-09-10", "2024", "опыт 3 года (с 10.09.2023), принята в 2024 году"),
        ("2024-12", "2024-12", "опыт не больше 1 года 9 месяцев (с 12.2024), принята в 12.2024"),
        (
            "2023",
            "2023",
            "опыт не больше 3 лет 8 месяцев (с 2023 года), принята в 2023 году; точная дата неизвестна, проверьте по трудовой книжке",
        ),
    ];
    for (teaching, hired, reason) in table {
        let found = reasons(&teacher(teaching, hired));
        assert_eq!(found[0], (Category::Young, reason.to_owned()));
    }
}

#[test]
fn three_full_years_are_still_young_and_the_next_day_is_not() {
    let young = |teaching| youth(Some(since(teaching)), date("2026-09-10"), &rules());
    assert_eq!(young("2023-09-10"), Youth::Young);
    assert_eq!(young("2023-09-09"), Youth::Experienced);
    assert_eq!(young("2023"), Youth::Perhaps);
    assert_eq!(young("2023-08"), Youth::Experienced);
    assert_eq!(youth(None, date("2026-09-10"), &rules()), Youth::Unknown);
}

#[test]
fn a_newcomer_and_a_graduate_of_another_field() {
    let newcomer = teacher("2009-01-25", "2026-03-10");
    let found = reasons(&StaffFacts { gender: Gender::Male, ..newcomer });
    assert_eq!(found, [(Category::Newcomer, "принят 10.03.2026, в коллективе 6 месяцев".to_owned())]);
    let engineer =
        StaffFacts { education: Some(Education::HigherOther), ..teacher("2009-01-25", "2012-06-02") };
    let reason = "образование: высшее непедагогическое".to_owned();
    assert_eq!(reasons(&engineer), [(Category::OtherEducation, reason)]);
    let year_only = propose(&teacher("2009", "2025"), date("2026-09-10"), &rules());
    assert_eq!(year_only[0].certainty, Certainty::DateIsVague);
    let everything =
        StaffFacts { education: Some(Education::OtherRetrained), ..teacher("2026-08-25", "2026-08-26") };
    assert_eq!(reasons(&everything).len(), 3);
}

#[test]
fn limits_come_from_settings() {
    let strict = CategoryRules { young_experience_months: 12, newcomer_months: 0, other_education: vec![] };
    assert_eq!(propose(&teacher("2025-07-10", "2026-08-26"), date("2026-09-10"), &strict), []);
}

#[test]
fn codes_and_audiences() {
    for category in Category::ALL {
        assert_eq!(Category::from_code(category.code()), Some(category));
        assert!(!category.audiences().is_empty() && !category.short().is_empty());
    }
    assert_eq!(
        Category::Young.audiences()[0].title(),
        "молодые специалисты, опыт которых не превышает 3-х лет"
    );
    assert_eq!(words_months(11 * 12 + 5), "11 лет 5 месяцев");
    assert_eq!(words_months(21 * 12 + 1), "21 год 1 месяц");
}

proptest! {
    #[test]
    fn months_between_is_the_largest_that_fits(from in any_day(), to in any_day()) {
        let months = months_between(from, to);
        prop_assert!(from > to || from + Months::new(months) <= to);
        prop_assert!(from + Months::new(months + 1) > to);
    }

    #[test]
    fn a_skill_is_never_proposed_and_time_only_takes_away(teaching in any_day(), hired in any_day(), today in any_day()) {
        let facts = StaffFacts { teaching_since: Some(Since::day(teaching)), hired_on: Some(Since::day(hired)), ..teacher("2020", "2020") };
        let categories = |day| propose(&facts, day, &rules()).into_iter().map(|proposal| proposal.category).collect::<Vec<_>>();
        let (now, later) = (categories(today), categories(today + Months::new(1)));
        prop_assert!(!now.contains(&Category::NeedsNewSkill));
        prop_assert!(later.iter().all(|category| now.contains(category)));
    }
}
