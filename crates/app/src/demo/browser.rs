//! A persona's browser inside the process.

use anyhow::{Context, bail};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;
use uuid::Uuid;

use crate::kernel::state::App;
use crate::kernel::web::encode;
use crate::kernel::{auth, ids};

/// Somebody signed in.
#[derive(Clone)]
pub(super) struct Browser {
    router: Router,
    cookie: String,
}

impl Browser {
    /// Signs an account in.
    pub(super) async fn of(app: &App, router: &Router, account: Uuid) -> anyhow::Result<Self> {
        let tx = app.db.begin().await?;
        let token = auth::begin(&tx, account, app.clock.now()).await?;
        tx.commit().await?;
        let cookie = format!("{}={token}", auth::cookie_name(&app.config));
        Ok(Self { router: router.clone(), cookie })
    }

    /// Sends a form and returns where it led. Anything but success is a defect of the demo or of the program.
    pub(super) async fn send(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<String> {
        let key = ids::form_key().to_string();
        let body = fields
            .iter()
            .copied()
            .chain([("form_key", key.as_str())])
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, &self.cookie)
            .body(Body::from(body))?;
        let response = self.router.clone().oneshot(request).await?;
        if response.status() != StatusCode::SEE_OTHER {
            let status = response.status();
            let page = response.into_body().collect().await?.to_bytes();
            bail!("{path} {fields:?}: {status}\n{}", mistakes(&String::from_utf8_lossy(&page)));
        }
        let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        Ok(to.split(['?', '#']).next().unwrap_or_default().to_owned())
    }

    /// Sends a form with one file and returns where it led.
    pub(super) async fn upload(&self, path: &str, field: &str, content: &[u8]) -> anyhow::Result<String> {
        const EDGE: &str = "----nastavnik-demo-edge";
        let key = ids::form_key();
        let mut body = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"form_key\"\r\n\r\n{key}\r\n--{EDGE}\r\n\
             Content-Disposition: form-data; name=\"{field}\"; filename=\"demo\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
            .header(header::COOKIE, &self.cookie)
            .body(Body::from(body))?;
        let response = self.router.clone().oneshot(request).await?;
        if response.status() != StatusCode::SEE_OTHER {
            let status = response.status();
            let page = response.into_body().collect().await?.to_bytes();
            bail!("{path}: {status}\n{}", mistakes(&String::from_utf8_lossy(&page)));
        }
        let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        Ok(to.split(['?', '#']).next().unwrap_or_default().to_owned())
    }

    /// Reads a page.
    pub(super) async fn read(&self, path: &str) -> anyhow::Result<String> {
        let request = Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty())?;
        let response = self.router.clone().oneshot(request).await?;
        let page = response.into_body().collect().await?.to_bytes();
        Ok(String::from_utf8_lossy(&page).into_owned())
    }

    /// The same, for forms that make a row: its id stands at the end of the address they lead to.
    pub(super) async fn make(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Uuid> {
        let to = self.send(path, fields).await?;
        let id = to.rsplit('/').next().unwrap_or_default();
        id.parse().with_context(|| format!("{path} привёл на {to}"))
    }
}

/// The value of a hidden field.
pub(super) fn value(page: &str, name: &str) -> anyhow::Result<String> {
    let found =
        page.split(&format!("name=\"{name}\" value=\"")).nth(1).and_then(|rest| rest.split('"').next());
    Ok(found.with_context(|| format!("на странице нет поля {name}"))?.to_owned())
}

/// What the page says about mistakes.
fn mistakes(page: &str) -> String {
    page.split("field-error")
        .skip(1)
        .filter_map(|part| part.split("<span>").nth(1)?.split('<').next())
        .collect::<Vec<_>>()
        .join("; ")
}
