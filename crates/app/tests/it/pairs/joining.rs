//! One more mentee in a running group (C3): the same rules, a consent, an amending order, days counted from the signature.

use axum::http::StatusCode;
use nastavnik::pairs;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::stage::{Stage, day, error_at, id_in};
use crate::db_test;
use crate::support::{Page, TestApp};

/// A group of two that is in force, and a third teacher of the school.
pub(crate) async fn group(app: &TestApp) -> (Stage, String, Uuid) {
    let stage = Stage::set(app).await;
    let third = stage.worker("учитель", "Третьякова").await;
    let fields = stage.fields().set("kinds", "group").add("mentees", stage.second.to_string());
    let pair = stage.pair_of(&fields).await;
    stage.papers(&pair, &[stage.mentee, stage.second]).await;
    let order = id_in(&stage.prepare(&[&pair]).await.led_to());
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    (stage, pair, third)
}

pub(crate) async fn ask(stage: &Stage, pair: &str, person: Uuid, from: &str) -> Page {
    let person = person.to_string();
    let fields = [("mentees", person.as_str()), ("starts_on", from)];
    stage.curator.post(&format!("/pairs/{pair}/joining"), &fields).await
}

async fn amend(stage: &Stage, pair: &str) -> Page {
    let fields = [("agreed_on", "2026-11-23"), ("dated_on", "2026-11-23")];
    stage.curator.post(&format!("/pairs/{pair}/amendment"), &fields).await
}

async fn members(app: &TestApp, on: &str) -> usize {
    let rows = pairs::in_force_rows(app.app.db.reader(), day(on)).await.unwrap();
    rows.iter().map(|row| row.mentees.len()).sum()
}

db_test!(whoever_joins_is_held_to_the_rules_of_forming, |app: TestApp| async move {
    let (stage, pair, third) = group(&app).await;
    let path = format!("/pairs/{pair}/joining");
    stage.director.get(&path).await.expect(StatusCode::FORBIDDEN);
    app.browser_of(stage.world.other_curator).await.get(&path).await.expect(StatusCode::NOT_FOUND);
    stage.curator.get(&path).await.expect(StatusCode::OK).shows("Третьякова");
    let psychologist = stage.worker("педагог-психолог", "Внимательная").await;
    let table = [
        (stage.mentee, "2026-11-24", "mentees", "уже в группе"),
        (stage.world.other_teacher, "2026-11-24", "mentees", "больше не работает"),
        (stage.mentor, "2026-11-24", "mentees", "уже в группе"),
        (psychologist, "2026-11-24", "mentees", "учителя"),
        (third, "2027-06-01", "starts_on", "по 31.05.2027"),
    ];
    for (person, from, field, told) in table {
        let page = ask(&stage, &pair, person, from).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        let found = error_at(&page, field).unwrap_or_else(|| panic!("{told}: {}", page.text()));
        assert!(found.contains(told), "{told}: {found}");
    }
    app.exec("UPDATE mentor_candidate SET capacity = 2 WHERE person_id = ?", values![stage.mentor]).await;
    let full = ask(&stage, &pair, third, "2026-11-24").await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&full, "mentees").unwrap().contains("нужно 3, свободно 2"));
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM mentorship_joining", vec![]).await, 0);
    app.exec("UPDATE mentor_candidate SET capacity = 3 WHERE person_id = ?", values![stage.mentor]).await;
    // A pair is no group.
    let alone = stage.pair_of(&stage.fields().set("mentees", third.to_string())).await;
    stage.curator.get(&format!("/pairs/{alone}/joining")).await.expect(StatusCode::CONFLICT);
});

db_test!(a_newcomer_is_a_member_once_the_director_has_signed, |app: TestApp| async move {
    let (stage, pair, third) = group(&app).await;
    stage.curator.get(&format!("/pairs/{pair}/amendment")).await.expect(StatusCode::CONFLICT);
    ask(&stage, &pair, third, "2026-11-24").await.led_to();
    // The place is taken at once, and one joins at a time.
    ask(&stage, &pair, third, "2026-11-24").await.expect(StatusCode::CONFLICT);
    let late = stage.worker("учитель", "Опоздавшая").await;
    let refused = stage.form(&stage.fields().set("mentees", late.to_string())).await;
    assert!(error_at(&refused, "mentor").unwrap().contains("свободно 0"));
    // Without the agreement there is no order; before the order there is no member.
    let refused = amend(&stage, &pair).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&refused, "dated_on").unwrap().contains("п. 1.5"));
    let newcomer = app.browser_of(third).await;
    newcomer.get(&format!("/pairs/{pair}")).await.expect(StatusCode::NOT_FOUND);
    let home = newcomer.get("/").await.expect(StatusCode::OK);
    home.shows("Вас принимают в группу. Наставник: Опытнова Анна Ивановна");
    home.hides("Новикова");
    stage.curator.get("/").await.shows("Завершите вступление в группу: 1 новый участник");
    let consent = stage.issue(&pair, "mentee_agreement", third).await;
    stage.sign(&consent, "2026-11-23").await.led_to();
    let order = id_in(&amend(&stage, &pair).await.led_to());
    amend(&stage, &pair).await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("уже подготовлен");
    let card = stage.director.get(&format!("/papers/{order}")).await;
    card.shows("1-ВИ/2026");
    assert_eq!(members(&app, "2026-11-24").await, 2, "an unsigned order joins nobody");
    let path = format!("/orders/{order}/signature");
    stage.curator.post(&path, &[("signed_on", "2026-11-23")]).await.expect(StatusCode::FORBIDDEN);
    stage.director.post(&path, &[("signed_on", "2026-11-23")]).await.led_to();
    // Days before joining are not counted.
    assert_eq!((members(&app, "2026-11-23").await, members(&app, "2026-11-24").await), (2, 3));
    let card = stage.curator.get(&format!("/pairs/{pair}")).await;
    card.shows("в группе с 24 ноября 2026");
    card.shows("В группу вступил новый участник");
    app.browser_of(third).await.get(&format!("/pairs/{pair}")).await.expect(StatusCode::OK);
    // Leaving is an order of the same kind, and it names those who stay.
    let leaves = third.to_string();
    let fields = [
        ("by", "agreement"),
        ("reason", "goal_reached"),
        ("last_day", "2026-12-15"),
        ("dated_on", "2026-11-23"),
        ("leaves", leaves.as_str()),
    ];
    let order = id_in(&stage.curator.post(&format!("/pairs/{pair}/ending"), &fields).await.led_to());
    stage.director.get(&format!("/papers/{order}")).await.shows("2-ВИ/2026");
    stage.director.post(&format!("/orders/{order}/signature"), &[("signed_on", "2026-11-23")]).await.led_to();
    assert_eq!((members(&app, "2026-12-15").await, members(&app, "2026-12-16").await), (3, 2));
});

// What a psychologist says of two people is told neither to a director nor to whoever is one of the two, by no refusal either.
db_test!(a_director_who_leads_the_group_is_not_told_of_an_opinion, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let director = stage.world.people[&Role::Director];
    let stage = Stage { mentor: director, ..stage };
    stage.list_mentor(director, stage.world.school, 3).await;
    let third = stage.worker("учитель", "Третьякова").await;
    let fields = stage.fields().set("kinds", "group").set("form", "director_teacher").without("model");
    let pair = stage.pair_of(&fields.add("mentees", stage.second.to_string())).await;
    stage.papers(&pair, &[stage.mentee, stage.second]).await;
    let signed = [("signed_on", "2026-11-23")];
    let order = id_in(&stage.prepare(&[&pair]).await.led_to());
    stage.director.post(&format!("/orders/{order}/signature"), &signed).await.led_to();
    ask(&stage, &pair, third, "2026-11-24").await.led_to();
    let consent = stage.issue(&pair, "mentee_agreement", third).await;
    stage.sign(&consent, "2026-11-23").await.led_to();
    let order = id_in(&amend(&stage, &pair).await.led_to());
    let psychologist = stage.world.browser(&app, Role::Psychologist).await;
    let (mentor, mentee) = (director.to_string(), third.to_string());
    let told = [("verdict", "not_recommended"), ("advice", "Не сейчас")];
    let about = [("mentor", mentor.as_str()), ("mentee", &mentee), told[0], told[1]];
    psychologist.post("/opinions", &about).await.led_to();

    let refused = stage.director.post(&format!("/orders/{order}/signature"), &signed).await;
    let refused = refused.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let words = error_at(&refused, "signed_on").unwrap();
    assert!(words.contains("причину знает куратор"), "{words}");
    refused.hides("психолог не");
    for page in [format!("/papers/{order}"), format!("/pairs/{pair}"), "/pairs/board".to_owned()] {
        let page = stage.director.get(&page).await.expect(StatusCode::OK);
        page.hides("не рекоменд");
        page.hides("Заключени");
    }
    let journal = stage.director.get("/journal").await.expect(StatusCode::OK).text();
    assert_eq!(journal.matches("Дано заключение").count(), 1, "the choice in the filter and no entry");
    // The curator, who may read opinions, is told why.
    let asked = stage.curator.post(&format!("/pairs/{pair}/joining/withdrawal"), &[]).await;
    asked.led_to();
    let refused = ask(&stage, &pair, third, "2026-11-24").await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&refused, "mentees").unwrap().contains("педагог-психолог не рекомендует"));
});

db_test!(a_place_lost_meanwhile_is_told_to_the_director, |app: TestApp| async move {
    let (stage, pair, third) = group(&app).await;
    ask(&stage, &pair, third, "2026-11-24").await.led_to();
    let consent = stage.issue(&pair, "mentee_agreement", third).await;
    stage.sign(&consent, "2026-11-23").await.led_to();
    let order = id_in(&amend(&stage, &pair).await.led_to());
    app.exec("UPDATE mentor_candidate SET capacity = 2 WHERE person_id = ?", values![stage.mentor]).await;
    let path = format!("/orders/{order}/signature");
    let refused = stage.director.post(&path, &[("signed_on", "2026-11-23")]).await;
    let refused = refused.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&refused, "signed_on").unwrap().contains("нет столько свободных мест"));
    // Given up, its papers are canceled and the place is free again.
    stage.curator.post(&format!("/pairs/{pair}/joining/withdrawal"), &[]).await.led_to();
    let live = "SELECT COUNT(*) AS n FROM document WHERE canceled_at IS NULL AND (kind = 'amending_order' OR person_id = ?)";
    assert_eq!(app.count(live, values![third]).await, 0);
    assert_eq!(members(&app, "2026-11-24").await, 2);
    let again = stage.curator.post(&format!("/pairs/{pair}/joining/withdrawal"), &[]).await;
    again.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("никто не вступает");
});
