//! Pairs the other way round (C5): who may, what is missing, two linked mentorships, persons never counted twice.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::stage::{Stage, day, error_at, id_in};
use crate::db_test;
use crate::support::TestApp;

/// The usual pair is active; its mentee is younger and teaches for a year.
async fn young_pair(app: &TestApp) -> (Stage, String) {
    let stage = Stage::set(app).await;
    app.exec(
        "UPDATE person SET born_on = ?, teaching_since = ? WHERE id = ?",
        values![day("2001-05-01"), day("2025-09-01"), stage.mentee],
    )
    .await;
    let pair = stage.active_pair().await;
    (stage, pair)
}

fn fields(mentor: &str) -> [(&str, &str); 4] {
    [
        ("mentor", mentor),
        ("starts_on", "2026-11-23"),
        ("ends_on", "2027-05-31"),
        ("work", "показ цифровых инструментов\nсовместный разбор"),
    ]
}

async fn pairs(app: &TestApp) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM mentorship", vec![]).await
}

db_test!(only_the_curator_of_the_school_turns_a_pair_round, |app: TestApp| async move {
    let (stage, pair) = young_pair(&app).await;
    let path = format!("/pairs/{pair}/reverse");
    let mentee = stage.mentee.to_string();
    app.browser_of(stage.mentee).await.get(&path).await.expect(StatusCode::FORBIDDEN);
    stage.director.post(&path, &fields(&mentee)).await.expect(StatusCode::FORBIDDEN);
    let other = app.browser_of(stage.world.other_curator).await;
    other.get(&path).await.expect(StatusCode::NOT_FOUND);
    other.post(&path, &fields(&mentee)).await.expect(StatusCode::NOT_FOUND);
    assert_eq!(pairs(&app).await, 2);
});

db_test!(the_page_says_what_is_missing_and_leads_there, |app: TestApp| async move {
    let (stage, pair) = young_pair(&app).await;
    let path = format!("/pairs/{pair}/reverse");
    let mentee = stage.mentee.to_string();
    let page = stage.curator.get(&path).await.expect(StatusCode::OK);
    page.shows("младше по возрасту и меньше педагогический стаж");
    page.shows("Ещё нет в банке наставников");
    assert!(page.text().contains(&format!("/bank/mentors/new?person={mentee}")));
    let refused = stage.curator.post(&path, &fields(&mentee)).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Ещё нет в банке наставников");
    stage.list_mentor(stage.mentee, stage.world.school, 0).await;
    stage.curator.get(&path).await.shows("Все места заняты");
    app.exec("UPDATE mentor_candidate SET capacity = 1 WHERE person_id = ?", values![stage.mentee]).await;
    // C5: an older and more experienced mentee is refused with the reason.
    let older = day("1970-01-01");
    let sql = "UPDATE person SET born_on = ?, teaching_since = ? WHERE id = ?";
    app.exec(sql, values![older, day("1995-09-01"), stage.mentee]).await;
    stage.curator.get(&path).await.shows("нельзя");
    let refused = stage.curator.post(&path, &fields(&mentee)).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("п. 2.3");
    assert_eq!(pairs(&app).await, 2);
});

db_test!(two_linked_pairs_with_an_end_of_their_own, |app: TestApp| async move {
    let (stage, pair) = young_pair(&app).await;
    stage.list_mentor(stage.mentee, stage.world.school, 1).await;
    let path = format!("/pairs/{pair}/reverse");
    let mentee = stage.mentee.to_string();
    // Somebody outside the pair is no choice, and days must make a period.
    let stranger = stage.second.to_string();
    let page = stage.curator.post(&path, &fields(&stranger)).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "mentor").unwrap().contains("наставляемый этой пары"));
    let mut wrong = fields(&mentee);
    wrong[2].1 = "2026-11-01";
    let page = stage.curator.post(&path, &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "ends_on").unwrap().contains("раньше первого"));
    let reverse = id_in(&stage.curator.post(&path, &fields(&mentee)).await.led_to());
    let again = stage.curator.post(&path, &fields(&mentee)).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    again.shows("Все места заняты");
    assert_eq!(pairs(&app).await, 3);
    for (card, other) in [(&pair, &reverse), (&reverse, &pair)] {
        let page = stage.curator.get(&format!("/pairs/{card}")).await.expect(StatusCode::OK);
        page.shows("Встречная пара");
        page.shows("Завершение одной не прекращает другую");
        assert!(page.text().contains(&format!("href=\"/pairs/{other}\"")));
    }
    stage.curator.get(&format!("/pairs/{reverse}")).await.shows("реверсивное");
    let given_up = [("reason", "передумали")];
    stage.curator.post(&format!("/pairs/{reverse}/withdrawal"), &given_up).await.led_to();
    let page = stage.curator.get(&format!("/pairs/{pair}")).await;
    page.shows("действует");
    page.shows("Встречная пара завершена, а эта продолжается");
    // Given up, it may be tried once more.
    stage.curator.post(&path, &fields(&mentee)).await.led_to();
});

// The counting rule: two people in two pairs are still two people.
db_test!(persons_are_not_counted_twice, |app: TestApp| async move {
    let (stage, pair) = young_pair(&app).await;
    let today = app.today();
    let numerator = "/indicators/1/numerator";
    let director = stage.director.clone();
    director.get(numerator).await.expect(StatusCode::OK);
    let times = |text: &str, name: &str| text.matches(name).count();
    let before = director.get(numerator).await.text();
    stage.list_mentor(stage.mentee, stage.world.school, 1).await;
    let mentee = stage.mentee.to_string();
    let path = format!("/pairs/{pair}/reverse");
    let reverse = id_in(&stage.curator.post(&path, &fields(&mentee)).await.led_to());
    let agreed =
        "UPDATE mentorship SET pay = '{\"kind\":\"unpaid\",\"reason\":\"нет положения\"}' WHERE id = ?";
    let reverse_id: Uuid = reverse.parse().unwrap();
    app.exec(agreed, values![reverse_id]).await;
    for (kind, person) in [
        ("mentor_consent", stage.mentee),
        ("mentee_agreement", stage.mentor),
        ("supplementary_agreement", stage.mentee),
    ] {
        let paper = stage.issue(&reverse, kind, person).await;
        stage.sign(&paper, "2026-11-23").await.led_to();
    }
    let order = id_in(&stage.prepare(&[&reverse]).await.led_to());
    director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    let rows = nastavnik::pairs::in_force_rows(app.app.db.reader(), today).await.unwrap();
    assert_eq!(rows.len(), 2);
    let people: BTreeSet<_> = rows.iter().flat_map(|row| row.mentees.iter().chain([&row.mentor])).collect();
    assert_eq!(people.len(), 2, "two pairs of the same two people");
    let after = director.get(numerator).await.text();
    assert_eq!(times(&after, "Новикова"), times(&before, "Новикова"), "the young teacher is counted again");
    assert!(times(&after, "Новикова") > 0);
    // Both are mentors now, each counted once; nobody has more than one mentee.
    let union = stage.world.browser(&app, Role::Union).await.get("/").await;
    union.shows("2 наставника работают");
    union.shows("1 наставляемый самое большее у одного наставника");
    // The mentee who also mentors is on the list of those who have a mentor once.
    let list = stage.curator.get("/bank/mentees?mentor=yes").await.text();
    assert_eq!(times(&list, &format!("<a href=\"/bank/mentees/{}", stage.mentee)), 1);
});
