//! The psychologist's opinion: three words for others, notes for nobody but the author.

use axum::http::StatusCode;
use nastavnik::council;
use nastavnik::kernel::{db, ids};
use nastavnik::values;
use nastavnik_domain::matching::people::Mark;
use nastavnik_domain::role::Role;

use super::give;
use crate::db_test;
use crate::pairs::stage::{Stage, error_at};
use crate::support::{Canary, Relation, TestApp, traces};

/// What nobody but the author may meet.
const TRACES: &[&str] = &["канареечная методика", "канареечная заметка"];

db_test!(an_opinion_is_given_by_the_psychologist_and_kept_from_the_pair, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let path = format!("/pairs/{pair}/opinions");
    for person in [stage.mentor, stage.mentee, stage.world.other_curator] {
        app.browser_of(person).await.get(&path).await.expect(StatusCode::NOT_FOUND);
    }
    for role in [Role::Director, Role::Union, Role::Department, Role::Administrator] {
        stage.world.browser(&app, role).await.get(&path).await.expect(StatusCode::NOT_FOUND);
    }
    let mentee = stage.mentee.to_string();
    let word = |verdict: &'static str| [("mentee", mentee.clone()), ("verdict", verdict.to_owned())];
    let pairs = |fields: &[(&'static str, String)]| -> Vec<(&'static str, String)> { fields.to_vec() };
    let send = async |browser: &crate::support::Browser, fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(&path, &fields).await
    };
    send(&stage.curator, pairs(&word("recommended"))).await.expect(StatusCode::FORBIDDEN);
    let psychologist = stage.world.browser(&app, Role::Psychologist).await;
    let page = send(&psychologist, vec![("mentee", mentee.clone())]).await;
    assert_eq!(
        error_at(&page.expect(StatusCode::UNPROCESSABLE_ENTITY), "verdict").unwrap(),
        "Выберите ответ в поле «Вывод»."
    );
    let page = send(&psychologist, pairs(&word("excellent"))).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "verdict").is_some());
    let page =
        send(&psychologist, pairs(&word("conditional"))).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "advice").unwrap().contains("условия"));
    psychologist.get("/opinions").await.shows("Опытнова А. И. – Новикова А. И.");
    psychologist.get("/").await.shows("Дайте заключение: 2 пары ждут");

    let key = ids::form_key();
    let told = [
        ("mentee", mentee.as_str()),
        ("verdict", "conditional"),
        ("advice", "Встречаться не чаще раза в неделю"),
    ];
    let first = psychologist.post_keyed(&path, &told, key).await.led_to();
    assert_eq!(psychologist.post_keyed(&path, &told, key).await.led_to(), first);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM pair_opinion", vec![]).await, 1);
    psychologist.get("/").await.shows("Дайте заключение: 1 пара ждёт");
    for role in [Role::Curator, Role::Council] {
        let page = stage.world.browser(&app, role).await.get(&path).await.expect(StatusCode::OK);
        page.shows("рекомендуется с условиями");
        page.shows("Встречаться не чаще раза в неделю");
    }
    let reader = app.app.db.reader();
    assert_eq!(council::bans(reader, &[stage.world.school]).await.unwrap(), []);

    let told = [("mentee", mentee.as_str()), ("verdict", "not_recommended"), ("advice", "Нужен другой темп")];
    psychologist.post(&path, &told).await.led_to();
    stage.curator.get(&path).await.shows("Прежние заключения (1)");
    let bans = council::bans(reader, &[stage.world.school]).await.unwrap();
    let expected = council::Ban { mentor: stage.mentor, mentee: stage.mentee, mark: Mark::NotRecommended };
    assert_eq!(bans, [expected]);
});

db_test!(an_opinion_is_given_about_any_two_before_there_is_a_pair, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.curator.get("/opinions/new").await.expect(StatusCode::FORBIDDEN);
    stage.curator.post("/opinions", &[]).await.expect(StatusCode::FORBIDDEN);
    let psychologist = stage.world.browser(&app, Role::Psychologist).await;
    psychologist.get("/opinions/new").await.expect(StatusCode::OK).shows("Опытнова Анна Ивановна");
    let (mentor, mentee) = (stage.mentor.to_string(), stage.second.to_string());
    let stranger = stage.world.other_teacher.to_string();
    let page = psychologist
        .post("/opinions", &[("mentor", &mentor), ("mentee", &stranger), ("verdict", "recommended")])
        .await;
    assert!(error_at(&page.expect(StatusCode::UNPROCESSABLE_ENTITY), "mentee").is_some());
    let page = psychologist
        .post("/opinions", &[("mentor", &mentor), ("mentee", &mentor), ("verdict", "recommended")])
        .await;
    assert!(error_at(&page.expect(StatusCode::UNPROCESSABLE_ENTITY), "mentee").unwrap().contains("двоих"));
    let told = [
        ("mentor", mentor.as_str()),
        ("mentee", &mentee),
        ("verdict", "not_recommended"),
        ("advice", "Не сейчас"),
    ];
    psychologist.post("/opinions", &told).await.led_to();
    psychologist.get("/opinions").await.shows("пара пока не составлена");
    let bans = council::bans(app.app.db.reader(), &[stage.world.school]).await.unwrap();
    assert_eq!(
        bans.iter().map(|ban| (ban.mentor, ban.mentee)).collect::<Vec<_>>(),
        [(stage.mentor, stage.second)]
    );
});

db_test!(notes_are_on_no_page_of_anybody_else, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let mut objects = stage.world.objects(&app).await;
    objects.get_mut(&Relation::Own).unwrap().insert("pair", pair.clone());
    let path = format!("/pairs/{pair}/opinions");
    let author = stage.world.browser(&app, Role::Psychologist).await;
    let mentee = stage.mentee.to_string();
    let told = [
        ("mentee", mentee.as_str()),
        ("verdict", "recommended"),
        ("advice", "Разговор раз в неделю"),
        ("method", "канареечная методика"),
        ("note", "канареечная заметка"),
    ];
    author.post(&path, &told).await.led_to();
    // The traces are real: their author sees both.
    assert_eq!(traces(&author.get(&path).await.expect(StatusCode::OK), TRACES), TRACES);
    let second = stage.worker("педагог-психолог", "Втораяпсихолог").await;
    give(&stage, second, "psychologist").await;
    let mut readers = vec![
        ("second psychologist".to_owned(), app.browser_of(second).await),
        ("mentor".to_owned(), app.browser_of(stage.mentor).await),
        ("mentee".to_owned(), app.browser_of(stage.mentee).await),
    ];
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Psychologist) {
        readers.push((format!("{role:?}"), stage.world.browser(&app, role).await));
    }
    let canary = Canary { words: TRACES, queries: &[] };
    let mut seen = Vec::new();
    for (name, browser) in &readers {
        let met = canary.met(&app, &objects, browser).await;
        seen.extend(met.into_iter().map(|trace| format!("{name} at {trace}")));
    }
    assert!(seen.is_empty(), "{seen:#?}");
    let in_journal = "SELECT COUNT(*) AS n FROM journal WHERE payload LIKE ?";
    for word in ["канареечная", "recommended", "Разговор"] {
        assert_eq!(app.count(in_journal, values![format!("%{word}%")]).await, 0, "{word}");
    }
    stage.director.get("/journal").await.shows("Дано заключение педагога-психолога");
});

// Whoever takes part in the pair meets what was said of it on no list of the school either, whatever else they are.
db_test!(
    those_in_the_pair_meet_an_opinion_neither_on_the_board_nor_in_the_journal,
    |app: TestApp| async move {
        let stage = Stage::set(&app).await;
        stage.pair().await;
        for role in ["curator", "director"] {
            give(&stage, stage.mentor, role).await;
        }
        let psychologist = stage.world.browser(&app, Role::Psychologist).await;
        let (mentor, mentee) = (stage.mentor.to_string(), stage.mentee.to_string());
        let about = [("mentor", mentor.as_str()), ("mentee", mentee.as_str())];
        let told = [about[0], about[1], ("verdict", "not_recommended"), ("advice", "Не сейчас")];
        psychologist.post("/opinions", &told).await.led_to();
        let own = app.browser_of(stage.mentor).await;
        let met = async |browser: &crate::support::Browser, path: &str, words: &str| {
            browser.get(path).await.expect(StatusCode::OK).text().matches(words).count()
        };
        // The filter of the journal offers the words once.
        assert_eq!(met(&own, "/journal", "Дано заключение").await, 1);
        assert_eq!(met(&stage.director, "/journal", "Дано заключение").await, 2);
        assert_eq!(met(&own, "/pairs/board", "не рекомендуется").await, 0);
        assert!(met(&stage.curator, "/pairs/board", "не рекомендуется").await > 0);
    }
);

db_test!(lists_ask_the_database_equally_often_however_long_they_are, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    stage.pair().await;
    let psychologist = stage.world.browser(&app, Role::Psychologist).await;
    let council = stage.world.browser(&app, Role::Council).await;
    let pages =
        [(&psychologist, "/opinions"), (&council, "/council"), (&stage.curator, "/pairs"), (&council, "/")];
    let send = async || {
        let form = stage.curator.get("/council/matters/new").await.text();
        let ids: Vec<String> = form
            .split("name=\"mentorships\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .collect();
        let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("mentorships", id.as_str())).collect();
        stage.curator.post("/council/matters", &fields).await.led_to();
    };
    let count = async || {
        let mut found = Vec::new();
        for (browser, address) in pages {
            let (page, statements) = db::counted(browser.get(address)).await;
            page.expect(StatusCode::OK);
            found.push((address, statements));
        }
        found
    };
    send().await;
    let few = count().await;
    for number in 0..12 {
        let mentor = stage.worker("учитель", &format!("Наставник{number}")).await;
        let mentee = stage.worker("учитель", &format!("Подопечный{number}")).await;
        stage.list_mentor(mentor, stage.world.school, 3).await;
        let fields = stage.fields().set("mentor", mentor.to_string()).set("mentees", mentee.to_string());
        stage.pair_of(&fields).await;
    }
    send().await;
    assert_eq!(count().await, few);
});
