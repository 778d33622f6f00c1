//! The municipal base of programs: from the offer through consents, check and reviews to a program begun from it.

mod evaluated;
mod ring;
mod stage;

use axum::http::StatusCode;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::{TestApp, start, workbook};
use stage::{REVIEW, Stage, WORDS};

db_test!(only_a_finished_program_is_offered_and_once, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let fields = [("pair", stage.pair.as_str())];
    app.exec("UPDATE program SET measures_done = 0", vec![]).await;
    stage.curator.get("/base/offers").await.shows("Выполнено 0 из 1 мероприятий");
    stage.curator.post("/base/offers", &fields).await.expect(StatusCode::CONFLICT);
    app.exec("UPDATE program SET measures_done = 1", vec![]).await;
    app.exec("UPDATE mentorship SET ends_on = '2027-05-31'", vec![]).await;
    stage.curator.post("/base/offers", &fields).await.expect(StatusCode::CONFLICT).shows("ещё идёт");
    app.exec("UPDATE mentorship SET ends_on = '2026-12-10'", vec![]).await;
    stage.curator.post("/base/offers", &[]).await.expect(StatusCode::BAD_REQUEST);
    let stranger = app.browser_of(stage.world.other_curator).await;
    stranger.post("/base/offers", &fields).await.expect(StatusCode::NOT_FOUND);
    stage.mentor.post("/base/offers", &fields).await.expect(StatusCode::FORBIDDEN);
    stage.curator.get("/base/offers").await.shows("Можно предложить");
    // Pressed twice, done once; offered again it is refused.
    let key = ids::form_key();
    for _ in 0..2 {
        stage.curator.post_keyed("/base/offers", &fields, key).await.led_to();
    }
    stage.curator.post("/base/offers", &fields).await.expect(StatusCode::CONFLICT);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM base_program", vec![]).await, 1);
    stage.mentee.get("/").await.shows("Решите, показать ли вашу программу коллегам");
});

db_test!(a_program_goes_from_the_offer_to_the_base, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let id = stage.offer().await;
    let check = format!("/base/offers/{id}/check");
    stage.curator.post(&check, &WORDS).await.expect(StatusCode::CONFLICT);
    let page = stage.mentee.get(&format!("/own/base/{id}")).await.expect(StatusCode::OK);
    page.shows("Посещение уроков наставника в организации");
    assert!(page.text().contains("<del class=\"was\">Алевтина Кузьминична Зимородкова</del>"));
    stage.agree(id).await;
    stage.mentor.post(&format!("/own/base/{id}/consent"), &[]).await.expect(StatusCode::CONFLICT);
    stage.curator.get("/").await.shows("Проверьте 1 программу перед публикацией");
    // A doubtful word is decided, and the curator's own words name nobody.
    let undecided = stage.curator.post(&check, &WORDS).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    undecided.shows("Машей");
    let named = [("title", "Уроки Зимородковой"), WORDS[1], WORDS[2], ("word_0", "pupil"), ("version", "3")];
    let named = stage.curator.post(&check, &named).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    named.shows("Здесь можно узнать людей или организацию: «Зимородковой»");
    let stale = [&WORDS[..], &[("word_0", "pupil"), ("version", "1")]].concat();
    stage.curator.post(&check, &stale).await.expect(StatusCode::CONFLICT);
    stage.check(id).await;
    stage.curator.post(&check, &WORDS).await.expect(StatusCode::CONFLICT);
    // Two reviewers, each by themself, then the department.
    let review = format!("/base/reviews/{id}");
    stage.support.get("/").await.shows("Прочитайте 1 программу и дайте отзыв");
    let half = stage.support.post(&review, &[("verdict", "recommend")]).await;
    half.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Ответьте на этот вопрос");
    stage.support.post(&review, &[("verdict", "return")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    stage.recommend(&stage.support, id).await;
    stage.support.post(&review, REVIEW).await.expect(StatusCode::CONFLICT);
    stage.department.get(&format!("/base/publications/{id}")).await.expect(StatusCode::NOT_FOUND);
    stage.recommend(&stage.resource, id).await;
    let publication = format!("/base/publications/{id}");
    stage.department.get(&publication).await.expect(StatusCode::OK).shows("Рольsupport_center");
    stage.curator.post(&publication, &[]).await.expect(StatusCode::FORBIDDEN);
    stage.department.get("/").await.shows("Опубликуйте 1 программу в базе");
    stage.department.post(&publication, &[]).await.led_to();
    stage.department.post(&publication, &[]).await.expect(StatusCode::CONFLICT);
    let card = stage.world.browser(&app, Role::Council).await.get(&format!("/base/{id}")).await;
    card.shows("Вести урок в 5 классе вместе с учеником, как наставник");
    card.shows("2-й месяц");
    // Filters and words; «ё» is «е».
    let other = app.browser_of(stage.world.other_curator).await;
    other
        .get("/base?q=спокойный+ПЕРВОГО&domain=psychology&length=short&level=school")
        .await
        .shows("Спокойный урок");
    for asked in ["q=другое", "domain=law", "kind=group", "form=other", "length=year", "level=preschool"]
    {
        other.get(&format!("/base?{asked}")).await.shows("Таких программ нет");
    }
    let far = app.browser_of(stage.world.far_director).await;
    far.get("/base").await.hides("Спокойный урок");
    far.get(&format!("/base/{id}")).await.expect(StatusCode::NOT_FOUND);
});

db_test!(a_returned_program_is_mended_and_read_again, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let id = stage.offer().await;
    stage.agree(id).await;
    stage.check(id).await;
    stage.recommend(&stage.support, id).await;
    let back = [&REVIEW[..4], &[("verdict", "return"), ("remarks", "Уточните результат")]].concat();
    stage.resource.post(&format!("/base/reviews/{id}"), &back).await.led_to();
    let page = stage.curator.get(&format!("/base/offers/{id}")).await;
    page.shows("Уточните результат");
    page.hides("Рольresource_center");
    stage.check(id).await;
    // The first recommendation was about another text.
    stage.department.get("/base/publications").await.hides("Спокойный урок");
    stage.recommend(&stage.support, id).await;
    stage.recommend(&stage.resource, id).await;
    stage.department.get("/base/publications").await.shows("Спокойный урок");
    let ending = format!("/base/publications/{id}/ending");
    stage.department.post(&ending, &[("reason", "Рано")]).await.expect(StatusCode::CONFLICT);
    stage.department.post(&format!("/base/publications/{id}"), &[]).await.led_to();
    stage.department.post(&ending, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    stage.department.post(&ending, &[("reason", "Устарела")]).await.led_to();
    stage.curator.get("/base").await.hides("Спокойный урок");
    stage.curator.get("/base/offers").await.shows("снята департаментом: Устарела");
});

db_test!(a_published_program_is_taken_away_on_paper_and_as_a_list, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let id = stage.offer().await;
    let teacher = app.browser_of(stage.world.other_teacher).await;
    let paper = |name: &str| format!("/base/{id}/prints/{name}");
    teacher.get(&paper("program.pdf")).await.expect(StatusCode::NOT_FOUND);
    stage.agree(id).await;
    stage.check(id).await;
    stage.recommend(&stage.support, id).await;
    stage.recommend(&stage.resource, id).await;
    stage.department.post(&format!("/base/publications/{id}"), &[]).await.led_to();
    teacher.get(&paper("program.odt")).await.expect(StatusCode::NOT_FOUND);
    app.browser_of(stage.world.far_director)
        .await
        .get(&paper("program.pdf"))
        .await
        .expect(StatusCode::NOT_FOUND);
    for (name, head) in [("program.pdf", &b"%PDF"[..]), ("program.docx", &b"PK"[..])] {
        let file = teacher.get(&paper(name)).await.expect(StatusCode::OK);
        assert!(file.bytes.starts_with(head), "{name}");
    }
    assert!(teacher.get(&format!("/base/{id}")).await.text().contains(&paper("program.docx")));
    // The page's filters go along.
    assert!(teacher.get("/base?length=short").await.text().contains("/base.xlsx?length=short"));
    let rows = workbook(&teacher.get("/base.xlsx?length=short&q=спокойный").await);
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(
        rows[1][..3],
        ["Спокойный урок", "Учителю первого года", "Уроки идут по плану, дети спрашивают"]
    );
    assert_eq!(workbook(&teacher.get("/base.xlsx?length=year").await).len(), 1);
    // A consent taken back takes the paper away as well.
    stage.mentee.post(&format!("/own/base/{id}/refusal"), &[]).await.led_to();
    teacher.get(&paper("program.pdf")).await.expect(StatusCode::NOT_FOUND);
});

db_test!(who_has_left_is_known_by_name_as_well, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let gone = "UPDATE employment SET ended_on = '2026-02-01' WHERE person_id = ?";
    app.exec(gone, values![stage.world.people[&Role::Union]]).await;
    let archived = "UPDATE person SET archived_at = ? WHERE id = ?";
    app.exec(archived, values![start(), stage.world.people[&Role::Union]]).await;
    let id = stage.offer().await;
    let page = stage.mentee.get(&format!("/own/base/{id}")).await.expect(StatusCode::OK);
    assert!(page.text().contains("Карта для <del class=\"was\">Совушкиной</del>"));
});

db_test!(another_pair_begins_from_it, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let id = stage.publish().await;
    let mentor = app.browser_of(stage.world.other_teacher).await;
    let base = format!("/pairs/{}/program/base", stage.other_pair);
    mentor.get(&format!("/base/{id}")).await.shows("Начать с этой программы");
    mentor.get(&base).await.shows("отвечает на вашу самодиагностику");
    let page = mentor.get(&format!("{base}/{id}")).await.expect(StatusCode::OK);
    assert!(page.text().contains("name=\"goal\" value=\"0\" checked"));
    let curator = app.browser_of(stage.world.other_curator).await;
    curator.post(&format!("{base}/{id}"), &[("goal", "0")]).await.expect(StatusCode::FORBIDDEN);
    stage.mentor.get(&format!("{base}/{id}")).await.expect(StatusCode::NOT_FOUND);
    mentor.post(&format!("{base}/{id}"), &[("goal", "99")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let key = ids::form_key();
    for _ in 0..2 {
        mentor.post_keyed(&format!("{base}/{id}"), &[("goal", "0"), ("measure", "0")], key).await.led_to();
    }
    mentor.get(&format!("{base}/{id}")).await.expect(StatusCode::CONFLICT);
    let mentee = app.browser_of(stage.other_mentee).await;
    let program = mentee.get(&format!("/pairs/{}/program", stage.other_pair)).await;
    program.shows("Начата с программы из базы");
    program.shows("трудность по самодиагностике");
    program.shows("Посещение уроков наставника в организации");
    mentee.get(&format!("/base/{id}")).await.shows("По ней начали");
    // What was taken from the base is no copying: the other program of the school with the same goals is not held up to it.
    let copy = "INSERT INTO mentorship (id, organization_id, mentor_id, form, kinds, starts_on, ends_on, created_by, created_at) \
                SELECT ?, organization_id, mentor_id, form, kinds, starts_on, ends_on, created_by, created_at \
                FROM mentorship WHERE id = ?";
    let twin = ids::row_id();
    app.exec(copy, values![twin, stage.other_pair]).await;
    let twin_program = "INSERT INTO program (id, mentorship_id, organization_id, state, revision, goals_key, version, created_at, \
                        changed_at) SELECT ?, ?, organization_id, 'draft', 1, goals_key, 1, created_at, changed_at \
                        FROM program WHERE mentorship_id = ?";
    app.exec(twin_program, values![ids::row_id(), twin, stage.other_pair]).await;
    let program = format!("/pairs/{}/program", stage.other_pair);
    mentee.get(&program).await.hides("Цели совпадают с другой программой");
    // Once taken out, the program stays with the pair and leads nowhere.
    stage.mentee.post(&format!("/own/base/{id}/refusal"), &[]).await.led_to();
    mentee.get(&program).await.shows("Начата с программы, которой в базе больше нет");
});
