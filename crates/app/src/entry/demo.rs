//! The demo: anybody may become any of its invented people.

use axum::extract::State;
use axum::http::{HeaderValue, header};

use super::store;
use crate::demo::PERSONAS;
use crate::kernel::auth;
use crate::kernel::dev_ui::DevUiPage;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::FormData;
use crate::kernel::page::Persona;
use crate::kernel::state::App;
use crate::kernel::web::{Visit, page, redirect};

/// The menu of personas.
pub async fn personas(_app: &App) -> Outcome<Vec<Persona>> {
    Ok(PERSONAS
        .iter()
        .map(|(login, title)| Persona { login: (*login).to_owned(), title: (*title).to_owned() })
        .collect())
}

/// Every component of the pages with examples.
pub(super) async fn components(visit: Visit) -> Outcome {
    page(&DevUiPage::new(visit.layout("Части страниц").await?, &visit.query))
}

/// Becomes another persona: the old session ends, a new one begins.
pub(super) async fn switch(State(app): State<App>, visit: Visit, form: FormData) -> Outcome {
    let login = form.get("login").unwrap_or_default();
    if !PERSONAS.iter().any(|(known, _)| *known == login) {
        return Err(AppError::NotFound);
    }
    let persona = store::persona(app.db.reader(), login).await?.ok_or(AppError::NotFound)?;
    let tx = app.db.begin().await?;
    if let Some(who) = &visit.who {
        auth::end(&tx, &who.session).await?;
    }
    let token = auth::begin(&tx, persona.id, app.clock.now()).await?;
    tx.commit().await?;
    let mut response = redirect("/");
    let cookie = auth::session_cookie(&app.config, Some(&token));
    let value = HeaderValue::from_str(&cookie).map_err(|error| AppError::Internal(error.into()))?;
    response.headers_mut().insert(header::SET_COOKIE, value);
    Ok(response)
}
