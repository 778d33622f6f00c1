//! What the command line refuses.

use crate::support::{TestApp, process};

// A real installation keeps to the real day: terms and papers depend on it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_demonstration_is_shown_on_another_day() {
    let app = TestApp::on_sqlite().await;
    let data = app.folder().to_str().unwrap().to_owned();
    let refused = process::run(&["serve", "--data", &data, "--today", "2027-04-10"]);
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("бывает только у демонстрационного города"), "{said}");
    app.finish().await;
}
