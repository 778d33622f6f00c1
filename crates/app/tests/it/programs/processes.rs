//! Two processes of the operating system over one PostgreSQL database: a draft written on both at once.

use std::thread;

use nastavnik::kernel::clock::Clock;
use nastavnik::kernel::web::encode;
use nastavnik::kernel::{ids, settings};
use nastavnik_domain::role::Role;

use super::stage::Stage;
use crate::support::TestApp;
use crate::support::process::{Answer, Process};

/// How many goals each of the two writes while the other writes.
const GOALS: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_operating_system_processes_write_one_draft() {
    let app = TestApp::on_postgres().await;
    let stage = Stage::set(&app).await;
    stage.make().await;
    let tx = app.app.db.begin().await.unwrap();
    settings::mark_demo(&tx).await.unwrap();
    tx.commit().await.unwrap();
    // The processes live on the day of the stage, whatever day the test runs on.
    let (today, address) = (app.today(), app.address());
    let now = Clock::on(today).now();
    let [mentor, mentee] = [
        app.session_of(stage.world.people[&Role::Mentor], now).await,
        app.session_of(stage.world.people[&Role::Mentee], now).await,
    ];
    let options = ["--database", &address, "--today", &today.to_string()];
    let [first, second] =
        [Process::serve_with(app.folder(), &options), Process::serve_with(app.folder(), &options)];
    let lines = stage.at("lines");
    let before = version(&first, &stage, &mentor);

    thread::scope(|scope| {
        for (process, cookie, whose) in [(&first, &mentor, "наставника"), (&second, &mentee, "наставляемого")]
        {
            let lines = &lines;
            scope.spawn(move || {
                for number in 0..GOALS {
                    let body = goal(&format!("Цель {whose} № {number}"), "0");
                    let answer = process.request("POST", lines, Some(cookie), &body).unwrap();
                    assert_eq!(answer.status, 303, "{}", answer.body);
                }
            });
        }
    });

    for (process, cookie) in [(&first, &mentor), (&second, &mentee)] {
        assert_eq!(version(process, &stage, cookie), before + 2 * i64::try_from(GOALS).unwrap());
        let page = process.request("GET", &stage.base, Some(cookie), "").unwrap().body;
        for whose in ["наставника", "наставляемого"] {
            for number in 0..GOALS {
                assert!(page.contains(&format!("Цель {whose} № {number}")), "{whose} {number} is lost");
            }
        }
    }

    // One line on both at the same moment: one is taken, the other keeps what was typed and is told.
    let path = stage.at(&format!("lines/{}", stage.line_of("Спокойно удерживать").await));
    let race = |process: &Process, cookie: &str, text: &str| {
        process.request("POST", &path, Some(cookie), &goal(text, "1")).unwrap()
    };
    let answers: [Answer; 2] = thread::scope(|scope| {
        let one = scope.spawn(|| race(&first, &mentor, "Слова первого процесса"));
        let other = scope.spawn(|| race(&second, &mentee, "Слова второго процесса"));
        [one.join().unwrap(), other.join().unwrap()]
    });
    let mut statuses = answers.each_ref().map(|answer| answer.status);
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    let told = answers.iter().find(|answer| answer.status == 422).unwrap();
    assert!(told.body.contains("Слова первого процесса") && told.body.contains("Слова второго процесса"));

    for process in [first, second] {
        assert!(process.stop().1, "left in order");
    }
    app.finish().await;
}

fn version(process: &Process, stage: &Stage, cookie: &str) -> i64 {
    let answer = process.request("GET", &stage.at("version"), Some(cookie), "").unwrap();
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str::<serde_json::Value>(&answer.body).unwrap()["version"].as_i64().unwrap()
}

fn goal(text: &str, version: &str) -> String {
    format!(
        "kind=goal&text={}&measure={}&domain=4&version={version}&form_key={}",
        encode(text),
        encode("8 уроков из 10"),
        ids::form_key()
    )
}
