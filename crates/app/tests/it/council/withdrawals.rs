//! A question sent by mistake is taken back by whoever sends pairs, before the council has voted on it.

use axum::http::StatusCode;
use nastavnik::council::{self, MatterKind};
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::sittings::Sitting;
use super::{found, give};
use crate::db_test;
use crate::pairs::stage::error_at;
use crate::support::TestApp;

const REASON: (&str, &str) = ("reason", "Отправлена не та пара");

db_test!(a_question_is_taken_back_with_a_reason_before_the_vote, |app: TestApp| async move {
    let sitting = Sitting::set(&app).await;
    let stage = &sitting.stage;
    let matters = found(&app, "SELECT id FROM council_matter ORDER BY raised_at, id", vec![]).await;
    let [first, second] =
        [0, 1].map(|index: usize| format!("/council/matters/{}/withdrawal", matters[index]));
    for role in [Role::Council, Role::Director] {
        let browser = stage.world.browser(&app, role).await;
        browser.get(&first).await.expect(StatusCode::FORBIDDEN);
        browser.post(&first, &[REASON]).await.expect(StatusCode::FORBIDDEN);
    }
    let other = app.browser_of(stage.world.other_curator).await;
    other.post(&first, &[REASON]).await.expect(StatusCode::NOT_FOUND);
    // Nobody takes back what is asked of the own pair.
    give(stage, stage.mentor, "curator").await;
    let own = app.browser_of(stage.mentor).await;
    own.post(&first, &[REASON]).await.expect(StatusCode::NOT_FOUND);
    own.get("/council").await.expect(StatusCode::OK).hides("Снять с рассмотрения");
    let page = stage.curator.post(&first, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "reason").is_some());
    sitting.gather(5).await;
    sitting.vote(0, &[("proposal", "agreed"), ("votes_for", "5")]).await.led_to();
    let page = stage.curator.post(&first, &[REASON]).await.expect(StatusCode::CONFLICT);
    page.shows("Совет уже проголосовал");
    stage.curator.get(&first).await.expect(StatusCode::OK).shows("Совет уже проголосовал");
    let withdrawn = "SELECT COUNT(*) AS n FROM council_matter WHERE withdrawn_at IS NOT NULL";
    assert_eq!(app.count(withdrawn, vec![]).await, 0);

    stage.curator.get("/council").await.shows("Снять с рассмотрения");
    stage.curator.get(&second).await.expect(StatusCode::OK).shows("стоит в повестке заседания");
    let key = ids::form_key();
    let to = stage.curator.post_keyed(&second, &[REASON], key).await.led_to();
    assert_eq!(stage.curator.post_keyed(&second, &[REASON], key).await.led_to(), to);
    stage.curator.post(&second, &[REASON]).await.expect(StatusCode::CONFLICT).shows("уже решён или снят");
    sitting.council.get(&sitting.path).await.shows("снят с рассмотрения");
    let journal =
        "SELECT COUNT(*) AS n FROM journal WHERE kind = 'council_pair_taken_back' AND payload LIKE ?";
    assert_eq!(app.count(journal, values!["%не та пара%"]).await, 1);
    let of_matter = "SELECT mentorship_id AS id FROM council_matter WHERE id = ?";
    let pair = found(&app, of_matter, values![matters[1]]).await[0];
    stage.curator.get(&format!("/pairs/{pair}")).await.shows("снят с рассмотрения совета");
    // The pair itself stays and may be sent once more.
    let reader = app.app.db.reader();
    assert!(council::standings(reader, MatterKind::Pair, &[pair]).await.unwrap().is_empty());
    stage.curator.post("/council/matters", &[("mentorships", &pair.to_string())]).await.led_to();
});
