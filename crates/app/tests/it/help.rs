//! Help when it is needed: who asks and answers, working time, what waits too long, and words that never leave the pair.

use axum::http::{Method, StatusCode};
use chrono::Duration;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::access::address;
use crate::db_test;
use crate::pairs::stage::{Stage, error_at};
use crate::support::{Browser, Relation, TestApp};

/// Recognised wherever it appears: what is asked, what is answered.
const ASKED: &str = "КАНАРЕЙКАПРОСЬБЫ";
const ANSWERED: &str = "КАНАРЕЙКАОТВЕТА";

#[derive(sea_orm::FromQueryResult)]
struct Id {
    id: Uuid,
}

async fn newest(app: &TestApp) -> Uuid {
    let sql = "SELECT id FROM help_request ORDER BY asked_at DESC, id DESC";
    let row: Option<Id> = nastavnik::kernel::db::one(app.app.db.reader(), sql, vec![]).await.unwrap();
    row.unwrap().id
}

const ASK: [(&str, &str); 3] = [("domain", "4"), ("urgency", "today"), ("words", ASKED)];

/// An active pair with its two people at their browsers.
struct Pair {
    stage: Stage,
    path: String,
    mentor: Browser,
    mentee: Browser,
}

impl Pair {
    async fn set(app: &TestApp) -> Self {
        let stage = Stage::set(app).await;
        let pair = stage.active_pair().await;
        let (mentor, mentee) = (app.browser_of(stage.mentor).await, app.browser_of(stage.mentee).await);
        Self { path: format!("/pairs/{pair}/help"), stage, mentor, mentee }
    }

    async fn ask(&self) -> Uuid {
        self.mentee.post(&self.path, &ASK).await.led_to();
        newest(&self.stage.app).await
    }
}

db_test!(only_the_two_of_the_pair_see_and_do, |app: TestApp| async move {
    let pair = Pair::set(&app).await;
    let request = pair.ask().await;
    for role in [Role::Curator, Role::Director, Role::Council, Role::Department, Role::Mentor, Role::Mentee] {
        let stranger = pair.stage.world.browser(&app, role).await;
        stranger.get(&pair.path).await.expect(StatusCode::NOT_FOUND);
        for deed in ["answer", "closing", "visibility", "withdrawal"] {
            let page = stranger.post(&format!("/help/{request}/{deed}"), &[("answer", "чужой")]).await;
            assert!(matches!(page.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{role:?} {deed}");
        }
    }
    // Each does only what is theirs.
    pair.mentor.post(&pair.path, &ASK).await.expect(StatusCode::FORBIDDEN);
    pair.mentee
        .post(&format!("/help/{request}/answer"), &[("answer", "сам")])
        .await
        .expect(StatusCode::FORBIDDEN);
    pair.mentor.post(&format!("/help/{request}/withdrawal"), &[]).await.expect(StatusCode::FORBIDDEN);
    let untouched =
        "SELECT COUNT(*) AS n FROM help_request WHERE answered_at IS NULL AND withdrawn_at IS NULL";
    assert_eq!(app.count(untouched, vec![]).await, 1);
    pair.mentor.get(&pair.path).await.expect(StatusCode::OK).shows(ASKED);
    pair.mentor.get("/help/queue").await.expect(StatusCode::OK).shows(ASKED);
    pair.mentor.get("/").await.shows("Ответьте на просьбы о помощи: 1 просьба");
});

db_test!(what_is_missing_is_told_at_its_field, |app: TestApp| async move {
    let pair = Pair::set(&app).await;
    let table = [
        (vec![("urgency", "today"), ("words", "беда")], "domain", "Выберите"),
        (vec![("domain", "9"), ("urgency", "today"), ("words", "беда")], "domain", "нет в списке"),
        (vec![("domain", "4"), ("words", "беда")], "urgency", "Выберите"),
        (vec![("domain", "4"), ("urgency", "today"), ("words", " ")], "words", "Заполните"),
    ];
    for (fields, field, told) in table {
        let page = pair.mentee.post(&pair.path, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(error_at(&page, field).unwrap().contains(told), "{field}");
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM help_request", vec![]).await, 0);
    let request = pair.ask().await;
    let answer = format!("/help/{request}/answer");
    let page = pair.mentor.post(&answer, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "answer").unwrap().contains("назовите день"));
    let yesterday = [("answer", "приду"), ("meet_on", "2026-11-22")];
    let page = pair.mentor.post(&answer, &yesterday).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "meet_on").unwrap().contains("прошёл"));
    assert!(page.text().contains("приду"), "what was typed is lost");
    pair.mentor.post(&format!("/help/{request}/closing"), &[]).await.expect(StatusCode::CONFLICT);
});

db_test!(an_answer_is_measured_in_working_time, |app: TestApp| async move {
    let pair = Pair::set(&app).await;
    // Friday 16:30 to Monday 9:00: half an hour and an hour of work.
    app.advance(Duration::minutes(4 * 24 * 60 + 210));
    let friday = app.browser_of(pair.stage.mentee).await;
    friday.post(&pair.path, &ASK).await.led_to();
    let request = newest(&app).await;
    app.advance(Duration::minutes(64 * 60 + 30));
    let (mentor, mentee) = (app.browser_of(pair.stage.mentor).await, app.browser_of(pair.stage.mentee).await);
    let key = ids::form_key();
    let fields = [("answer", ANSWERED), ("meet_on", "2026-12-01")];
    let path = format!("/help/{request}/answer");
    mentor.post_keyed(&path, &fields, key).await.led_to();
    mentor.post_keyed(&path, &fields, key).await.led_to();
    let page = mentee.get(&pair.path).await;
    page.shows(ANSWERED);
    page.shows("Встретимся 1 декабря 2026");
    page.shows("рабочее время до ответа: 1 час 30 минут");
    mentee.get("/").await.shows("Прочитайте ответ наставника");
    let curator = pair.stage.world.browser(&app, Role::Curator).await;
    let numbers = curator.get("/help").await.expect(StatusCode::OK);
    numbers.shows("1 час 30 минут");
    numbers.hides(ANSWERED);
    mentor.post(&format!("/help/{request}/closing"), &[]).await.led_to();
    mentor.post(&path, &fields).await.expect(StatusCode::CONFLICT);
    mentee.get("/").await.hides("Прочитайте ответ наставника");
});

db_test!(what_waits_too_long_is_told_without_its_words, |app: TestApp| async move {
    let pair = Pair::set(&app).await;
    pair.ask().await;
    pair.stage.curator.get("/help").await.shows("Таких просьб нет");
    pair.stage.curator.get("/").await.hides("долго не отвечают");
    // Asked on Monday at 13:00; four working hours are over at 17:00, and the night does not count.
    app.advance(Duration::hours(16));
    let curator = pair.stage.world.browser(&app, Role::Curator).await;
    curator.get("/").await.hides("долго не отвечают");
    app.advance(Duration::hours(5));
    let curator = pair.stage.world.browser(&app, Role::Curator).await;
    curator.get("/").await.shows("долго не отвечают: ждёт 1 просьба");
    let page = curator.get("/help").await.expect(StatusCode::OK);
    page.shows("Новикова Анна Ивановна");
    page.shows("найдите другого");
    page.hides(ASKED);
    page.hides("Ученики и родители");
    let director = pair.stage.world.browser(&app, Role::Director).await;
    director.get("/help").await.expect(StatusCode::OK).hides(ASKED);
    let other = app.browser_of(pair.stage.world.other_curator).await;
    other.get("/help").await.expect(StatusCode::OK).hides("Новикова");
});

db_test!(the_asker_alone_decides_that_the_curator_reads, |app: TestApp| async move {
    let pair = Pair::set(&app).await;
    let request = pair.ask().await;
    pair.stage.curator.get("/help").await.hides(ASKED);
    let path = format!("/help/{request}/visibility");
    pair.mentor.post(&path, &[("shows_curator", "yes")]).await.expect(StatusCode::FORBIDDEN);
    pair.stage.curator.get("/help").await.hides(ASKED);
    pair.mentee.post(&path, &[("shows_curator", "yes")]).await.led_to();
    pair.stage.curator.get("/help").await.shows(ASKED);
    pair.stage.director.get("/help").await.hides(ASKED);
    pair.mentor.get("/help/queue").await.shows("видит и куратор");
    pair.mentee.post(&path, &[]).await.led_to();
    pair.stage.curator.get("/help").await.hides(ASKED);
    pair.mentee.post(&format!("/help/{request}/withdrawal"), &[]).await.led_to();
    pair.mentor.get("/help/queue").await.hides(ASKED);
});

db_test!(nobody_outside_the_pair_meets_a_word, |app: TestApp| async move {
    let pair = Pair::set(&app).await;
    app.exec("UPDATE document SET number = number + 500", vec![]).await;
    let objects = pair.stage.world.objects(&app).await;
    let request = pair.ask().await;
    let answer = [("answer", ANSWERED)];
    pair.mentor.post(&format!("/help/{request}/answer"), &answer).await.led_to();
    let own = pair.path.trim_end_matches("/help");
    let mut found = Vec::new();
    for role in Role::ALL {
        let browser = pair.stage.world.browser(&app, role).await;
        let places = app.entries.iter().filter(|entry| entry.method == Method::GET);
        let mut pages: Vec<String> =
            places.filter_map(|entry| address(&objects, entry.path, Relation::Own)).collect();
        pages.extend([own.to_owned(), pair.path.clone(), format!("/journal?q={ASKED}")]);
        for page in pages {
            let text = browser.get(&page).await.text();
            // The page itself echoes the address it was asked for.
            let text = text.replace(&format!("q={ASKED}"), "");
            found.extend(
                [ASKED, ANSWERED]
                    .iter()
                    .filter(|word| text.contains(**word) && !page.contains(**word))
                    .map(|_| format!("{role:?} at {page}")),
            );
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    for word in [ASKED, ANSWERED] {
        let sql = "SELECT COUNT(*) AS n FROM journal WHERE payload LIKE ?";
        assert_eq!(app.count(sql, values![format!("%{word}%")]).await, 0);
    }
    let journal = pair.stage.world.browser(&app, Role::Director).await.get("/journal").await;
    journal.shows("Наставник ответил на просьбу о помощи");
});
