//! Agreements of cooperation (F12): who reads and changes them, a pair that stands on one, its paper, its end.

use axum::http::StatusCode;
use nastavnik::values;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::pairs::stage::{Fields, Stage, error_at, id_in};
use crate::support::{Browser, TestApp};

/// What the curator of the stage's school types about the other school, without a number.
fn fields(stage: &Stage) -> Vec<(&'static str, String)> {
    vec![
        ("organization", stage.world.school.to_string()),
        ("partner", stage.world.other_school.to_string()),
        ("number", String::new()),
        ("dated_on", "2026-09-01".to_owned()),
        ("starts_on", "2026-09-01".to_owned()),
        ("ends_on", "2027-08-31".to_owned()),
        ("subject", "Наставничество молодых учителей".to_owned()),
        ("payer", "partner".to_owned()),
        ("consents", "processing".to_owned()),
    ]
}

fn with(stage: &Stage, changed: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let mut fields = fields(stage);
    for (name, value) in changed {
        fields.retain(|(known, _)| known != name);
        fields.push((name, (*value).to_owned()));
    }
    fields
}

async fn post(browser: &Browser, path: &str, fields: &[(&'static str, String)]) -> crate::support::Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &fields).await
}

async fn recorded(stage: &Stage) -> String {
    id_in(&post(&stage.curator, "/agreements", &fields(stage)).await.led_to())
}

/// A pair with a mentor of the other school, on line.
async fn across(stage: &Stage) -> Fields {
    stage.list_mentor(stage.world.other_teacher, stage.world.other_school, 2).await;
    let fields = stage.fields().without("mentor").set("outside_mentor", "Другаяучитель Анна Ивановна");
    fields
        .set("kinds", "virtual")
        .set("online_place", "Сферум")
        .set("pay", "monthly")
        .set("pay_amount", "3000")
}

db_test!(what_is_typed_wrong_is_told_and_stays, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let own = stage.world.school.to_string();
    let unlisted =
        with(&stage, &[("partner", ""), ("partner_name", "АНО «Кружок»"), ("partner_inn", "7707083890")]);
    let table = [
        (with(&stage, &[("partner", "")]), "partner", "Выберите вторую сторону"),
        (with(&stage, &[("partner", &own)]), "partner", "нет в списке"),
        (with(&stage, &[("partner_name", "АНО «Кружок»")]), "partner_name", "названа ещё раз"),
        (unlisted, "partner_inn", "контрольные цифры"),
        (with(&stage, &[("ends_on", "2026-08-31")]), "ends_on", "раньше первого"),
        (with(&stage, &[("payer", "")]), "payer", "Выберите ответ"),
        (with(&stage, &[("dated_on", "вчера")]), "dated_on", "нет такой даты"),
    ];
    for (fields, field, told) in table {
        let page =
            post(&stage.curator, "/agreements", &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        let found = error_at(&page, field).unwrap_or_else(|| panic!("{field}: {}", page.text()));
        assert!(found.contains(told), "{field}: {found}");
        page.shows("Наставничество молодых учителей");
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM partnership", vec![]).await, 0);
    let partner =
        with(&stage, &[("partner", ""), ("partner_name", "АНО «Кружок»"), ("partner_inn", "7707083893")]);
    let outside = post(&stage.curator, "/agreements", &partner).await.led_to();
    stage.curator.get(&outside).await.expect(StatusCode::OK).shows("7707083893");
});

db_test!(both_parties_read_it_and_one_changes_it, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let id = recorded(&stage).await;
    let path = format!("/agreements/{id}");
    let other = app.browser_of(stage.world.other_curator).await;
    for reader in [&stage.curator, &stage.director, &other] {
        let page = reader.get(&path).await.expect(StatusCode::OK);
        page.shows("МБОУ «СОШ №2»");
        page.shows("1-СО/2026");
        page.shows("Другойдиректор");
    }
    stage.world.browser(&app, Role::Department).await.get(&path).await.expect(StatusCode::OK);
    app.browser_of(stage.world.far_director).await.get(&path).await.expect(StatusCode::NOT_FOUND);
    other.get("/agreements?q=2").await.expect(StatusCode::OK).shows("1-СО/2026");
    other.get("/agreements?state=planned").await.hides("1-СО/2026");
    other.get("/agreements.xlsx").await.expect(StatusCode::OK);
    for forbidden in ["edit", "termination", "scan"] {
        other.post(&format!("{path}/{forbidden}"), &[]).await.expect(StatusCode::FORBIDDEN);
    }
    other.get(&format!("{path}/edit")).await.expect(StatusCode::FORBIDDEN);
    // A stale form is told so and changes nothing.
    let longer = with(&stage, &[("ends_on", "2027-12-31"), ("version", "1")]);
    post(&stage.curator, &format!("{path}/edit"), &longer).await.led_to();
    let stale = post(&stage.director, &format!("{path}/edit"), &longer).await;
    stale.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("изменил кто-то другой");
    let scan = ("scan", "договор.pdf", b"%PDF-1.7 signed".as_slice());
    stage.curator.upload(&format!("{path}/scan"), &[], scan).await.led_to();
    other.get(&format!("{path}/scan")).await.expect(StatusCode::OK);
    for paper in ["pdf", "docx"] {
        let page = other.get(&format!("{path}/{paper}")).await.expect(StatusCode::OK);
        assert!(page.bytes.len() > 5_000, "{paper}");
    }
});

db_test!(a_pair_of_two_schools_stands_on_an_agreement, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let fields = across(&stage).await;
    // On line it may be formed first; its papers wait for the agreement.
    let pair = stage.pair_of(&fields).await;
    let card = stage.curator.get(&format!("/pairs/{pair}")).await;
    card.shows("Выберите договор о сотрудничестве");
    let mentor = stage.world.other_teacher.to_string();
    let consent = [("kind", "mentor_consent"), ("person", mentor.as_str()), ("dated_on", "2026-11-23")];
    let refused = stage.curator.post(&format!("/pairs/{pair}/papers"), &consent).await;
    refused.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("выберите договор о сотрудничестве");
    let agreement = recorded(&stage).await;
    let chosen = fields.set("agreement", agreement.clone()).set("version", "1");
    stage.curator.post(&format!("/pairs/{pair}/edit"), &chosen.pairs()).await.led_to();
    for (kind, person) in [
        ("mentor_consent", stage.world.other_teacher),
        ("mentee_agreement", stage.mentee),
        ("supplementary_agreement", stage.world.other_teacher),
    ] {
        let paper = stage.issue(&pair, kind, person).await;
        stage.sign(&paper, "2026-11-23").await.led_to();
    }
    let order = id_in(&stage.prepare(&[&pair]).await.led_to());
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    let card = stage.curator.get(&format!("/pairs/{pair}")).await;
    card.shows("№ 1-СО/2026 от 01.09.2026");
    card.shows("Кто платит наставнику");
    assert!(card.text().contains(&format!("/agreements/{agreement}")));
    let path = format!("/agreements/{agreement}");
    stage.curator.get(&path).await.shows("Новикова");
    // The other party knows that there is a pair and no more.
    let other = app.browser_of(stage.world.other_curator).await.get(&path).await;
    other.shows("Ещё 1 пара у другой стороны");
    other.hides("Новикова");
    // The agreement is not pulled away from under the pair by a change, only by an end with a reason.
    let shorter = with(&stage, &[("ends_on", "2027-03-31"), ("number", "1-СО/2026"), ("version", "1")]);
    let refused = post(&stage.curator, &format!("{path}/edit"), &shorter).await;
    assert!(error_at(&refused, "ends_on").unwrap().contains("не может быть короче"));
});

db_test!(an_ended_agreement_leaves_days_without_papers, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let agreement = recorded(&stage).await;
    let fields = across(&stage).await.set("agreement", agreement.clone());
    let pair = stage.pair_of(&fields).await;
    let path = format!("/agreements/{agreement}/termination");
    let outside = [("last_day", "2028-01-01"), ("reason", "закрыт класс")];
    let refused = stage.curator.post(&path, &outside).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&refused, "last_day").unwrap().contains("должен входить"));
    stage.curator.post(&path, &[("last_day", "2026-12-10")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let ending = [("last_day", "2026-12-10"), ("reason", "закрыт класс")];
    stage.curator.post(&path, &ending).await.led_to();
    let again = stage.curator.post(&path, &ending).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    again.shows("уже прекращён");
    stage.curator.get(&format!("/agreements/{agreement}/edit")).await.expect(StatusCode::CONFLICT);
    stage.curator.get(&format!("/pairs/{pair}")).await.shows("действует не весь срок наставничества");
    // It ends within thirty days: both curators are told at home.
    for curator in [stage.world.people[&Role::Curator], stage.world.other_curator] {
        app.browser_of(curator).await.get("/").await.shows("1 договор о сотрудничестве");
    }
    let ended = "SELECT COUNT(*) AS n FROM journal WHERE kind = 'partnership_ended'";
    assert_eq!(app.count(ended, vec![]).await, 1);
});

// Pairs formed before agreements were records keep their words and are not judged anew.
db_test!(words_typed_before_stay_readable, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair_of(&across(&stage).await).await;
    let id: uuid::Uuid = pair.parse().unwrap();
    let words = "{\"number\":\"7\",\"dated\":\"2026-09-01\"}";
    app.exec("UPDATE mentorship SET partner_agreement = ? WHERE id = ?", values![words, id]).await;
    let card = stage.curator.get(&format!("/pairs/{pair}")).await;
    card.shows("№ 7 от 01.09.2026");
    card.shows("Записан словами");
    let paper = stage.issue(&pair, "mentor_consent", stage.world.other_teacher).await;
    stage.sign(&paper, "2026-11-23").await.led_to();
});
