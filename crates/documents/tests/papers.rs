//! Each paper as it leaves the crate: the words in the DOCX, the marks of the archival standards in the PDF.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod at_work;
mod samples;

use std::io::{Cursor, Read as _};

use chrono::{DateTime, Utc};
use nastavnik_documents::PaperError;
use nastavnik_documents::papers::{
    AmendingOrder, Asks, CooperationAgreement, CouncilMinutes, Party, Pay, PayingParty, Petition,
    SupplementaryAgreement, data_consents_pdf,
};
use zip::ZipArchive;

fn moment() -> DateTime<Utc> {
    "2026-09-28T06:00:00Z".parse().unwrap()
}

/// All parts of a DOCX that are XML, each checked to be well-formed.
fn parts(docx: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        if file.name().unwrap().ends_with(".png") {
            continue;
        }
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        roxmltree::Document::parse(&text).unwrap();
        parts.push((name, text));
    }
    parts
}

fn part(docx: &[u8], name: &str) -> String {
    parts(docx).into_iter().find(|(found, _)| found == name).map(|(_, text)| text).unwrap()
}

/// The words of the document, paragraph by paragraph, with plain spaces.
fn words(docx: &[u8]) -> String {
    let body = part(docx, "word/document.xml");
    let tree = roxmltree::Document::parse(&body).unwrap();
    let paragraph = |node: roxmltree::Node<'_, '_>| -> String {
        node.descendants().filter(roxmltree::Node::is_text).filter_map(|inner| inner.text()).collect()
    };
    let all: Vec<String> =
        tree.descendants().filter(|node| node.tag_name().name() == "p").map(paragraph).collect();
    all.join("\n").replace('\u{a0}', " ")
}

fn assert_contains(docx: &[u8], expected: &[&str]) {
    let text = words(docx);
    for fragment in expected {
        assert!(text.contains(fragment), "no «{fragment}» in\n{text}");
    }
}

fn contains(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

fn assert_archival(pdf: &[u8]) {
    assert!(pdf.starts_with(b"%PDF"));
    for mark in [
        "/StructTreeRoot",
        "/MarkInfo",
        "/Lang",
        "ru-RU",
        "pdfaid:part",
        "pdfaid:conformance",
        "pdfuaid:part",
        "2026-09-28",
    ] {
        assert!(contains(pdf, mark), "no {mark}");
    }
}

#[test]
fn a_mentors_consent_names_pay_and_the_right_to_stop() {
    let paper = samples::mentor_consent();
    assert_contains(
        &paper.docx().unwrap(),
        &[
            "Скоковой А. А.",
            "Петрова Ивана Сергеевича",
            "даю согласие на выполнение по поручению работодателя работы по наставничеству в отношении учителя физики Сидоровой Анны Павловны.",
            "с 1 октября 2026 г. по 31 мая 2027 г. включительно.",
            "5 000 рублей 00 копеек (пять тысяч рублей 00 копеек) в месяц с начислением районного коэффициента",
            "не позднее чем за три рабочих дня",
            "И. С. Петров",
        ],
    );
    assert_archival(&paper.pdf(moment()).unwrap());
}

#[test]
fn a_petition_asks_and_judges_nobody() {
    let paper = samples::petition();
    assert_contains(
        &paper.docx().unwrap(),
        &[
            "ХОДАТАЙСТВО",
            "о замене наставника",
            "Прошу заменить закреплённого за мной наставника – учителя математики Петрова Ивана Сергеевича.",
            "Последним днём наставничества прошу считать 30 октября 2026 г.",
            "Причина: расписания не совпадают.",
            "Регистрационный № 3-ЗН/2026 от 20.10.2026",
            "А. П. Сидорова",
        ],
    );
    assert_archival(&paper.pdf(moment()).unwrap());
    // A reason is nobody's duty.
    let silent = Petition { reason: String::new(), wish: " ".to_owned(), ..paper };
    let text = words(&silent.docx().unwrap());
    assert!(!text.contains("Причина") && !text.contains("Пожелание"));
    let mentees = Asks::LayDown {
        mentees_genitive: vec!["учителя физики Сидоровой Анны Павловны".to_owned()],
    };
    let refusal = Petition { asks: mentees, ..samples::petition() };
    let asked = "отказываюсь от выполнения работы по наставничеству в отношении учителя физики Сидоровой Анны Павловны.";
    assert_contains(&refusal.docx().unwrap(), &["статьёй 351.8", asked]);
    let nobody = Petition { asks: Asks::LayDown { mentees_genitive: Vec::new() }, ..samples::petition() };
    assert!(nobody.docx().is_err());
}

#[test]
fn a_consent_to_processing_names_all_that_the_law_wants() {
    let paper = samples::data_consent();
    assert_contains(
        &paper.docx().unwrap(),
        &[
            "от учителя русского языка и литературы",
            "Константинопольской Александры Вячеславовны",
            "Я, Константинопольская Александра Вячеславовна, зарегистрированная по адресу:",
            "на основании статьи 9 Федерального закона от 27.07.2006 № 152-ФЗ",
            "даю согласие оператору – Муниципальное бюджетное общеобразовательное учреждение",
            "Цель: сопровождение наставничества в муниципалитете",
            "Перечень персональных данных: фамилия, имя, отчество; место работы, должность, предмет, педагогический стаж.",
            "Получатели: орган управления образованием муниципалитета.",
            "Срок: со дня подписания",
            "Отзыв: письменным заявлением руководителю организации.",
            "А. В. Константинопольская",
            "на следующих условиях (текст согласия Б-1 от 01.09.2025):",
        ],
    );
    assert_archival(&paper.pdf(moment()).unwrap());
}

#[test]
fn many_blanks_are_one_file_and_none_are_none() {
    let one = samples::data_consent();
    let many = data_consents_pdf(&[one.clone(), one.clone(), one.clone()], moment()).unwrap();
    assert_archival(&many);
    assert!(many.len() > one.pdf(moment()).unwrap().len());
    assert!(matches!(data_consents_pdf(&[], moment()), Err(PaperError::Empty(_))));
    let bare = nastavnik_documents::papers::DataConsent { data: Vec::new(), ..one };
    assert!(matches!(bare.docx(), Err(PaperError::Empty(_))));
}

#[test]
fn an_unpaid_consent_says_why_and_a_group_is_a_list() {
    let docx = samples::mentor_consent_group().docx().unwrap();
    assert_contains(
        &docx,
        &[
            "в отношении следующих работников:",
            "– педагога-психолога Цой Веры Андреевны;",
            "выполняется без выплаты: размер выплаты не установлен",
            "25 сентября 2026 г.",
        ],
    );
}

#[test]
fn a_mentees_agreement_promises_a_free_exit() {
    let paper = samples::mentee_agreement();
    assert_contains(
        &paper.docx().unwrap(),
        &[
            "закрепление за мной наставника – учителя математики Петрова Ивана Сергеевича.",
            "просьбой о замене наставника",
        ],
    );
    assert_archival(&paper.pdf(moment()).unwrap());
}

#[test]
fn an_agreement_leaves_blanks_for_an_unknown_contract() {
    let paper = samples::agreement();
    let docx = paper.docx().unwrap();
    assert_contains(
        &docx,
        &[
            "№ __________ (далее – трудовой договор)",
            "№ 12",
            "в двух экземплярах",
            "Экземпляр соглашения получен:",
        ],
    );
    assert_archival(&paper.pdf(moment()).unwrap());

    let shared = SupplementaryAgreement {
        partnership: Some("Работа выполняется по договору о сотрудничестве от 01.09.2026 № 5.".to_owned()),
        ..paper
    };
    assert_contains(&shared.docx().unwrap(), &["Работа выполняется по договору о сотрудничестве"]);

    let docx = samples::agreement_unpaid().docx().unwrap();
    assert_contains(
        &docx,
        &["ПРОЕКТ", "от 26 августа 2019 г. № 45-2019", "Работнику не устанавливается: размер выплаты"],
    );
}

#[test]
fn a_percent_is_printed_as_it_is_said() {
    let mut paper = samples::agreement();
    paper.pay = Pay::Percent {
        text: "15 процентов должностного оклада ежемесячно".to_owned()
    };
    assert_contains(
        &paper.docx().unwrap(),
        &["выплата в размере 15 процентов должностного оклада ежемесячно."],
    );
}

#[test]
fn an_order_repeats_the_heading_of_its_table() {
    for pairs in [1, 3, 25, 60] {
        let paper = samples::order(pairs, Some("15-О"));
        let docx = paper.docx().unwrap();
        assert_contains(
            &docx,
            &[
                "ПРИКАЗЫВАЮ:",
                "№ 15-О",
                "О назначении наставников",
                "А. А. Скокова",
                "С приказом ознакомлены:",
            ],
        );
        let body = part(&docx, "word/document.xml");
        assert_eq!(body.matches("<w:tblHeader/>").count(), 2);
        assert_eq!(words(&docx).matches("с 01.10.2026").count(), pairs);
        assert_eq!(words(&docx).contains("Приложение"), pairs > 3);
        assert_archival(&paper.pdf(moment()).unwrap());
    }
}

#[test]
fn a_draft_has_no_number_and_an_empty_order_is_refused() {
    assert_contains(&samples::order(1, None).docx().unwrap(), &["ПРОЕКТ"]);
    assert!(matches!(samples::order(0, None).docx(), Err(PaperError::Empty(_))));
    assert!(matches!(samples::order(0, None).pdf(moment()), Err(PaperError::Empty(_))));
}

#[test]
fn an_ending_names_the_last_day_and_the_reason() {
    let paper = samples::ending();
    assert_contains(
        &paper.docx().unwrap(),
        &[
            "Прекратить наставничество",
            "последний день 12.02.2027",
            "увольнение наставляемого",
            "от 28.09.2026 № 15-О",
        ],
    );
    assert_archival(&paper.pdf(moment()).unwrap());
}

#[test]
fn an_amending_order_tells_who_joins_and_who_leaves() {
    let paper = samples::amending();
    assert_contains(
        &paper.docx().unwrap(),
        &[
            "Внести в приказ от 01.09.2026 № 3-НН/2026 изменения",
            "вступает в группу",
            "выходит из группы: цель достигнута",
            "последний день 30.09.2026",
            "в группе состоят:",
            "письменным согласием наставника от 25.09.2026",
        ],
    );
    assert_archival(&paper.pdf(moment()).unwrap());
    let empty = AmendingOrder { changes: vec![], ..paper };
    assert!(matches!(empty.docx(), Err(PaperError::Empty(_))));
}

#[test]
fn an_agreement_of_two_organizations_says_who_pays() {
    let paper = samples::cooperation();
    assert_contains(
        &paper.docx().unwrap(),
        &[
            "ДОГОВОР О СОТРУДНИЧЕСТВЕ",
            "директора Скоковой Анны Андреевны, действующей на основании Устава",
            "обеспечивает Сторона 2 (АНО «Центр детского творчества»)",
            "только с их письменного согласия",
            "ИНН 7707083893",
            "с 1 октября 2026 г.",
        ],
    );
    assert_archival(&paper.pdf(moment()).unwrap());
    let silent = CooperationAgreement { payer: PayingParty::First, consents: vec![], ..paper.clone() };
    assert_contains(&silent.docx().unwrap(), &["обеспечивает Сторона 1", "Стороны не передают друг другу"]);
    let nobody = CooperationAgreement { second: Party { head: None, ..paper.second.clone() }, ..paper };
    assert_contains(&nobody.docx().unwrap(), &["в лице ____________________"]);
    let aimless = CooperationAgreement { subject: vec![], ..nobody };
    assert!(matches!(aimless.pdf(moment()), Err(PaperError::Empty(_))));
}

#[test]
fn minutes_tell_who_was_there_what_was_decided_and_how() {
    let paper = samples::minutes();
    assert_contains(
        &paper.docx().unwrap(),
        &[
            "ПРОТОКОЛ",
            "№ 3-ПС/2026",
            "Председатель совета – Рустамова Гульнара Абдурахмановна.",
            "Отсутствовали: Абдуллаев Тимур Рашид оглы.",
            "РЕШИЛИ: Не согласовать закрепление пары.",
            "Голосовали: «за» – 3, «против» – 0, воздержались – 1.",
            "Не голосовали, так как участвуют в паре: Салтыков-Щедрин М. Е.",
            "РЕШИЛИ: Вопрос отложить.",
        ],
    );
    assert_archival(&paper.pdf(moment()).unwrap());
    let empty = CouncilMinutes { hearings: Vec::new(), ..samples::minutes() };
    assert!(matches!(empty.docx(), Err(PaperError::Empty(_))));
}

#[test]
fn cards_are_four_to_a_sheet() {
    for (count, sheets) in [(1, 1), (4, 1), (5, 2), (12, 3)] {
        let pdf = samples::speed_cards(count).pdf(moment()).unwrap();
        assert!(contains(&pdf, &format!("/Count {sheets}")), "{count} cards");
    }
    assert!(matches!(samples::speed_cards(0).pdf(moment()), Err(PaperError::Empty(_))));
    assert!(matches!(samples::speed_cards(0).docx(), Err(PaperError::Empty(_))));
}

#[test]
fn cards_to_edit_are_one_to_a_sheet() {
    let docx = samples::speed_cards(6).docx().unwrap();
    let told =
        ["Карточка 1 из 6", "Карточка 6 из 6", "Наставник, стол 5.", "Наставляемый.", "перерыв", "16:12"];
    assert_contains(&docx, &told);
    let document = part(&docx, "word/document.xml");
    assert_eq!(document.matches("<w:pageBreakBefore/>").count(), 5, "each but the first begins a sheet");
    assert_eq!(document.matches("<w:tblHeader/>").count(), 6, "a table for each");
}

#[test]
fn slips_are_eight_to_a_sheet() {
    for (count, sheets) in [(1, 1), (8, 1), (9, 2), (17, 3)] {
        let pdf = samples::slips(count).pdf(moment()).unwrap();
        assert_archival(&pdf);
        assert!(contains(&pdf, &format!("/Count {sheets}")), "{count} slips");
    }
    assert!(matches!(samples::slips(0).pdf(moment()), Err(PaperError::Empty(_))));
}

#[test]
fn the_code_of_the_record_has_words_for_those_who_do_not_see_it() {
    let docx = samples::order(1, None).docx().unwrap();
    assert!(part(&docx, "word/footer1.xml").contains("descr=\"QR-код: запись о документе"));
    assert!(
        part(&docx, "word/_rels/footer1.xml.rels").contains(&samples::order(1, None).letterhead.record_url)
    );
    let mut paper = samples::order(1, None);
    paper.letterhead.record_url = String::new();
    assert!(matches!(paper.pdf(moment()), Err(PaperError::RecordUrl(_))));
}

#[test]
fn hostile_text_neither_breaks_the_file_nor_stops_it() {
    let mut paper = samples::order(1, Some("<5> & \"6\""));
    paper.pairs[0].mentor.name = "Иванов\u{0}\u{202e} <w:p/> 🙂 #read(\"/etc/passwd\") \u{f8ff}й".to_owned();
    assert_contains(&paper.docx().unwrap(), &["Иванов <w:p/> 🙂 #read(\"/etc/passwd\") й", "№ <5> & \"6\""]);
    assert_archival(&paper.pdf(moment()).unwrap());
}

#[test]
fn equal_papers_are_equal_files() {
    let paper = samples::order(3, Some("1"));
    assert_eq!(paper.docx().unwrap(), paper.docx().unwrap());
    assert_eq!(paper.pdf(moment()).unwrap(), paper.pdf(moment()).unwrap());
}
