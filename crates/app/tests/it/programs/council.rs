//! The council's word, a return with remarks, and carrying a program over to another pair.

use axum::http::StatusCode;
use nastavnik::kernel::audit::By;
use nastavnik::kernel::change::{Change, Once};
use nastavnik::programs;
use nastavnik_domain::program::State;

use super::*;
use crate::support::{a_mentorship, a_person, a_signed_order};

db_test!(a_return_gives_the_pair_words_and_takes_the_signatures, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    stage.sign(&stage.mentor).await;
    stage.sign(&stage.mentee).await;
    let council = stage.world.browser(&app, Role::Council).await;
    council.post(&stage.at("return"), &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    council.post(&stage.at("return"), &[("remarks", "Назовите класс")]).await.led_to();
    stage.mentee.get(&stage.base).await.shows("Назовите класс");
    stage.mentee.get("/").await.shows("Уточните программу по замечаниям");
    stage.curator.post(&stage.at("return"), &[("remarks", "Ещё")]).await.expect(StatusCode::CONFLICT);
    let director = stage.world.browser(&app, Role::Director).await;
    director.post(&stage.at("return"), &[("remarks", "Ещё")]).await.expect(StatusCode::FORBIDDEN);
    stage.sign(&stage.mentor).await;
    stage.sign(&stage.mentee).await;
    stage.curator.post(&stage.at("agreement"), &[]).await.led_to();
    director.post(&stage.at("rejection"), &[("remarks", "Срок больше")]).await.led_to();
    stage.mentor.get(&stage.base).await.shows("Срок больше");
});

db_test!(the_director_waits_for_the_council_once_it_is_asked, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    stage.sign(&stage.mentor).await;
    stage.sign(&stage.mentee).await;
    stage.mentor.post(&stage.at("question"), &[]).await.expect(StatusCode::FORBIDDEN);
    stage.curator.post(&stage.at("question"), &[]).await.led_to();
    stage.curator.post(&stage.at("question"), &[]).await.expect(StatusCode::CONFLICT);
    stage.curator.post(&stage.at("agreement"), &[]).await.led_to();
    let director = stage.world.browser(&app, Role::Director).await;
    let approve = async || director.post("/programs/approvals", &[("pair", &stage.pair)]).await;
    approve().await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("ещё не решил");
    let decide = "UPDATE council_matter SET decision = ?, decision_words = 'Добавить срок', decided_on = ?, decided_at = ?";
    let day = app.today();
    app.exec(decide, values!["declined", day, app.app.clock.now()]).await;
    approve().await.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("не согласовал");
    app.exec(decide, values!["agreed_with_remarks", day, app.app.clock.now()]).await;
    stage.mentor.get(&stage.base).await.shows("согласовал с замечаниями");
    approve().await.led_to();
    // An edit after the question takes it back.
    stage.mentor.post(&stage.at("revisions"), &[("reason", "Уточнение")]).await.led_to();
    stage.sign(&stage.mentor).await;
    stage.sign(&stage.mentee).await;
    stage.curator.post(&stage.at("question"), &[]).await.led_to();
    let line = stage.line_of("Спокойно удерживать").await;
    stage.mentee.post(&stage.at(&format!("lines/{line}")), &Stage::goal("Иначе", 1)).await.led_to();
    let waits = "SELECT COUNT(*) AS n FROM council_matter WHERE decided_at IS NULL AND withdrawn_at IS NULL";
    assert_eq!(app.count(waits, vec![]).await, 0);
});

db_test!(open_goals_and_measures_go_along_to_another_pair, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    stage.approve().await;
    let tx = app.app.db.begin().await.unwrap();
    let other = a_person(&tx, stage.world.school, "учитель", "Новыйнаставник").await;
    let pair = a_mentorship(&tx, stage.world.school, other, &[stage.world.people[&Role::Mentee]]).await;
    a_signed_order(&app, &tx, stage.world.other_school, pair).await;
    tx.commit().await.unwrap();
    let line = stage.line_of("Посещение урока наставника").await;
    let done = [("done_on", "2026-11-20"), ("done_words", "Было")];
    stage.mentor.post(&stage.at(&format!("lines/{line}/completion")), &done).await.led_to();
    let account = stage
        .id("SELECT a.id FROM account a JOIN person p ON p.id = a.person_id AND p.surname = 'Рольcurator'")
        .await;
    let carry = async || {
        let by = By { account: Some(account), request_id: None };
        let once = Once { account, key: ids::form_key(), request_hash: "x".to_owned() };
        let change = Change::begin(&app.app, by, once).await.unwrap();
        let carried = programs::transfer(&change, stage.world.mentorship, pair).await.unwrap();
        change.finish("/", "").await.unwrap();
        carried
    };
    assert!(!carry().await.is_empty(), "the open lines stand in the new program");
    assert!(carry().await.is_empty(), "a pair with a program keeps its own");
    let page = app.browser_of(other).await.get(&format!("/pairs/{pair}/program")).await;
    page.shows("Спокойно удерживать");
    page.hides("Посещение урока наставника с наблюдением");
    let states = programs::states(app.app.db.reader(), &[pair, stage.world.mentorship]).await.unwrap();
    assert_eq!(states[&pair].state, State::Draft);
    assert_eq!(
        (states[&stage.world.mentorship].measures, states[&stage.world.mentorship].measures_done),
        (1, 1)
    );
});
