//! Consents: collected on paper, recorded once, withdrawn at once; what the municipality sees follows them.

mod effects;

use axum::http::{StatusCode, header};
use nastavnik::consents;
use nastavnik::kernel::{db, ids};
use nastavnik::values;
use nastavnik_domain::consent::Kind;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::db_test;
use crate::support::{TestApp, World, a_consent, a_person};

/// Somebody of the school who has signed nothing.
pub(crate) async fn unasked(app: &TestApp, organization: Uuid, surname: &str) -> Uuid {
    let tx = app.app.db.begin().await.unwrap();
    let person = a_person(&tx, organization, "учитель", surname).await;
    db::exec(&tx, "DELETE FROM consent WHERE person_id = ?", values![person]).await.unwrap();
    tx.commit().await.unwrap();
    person
}

pub(crate) async fn give(app: &TestApp, organization: Uuid, person: Uuid, kind: Kind) -> Uuid {
    let tx = app.app.db.begin().await.unwrap();
    let id = a_consent(&tx, organization, person, kind).await;
    tx.commit().await.unwrap();
    id
}

async fn journal(app: &TestApp, kind: &str) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM journal WHERE kind = ?", values![kind]).await
}

async fn rows(app: &TestApp, person: Uuid) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM consent WHERE person_id = ?", values![person]).await
}

async fn holds(app: &TestApp, person: Uuid, kind: Kind) -> bool {
    consents::in_force(app.app.db.reader(), person, kind, app.today()).await.unwrap()
}

const ONE: [(&str, &str); 2] = [("kind", "transfer"), ("given_on", "01.11.2026")];

db_test!(another_school_does_not_exist_and_the_director_only_reads, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = unasked(&app, world.school, "Несогласова").await;
    let path = format!("/consents/people/{person}");
    let other = app.browser_of(world.other_curator).await;
    other.get("/consents").await.expect(StatusCode::OK).hides("Несогласова");
    other.get(&path).await.expect(StatusCode::NOT_FOUND);
    other.get(&format!("{path}/blanks/transfer.pdf")).await.expect(StatusCode::NOT_FOUND);
    other.post(&format!("{path}/receipts"), &ONE).await.expect(StatusCode::NOT_FOUND);
    let chosen = format!("{person}.{}", world.school);
    let bulk = [("chosen", chosen.as_str()), ONE[0], ONE[1]];
    other.post("/consents/receipts", &bulk).await.expect(StatusCode::NOT_FOUND);
    let director = world.browser(&app, Role::Director).await;
    director.get("/consents").await.expect(StatusCode::OK).hides("Отметить полученными");
    director.get(&path).await.expect(StatusCode::OK).hides("Записать «получено»");
    director.post(&format!("{path}/receipts"), &ONE).await.expect(StatusCode::FORBIDDEN);
    for role in [Role::Department, Role::Council, Role::Mentor, Role::Administrator] {
        world.browser(&app, role).await.get("/consents").await.expect(StatusCode::NOT_FOUND);
    }
    assert_eq!(rows(&app, person).await, 0);
});

db_test!(a_paper_is_recorded_by_the_rules_and_once, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = unasked(&app, world.school, "Несогласова").await;
    let curator = world.browser(&app, Role::Curator).await;
    let path = format!("/consents/people/{person}/receipts");
    let table: [(&[(&str, &str)], &str); 7] = [
        (&[("given_on", "01.11.2026")], "Выберите ответ"),
        (&[("kind", "everything"), ("given_on", "01.11.2026")], "нет в списке"),
        (&[("kind", "transfer")], "Заполните поле «Когда подписано»"),
        (&[("kind", "transfer"), ("given_on", "24.11.2026")], "будущим днём"),
        (&[("kind", "transfer"), ("given_on", "31.08.2025")], "нет текста согласия"),
        (
            &[("kind", "transfer"), ("given_on", "01.11.2026"), ("valid_until", "31.10.2026")],
            "раньше дня, когда его подписали",
        ),
        (
            &[("kind", "publication"), ("given_on", "01.11.2026"), ("valid_until", "01.11.2029")],
            "не дольше чем на 3 года",
        ),
    ];
    for (fields, words) in table {
        curator.post(&path, fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    }
    let fake = curator.upload(&path, &ONE, ("scan", "согласие.pdf", b"<html>")).await;
    fake.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("не PDF");
    assert_eq!(rows(&app, person).await, 0);
    let key = ids::form_key();
    let led = curator.post_keyed(&path, &ONE, key).await.led_to();
    assert_eq!(curator.post_keyed(&path, &ONE, key).await.led_to(), led);
    curator.get(&led).await.shows("с 01.11.2026 по 31.10.2031");
    assert!(holds(&app, person, Kind::Transfer).await);
    let again = curator.post(&path, &ONE).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    again.shows("уже записано и действует");
    let later = [ONE[0], ("given_on", "20.11.2026"), ("valid_until", "31.12.2026")];
    curator.post(&path, &later).await.expect(StatusCode::SEE_OTHER);
    curator.get(&format!("/consents/people/{person}")).await.shows("заменено новым");
    assert_eq!((rows(&app, person).await, journal(&app, "consent_recorded").await), (2, 2));
    app.advance(chrono::Duration::days(40));
    assert!(!holds(&app, person, Kind::Transfer).await, "the term is over");
    let curator = world.browser(&app, Role::Curator).await;
    curator.get(&format!("/consents/people/{person}")).await.shows("срок вышел");
});

db_test!(many_are_recorded_with_one_day_and_the_list_narrows, |app: TestApp| async move {
    let world = World::build(&app).await;
    let one = unasked(&app, world.school, "Ёжикова").await;
    let two = unasked(&app, world.school, "Жукова").await;
    let curator = world.browser(&app, Role::Curator).await;
    let without = "/consents?missing=basic";
    let page = curator.get(without).await.expect(StatusCode::OK);
    page.shows("Показаны 1–2 из 2");
    page.shows("Напечатать бланки для 2 человек");
    curator.get("/consents?missing=basic&q=%D0%B5%D0%B6%D0%B8%D0%BA").await.shows("Показаны 1–1 из 1");
    curator.get("/consents?who=participants&missing=basic").await.shows("Никого не нашлось");
    let path = "/consents/receipts";
    curator.post(path, &ONE).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("хотя бы одного человека");
    let value = |person: Uuid| format!("{person}.{}", world.school);
    let (first, second) = (value(one), value(two));
    let none = [("chosen", first.as_str()), ("given_on", "01.11.2026")];
    let page = curator.post(path, &none).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("какие согласия получены");
    assert!(page.text().contains(&format!("value=\"{first}\" checked")), "what was ticked stays");
    let fields = [
        ("chosen", first.as_str()),
        ("chosen", second.as_str()),
        ("kind", "processing"),
        ("kind", "transfer"),
        ("given_on", "01.11.2026"),
        ("back", without),
    ];
    let key = ids::form_key();
    let led = curator.post_keyed(path, &fields, key).await.led_to();
    assert_eq!(curator.post_keyed(path, &fields, key).await.led_to(), led);
    curator.get(&led).await.shows("Записано: 4 согласия");
    curator.get(without).await.shows("всё собрано");
    let later = curator.post(path, &fields).await.led_to();
    curator.get(&later).await.shows("Уже было записано и действует: 4 согласия");
    assert_eq!(journal(&app, "consent_recorded").await, 4);
    let book = curator.get("/consents.xlsx?missing=publication").await.expect(StatusCode::OK);
    assert!(book.bytes.starts_with(b"PK"));
});

db_test!(a_scan_is_seen_by_those_who_read_consents_there, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = unasked(&app, world.school, "Несогласова").await;
    let curator = world.browser(&app, Role::Curator).await;
    let path = format!("/consents/people/{person}");
    let scan = ("scan", "согласие.pdf", b"%PDF-1.7 signed".as_slice());
    curator.upload(&format!("{path}/receipts"), &ONE, scan).await.expect(StatusCode::SEE_OTHER);
    let page = curator.get(&path).await.text();
    let file = page.split("/consents/given/").nth(1).unwrap().split("/scan").next().unwrap();
    let file = format!("/consents/given/{file}/scan");
    app.browser_of(world.other_curator).await.get(&file).await.expect(StatusCode::NOT_FOUND);
    app.browser_of(person).await.get(&file).await.expect(StatusCode::NOT_FOUND);
    let director = world.browser(&app, Role::Director).await;
    let found = director.get(&file).await.expect(StatusCode::OK);
    assert_eq!(found.bytes, b"%PDF-1.7 signed");
    assert!(found.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
});

db_test!(blanks_are_printed_and_nothing_is_stored, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = unasked(&app, world.school, "Несогласова").await;
    let curator = world.browser(&app, Role::Curator).await;
    let path = format!("/consents/people/{person}/blanks");
    for kind in Kind::ALL {
        let pdf = curator.get(&format!("{path}/{}.pdf", kind.code())).await.expect(StatusCode::OK);
        assert!(pdf.bytes.starts_with(b"%PDF"), "{kind:?}");
        let word = curator.get(&format!("{path}/{}.docx", kind.code())).await.expect(StatusCode::OK);
        assert!(word.bytes.starts_with(b"PK"), "{kind:?}");
    }
    for nonsense in ["transfer.exe", "everything.pdf", "transfer"] {
        curator.get(&format!("{path}/{nonsense}")).await.expect(StatusCode::NOT_FOUND);
    }
    let many = curator.get("/consents/blanks.pdf?missing=basic").await.expect(StatusCode::OK);
    let name = many.headers[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
    assert!(name.contains(&nastavnik::kernel::web::encode("для 1\u{a0}человека")), "{name}");
    curator.get("/consents/blanks.pdf?q=nobody").await.expect(StatusCode::BAD_REQUEST);
    let foreign = format!("/consents/blanks.pdf?chosen={}.{}", world.other_teacher, world.other_school);
    curator.get(&foreign).await.expect(StatusCode::BAD_REQUEST);
    app.browser_of(person).await.get("/own/consents/blanks/transfer.pdf").await.expect(StatusCode::OK);
    let files = app.count("SELECT COUNT(*) AS n FROM file", vec![]).await;
    let documents = app.count("SELECT COUNT(*) AS n FROM document", vec![]).await;
    assert_eq!((files, documents, rows(&app, person).await), (0, 0, 0));
});

db_test!(a_withdrawal_by_application_keeps_to_the_rules, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = unasked(&app, world.school, "Согласова").await;
    let consent = give(&app, world.school, person, Kind::Transfer).await;
    let path = format!("/consents/given/{consent}/withdrawal");
    let day = [("applied_on", "20.11.2026")];
    app.browser_of(world.other_curator).await.post(&path, &day).await.expect(StatusCode::NOT_FOUND);
    world.browser(&app, Role::Director).await.post(&path, &day).await.expect(StatusCode::FORBIDDEN);
    let curator = world.browser(&app, Role::Curator).await;
    for (typed, words) in [
        ("", "Заполните поле"),
        ("24.11.2026", "будущим днём"),
        ("31.08.2026", "не может быть раньше самого согласия"),
    ] {
        let page = curator.post(&path, &[("applied_on", typed)]).await;
        page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    }
    assert!(holds(&app, person, Kind::Transfer).await);
    let key = ids::form_key();
    curator.post_keyed(&path, &day, key).await.expect(StatusCode::SEE_OTHER);
    curator.post_keyed(&path, &day, key).await.expect(StatusCode::SEE_OTHER);
    curator.post(&path, &day).await.expect(StatusCode::CONFLICT);
    assert!(!holds(&app, person, Kind::Transfer).await);
    curator.get(&format!("/consents/people/{person}")).await.shows("отозвано 23.11.2026");
    assert_eq!(journal(&app, "consent_withdrawn").await, 1);
    let receipts = format!("/consents/people/{person}/receipts");
    curator.post(&receipts, &ONE).await.expect(StatusCode::SEE_OTHER);
    assert!(holds(&app, person, Kind::Transfer).await, "given anew");
});

db_test!(everybody_reads_and_withdraws_the_own_and_nobody_elses, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = unasked(&app, world.school, "Согласова").await;
    let consent = give(&app, world.school, person, Kind::Transfer).await;
    let path = format!("/own/consents/{consent}/withdrawal");
    app.anonymous().get("/own/consents").await.expect(StatusCode::SEE_OTHER);
    for stranger in [world.people[&Role::Curator], world.other_teacher] {
        app.browser_of(stranger).await.post(&path, &[]).await.expect(StatusCode::NOT_FOUND);
    }
    let own = app.browser_of(person).await;
    let page = own.get("/own/consents").await.expect(StatusCode::OK);
    page.shows("Нажатие кнопки подписью не считается");
    page.shows("Б – передача в департамент, опорный и ресурсный центры");
    page.shows("с 01.09.2026 по 31.08.2031");
    page.shows("больше не увидят вашего имени");
    page.shows("Пароль и входы");
    own.post(&path, &[]).await.expect(StatusCode::SEE_OTHER);
    own.post(&path, &[]).await.expect(StatusCode::CONFLICT);
    assert!(!holds(&app, person, Kind::Transfer).await);
    own.get("/own/consents").await.shows("отозвано 23.11.2026");
    // Whoever has left still finds what they have signed, and no blank for where they do not work.
    app.exec("UPDATE employment SET ended_on = ? WHERE person_id = ?", values![app.today(), person]).await;
    own.get("/own/consents").await.shows("вы там больше не работаете");
    own.get("/own/consents/blanks/transfer.pdf").await.expect(StatusCode::NOT_FOUND);
});

db_test!(the_curator_is_told_whom_to_ask, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/").await.hides("Соберите согласия");
    let mentee = world.people[&Role::Mentee];
    app.exec("DELETE FROM consent WHERE person_id = ? AND kind = 'transfer'", values![mentee]).await;
    unasked(&app, world.school, "Посторонняя").await;
    curator.get("/").await.shows("Соберите согласия: 1 человек");
    let list = curator.get("/consents?who=participants&missing=basic").await;
    list.shows("Рольmentee");
    list.hides("Посторонняя");
    app.browser_of(world.other_curator).await.get("/").await.hides("Соберите согласия");
});
