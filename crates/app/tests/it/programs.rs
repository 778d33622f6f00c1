//! Programs of mentoring: made from the diagnosis, written by two at once, signed, agreed, approved, revised.

mod council;
mod processes;
mod ring;
mod stage;
mod templates;
mod together;

use axum::http::StatusCode;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::TestApp;
use stage::Stage;

db_test!(a_program_is_made_of_what_the_diagnosis_found, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.curator.get(&stage.base).await.expect(StatusCode::OK).shows("Программы ещё нет");
    let before = stage.mentor.get(&stage.base).await.expect(StatusCode::OK);
    before.shows("Д4 Ученики и родители");
    before.shows("трудность по самодиагностике");
    // Nobody else may make it.
    for role in [Role::Curator, Role::Director, Role::Council] {
        let browser = stage.world.browser(&app, role).await;
        browser.post(&stage.base, &[]).await.expect(StatusCode::FORBIDDEN);
    }
    let key = ids::form_key();
    let goal = stage.offer("psychology.deficit");
    let measure = format!("{goal}/m4.1");
    let fields = [("goal", goal.as_str()), ("measure", measure.as_str()), ("goal", "magic.deficit.nobody")];
    let first = stage.mentor.post_keyed(&stage.base, &fields, key).await.led_to();
    // Pressed twice, done once.
    assert_eq!(stage.mentor.post_keyed(&stage.base, &fields, key).await.led_to(), first);
    stage.mentee.post(&stage.base, &[]).await.expect(StatusCode::CONFLICT);
    let page = stage.mentee.get(&stage.base).await.expect(StatusCode::OK);
    page.shows("Спокойно удерживать рабочий порядок");
    page.shows("Посещение урока наставника с наблюдением");
    page.hides("Репетиция трудного разговора");
    // The strength was not taken: the pair is told.
    page.shows("Д5 Методика (сильная сторона по самодиагностике): нет ни цели, ни мероприятия");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM program", vec![]).await, 1);
});

db_test!(a_program_goes_from_the_draft_to_the_paper, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    let decide = ["agreement", "return", "question"];
    // Nothing passed yet: there is nothing to decide.
    for noun in decide {
        let page = stage.curator.post(&stage.at(noun), &[("remarks", "Уточните")]).await;
        page.expect(StatusCode::CONFLICT);
    }
    let director = stage.world.browser(&app, Role::Director).await;
    let pair = stage.pair.as_str();
    let early = director.post("/programs/approvals", &[("pair", pair)]).await;
    early
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("Утверждать можно программу, которую подписала пара");
    let stale = stage.mentee.post(&stage.at("signature"), &[("edition", "1")]).await;
    stale.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Пока вы читали, текст изменился");
    stage.sign(&stage.mentee).await;
    let again = stage.mentee.get(&stage.base).await;
    again.shows("вы подписали");
    stage.sign(&stage.mentor).await;
    // Members of the council decide at their sitting.
    let council = stage.world.browser(&app, Role::Council).await;
    council.post(&stage.at("agreement"), &[]).await.expect(StatusCode::FORBIDDEN);
    director.post(&stage.at("agreement"), &[]).await.expect(StatusCode::FORBIDDEN);
    stage.curator.get("/").await.shows("Согласуйте 1 программу");
    stage.curator.post(&stage.at("agreement"), &[]).await.led_to();
    director.get("/").await.shows("Утвердите 1 программу");
    director.get("/programs/approvals").await.shows("Рольmentor");
    stage.curator.post("/programs/approvals", &[("pair", pair)]).await.expect(StatusCode::FORBIDDEN);
    let key = ids::form_key();
    for _ in 0..2 {
        director.post_keyed("/programs/approvals", &[("pair", pair)], key).await.led_to();
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM document WHERE kind = 'program'", vec![]).await, 1);
    for browser in [&stage.mentor, &stage.mentee, &stage.curator, &director, &council] {
        let pdf = browser.get(&stage.at("paper/1.pdf")).await.expect(StatusCode::OK);
        assert!(pdf.bytes.starts_with(b"%PDF"));
        browser.get(&stage.at("paper/1.docx")).await.expect(StatusCode::OK);
    }
    stage.mentor.get(&stage.at("paper/2.pdf")).await.expect(StatusCode::NOT_FOUND);
    // The paper stands in the register, is never canceled there, and hinders nobody at the gate.
    stage.curator.get("/papers?kind=program").await.shows("1-ПП/2026");
    stage.curator.get(&format!("/pairs/{pair}")).await.shows("действует");
});

db_test!(an_approved_text_changes_only_by_a_revision, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    stage.approve().await;
    let body = stage.stored("SELECT body AS text FROM program_revision WHERE number = 1").await;
    let line = stage.line_of("Спокойно удерживать").await;
    let edit = Stage::goal("Новая цель", 1);
    stage.mentee.post(&stage.at(&format!("lines/{line}")), &edit).await.expect(StatusCode::CONFLICT);
    stage.mentor.post(&stage.at("lines"), &edit).await.expect(StatusCode::CONFLICT);
    stage.mentor.post(&stage.at("revisions"), &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    stage.curator.post(&stage.at("revisions"), &[("reason", "Так надо")]).await.expect(StatusCode::FORBIDDEN);
    stage.mentor.post(&stage.at("revisions"), &[("reason", "Тема пройдена раньше")]).await.led_to();
    stage.mentee.post(&stage.at(&format!("lines/{line}")), &edit).await.led_to();
    // Outside the pair the approved text is read meanwhile.
    let outside = stage.curator.get(&stage.base).await;
    outside.shows("Спокойно удерживать");
    outside.hides("Новая цель");
    let inside = stage.mentor.get(&stage.at("history")).await;
    inside.shows("Причина: Тема пройдена раньше");
    inside.shows("Новая цель");
    stage.approve().await;
    let history = stage.curator.get(&stage.at("history")).await.expect(StatusCode::OK);
    history.shows("Редакция 2");
    history.shows("Спокойно удерживать");
    history.shows("Новая цель");
    assert_eq!(stage.stored("SELECT body AS text FROM program_revision WHERE number = 1").await, body);
    stage.curator.get(&stage.at("paper/2.pdf")).await.expect(StatusCode::OK);
});

db_test!(what_happened_gives_the_same_text_again, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    stage.approve().await;
    stage.mentor.post(&stage.at("revisions"), &[("reason", "Уточнение")]).await.led_to();
    stage.mentor.post(&stage.at("lines"), &Stage::goal("Вторая цель", 0)).await.led_to();
    stage.approve().await;
    let program = stage.replayed().await;
    assert_eq!(program.approved.len(), 2);
    for approved in &program.approved {
        let sql = format!("SELECT body AS text FROM program_revision WHERE number = {}", approved.number);
        let kept: nastavnik_domain::program::Text = serde_json::from_str(&stage.stored(&sql).await).unwrap();
        assert_eq!(kept, approved.text);
    }
    let columns = "SELECT COUNT(*) AS n FROM program WHERE state = ? AND revision = 2 AND approved_revision = 2 AND version = ?";
    let expected = values![program.state().code(), i64::from(program.version)];
    assert_eq!(app.count(columns, expected).await, 1);
});

db_test!(measures_are_marked_and_progress_is_a_fact, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    let line = stage.line_of("Посещение урока наставника").await;
    let done = stage.at(&format!("lines/{line}/completion"));
    let words = [("done_on", "2026-11-20"), ("done_words", "Два приёма взяла себе")];
    stage.mentee.post(&done, &words).await.expect(StatusCode::CONFLICT);
    stage.approve().await;
    let mentee = &stage.mentee;
    let early = mentee.post(&done, &[("done_on", "2026-12-20"), ("done_words", "Было")]).await;
    early.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Этот день ещё не наступил");
    mentee.post(&done, &[("done_on", "2026-11-20")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    stage.curator.post(&done, &words).await.expect(StatusCode::FORBIDDEN);
    mentee.post(&done, &words).await.led_to();
    stage.mentor.post(&done, &words).await.expect(StatusCode::CONFLICT);
    stage.curator.get(&stage.base).await.shows("Два приёма взяла себе");
    stage.curator.get("/programs").await.shows("1 из 1");
    mentee.post(&stage.at(&format!("lines/{line}/resumption")), &[]).await.led_to();
    stage.curator.get("/programs").await.shows("0 из 1");
});

db_test!(lists_say_what_is_late, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    // The pair began on 1 October, so the program was due that day.
    stage.curator.get("/programs?state=none").await.shows("срок прошёл");
    stage.curator.get("/programs?late=approval&q=Рольmentee").await.shows("Показаны 1–1 из 1");
    stage.curator.get("/programs?q=Никто").await.shows("Таких программ нет");
    stage.curator.get("/").await.shows("Помогите утвердить 1 программу: срок прошёл");
    stage.mentee.get("/").await.shows("Составьте программу наставничества");
    let other = app.browser_of(stage.world.other_curator).await;
    other.get("/programs").await.hides("Рольmentor");
    stage.make().await;
    stage.approve().await;
    stage.curator.get("/programs?late=approval").await.shows("Таких программ нет");
    let book = stage.curator.get("/programs.xlsx").await.expect(StatusCode::OK);
    assert!(book.bytes.starts_with(b"PK"));
});

db_test!(a_colleague_is_asked_and_answers, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.make().await;
    let (mentee, union) = (stage.person(Role::Mentee), stage.person(Role::Union));
    let invite = |person: &str| [("helper", person.to_owned()), ("task", "Открытый урок".to_owned())];
    for person in [mentee, stage.world.far_teacher.to_string()] {
        let fields = invite(&person);
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        stage.mentor.post(&stage.at("helpers"), &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let fields = invite(&union);
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    stage.mentor.post(&stage.at("helpers"), &fields).await.led_to();
    let invited = stage.world.browser(&app, Role::Union).await;
    invited.get("/").await.shows("Ответьте, поможете ли коллегам");
    invited.get("/own/invitations").await.shows("Открытый урок");
    let answer = format!("/own/invitations/{}", stage.id("SELECT id FROM program_helper").await);
    stage.curator.post(&answer, &[("answer", "accepts")]).await.expect(StatusCode::NOT_FOUND);
    invited.post(&answer, &[("answer", "perhaps")]).await.expect(StatusCode::BAD_REQUEST);
    invited.post(&answer, &[("answer", "accepts")]).await.led_to();
    invited.post(&answer, &[("answer", "declines")]).await.expect(StatusCode::CONFLICT);
    stage.mentee.get(&stage.base).await.shows("согласился помочь");
});
