//! A school in which pairs can be formed: a bank with mentors, mentees of every sort, a curator at the browser.

use chrono::NaiveDate;
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::support::{Browser, Page, TestApp, World, a_person};

/// Fields of a form, some with many values.
#[derive(Clone)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Puts one value in the place of all that stood there.
    pub(crate) fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Adds one more value.
    pub(crate) fn add(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Takes a field away.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    pub(crate) fn pairs(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

/// The stage with its people.
pub(crate) struct Stage {
    pub(crate) app: TestApp,
    pub(crate) world: World,
    pub(crate) curator: Browser,
    pub(crate) director: Browser,
    pub(crate) mentor: Uuid,
    pub(crate) mentee: Uuid,
    pub(crate) second: Uuid,
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Stage {
    pub(crate) async fn set(app: &TestApp) -> Self {
        let world = World::build(app).await;
        let tx = app.app.db.begin().await.unwrap();
        let mentor = a_person(&tx, world.school, "учитель", "Опытнова").await;
        let mentee = a_person(&tx, world.school, "учитель", "Новикова").await;
        let second = a_person(&tx, world.school, "учитель", "Молодцова").await;
        tx.commit().await.unwrap();
        let stage = Self {
            curator: world.browser(app, Role::Curator).await,
            director: world.browser(app, Role::Director).await,
            app: app.clone(),
            world,
            mentor,
            mentee,
            second,
        };
        stage.list_mentor(mentor, stage.world.school, 3).await;
        stage
    }

    /// The same stage later: everybody has signed in again.
    pub(crate) async fn later(self, by: chrono::Duration) -> Self {
        self.app.advance(by);
        let curator = self.world.browser(&self.app, Role::Curator).await;
        let director = self.world.browser(&self.app, Role::Director).await;
        Self { curator, director, ..self }
    }

    /// One more worker of the school.
    pub(crate) async fn worker(&self, position: &str, surname: &str) -> Uuid {
        let tx = self.app.app.db.begin().await.unwrap();
        let id = a_person(&tx, self.world.school, position, surname).await;
        tx.commit().await.unwrap();
        id
    }

    /// Puts somebody in the bank of mentors with a confirmed achievement.
    pub(crate) async fn list_mentor(&self, person: Uuid, organization: Uuid, capacity: i64) {
        let by = self.world.people[&Role::Curator];
        let now = self.app.app.clock.now();
        self.app
            .exec(
                "INSERT INTO mentor_candidate (id, person_id, organization_id, capacity, listed_by, listed_at) \
                 VALUES (?, ?, ?, ?, ?, ?)",
                values![ids::row_id(), person, organization, capacity, by, now],
            )
            .await;
        self.app
            .exec(
                "INSERT INTO achievement (id, person_id, title, evidence, achieved_on, recorded_by, recorded_at) \
                 VALUES (?, ?, 'Победа в конкурсе', 'https://example.org/diploma', ?, ?, ?)",
                values![ids::row_id(), person, day("2025-05-01"), by, now],
            )
            .await;
    }

    /// Records an agreement of an organization with the school of the stage, for the academic year.
    pub(crate) async fn agreement(&self, organization: Uuid) -> Uuid {
        let (id, now) = (ids::row_id(), self.app.app.clock.now());
        let (first, last) = (day("2026-09-01"), day("2027-08-31"));
        self.app
            .exec(
                "INSERT INTO partnership (id, organization_id, partner_id, number, dated_on, starts_on, ends_on, subject, \
                 payer, consents, search_key, created_by, created_at) \
                 VALUES (?, ?, ?, '7', ?, ?, ?, 'Наставничество', 'partner', '[]', '7', ?, ?)",
                values![id, organization, self.world.school, first, first, last, id, now],
            )
            .await;
        id
    }

    /// A form that passes every rule.
    pub(crate) fn fields(&self) -> Fields {
        let fields = [
            ("organization", self.world.school.to_string()),
            ("mentees", self.mentee.to_string()),
            ("mentor", self.mentor.to_string()),
            ("form", "teacher_teacher".to_owned()),
            ("kinds", "traditional".to_owned()),
            ("model", "experienced_young".to_owned()),
            ("starts_on", "2026-11-23".to_owned()),
            ("ends_on", "2027-05-31".to_owned()),
            ("work", "посещение занятий наставляемого".to_owned()),
            ("pay", "unpaid".to_owned()),
            ("pay_reason", "размер выплаты не установлен".to_owned()),
        ];
        Fields(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Forms a pair as the curator does.
    pub(crate) async fn form(&self, fields: &Fields) -> Page {
        self.curator.post("/pairs", &fields.pairs()).await
    }

    /// Forms the usual pair and returns its id.
    pub(crate) async fn pair(&self) -> String {
        self.pair_of(&self.fields()).await
    }

    pub(crate) async fn pair_of(&self, fields: &Fields) -> String {
        id_in(&self.form(fields).await.led_to())
    }

    /// Issues a personal paper and returns its id.
    pub(crate) async fn issue(&self, pair: &str, kind: &str, person: Uuid) -> String {
        let person = person.to_string();
        let fields = [("kind", kind), ("person", person.as_str()), ("dated_on", "2026-11-23")];
        self.curator.post(&format!("/pairs/{pair}/papers"), &fields).await.led_to();
        self.newest_paper(kind).await
    }

    pub(crate) async fn newest_paper(&self, kind: &str) -> String {
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            id: Uuid,
        }
        let row: Option<Row> = nastavnik::kernel::db::one(
            self.app.app.db.reader(),
            "SELECT id FROM document WHERE kind = ? ORDER BY id DESC",
            values![kind],
        )
        .await
        .unwrap();
        row.unwrap().id.to_string()
    }

    /// Records a signature as the curator does.
    pub(crate) async fn sign(&self, paper: &str, on: &str) -> Page {
        let path = format!("/papers/{paper}/signature");
        self.curator.post(&path, &[("signed_on", on)]).await
    }

    /// Issues and signs everything the order needs.
    pub(crate) async fn papers(&self, pair: &str, mentees: &[Uuid]) {
        let mut papers = vec![("mentor_consent", self.mentor)];
        papers.extend(mentees.iter().map(|mentee| ("mentee_agreement", *mentee)));
        papers.push(("supplementary_agreement", self.mentor));
        for (kind, person) in papers {
            let paper = self.issue(pair, kind, person).await;
            self.sign(&paper, "2026-11-23").await.led_to();
        }
    }

    /// Prepares an order for the pairs.
    pub(crate) async fn prepare(&self, pairs: &[&str]) -> Page {
        let mut fields = vec![("dated_on", "2026-11-23"), ("control", "Контроль оставляю за собой.")];
        let school = self.world.school.to_string();
        fields.push(("organization", school.as_str()));
        fields.extend(pairs.iter().map(|pair| ("mentorships", *pair)));
        self.curator.post("/orders", &fields).await
    }

    /// A pair with all its papers and a signed order.
    pub(crate) async fn active_pair(&self) -> String {
        let pair = self.pair().await;
        self.papers(&pair, &[self.mentee]).await;
        let order = id_in(&self.prepare(&[&pair]).await.led_to());
        let signed = [("signed_on", "2026-11-23")];
        self.director.post(&format!("/orders/{order}/signature"), &signed).await.led_to();
        pair
    }
}

/// The id in the address one was led to.
pub(crate) fn id_in(address: &str) -> String {
    address.split(['?', '#']).next().unwrap().rsplit('/').next().unwrap().to_owned()
}

/// The mistake shown at a field, if there is one.
pub(crate) fn error_at(page: &Page, field: &str) -> Option<String> {
    let html = page.text();
    let rest = html.split(&format!("id=\"f-{field}-error\">")).nth(1)?;
    let text = rest.split("<span>").nth(1)?.split("</span>").next()?;
    Some(text.replace('\u{a0}', " "))
}
