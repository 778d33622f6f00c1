//! Names never leave the pair and its curator; before everybody has agreed nobody else sees anything; a no is a no.

use axum::http::{Method, StatusCode};
use nastavnik::values;
use nastavnik_domain::role::Role;

use super::stage::{Stage, TRACES};
use crate::db_test;
use crate::support::{TestApp, traces};

db_test!(before_the_consents_it_exists_for_the_pair_and_the_curator, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let id = stage.offer().await;
    stage.mentor.post(&format!("/own/base/{id}/consent"), &[]).await.led_to();
    let director = stage.world.browser(&app, Role::Director).await;
    for browser in [&stage.support, &stage.resource, &stage.department, &director] {
        for path in ["base", "base/reviews", "base/publications", "base/offers", "own/base"] {
            let status = browser.get(&format!("/{path}/{id}")).await.status;
            assert!(matches!(status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{path}: {status}");
        }
    }
    stage.curator.get(&format!("/own/base/{id}")).await.expect(StatusCode::NOT_FOUND);
    stage.curator.post(&format!("/own/base/{id}/consent"), &[]).await.expect(StatusCode::NOT_FOUND);
    stage.mentor.get(&format!("/base/offers/{id}")).await.expect(StatusCode::FORBIDDEN);
    let list = stage.curator.get("/base/offers").await;
    list.shows("согласились 1 из 2");
    // Who has agreed is not told, in the journal of the organization neither.
    let told = "SELECT COUNT(*) AS n FROM journal WHERE kind = 'base_program_agreed' AND organization_id IS NOT NULL";
    assert_eq!(app.count(told, vec![]).await, 0);
    let known = "SELECT COUNT(*) AS n FROM journal WHERE kind = 'base_program_agreed'";
    assert_eq!(app.count(known, vec![]).await, 1);
});

db_test!(a_no_ends_it_for_good_and_leaves_no_text, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let id = stage.publish().await;
    stage.mentee.post(&format!("/own/base/{id}/refusal"), &[]).await.led_to();
    stage.department.get(&format!("/base/{id}")).await.expect(StatusCode::NOT_FOUND);
    let left = "SELECT COUNT(*) AS n FROM base_program WHERE source <> '' OR content <> '' OR mending <> ''";
    assert_eq!(app.count(left, vec![]).await, 0);
    stage.mentee.post(&format!("/own/base/{id}/consent"), &[]).await.expect(StatusCode::CONFLICT);
    let again = stage.curator.post("/base/offers", &[("pair", &stage.pair)]).await;
    again.expect(StatusCode::CONFLICT).shows("не согласились показать");
    let list = stage.curator.get("/base/offers").await;
    list.shows("снята: участники пары не согласились");
});

db_test!(whoever_is_not_independent_does_not_review, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let id = stage.offer().await;
    stage.agree(id).await;
    stage.check(id).await;
    // The reviewer of the center has a second job in the school.
    let reviewer = stage.world.people[&Role::SupportCenter];
    let job = "UPDATE employment SET organization_id = ? WHERE person_id = ?";
    app.exec(job, values![stage.world.school, reviewer]).await;
    stage.support.get(&format!("/base/reviews/{id}")).await.expect(StatusCode::NOT_FOUND);
    stage.support.get("/base/reviews").await.hides("Спокойный урок");
    stage.resource.get("/base/reviews").await.shows("Спокойный урок");
});

db_test!(no_name_is_met_in_the_base, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let id = stage.publish().await;
    // The traces are real: the pair and the curator do see them.
    let inside = stage.mentor.get(&format!("/own/base/{id}")).await.text();
    assert!(TRACES.iter().all(|trace| inside.contains(trace)));
    let paths: Vec<String> = app
        .entries
        .iter()
        .filter(|entry| entry.method == Method::GET && entry.path.contains("base"))
        .map(|entry| entry.path.replace("{offer}", &id.to_string()).replace("{published}", &id.to_string()))
        .map(|path| path.replace("{paper}", "program.docx"))
        .map(|path| {
            let id = if path.starts_with("/pairs") { stage.other_pair } else { id };
            path.replace("{id}", &id.to_string())
        })
        .filter(|path| !path.starts_with("/own"))
        .collect();
    assert!(paths.len() >= 10);
    let mut browsers = vec![
        app.browser_of(stage.world.other_teacher).await,
        app.browser_of(stage.world.other_curator).await,
        app.browser_of(stage.other_mentee).await,
    ];
    for role in [Role::Department, Role::SupportCenter, Role::ResourceCenter] {
        browsers.push(stage.world.browser(&app, role).await);
    }
    let mut found = Vec::new();
    for path in &paths {
        for browser in &browsers {
            let page = browser.get(path).await;
            found.extend(traces(&page, TRACES).into_iter().map(|trace| format!("{path}: {trace}")));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    for trace in TRACES {
        let sql = "SELECT COUNT(*) AS n FROM journal WHERE kind LIKE 'base_%' AND payload LIKE ?";
        assert_eq!(app.count(sql, values![format!("%{trace}%")]).await, 0, "{trace}");
        let kept = "SELECT COUNT(*) AS n FROM base_program WHERE content LIKE ?";
        assert_eq!(app.count(kept, values![format!("%{trace}%")]).await, 0, "{trace}");
    }
});
