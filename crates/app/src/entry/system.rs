//! Health, styles, look.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::FormData;
use crate::kernel::page::Contrast;
use crate::kernel::state::App;
use crate::kernel::web::{Path, Visit, local_address, redirect};
use crate::kernel::{assets, brand, files, migrate};

/// `GET /healthz`: version, database, number of the last migration.
pub(super) async fn health(State(app): State<App>) -> Response {
    let body = |status: &str, migration: Option<u64>| {
        Json(json!({
            "status": status,
            "version": env!("CARGO_PKG_VERSION"),
            "database": app.db.name(),
            "migrations": migration,
        }))
    };
    match migrate::current(&app.db).await {
        Ok(number) => body("ok", Some(number)).into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, body("no database", None)).into_response(),
    }
}

pub(super) async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Response {
    assets::serve(&file, &headers)
}

/// The municipality's color as a style sheet: the strict policy forbids styles inside pages.
pub(super) async fn brand_css(visit: Visit) -> Response {
    let css = brand::brand_css(&format!("#{}", visit.asked("color")));
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, css).into_response()
}

/// The emblem of a municipality stands on public pages, so anybody may have it.
pub(super) async fn emblem(State(app): State<App>, Path(territory): Path<Uuid>) -> Outcome {
    let id = store::emblem_of(app.db.reader(), territory).await?.ok_or(AppError::NotFound)?;
    let file = files::find(app.db.reader(), id).await?.ok_or(AppError::NotFound)?;
    let content = app.files.read(&file.sha256).await?;
    let kind = HeaderValue::from_str(&file.media_type).map_err(|error| AppError::Internal(error.into()))?;
    let cache = HeaderValue::from_static("public, max-age=3600");
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, cache)], content).into_response())
}

/// The version for weak eyes is remembered by the browser.
pub(super) async fn set_contrast(State(app): State<App>, form: FormData) -> Response {
    let mode = Contrast::parse(form.get(Contrast::NAME).unwrap_or_default());
    let secure = if app.config.is_secure() { "; Secure" } else { "" };
    let value = format!("{}={}; Path=/; Max-Age=31536000; SameSite=Lax{secure}", Contrast::NAME, mode.name());
    let mut response = redirect(local_address(form.get("back").unwrap_or("/")));
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}
