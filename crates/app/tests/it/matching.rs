//! Matching through the pages: who may see and run it, what it proposes and why, what it never tells.

mod drafts;
mod groups;
mod hall;
mod large;
mod places;
mod weights;
mod whatif;

use axum::http::StatusCode;
use nastavnik::kernel::db;
use nastavnik::values;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::{TestApp, World, a_person};
use hall::{Ask, Hall, result_of};

db_test!(only_those_of_the_school_see_its_matching, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let world = &hall.stage.world;
    for role in Role::ALL {
        let browser = world.browser(&app, role).await;
        let may_see =
            matches!(role, Role::Curator | Role::Council | Role::Director | Role::Department | Role::Region);
        let expected = if may_see { StatusCode::OK } else { StatusCode::NOT_FOUND };
        browser.get("/matching").await.expect(expected);
        if !matches!(role, Role::Curator | Role::Department | Role::Region) {
            browser.post("/matching", &[]).await.expect(StatusCode::FORBIDDEN);
        }
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM matching_run", vec![]).await, 0);
    let run = hall.run().await;
    let path = format!("/matching/{run}");
    for stranger in [world.other_curator, world.far_director, hall.stage.mentor, world.people[&Role::Union]] {
        let stranger = app.browser_of(stranger).await;
        for address in [path.clone(), format!("{path}/proposals.xlsx"), format!("{path}/progress")] {
            stranger.get(&address).await.expect(StatusCode::NOT_FOUND);
        }
    }
    let other = app.browser_of(world.other_curator).await;
    for deed in ["variants", "drafts", "cancellation"] {
        other.post(&format!("{path}/{deed}"), &[]).await.expect(StatusCode::NOT_FOUND);
    }
    // Readers of the school see names, the department those who agreed (Б), the region numbers.
    for role in [Role::Curator, Role::Director, Role::Council, Role::Department] {
        let page = world.browser(&app, role).await.get(&path).await.expect(StatusCode::OK);
        page.shows("Новикова Анна Ивановна");
        page.shows("Опытнова Анна Ивановна");
    }
    let region = world.browser(&app, Role::Region).await;
    let page = region.get(&path).await.expect(StatusCode::OK);
    page.shows("МБОУ «СОШ №1»");
    page.hides("Новикова");
    region.get(&format!("{path}/proposals.xlsx")).await.expect(StatusCode::NOT_FOUND);
    region.post(&format!("{path}/variants"), &[]).await.expect(StatusCode::FORBIDDEN);
    // A run of the department is not for a school.
    let department = world.browser(&app, Role::Department).await;
    let wide = hall.run_by(&department).await;
    hall.stage.curator.get(&format!("/matching/{wide}")).await.expect(StatusCode::NOT_FOUND);
});

db_test!(nobody_waiting_makes_no_run, |app: TestApp| async move {
    let world = World::build(&app).await;
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/matching").await.expect(StatusCode::OK).shows("Сейчас наставника никто не ждёт");
    let page = curator.post("/matching", &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Сейчас никто не ждёт наставника");
    curator
        .post("/matching", &[("scope", &world.other_school.to_string())])
        .await
        .expect(StatusCode::NOT_FOUND);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM matching_run", vec![]).await, 0);
});

db_test!(a_run_tells_who_why_and_what_would_change_it, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let strong = hall.mentor("Методистова", 1).await;
    hall.strong(strong, 5).await;
    hall.asks(hall.stage.mentee, Ask { domains: &[5], ..Ask::default() }).await;
    app.exec("UPDATE mentor_candidate SET capacity = 0 WHERE person_id = ?", values![hall.stage.mentor])
        .await;
    let run = hall.run().await;
    let page = hall.stage.curator.get(&format!("/matching/{run}")).await.expect(StatusCode::OK);
    page.shows("2 педагога ждали наставника");
    page.shows("Предложено: 1 пара");
    page.shows("нужна помощь: методика; сильные стороны наставника: методика");
    page.shows("работают в одной организации");
    page.shows("Без наставника: 1 человек");
    page.shows("Свободных мест нет: у всех подходящих они заняты (1 наставник). Подошли бы, если появится место: Методистова А. И., Опытнова А. И.");
    page.shows("В организации свободных мест ни у кого не осталось");
    page.shows("редакция с 23.08.2024");
    // The same day and people: the same answer; another day shows it unchanged.
    let again = hall.run().await;
    assert_eq!(result_of(&app, &run).await, result_of(&app, &again).await);
    app.exec("DELETE FROM request_domain", vec![]).await;
    hall.stage.curator.get(&format!("/matching/{run}")).await.shows("нужна помощь: методика");
    let list = hall.stage.curator.get("/matching").await.expect(StatusCode::OK);
    list.shows("МБОУ «СОШ №1»");
    list.shows("Рольcurator А. И.");
    let book =
        hall.stage.curator.get(&format!("/matching/{run}/proposals.xlsx")).await.expect(StatusCode::OK);
    assert!(book.bytes.starts_with(b"PK"));
});

db_test!(what_stands_against_a_pair_is_obeyed, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let (mentor, mentee) = (hall.stage.mentor, hall.stage.mentee);
    let curator = &hall.stage.curator;
    let told = async |words: &str| {
        let run = hall.run().await;
        let page = curator.get(&format!("/matching/{run}")).await.expect(StatusCode::OK);
        page.shows("Предложено: 1 пара");
        page.shows(words);
        page.shows("Мешает только одно: Опытнова А. И.");
    };
    hall.objection(mentor, mentee, "union").await;
    told("возражает профсоюзная организация").await;
    app.exec("UPDATE pair_objection SET lifted_at = ?", values![app.app.clock.now()]).await;
    hall.objection(mentor, mentee, "council").await;
    told("возражает совет наставников").await;
    app.exec("UPDATE pair_objection SET lifted_at = ?", values![app.app.clock.now()]).await;
    hall.conclusion(mentor, mentee).await;
    told("педагог-психолог не рекомендует эту пару").await;
    app.exec("UPDATE pair_opinion SET replaced_at = ?", values![app.app.clock.now()]).await;
    hall.asks(mentee, Ask { domains: &[1], unwanted: &[mentor], ..Ask::default() }).await;
    told("есть пожелание не составлять эту пару").await;
});

// The director, the council and the department read neither what was asked for nor what was wished.
db_test!(wishes_and_requests_are_told_to_the_curator_only, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let (mentor, mentee, second) = (hall.stage.mentor, hall.stage.mentee, hall.stage.second);
    hall.asks(mentee, Ask { domains: &[5], wanted: &[mentor], ..Ask::default() }).await;
    hall.asks(second, Ask { domains: &[6], unwanted: &[mentor], ..Ask::default() }).await;
    let run = hall.run().await;
    let path = format!("/matching/{run}?parts=all");
    let page = hall.stage.curator.get(&path).await.expect(StatusCode::OK);
    page.shows("есть пожелание работать вместе");
    page.shows("есть пожелание не составлять эту пару");
    for role in [Role::Director, Role::Council, Role::Department] {
        let browser = hall.stage.world.browser(&app, role).await;
        let page = browser.get(&path).await.expect(StatusCode::OK);
        page.shows("Новикова");
        page.shows("причину знает куратор организации");
        page.shows("из 510");
        for secret in ["пожелание", "методика", "Помощь, которая нужна"] {
            page.hides(secret);
        }
        let wide = hall.run_by(&hall.stage.world.browser(&app, Role::Department).await).await;
        let department = hall.stage.world.browser(&app, Role::Department).await;
        let page = department.get(&format!("/matching/{wide}?parts=all")).await.expect(StatusCode::OK);
        page.shows("Новикова");
        page.hides("пожелание");
        page.hides("методика");
    }
    // Pinning against the wish is refused, in the words this reader may read.
    let pair = format!("{mentor}.{second}");
    let variants = format!("/matching/{run}/variants");
    let department = hall.stage.world.browser(&app, Role::Department).await;
    let page = department.post(&variants, &[("pin", &pair)]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("причину знает куратор организации");
    page.hides("пожелание");
    let page =
        hall.stage.curator.post(&variants, &[("pin", &pair)]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("есть пожелание не составлять эту пару");
});

db_test!(mentors_of_other_schools_come_through_the_register, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let neighbor = hall.neighbor("Соседова").await;
    app.exec("UPDATE mentor_candidate SET capacity = 1 WHERE person_id = ?", values![hall.stage.mentor])
        .await;
    hall.asks(
        hall.stage.mentee,
        Ask { domains: &[5], formats: "[\"meetings\",\"correspondence\"]", ..Ask::default() },
    )
    .await;
    let run = hall.run().await;
    let page = hall.stage.curator.get(&format!("/matching/{run}")).await.expect(StatusCode::OK);
    page.shows("Предложено: 2 пары");
    page.shows("Соседова Анна Ивановна");
    page.shows("работают в разных организациях одного муниципалитета");
    // The consent Б is withdrawn: the run stays, the name goes.
    app.exec(
        "UPDATE consent SET withdrawn_at = ? WHERE person_id = ?",
        values![app.app.clock.now(), neighbor],
    )
    .await;
    let page = hall.stage.curator.get(&format!("/matching/{run}")).await.expect(StatusCode::OK);
    page.hides("Соседова");
    page.shows("имя скрыто");
    let page = hall.stage.curator.get(&format!("/matching/{}", hall.run().await)).await;
    page.shows("Предложено: 1 пара");
    // Whoever does not want to be found by others is proposed at home only.
    app.exec("UPDATE consent SET withdrawn_at = NULL WHERE person_id = ?", values![neighbor]).await;
    hall.offered(neighbor, 0).await;
    hall.stage.curator.get(&format!("/matching/{}", hall.run().await)).await.hides("Соседова");
    let wide = hall.run_by(&hall.stage.world.browser(&app, Role::Department).await).await;
    let department = hall.stage.world.browser(&app, Role::Department).await;
    let page = department.get(&format!("/matching/{wide}")).await.expect(StatusCode::OK);
    page.shows("Предложено: 1 пара");
    page.shows("наставник не соглашался, чтобы его находили другие организации");
});

db_test!(a_director_is_proposed_to_nobody_who_leads_them, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let director = hall.stage.world.people[&Role::Director];
    hall.confirm(director, hall.stage.world.school).await;
    let run = hall.run().await;
    let page = hall.stage.curator.get(&format!("/matching/{run}")).await.expect(StatusCode::OK);
    page.shows("Предложено: 2 пары");
    page.shows("один из них непосредственно подчинён другому");
});

db_test!(the_number_of_queries_of_the_matching_is_constant, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let count = async || {
        let run = hall.run().await;
        let mut found = Vec::new();
        for address in ["/matching".to_owned(), format!("/matching/{run}"), "/matching/weights".to_owned()] {
            let (page, statements) = db::counted(hall.stage.curator.get(&address)).await;
            page.expect(StatusCode::OK);
            found.push(statements);
        }
        let (page, statements) = db::counted(hall.stage.curator.post("/matching", &[])).await;
        page.led_to();
        found.push(statements);
        found
    };
    let few = count().await;
    assert!(few.iter().all(|statements| (3..=45).contains(statements)), "{few:?}");
    for number in 0..30 {
        let tx = app.app.db.begin().await.unwrap();
        let person = a_person(&tx, hall.stage.world.school, "учитель", &format!("Многая{number}")).await;
        tx.commit().await.unwrap();
        hall.confirm(person, hall.stage.world.school).await;
        hall.asks(person, Ask { domains: &[3], unwanted: &[hall.stage.mentor], ..Ask::default() }).await;
        hall.mentor(&format!("Мудрая{number}"), 1).await;
    }
    assert_eq!(count().await, few);
});
