//! A mentee in a pair in force who has answered: the fourth domain is a deficit, the fifth a strength.

use nastavnik::kernel::db;
use nastavnik::values;
use nastavnik_domain::role::Role;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::support::{Browser, Page, TestApp, World, a_signed_order, an_answered_sheet, hidden};

pub(super) const BEGIN: &[(&str, &str)] = &[("from", "2026-11-23"), ("to", "2030-11-22"), ("agree", "yes")];

pub(super) const COURSE: &[(&str, &str)] = &[
    ("kind", "course"),
    ("title", "Формирующее оценивание"),
    ("provider", "Институт развития образования"),
    ("hours", "72"),
    ("from", "2027-01-11"),
    ("to", "2027-05-20"),
    ("domain", "methods"),
];

pub(super) struct Stage {
    pub(super) app: TestApp,
    pub(super) world: World,
    pub(super) mentor: Browser,
    pub(super) mentee: Browser,
}

/// What the form says it was opened over.
pub(super) fn seen(page: &Page) -> String {
    hidden(page, "seen")
}

impl Stage {
    pub(super) async fn set(app: &TestApp) -> Self {
        let world = World::build(app).await;
        let tx = app.app.db.begin().await.unwrap();
        a_signed_order(app, &tx, world.school, world.mentorship).await;
        let answered = [(4, 100, 1, 0), (5, 100, 0, 1)];
        an_answered_sheet(&tx, world.people[&Role::Mentee], world.school, &answered).await;
        tx.commit().await.unwrap();
        Self {
            mentor: world.browser(app, Role::Mentor).await,
            mentee: world.browser(app, Role::Mentee).await,
            app: app.clone(),
            world,
        }
    }

    /// Begins and comes to the fourth step.
    pub(super) async fn to_the_roadmap(&self) {
        self.mentee.post("/own/route", BEGIN).await.led_to();
        self.self_image("Учитель, которого слышат").await;
        self.complete(1).await;
        self.found(2, "methods", "Веду мастерские").await;
        self.complete(2).await;
        self.found(3, "psychology", "Трудные разговоры").await;
        self.complete(3).await;
    }

    /// The same with the roadmap drawn up: one course.
    pub(super) async fn draw(&self) {
        self.to_the_roadmap().await;
        self.mentee.post("/own/route/entries", COURSE).await.led_to();
        self.complete(4).await;
    }

    pub(super) async fn self_image(&self, ideal: &str) {
        let seal = seen(&self.mentee.get("/own/route/steps/1").await);
        self.mentee.post("/own/route/self-image", &[("ideal", ideal), ("seen", &seal)]).await.led_to();
    }

    pub(super) async fn found(&self, step: u8, domain: &str, words: &str) {
        let seal = seen(&self.mentee.get(&format!("/own/route/steps/{step}")).await);
        let noun = if step == 2 { "achievements" } else { "difficulties" };
        let fields = [(domain, words), ("seen", seal.as_str())];
        self.mentee.post(&format!("/own/route/{noun}"), &fields).await.led_to();
    }

    pub(super) async fn complete(&self, step: u8) {
        self.mentee.post(&format!("/own/route/steps/{step}/completion"), &[]).await.led_to();
    }

    /// Ends the route before its last step.
    pub(super) async fn stop(&self) {
        let words =
            [("reason", "переезд в другой город"), ("words", "Многое получилось"), ("closeness", "6")];
        self.mentee.post("/own/route/ending", &words).await.led_to();
    }

    /// Where others read the newest route of the mentee.
    pub(super) async fn address(&self) -> String {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
        }
        let owner = values![self.world.people[&Role::Mentee]];
        let sql = "SELECT id FROM pathway WHERE person_id = ? ORDER BY created_at DESC, id DESC LIMIT 1";
        let row: Option<Row> = db::one(self.app.app.db.reader(), sql, owner).await.unwrap();
        format!("/routes/{}", row.unwrap().id)
    }
}
