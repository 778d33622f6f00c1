//! Papers of an evaluation.

use nastavnik_documents::papers::{EvaluationPart, EvaluationSheet, Participant, Signatory};

use super::{FULL, LONG_POSITION, NAMES, SCHOOL, URL, day, letterhead, period, signatory, strings};

/// A reflection with answers and rows.
pub(crate) fn evaluation_part() -> EvaluationPart {
    let row = |what: &str, start: &str, now: &str| [what, start, now].map(str::to_owned);
    EvaluationPart {
        organization_full: FULL.to_owned(),
        organization_short: SCHOOL.to_owned(),
        kind: "РЕФЛЕКСИЯ НАСТАВЛЯЕМОГО".to_owned(),
        heading: "Итоговая оценка программы: Салтыков-Щедрин М. Е. – Сидорова А. П.".to_owned(),
        paragraphs: strings(&[
            "Я работаю с наставником с 1 октября 2026 г. по 20 апреля 2027 г.",
            "Мы встретились 21 раз, из них 4 посещения занятий.",
            "Из 5 мероприятий программы выполнено 4, осталось 1.",
            "Ученики и родители: было 0,71 (вход, 03.10.2026), стало 1,60 (итог года, 12.04.2027) – трудность снята.",
        ]),
        answers: vec![
            ("Что удалось".to_owned(), "Спокойно начинаю урок\nНашла общий язык с родителями".to_owned()),
            ("Что дальше".to_owned(), "Хочу провести открытый урок".to_owned()),
        ],
        rows: vec![
            row("Образовательные результаты моих учеников или воспитанников", "бывает по-разному", "хорошо"),
            row("Спокойствие и уверенность на своём рабочем месте", "пока трудно", "хорошо"),
        ],
        signed_on: Some(day(2027, 4, 20)),
        initials: "А. П. Сидорова".to_owned(),
        record_url: URL.to_owned(),
    }
}

/// A sheet whose checklist fills a page.
pub(crate) fn evaluation_sheet() -> EvaluationSheet {
    let participant = |index: usize| Participant {
        side: if index == 0 { "Наставник" } else { "Наставляемый" }.to_owned(),
        name: NAMES[index].to_owned(),
        position: if index == 1 { LONG_POSITION } else { "учитель математики" }.to_owned(),
        initials: "А. П. Сидорова".to_owned(),
        signed_on: (index != 2).then(|| day(2027, 4, 20)),
    };
    let item = "Мероприятия программы выполняются в срок, и видно, что получилось из каждого";
    EvaluationSheet {
        letterhead: letterhead("Салтыков-Щедрин М. Е. – Сидорова А. П.", Some("4-ЛО/2027")),
        wave: "Итоговая оценка".to_owned(),
        signatory: signatory(),
        participants: (0..3).map(participant).collect(),
        period: period(),
        facts: strings(&[
            "Проведена 21 встреча, из них 4 посещения занятий",
            "Из 5 мероприятий программы выполнено 4, осталось 1",
            "По направлениям работы: рост по 3 из 4",
        ]),
        items: (0..12)
            .map(|index| (item.to_owned(), ["да", "частично", "нет"][index % 3].to_owned()))
            .collect(),
        total: "18 из 24, допустимый ход".to_owned(),
        decision: "завершить: программа выполнена".to_owned(),
        reason: "цели достигнуты, наставляемый ведёт уроки уверенно".to_owned(),
        means: "Готовится приказ о прекращении: цель достигнута.".to_owned(),
        council: "Совет наставников согласовал решение, 18.04.2027".to_owned(),
        curator: Signatory {
            position: "Куратор наставничества".to_owned(), name: "О. Ю. Ёлкина".to_owned()
        },
        concluded_on: day(2027, 4, 22),
    }
}
