//! A school with a pair in force, and sheets filled the way a script fills them.

use axum::http::StatusCode;
use nastavnik_domain::competence::{Wave, questionnaires};
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::support::{Browser, TestApp, World, a_signed_order};

/// The people of the story.
pub(crate) struct Stage {
    pub(crate) app: TestApp,
    pub(crate) world: World,
    pub(crate) mentee: Browser,
    pub(crate) mentor: Browser,
    pub(crate) curator: Browser,
}

impl Stage {
    pub(crate) async fn set(app: &TestApp) -> Self {
        let world = World::build(app).await;
        let tx = app.app.db.begin().await.unwrap();
        a_signed_order(app, &tx, world.school, world.mentorship).await;
        tx.commit().await.unwrap();
        Self {
            mentee: world.browser(app, Role::Mentee).await,
            mentor: world.browser(app, Role::Mentor).await,
            curator: world.browser(app, Role::Curator).await,
            app: app.clone(),
            world,
        }
    }

    /// Where the mentor reads the mentee.
    pub(crate) fn ring(&self) -> String {
        format!("/pairs/{}/diagnosis/{}", self.world.mentorship, self.world.people[&Role::Mentee])
    }

    /// Begins the entry sheet and returns its address.
    pub(crate) async fn begin(&self, browser: &Browser) -> String {
        let led = browser.post("/own/diagnosis", &[("wave", "entry")]).await.led_to();
        led.split('?').next().unwrap().to_owned()
    }

    /// The address of the own sheet of a role's person.
    pub(crate) async fn sheet_of(&self, role: Role) -> String {
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            id: Uuid,
        }
        let sql = "SELECT id FROM diagnosis WHERE person_id = ? AND view = 'own'";
        let values = nastavnik::values![self.world.people[&role]];
        let row: Option<Row> =
            nastavnik::kernel::db::one(self.app.app.db.reader(), sql, values).await.unwrap();
        format!("/own/diagnosis/{}", row.unwrap().id)
    }

    /// Answers these items with one level.
    pub(crate) async fn answer(&self, browser: &Browser, sheet: &str, items: &[&str], level: u8) {
        let changes: Vec<String> = items.iter().map(|item| format!("{item}|level|0|{level}")).collect();
        let fields: Vec<(&str, &str)> = changes.iter().map(|change| ("change", change.as_str())).collect();
        browser.post(&format!("{sheet}/changes"), &fields).await.expect(StatusCode::NO_CONTENT);
    }

    /// Answers every item with one level.
    pub(crate) async fn answer_all(&self, browser: &Browser, sheet: &str, level: u8) {
        let sets = questionnaires().unwrap();
        let set = &sets.on(self.app.today()).unwrap().value;
        let items: Vec<&str> = set.items(Wave::Entry).map(|(_, item)| item.code.as_str()).collect();
        self.answer(browser, sheet, &items, level).await;
    }

    /// Begins, answers and completes the entry sheet; returns its address.
    pub(crate) async fn complete(&self, browser: &Browser, level: u8) -> String {
        let sheet = self.begin(browser).await;
        self.answer_all(browser, &sheet, level).await;
        browser.post(&format!("{sheet}/completion"), &[]).await.led_to();
        sheet
    }

    /// The mentor begins a view; returns its address.
    pub(crate) async fn view(&self) -> String {
        let visits = [("first_visit", "2026-11-02"), ("second_visit", "2026-11-16")];
        let led = self.mentor.post(&format!("{}/view", self.ring()), &visits).await.led_to();
        led.split('?').next().unwrap().to_owned()
    }
}

/// The id in the address one was led to.
pub(crate) fn id_in(address: &str) -> String {
    address.split(['?', '#']).next().unwrap().rsplit('/').next().unwrap().to_owned()
}
