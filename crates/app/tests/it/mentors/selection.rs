//! Selection: criteria from facts and answers, two decisions, one outcome.

use super::*;

/// Facts that speak for the candidate: category, achievement, planned course.
async fn proven(app: &TestApp, world: &World) {
    let person = world.people[&Role::Union];
    let now = app.app.clock.now();
    app.exec("UPDATE employment SET qualification = 'first' WHERE person_id = ?", values![person]).await;
    app.exec(
        "INSERT INTO achievement (id, person_id, title, evidence, recorded_by, recorded_at) \
         VALUES (?, ?, 'Победа в конкурсе', 'приказ 17', ?, ?)",
        values![ids::row_id(), person, person, now],
    )
    .await;
    let day: chrono::NaiveDate = "2027-02-01".parse().unwrap();
    app.exec(
        "INSERT INTO mentor_course (id, person_id, title, provider, planned_for, recorded_by, recorded_at) \
         VALUES (?, ?, 'Наставничество', 'Институт', ?, ?, ?)",
        values![ids::row_id(), person, day, person, now],
    )
    .await;
}

const TODAY: (&str, &str) = ("decided_on", "23.11.2026");

db_test!(facts_are_found_and_a_missing_one_hinders, |app: TestApp| async move {
    let world = World::build(&app).await;
    let path = format!("/bank/mentors/{}/selection", accepted(&app, &world).await);
    let curator = world.browser(&app, Role::Curator).await;
    let page = curator.get(&path).await.expect(StatusCode::OK);
    page.shows("отбор не начат");
    page.shows("преподаёт с 2014 года");
    page.shows("категория не указана");
    page.shows("записано: 0 достижений");
    page.shows("выдвинул кандидатуру сам");
    page.shows("курса пока нет");
    let yes = [("body", "curator"), ("vote", "for"), TODAY];
    let decisions = format!("{path}/decisions");
    let refused = curator.post(&decisions, &yes).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Решить «за» пока нельзя");
    refused.shows("Не выполнено: Подтверждённые результаты работы (п. 3.1)");
    curator.post(&decisions, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let bare = curator.post(&decisions, &[("body", "curator"), ("vote", "against"), TODAY]).await;
    bare.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("почему решение против");
    let early =
        curator.post(&decisions, &[("body", "curator"), ("vote", "for"), ("decided_on", "24.11.2026")]).await;
    early.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("ещё не наступил");
    // The curator does not speak for the council, the director for nobody, the neighbor sees nothing.
    let council =
        curator.post(&decisions, &[("body", "council"), ("vote", "against"), ("reason", "х"), TODAY]).await;
    council.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("нет в списке");
    let director = world.browser(&app, Role::Director).await;
    director.get(&path).await.expect(StatusCode::OK).hides("Записать решение");
    director.post(&decisions, &yes).await.expect(StatusCode::FORBIDDEN);
    app.browser_of(world.other_curator).await.post(&decisions, &yes).await.expect(StatusCode::NOT_FOUND);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM selection_decision", vec![]).await, 0);
});

db_test!(both_decide_and_may_think_again, |app: TestApp| async move {
    let world = World::build(&app).await;
    let path = format!("/bank/mentors/{}/selection", accepted(&app, &world).await);
    proven(&app, &world).await;
    let curator = world.browser(&app, Role::Curator).await;
    let council = world.browser(&app, Role::Council).await;
    let (answers, decisions) = (format!("{path}/answers"), format!("{path}/decisions"));
    let told = curator.get(&path).await;
    told.shows("Пока не известно: Нет конфликтов");
    council.post(&answers, &[("answer_no_conflict", "yes")]).await.expect(StatusCode::SEE_OTHER);
    // The same answer again is nothing new; what facts have told is not asked.
    council
        .post(&answers, &[("answer_no_conflict", "yes"), ("answer_results", "no")])
        .await
        .expect(StatusCode::SEE_OTHER);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM selection_answer", vec![]).await, 1);
    curator
        .post(&decisions, &[("body", "curator"), ("vote", "for"), TODAY])
        .await
        .expect(StatusCode::SEE_OTHER);
    curator.get(&path).await.shows("Ждёт решения: совет наставников");
    curator.get("/bank/mentors?selection=under_way").await.shows("Рольunion");
    let reason = "Пусть сначала проведёт мастер-класс";
    let against = [("body", "council"), ("vote", "against"), ("reason", reason), TODAY];
    council.post(&decisions, &against).await.expect(StatusCode::SEE_OTHER);
    curator.get("/bank/mentors?selection=declined").await.shows("не отобран");
    world.browser(&app, Role::Union).await.get(OWN).await.shows(reason);
    let again = [("body", "council"), ("vote", "for"), TODAY];
    council.post(&decisions, &again).await.expect(StatusCode::SEE_OTHER);
    let page = curator.get(&path).await;
    page.shows("отобран");
    page.hides("Чего не хватает");
    page.shows(reason);
    curator.get("/bank/mentors?selection=selected").await.shows("Показаны 1–1 из 1");
    let own = world.browser(&app, Role::Union).await.get(OWN).await;
    own.shows("отобран");
    own.hides(reason);
    assert_eq!(
        (journal(&app, "mentor_selection_decided").await, journal(&app, "mentor_selection_answered").await),
        (3, 2)
    );
});

db_test!(nobody_decides_about_themself, |app: TestApp| async move {
    let world = World::build(&app).await;
    let path = format!("/bank/mentors/{}/selection", accepted(&app, &world).await);
    proven(&app, &world).await;
    app.exec(
        "UPDATE role_grant SET role = 'council' WHERE person_id = ?",
        values![world.people[&Role::Union]],
    )
    .await;
    let candidate = world.browser(&app, Role::Union).await;
    candidate.get(&path).await.expect(StatusCode::OK).hides("Записать решение");
    let fields = [("body", "council"), ("vote", "for"), TODAY];
    let page = candidate.post(&format!("{path}/decisions"), &fields).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let page = candidate.post(&format!("{path}/answers"), &[("answer_no_conflict", "yes")]).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let written = app.count("SELECT COUNT(*) AS n FROM selection_decision", vec![]).await
        + app.count("SELECT COUNT(*) AS n FROM selection_answer", vec![]).await;
    assert_eq!(written, 0);
});

db_test!(selection_stands_beside_readiness_and_blocks_no_pair, |app: TestApp| async move {
    let world = World::build(&app).await;
    accepted(&app, &world).await;
    proven(&app, &world).await;
    let ready = nastavnik::bank::ready_mentors(app.app.db.reader(), world.school, app.today()).await.unwrap();
    assert_eq!(ready.len(), 1);
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/bank/mentors?ready=yes&selection=not_begun").await.shows("отбор не начат");
});
