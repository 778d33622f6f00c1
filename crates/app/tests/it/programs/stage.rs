//! A pair in force whose mentee has answered: the fourth domain is a deficit, the fifth a strength.

use nastavnik::kernel::db;
use nastavnik_domain::program::{Program, Recorded};
use nastavnik_domain::role::Role;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::support::{Browser, TestApp, World, a_signed_order, an_answered_sheet, hidden};

pub(super) struct Stage {
    pub(super) app: TestApp,
    pub(super) world: World,
    pub(super) mentor: Browser,
    pub(super) mentee: Browser,
    pub(super) curator: Browser,
    pub(super) pair: String,
    /// `/pairs/…/program`.
    pub(super) base: String,
}

impl Stage {
    pub(super) async fn set(app: &TestApp) -> Self {
        let world = World::build(app).await;
        let tx = app.app.db.begin().await.unwrap();
        a_signed_order(app, &tx, world.school, world.mentorship).await;
        let answered = [(4, 71, 1, 0), (5, 283, 0, 1), (6, 180, 0, 0)];
        an_answered_sheet(&tx, world.people[&Role::Mentee], world.school, &answered).await;
        tx.commit().await.unwrap();
        Self {
            mentor: world.browser(app, Role::Mentor).await,
            mentee: world.browser(app, Role::Mentee).await,
            curator: world.browser(app, Role::Curator).await,
            pair: world.mentorship.to_string(),
            base: format!("/pairs/{}/program", world.mentorship),
            app: app.clone(),
            world,
        }
    }

    pub(super) fn at(&self, noun: &str) -> String {
        format!("{}/{noun}", self.base)
    }

    pub(super) fn person(&self, role: Role) -> String {
        self.world.people[&role].to_string()
    }

    /// The name of an offered goal.
    pub(super) fn offer(&self, what: &str) -> String {
        format!("{what}.{}", self.world.people[&Role::Mentee])
    }

    /// The mentor makes the draft: one goal of the deficit and its first measure.
    pub(super) async fn make(&self) {
        let goal = self.offer("psychology.deficit");
        let measure = format!("{goal}/m4.1");
        self.mentor.post(&self.base, &[("goal", &goal), ("measure", &measure)]).await.led_to();
    }

    /// Fields of a goal that was read in this version.
    pub(super) fn goal(text: &'static str, version: u32) -> [(&'static str, &'static str); 5] {
        let version = match version {
            0 => "0",
            1 => "1",
            2 => "2",
            _ => "3",
        };
        [
            ("kind", "goal"),
            ("text", text),
            ("measure", "8 уроков из 10"),
            ("domain", "4"),
            ("version", version),
        ]
    }

    /// Signs the text as the page shows it.
    pub(super) async fn sign(&self, who: &Browser) {
        let edition = hidden(&who.get(&self.base).await, "edition");
        who.post(&self.at("signature"), &[("edition", edition.as_str())]).await.led_to();
    }

    /// Everybody signs, agrees and approves.
    pub(super) async fn approve(&self) {
        self.sign(&self.mentee).await;
        self.sign(&self.mentor).await;
        self.curator.post(&self.at("agreement"), &[]).await.led_to();
        let director = self.world.browser(&self.app, Role::Director).await;
        director.post("/programs/approvals", &[("pair", &self.pair)]).await.led_to();
    }

    /// The id of the line that says so.
    pub(super) async fn line_of(&self, words: &str) -> Uuid {
        let text = self.replayed().await.text();
        let found = text.0.iter().find(|(_, body)| body.name().contains(words));
        *found.unwrap_or_else(|| panic!("no line «{words}»")).0
    }

    /// The program from its stored events.
    pub(super) async fn replayed(&self) -> Program {
        #[derive(FromQueryResult)]
        struct Row {
            person_id: Uuid,
            happened_at: chrono::DateTime<chrono::Utc>,
            event: String,
        }
        let sql = "SELECT person_id, happened_at, event FROM program_event ORDER BY number";
        let rows: Vec<Row> = db::all(self.app.app.db.reader(), sql, vec![]).await.unwrap();
        let events: Vec<Recorded> = rows
            .into_iter()
            .map(|row| Recorded {
                by: row.person_id.into(),
                at: row.happened_at,
                event: serde_json::from_str(&row.event).unwrap(),
            })
            .collect();
        Program::replay(&events).unwrap()
    }

    /// A text of the database, called `text`.
    pub(super) async fn stored(&self, sql: &str) -> String {
        #[derive(FromQueryResult)]
        struct Row {
            text: String,
        }
        let row: Option<Row> = db::one(self.app.app.db.reader(), sql, vec![]).await.unwrap();
        row.unwrap().text
    }

    /// An id of the database, called `id`.
    pub(super) async fn id(&self, sql: &str) -> Uuid {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
        }
        let row: Option<Row> = db::one(self.app.app.db.reader(), sql, vec![]).await.unwrap();
        row.unwrap().id
    }
}
