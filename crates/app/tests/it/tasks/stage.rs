//! A pair at work with its three watchers, and an ordinary task.

use nastavnik::kernel::db;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::support::{Browser, TestApp, World, a_person, a_signed_order};

pub(super) struct Stage {
    pub(super) app: TestApp,
    pub(super) world: World,
    pub(super) mentor: Browser,
    pub(super) mentee: Browser,
    pub(super) curator: Browser,
    /// `/pairs/…/tasks`.
    pub(super) base: String,
}

/// The fields of an ordinary task with these in place of its own; Thursday, three working days ahead.
pub(super) fn with(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let all = [("title", "План урока"), ("what", "Одна страница с целью"), ("due", "2026-11-26")];
    let kept = all.into_iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    kept.chain(changes.iter().copied()).collect()
}

impl Stage {
    pub(super) async fn set(app: &TestApp) -> Self {
        let world = World::build(app).await;
        let tx = app.app.db.begin().await.unwrap();
        a_signed_order(app, &tx, world.school, world.mentorship).await;
        tx.commit().await.unwrap();
        Self {
            mentor: world.browser(app, Role::Mentor).await,
            mentee: world.browser(app, Role::Mentee).await,
            curator: world.browser(app, Role::Curator).await,
            base: format!("/pairs/{}/tasks", world.mentorship),
            app: app.clone(),
            world,
        }
    }

    /// The mentor sets an ordinary task; its address.
    pub(super) async fn task(&self) -> String {
        self.task_of(&with(&[])).await
    }

    pub(super) async fn task_of(&self, fields: &[(&str, &str)]) -> String {
        let to = self.mentor.post(&self.base, fields).await.led_to();
        to.split('?').next().unwrap().to_owned()
    }

    /// The mentee hands in words for the task as it was set.
    pub(super) async fn hand_in(&self, task: &str, version: &str, words: &str) {
        self.mentee
            .post(&format!("{task}/products"), &[("version", version), ("words", words)])
            .await
            .led_to();
    }

    /// Makes a group of the pair: one more mentee.
    pub(super) async fn second_mentee(&self) -> Uuid {
        let tx = self.app.app.db.begin().await.unwrap();
        let person = a_person(&tx, self.world.school, "учитель", "Вторая").await;
        let sql = "INSERT INTO mentorship_mentee (mentorship_id, person_id) VALUES (?, ?)";
        db::exec(&tx, sql, values![self.world.mentorship, person]).await.unwrap();
        tx.commit().await.unwrap();
        person
    }
}
