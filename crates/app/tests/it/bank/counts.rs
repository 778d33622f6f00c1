//! Numbers of the home page are those of the lists they open.

use nastavnik_domain::policy::Reach;

use super::*;

db_test!(numbers_of_the_home_page_are_those_of_the_lists, |app: TestApp| async move {
    let world = World::build(&app).await;
    let one = hire(&app, world.school, &YOUNG).await;
    hire(&app, world.school, &Staff { name: "Яшина", ..YOUNG }).await;
    hire(&app, world.other_school, &YOUNG).await;
    list_candidate(&app, &world, "2").await;
    let curator = world.browser(&app, Role::Curator).await;
    let path = format!("/bank/mentees/{one}/decisions");
    curator
        .post(&path, &[("category", "young"), ("decision", "confirmed")])
        .await
        .expect(StatusCode::SEE_OTHER);
    let reach = Reach { organizations: [world.school.into()].into(), ..Reach::default() };
    let counts = bank::counts(app.app.db.reader(), &reach, app.today()).await.unwrap();
    let expected = bank::Counts {
        undecided: 1,
        waiting_for_mentor: 1,
        unproven_candidates: 1,
        untrained: 1,
        ..bank::Counts::default()
    };
    assert_eq!(counts, expected);
    for list in [
        "mentees?state=proposed",
        "mentees?state=confirmed&mentor=no",
        "mentors?ready=no",
        "mentors?training=absent",
    ] {
        curator.get(&format!("/bank/{list}")).await.shows("Показаны 1–1 из 1");
    }
});
