//! Forming pairs: every rule of C1-C10 through the form, the last place, who sees what.

mod crowd;
pub(crate) mod joining;
mod reverse;
mod rules;
pub(crate) mod stage;

use axum::http::StatusCode;
use nastavnik::values;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::TestApp;
use stage::{Stage, error_at, id_in};

db_test!(a_pair_is_seen_by_its_school_and_its_people_only, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let path = format!("/pairs/{pair}");
    for role in
        [Role::Curator, Role::Director, Role::Psychologist, Role::Union, Role::Council, Role::Department]
    {
        stage.world.browser(&app, role).await.get(&path).await.expect(StatusCode::OK).shows("Новикова");
    }
    for person in [stage.mentor, stage.mentee] {
        let own = app.browser_of(person).await;
        own.get(&path).await.expect(StatusCode::OK).shows("Опытнова");
        own.get("/pairs").await.expect(StatusCode::OK).hides("Рольmentor");
    }
    for stranger in
        [stage.world.other_curator, stage.world.other_director, stage.world.far_director, stage.second]
    {
        app.browser_of(stranger).await.get(&path).await.expect(StatusCode::NOT_FOUND);
    }
    for role in [Role::Administrator, Role::Tutor, Role::Region, Role::Mentor, Role::Mentee] {
        stage.world.browser(&app, role).await.get(&path).await.expect(StatusCode::NOT_FOUND);
    }
});

db_test!(only_those_who_may_see_the_pay, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let fields = stage.fields().set("pay", "monthly").set("pay_amount", "5 000");
    let pair = stage.pair_of(&fields).await;
    stage.papers(&pair, &[stage.mentee]).await;
    let path = format!("/pairs/{pair}");
    stage.curator.get(&path).await.shows("5 000 рублей в месяц");
    app.browser_of(stage.mentor).await.get(&path).await.shows("5 000 рублей в месяц");
    app.browser_of(stage.mentee).await.get(&path).await.hides("5 000 рублей");
    for role in [Role::Psychologist, Role::Union, Role::Council, Role::Department] {
        stage.world.browser(&app, role).await.get(&path).await.hides("5 000 рублей");
    }
});

db_test!(only_the_curator_of_the_school_forms_pairs, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let fields = stage.fields();
    stage.director.post("/pairs", &fields.pairs()).await.expect(StatusCode::FORBIDDEN);
    let other = app.browser_of(stage.world.other_curator).await;
    other.post("/pairs", &fields.pairs()).await.expect(StatusCode::NOT_FOUND);
    let page = other.post("/pairs", &fields.clone().without("organization").pairs()).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("больше не работает в организации");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM mentorship", vec![]).await, 1);
});

db_test!(what_was_typed_stays_and_an_unpaid_pair_says_why, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let fields =
        stage.fields().set("pay_reason", "").set("online_place", "Сферум, класс 7").set("meetings", "завтра");
    let page = stage.form(&fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "pay_reason").unwrap().contains("351.8"));
    assert!(error_at(&page, "meetings").unwrap().contains("завтра"));
    assert!(page.text().contains("Сферум, класс 7"));
    assert!(page.text().contains(&format!("value=\"{}\" checked", stage.mentor)));
});

db_test!(pressed_twice_makes_one_pair_also_after_a_restart, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let (fields, key) = (stage.fields(), nastavnik::kernel::ids::form_key());
    let first = stage.curator.post_keyed("/pairs", &fields.pairs(), key).await.led_to();
    let second = stage.curator.post_keyed("/pairs", &fields.pairs(), key).await.led_to();
    let restarted = app.restarted();
    let third = stage.curator.at(&restarted.router).post_keyed("/pairs", &fields.pairs(), key).await.led_to();
    assert_eq!((&first, &first), (&second, &third));
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM mentorship", vec![]).await, 2);
});

// Must show 7: two curators at once on the mentor's last place, twenty times.
db_test!(the_last_place_goes_to_one_and_the_other_is_told_why, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let (one, other) = (stage.curator.clone(), stage.world.browser(&app, Role::Curator).await);
    for round in 0..20 {
        let mentor = stage.worker("учитель", &format!("Последняя{round}")).await;
        stage.list_mentor(mentor, stage.world.school, 1).await;
        let mine = stage.fields().set("mentor", mentor.to_string());
        let theirs = mine.clone().set("mentees", stage.second.to_string());
        let (mine, theirs) = (mine.pairs(), theirs.pairs());
        let (a, b) = tokio::join!(one.post("/pairs", &mine), other.post("/pairs", &theirs));
        let (won, lost) = if a.status == StatusCode::SEE_OTHER { (a, b) } else { (b, a) };
        won.expect(StatusCode::SEE_OTHER);
        let lost = lost.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(error_at(&lost, "mentor").unwrap().contains("нужно 1, свободно 0"), "round {round}");
        let sql = "SELECT COUNT(*) AS n FROM mentorship WHERE mentor_id = ?";
        assert_eq!(app.count(sql, values![mentor]).await, 1, "round {round}");
    }
});

db_test!(the_same_pair_formed_at_once_is_formed_once, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let fields = stage.fields();
    let fields = fields.pairs();
    let (a, b) = tokio::join!(stage.curator.post("/pairs", &fields), stage.curator.post("/pairs", &fields));
    let (won, lost) = if a.status == StatusCode::SEE_OTHER { (a, b) } else { (b, a) };
    won.expect(StatusCode::SEE_OTHER);
    let lost = lost.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&lost, "period").unwrap().contains("уже работают в паре"));
});

db_test!(a_draft_is_changed_until_a_paper_stands_and_never_over_another_hand, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let path = format!("/pairs/{pair}/edit");
    let form = stage.curator.get(&path).await.expect(StatusCode::OK);
    assert!(form.text().contains("name=\"version\" value=\"1\""));
    let changed = stage.fields().set("version", "1").set("ends_on", "2027-04-30");
    stage.curator.post(&path, &changed.pairs()).await.led_to();
    stage.curator.get(&format!("/pairs/{pair}")).await.shows("по 30 апреля 2027 г.");
    let late = stage.curator.post(&path, &changed.clone().set("ends_on", "2027-03-31").pairs()).await;
    late.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("изменил кто-то другой");
    let paper = stage.issue(&pair, "mentor_consent", stage.mentor).await;
    stage.curator.get(&path).await.expect(StatusCode::CONFLICT).shows("уже выпущены документы");
    stage.curator.post(&format!("/papers/{paper}/cancellation"), &[("reason", "ошибка")]).await.led_to();
    stage.curator.get(&path).await.expect(StatusCode::OK);
});

db_test!(a_pair_given_up_frees_the_place_and_leaves_its_people, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let mentor = stage.worker("учитель", "Одноместная").await;
    stage.list_mentor(mentor, stage.world.school, 1).await;
    let fields = stage.fields().set("mentor", mentor.to_string());
    let pair = stage.pair_of(&fields).await;
    let path = format!("/pairs/{pair}/withdrawal");
    stage.director.post(&path, &[("reason", "нет")]).await.expect(StatusCode::FORBIDDEN);
    stage.curator.post(&path, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    stage.curator.post(&path, &[("reason", "передумали")]).await.led_to();
    app.browser_of(mentor).await.get(&format!("/pairs/{pair}")).await.expect(StatusCode::NOT_FOUND);
    stage.curator.get("/pairs").await.hides("Одноместная");
    stage.curator.get("/pairs?state=withdrawn").await.shows("Одноместная");
    id_in(&stage.form(&fields).await.led_to());
});

db_test!(the_list_is_narrowed_sorted_and_exported, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.active_pair().await;
    let list = stage.curator.get("/pairs?state=active").await.expect(StatusCode::OK);
    list.shows("Опытнова");
    list.hides("Рольmentor");
    stage.curator.get("/pairs?state=draft").await.hides("Опытнова");
    stage.curator.get("/pairs?q=НОВИКОВА").await.shows("Опытнова");
    stage.curator.get("/pairs?q=%25").await.shows("Таких пар нет");
    stage.curator.get("/pairs?kind=group").await.hides("Опытнова");
    stage.curator.get("/pairs?year=2026").await.shows("Опытнова");
    stage.curator.get("/pairs?year=2024").await.hides("Опытнова");
    for sort in ["mentor", "-mentee", "from", "-to", "state", "nonsense"] {
        stage.curator.get(&format!("/pairs?sort={sort}")).await.expect(StatusCode::OK).shows("Опытнова");
    }
    let book = stage.curator.get("/pairs.xlsx?state=active").await.expect(StatusCode::OK);
    assert!(book.bytes.starts_with(b"PK"));
    let card = stage.curator.get(&format!("/pairs/{pair}")).await;
    card.shows("Подтверждено документами: 1 день");
    card.hides("Отказаться от пары");
});
