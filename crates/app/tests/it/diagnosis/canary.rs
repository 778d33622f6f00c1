//! The canary: answers that can be recognised, looked for on every page and in every workbook by everybody outside the
//! pair.

use std::io::{Cursor, Read};

use axum::http::{Method, StatusCode};
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::Stage;
use crate::access::address;
use crate::db_test;
use crate::support::{Page, Relation, TestApp};

/// What must not be seen: the note, the items, the words of the levels, the mean of a domain, codes.
const TRACES: &[&str] = &[
    "канареечная тревога",
    "Веду трудный разговор с родителем",
    "не умею, не знаю",
    "могу научить",
    "0,71",
    "Поддержка нужна",
    "d4.5",
];

/// The text of a page; of a workbook, everything inside it.
fn insides(page: &Page) -> String {
    if !page.bytes.starts_with(b"PK") {
        return page.text();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(page.bytes.clone())).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut content = Vec::new();
        archive.by_index(index).unwrap().read_to_end(&mut content).unwrap();
        text.push_str(&String::from_utf8_lossy(&content));
    }
    text
}

fn traces(page: &Page) -> Vec<&'static str> {
    let text = insides(page);
    TRACES.iter().copied().filter(|trace| text.contains(trace)).collect()
}

db_test!(nobody_outside_the_pair_meets_an_answer, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    app.exec("UPDATE document SET number = 78", vec![]).await;
    let objects = stage.world.objects(&app).await;
    // The mentee's sheet is there already: seven items of the fourth domain sum up to five.
    let sheet = stage.sheet_of(Role::Mentee).await;
    stage.answer_all(&stage.mentee, &sheet, 3).await;
    stage.answer(&stage.mentee, &sheet, &["d4.1", "d4.2", "d4.3", "d4.4", "d4.5"], 0).await;
    stage.answer(&stage.mentee, &sheet, &["d4.6"], 2).await;
    let marked = [("change", "d4.5|important|0|1"), ("change", "4|note|0|канареечная тревога")];
    stage.mentee.post(&format!("{sheet}/changes"), &marked).await.expect(StatusCode::NO_CONTENT);
    stage.mentee.post(&format!("{sheet}/completion"), &[]).await.led_to();
    // The traces are real: the pair does see them.
    let inside = stage.mentor.get(&stage.ring()).await.expect(StatusCode::OK);
    let seen = traces(&inside);
    for trace in TRACES.iter().filter(|trace| **trace != "d4.5") {
        assert!(seen.contains(trace), "the mentor does not see {trace}");
    }
    let mut found = Vec::new();
    // The psychologist of this world was asked for a view: the items are on that blank, the answers are not.
    for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Mentee | Role::Mentor)) {
        let browser = stage.world.browser(&app, role).await;
        for entry in app.entries.iter().filter(|entry| entry.method == Method::GET) {
            if role == Role::Psychologist && entry.path.starts_with("/own/views/") {
                continue;
            }
            let Some(address) = address(&objects, entry.path, Relation::Own) else { continue };
            // Opened, and searched by the mentee's name.
            for address in [address.clone(), format!("{address}?q=mentee")] {
                let page = browser.get(&address).await;
                found
                    .extend(traces(&page).into_iter().map(|trace| format!("{role:?} at {address}: {trace}")));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    let blank = format!("/own/views/{}", objects[&Relation::Own]["view"]);
    let psychologist = stage.world.browser(&app, Role::Psychologist).await;
    let page = psychologist.get(&blank).await.expect(StatusCode::OK);
    assert!(!page.text().contains("канареечная тревога") && !page.text().contains(" checked"));
});

db_test!(the_journal_knows_the_fact_only, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let sheet = stage.begin(&stage.mentee).await;
    stage.answer_all(&stage.mentee, &sheet, 0).await;
    let marked = [("change", "d4.5|important|0|1"), ("change", "4|note|0|канареечная тревога")];
    stage.mentee.post(&format!("{sheet}/changes"), &marked).await.expect(StatusCode::NO_CONTENT);
    stage.mentee.post(&format!("{sheet}/completion"), &[]).await.led_to();
    let view = stage.view().await;
    stage.answer(&stage.mentor, &view, &["d4.5"], 3).await;
    stage.mentor.post(&format!("{view}/completion"), &[]).await.led_to();
    for trace in ["d4", "канареечная", "level", "deficit"] {
        let sql = "SELECT COUNT(*) AS n FROM journal WHERE payload LIKE ?";
        assert_eq!(app.count(sql, values![format!("%{trace}%")]).await, 0, "{trace}");
    }
    let journal = stage.world.browser(&app, Role::Director).await.get("/journal").await;
    journal.shows("Завершена самодиагностика");
    journal.shows("Дан взгляд на умения");
});
