//! From an agenda to minutes: quorum, votes, conflict of interest, what comes of a decision.

use axum::http::StatusCode;
use nastavnik::council::{self, Decision, MatterKind, Standing};
use nastavnik::kernel::ids;
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use super::{found, give, member};
use crate::db_test;
use crate::pairs::stage::{Stage, error_at, id_in};
use crate::support::{Browser, TestApp};

/// A council of five, two pairs sent to it, a sitting of today with both on the agenda.
pub(super) struct Sitting {
    pub(super) stage: Stage,
    pub(super) council: Browser,
    pub(super) members: Vec<Uuid>,
    pub(super) pairs: Vec<String>,
    pub(super) path: String,
    pub(super) items: Vec<Uuid>,
}

impl Sitting {
    pub(super) async fn set(app: &TestApp) -> Self {
        let stage = Stage::set(app).await;
        let mut members = vec![stage.world.people[&Role::Council]];
        for surname in ["Вторая", "Третья", "Четвёртая", "Пятая"] {
            members.push(member(&stage, surname).await);
        }
        let second = stage.fields().set("mentees", stage.second.to_string());
        let pairs = vec![stage.pair().await, stage.pair_of(&second).await];
        let council = stage.world.browser(app, Role::Council).await;
        let fields: Vec<(&str, &str)> = pairs.iter().map(|pair| ("mentorships", pair.as_str())).collect();
        stage.curator.post("/council/matters", &fields).await.led_to();
        let matters = found(app, "SELECT id FROM council_matter ORDER BY raised_at, id", vec![]).await;
        let matters: Vec<String> = matters.iter().map(Uuid::to_string).collect();
        let mut fields = vec![("held_on", "2026-11-23"), ("room", "учительская")];
        fields.extend(matters.iter().map(|id| ("matters", id.as_str())));
        let path = council.post("/council/sittings", &fields).await.led_to();
        let path = path.split('?').next().unwrap().to_owned();
        let items = found(app, "SELECT id FROM council_item ORDER BY place_in_order", vec![]).await;
        Self { stage, council, members, pairs, path, items }
    }

    /// Marks the first so many members as present; the first leads, the last keeps the minutes.
    pub(super) async fn gather(&self, count: usize) {
        let version = self.version().await;
        let present: Vec<String> = self.members[..count].iter().map(Uuid::to_string).collect();
        let mut fields = vec![("chair", present[0].as_str()), ("secretary", present[count - 1].as_str())];
        fields.push(("version", version.as_str()));
        fields.extend(present.iter().map(|id| ("present", id.as_str())));
        self.council.post(&format!("{}/presence", self.path), &fields).await.led_to();
    }

    async fn version(&self) -> String {
        let id = id_in(&self.path);
        let sql = "SELECT version AS n FROM council_sitting WHERE id = ?";
        self.stage.app.count(sql, values![id.parse::<Uuid>().unwrap()]).await.to_string()
    }

    pub(super) async fn vote(&self, item: usize, fields: &[(&str, &str)]) -> crate::support::Page {
        let id = self.items[item];
        let version = "SELECT version AS n FROM council_item WHERE id = ?";
        let version = self.stage.app.count(version, values![id]).await.to_string();
        let mut all = vec![("version", version.as_str())];
        all.extend(fields);
        self.council.post(&format!("{}/items/{id}", self.path), &all).await
    }
}

db_test!(a_sitting_is_planned_by_the_council_from_what_waits, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let pair = stage.pair().await;
    let council = stage.world.browser(&app, Role::Council).await;
    council.get("/council").await.shows("Вопросов к совету нет");
    council.post("/council/matters", &[("mentorships", &pair)]).await.expect(StatusCode::FORBIDDEN);
    stage.curator.post("/council/sittings", &[]).await.expect(StatusCode::FORBIDDEN);
    for role in [Role::Union, Role::Psychologist, Role::Department, Role::Mentor] {
        stage.world.browser(&app, role).await.get("/council").await.expect(StatusCode::NOT_FOUND);
    }
    let page = stage.curator.post("/council/matters", &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "mentorships").is_some());
    let key = ids::form_key();
    let sent = [("mentorships", pair.as_str()), ("words", "До начала четверти"), ("due_on", "2026-12-01")];
    let first = stage.curator.post_keyed("/council/matters", &sent, key).await.led_to();
    assert_eq!(stage.curator.post_keyed("/council/matters", &sent, key).await.led_to(), first);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM council_matter", vec![]).await, 1);
    stage.curator.get("/pairs").await.shows("ждёт решения совета до 01.12.2026");
    council.get("/").await.shows("Назначьте заседание: 1 вопрос ждёт решения");
    council.get("/council").await.shows("О закреплении пары: Опытнова А. И. – Новикова А. И.");

    let page = council.post("/council/sittings", &[("held_on", "2026-11-23")]).await;
    let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "matters").unwrap().contains("повестки"));
    assert!(error_at(&page, "room").is_some());
    let matter = found(&app, "SELECT id FROM council_matter", vec![]).await[0].to_string();
    let far = [("held_on", "2028-01-01"), ("room", "1"), ("matters", matter.as_str())];
    let page = council.post("/council/sittings", &far).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "held_on").unwrap().contains("Проверьте день"));
    let planned = [("held_on", "2026-11-25"), ("room", "учительская"), ("matters", matter.as_str())];
    let key = ids::form_key();
    let first = council.post_keyed("/council/sittings", &planned, key).await.led_to();
    assert_eq!(council.post_keyed("/council/sittings", &planned, key).await.led_to(), first);
    let page = council.post("/council/sittings", &planned).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "matters").unwrap().contains("другого заседания"));
    let path = first.split('?').next().unwrap();
    let head = stage.world.people[&Role::Council].to_string();
    let marked = [("present", head.as_str()), ("chair", &head), ("secretary", &head), ("version", "1")];
    let page =
        council.post(&format!("{path}/presence"), &marked).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("День заседания ещё не наступил: отметить");
    let page = council.post(&format!("{path}/closing"), &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("День заседания ещё не наступил");
    council.post(&format!("{path}/cancellation"), &[("reason", "болезнь")]).await.led_to();
    council.post("/council/sittings", &planned).await.led_to();
});

db_test!(without_a_quorum_nothing_is_decided, |app: TestApp| async move {
    let sitting = Sitting::set(&app).await;
    let yes = [("proposal", "agreed"), ("votes_for", "2")];
    let page = sitting.vote(0, &yes).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Сначала отметьте");
    sitting.gather(2).await;
    let page = sitting.vote(0, &yes).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "votes_for").unwrap().starts_with("Кворума нет"));
    let closing = format!("{}/closing", sitting.path);
    let page = sitting.council.post(&closing, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        error_at(&page, "closing").unwrap().starts_with("Кворума нет: присутствуют 2, а нужно не меньше 3")
    );
    // Votes taken with a quorum do not outlive it.
    sitting.gather(3).await;
    sitting.vote(0, &[("proposal", "agreed"), ("votes_for", "3")]).await.led_to();
    sitting.gather(2).await;
    sitting.council.post(&closing, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        app.count("SELECT COUNT(*) AS n FROM council_matter WHERE decided_at IS NOT NULL", vec![]).await,
        0
    );
});

db_test!(votes_are_checked_where_they_are_typed, |app: TestApp| async move {
    let sitting = Sitting::set(&app).await;
    sitting.gather(4).await;
    let refused = async |fields: &[(&str, &str)], field: &str| {
        let page = sitting.vote(0, fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        error_at(&page, field).unwrap_or_else(|| panic!("nothing at {field}"))
    };
    let vote = |votes_for, votes_against, abstained| {
        [
            ("proposal", "agreed"),
            ("votes_for", votes_for),
            ("votes_against", votes_against),
            ("abstained", abstained),
        ]
    };
    assert!(refused(&vote("4", "1", ""), "votes_for").await.contains("Голосов 5, а голосовать могут 4"));
    assert!(refused(&vote("сто", "1", ""), "votes_for").await.contains("целое число"));
    assert!(refused(&vote("", "", "4"), "votes_for").await.contains("Никто не голосовал"));
    assert!(refused(&vote("2", "2", ""), "chair_voice").await.contains("поровну"));
    assert!(refused(&vote("1", "3", ""), "words").await.contains("причину"));
    let remarks = [("proposal", "agreed_with_remarks"), ("votes_for", "4")];
    assert!(refused(&remarks, "words").await.contains("замечания"));
    // The voice of whoever leads settles a tie; without one the same votes were refused.
    let tie = [("proposal", "agreed"), ("votes_for", "2"), ("votes_against", "2"), ("chair_voice", "for")];
    sitting.vote(0, &tie).await.led_to();
    sitting.council.get(&sitting.path).await.shows("«за» – 2, «против» – 2, воздержались – 0");
    let stale = format!("{}/items/{}", sitting.path, sitting.items[0]);
    let page = sitting.council.post(&stale, &[("version", "1"), ("proposal", "postponed")]).await;
    page.expect(StatusCode::CONFLICT).shows("изменил другой член совета");
});

db_test!(whoever_is_in_the_pair_does_not_vote_on_it, |app: TestApp| async move {
    let sitting = Sitting::set(&app).await;
    // Three of the six are there, and one of them is the mentor of both pairs.
    give(&sitting.stage, sitting.stage.mentor, "council").await;
    let mentor = sitting.stage.mentor;
    let mut members = vec![mentor];
    members.extend(&sitting.members);
    let sitting = Sitting { members, ..sitting };
    sitting.gather(3).await;
    let page = sitting.council.get(&format!("{}/items/{}", sitting.path, sitting.items[0])).await;
    page.shows("Об этой паре не голосуют и в кворуме не считаются: Опытнова А. И.");
    page.shows("Голосовать могут: 2 из 5");
    let page = sitting.vote(0, &[("proposal", "agreed"), ("votes_for", "2")]).await;
    let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "votes_for").unwrap().starts_with("Кворума нет: голосовать могут 2"));
    sitting.gather(5).await;
    let page = sitting.vote(0, &[("proposal", "agreed"), ("votes_for", "5")]).await;
    let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "votes_for").unwrap().contains("Голосов 5, а голосовать могут 4"));
    // The one in the pair leads the sitting: their voice settles nothing here.
    let tie = [("proposal", "agreed"), ("votes_for", "2"), ("votes_against", "2"), ("chair_voice", "for")];
    let page = sitting.vote(0, &tie).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error_at(&page, "votes_for").unwrap().contains("об этой паре не голосует"));
    sitting.vote(0, &[("proposal", "agreed"), ("votes_for", "3"), ("votes_against", "1")]).await.led_to();
});

db_test!(decisions_take_effect_when_the_sitting_is_closed, |app: TestApp| async move {
    let sitting = Sitting::set(&app).await;
    let reader = app.app.db.reader();
    let ids: Vec<Uuid> = sitting.pairs.iter().map(|pair| pair.parse().unwrap()).collect();
    sitting.gather(3).await;
    let refused = [
        ("proposal", "agreed"),
        ("heard", "Выступил куратор"),
        ("votes_for", "1"),
        ("votes_against", "2"),
        ("words", "Нужен наставник того же предмета"),
    ];
    sitting.vote(0, &refused).await.led_to();
    sitting.vote(1, &[("proposal", "postponed"), ("heard", "Не хватает документов")]).await.led_to();
    let waits = Standing::Waits { due_on: None };
    let before = council::standings(reader, MatterKind::Pair, &ids).await.unwrap();
    assert!(before.values().all(|standing| *standing == waits));
    sitting.stage.curator.get(&format!("{}/minutes.pdf", sitting.path)).await.expect(StatusCode::NOT_FOUND);
    let (closing, key) = (format!("{}/closing", sitting.path), ids::form_key());
    sitting.stage.curator.post(&closing, &[]).await.expect(StatusCode::FORBIDDEN);
    let first = sitting.council.post_keyed(&closing, &[], key).await.led_to();
    assert_eq!(sitting.council.post_keyed(&closing, &[], key).await.led_to(), first);
    sitting.council.post(&closing, &[]).await.expect(StatusCode::CONFLICT);
    sitting.vote(0, &[("proposal", "agreed"), ("votes_for", "3")]).await.expect(StatusCode::CONFLICT);
    sitting.council.get(&sitting.path).await.shows("протокол № 1-ПС/2026");
    let matter = "SELECT subject_id AS id FROM council_matter WHERE decision = 'declined'";
    let declined = found(&app, matter, vec![]).await;
    let after = council::standings(reader, MatterKind::Pair, &ids).await.unwrap();
    let words = "Нужен наставник того же предмета".to_owned();
    let decided = Standing::Decided { decision: Decision::Declined, words, on: app.today() };
    assert_eq!(after[&declined[0]], decided);
    assert_eq!(after.values().filter(|standing| **standing == waits).count(), 1);

    let curator = &sitting.stage.curator;
    let tab = curator.get(&format!("/pairs/{}/objections", declined[0])).await;
    tab.shows("Слова совета: Нужен наставник того же предмета");
    tab.shows("Измените состав или условия пары");
    tab.shows("Отправить на совет");
    curator.get("/pairs").await.shows("совет: не согласовано 23.11.2026");
    curator.get("/").await.shows("решение совета за месяц");
    curator.get("/council").await.shows("Решено за последние 30 дней");
    let pdf = curator.get(&format!("{}/minutes.pdf", sitting.path)).await.expect(StatusCode::OK);
    assert!(pdf.bytes.starts_with(b"%PDF"));
    let docx = curator.get(&format!("{}/minutes.docx", sitting.path)).await.expect(StatusCode::OK);
    assert!(docx.bytes.starts_with(b"PK"));
    let again = [("mentorships", declined[0].to_string())];
    let again: Vec<(&str, &str)> = again.iter().map(|(name, id)| (*name, id.as_str())).collect();
    curator.post("/council/matters", &again).await.led_to();
    curator.get("/pairs").await.shows("ждёт решения совета");
});

db_test!(a_pair_given_up_is_no_longer_a_question, |app: TestApp| async move {
    let sitting = Sitting::set(&app).await;
    let withdrawal = format!("/pairs/{}/withdrawal", sitting.pairs[0]);
    sitting.stage.curator.post(&withdrawal, &[("reason", "передумали")]).await.led_to();
    sitting.gather(3).await;
    sitting.council.get(&sitting.path).await.shows("снят с рассмотрения");
    assert_eq!(
        app.count("SELECT COUNT(*) AS n FROM council_matter WHERE withdrawn_at IS NULL", vec![]).await,
        1
    );
    sitting.council.post(&format!("{}/closing", sitting.path), &[]).await.led_to();
});

db_test!(the_council_chooses_its_head_and_secretary, |app: TestApp| async move {
    let stage = Stage::set(&app).await;
    let (first, second) = (stage.world.people[&Role::Council], member(&stage, "Вторая").await);
    let council = stage.world.browser(&app, Role::Council).await;
    let (head, secretary) = (first.to_string(), second.to_string());
    let chosen = |head: &str, secretary: &str| {
        [
            ("head", head.to_owned()),
            ("secretary", secretary.to_owned()),
            ("started_on", "2026-11-23".to_owned()),
        ]
    };
    let send = async |browser: &Browser, fields: [(&str, String); 3]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post("/council/offices", &fields).await
    };
    send(&stage.director, chosen(&head, &secretary)).await.expect(StatusCode::FORBIDDEN);
    let page = send(&council, chosen(&stage.mentor.to_string(), &secretary)).await;
    assert!(error_at(&page.expect(StatusCode::UNPROCESSABLE_ENTITY), "head").is_some());
    send(&council, chosen(&head, &secretary)).await.led_to();
    send(&council, chosen(&secretary, &head)).await.led_to();
    let held = "SELECT COUNT(*) AS n FROM council_office WHERE ended_on IS NULL";
    assert_eq!(app.count(held, vec![]).await, 2);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM council_office", vec![]).await, 4);
    council.get("/council").await.shows("Вторая Анна Ивановна Председатель");
});
