//! Samples of papers about several organizations and about groups that change.

use nastavnik_documents::papers::{
    Acquainted, AmendingOrder, CooperationAgreement, Deed, Head, MemberChange, Party, PayingParty,
};

use super::orders::{mentee, mentor};
use super::{FULL, NAMES, SCHOOL, day, letterhead, period, signatory, strings};

/// Two schools; the second pays.
pub(crate) fn cooperation() -> CooperationAgreement {
    let head = |who: &str, acting: &str, initials: &str| Head {
        represented_by_genitive: format!("директора {who}"),
        acting: acting.to_owned(),
        position: "Директор".to_owned(),
        initials: initials.to_owned(),
    };
    CooperationAgreement {
        letterhead: letterhead(
            "О сотрудничестве в наставничестве педагогических работников",
            Some("1-СО/2026"),
        ),
        first: Party {
            full: FULL.to_owned(),
            short: SCHOOL.to_owned(),
            head: Some(head("Скоковой Анны Андреевны", "действующей", "А. А. Скокова")),
            details: strings(&["г. Нефтеюганск"]),
        },
        second: Party {
            full: "Автономная некоммерческая организация «Центр детского творчества»".to_owned(),
            short: "АНО «Центр детского творчества»".to_owned(),
            head: Some(head("Жукова Петра Ильича", "действующего", "П. И. Жуков")),
            details: strings(&["ИНН 7707083893", "г. Нефтеюганск, ул. Мира, д. 5"]),
        },
        subject: strings(&[
            "Наставничество молодых учителей физики и математики Стороны 1 педагогами Стороны 2",
        ]),
        payer: PayingParty::Second,
        consents: strings(&["на обработку персональных данных в организации", "на передачу другой Стороне"]),
        period: period(),
    }
}

/// One joins a group, another leaves it.
pub(crate) fn amending() -> AmendingOrder {
    AmendingOrder {
        letterhead: letterhead("О внесении изменений в состав группы", Some("1-ВИ/2026")),
        bases: strings(&[
            "статьёй 351.8 Трудового кодекса Российской Федерации",
            "письменным согласием наставника от 25.09.2026",
        ]),
        amended: "от 01.09.2026 № 3-НН/2026".to_owned(),
        mentor: mentor(0),
        changes: vec![
            MemberChange { mentee: mentee(0), deed: Deed::Joins { period: period() } },
            MemberChange {
                mentee: mentee(1),
                deed: Deed::Leaves {
                    last_day: day(2026, 9, 30), reason: "цель достигнута".to_owned()
                },
            },
        ],
        members: NAMES[..3].iter().map(|name| (*name).to_owned()).collect(),
        clauses: vec![],
        control: "Контроль за исполнением приказа оставляю за собой.".to_owned(),
        signatory: signatory(),
        acquainted: vec![Acquainted { name: NAMES[0].to_owned(), position: mentor(0).position }],
    }
}
