//! Papers of a pair at work: a program, evaluations, a route.

use nastavnik_documents::PaperError;
use nastavnik_documents::papers::{EducationalRoute, EvaluationPart, EvaluationSheet, SharedProgram};

use crate::{assert_archival, assert_contains, moment, samples};

#[test]
fn a_program_names_its_people_goals_and_plan() {
    for mentees in [1, 4] {
        let paper = samples::program(mentees);
        let docx = paper.docx().unwrap();
        assert_contains(
            &docx,
            &[
                "УТВЕРЖДАЮ",
                "ПЕРСОНАЛИЗИРОВАННАЯ ПРОГРАММА НАСТАВНИЧЕСТВА",
                "тема пройдена раньше срока",
                "Д5 Методика",
                "подписано в системе 20.09.2026",
                "Куратор Ёлкина",
            ],
        );
        assert_archival(&paper.pdf(moment()).unwrap());
    }
    let mut empty = samples::program(1);
    empty.goals.clear();
    assert!(matches!(empty.docx(), Err(PaperError::Empty(_))));
}

#[test]
fn a_program_of_the_base_has_months_instead_of_days_and_nobody_to_sign() {
    let paper = samples::shared_program();
    let docx = paper.docx().unwrap();
    assert_contains(
        &docx,
        &["ПРОГРАММА НАСТАВНИЧЕСТВА", "«Спокойный урок»", "7-й месяц", "Мероприятия: Д5 Методика", "вместе"],
    );
    let text = crate::words(&docx);
    for absent in ["УТВЕРЖДАЮ", "Подпись", "Виды наставничества", "Д8 Право", "20.12.2026"]
    {
        assert!(!text.contains(absent), "«{absent}» in\n{text}");
    }
    assert_archival(&paper.pdf(moment()).unwrap());
    let aimless = SharedProgram { goals: Vec::new(), ..paper };
    assert!(matches!(aimless.docx(), Err(PaperError::Empty(_))));
}

#[test]
fn papers_of_an_evaluation() {
    let part = samples::evaluation_part();
    assert_contains(
        &part.docx().unwrap(),
        &[
            "РЕФЛЕКСИЯ НАСТАВЛЯЕМОГО",
            "было 0,71",
            "Спокойно начинаю урок.",
            "бывает по-разному",
            "20 апреля 2027",
        ],
    );
    assert_archival(&part.pdf(moment()).unwrap());
    let draft = EvaluationPart { signed_on: None, ..part };
    assert_contains(&draft.docx().unwrap(), &["Черновик: автор ещё не подписал этот текст."]);
    let empty = EvaluationPart { paragraphs: Vec::new(), ..draft };
    assert!(matches!(empty.docx(), Err(PaperError::Empty(_))));

    let sheet = samples::evaluation_sheet();
    assert_contains(
        &sheet.docx().unwrap(),
        &[
            "УТВЕРЖДАЮ",
            "ЛИСТ ОЦЕНКИ ПРОГРАММЫ НАСТАВНИЧЕСТВА",
            "4-ЛО/2027",
            "не оцениваются",
            "своя часть подписана 20.04.2027",
            "своя часть не подана",
            "Итог: 18 из 24, допустимый ход.",
            "Завершить: программа выполнена.",
            "О. Ю. Ёлкина",
        ],
    );
    assert_archival(&sheet.pdf(moment()).unwrap());
    let empty = EvaluationSheet { items: Vec::new(), ..sheet };
    assert!(matches!(empty.docx(), Err(PaperError::Empty(_))));
}

#[test]
fn a_route_holds_its_seven_steps() {
    let paper = samples::route();
    assert_contains(
        &paper.docx().unwrap(),
        &[
            "ИНДИВИДУАЛЬНЫЙ ОБРАЗОВАТЕЛЬНЫЙ МАРШРУТ",
            "Учитель, у которого спорят.",
            "удостоверение № 1408",
            "Сценарий собрания-мастерской",
            "родители попросили",
            "Маршрут завершён раньше срока 19.05.2030. Причина: переезд в другой город.",
            "Близость к желаемому образу: 8 из 10.",
        ],
    );
    assert_archival(&paper.pdf(moment()).unwrap());
    let nobody = EducationalRoute { name: String::new(), ..samples::route() };
    assert!(matches!(nobody.docx(), Err(PaperError::Empty(_))));
}
