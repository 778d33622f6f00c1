//! A route of five years.

use nastavnik_documents::papers::{EducationalRoute, Period, RouteLine, RouteList, RouteOutcome};

use super::{FULL, LONG_POSITION, NAMES, SCHOOL, URL, day, strings};

/// A route of five years with everything in it.
pub(crate) fn route() -> EducationalRoute {
    let pair = |title: &str, words: &str| (title.to_owned(), words.to_owned());
    let line = |year: i32| RouteLine {
        what: "Формирующее оценивание на уроке в основной школе".to_owned(),
        detail: "Институт развития образования, 72 ч".to_owned(),
        period: Period { from: day(year, 2, 1), to: day(year, 4, 30) },
        direction: "Методика".to_owned(),
        document: "удостоверение № 1408".to_owned(),
    };
    let list = |title: &str| RouteList { title: title.to_owned(), lines: (2027..2031).map(line).collect() };
    EducationalRoute {
        organization_full: FULL.to_owned(),
        organization_short: SCHOOL.to_owned(),
        name: NAMES[2].to_owned(),
        initials: "А. В. Константинопольская".to_owned(),
        period: Period { from: day(2026, 9, 1), to: day(2031, 8, 31) },
        printed_on: day(2030, 5, 20),
        passport: vec![
            pair("Должность и место работы", LONG_POSITION),
            pair("Педагогический стаж", "12 лет"),
            pair("Тьютор ЦНППМ", NAMES[0]),
            pair("Квалификационная категория", ""),
        ],
        steps: vec![
            pair("1. Самоопределение", "10.09.2026, педагог"),
            pair("2. Достижения и ресурсы", "идёт"),
        ],
        self_image: vec![
            pair("Каким педагогом я хочу быть", "Учитель, у которого спорят.\nИ не боятся ошибаться"),
            pair("Что для меня важно", ""),
        ],
        achievements: vec![pair("Предмет", "Готовлю к олимпиадам")],
        difficulties: vec![pair("Ученики и родители", "Трудные разговоры с родителями")],
        lists: vec![list("а) Обучение по программам ДПО"), list("г) Конкретные меры и мероприятия")],
        waived: None,
        outcomes: vec![RouteOutcome {
            what: "Собрание в форме мастерской".to_owned(),
            on: day(2027, 5, 18),
            product: "Сценарий собрания-мастерской".to_owned(),
            link: "https://example.org/a-very-long-address/of-a-scenario/that-does-not-break-anywhere-at-all"
                .to_owned(),
            attitude: "Горжусь, готов поделиться с коллегами".to_owned(),
        }],
        corrections: vec![(
            day(2027, 6, 2),
            "родители попросили".to_owned(),
            "Добавлено: Клуб вопросов".to_owned(),
        )],
        reflection: vec![(
            "Ученики и родители".to_owned(),
            "избегал разговоров".to_owned(),
            "веду их спокойно".to_owned(),
        )],
        stopped: Some((day(2030, 5, 19), "переезд в другой город".to_owned())),
        closeness: Some(8),
        words: "Помогли посещения и мастерская".to_owned(),
        programs: strings(&["2026/27 учебный год, 01.10.2026 – 31.05.2027: утверждена"]),
        record_url: URL.to_owned(),
    }
}
