//! Tasks after a replacement: what is left to do goes over, what was said stays, the mentee hands over the own work.

use axum::http::StatusCode;
use chrono::Duration;
use nastavnik_domain::role::Role;

use super::filed;
use crate::db_test;
use crate::pairs::stage::{Stage, id_in};
use crate::support::{Browser, Canary, Relation, TestApp, traces};

/// What was said between the former two, and what the mentee has handed in there.
const WORDS: &[&str] =
    &["канареечный черновик", "канареечные замечания", "канареечная сдача", "канареечное слово"];

/// A pair at work with four tasks, whose mentee asks for another mentor.
struct Former {
    stage: Stage,
    leaving: Browser,
    mentee: Browser,
    next: Browser,
    next_mentor: uuid::Uuid,
    pair: String,
    /// Set, waiting for the check, sent back, accepted.
    tasks: [String; 4],
}

impl Former {
    async fn set(app: &TestApp) -> Self {
        let stage = Stage::set(app).await;
        let next_mentor = stage.worker("учитель", "Сменова").await;
        stage.list_mentor(next_mentor, stage.world.school, 2).await;
        let pair = stage.active_pair().await;
        let leaving = app.browser_of(stage.mentor).await;
        let mentee = app.browser_of(stage.mentee).await;
        let next = app.browser_of(next_mentor).await;
        let base = format!("/pairs/{pair}/tasks");
        let mut tasks = Vec::new();
        for title in ["Карта темы", "Сданный план", "Возвращённый план", "Принятый план"]
        {
            let fields = [("title", title), ("what", "На одну страницу"), ("due", "2026-11-26")];
            let to = leaving.post(&base, &fields).await.led_to();
            tasks.push(to.split('?').next().unwrap().to_owned());
        }
        let tasks: [String; 4] = tasks.try_into().unwrap();
        let hand_in = async |task: &str, words: &str| {
            let fields = [("version", "1"), ("words", words)];
            mentee.post(&format!("{task}/products"), &fields).await.led_to();
        };
        hand_in(&tasks[1], "канареечная сдача").await;
        hand_in(&tasks[2], "канареечный черновик").await;
        hand_in(&tasks[3], "готово").await;
        let back = [("version", "2"), ("remarks", "канареечные замечания"), ("due", "2027-01-18")];
        leaving.post(&format!("{}/return", tasks[2]), &back).await.led_to();
        let word = [("version", "2"), ("word", "канареечное слово")];
        leaving.post(&format!("{}/acceptance", tasks[3]), &word).await.led_to();
        Self { stage, leaving, mentee, next, next_mentor, pair, tasks }
    }

    /// The curator replaces the mentor; the new pair.
    async fn replace(&self) -> String {
        filed(&self.stage, &self.mentee, &self.pair, "replace").await;
        let next = self.next_mentor.to_string();
        let right = [("mentor", next.as_str()), ("last_day", "2026-11-30"), ("ends_on", "2027-05-31")];
        id_in(&self.stage.curator.post(&format!("/pairs/{}/replacement", self.pair), &right).await.led_to())
    }

    /// The task of the new pair that goes on with this one.
    async fn carried(&self, task: &str) -> String {
        let page = self.mentee.get(task).await.expect(StatusCode::OK).text();
        let link = page.split("href=\"").find(|part| part.contains("Открыть его там")).unwrap();
        link.split('"').next().unwrap().to_owned()
    }
}

db_test!(tasks_go_over_and_words_stay, |app: TestApp| async move {
    let former = Former::set(&app).await;
    let new = former.replace().await;
    let (mentee, leaving, next) = (&former.mentee, &former.leaving, &former.next);
    // The former task is read by its two and goes on elsewhere; the former mentor is not led there.
    for (browser, noun) in [(leaving, "acceptance"), (mentee, "products")] {
        let page =
            browser.post(&format!("{}/{noun}", former.tasks[1]), &[("version", "2"), ("words", "Ещё")]).await;
        page.expect(StatusCode::CONFLICT).shows("перешло в новую пару");
    }
    let page = leaving.get(&former.tasks[1]).await.expect(StatusCode::OK);
    page.shows("перешло в новую пару");
    assert!(!page.text().contains(&new), "the former mentor is not led into the new pair");
    leaving.get(&format!("/pairs/{new}/tasks")).await.expect(StatusCode::NOT_FOUND);
    leaving.get(&format!("/pairs/{}/talk", former.pair)).await.shows("новому наставнику она не видна");
    former.stage.curator.get(&format!("/pairs/{}/tasks", former.pair)).await.shows("Выполняется 0 заданий");
    former.stage.curator.get(&format!("/pairs/{new}/tasks")).await.shows("Выполняется 3 задания");
    // The mentee finds everything in the new pair: the term that has passed by its first day is named anew.
    let list = mentee.get(&format!("/pairs/{new}/tasks")).await.expect(StatusCode::OK);
    list.shows("разговор о них остался там");
    list.hides("Принятый план");
    let waits = former.carried(&former.tasks[1]).await;
    let page = mentee.get(&waits).await.expect(StatusCode::OK);
    page.shows("Задание перешло от прежней пары (там: ждёт проверки)");
    page.shows("канареечная сдача");
    page.shows("Передать её можно будет, когда новая пара начнёт работать");
    let back = former.carried(&former.tasks[2]).await;
    mentee.get(&back).await.shows("18 января 2027");
    // The new mentor reads what is asked and nothing that was said, wherever they look.
    next.get(&waits).await.expect(StatusCode::OK).shows("На одну страницу");
    next.get(&format!("/pairs/{new}/talk")).await.shows("Их переписка осталась у них");
    next.get(&format!("/pairs/{new}/meetings")).await.shows("Записи их встреч остались у них");
    app.exec("UPDATE document SET number = number + 70", vec![]).await;
    let mut objects = former.stage.world.objects(&app).await;
    let canary = Canary { words: WORDS, queries: &[] };
    for (pair, task) in [(&new, &waits), (&new, &back), (&former.pair, &former.tasks[2])] {
        let own = objects.get_mut(&Relation::Own).unwrap();
        own.insert("pair", pair.clone());
        own.insert("task", id_in(task));
        assert_eq!(canary.met(&app, &objects, next).await, Vec::<String>::new());
    }
    assert_eq!(traces(&mentee.get(&former.tasks[2]).await, WORDS), &WORDS[..2], "the traces are real");
});

db_test!(the_mentee_hands_the_own_work_over, |app: TestApp| async move {
    let former = Former::set(&app).await;
    let new = former.replace().await;
    let handover = format!("{}/handover", former.carried(&former.tasks[1]).await);
    let set = former.carried(&former.tasks[0]).await;
    let early = former.mentee.post(&handover, &[("version", "1")]).await;
    early.expect(StatusCode::CONFLICT).shows("пара, которая работает");
    // The new pair is fixed by an order and begins on the first of December; whether it is paid is decided first.
    let curator = &former.stage.curator;
    curator.get(&format!("/pairs/{new}")).await.shows("Решить об оплате");
    let terms = former.stage.fields().set("version", "1").set("mentor", former.next_mentor.to_string());
    curator.post(&format!("/pairs/{new}/edit"), &terms.set("starts_on", "2026-12-01").pairs()).await.led_to();
    for (kind, person) in [
        ("mentor_consent", former.next_mentor),
        ("mentee_agreement", former.stage.mentee),
        ("supplementary_agreement", former.next_mentor),
    ] {
        let paper = former.stage.issue(&new, kind, person).await;
        former.stage.sign(&paper, "2026-11-23").await.led_to();
    }
    let order = id_in(&former.stage.prepare(&[&new]).await.led_to());
    let signed = [("signed_on", "2026-11-23")];
    former.stage.director.post(&format!("/orders/{order}/signature"), &signed).await.led_to();
    app.advance(Duration::days(9));
    let mentee = app.browser_of(former.stage.mentee).await;
    let next = app.browser_of(former.next_mentor).await;
    next.post(&handover, &[("version", "1")]).await.expect(StatusCode::FORBIDDEN);
    mentee.get("/").await.shows("Передайте новому наставнику работу: Сданный план");
    let key = nastavnik::kernel::ids::form_key();
    for _ in 0..2 {
        mentee.post_keyed(&handover, &[("version", "1")], key).await.led_to();
    }
    next.get("/").await.shows("Проверьте работу: Сданный план");
    let task = handover.trim_end_matches("/handover");
    let page = next.get(task).await;
    page.shows("канареечная сдача");
    assert_eq!(traces(&page, WORDS), ["канареечная сдача"]);
    next.post(&format!("{task}/acceptance"), &[("version", "2")]).await.led_to();
    // What was not handed in there can't be handed over.
    mentee.post(&format!("{set}/handover"), &[("version", "1")]).await.expect(StatusCode::CONFLICT);
    let journal = former.stage.world.browser(&app, Role::Director).await.get("/journal").await;
    journal.shows("Задание пары перешло к новому наставнику");
});

db_test!(a_new_pair_that_is_given_up_gives_tasks_back, |app: TestApp| async move {
    let former = Former::set(&app).await;
    let new = former.replace().await;
    let accept = format!("{}/acceptance", former.tasks[1]);
    former.leaving.post(&accept, &[("version", "2")]).await.expect(StatusCode::CONFLICT);
    former
        .stage
        .curator
        .post(&format!("/pairs/{new}/withdrawal"), &[("reason", "Наставник не согласен")])
        .await
        .led_to();
    former.leaving.get(&former.tasks[1]).await.hides("перешло в новую пару");
    former.leaving.post(&accept, &[("version", "2")]).await.led_to();
});
