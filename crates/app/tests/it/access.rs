//! The access matrix: every path × every role × (own organization, another organization of the municipality,
//! another municipality), against an oracle written by hand in `access-oracle.txt`.
//!
//! The oracle is never derived from the code. What the matrix found is printed to `access-matrix.txt`, so that a
//! change of rights is seen in a review.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use axum::http::{Method, StatusCode, header};
use axum::routing::get;
use nastavnik_domain::role::Role;

use crate::db_test;
use crate::support::{Browser, Objects, Page, Relation, TestApp, World};

const ORACLE: &str = include_str!("access-oracle.txt");

db_test!(the_router_holds_what_the_registry_says, |app: TestApp| async move {
    let registry: BTreeSet<String> =
        app.entries.iter().map(|entry| format!("{} {}", entry.method, entry.path)).collect();
    assert_eq!(paths_of(&format!("{:?}", app.router)), registry);
});

// The check must be able to fail: a path added past the registry is found.
db_test!(a_path_added_past_the_registry_is_found, |app: TestApp| async move {
    #[expect(clippy::disallowed_methods, reason = "the very thing this test is about")]
    let router = app.router.clone().route("/past/the/registry", get(async || "secret"));
    let registry: BTreeSet<String> =
        app.entries.iter().map(|entry| format!("{} {}", entry.method, entry.path)).collect();
    let found = paths_of(&format!("{router:?}"));
    let extra: Vec<_> = found.difference(&registry).collect();
    assert_eq!(extra, ["GET /past/the/registry"]);
});

#[test]
fn every_path_has_a_line_in_the_oracle() {
    let (_, entries) = nastavnik::routes::registry(nastavnik::kernel::state::Mode::Real).finish();
    let known: BTreeSet<String> =
        entries.iter().map(|entry| format!("{} {}", entry.method, entry.path)).collect();
    let written: BTreeSet<String> = oracle().into_keys().collect();
    assert_eq!(known, written);
}

db_test!(the_matrix_has_no_deviation, |app: TestApp| async move {
    let oracle = oracle();
    let mut stage = Stage::set(app.fresh().await).await;
    let mut lines = Vec::new();
    let mut deviations = Vec::new();
    for entry in app.entries.iter() {
        let key = format!("{} {}", entry.method, entry.path);
        let Some(expected) = oracle.get(&key) else { panic!("{key} has no line in the oracle") };
        let mut line = key.clone();
        for name in std::iter::once("anonymous").chain(Role::ALL.map(Role::code)) {
            let mut found = String::new();
            for relation in Relation::ALL {
                let cell = Cell { method: &entry.method, path: entry.path, name, relation };
                let Some(answer) = ask(&stage, &cell, expected).await else { continue };
                if answer.verdict == Verdict::Open {
                    found.push(relation.letter());
                }
                deviations.extend(answer.wrong.into_iter().map(|wrong| format!("{key} as {name}: {wrong}")));
                if answer.has_changed_something {
                    stage = Stage::set(stage.clear().await).await;
                }
                if !entry.path.contains('{') {
                    break;
                }
            }
            let _ = write!(line, " {name}:{}", if found.is_empty() { "-" } else { &found });
        }
        lines.push(line);
    }
    stage.clear().await.finish().await;
    assert!(deviations.is_empty(), "{} deviations:\n{}", deviations.len(), deviations.join("\n"));
    keep_matrix(&lines);
});

/// A world with somebody in each role; a new one after each change, so that cells do not depend on their order.
struct Stage {
    app: TestApp,
    objects: Objects,
    browsers: BTreeMap<&'static str, Browser>,
}

impl Stage {
    async fn set(app: TestApp) -> Self {
        let world = World::build(&app).await;
        let objects = world.objects(&app).await;
        let mut browsers = BTreeMap::from([("anonymous", app.anonymous())]);
        for role in Role::ALL {
            browsers.insert(role.code(), world.browser(&app, role).await);
        }
        Self { app, objects, browsers }
    }

    /// Takes the stage down and gives an empty application.
    async fn clear(self) -> TestApp {
        let fresh = self.app.fresh().await;
        self.app.finish().await;
        fresh
    }
}

struct Cell<'a> {
    method: &'a Method,
    path: &'a str,
    name: &'static str,
    relation: Relation,
}

struct Answer {
    verdict: Verdict,
    wrong: Vec<String>,
    has_changed_something: bool,
}

/// Asks one path as one person about one thing.
async fn ask(stage: &Stage, cell: &Cell<'_>, expected: &BTreeMap<String, String>) -> Option<Answer> {
    let address = address(&stage.objects, cell.path, cell.relation)?;
    let browser = &stage.browsers[cell.name];
    let page = match *cell.method {
        Method::GET => browser.get(&address).await,
        // A form without fields: whoever may act is told what is missing, or the deed is done.
        _ => browser.post(&address, &[]).await,
    };
    let allowed = expected.get(cell.name).or_else(|| expected.get("everybody"));
    let letter = cell.relation.letter();
    let should = match allowed {
        Some(letters) if letters.contains(letter) => Verdict::Open,
        _ => Verdict::Closed,
    };
    let verdict = verdict(&page);
    let mut wrong = Vec::new();
    if verdict != should {
        wrong.push(format!("{letter} is {verdict:?} ({}), should be {should:?}", page.status));
    }
    wrong.extend(strangers(&page, cell).into_iter().map(|canary| format!("{letter} shows {canary}")));
    const HARMLESS: &[&str] = &["/contrast", "/login", "/invitations/{secret}"];
    let has_changed_something = *cell.method != Method::GET
        && verdict == Verdict::Open
        && !page.status.is_client_error()
        && !HARMLESS.contains(&cell.path);
    Some(Answer { verdict, wrong, has_changed_something })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Open,
    Closed,
    Broken,
}

/// 404, 403 and the way to the door are refusals; 5xx is a defect; everything else is an answer.
fn verdict(page: &Page) -> Verdict {
    let to_door = page
        .headers
        .get(header::LOCATION)
        .and_then(|to| to.to_str().ok())
        .is_some_and(|to| to.starts_with("/login?next"));
    match page.status {
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN => Verdict::Closed,
        _ if to_door => Verdict::Closed,
        status if status.is_server_error() => Verdict::Broken,
        _ => Verdict::Open,
    }
}

/// Names of people this role must never meet, wherever they appear. Compressed answers are read in tests of
/// their own; here the bytes of pages and downloads are searched as they are.
fn strangers(page: &Page, cell: &Cell<'_>) -> Vec<&'static str> {
    const NEIGHBORS: &[&str] = &["Канарейкаn", "Другаякуратор", "Другаяучитель"];
    const FAR: &[&str] = &["Канарейкаf", "Дальняяучитель", "Дальнийдиректор"];
    const OWN: &[&str] = &["Канарейкаo"];
    let seen: &[&str] = match cell.name {
        // Whoever names a wished mentor chooses among the colleagues of the own school.
        "mentor" | "mentee" | "psychologist" | "union" if cell.path == "/own/request" => &["o"],
        // Whoever gives an opinion about any two chooses among the colleagues of the own school.
        "psychologist" if cell.path.starts_with("/opinions") => &["o"],
        // Whoever asks a teacher to help with a program chooses among the colleagues of the own school.
        "mentor" | "mentee" if cell.path.starts_with("/pairs/{id}/program") => &["o"],
        "administrator" => &["o", "n", "f"],
        "department" => &["o", "n"],
        "director" | "curator" | "council" => &["o"],
        _ => &[],
    };
    let text = page.text();
    let forbidden = [("o", OWN), ("n", NEIGHBORS), ("f", FAR)];
    forbidden
        .into_iter()
        .filter(|(letter, _)| !seen.contains(letter))
        .flat_map(|(_, names)| names.iter().copied())
        .filter(|canary| text.contains(canary))
        .collect()
}

/// The address with ids of things in this relation; `None` where a path has a value that is not of a place.
pub(crate) fn address(objects: &Objects, path: &str, relation: Relation) -> Option<String> {
    let things = &objects[&relation];
    let mut address = String::new();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    for (index, part) in parts.iter().enumerate() {
        address.push('/');
        let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else {
            address.push_str(part);
            continue;
        };
        let before = index.checked_sub(1).map_or("", |index| parts[index]);
        address.push_str(&thing(things, before, name)?);
    }
    Some(address)
}

/// What a parameter means, by the noun before it.
fn thing(things: &BTreeMap<&'static str, String>, noun: &str, name: &str) -> Option<String> {
    let kind = match (noun, name) {
        ("organizations", _) => "organization",
        ("territories" | "emblems", _) => "territory",
        ("people" | "mentees", _) => "person",
        ("employments", _) => "employment",
        ("roles", _) => "grant",
        ("logins", _) => "account",
        ("mentors", _) => "candidate",
        ("achievements", _) => "achievement",
        ("courses", _) => "course",
        ("nominations", _) => "nomination",
        ("requests", _) => "request",
        ("imports", "route_import") => "route_import",
        ("imports", _) => "import",
        ("pairs", _) => "pair",
        ("routes", _) => "route",
        ("steps" | "entries" | "comments", "step" | "number") => return Some("1".to_owned()),
        ("prints", "paper") => return Some("program.pdf".to_owned()),
        ("prints", _) => return Some("route.pdf".to_owned()),
        ("petitions", _) => "petition",
        ("papers", _) => "paper",
        ("orders", _) => "order",
        ("agreements", _) => "agreement",
        ("speed", _) => "evening",
        ("help", _) => "help",
        ("diagnosis", "id") => "sheet",
        ("diagnosis" | "file", "person") => "mentee",
        ("views", _) => "view",
        ("sittings", _) => "sitting",
        ("matters", _) => "matter",
        ("items", _) => "item",
        ("objections", _) => "objection",
        ("meetings", _) => "meeting",
        ("calls", _) => "call",
        ("plans", _) => "plan",
        ("lessons", _) => "lesson",
        ("tasks", _) => "task",
        ("files", _) => "task_file",
        ("talk", "message") => "message",
        ("calendar", _) => return Some("nothing.ics".to_owned()),
        ("rows", _) => return Some("1".to_owned()),
        ("jobs", _) => "job",
        ("given" | "consents", "consent") => "consent",
        ("blanks", _) => return Some("processing.pdf".to_owned()),
        ("tables", _) => "table",
        ("filters", _) => "filter",
        ("matching" | "comparison", _) => "run",
        ("lines", _) => "line",
        ("invitations", "helper") => "helper",
        ("program-templates", _) => "template_row",
        ("evaluations", "wave") => return Some("final".to_owned()),
        ("offers" | "base", "offer") => "offered",
        ("reviews", "offer") => "reviewed",
        ("publications", _) | ("base", "id" | "published") => "published",
        ("paper", "file") => return Some("1.pdf".to_owned()),
        ("assets", _) => {
            return nastavnik::kernel::assets::asset("app.css").rsplit('/').next().map(str::to_owned);
        }
        ("invitations", _) => return Some("nothing".to_owned()),
        ("indicators", _) => return Some("1".to_owned()),
        (_, "list" | "side" | "part") => return Some("numerator".to_owned()),
        _ => panic!("what is {{{name}}} after {noun}?"),
    };
    things.get(kind).cloned()
}

/// `METHOD /path` → role → letters. A line: `GET /people/{id}  department:on director:o`.
fn oracle() -> BTreeMap<String, BTreeMap<String, String>> {
    ORACLE
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut words = line.split_whitespace();
            let key = format!("{} {}", words.next().unwrap(), words.next().unwrap());
            let rights = words
                .map(|word| word.split_once(':').unwrap())
                .map(|(role, letters)| (role.to_owned(), letters.to_owned()));
            (key, rights.collect())
        })
        .collect()
}

/// Reads paths and methods out of the router's own description.
fn paths_of(description: &str) -> BTreeSet<String> {
    let known = description.split("fallback_router").next().unwrap();
    let (routes, node) = known.split_once("node: Node").unwrap();
    let mut methods = BTreeMap::new();
    for route in routes.split("RouteId(").skip(1) {
        let id = route.split(')').next().unwrap();
        let allow = route
            .split("allow_header: Bytes(b\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default();
        methods.insert(id, allow);
    }
    let mut found = BTreeSet::new();
    for route in node.split("RouteId(").skip(1) {
        let id = route.split(')').next().unwrap();
        let path = route.split('"').nth(1).unwrap();
        for method in methods[id].split(',').filter(|method| *method != "HEAD") {
            found.insert(format!("{method} {path}"));
        }
    }
    found
}

/// The printed matrix: compared with the committed one; `UPDATE_MATRIX=1` writes it anew.
fn keep_matrix(lines: &[String]) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/access-matrix.txt");
    let text = format!("{}\n", lines.join("\n"));
    if std::env::var_os("UPDATE_MATRIX").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    let (known, found): (BTreeSet<&str>, BTreeSet<&str>) = (known.lines().collect(), text.lines().collect());
    let gone: Vec<_> = known.difference(&found).collect();
    let new: Vec<_> = found.difference(&known).collect();
    assert!(
        gone.is_empty() && new.is_empty(),
        "the matrix has changed: look at it, then run with UPDATE_MATRIX=1\ngone: {gone:#?}\nnew: {new:#?}"
    );
}
