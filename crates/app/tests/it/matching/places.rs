//! Nobody is promised twice: the bank, a matching, its drafts and a pair by hand count the same places (п. 3.1), whoever is about to
//! join a group and pairs that are not in force among them.

use axum::http::StatusCode;
use nastavnik::bank;
use nastavnik::values;
use nastavnik_domain::policy::Reach;

use super::hall::Hall;
use crate::db_test;
use crate::pairs::joining::{ask, group};
use crate::pairs::stage::{Stage, error_at};
use crate::support::TestApp;

/// Free places of the only mentor as the list of the bank says them, and how many wait for a mentor.
async fn told(stage: &Stage) -> (String, String) {
    let list = stage.curator.get("/bank/mentors").await.text().replace('\u{a0}', " ");
    let free = list.split("data-label=\"Свободно мест\">").nth(1).unwrap().split('<').next().unwrap();
    let reach = Reach { organizations: [stage.world.school.into()].into(), ..Reach::default() };
    let today = stage.app.today();
    let counts = bank::counts(stage.app.app.db.reader(), &reach, today).await.unwrap();
    (free.trim().to_owned(), format!("ждут {}", counts.waiting_for_mentor))
}

/// Somebody else is not taken on by the form of a pair.
async fn refused_by_hand(stage: &Stage) {
    let late = stage.worker("учитель", "Опоздавшая").await;
    let page = stage.form(&stage.fields().set("mentees", late.to_string())).await;
    let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "mentor").unwrap().contains("нужно 1, свободно 0"));
}

db_test!(whoever_is_about_to_join_takes_a_place_and_waits_no_more, |app: TestApp| async move {
    let (stage, pair, third) = group(&app).await;
    let hall = Hall { stage };
    let stage = &hall.stage;
    hall.confirm(third, stage.world.school).await;
    assert_eq!(told(stage).await, ("1 из 3".to_owned(), "ждут 1".to_owned()));
    let before = hall.run().await;
    stage.curator.get(&format!("/matching/{before}")).await.shows("Предложено: 1 пара");

    ask(stage, &pair, third, "2026-11-24").await.led_to();
    // What was proposed before is refused now, by hand as well.
    let code = format!("{}.{third}", stage.mentor);
    let drafts = stage.curator.post(&format!("/matching/{before}/drafts"), &[("chosen", &code)]).await;
    drafts.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let formed = "SELECT COUNT(*) AS n FROM mentorship_mentee WHERE person_id = ?";
    assert_eq!(app.count(formed, values![third]).await, 0);
    refused_by_hand(stage).await;
    assert_eq!(told(stage).await, ("0 из 3".to_owned(), "ждут 0".to_owned()));
    stage.curator.get("/bank/mentors?ready=yes&places=free").await.hides("Опытнова");
    stage.curator.get("/bank/mentees").await.shows("Опытнова А. И. (вступает в группу)");
    stage.curator.get("/pairs/board").await.shows("3 из 3");
    let other = hall.waits("Ждущая").await;
    let run = hall.run().await;
    let page = stage.curator.get(&format!("/matching/{run}")).await.expect(StatusCode::OK);
    page.shows("Предложено: 0 пар");
    page.shows("Ждущая");
    page.hides("Третьякова");
    app.exec("DELETE FROM category_decision WHERE person_id = ?", values![other]).await;

    // Given up, the place and the wish for a mentor are back.
    stage.curator.post(&format!("/pairs/{pair}/joining/withdrawal"), &[]).await.led_to();
    assert_eq!(told(stage).await, ("1 из 3".to_owned(), "ждут 1".to_owned()));
});

db_test!(a_pair_takes_its_place_from_the_draft_on, |app: TestApp| async move {
    let hall = Hall::set(&app).await;
    let stage = &hall.stage;
    app.exec("UPDATE mentor_candidate SET capacity = 1 WHERE person_id = ?", values![stage.mentor]).await;
    assert_eq!(told(stage).await, ("1 из 1".to_owned(), "ждут 2".to_owned()));
    let pair = stage.pair().await;
    let full = ("0 из 1".to_owned(), "ждут 1".to_owned());
    for step in ["draft", "papers", "order"] {
        match step {
            "papers" => stage.papers(&pair, &[stage.mentee]).await,
            "order" => drop(stage.prepare(&[&pair]).await.led_to()),
            _ => {}
        }
        assert_eq!(told(stage).await, full, "{step}");
        let run = hall.run().await;
        stage.curator.get(&format!("/matching/{run}")).await.shows("Предложено: 0 пар");
        refused_by_hand(stage).await;
    }
});
