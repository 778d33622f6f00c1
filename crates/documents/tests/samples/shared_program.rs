//! A program of the municipal base.

use nastavnik_documents::papers::{ProgramGoal, ProgramSection, SharedMeasure, SharedPart, SharedProgram};

use super::{URL, day};

/// A published program of two directions, with measures that take more than one sheet.
pub(crate) fn shared_program() -> SharedProgram {
    let row = |title: &str, value: &str| (title.to_owned(), value.to_owned());
    let goal = |direction: &str| ProgramGoal {
        text: "Научиться удерживать рабочий порядок без повышения голоса".to_owned(),
        measure: "8 уроков из 10 начинаются вовремя".to_owned(),
        direction: direction.to_owned(),
        mentee: None,
    };
    let measure = |month: u64| SharedMeasure {
        what: "Посещение урока наставника и разбор: что делает учитель в первые пять минут".to_owned(),
        form: "посещение урока".to_owned(),
        month,
        who: "вместе".to_owned(),
        product: "Карта посещения с одним шагом".to_owned(),
    };
    let part = |direction: &str| SharedPart {
        direction: direction.to_owned(),
        measures: (1..=7).map(measure).collect(),
    };
    SharedProgram {
        base: "Муниципальная база программ наставничества".to_owned(),
        title: "Спокойный урок".to_owned(),
        about: vec![
            row("Кому поможет", "Учителю первого года, которому трудно с порядком на уроке"),
            row("Что получилось", "Уроки идут по плану, дети спрашивают"),
            row("Виды наставничества", ""),
        ],
        goals: vec![goal("Д3 Психология"), goal("Д5 Методика")],
        parts: vec![
            part("Д3 Психология"),
            part("Д5 Методика"),
            SharedPart { direction: "Д8 Право".to_owned(), measures: Vec::new() },
        ],
        sections: vec![ProgramSection {
            title: "Запрос и желаемый результат".to_owned(),
            text: "Хочу вести урок спокойно.\nЧерез год буду планировать тему целиком".to_owned(),
        }],
        printed_on: day(2026, 12, 20),
        record_url: URL.to_owned(),
    }
}
