//! Evenings of speed meetings: who may, the table, the day itself, wishes of two sides, and that nobody is counted twice.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use nastavnik::kernel::{db, ids};
use nastavnik::values;
use nastavnik_domain::policy::Reach;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::db_test;
use crate::pairs::stage::{Fields, Stage, error_at, id_in};
use crate::support::{Page, TestApp, traces};

/// The stage of pairs with more people.
struct Evening {
    stage: Stage,
    mentors: Vec<Uuid>,
    mentees: Vec<Uuid>,
}

#[derive(sea_orm::FromQueryResult, Debug, Clone, PartialEq, Eq)]
struct Seat {
    id: Uuid,
    round: i64,
    mentor_id: Uuid,
    mentee_id: Uuid,
}

impl Evening {
    async fn set(app: &TestApp) -> Self {
        let stage = Stage::set(app).await;
        let mut mentors = vec![stage.mentor];
        for surname in ["Вторая", "Третья"] {
            let mentor = stage.worker("учитель", surname).await;
            stage.list_mentor(mentor, stage.world.school, 1).await;
            mentors.push(mentor);
        }
        let mut mentees = vec![stage.mentee, stage.second];
        for surname in ["Третьякова", "Четвертакова"] {
            mentees.push(stage.worker("учитель", surname).await);
        }
        Self { stage, mentors, mentees }
    }

    fn fields(&self) -> Fields {
        let base = self.stage.fields().without("mentees").without("mentor");
        let mut fields = ["form", "kinds", "model", "starts_on", "ends_on", "work", "pay", "pay_reason"]
            .into_iter()
            .fold(base, Fields::without);
        for (name, value) in [
            ("title", "Быстрые встречи"),
            ("held_on", "2026-11-23"),
            ("begins_at", "16:00"),
            ("place", "библиотека"),
            ("round_minutes", "10"),
            ("break_minutes", "2"),
            ("most_rounds", "6"),
        ] {
            fields = fields.add(name, value);
        }
        let mentors = self.mentors.iter().map(|person| ("mentors", *person));
        let mentees = self.mentees.iter().map(|person| ("mentees", *person));
        mentors.chain(mentees).fold(fields, |fields, (name, person)| fields.add(name, person.to_string()))
    }

    async fn plan(&self) -> String {
        id_in(&self.stage.curator.post("/speed", &self.fields().pairs()).await.led_to())
    }

    async fn refused(&self, fields: &Fields) -> Page {
        self.stage.curator.post("/speed", &fields.pairs()).await.expect(StatusCode::UNPROCESSABLE_ENTITY)
    }

    async fn table(&self, id: &str) -> Vec<Seat> {
        let sql = "SELECT id, round, mentor_id, mentee_id FROM speed_meeting WHERE evening_id = ? ORDER BY round, id";
        let id: Uuid = id.parse().unwrap();
        db::all(self.stage.app.app.db.reader(), sql, values![id]).await.unwrap()
    }

    /// Ticks every meeting as the curator does.
    async fn everybody_met(&self, id: &str) {
        let table = self.table(id).await;
        let rows: Vec<(String, String)> =
            table.iter().map(|seat| (format!("was_{}", seat.id), seat.id.to_string())).collect();
        let mut fields: Vec<(&str, &str)> = Vec::new();
        for (was, id) in &rows {
            fields.extend([(was.as_str(), "000"), ("met", id.as_str())]);
        }
        self.stage.curator.post(&format!("/speed/{id}/marks"), &fields).await.led_to();
    }

    /// People mentored by orders in force, and how many wait for a mentor by the bank.
    async fn mentored(&self) -> (BTreeSet<Uuid>, u64) {
        let (reader, today) = (self.stage.app.app.db.reader(), self.stage.app.today());
        let rows = nastavnik::pairs::in_force_rows(reader, today).await.unwrap();
        let people = rows.iter().flat_map(|row| row.mentees.iter().map(|person| person.0)).collect();
        let reach = Reach { organizations: [self.stage.world.school.into()].into(), ..Reach::default() };
        let counts = nastavnik::bank::counts(reader, &reach, today).await.unwrap();
        (people, counts.waiting_for_mentor)
    }
}

db_test!(only_the_curator_of_the_school_has_evenings, |app: TestApp| async move {
    let evening = Evening::set(&app).await;
    let fields = evening.fields();
    let stage = &evening.stage;
    stage.director.post("/speed", &fields.pairs()).await.expect(StatusCode::FORBIDDEN);
    let other = app.browser_of(stage.world.other_curator).await;
    other.post("/speed", &fields.pairs()).await.expect(StatusCode::NOT_FOUND);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM speed_evening", vec![]).await, 0);
    let id = evening.plan().await;
    for path in ["", "/edit", "/marks", "/cards.pdf", "/cards.docx"] {
        other.get(&format!("/speed/{id}{path}")).await.expect(StatusCode::NOT_FOUND);
        app.browser_of(stage.mentee)
            .await
            .get(&format!("/speed/{id}{path}"))
            .await
            .expect(StatusCode::FORBIDDEN);
    }
    other.get("/speed").await.expect(StatusCode::OK).hides("Быстрые встречи сегодня");
    stage.curator.get(&format!("/speed/{id}")).await.expect(StatusCode::OK).shows("Новикова");
    let cards = stage.curator.get(&format!("/speed/{id}/cards.pdf")).await.expect(StatusCode::OK);
    assert!(cards.bytes.starts_with(b"%PDF-"));
    let cards = stage.curator.get(&format!("/speed/{id}/cards.docx")).await.expect(StatusCode::OK);
    assert_eq!(traces(&cards, &["Новикова", "Опытнова"]).len(), 2, "the words of the same cards");
});

db_test!(what_can_not_be_is_told_at_its_field, |app: TestApp| async move {
    let evening = Evening::set(&app).await;
    let base = evening.fields();
    let stranger = evening.stage.world.other_teacher.to_string();
    let table = [
        (base.clone().without("mentors"), "mentors", "хотя бы одного наставника"),
        (base.clone().without("mentees"), "mentees", "хотя бы одного педагога"),
        (
            base.clone().add("mentees", evening.mentors[0].to_string()),
            "mentees",
            "и наставником, и наставляемым",
        ),
        (base.clone().add("mentees", stranger.clone()), "mentees", "нет в списке"),
        (base.clone().add("mentors", stranger), "mentors", "нет в списке"),
        (base.clone().set("begins_at", "после уроков"), "begins_at", "например 16:00"),
        (base.clone().set("held_on", "2026-11-22"), "held_on", "прошёл"),
        (base.clone().set("most_rounds", "15"), "most_rounds", "от 1 до 14"),
        (base.clone().set("round_minutes", "0"), "round_minutes", "от 3 до 60"),
    ];
    for (fields, field, told) in table {
        let page = evening.refused(&fields).await;
        let error = error_at(&page, field).unwrap_or_else(|| panic!("nothing at {field}"));
        assert!(error.contains(told), "{field}: {error}");
        assert!(page.text().contains("value=\"библиотека\""), "what was typed is lost");
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM speed_evening", vec![]).await, 0);
});

db_test!(everybody_meets_everybody_once_but_those_kept_apart, |app: TestApp| async move {
    let evening = Evening::set(&app).await;
    let (mentor, mentee) = (evening.mentors[1], evening.mentees[0]);
    let by = evening.stage.world.people[&Role::Union];
    app.exec(
        "INSERT INTO pair_objection (id, organization_id, mentor_id, mentee_id, body, reason, raised_by, raised_at) \
         VALUES (?, ?, ?, ?, 'union', 'спор', ?, ?)",
        values![ids::row_id(), evening.stage.world.school, mentor, mentee, by, app.app.clock.now()],
    )
    .await;
    let id = evening.plan().await;
    let table = evening.table(&id).await;
    let couples: BTreeSet<_> = table.iter().map(|seat| (seat.mentor_id, seat.mentee_id)).collect();
    assert_eq!((table.len(), couples.len()), (11, 11));
    assert!(!couples.contains(&(mentor, mentee)));
    let mut rounds: BTreeMap<i64, BTreeSet<Uuid>> = BTreeMap::new();
    for seat in &table {
        for person in [seat.mentor_id, seat.mentee_id] {
            assert!(
                rounds.entry(seat.round).or_default().insert(person),
                "two tables in round {}",
                seat.round
            );
        }
    }
    assert_eq!(rounds.len(), 4, "four mentees and three mentors need four rounds");
    let page = evening.stage.curator.get(&format!("/speed/{id}")).await;
    page.shows("Не сажаем вместе");
});

// The rule of decision 0015, and C7: one meeting makes nobody a mentored person, and a lasting pair makes one.
db_test!(an_evening_makes_nobody_mentored_twice_or_once, |app: TestApp| async move {
    let evening = Evening::set(&app).await;
    let stage = &evening.stage;
    let school = stage.world.school.to_string();
    let confirmed = [("organization", school.as_str()), ("category", "young"), ("decision", "confirmed")];
    stage.curator.post(&format!("/bank/mentees/{}/decisions", stage.mentee), &confirmed).await;
    let before = evening.mentored().await;
    let home = stage.curator.get("/").await.text();
    let active = |text: &str| text.matches("/pairs?state=active").count();
    let id = evening.plan().await;
    evening.everybody_met(&id).await;
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM speed_meeting WHERE has_met = 1", vec![]).await, 12);
    assert_eq!(evening.mentored().await, before, "meetings of an evening were counted as mentorships");
    assert_eq!(active(&stage.curator.get("/").await.text()), active(&home));
    // Seven people had twelve meetings.
    stage.curator.get(&format!("/speed/{id}")).await.shows("7 человек встретились");
    stage.active_pair().await;
    let (people, waiting) = evening.mentored().await;
    assert_eq!(people.len(), before.0.len() + 1);
    assert!(people.contains(&stage.mentee));
    assert_eq!(waiting, before.1.saturating_sub(1));
});

db_test!(who_did_not_come_is_replaced_and_the_other_cards_stay, |app: TestApp| async move {
    let evening = Evening::set(&app).await;
    let stage = &evening.stage;
    let id = evening.plan().await;
    let before = evening.table(&id).await;
    let gone = evening.mentees[3];
    let instead = stage.worker("учитель", "Запаснова").await;
    let path = format!("/speed/{id}/replacements");
    let (gone_id, instead_id) = (gone.to_string(), instead.to_string());
    // A mentee does not sit down at a mentor's table, and nobody comes from another school.
    for wrong in [stage.mentee, stage.world.other_teacher] {
        let wrong = wrong.to_string();
        let fields = [("gone", gone_id.as_str()), ("instead", wrong.as_str()), ("from_round", "1")];
        let page = stage.curator.post(&path, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(error_at(&page, "instead").unwrap().contains("которого ещё нет в таблице"));
    }
    assert_eq!(evening.table(&id).await, before);
    let fields = [("gone", gone_id.as_str()), ("instead", instead_id.as_str()), ("from_round", "2")];
    stage.curator.post(&path, &fields).await.led_to();
    let after = evening.table(&id).await;
    for (old, new) in before.iter().zip(&after) {
        let is_swapped = old.mentee_id == gone && old.round >= 2;
        let expected = Seat { mentee_id: if is_swapped { instead } else { old.mentee_id }, ..old.clone() };
        assert_eq!(*new, expected);
    }
    // A mentor leaves: the rounds that are left are made again for those who are there.
    let mentor = evening.mentors[2].to_string();
    stage.curator.post(&path, &[("gone", mentor.as_str()), ("from_round", "3")]).await.led_to();
    stage.curator.post(&format!("/speed/{id}/table"), &[("from_round", "3")]).await.led_to();
    let table = evening.table(&id).await;
    assert!(table.iter().all(|seat| seat.round < 3 || seat.mentor_id != evening.mentors[2]));
    let couples: BTreeSet<_> = table.iter().map(|seat| (seat.mentor_id, seat.mentee_id)).collect();
    assert_eq!(couples.len(), table.len(), "somebody meets twice");
    let again = stage.curator.post(&path, &[("gone", mentor.as_str()), ("from_round", "3")]).await;
    assert!(error_at(&again, "gone").unwrap().contains("уже нет"));
});

db_test!(a_wish_is_told_to_the_other_side_only_when_both_wish, |app: TestApp| async move {
    let evening = Evening::set(&app).await;
    let stage = &evening.stage;
    let id = evening.plan().await;
    let table = evening.table(&id).await;
    let seat =
        table.iter().find(|seat| seat.mentor_id == stage.mentor && seat.mentee_id == stage.mentee).unwrap();
    let (mentor, mentee) = (app.browser_of(stage.mentor).await, app.browser_of(stage.mentee).await);
    let path = format!("/own/speed/{id}");
    let wish = seat.id.to_string();
    stage
        .world
        .browser(&app, Role::Tutor)
        .await
        .post(&path, &[("wish", &wish)])
        .await
        .expect(StatusCode::NOT_FOUND);
    mentee.post(&path, &[("wish", &wish)]).await.led_to();
    mentee.get("/own/speed").await.hides("куратор знает");
    mentor.get("/own/speed").await.hides("куратор знает");
    let card = format!("/speed/{id}");
    stage.curator.get(&card).await.shows("Пока никто не отметил взаимно");
    // Somebody else's meeting is not one's own to mark.
    let other = table
        .iter()
        .find(|other| other.mentee_id != stage.mentee && other.mentor_id != stage.mentor)
        .unwrap();
    mentor.post(&path, &[("wish", &wish), ("wish", &other.id.to_string())]).await.led_to();
    let told = "SELECT COUNT(*) AS n FROM speed_meeting WHERE mentor_wishes + mentee_wishes > 0";
    assert_eq!(app.count(told, vec![]).await, 1);
    for browser in [&mentor, &mentee] {
        browser.get("/own/speed").await.shows("куратор знает");
    }
    let page = stage.curator.get(&card).await;
    page.shows("Опытнова А. И. и Новикова А. И.");
    let form = format!(
        "/pairs/new?organization={}&mentor={}&mentee={}",
        stage.world.school, stage.mentor, stage.mentee
    );
    assert!(page.text().contains(&form.replace('&', "&#38;")), "no way to a lasting pair");
    let filled = stage.curator.get(&form).await.expect(StatusCode::OK).text();
    for person in [stage.mentor, stage.mentee] {
        assert!(filled.contains(&format!("value=\"{person}\" checked")));
    }
    stage.curator.get("/").await.shows("Составьте пары после быстрых встреч");
    let pair = stage.pair().await;
    assert!(stage.curator.get(&card).await.text().contains(&format!("/pairs/{pair}\"")));
    stage.curator.get("/").await.hides("Составьте пары после быстрых встреч");
});

db_test!(pressed_twice_once_and_a_stale_form_is_told, |app: TestApp| async move {
    let evening = Evening::set(&app).await;
    let stage = &evening.stage;
    let (fields, key) = (evening.fields(), ids::form_key());
    let first = stage.curator.post_keyed("/speed", &fields.pairs(), key).await.led_to();
    let second = stage.curator.post_keyed("/speed", &fields.pairs(), key).await.led_to();
    assert_eq!(first, second);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM speed_evening", vec![]).await, 1);
    let id = id_in(&first);
    let path = format!("/speed/{id}/edit");
    let before = evening.table(&id).await;
    let moved = fields.clone().set("place", "актовый зал").set("version", "1");
    stage.curator.post(&path, &moved.pairs()).await.led_to();
    assert_eq!(evening.table(&id).await, before, "another place needs no other table");
    let page = stage.curator.post(&path, &moved.pairs()).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("изменил кто-то другой");
    let fewer = fields.set("most_rounds", "2").set("version", "2");
    stage.curator.post(&path, &fewer.pairs()).await.led_to();
    assert_eq!(evening.table(&id).await.iter().map(|seat| seat.round).max(), Some(2));
    evening.everybody_met(&id).await;
    stage.curator.get(&path).await.expect(StatusCode::CONFLICT);
    let page = stage.curator.post(&format!("/speed/{id}/cancellation"), &[]).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).shows("состоявшийся вечер не отменяют");
});

db_test!(the_number_of_queries_does_not_grow_with_evenings, |app: TestApp| async move {
    let evening = Evening::set(&app).await;
    evening.plan().await;
    let browser = evening.stage.curator.clone();
    let (_, one) = db::counted(browser.get("/speed")).await;
    for _ in 0..3 {
        evening.plan().await;
    }
    let (page, four) = db::counted(browser.get("/speed")).await;
    page.expect(StatusCode::OK);
    assert_eq!(one, four);
});
