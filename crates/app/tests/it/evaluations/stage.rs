//! A pair in January that has met twice and whose mentee has answered twice: the fourth domain has grown.

use chrono::{Duration, NaiveDate};
use nastavnik::kernel::{db, ids};
use nastavnik::values;
use nastavnik_domain::role::Role;
use sea_orm::FromQueryResult;

use crate::support::{Browser, TestApp, World, a_signed_order, start};

pub(super) struct Stage {
    pub(super) app: TestApp,
    pub(super) world: World,
    pub(super) mentor: Browser,
    pub(super) mentee: Browser,
    pub(super) curator: Browser,
    pub(super) pair: String,
    /// `/pairs/…/evaluations/middle-2027`.
    pub(super) base: String,
}

type Fields = Vec<(&'static str, &'static str)>;

impl Stage {
    /// A part with nothing but its text.
    pub(super) const SIGNED: [(&'static str, &'static str); 2] =
        [("body", "Работали вместе"), ("act", "sign")];

    /// The pair on 15 January 2027.
    pub(super) async fn january(app: &TestApp) -> Self {
        app.advance(Duration::days(53));
        let world = World::build(app).await;
        let tx = app.app.db.begin().await.unwrap();
        a_signed_order(app, &tx, world.school, world.mentorship).await;
        let mentee = world.people[&Role::Mentee];
        for (wave, at, levels, deficit) in [
            ("entry", "2026-10-03T08:00:00Z", [0_i64, 1], 1_i64),
            ("middle", "2027-01-12T08:00:00Z", [2, 2], 0),
        ] {
            let (sheet, at) = (ids::row_id(), at.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
            let new = "INSERT INTO diagnosis (id, person_id, organization_id, year_start, wave, view, author_id, begun_at, \
                       completed_at) VALUES (?, ?, ?, 2026, ?, 'own', ?, ?, ?)";
            db::exec(&tx, new, values![sheet, mentee, world.school, wave, mentee, at, at]).await.unwrap();
            for (item, level) in ["d4.1", "d4.2"].into_iter().zip(levels) {
                let answer = "INSERT INTO diagnosis_answer (diagnosis_id, item, level, answered_at, is_important) \
                              VALUES (?, ?, ?, ?, 1)";
                db::exec(&tx, answer, values![sheet, item, level, at]).await.unwrap();
            }
            let found = "INSERT INTO diagnosis_domain (diagnosis_id, domain, mean_hundredths, is_deficit, is_strength) \
                         VALUES (?, 4, 50, ?, 0)";
            db::exec(&tx, found, values![sheet, deficit]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let stage = Self {
            mentor: world.browser(app, Role::Mentor).await,
            mentee: world.browser(app, Role::Mentee).await,
            curator: world.browser(app, Role::Curator).await,
            pair: world.mentorship.to_string(),
            base: format!("/pairs/{}/evaluations/middle-2027", world.mentorship),
            app: app.clone(),
            world,
        };
        stage.meet("2026-11-20", "in_person").await;
        stage.meet("2026-12-10", "lesson_visit").await;
        stage
    }

    pub(super) fn at(&self, noun: &str) -> String {
        format!("{}/{noun}", self.base)
    }

    pub(super) async fn meet(&self, day: &str, kind: &str) {
        let day: NaiveDate = day.parse().unwrap();
        let mentor = self.world.people[&Role::Mentor];
        let sql = "INSERT INTO pair_meeting (id, mentorship_id, held_on, kind, recorded_by, recorded_at) \
                   VALUES (?, ?, ?, ?, ?, ?)";
        self.app.exec(sql, values![ids::row_id(), self.world.mentorship, day, kind, mentor, start()]).await;
    }

    pub(super) async fn sign_both(&self) {
        for browser in [&self.mentor, &self.mentee] {
            browser.post(&self.at("part"), &Self::SIGNED).await.led_to();
        }
    }

    /// A signed part written anew.
    pub(super) fn signed_again() -> Fields {
        [Self::SIGNED.as_slice(), &[("version", "1")]].concat()
    }

    /// The curator's word in January.
    pub(super) fn concluded(decision: &'static str) -> Fields {
        let mut fields = vec![("decision", decision), ("reason", "Пара работает в своём ритме")];
        for item in ["goals", "kind", "measures", "meetings", "products", "revision", "support", "growth"] {
            fields.push((Self::item(item), "2"));
        }
        fields
    }

    /// The curator's word at the end.
    pub(super) fn concluded_final(decision: &'static str) -> Fields {
        let more = ["outside", "results", "inclusion", "experience"].map(|item| (Self::item(item), "1"));
        [Self::concluded(decision).as_slice(), &more].concat()
    }

    fn item(code: &str) -> &'static str {
        Box::leak(format!("item_{code}").into_boxed_str())
    }

    /// The version of the only evaluation, as the director's page carries it.
    pub(super) async fn version(&self) -> String {
        #[derive(FromQueryResult)]
        struct Row {
            version: i64,
        }
        let sql = "SELECT version FROM evaluation";
        let row: Option<Row> = db::one(self.app.app.db.reader(), sql, vec![]).await.unwrap();
        row.unwrap().version.to_string()
    }
}
