//! Orders: of pairs, of their end.

use nastavnik_documents::papers::{
    Acquainted, AppointmentOrder, EndingOrder, EndingRow, OrderClause, PairMentee, PairMentor, PairRow,
};

use super::{LONG_POSITION, NAMES, day, letterhead, period, signatory, strings};

pub(super) fn mentor(index: usize) -> PairMentor {
    let position = if index % 4 == 2 { LONG_POSITION } else { "учитель математики" };
    PairMentor {
        name: NAMES[index % NAMES.len()].to_owned(),
        position: position.to_owned(),
        category: Some("высшая квалификационная категория".to_owned()),
    }
}

pub(super) fn mentee(index: usize) -> PairMentee {
    let position = if index % 5 == 1 { LONG_POSITION } else { "учитель физики" };
    PairMentee {
        name: NAMES[(index + 3) % NAMES.len()].to_owned(),
        position: position.to_owned(),
        experience: Some("стаж 1 год".to_owned()),
        category: Some("молодой педагог".to_owned()),
    }
}

/// A pair, or a group when the index is 5 (four mentees).
fn pair(index: usize) -> PairRow {
    let size = if index == 5 { 4 } else { 1 };
    PairRow {
        mentor: mentor(index),
        mentees: (index..index + size).map(mentee).collect(),
        form: "педагог – педагог".to_owned(),
        kinds: if size > 1 {
            strings(&["групповое", "дистанционное"])
        } else {
            strings(&["традиционное"])
        },
        period: period(),
        pay: if index % 3 == 2 {
            "не установлена".to_owned()
        } else {
            "5 000 рублей в месяц".to_owned()
        },
    }
}

/// An order with so many pairs; without a number it is a draft.
pub(crate) fn order(pairs: usize, number: Option<&str>) -> AppointmentOrder {
    AppointmentOrder {
        letterhead: letterhead("О назначении наставников", number),
        bases: strings(&[
            "статьёй 351.8 Трудового кодекса Российской Федерации",
            "приказом департамента образования администрации города Нефтеюганска от 23.08.2024 № 548-п «Об организации \
             работы в рамках реализации муниципальной целевой модели наставничества»",
            "Положением о системе наставничества педагогических работников, утверждённым приказом от 02.09.2026 № 5",
            "письменными согласиями работников и дополнительными соглашениями к трудовым договорам",
        ]),
        purpose: Some("в целях адаптации и профессионального развития педагогических работников".to_owned()),
        pairs: (0..pairs).map(pair).collect(),
        clauses: vec![
            OrderClause {
                text: "Наставникам:".to_owned(),
                subclauses: strings(&[
                    "Разработать вместе с наставляемыми персонализированные программы наставничества до 15 октября 2026 г.",
                    "Отмечать проведённые встречи в информационной системе «Наставник».",
                ]),
            },
            OrderClause {
                text: "Бухгалтерии производить выплаты за наставничество согласно настоящему приказу."
                    .to_owned(),
                subclauses: vec![],
            },
        ],
        control: "Контроль за исполнением приказа возложить на заместителя директора Н. А. Михулю."
            .to_owned(),
        signatory: signatory(),
        acquainted: (0..pairs.min(12))
            .map(|index| Acquainted { name: NAMES[index % 8].to_owned(), position: mentor(index).position })
            .collect(),
    }
}

/// An order that ends two mentorships.
pub(crate) fn ending() -> EndingOrder {
    let row = |index: usize, reason: &str| EndingRow {
        mentor: mentor(index),
        mentees: vec![mentee(index)],
        fixed_by: Some("от 28.09.2026 № 15-О".to_owned()),
        last_day: day(2027, 2, 12),
        reason: reason.to_owned(),
    };
    EndingOrder {
        letterhead: letterhead("О прекращении наставничества", Some("3-О")),
        bases: strings(&[
            "статьёй 351.8 Трудового кодекса Российской Федерации",
            "письменным отказом работника от 08.02.2027",
        ]),
        purpose: None,
        endings: vec![
            row(0, "досрочный отказ наставника от работы по наставничеству"),
            row(2, "увольнение наставляемого"),
        ],
        clauses: vec![OrderClause {
            text: "Куратору предложить наставляемым нового наставника до 1 марта 2027 г.".to_owned(),
            subclauses: vec![],
        }],
        control: "Контроль за исполнением приказа оставляю за собой.".to_owned(),
        signatory: signatory(),
        acquainted: (0..2)
            .map(|index| Acquainted { name: NAMES[index].to_owned(), position: mentor(index).position })
            .collect(),
    }
}
