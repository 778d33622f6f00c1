//! One sample of each paper, with the longest names and positions a school really has.

use chrono::{NaiveDate, NaiveDateTime};
use nastavnik_documents::papers::{
    Acquainted, Addressee, AppointmentOrder, Asks, Author, CardLine, Contract, CouncilMinutes, DataConsent,
    EducationalRoute, Employer, EndingOrder, EndingRow, Hearing, Letterhead, LoginSlips, MenteeAgreement,
    MentorConsent, OrderClause, PairMentee, PairMentor, PairRow, Participant, Pay, Period, PersonalProgram,
    Petition, ProgramGoal, ProgramMeasure, ProgramSection, RouteLine, RouteList, RouteOutcome, Signatory,
    Slip, SpeedCard, SpeedCards, SupplementaryAgreement, Votes, Worker,
};

/// Short name of the sample school.
pub(crate) const SCHOOL: &str = "МБОУ «СОШ №3 им. А.А. Ивасенко»";

const FULL: &str = "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа №3 имени \
                    Ивасенко Анатолия Антоновича»";
const URL: &str = "https://nastavnik.example.org/d/019ab4c2-7d1e-7a10-9f3e-0c5d2b7f8a11";
const LONG_POSITION: &str =
    "советник директора по воспитанию и взаимодействию с детскими общественными объединениями";

const NAMES: [&str; 8] = [
    "Рустамова Гульнара Абдурахмановна",
    "Сидорова Анна Павловна",
    "Константинопольская Александра Вячеславовна",
    "Цой Вера Андреевна",
    "Салтыков-Щедрин Михаил Евграфович",
    "Ёлкина Ольга Юрьевна",
    "Жуков Пётр Ильич",
    "Абдуллаев Тимур Рашид оглы",
];

/// A date that certainly exists.
pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn period() -> Period {
    Period { from: day(2026, 10, 1), to: day(2027, 5, 31) }
}

fn letterhead(heading: &str, number: Option<&str>) -> Letterhead {
    Letterhead {
        organization_full: FULL.to_owned(),
        organization_short: SCHOOL.to_owned(),
        place: "г. Нефтеюганск".to_owned(),
        number: number.map(str::to_owned),
        date: number.map(|_| day(2026, 9, 28)),
        heading: heading.to_owned(),
        record_url: URL.to_owned(),
    }
}

fn addressee() -> Addressee {
    Addressee {
        position_dative: "Директору".to_owned(),
        organization: SCHOOL.to_owned(),
        name_dative: "Скоковой А. А.".to_owned(),
    }
}

fn signatory() -> Signatory {
    Signatory { position: "Директор".to_owned(), name: "А. А. Скокова".to_owned() }
}

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

fn content() -> Vec<String> {
    strings(&[
        "разработка и сопровождение персонализированной программы наставничества",
        "посещение занятий наставляемого и совместный разбор занятий",
        "проведение открытых занятий и консультаций",
        "подготовка предложений по итогам выполнения программы",
    ])
}

fn money() -> Pay {
    Pay::Monthly {
        kopecks: 500_000,
        supplements_genitive: Some(
            "районного коэффициента и процентной надбавки за работу в местностях, приравненных к районам Крайнего Севера"
                .to_owned(),
        ),
    }
}

/// Nothing is paid, and the paper says why.
pub(crate) fn unpaid() -> Pay {
    Pay::Unpaid {
        reason: "размер выплаты не установлен положением об оплате труда работников организации".to_owned(),
    }
}

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

/// A mentee's petition for another mentor, with the longest position a school has.
pub(crate) fn petition() -> Petition {
    Petition {
        addressee: addressee(),
        author: Author {
            position_genitive: "учителя физики".to_owned(),
            name_genitive: "Сидоровой Анны Павловны".to_owned(),
            initials: "А. П. Сидорова".to_owned(),
        },
        asks: Asks::Replace {
            mentor_accusative: "учителя математики Петрова Ивана Сергеевича".to_owned()
        },
        last_day: day(2026, 10, 30),
        reason: "расписания не совпадают".to_owned(),
        wish: "с опытом в моей параллели".to_owned(),
        number: "3-ЗН/2026".to_owned(),
        filed_on: day(2026, 10, 20),
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

fn mentor(index: usize) -> PairMentor {
    let position = if index % 4 == 2 { LONG_POSITION } else { "учитель математики" };
    PairMentor {
        name: NAMES[index % NAMES.len()].to_owned(),
        position: position.to_owned(),
        category: Some("высшая квалификационная категория".to_owned()),
    }
}

fn mentee(index: usize) -> PairMentee {
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

/// So many slips.
pub(crate) fn slips(count: usize) -> LoginSlips {
    LoginSlips {
        organization: SCHOOL.to_owned(),
        slips: (0..count)
            .map(|index| Slip {
                name: NAMES[index % NAMES.len()].to_owned(),
                login: format!("rustamova.g{index}"),
                link: format!(
                    "https://nastavnik.example.org/login/once/9Jx2kQ7hT4mVbC1wZs8LrY3pNf6Gd0Ae{index:04}"
                ),
                code: (index % 2 == 0).then(|| "4827-1935".to_owned()),
                valid_until: NaiveDateTime::new(day(2026, 10, 15), chrono::NaiveTime::MIN),
            })
            .collect(),
        instruction: [
            "Наведите камеру телефона на QR-код или наберите адрес в браузере.".to_owned(),
            "Придумайте пароль: не меньше 12 знаков.".to_owned(),
            "Уничтожьте листок: он действует один раз.".to_owned(),
        ],
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

/// Minutes of a sitting: a question agreed on, one declined by somebody's own pair, one put off.
pub(crate) fn minutes() -> CouncilMinutes {
    let name = |index: usize| NAMES[index].to_owned();
    let hearing = |question: &str, decided: &str, words: &str, votes: Option<Votes>| Hearing {
        question: question.to_owned(),
        heard: vec!["Просим рассмотреть до начала четверти".to_owned(), "Куратор представил пару".to_owned()],
        decided: decided.to_owned(),
        words: words.to_owned(),
        votes,
        aside: Vec::new(),
    };
    let votes = |votes_for, votes_against| Some(Votes { votes_for, votes_against, abstained: 1 });
    let pair = "О закреплении пары: Рустамова Г. А. – Константинопольская А. В.";
    let other = "О закреплении пары: Салтыков-Щедрин М. Е. – Цой В. А., Ёлкина О. Ю., Жуков П. И.";
    let declined = "Подобрать наставника того же предмета и вернуться с новой парой";
    CouncilMinutes {
        letterhead: letterhead("Заседание совета наставников", Some("3-ПС/2026")),
        chair_title: "Председатель совета".to_owned(),
        chair: name(0),
        secretary: name(5),
        present: vec![name(0), name(4), name(5), name(6)],
        absent: vec![name(7)],
        hearings: vec![
            hearing(pair, "Согласовать закрепление пары", "", votes(3, 0)),
            Hearing {
                aside: vec!["Салтыков-Щедрин М. Е.".to_owned()],
                ..hearing(other, "Не согласовать закрепление пары", declined, votes(0, 2))
            },
            hearing(
                "О персонализированной программе наставничества: Жуков П. И. – Цой В. А.",
                "Вопрос отложить",
                "",
                None,
            ),
        ],
        signatories: vec![
            Signatory {
                position: "Председатель совета".to_owned(), name: "Г. А. Рустамова".to_owned()
            },
            Signatory { position: "Секретарь".to_owned(), name: "О. Ю. Ёлкина".to_owned() },
        ],
    }
}

pub(crate) fn speed_cards(count: u32) -> SpeedCards {
    let line = |round: u32| CardLine {
        round,
        time: format!("{}:{:02}", 16 + (round - 1) / 5, (round - 1) % 5 * 12),
        table: (!round.is_multiple_of(6)).then_some(round),
        partner: (!round.is_multiple_of(6)).then(|| "Константинопольская-Преображенская А. В.".to_owned()),
    };
    SpeedCards {
        organization: "МБОУ «СОШ № 5»".to_owned(),
        title: "Быстрые встречи с наставниками".to_owned(),
        held_on: day(2026, 12, 4),
        time: "16:00–18:46".to_owned(),
        place: "библиотека".to_owned(),
        cards: (1..=count)
            .map(|number| SpeedCard {
                name: "Константинопольская-Преображенская Александра Владимировна".to_owned(),
                role: if number <= 5 { "Наставник" } else { "Наставляемый" }.to_owned(),
                table: (number <= 5).then_some(number),
                lines: (1..=14).map(line).collect(),
            })
            .collect(),
    }
}

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
            attitude: "Горжусь, хочу поделиться с коллегами".to_owned(),
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
        closeness: Some(8),
        words: "Помогли посещения и мастерская".to_owned(),
        programs: strings(&["2026/27 учебный год, 01.10.2026 – 31.05.2027: утверждена"]),
        record_url: URL.to_owned(),
    }
}
