//! A personalized program.

use nastavnik_documents::papers::{
    Participant, PersonalProgram, ProgramGoal, ProgramMeasure, ProgramSection,
};

use super::{LONG_POSITION, NAMES, day, letterhead, period, signatory, strings};

/// A program of so many mentees, with measures that take more than one sheet.
pub(crate) fn program(mentees: usize) -> PersonalProgram {
    let participant = |index: usize| Participant {
        side: if index == 0 { "Наставник" } else { "Наставляемый" }.to_owned(),
        name: NAMES[index].to_owned(),
        position: if index == 1 { LONG_POSITION } else { "учитель математики" }.to_owned(),
        initials: "А. П. Сидорова".to_owned(),
        signed_on: Some(day(2026, 9, 20)),
    };
    let goal = |number: usize| ProgramGoal {
        text: "Научиться ставить измеримую цель урока и подбирать под неё методы".to_owned(),
        measure: "В 8 из 10 планов уроков цель измерима, методы под неё обоснованы".to_owned(),
        direction: "Д5 Методика".to_owned(),
        mentee: (mentees > 1).then(|| NAMES[number + 1].to_owned()),
    };
    let measure = |number: u32| ProgramMeasure {
        what: "Посещение урока наставляемого наставником и разбор: три удачи и один шаг".to_owned(),
        direction: "Д5 Методика".to_owned(),
        form: "посещение урока".to_owned(),
        due: day(2026, 10, number),
        who: "вместе".to_owned(),
        product: "Карта посещения с одним шагом".to_owned(),
    };
    PersonalProgram {
        letterhead: letterhead("Салтыков-Щедрин М. Е. – Сидорова А. П.", Some("4-ПП/2026")),
        revision: 2,
        reason: Some("тема пройдена раньше срока".to_owned()),
        signatory: signatory(),
        participants: (0..=mentees).map(participant).collect(),
        form: "учитель – учитель".to_owned(),
        kinds: strings(&["традиционное («один на один»)"]),
        model: Some("опытный педагог – молодой специалист".to_owned()),
        period: period(),
        directions: strings(&["Д4 Ученики и родители", "Д5 Методика"]),
        sections: vec![ProgramSection {
            title: "Запрос и желаемый результат".to_owned(),
            text: "Хочу вести урок спокойно.\nЧерез год буду планировать тему целиком".to_owned(),
        }],
        goals: (0..mentees.max(2)).map(goal).collect(),
        measures: (1..=12).map(measure).collect(),
        agreed: strings(&["Куратор Ёлкина О. Ю., 22.09.2026"]),
    }
}
