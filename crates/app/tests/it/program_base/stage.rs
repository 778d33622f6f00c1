//! A pair whose program is approved, carried out and about to end, with names all over its text; a pair of another school
//! that has no program.

use nastavnik::kernel::{db, ids};
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::support::{
    Browser, TestApp, World, a_mentorship, a_person, a_signed_order, an_answered_sheet, hidden, start,
};

/// What must not be met outside of the pair and its curator.
pub(super) const TRACES: &[&str] = &["Зимородков", "Гагар", "Совушкин", "i.zimorodkova", "«Б»", "345-67-89"];

pub(super) struct Stage {
    pub(super) world: World,
    pub(super) mentor: Browser,
    pub(super) mentee: Browser,
    pub(super) curator: Browser,
    pub(super) support: Browser,
    pub(super) resource: Browser,
    pub(super) department: Browser,
    pub(super) pair: String,
    pub(super) other_pair: Uuid,
    pub(super) other_mentee: Uuid,
}

impl Stage {
    pub(super) async fn set(app: &TestApp) -> Self {
        let world = World::build(app).await;
        for (role, surname) in
            [(Role::Mentor, "Зимородкова"), (Role::Mentee, "Гагарина"), (Role::Union, "Совушкина")]
        {
            let rename =
                "UPDATE person SET surname = ?, given = 'Алевтина', patronymic = 'Кузьминична' WHERE id = ?";
            app.exec(rename, values![surname, world.people[&role]]).await;
        }
        app.exec("UPDATE mentorship SET ends_on = '2026-12-10' WHERE id = ?", values![world.mentorship])
            .await;
        let tx = app.app.db.begin().await.unwrap();
        a_signed_order(app, &tx, world.school, world.mentorship).await;
        a_program(&tx, &world).await;
        let other_mentee = a_person(&tx, world.other_school, "учитель", "Другаямолодая").await;
        let other_pair = a_mentorship(&tx, world.other_school, world.other_teacher, &[other_mentee]).await;
        a_signed_order(app, &tx, world.other_school, other_pair).await;
        an_answered_sheet(&tx, other_mentee, world.other_school, &[(4, 71, 1, 0)]).await;
        tx.commit().await.unwrap();
        Self {
            mentor: world.browser(app, Role::Mentor).await,
            mentee: world.browser(app, Role::Mentee).await,
            curator: world.browser(app, Role::Curator).await,
            support: world.browser(app, Role::SupportCenter).await,
            resource: world.browser(app, Role::ResourceCenter).await,
            department: world.browser(app, Role::Department).await,
            pair: world.mentorship.to_string(),
            other_pair,
            other_mentee,
            world,
        }
    }

    /// The curator offers the program; its id.
    pub(super) async fn offer(&self) -> Uuid {
        self.curator.post("/base/offers", &[("pair", &self.pair)]).await.led_to();
        let to = self.mentor.get("/own/base").await.text();
        to.split("/own/base/").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    }

    pub(super) async fn agree(&self, id: Uuid) {
        for browser in [&self.mentor, &self.mentee] {
            browser.post(&format!("/own/base/{id}/consent"), &[]).await.led_to();
        }
    }

    /// The curator's words and decisions; the version is the one on the page.
    pub(super) async fn check(&self, id: Uuid) {
        let version = hidden(&self.curator.get(&format!("/base/offers/{id}")).await, "version");
        let fields = [&WORDS[..], &[("word_0", "pupil"), ("version", version.as_str())]].concat();
        self.curator.post(&format!("/base/offers/{id}/check"), &fields).await.led_to();
    }

    pub(super) async fn recommend(&self, browser: &Browser, id: Uuid) {
        browser.post(&format!("/base/reviews/{id}"), REVIEW).await.led_to();
    }

    /// Everything up to the publication.
    pub(super) async fn publish(&self) -> Uuid {
        let id = self.offer().await;
        self.agree(id).await;
        self.check(id).await;
        self.recommend(&self.support, id).await;
        self.recommend(&self.resource, id).await;
        self.department.post(&format!("/base/publications/{id}"), &[]).await.led_to();
        id
    }
}

/// What the curator says about the program.
pub(super) const WORDS: [(&str, &str); 3] = [
    ("title", "Спокойный урок"),
    ("audience", "Учителю первого года"),
    ("result", "Уроки идут по плану, дети спрашивают"),
];

/// A whole review that recommends.
pub(super) const REVIEW: &[(&str, &str)] = &[
    ("mark_goals", "yes"),
    ("mark_measures", "partly"),
    ("mark_usable", "yes"),
    ("mark_impersonal", "yes"),
    ("verdict", "recommend"),
];

async fn a_program(tx: &db::Tx, world: &World) {
    let [id, term, goal, measure, section] = std::array::from_fn(|_| ids::row_id());
    let (mentor, mentee) = (world.people[&Role::Mentor], world.people[&Role::Mentee]);
    let text = format!(
        r#"{{"{term}":{{"kind":"term","from":"2026-10-01","to":"2026-12-10"}},
        "{goal}":{{"kind":"goal","text":"Вести урок в 5 «Б» вместе с Машей, как Алевтина Кузьминична Зимородкова",
        "measure":"8 уроков из 10 у А. К. Гагариной","domain":"psychology","ground":"deficit","mentee":null}},
        "{measure}":{{"kind":"measure","what":"Посещение уроков Зимородковой в МБОУ «СОШ №1»","domain":"psychology",
        "form":"урок","due":"2026-11-20","who":"both","product":"Карта для Совушкиной"}},
        "{section}":{{"kind":"section","code":"s","title":"Связь",
        "text":"Писать на i.zimorodkova@school.ru, звонить +7 912 345-67-89"}}}}"#
    );
    let approved = Uuid::nil();
    let events = [
        (
            mentor,
            format!(r#"{{"event":"made","shape":"full","people":["{mentor}","{mentee}"],"text":{text}}}"#),
        ),
        (mentor, r#"{"event":"signed","seen":4}"#.to_owned()),
        (mentee, r#"{"event":"signed","seen":4}"#.to_owned()),
        (mentor, r#"{"event":"agreed","remarks":""}"#.to_owned()),
        (mentor, format!(r#"{{"event":"approved","document":"{approved}"}}"#)),
        (mentee, format!(r#"{{"event":"done","line":"{measure}","on":"2026-11-20","words":"Было"}}"#)),
    ];
    db::exec(
        tx,
        "INSERT INTO program (id, mentorship_id, organization_id, state, revision, approved_revision, measures, \
         measures_done, version, created_at, changed_at) VALUES (?, ?, ?, 'approved', 1, 1, 1, 1, 6, ?, ?)",
        values![id, world.mentorship, world.school, start(), start()],
    )
    .await
    .unwrap();
    for (number, (by, event)) in (1_i64..).zip(events) {
        db::exec(
            tx,
            "INSERT INTO program_event (program_id, number, person_id, happened_at, event) VALUES (?, ?, ?, ?, ?)",
            values![id, number, by, start(), event],
        )
        .await
        .unwrap();
    }
}
