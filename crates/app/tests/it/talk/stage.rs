//! A school with a pair at work, and what is said in its talk.

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
}

#[derive(sea_orm::FromQueryResult)]
struct Row {
    id: Uuid,
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
            app: app.clone(),
            world,
        }
    }

    /// The same stage later: everybody has signed in again.
    pub(crate) async fn later(self, by: chrono::Duration) -> Self {
        self.app.advance(by);
        let mentor = self.world.browser(&self.app, Role::Mentor).await;
        let mentee = self.world.browser(&self.app, Role::Mentee).await;
        Self { mentor, mentee, ..self }
    }

    /// The talk of the pair, or what stands below its address.
    pub(crate) fn at(&self, below: &str) -> String {
        format!("/pairs/{}/talk{below}", self.world.mentorship)
    }

    /// Says something.
    pub(crate) async fn say(&self, who: &Browser, words: &str) -> String {
        who.post(&self.at(""), &[("words", words)]).await.led_to()
    }

    /// Marks everything as read.
    pub(crate) async fn read(&self, who: &Browser) {
        who.post(&self.at("/reading"), &[("seen", "1000")]).await.led_to();
    }

    /// The latest message.
    pub(crate) async fn last(&self) -> String {
        let sql = "SELECT id FROM talk_message ORDER BY number DESC";
        let row: Option<Row> = db::one(self.app.app.db.reader(), sql, values![]).await.unwrap();
        row.unwrap().id.to_string()
    }

    /// Makes a group of the pair: one more mentee, with a browser.
    pub(crate) async fn one_more(&self) -> (Uuid, Browser) {
        let tx = self.app.app.db.begin().await.unwrap();
        let person = a_person(&tx, self.world.school, "учитель", "Вторая").await;
        let sql = "INSERT INTO mentorship_mentee (mentorship_id, person_id) VALUES (?, ?)";
        db::exec(&tx, sql, values![self.world.mentorship, person]).await.unwrap();
        tx.commit().await.unwrap();
        (person, self.app.browser_of(person).await)
    }
}
