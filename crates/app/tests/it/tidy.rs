//! Rules of the house that the compiler does not see.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::db_test;
use crate::support::TestApp;

/// Crates that touch the disk, the network, the clock or chance: none of them in the pure crates.
const WORLDLY: &[&str] = &[
    "tokio",
    "axum",
    "hyper",
    "sea-orm",
    "sqlx",
    "tower",
    "getrandom",
    "rand",
    "tracing",
    "reqwest",
    "calamine",
];

#[test]
fn pure_crates_stay_pure() {
    for name in ["domain", "documents"] {
        let manifest = read(&root().join("crates").join(name).join("Cargo.toml"));
        let listed = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
        for line in listed.lines().filter(|line| !line.trim().is_empty()) {
            let dependency = line.split(['.', '=', ' ']).next().unwrap();
            assert!(!WORLDLY.contains(&dependency), "{name} depends on {dependency}");
        }
    }
}

#[test]
fn rules_never_ask_what_time_it_is() {
    for file in sources(&root().join("crates/domain/src")) {
        let text = read(&file);
        for word in
            ["Utc::now", "Local::now", "SystemTime", "Instant::now", "std::fs", "std::env", "std::net"]
        {
            assert!(!text.contains(word), "{word} in {}", file.display());
        }
    }
}

#[test]
fn sql_stands_in_stores() {
    const SQL: &[&str] = &["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE"];
    let app = root().join("crates/app/src");
    for file in sources(&app) {
        let place = file.strip_prefix(&app).unwrap().to_string_lossy().into_owned();
        let allowed =
            place.starts_with("kernel/") || place.ends_with("store.rs") || place.contains("/store/");
        if allowed {
            continue;
        }
        for (number, line) in read(&file).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            assert!(!SQL.iter().any(|word| code.contains(word)), "SQL in {place}:{}: {line}", number + 1);
        }
    }
}

#[test]
fn two_databases_meet_only_in_the_kernel() {
    let app = root().join("crates/app/src");
    for file in sources(&app).into_iter().filter(|file| !file.starts_with(app.join("kernel"))) {
        let text = read(&file);
        assert!(!text.contains("DbBackend"), "{} asks which database it is", file.display());
    }
}

#[test]
fn files_stay_short() {
    let folders = ["crates/domain/src", "crates/documents/src", "crates/app/src", "crates/app/tests"];
    for file in folders.iter().flat_map(|folder| sources(&root().join(folder))) {
        let lines = read(&file).lines().count();
        assert!(lines <= 400, "{} has {lines} lines: split it by noun", file.display());
    }
}

#[test]
fn every_template_is_used() {
    let folder = root().join("crates/app/templates");
    let app = root().join("crates/app/src");
    let mut text: String = sources(&app).iter().map(|file| read(file)).collect();
    let templates = files(&folder, "html");
    for template in &templates {
        text.push_str(&read(template));
    }
    for template in templates {
        let name = template.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        assert!(text.contains(&format!("\"{name}\"")), "nobody shows {name}");
    }
}

#[test]
fn tests_never_silence_anything() {
    let folders = ["crates/domain", "crates/documents", "crates/app"];
    for file in folders.iter().flat_map(|folder| sources(&root().join(folder))) {
        // The memory test runs its own child by name, so the child is marked as ignored.
        let known = ["tidy.rs", "support/mod.rs", "spreadsheet/memory_tests.rs"];
        if known.iter().any(|known| file.ends_with(known)) {
            continue;
        }
        let text = read(&file);
        for word in ["#[ignore", "todo!(", "unimplemented!(", "#[allow(", "#![allow("] {
            assert!(!text.contains(word), "{word} in {}", file.display());
        }
    }
}

#[derive(sea_orm::FromQueryResult)]
struct Column {
    place: String,
}

// Each column of the schema has a line in the manifest: whose data it is, why, how long, who sees it.
db_test!(every_column_is_declared, |app: TestApp| async move {
    let found: BTreeSet<String> = columns(&app).await;
    let text = read(&root().join("docs/privacy.toml"));
    let manifest: BTreeMap<String, BTreeMap<String, toml::Value>> = toml::from_str(&text).unwrap();
    let declared: BTreeSet<String> = manifest
        .iter()
        .flat_map(|(table, lines)| {
            let columns = lines["columns"].as_table().unwrap();
            columns.keys().map(move |column| format!("{table}.{column}"))
        })
        .collect();
    let missing: Vec<_> = found.difference(&declared).collect();
    let stale: Vec<_> = declared.difference(&found).collect();
    assert!(missing.is_empty(), "columns without a line in docs/privacy.toml: {missing:?}");
    assert!(stale.is_empty(), "lines of docs/privacy.toml without a column: {stale:?}");
    for (table, lines) in &manifest {
        for word in ["whose", "why", "kept", "seen"] {
            assert!(
                lines.get(word).is_some_and(|text| text.as_str().is_some_and(|text| !text.is_empty())),
                "{table}: {word}"
            );
        }
    }
});

/// `table.column` of our schema, the same list on both databases.
pub(crate) async fn columns(app: &TestApp) -> BTreeSet<String> {
    let sql = match app.app.db.name() {
        "postgresql" => {
            "SELECT table_name || '.' || column_name AS place FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name NOT IN (SELECT table_name FROM information_schema.views)"
        }
        _ => {
            "SELECT t.name || '.' || c.name AS place FROM sqlite_master t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        }
    };
    let rows: Vec<Column> = nastavnik::kernel::db::all(app.app.db.reader(), sql, vec![]).await.unwrap();
    rows.into_iter().map(|row| row.place).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().parent().unwrap().to_owned()
}

fn read(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    files(folder, "rs")
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|known| known == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}
