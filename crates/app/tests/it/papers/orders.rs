//! The order: nothing is fixed without it, and it fixes nothing without consent.

use axum::http::StatusCode;
use nastavnik::{pairs, values};
use nastavnik_domain::ids::PersonId;

use crate::db_test;
use crate::pairs::stage::{Stage, day, error_at, id_in};
use crate::support::TestApp;

// A7: every missing paper is named with its clause.
db_test!(an_order_without_papers_is_refused, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let told = |page: &crate::support::Page| error_at(page, "mentorships").unwrap();
    let page = stage.prepare(&[&pair]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told(&page).contains("Нет письменного согласия наставника") && told(&page).contains("п. 4.1"));
    for (kind, person, next) in [
        ("mentor_consent", stage.mentor, "Нет согласия наставляемого"),
        ("mentee_agreement", stage.mentee, "Нет дополнительного соглашения"),
    ] {
        let paper = stage.issue(&pair, kind, person).await;
        stage.sign(&paper, "2026-11-23").await.led_to();
        let page = stage.prepare(&[&pair]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(told(&page).contains(next), "{}", told(&page));
    }
    let paper = stage.issue(&pair, "supplementary_agreement", stage.mentor).await;
    stage.prepare(&[&pair]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    stage.sign(&paper, "2026-11-23").await.led_to();
    stage.prepare(&[&pair]).await.led_to();
    let empty = stage.prepare(&[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told(&empty).contains("хотя бы одну пару"));
});

db_test!(only_the_director_signs_and_the_pair_becomes_active, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    stage.papers(&pair, &[stage.mentee]).await;
    let order = id_in(&stage.prepare(&[&pair]).await.led_to());
    let path = format!("/orders/{order}/signature");
    let signed = [("signed_on", "2026-11-23")];
    stage.curator.post(&path, &signed).await.expect(StatusCode::FORBIDDEN);
    stage.curator.post(&format!("/papers/{order}/signature"), &signed).await.expect(StatusCode::FORBIDDEN);
    app.browser_of(stage.mentor).await.post(&path, &signed).await.expect(StatusCode::FORBIDDEN);
    app.browser_of(stage.world.other_director).await.post(&path, &signed).await.expect(StatusCode::NOT_FOUND);
    assert!(mentored(&app, "2026-11-23").await.is_empty());
    let early = stage.director.post(&path, &[("signed_on", "2026-11-22")]).await;
    early.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("раньше даты самого документа");
    stage.director.post(&path, &signed).await.led_to();
    stage.director.post(&path, &signed).await.expect(StatusCode::CONFLICT).shows("уже подписан");
    stage.curator.get(&format!("/pairs/{pair}")).await.shows("действует");
    assert_eq!(mentored(&app, "2026-11-23").await, [PersonId(stage.mentee)]);
    assert_eq!(mentored(&app, "2027-05-31").await, [PersonId(stage.mentee)]);
    for outside in ["2026-11-22", "2027-06-01"] {
        assert!(mentored(&app, outside).await.is_empty(), "{outside}");
    }
    let consent = stage.newest_paper("mentor_consent").await;
    let page = stage.curator.post(&format!("/papers/{consent}/cancellation"), &[("reason", "x")]).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("опирается приказ");
    stage
        .curator
        .post(&format!("/pairs/{pair}/withdrawal"), &[("reason", "x")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("уже есть приказ");
});

async fn mentored(app: &TestApp, on: &str) -> Vec<PersonId> {
    let rows = pairs::in_force_rows(app.app.db.reader(), day(on)).await.unwrap();
    rows.into_iter().flat_map(|row| row.mentees).collect()
}

db_test!(one_order_fixes_many_pairs_and_a_pair_enters_one_order, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let one = stage.pair().await;
    stage.papers(&one, &[stage.mentee]).await;
    let two = stage.pair_of(&stage.fields().set("mentees", stage.second.to_string())).await;
    stage.papers(&two, &[stage.second]).await;
    let order = id_in(&stage.prepare(&[&one, &two]).await.led_to());
    let second = stage.prepare(&[&two]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&second, "mentorships").unwrap().contains("больше нет среди ждущих приказа"));
    let remark = [("reason", "нет категории наставника")];
    stage.curator.post(&format!("/orders/{order}/return"), &remark).await.expect(StatusCode::FORBIDDEN);
    stage
        .director
        .post(&format!("/orders/{order}/return"), &[])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    stage.director.post(&format!("/orders/{order}/return"), &remark).await.led_to();
    stage.curator.get(&format!("/papers/{order}")).await.shows("нет категории наставника");
    stage
        .director
        .post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")])
        .await
        .expect(StatusCode::CONFLICT);
    let order = id_in(&stage.prepare(&[&one, &two]).await.led_to());
    stage.curator.get(&format!("/papers/{order}")).await.shows("2-НН/2026");
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    stage.curator.get("/pairs?state=active").await.shows("Показаны 1–2 из 2");
});

db_test!(pressed_twice_and_sent_again_after_a_restart_makes_one_order, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    stage.papers(&pair, &[stage.mentee]).await;
    let key = nastavnik::kernel::ids::form_key();
    let school = stage.world.school.to_string();
    let fields = [
        ("organization", school.as_str()),
        ("dated_on", "2026-11-23"),
        ("control", "Контроль оставляю за собой."),
        ("mentorships", pair.as_str()),
    ];
    let (a, b) = tokio::join!(
        stage.curator.post_keyed("/orders", &fields, key),
        stage.curator.post_keyed("/orders", &fields, key)
    );
    let made: Vec<String> = [a, b]
        .into_iter()
        .filter(|page| page.status == StatusCode::SEE_OTHER)
        .map(|page| page.led_to())
        .collect();
    let again = stage.curator.at(&app.restarted().router).post_keyed("/orders", &fields, key).await;
    assert!(made.iter().all(|to| *to == made[0]) && !made.is_empty());
    let answered = again.status;
    // A pair already in an order is no more offered; the key answers first when the form passes.
    assert!(answered == StatusCode::SEE_OTHER || answered == StatusCode::UNPROCESSABLE_ENTITY, "{answered}");
    let orders = "SELECT COUNT(*) AS n FROM document WHERE kind = 'appointment_order'";
    assert_eq!(app.count(orders, vec![]).await, 1);
    let events = "SELECT COUNT(*) AS n FROM journal WHERE kind = 'paper_issued' AND payload LIKE '%appointment_order%'";
    assert_eq!(app.count(events, vec![]).await, 1);
});

// Two curators prepare orders for the same pair at once: one order, the other is told why.
db_test!(two_orders_for_one_pair_at_once, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    stage.papers(&pair, &[stage.mentee]).await;
    let only = [pair.as_str()];
    let (a, b) = tokio::join!(stage.prepare(&only), stage.prepare(&only));
    let (won, lost) = if a.status == StatusCode::SEE_OTHER { (a, b) } else { (b, a) };
    won.expect(StatusCode::SEE_OTHER);
    let lost = lost.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&lost, "mentorships").is_some());
    let sql = "SELECT COUNT(*) AS n FROM document WHERE kind = ?";
    assert_eq!(app.count(sql, values!["appointment_order"]).await, 1);
});
