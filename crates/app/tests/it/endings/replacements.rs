//! Another mentor: the new pair, what goes over, how the old one ends; one of a group.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik::pairs;
use nastavnik::values;

use super::filed;
use crate::db_test;
use crate::pairs::stage::{Stage, day, error_at, id_in};
use crate::support::TestApp;

async fn in_force(app: &TestApp, on: &str) -> Vec<(uuid::Uuid, usize)> {
    let rows = pairs::in_force_rows(app.app.db.reader(), day(on)).await.unwrap();
    rows.into_iter().map(|row| (row.mentor.0, row.mentees.len())).collect()
}

db_test!(a_mentee_gets_another_mentor_with_what_is_left, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let next = stage.worker("учитель", "Сменова").await;
    stage.list_mentor(next, stage.world.school, 2).await;
    let fields = stage
        .fields()
        .set("goal_1", "Научиться ставить цель урока")
        .set("measure_1", "8 из 10")
        .set("meetings", "25.11.2026\n15.12.2026");
    let pair = stage.pair_of(&fields).await;
    stage.papers(&pair, &[stage.mentee]).await;
    let order = id_in(&stage.prepare(&[&pair]).await.led_to());
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    let leaving = app.browser_of(stage.mentor).await;
    let program = format!("/pairs/{pair}/program");
    leaving.post(&program, &[]).await.led_to();
    let goal = [
        ("kind", "goal"),
        ("text", "Вести урок спокойно"),
        ("measure", "8 уроков из 10"),
        ("domain", "4"),
        ("version", "0"),
    ];
    leaving.post(&format!("{program}/lines"), &goal).await.led_to();
    let path = format!("/pairs/{pair}/replacement");
    // Without a petition or a signal nobody replaces anybody.
    stage.curator.get(&path).await.expect(StatusCode::NOT_FOUND);
    let mentee = app.browser_of(stage.mentee).await;
    let id = filed(&stage, &mentee, &pair, "replace").await;
    mentee.get(&path).await.expect(StatusCode::FORBIDDEN);
    app.browser_of(stage.world.other_curator).await.get(&path).await.expect(StatusCode::NOT_FOUND);
    let page = stage.curator.get(&path).await.expect(StatusCode::OK);
    page.shows("Сменова Анна Ивановна");
    page.hides("Опытнова Анна Ивановна");
    page.shows("15.12.2026");
    let (next_id, old_id) = (next.to_string(), stage.mentor.to_string());
    let wished = |mentor: &'static str, last: &'static str, to: &'static str| {
        [("mentor", mentor), ("last_day", last), ("ends_on", to)]
    };
    let refused = stage.curator.post(&path, &wished("", "2026-11-30", "2027-05-31")).await;
    refused.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let same = [("mentor", old_id.as_str()), ("last_day", "2026-11-30"), ("ends_on", "2027-05-31")];
    stage.curator.post(&path, &same).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("нет в списке");
    let early = [("mentor", next_id.as_str()), ("last_day", "2026-11-24"), ("ends_on", "2027-05-31")];
    let early = stage.curator.post(&path, &early).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&early, "last_day").unwrap().contains("26.11.2026 или позже"));
    let short = [("mentor", next_id.as_str()), ("last_day", "2026-11-30"), ("ends_on", "2027-01-15")];
    let short = stage.curator.post(&path, &short).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&short, "ends_on").unwrap().contains("не меньше 3 месяцев"));
    let count = "SELECT COUNT(*) AS n FROM mentorship WHERE withdrawn_at IS NULL AND mentor_id = ?";
    assert_eq!(app.count(count, values![next]).await, 0, "a refusal leaves nothing behind");
    let right = [("mentor", next_id.as_str()), ("last_day", "2026-11-30"), ("ends_on", "2027-05-31")];
    let new = id_in(&stage.curator.post(&path, &right).await.led_to());
    let card = stage.curator.get(&format!("/pairs/{new}")).await.expect(StatusCode::OK);
    card.shows("Научиться ставить цель урока");
    card.shows("15.12.2026");
    card.hides("25.11.2026");
    // The program goes over as a draft of the new pair, read by the pair alone.
    mentee.get(&format!("/pairs/{new}/program")).await.expect(StatusCode::OK).shows("Вести урок спокойно");
    leaving.get(&format!("/pairs/{new}/program")).await.expect(StatusCode::NOT_FOUND);
    let linked = "SELECT COUNT(*) AS n FROM mentorship_replacement r WHERE r.mentorship_id <> r.replaced_by";
    assert_eq!(app.count(linked, vec![]).await, 1);
    stage.curator.get(&format!("/petitions/{id}")).await.shows("Открыть новую пару");
    // The order waits; its words blame nobody.
    let ending = stage.newest_paper("ending_order").await;
    let paper = stage.director.get(&format!("/papers/{ending}")).await;
    paper.shows("замена наставника");
    paper.hides("расписания");
    stage
        .director
        .post(&format!("/orders/{ending}/signature"), &[("signed_on", "2026-11-23")])
        .await
        .led_to();
    assert_eq!(in_force(&app, "2026-12-01").await.len(), 0);
    stage.curator.post(&path, &right).await.expect(StatusCode::NOT_FOUND);
    let stage = stage.later(Duration::days(9)).await;
    stage.curator.get(&format!("/petitions/{id}")).await.shows("исполнено");
});

db_test!(one_leaves_a_group_and_the_others_stay, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let fields = stage.fields().set("kinds", "group").add("mentees", stage.second.to_string());
    let pair = stage.pair_of(&fields).await;
    stage.papers(&pair, &[stage.mentee, stage.second]).await;
    let order = id_in(&stage.prepare(&[&pair]).await.led_to());
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    let mentee = app.browser_of(stage.mentee).await;
    let id = filed(&stage, &mentee, &pair, "end").await;
    // The other one of the group finds nothing.
    let second = app.browser_of(stage.second).await;
    second.get(&format!("/petitions/{id}")).await.expect(StatusCode::NOT_FOUND);
    second.get(&format!("/pairs/{pair}/petition")).await.hides("1-ЗН");
    let to = stage.curator.post(&format!("/petitions/{id}/ending"), &[]).await.led_to();
    assert!(to.contains(&format!("leaves={}", stage.mentee)), "{to}");
    stage.curator.get(&to).await.shows("Из группы выходит Новикова Анна Ивановна");
    let leaves = stage.mentee.to_string();
    let fields = [
        ("by", "employer"),
        ("reason", "other"),
        ("notice_on", "2026-11-23"),
        ("last_day", "2026-11-30"),
        ("dated_on", "2026-11-23"),
        ("leaves", leaves.as_str()),
    ];
    let order = id_in(&stage.curator.post(&format!("/pairs/{pair}/ending"), &fields).await.led_to());
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    assert_eq!(in_force(&app, "2026-11-30").await, [(stage.mentor, 2)]);
    assert_eq!(in_force(&app, "2026-12-01").await, [(stage.mentor, 1)]);
    // History is there, and the rest of the group may still end by an order of its own.
    stage.curator.get(&format!("/pairs/{pair}")).await.shows("не в группе с 1 декабря 2026");
    let kept = "SELECT COUNT(*) AS n FROM mentorship_mentee x JOIN mentorship m ON m.id = x.mentorship_id \
                WHERE m.mentor_id = ?";
    assert_eq!(app.count(kept, values![stage.mentor]).await, 2);
    let again = stage.curator.post(&format!("/pairs/{pair}/ending"), &fields).await;
    again.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("уже есть");
    let whole: Vec<_> = fields[..5].to_vec();
    stage.curator.post(&format!("/pairs/{pair}/ending"), &whole).await.led_to();
    let stage = stage.later(Duration::days(9)).await;
    stage.curator.get(&format!("/petitions/{id}")).await.shows("исполнено");
    let gone = app.browser_of(stage.mentee).await;
    gone.get(&format!("/pairs/{pair}/fit")).await.expect(StatusCode::FORBIDDEN);
});
