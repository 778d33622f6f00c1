//! A school with a pair at work, and an ordinary entry.

use nastavnik::kernel::db;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::support::{Browser, TestApp, World, a_person, a_signed_order};

/// The people of the story.
pub(crate) struct Stage {
    pub(crate) app: TestApp,
    pub(crate) world: World,
    pub(crate) mentor: Browser,
    pub(crate) mentee: Browser,
    pub(crate) curator: Browser,
}

#[derive(sea_orm::FromQueryResult)]
struct Row {
    id: Uuid,
}

/// The fields of an ordinary entry without one of them.
pub(crate) fn without(name: &str) -> Vec<(&'static str, &'static str)> {
    let all = [("held_on", "2026-11-23"), ("kind", "in_person"), ("focus", "d5"), ("help", "nobody")];
    all.into_iter().filter(|(known, _)| *known != name).collect()
}

/// The same with another value of a field, or with one more.
pub(crate) fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut fields = without(name);
    fields.push((name, value));
    fields
}

impl Stage {
    pub(crate) async fn set(app: &TestApp) -> Self {
        let world = World::build(app).await;
        let tx = app.app.db.begin().await.unwrap();
        a_signed_order(app, &tx, world.school, world.mentorship).await;
        tx.commit().await.unwrap();
        Self {
            mentor: world.browser(app, Role::Mentor).await,
            mentee: world.browser(app, Role::Mentee).await,
            curator: world.browser(app, Role::Curator).await,
            app: app.clone(),
            world,
        }
    }

    /// The page of the pair's meetings.
    pub(crate) fn address(&self) -> String {
        format!("/pairs/{}/meetings", self.world.mentorship)
    }

    /// The newest row of a query.
    async fn newest(&self, sql: &str) -> String {
        let row: Option<Row> = db::one(self.app.app.db.reader(), sql, values![]).await.unwrap();
        row.unwrap().id.to_string()
    }

    /// A step that is still open.
    pub(crate) async fn step(&self) -> String {
        self.newest("SELECT id FROM meeting_step WHERE done_at IS NULL ORDER BY id DESC").await
    }

    /// The latest call for help.
    pub(crate) async fn call(&self) -> String {
        self.newest("SELECT id FROM pair_call ORDER BY id DESC").await
    }

    /// The latest plan.
    pub(crate) async fn plan(&self) -> String {
        self.newest("SELECT id FROM meeting_plan ORDER BY id DESC").await
    }

    /// Where the latest meeting is mended.
    pub(crate) async fn edit_address(&self) -> String {
        let meeting = self.newest("SELECT id FROM pair_meeting ORDER BY recorded_at DESC, id DESC").await;
        format!("{}/{meeting}/edit", self.address())
    }

    /// Makes a group of the pair: one more mentee.
    pub(crate) async fn make_group(&self) -> String {
        let tx = self.app.app.db.begin().await.unwrap();
        let person = a_person(&tx, self.world.school, "учитель", "Вторая").await;
        let sql = "INSERT INTO mentorship_mentee (mentorship_id, person_id) VALUES (?, ?)";
        db::exec(&tx, sql, values![self.world.mentorship, person]).await.unwrap();
        tx.commit().await.unwrap();
        person.to_string()
    }
}
