//! Consents: of a mentor, of a mentee, to personal data.

use nastavnik_documents::papers::{Author, DataConsent, MenteeAgreement, MentorConsent};

use super::{FULL, URL, addressee, content, day, money, period, strings, unpaid};

/// A mentor's consent for one mentee.
pub(crate) fn mentor_consent() -> MentorConsent {
    MentorConsent {
        addressee: addressee(),
        author: Author {
            position_genitive: "учителя математики".to_owned(),
            name_genitive: "Петрова Ивана Сергеевича".to_owned(),
            initials: "И. С. Петров".to_owned(),
        },
        mentees_genitive: strings(&["учителя физики Сидоровой Анны Павловны"]),
        form: "педагог – педагог".to_owned(),
        kinds: strings(&["традиционное"]),
        model: Some("опытный педагог – молодой специалист".to_owned()),
        period: period(),
        content: content(),
        pay: money(),
        signed_on: None,
        record_url: URL.to_owned(),
    }
}

/// A mentor's consent for a group of four, unpaid.
pub(crate) fn mentor_consent_group() -> MentorConsent {
    MentorConsent {
        mentees_genitive: strings(&[
            "учителя физики Сидоровой Анны Павловны",
            "советника директора по воспитанию и взаимодействию с детскими общественными объединениями Рустамовой Гульнары \
             Абдурахмановны",
            "педагога-психолога Цой Веры Андреевны",
            "учителя-логопеда Ёлкиной Ольги Юрьевны",
        ]),
        kinds: strings(&["групповое", "краткосрочное (целеполагающее)"]),
        pay: unpaid(),
        signed_on: Some(day(2026, 9, 25)),
        ..mentor_consent()
    }
}

/// A mentee's agreement.
pub(crate) fn mentee_agreement() -> MenteeAgreement {
    MenteeAgreement {
        addressee: addressee(),
        author: Author {
            position_genitive:
                "советника директора по воспитанию и взаимодействию с детскими общественными объединениями"
                    .to_owned(),
            name_genitive: "Рустамовой Гульнары Абдурахмановны".to_owned(),
            initials: "Г. А. Рустамова".to_owned(),
        },
        mentor_genitive: "учителя математики Петрова Ивана Сергеевича".to_owned(),
        form: "педагог – педагог".to_owned(),
        kinds: strings(&["традиционное"]),
        model: Some("опытный педагог – молодой специалист".to_owned()),
        period: period(),
        requests: strings(&[
            "планирование занятия",
            "работа с родителями (законными представителями) обучающихся",
        ]),
        signed_on: None,
        record_url: URL.to_owned(),
    }
}

/// A consent to the transfer of personal data.
pub(crate) fn data_consent() -> DataConsent {
    let list = |members: &[&str]| members.iter().map(|member| (*member).to_owned()).collect();
    DataConsent {
        addressee: addressee(),
        author: Author {
            position_genitive: "учителя русского языка и литературы".to_owned(),
            name_genitive: "Константинопольской Александры Вячеславовны".to_owned(),
            initials: "А. В. Константинопольская".to_owned(),
        },
        name: "Константинопольская Александра Вячеславовна".to_owned(),
        registered: "зарегистрированная".to_owned(),
        operator: FULL.to_owned(),
        operator_place: "г. Нефтеюганск".to_owned(),
        heading: "на передачу персональных данных".to_owned(),
        ground_genitive: "статьи 9 Федерального закона от 27.07.2006 № 152-ФЗ «О персональных данных»".to_owned(),
        purpose: "сопровождение наставничества в муниципалитете: ведение муниципального банка и реестра наставников \
                  и экспертов, методическая помощь, мониторинг показателей"
            .to_owned(),
        data: list(&["фамилия, имя, отчество", "место работы, должность, предмет, педагогический стаж"]),
        actions: list(&["передача (предоставление, доступ) получателям, названным ниже", "удаление, уничтожение"]),
        recipients: list(&["орган управления образованием муниципалитета"]),
        conditions: list(&["номер телефона и адрес электронной почты не передаются"]),
        term: "со дня подписания до окончания участия в наставничестве, но не дольше пяти лет".to_owned(),
        withdrawal_instrumental: "письменным заявлением руководителю организации".to_owned(),
        version: "Б-1 от 01.09.2025".to_owned(),
        record_url: "https://nastavnik.example.org/own/consents".to_owned(),
    }
}
