//! Saving as one goes: the later change wins, whatever comes first or twice.

use axum::http::StatusCode;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::{Stage, id_in};
use crate::db_test;
use crate::support::TestApp;

/// How many answers of the sheet say so.
async fn stands(app: &TestApp, sheet: &str, item: &str, level: i64, important: i64) -> bool {
    let sql = "SELECT COUNT(*) AS n FROM diagnosis_answer WHERE diagnosis_id = ? AND item = ? AND level = ? \
               AND is_important = ?";
    let id: uuid::Uuid = id_in(sheet).parse().unwrap();
    app.count(sql, values![id, item, level, important]).await == 1
}

db_test!(nobody_writes_into_the_sheet_of_another, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let sheet = stage.begin(&stage.mentee).await;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Mentee) {
        let browser = stage.world.browser(&app, role).await;
        for path in ["", "/completion", "/result"] {
            browser.get(&format!("{sheet}{path}")).await.expect(StatusCode::NOT_FOUND);
        }
        for path in ["/changes", "/answers", "/completion", "/refusal", "/resumption"] {
            let fields = [("change", "d1.1|level|0|3"), ("was.d1.1", ""), ("level.d1.1", "3")];
            browser.post(&format!("{sheet}{path}"), &fields).await.expect(StatusCode::NOT_FOUND);
        }
        // Nor by the other door.
        let door = format!("/own/views/{}", id_in(&sheet));
        browser.get(&door).await.expect(StatusCode::NOT_FOUND);
    }
    app.anonymous().post(&format!("{sheet}/changes"), &[]).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM diagnosis_answer", vec![]).await, 0);
});

db_test!(the_later_change_wins_in_any_order_and_twice_is_once, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let sheet = stage.begin(&stage.mentee).await;
    let path = format!("{sheet}/changes");
    let late = [("change", "d4.3|level|1000|2")];
    let early = [("change", "d4.3|level|60000|0"), ("change", "d4.3|important|60000|1")];
    for fields in [&late[..], &early[..], &late[..], &early[..]] {
        stage.mentee.post(&path, fields).await.expect(StatusCode::NO_CONTENT);
    }
    assert!(stands(&app, &sheet, "d4.3", 2, 1).await);
    // The mark is of its own: taking it away later leaves the level.
    stage.mentee.post(&path, &[("change", "d4.3|important|10|0")]).await.expect(StatusCode::NO_CONTENT);
    assert!(stands(&app, &sheet, "d4.3", 2, 0).await);
    let notes = [("change", "4|note|5|позже"), ("change", "4|note|90000|раньше")];
    stage.mentee.post(&path, &notes).await.expect(StatusCode::NO_CONTENT);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM diagnosis_note WHERE note = 'позже'", vec![]).await, 1);
});

db_test!(senseless_changes_are_passed_over, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let sheet = stage.begin(&stage.mentee).await;
    let senseless = [
        "",
        "d4.3",
        "d4.3|level",
        "d4.3|level|0",
        "d4.3|level|0|4",
        "d4.3|level|0|-1",
        "d4.3|level|x|1",
        "d9.9|level|0|1",
        "d4.3|other|0|1",
        "9|note|0|текст",
        "d4.3|level|99999999999999999999|1",
        "' OR 1=1|level|0|1",
    ];
    let fields: Vec<(&str, &str)> = senseless.iter().map(|change| ("change", *change)).collect();
    stage.mentee.post(&format!("{sheet}/changes"), &fields).await.expect(StatusCode::NO_CONTENT);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM diagnosis_answer", vec![]).await, 0);
    // A clock that runs ahead or an age without end does no harm.
    let odd = [("change", "d4.3|level|-5000|1"), ("change", "d4.4|level|9000000000000|1")];
    stage.mentee.post(&format!("{sheet}/changes"), &odd).await.expect(StatusCode::NO_CONTENT);
    assert!(stands(&app, &sheet, "d4.3", 1, 0).await && stands(&app, &sheet, "d4.4", 1, 0).await);
});

db_test!(a_page_without_a_script_saves_by_its_button, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let sheet = stage.begin(&stage.mentee).await;
    let path = format!("{sheet}/answers");
    let first =
        [("step", "1"), ("was.d1.1", ""), ("level.d1.1", "2"), ("important.d1.1", "yes"), ("go", "next")];
    assert_eq!(stage.mentee.post(&path, &first).await.led_to(), format!("{sheet}?step=2"));
    assert!(stands(&app, &sheet, "d1.1", 2, 1).await);
    let back = [("step", "2"), ("go", "back")];
    assert_eq!(stage.mentee.post(&path, &back).await.led_to(), format!("{sheet}?step=1"));
    assert_eq!(stage.mentee.post(&path, &[("step", "8")]).await.led_to(), format!("{sheet}/completion"));
    let page = stage.mentee.get(&format!("{sheet}?step=1")).await.expect(StatusCode::OK);
    assert!(page.text().contains("name=\"was.d1.1\" value=\"2+\""));
});

db_test!(an_old_tab_does_not_put_old_answers_back, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let sheet = stage.begin(&stage.mentee).await;
    // Two tabs stand open with nothing answered; the second answers, then the first presses its button.
    stage.answer(&stage.mentee, &sheet, &["d1.1"], 3).await;
    let old = [("step", "1"), ("was.d1.1", ""), ("was.d1.2", ""), ("level.d1.2", "1")];
    stage.mentee.post(&format!("{sheet}/answers"), &old).await.led_to();
    assert!(stands(&app, &sheet, "d1.1", 3, 0).await);
    assert!(stands(&app, &sheet, "d1.2", 1, 0).await);
});
