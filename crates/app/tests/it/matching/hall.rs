//! A school whose mentees wait: a bank with confirmed categories, requests with wishes, a second school beside it.

use nastavnik::kernel::ids;
use nastavnik::values;
use uuid::Uuid;

use crate::pairs::stage::{Stage, day, id_in};
use crate::support::{Browser, TestApp, a_person};

/// The stage of pairs with mentees who wait.
pub(crate) struct Hall {
    pub(crate) stage: Stage,
}

/// What a mentee asks for.
#[derive(Default)]
pub(crate) struct Ask<'a> {
    pub(crate) domains: &'a [i64],
    pub(crate) formats: &'a str,
    pub(crate) wanted: &'a [Uuid],
    pub(crate) unwanted: &'a [Uuid],
}

impl Hall {
    /// Новикова and Молодцова wait, Опытнова has three places.
    pub(crate) async fn set(app: &TestApp) -> Self {
        let hall = Self { stage: Stage::set(app).await };
        for person in [hall.stage.mentee, hall.stage.second] {
            hall.confirm(person, hall.stage.world.school).await;
        }
        hall
    }

    fn app(&self) -> &TestApp {
        &self.stage.app
    }

    /// The category of the mentee is confirmed this year.
    pub(crate) async fn confirm(&self, person: Uuid, organization: Uuid) {
        let by = self.stage.world.people[&nastavnik_domain::role::Role::Curator];
        let sql = "INSERT INTO category_decision (id, person_id, organization_id, category, year_start, decision, reason, \
                   decided_by, decided_at) VALUES (?, ?, ?, 'young', 2026, 'confirmed', 'опыт меньше года', ?, ?)";
        let now = self.app().app.clock.now();
        self.app().exec(sql, values![ids::row_id(), person, organization, by, now]).await;
    }

    /// Somebody of the school who waits.
    pub(crate) async fn waits(&self, surname: &str) -> Uuid {
        let person = self.stage.worker("учитель", surname).await;
        self.confirm(person, self.stage.world.school).await;
        person
    }

    /// One more mentor of the school.
    pub(crate) async fn mentor(&self, surname: &str, places: i64) -> Uuid {
        let person = self.stage.worker("учитель", surname).await;
        self.stage.list_mentor(person, self.stage.world.school, places).await;
        person
    }

    /// A mentor of the other school who helps at a distance and may be found by others.
    pub(crate) async fn neighbor(&self, surname: &str) -> Uuid {
        let tx = self.app().app.db.begin().await.unwrap();
        let person = a_person(&tx, self.stage.world.other_school, "учитель", surname).await;
        tx.commit().await.unwrap();
        self.stage.list_mentor(person, self.stage.world.other_school, 2).await;
        self.offered(person, 1).await;
        person
    }

    pub(crate) async fn offered(&self, person: Uuid, is_offered: i64) {
        let sql = "UPDATE mentor_candidate SET works_remotely = 1, in_register = ? WHERE person_id = ?";
        self.app().exec(sql, values![is_offered, person]).await;
    }

    pub(crate) async fn strong(&self, mentor: Uuid, domain: i64) {
        let sql = "INSERT INTO mentor_strength (candidate_id, domain) SELECT id, ? FROM mentor_candidate WHERE person_id = ?";
        self.app().exec(sql, values![domain, mentor]).await;
    }

    pub(crate) async fn asks(&self, person: Uuid, ask: Ask<'_>) {
        let (id, now) = (ids::row_id(), self.app().app.clock.now());
        let sql = "INSERT INTO mentee_request (id, person_id, organization_id, year_start, is_needed, formats, answered_at) \
                   VALUES (?, ?, ?, 2026, 1, ?, ?)";
        let formats = if ask.formats.is_empty() { "[\"meetings\"]" } else { ask.formats };
        self.app().exec(sql, values![id, person, self.stage.world.school, formats, now]).await;
        for domain in ask.domains {
            let sql = "INSERT INTO request_domain (request_id, domain) VALUES (?, ?)";
            self.app().exec(sql, values![id, *domain]).await;
        }
        for (list, is_wanted) in [(ask.wanted, 1_i64), (ask.unwanted, 0)] {
            for colleague in list {
                let sql = "INSERT INTO request_wish (request_id, person_id, is_wanted) VALUES (?, ?, ?)";
                self.app().exec(sql, values![id, *colleague, is_wanted]).await;
            }
        }
    }

    /// The union objects to a pair.
    pub(crate) async fn objection(&self, mentor: Uuid, mentee: Uuid, body: &str) {
        let by = self.stage.world.people[&nastavnik_domain::role::Role::Union];
        let sql = "INSERT INTO pair_objection (id, organization_id, mentor_id, mentee_id, body, reason, raised_by, raised_at) \
                   VALUES (?, ?, ?, ?, ?, 'конфликт интересов', ?, ?)";
        let now = self.app().app.clock.now();
        self.app()
            .exec(sql, values![ids::row_id(), self.stage.world.school, mentor, mentee, body, by, now])
            .await;
    }

    /// The psychologist does not recommend a pair.
    pub(crate) async fn conclusion(&self, mentor: Uuid, mentee: Uuid) {
        let by = self.stage.world.people[&nastavnik_domain::role::Role::Psychologist];
        let sql = "INSERT INTO pair_opinion (id, organization_id, mentor_id, mentee_id, verdict, given_on, given_by, given_at) \
                   VALUES (?, ?, ?, ?, 'not_recommended', ?, ?, ?)";
        let now = self.app().app.clock.now();
        let school = self.stage.world.school;
        self.app()
            .exec(sql, values![ids::row_id(), school, mentor, mentee, day("2026-11-20"), by, now])
            .await;
    }

    /// The curator runs a matching; the run's id.
    pub(crate) async fn run(&self) -> String {
        self.run_by(&self.stage.curator).await
    }

    pub(crate) async fn run_by(&self, browser: &Browser) -> String {
        id_in(&browser.post("/matching", &[]).await.led_to())
    }
}

/// Everything kept of a run that a second one must repeat.
pub(crate) async fn result_of(app: &TestApp, run: &str) -> String {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        result: String,
    }
    let id: Uuid = run.parse().unwrap();
    let sql = "SELECT result FROM matching_content WHERE run_id = ?";
    let row: Option<Row> = nastavnik::kernel::db::one(app.app.db.reader(), sql, values![id]).await.unwrap();
    row.unwrap().result
}
