//! `kill -9` in the middle of writing, power of the archive, leaving on SIGTERM: the real program over SQLite.
//!
//! The ledger of what was acknowledged is kept here, outside the program.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use nastavnik::kernel::clock::Clock;
use nastavnik::kernel::{auth, db, ids};
use nastavnik::values;
use nastavnik_domain::role::Role;
use uuid::Uuid;

use crate::support::process::{self, Process};
use crate::support::{TestApp, World};

/// How many times the program is killed; `NASTAVNIK_KILLS` changes it.
const KILLS: usize = 100;
const WRITERS: usize = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_the_program_is_killed() {
    let (app, cookie, territory) = ground().await;
    let kills = std::env::var("NASTAVNIK_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let mut ledger: BTreeMap<String, Uuid> = BTreeMap::new();
    let mut unanswered: Vec<(String, Uuid)> = Vec::new();
    for round in 0..kills {
        let program = Process::serve(app.folder());
        // What got no answer before the kill is sent again with the same key: done once, whatever happened.
        for (name, key) in unanswered.drain(..) {
            let answer = program
                .request("POST", "/organizations", Some(&cookie), &form(territory, &name, key))
                .unwrap();
            assert_eq!(answer.status, 303, "{}", answer.body);
            ledger.insert(name, key);
        }
        let (answered, silent) = write_until_killed(program, &cookie, territory, round);
        ledger.extend(answered);
        unanswered = silent;
    }
    assert!(ledger.len() > kills, "the writers did write: {}", ledger.len());
    check(&app, &ledger).await;
    println!("{} acknowledged writes over {kills} kills, none lost", ledger.len());
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_is_obeyed_quickly() {
    let (app, _, _) = ground().await;
    let program = Process::serve(app.folder());
    let (took, well) = program.stop();
    assert!(well && took < Duration::from_secs(10), "{took:?}");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_made_while_people_work_restores_whole_and_a_damaged_one_is_refused() {
    let (app, cookie, territory) = ground().await;
    let program = Process::serve(app.folder());
    let body = form(territory, "До копии", ids::form_key());
    assert_eq!(program.request("POST", "/organizations", Some(&cookie), &body).unwrap().status, 303);
    let other = tempfolder();
    let archive = other.join("archive.zip");
    let (data, file) = (app.folder().to_str().unwrap(), archive.to_str().unwrap());
    let made = process::run(&["backup", file, "--data", data]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let body = form(territory, "После копии", ids::form_key());
    assert_eq!(program.request("POST", "/organizations", Some(&cookie), &body).unwrap().status, 303);
    program.kill();

    let restored = other.join("restored");
    let done = process::run(&["restore", file, "--data", restored.to_str().unwrap()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let program = Process::serve(&restored);
    let list = program.request("GET", "/organizations", Some(&cookie), "").unwrap();
    assert!(list.body.contains("До копии") && !list.body.contains("После копии"));
    program.kill();

    let mut bytes = std::fs::read(&archive).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&archive, bytes).unwrap();
    let nowhere = other.join("nowhere");
    let refused = process::run(&["restore", file, "--data", nowhere.to_str().unwrap()]);
    assert!(!refused.status.success());
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("поврежд"),
        "{}",
        String::from_utf8_lossy(&refused.stderr)
    );
    assert!(!nowhere.join("nastavnik.sqlite").exists(), "nothing is restored from a damaged archive");
    std::fs::remove_dir_all(other).unwrap();
    app.finish().await;
}

/// A world, a session of the department by the real clock, and its municipality.
async fn ground() -> (TestApp, String, Uuid) {
    let app = TestApp::on_sqlite().await;
    let world = World::build(&app).await;
    let person = world.people[&Role::Department];
    let tx = app.app.db.begin().await.unwrap();
    let account = ids::row_id();
    let now = Clock::System.now();
    db::exec(
        &tx,
        "INSERT INTO account (id, person_id, login, created_at) VALUES (?, ?, 'killer', ?)",
        values![account, person, now],
    )
    .await
    .unwrap();
    let token = auth::begin(&tx, account, now).await.unwrap();
    tx.commit().await.unwrap();
    (app, format!("nastavnik={token}"), world.municipality)
}

/// Lets the writers write for a moment, kills the program among them, and returns what was answered and what was not.
fn write_until_killed(
    program: Process,
    cookie: &str,
    territory: Uuid,
    round: usize,
) -> (Vec<(String, Uuid)>, Vec<(String, Uuid)>) {
    let address = program.address;
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let over = &over;
                scope.spawn(move || {
                    let (mut answered, mut silent) = (Vec::new(), Vec::new());
                    for number in 0.. {
                        if over.load(Ordering::Relaxed) {
                            break;
                        }
                        let (name, key) = (format!("Школа {round}-{writer}-{number}"), ids::form_key());
                        let body = form(territory, &name, key);
                        match process::request(address, "POST", "/organizations", Some(cookie), &body) {
                            Some(answer)
                                if answer.status == 303 && answer.location.starts_with("/organizations/") =>
                            {
                                answered.push((name, key));
                            }
                            Some(answer) => panic!("{} {}", answer.status, answer.body),
                            None => {
                                silent.push((name, key));
                                break;
                            }
                        }
                    }
                    (answered, silent)
                })
            })
            .collect();
        std::thread::sleep(Duration::from_millis(60 + (round as u64 % 7) * 11));
        program.kill();
        over.store(true, Ordering::Relaxed);
        let (mut answered, mut silent) = (Vec::new(), Vec::new());
        for writer in writers {
            let (some, none) = writer.join().unwrap();
            answered.extend(some);
            silent.extend(none);
        }
        (answered, silent)
    })
}

/// Everything acknowledged is there once and whole; nothing stands there half.
async fn check(app: &TestApp, ledger: &BTreeMap<String, Uuid>) {
    for (name, key) in ledger {
        let rows = "SELECT COUNT(*) AS n FROM organization WHERE short_name = ?";
        assert_eq!(app.count(rows, values![name.clone()]).await, 1, "{name}");
        let keys = "SELECT COUNT(*) AS n FROM idempotency WHERE form_key = ? AND location <> ''";
        assert_eq!(app.count(keys, values![*key]).await, 1, "{name}");
    }
    let halves = "SELECT COUNT(*) AS n FROM organization o WHERE o.short_name LIKE 'Школа %' AND \
                  (SELECT COUNT(*) FROM journal j WHERE j.subject_id = o.id AND j.kind = 'organization_added') <> 1";
    assert_eq!(app.count(halves, vec![]).await, 0, "an organization without its line of the journal");
    assert_eq!(db::complaints(&app.app.db).await.unwrap(), Vec::<String>::new());
}

fn form(territory: Uuid, name: &str, key: Uuid) -> String {
    let encode = nastavnik::kernel::web::encode;
    format!(
        "territory={territory}&kind=school&short_name={name}&full_name={name}&place=&form_key={key}",
        name = encode(name)
    )
}

fn tempfolder() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("nast-archive-{}", ids::form_key().simple()));
    std::fs::create_dir_all(Path::new(&folder)).unwrap();
    folder
}
