//! Agreements with a mentor.

use nastavnik_documents::papers::{Contract, Employer, SupplementaryAgreement, Worker};

use super::{content, day, letterhead, mentor_consent_group, money, period, strings, unpaid};

/// An agreement with pay; the contract's number and date are unknown.
pub(crate) fn agreement() -> SupplementaryAgreement {
    SupplementaryAgreement {
        letterhead: letterhead("О выполнении работы по наставничеству", Some("12")),
        contract: Contract { number: None, date: None },
        employer: Employer {
            represented_by_genitive: "директора Скоковой Анны Андреевны".to_owned(),
            basis_genitive: "Устава".to_owned(),
            details: strings(&["628307, ХМАО – Югра, г. Нефтеюганск, мкр. 5, здание 15", "ИНН 8604024136"]),
            position: "Директор".to_owned(),
            initials: "А. А. Скокова".to_owned(),
        },
        worker: Worker {
            name: "Петров Иван Сергеевич".to_owned(),
            position: "учитель математики".to_owned(),
            details: vec![],
            initials: "И. С. Петров".to_owned(),
        },
        mentees_genitive: strings(&["учителя физики Сидоровой Анны Павловны"]),
        content: content(),
        form: "педагог – педагог".to_owned(),
        kinds: strings(&["традиционное"]),
        model: Some("опытный педагог – молодой специалист".to_owned()),
        schedule: Some("очно, в пределах рабочего времени".to_owned()),
        period: period(),
        pay: money(),
        pay_terms: None,
        partnership: None,
    }
}

/// An unpaid draft of an agreement for a group; the contract is known.
pub(crate) fn agreement_unpaid() -> SupplementaryAgreement {
    SupplementaryAgreement {
        letterhead: letterhead("О выполнении работы по наставничеству", None),
        contract: Contract { number: Some("45-2019".to_owned()), date: Some(day(2019, 8, 26)) },
        mentees_genitive: mentor_consent_group().mentees_genitive,
        pay: unpaid(),
        ..agreement()
    }
}
