//! The peer of `bench/page`: the same server and driver without sign-in, rights and template. It selects the same
//! rows and writes as many bytes. `bare_staff_page --data FOLDER --listen ADDRESS --bytes N`

use std::error::Error;
use std::path::Path;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Html;
use nastavnik::kernel::db::{self, Db};
use nastavnik::kernel::listen::{self, Limits};
use nastavnik::values;
use sea_orm::FromQueryResult;
use tokio::sync::watch;
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Row {
    surname: String,
}

#[derive(Clone)]
struct Bare {
    db: Db,
    body: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |name: &str| -> Result<&str, String> {
        let place = arguments.iter().position(|word| word == name).ok_or(format!("{name} is missing"))?;
        arguments.get(place + 1).map(String::as_str).ok_or(format!("{name} has no value"))
    };
    let db = Db::open_sqlite(&Path::new(after("--data")?).join("nastavnik.sqlite")).await?;
    let body = "x".repeat(after("--bytes")?.parse()?);
    let listener = tokio::net::TcpListener::bind(after("--listen")?).await?;
    let router = Router::new().fallback(staff).with_state(Bare { db, body });
    let (_stop, stopped) = watch::channel(false);
    listen::serve(listener, router, stopped, Limits::USUAL).await;
    Ok(())
}

async fn staff(State(bare): State<Bare>, Query(asked): Query<Vec<(String, String)>>) -> Html<String> {
    let organization =
        asked.iter().find(|(name, _)| name == "organization").and_then(|(_, id)| id.parse::<Uuid>().ok());
    let Some(organization) = organization else { return Html(bare.body) };
    let list = "SELECT p.surname, p.given, p.patronymic, o.short_name, e.position, e.subject, e.qualification, \
                p.teaching_since, e.started_on FROM employment e JOIN person p ON p.id = e.person_id \
                JOIN organization o ON o.id = e.organization_id WHERE e.organization_id = ? AND e.ended_on IS NULL \
                ORDER BY p.sort_key, p.id LIMIT 50 OFFSET 0";
    let count = "SELECT COUNT(*) AS n FROM employment e WHERE e.organization_id = ? AND e.ended_on IS NULL";
    let rows: Result<Vec<Row>, _> = db::all(bare.db.reader(), list, values![organization]).await;
    let total = db::count(bare.db.reader(), count, values![organization]).await;
    match (rows, total) {
        (Ok(rows), Ok(total)) if total > 0 && rows.iter().all(|row| !row.surname.is_empty()) => {
            Html(bare.body)
        }
        _ => Html(String::new()),
    }
}
