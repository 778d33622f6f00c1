use super::*;
use crate::period::tests::date;

const RULES: &str = "valid_from = \"2024-08-23\"\nsource = \"приказ\"\n[rules.values]\nyoung_experience_months = 36\n\
    newcomer_months = 12\nother_education = [\"higher_other\"]\n";

#[test]
fn broken_settings_are_refused() {
    let table = [
        ("rules = 1", "не читается"),
        ("[[rules]]\nvalid_from = \"вчера\"\nsource = \"\"\nvalues = {}", "не читается"),
        ("[[rules]]\nvalid_from = \"2024-08-23\"\nsource = \"\"\nvalues = { young = 1 }", "не читается"),
    ];
    for (text, words) in table {
        let error = parse_category_rules(text).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
    let twice = format!("[[rules]]\n{RULES}[[rules]]\n{RULES}");
    let overlap = ConfigError::Overlap { file: "categories.toml", day: date("2024-08-23") };
    assert_eq!(parse_category_rules(&twice), Err(overlap));
    let backwards = format!("[[rules]]\nlast_day = \"2024-08-01\"\n{RULES}");
    assert!(matches!(parse_category_rules(&backwards), Err(ConfigError::WrongPeriod { .. })));
    let limits = "[[limits]]\nvalid_from = \"2024-01-01\"\nsource = \"\"\n[limits.values]\nleast_months = 13\nmost_months = 12\n\
        most_places = 5\nusual_places = 2\nheavy_mentees = 3\nnotice_working_days = 3\nconfirmation_months = 12\n\
        confirmation_notice_days = 30\nleast_group = 5\nfrequent_deficit_percent = 25\n";
    assert!(matches!(parse_limits(limits), Err(ConfigError::WrongValue { key: "least_months", .. })));
    let places = limits.replace("13", "3").replace("usual_places = 2", "usual_places = 6");
    assert!(matches!(parse_limits(&places), Err(ConfigError::WrongValue { key: "usual_places", .. })));
}

#[test]
fn a_value_is_found_by_its_day() {
    let rules = category_rules().unwrap();
    assert_eq!(rules.on(date("2026-09-10")).unwrap().value.young_experience_months, 36);
    let early = rules.on(date("2020-01-01"));
    assert_eq!(early, Err(ConfigError::NothingHolds { file: "categories.toml", day: date("2020-01-01") }));
    let change = format!(
        "[[rules]]\n{}[[rules]]\nlast_day = \"2026-08-31\"\n{RULES}",
        RULES.replace("2024-08-23", "2026-09-01").replace("36", "60")
    );
    let rules = parse_category_rules(&change).unwrap();
    let months = |day| rules.on(date(day)).unwrap().value.young_experience_months;
    assert_eq!((months("2026-08-31"), months("2026-09-01")), (36, 60));
    assert_eq!(rules.all().len(), 2);
    assert_eq!(limits().unwrap().on(date("2026-09-10")).unwrap().value.notice_working_days, 3);
}

#[test]
fn stages_are_seven() {
    let stages = stages().unwrap();
    assert_eq!(stages.len(), 7);
    assert_eq!(stages[6].title, "Завершение наставничества");
}

#[test]
fn dead_acts_are_not_cited() {
    let codes = |day| legal_bases(date(day)).unwrap().into_iter().map(|basis| basis.code).collect::<Vec<_>>();
    let table = [
        ("labor_351_8", false, true),
        ("mentoring_concept_2030", false, true),
        ("project_modern_school", true, false),
        ("project_teachers_and_mentors", false, true),
        ("layout_2016", true, false),
        ("layout_2025", false, true),
        ("order_548", true, true),
    ];
    let (before, after) = (codes("2024-12-01"), codes("2026-09-10"));
    for (code, then, now) in table {
        let found = |codes: &[String]| codes.iter().any(|found| found == code);
        assert_eq!((found(&before), found(&after)), (then, now), "{code}");
    }
    assert!(codes("2025-02-28").iter().all(|code| code != "labor_351_8"));
    assert!(codes("2025-03-01").iter().any(|code| code == "labor_351_8"));
}

#[test]
fn a_broken_register_is_refused() {
    let entry = "[[basis]]\ncode = \"a\"\ntitle = \"\"\naccordance = \"\"\nground = \"\"\nvalid_from = \"2024-01-01\"\n\
        confirmed = \"memory\"\n";
    let twice = parse_legal_bases(&format!("{entry}{entry}"));
    assert!(matches!(twice, Err(ConfigError::WrongValue { key: "code", .. })));
    let lost = parse_legal_bases(&format!("{entry}replaced_by = \"b\"\n"));
    assert!(matches!(lost, Err(ConfigError::WrongValue { key: "replaced_by", .. })));
}

#[test]
fn posts_of_the_staff_list() {
    let positions = Positions::bundled().unwrap();
    let table = [
        ("учитель", Post::Teacher),
        ("Учитель  начальных классов", Post::Teacher),
        ("учитель (математика)", Post::Teacher),
        ("учитель-логопед", Post::Teacher),
        ("учитель - дефектолог", Post::Teacher),
        ("воспитатель", Post::Pedagogue),
        ("старший воспитатель", Post::Pedagogue),
        ("педагог дополнительного образования", Post::Pedagogue),
        ("педагог-психолог", Post::Pedagogue),
        ("преподаватель-организатор основ безопасности и защиты Родины", Post::Pedagogue),
        (
            "советник директора по воспитанию и взаимодействию с детскими общественными объединениями",
            Post::Pedagogue,
        ),
        ("руководитель физического воспитания", Post::Pedagogue),
        ("концертмейстер", Post::Pedagogue),
        ("директор", Post::Head),
        ("заведующий", Post::Head),
        ("заместитель заведующего", Post::Head),
        ("заместитель директора по учебно-воспитательной работе", Post::Head),
        ("помощник воспитателя", Post::Other),
        ("заведующий хозяйством", Post::Other),
        ("учительская", Post::Other),
        ("", Post::Other),
    ];
    for (position, post) in table {
        assert_eq!(positions.post(position), post, "{position}");
    }
}

#[test]
fn a_deputy_who_teaches_is_a_teacher() {
    let positions = Positions::bundled().unwrap();
    assert_eq!(positions.post_of_all(&["заместитель директора", "учитель"]), Post::Teacher);
    assert_eq!(positions.post_of_all(&["заместитель директора"]), Post::Head);
    assert_eq!(positions.post_of_all::<&str>(&[]), Post::Other);
    assert!(matches!(
        Positions::parse("source=\"\"\nteachers=[]\npedagogues=[]"),
        Err(ConfigError::WrongValue { .. })
    ));
}
