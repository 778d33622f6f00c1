//! Papers: the legal gate, numbers, the copy that never changes, signatures, endings, case endings.

mod declension;
mod endings;
mod orders;

use axum::http::{StatusCode, header};
use nastavnik::values;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::pairs::stage::{Stage, error_at};
use crate::support::TestApp;

db_test!(papers_are_for_the_school_and_their_own_people, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let consent = stage.issue(&pair, "mentor_consent", stage.mentor).await;
    let agreement = stage.issue(&pair, "mentee_agreement", stage.mentee).await;
    for part in ["", "/pdf", "/docx"] {
        let path = format!("/papers/{consent}{part}");
        for reader in [&stage.curator, &stage.director, &app.browser_of(stage.mentor).await] {
            reader.get(&path).await.expect(StatusCode::OK);
        }
        for role in [
            Role::Psychologist,
            Role::Union,
            Role::Council,
            Role::Department,
            Role::Administrator,
            Role::Region,
        ] {
            stage.world.browser(&app, role).await.get(&path).await.expect(StatusCode::NOT_FOUND);
        }
        for stranger in
            [stage.mentee, stage.world.other_director, stage.world.other_curator, stage.world.far_director]
        {
            app.browser_of(stranger).await.get(&path).await.expect(StatusCode::NOT_FOUND);
        }
    }
    let mentee = app.browser_of(stage.mentee).await;
    mentee.get(&format!("/papers/{agreement}")).await.expect(StatusCode::OK);
    let list = mentee.get("/papers").await.expect(StatusCode::OK);
    list.shows("1-СУ/2026");
    list.hides("1-СН/2026");
    stage
        .world
        .browser(&app, Role::Psychologist)
        .await
        .get(&format!("/pairs/{pair}"))
        .await
        .shows("Согласие наставника");
});

db_test!(a_file_is_given_as_an_attachment_and_never_changes, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let paper = stage.issue(&pair, "supplementary_agreement", stage.mentor).await;
    let pdf = stage.curator.get(&format!("/papers/{paper}/pdf")).await.expect(StatusCode::OK);
    let docx = stage.curator.get(&format!("/papers/{paper}/docx")).await.expect(StatusCode::OK);
    assert!(pdf.bytes.starts_with(b"%PDF-") && docx.bytes.starts_with(b"PK"));
    assert!(pdf.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    app.exec(
        "UPDATE person SET surname = 'Замужнева', gender = 'female' WHERE id = ?",
        values![stage.mentor],
    )
    .await;
    let again = stage.curator.get(&format!("/papers/{paper}/pdf")).await;
    let docx_again = stage.curator.get(&format!("/papers/{paper}/docx")).await;
    assert!(pdf.bytes == again.bytes && docx.bytes == docx_again.bytes, "the issued copy has changed");
    stage.curator.get(&format!("/pairs/{pair}")).await.shows("Замужнева");
});

db_test!(nothing_is_printed_without_a_head_and_no_number_is_lost, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    app.exec("UPDATE role_grant SET ended_on = started_on WHERE role = 'director'", vec![]).await;
    let person = stage.mentor.to_string();
    let fields = [("kind", "mentor_consent"), ("person", person.as_str()), ("dated_on", "2026-11-23")];
    let page = stage.curator.post(&format!("/pairs/{pair}/papers"), &fields).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("В организации не назначен руководитель");
    stage.curator.get(&format!("/pairs/{pair}")).await.shows("Назначьте руководителя");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM document_register", vec![]).await, 0);
    app.exec("UPDATE role_grant SET ended_on = NULL WHERE role = 'director'", vec![]).await;
    stage.issue(&pair, "mentor_consent", stage.mentor).await;
    let first = "SELECT COUNT(*) AS n FROM document WHERE label = '1-СН/2026' AND number = 1";
    assert_eq!(app.count(first, vec![]).await, 1);
});

// Eight at once: eight different numbers without a gap.
db_test!(numbers_never_repeat, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    app.exec("UPDATE mentor_candidate SET capacity = 5", vec![]).await;
    let mut issues = tokio::task::JoinSet::new();
    for number in 0..8 {
        let mentor = stage.worker("учитель", &format!("Наставникова{number}")).await;
        stage.list_mentor(mentor, stage.world.school, 2).await;
        let pair = stage.pair_of(&stage.fields().set("mentor", mentor.to_string())).await;
        let curator = stage.curator.clone();
        issues.spawn(async move {
            let person = mentor.to_string();
            let fields =
                [("kind", "mentor_consent"), ("person", person.as_str()), ("dated_on", "2026-11-23")];
            curator.post(&format!("/pairs/{pair}/papers"), &fields).await.led_to()
        });
    }
    assert_eq!(issues.join_all().await.len(), 8);
    let sql = "SELECT COUNT(DISTINCT number) AS n FROM document WHERE kind = 'mentor_consent' AND number BETWEEN 1 AND 8";
    assert_eq!(app.count(sql, vec![]).await, 8);
});

db_test!(one_paper_of_a_kind_stands_until_it_is_canceled, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let paper = stage.issue(&pair, "mentor_consent", stage.mentor).await;
    let person = stage.mentor.to_string();
    let path = format!("/pairs/{pair}/papers");
    let fields = [("kind", "mentor_consent"), ("person", person.as_str()), ("dated_on", "2026-11-23")];
    stage.curator.post(&path, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("уже выпущен");
    for (name, value) in
        [("kind", "appointment_order"), ("kind", "x"), ("dated_on", "2030-01-01"), ("dated_on", "")]
    {
        let wrong: Vec<_> =
            fields.iter().map(|(known, old)| (*known, if *known == name { value } else { *old })).collect();
        stage.curator.post(&path, &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let stranger = stage.second.to_string();
    let foreign = [("kind", "mentee_agreement"), ("person", stranger.as_str()), ("dated_on", "2026-11-23")];
    stage.curator.post(&path, &foreign).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("нет в паре");
    stage
        .curator
        .post(&format!("/papers/{paper}/cancellation"), &[])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    stage.curator.post(&format!("/papers/{paper}/cancellation"), &[("reason", "опечатка")]).await.led_to();
    let twice = stage.curator.post(&format!("/papers/{paper}/cancellation"), &[("reason", "опечатка")]).await;
    twice.expect(StatusCode::CONFLICT);
    let second = stage.issue(&pair, "mentor_consent", stage.mentor).await;
    assert_ne!(paper, second);
    stage.curator.get(&format!("/papers/{paper}")).await.shows("опечатка");
    let card = stage.curator.get(&format!("/pairs/{pair}")).await;
    card.shows("№ 1-СН/2026 отменено");
    card.shows("№ 2-СН/2026 на подписи");
});

db_test!(a_signature_keeps_to_the_gate, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let consent = stage.issue(&pair, "mentor_consent", stage.mentor).await;
    let agreement = stage.issue(&pair, "supplementary_agreement", stage.mentor).await;
    let tomorrow = stage.sign(&consent, "2026-11-24").await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&tomorrow, "signed_on").unwrap().contains("ещё не наступил"));
    let early = stage.sign(&agreement, "2026-11-20").await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&early, "signed_on").unwrap().contains("раньше даты самого документа"));
    app.browser_of(stage.mentor)
        .await
        .post(&format!("/papers/{consent}/signature"), &[("signed_on", "2026-11-23")])
        .await
        .expect(StatusCode::FORBIDDEN);
    let stage = stage.later(chrono::Duration::days(3)).await;
    assert!(stage.sign(&consent, "2026-11-25").await.led_to().starts_with("/papers/"));
    let before = stage.sign(&agreement, "2026-11-24").await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&before, "signed_on").unwrap().contains("раньше согласия наставника"));
    assert!(stage.sign(&agreement, "2026-11-25").await.led_to().starts_with("/papers/"));
});

db_test!(a_scan_is_kept_by_its_content, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let paper = stage.issue(&pair, "mentor_consent", stage.mentor).await;
    let path = format!("/papers/{paper}/signature");
    let signed = [("signed_on", "2026-11-23")];
    let html = ("scan", "скан.pdf", b"<html><script>alert(1)</script>".as_slice());
    stage
        .curator
        .upload(&path, &signed, html)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("Это не PDF");
    let big = [b"%PDF-1.7 ".to_vec(), vec![b' '; 10 * 1024 * 1024]].concat();
    let big = ("scan", "скан.pdf", big.as_slice());
    stage
        .curator
        .upload(&path, &signed, big)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("больше 10 МБ");
    stage.curator.get(&format!("/papers/{paper}/scan")).await.expect(StatusCode::NOT_FOUND);
    let scan = b"\x89PNG\r\n\x1a\n rest".as_slice();
    stage.curator.upload(&path, &signed, ("scan", "../../лист.png", scan)).await.led_to();
    let given = stage.curator.get(&format!("/papers/{paper}/scan")).await.expect(StatusCode::OK);
    assert_eq!(
        (given.bytes.as_slice(), given.headers[header::CONTENT_TYPE].to_str().unwrap()),
        (scan, "image/png")
    );
    stage.curator.get(&format!("/pairs/{pair}")).await.shows("подписано 23.11.2026");
});

db_test!(the_register_finds_by_name_number_kind_and_state, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    stage.papers(&pair, &[stage.mentee]).await;
    stage.prepare(&[&pair]).await.led_to();
    for (query, shown) in [
        ("q=новикова", true),
        ("q=1-нн", true),
        ("q=никто", false),
        ("kind=appointment_order", true),
        ("kind=ending_order", false),
        ("standing=waits", true),
        ("year=2026", true),
        ("year=2025", false),
        ("sort=-number", true),
    ] {
        let page = stage.director.get(&format!("/papers?{query}")).await.expect(StatusCode::OK);
        if shown { page.shows("1-НН/2026") } else { page.hides("1-НН/2026") }
    }
    assert!(stage.director.get("/papers.xlsx").await.expect(StatusCode::OK).bytes.starts_with(b"PK"));
    app.browser_of(stage.world.other_director).await.get("/papers").await.shows("Здесь появятся документы");
});
