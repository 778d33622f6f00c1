//! The bank's tables: yearly confirmation, round trip through Excel, saved filters.

use axum::http::StatusCode;
use chrono::{Duration, NaiveDate};
use nastavnik::bank;
use nastavnik::kernel::ids;
use nastavnik::people::{self, NewEmployment, NewPerson};
use nastavnik::values;
use nastavnik_domain::person::{FullName, Gender};
use nastavnik_domain::policy::Reach;
use nastavnik_domain::role::Role;
use uuid::Uuid;

mod filters;
mod trip;

use crate::db_test;
use crate::support::{TestApp, World};

/// A young teacher of mathematics, for whom the program proposes a mentor.
async fn hire(app: &TestApp, organization: Uuid, surname: &str) -> Uuid {
    let day = NaiveDate::from_ymd_opt(2025, 9, 15);
    let tx = app.app.db.begin().await.unwrap();
    let person = NewPerson {
        gender: Gender::Female,
        born_on: NaiveDate::from_ymd_opt(2001, 3, 4),
        education: Some("higher_pedagogical"),
        teaching_since: day,
        teaching_precision: Some("day"),
        ..NewPerson::named(FullName::new(surname, "Ольга", Some("Петровна")))
    };
    let id = people::add_person(&tx, app.app.clock.now(), &person).await.unwrap();
    let employment = NewEmployment {
        person: id,
        organization,
        position: "учитель",
        subject: Some("математика"),
        qualification: Some("highest"),
        share_percent: 100,
        started_on: day,
        started_precision: Some("day"),
    };
    people::add_employment(&tx, &employment).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Lists somebody as a candidate by the form; the id.
async fn list_candidate(app: &TestApp, world: &World, person: Uuid) -> String {
    let curator = world.browser(app, Role::Curator).await;
    let worker = format!("{person}.{}", world.school);
    let led = curator.post("/bank/mentors", &[("worker", &worker), ("capacity", "2")]).await.led_to();
    led.split(['?', '/']).nth(3).unwrap().to_owned()
}

async fn journal(app: &TestApp, kind: &str) -> u64 {
    app.count("SELECT COUNT(*) AS n FROM journal WHERE kind = ?", values![kind]).await
}

db_test!(entering_confirms_and_a_year_later_the_record_is_stale, |app: TestApp| async move {
    let world = World::build(&app).await;
    let person = hire(&app, world.school, "Ёлкина").await;
    let candidate = list_candidate(&app, &world, world.people[&Role::Mentor]).await;
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/bank/mentees?fresh=fresh").await.expect(StatusCode::OK).hides("Ёлкина");
    curator.get("/bank/mentees").await.shows("ждёт решения");
    let early = curator.post(&format!("/bank/mentees/{person}/renewal"), &[]).await;
    early.expect(StatusCode::CONFLICT).shows("ещё нет в банке");
    let yes = [("category", "young"), ("decision", "confirmed")];
    curator.post(&format!("/bank/mentees/{person}/decisions"), &yes).await.expect(StatusCode::SEE_OTHER);
    curator.get("/bank/mentees?fresh=fresh").await.shows("23.11.2026, Рольcurator А. И.");
    curator.get("/bank/mentors?fresh=fresh").await.shows("23.11.2026, Рольcurator А. И.");
    let reach = Reach { organizations: [world.school.into()].into(), ..Reach::default() };
    let due = async || {
        let counts = bank::counts(app.app.db.reader(), &reach, app.today()).await.unwrap();
        (counts.mentees_to_confirm, counts.mentors_to_confirm)
    };
    assert_eq!(due().await, (0, 0));
    app.advance(Duration::days(340));
    let curator = world.browser(&app, Role::Curator).await;
    assert_eq!(due().await, (1, 1));
    curator.get("/bank/mentors?fresh=soon").await.shows("подтвердите до 23.11.2027");
    curator.get("/bank/mentors?fresh=stale").await.hides("Рольmentor");
    app.advance(Duration::days(26));
    let curator = world.browser(&app, Role::Curator).await;
    curator.get("/").await.shows("Подтвердите записи банка: 1 запись кандидатов в наставники");
    let stale = curator.get("/bank/mentors?fresh=stale").await;
    stale.shows("устарела");
    stale.shows("год прошёл 23.11.2027");
    curator.get(&format!("/bank/mentors/{candidate}")).await.shows("устарела");
    let terms = [("capacity", "3"), ("version", "1")];
    curator.post(&format!("/bank/mentors/{candidate}"), &terms).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(due().await.1, 0);
});

db_test!(many_records_are_confirmed_at_once_and_only_by_the_own_curator, |app: TestApp| async move {
    let world = World::build(&app).await;
    let one = list_candidate(&app, &world, world.people[&Role::Mentor]).await;
    let two = list_candidate(&app, &world, hire(&app, world.school, "Яшина").await).await;
    app.advance(Duration::days(400));
    for role in [Role::Director, Role::Department, Role::Council] {
        let reader = world.browser(&app, role).await;
        reader.post("/bank/mentors/renewals", &[("record", &one)]).await.expect(StatusCode::FORBIDDEN);
        reader.post(&format!("/bank/mentors/{one}/renewal"), &[]).await.expect(StatusCode::FORBIDDEN);
        reader.get("/bank/mentors").await.expect(StatusCode::OK).hides("Подтвердить выбранные записи");
    }
    let other = app.browser_of(world.other_curator).await;
    other.post("/bank/mentors/renewals", &[("record", &one)]).await.expect(StatusCode::NOT_FOUND);
    other.post(&format!("/bank/mentors/{one}/renewal"), &[]).await.expect(StatusCode::NOT_FOUND);
    other.post("/bank/mentors/renewals", &[("all", "yes")]).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(journal(&app, "mentor_record_confirmed").await, 0);
    let curator = world.browser(&app, Role::Curator).await;
    let bare = curator.post("/bank/mentors/renewals", &[]).await;
    bare.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("Отметьте хотя бы одну запись");
    let strange = curator.post("/bank/mentors/renewals", &[("record", "не код")]).await;
    strange.expect(StatusCode::NOT_FOUND);
    let key = ids::form_key();
    let fields = [("record", one.as_str()), ("record", two.as_str()), ("back", "/bank/mentors?fresh=due")];
    let led = curator.post_keyed("/bank/mentors/renewals", &fields, key).await.led_to();
    assert!(led.starts_with("/bank/mentors?fresh=due&done="), "{led}");
    assert_eq!(curator.post_keyed("/bank/mentors/renewals", &fields, key).await.led_to(), led);
    curator.get(&led).await.shows("Подтверждено: 2 записи");
    assert_eq!(journal(&app, "mentor_record_confirmed").await, 2);
    let again = curator.post("/bank/mentors/renewals", &fields).await.led_to();
    curator.get(&again).await.shows("уже подтверждены сегодня");
    assert_eq!(journal(&app, "mentor_record_confirmed").await, 2);
});

db_test!(all_that_pass_the_filter_are_confirmed_and_no_others, |app: TestApp| async move {
    let world = World::build(&app).await;
    let yes = [("category", "young"), ("decision", "confirmed")];
    let curator = world.browser(&app, Role::Curator).await;
    for number in 0..60 {
        let person = hire(&app, world.school, &format!("Ёлкина{}", ["а", "б"][number % 2])).await;
        let path = format!("/bank/mentees/{person}/decisions");
        curator.post(&path, &yes).await.expect(StatusCode::SEE_OTHER);
    }
    app.advance(Duration::days(370));
    let curator = world.browser(&app, Role::Curator).await;
    let list = curator.get("/bank/mentees?fresh=due&q=%D0%B5%D0%BB%D0%BA%D0%B8%D0%BD%D0%B0%D0%B0").await;
    list.expect(StatusCode::OK).shows("Все записи по этим условиям: 30");
    let path = "/bank/mentees/renewals?fresh=due&q=%D0%B5%D0%BB%D0%BA%D0%B8%D0%BD%D0%B0%D0%B0";
    let led = curator.post(path, &[("all", "yes"), ("back", "/bank/mentees?fresh=due")]).await.led_to();
    let page = curator.get(&led).await;
    page.shows("Подтверждено: 30 записей");
    page.shows("Показаны 1–30 из 30");
    page.hides("Ёлкинаа");
    let fresh = app.count(
        "SELECT COUNT(*) AS n FROM bank_confirmation WHERE confirmed_at > ?",
        values![app.app.clock.now() - Duration::hours(1)],
    );
    assert_eq!(fresh.await, 30);
});
