//! What a handler takes from a request and gives back.

use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Multipart, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use nastavnik_domain::policy::{Actor, Permission, Place, Reach};
use uuid::Uuid;

use super::audit::By;
use super::auth::SignedIn;
use super::change::{self, Change, Once};
use super::errors::{AppError, Outcome};
use super::forms::{Form, FormData};
use super::ids;
use super::page::{Contrast, Flash, Layout, Tone};
use super::registry::refusal;
use super::state::App;

/// Put into a request by the outer layer when its cookie belongs to somebody.
#[derive(Clone)]
pub struct SignedInExtension(pub Arc<SignedIn>);

/// Put into every request by the outer layer.
#[derive(Clone, Debug)]
pub struct RequestInfo {
    pub id: String,
    pub contrast: Contrast,
}

/// A request that may come from anybody.
pub struct Visit {
    pub app: App,
    pub who: Option<Arc<SignedIn>>,
    pub info: RequestInfo,
    /// Path and query.
    pub address: String,
    pub path: String,
    pub query: Vec<(String, String)>,
}

/// A request of somebody who has signed in.
pub struct Ctx {
    pub visit: Visit,
    pub who: Arc<SignedIn>,
    pub now: DateTime<Utc>,
    /// Today in the municipality's time zone.
    pub today: NaiveDate,
}

impl FromRequestParts<App> for Visit {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        let info = parts
            .extensions
            .get::<RequestInfo>()
            .cloned()
            .ok_or_else(|| AppError::Internal(anyhow::anyhow!("запрос пришёл мимо внешнего слоя")))?;
        let who = parts.extensions.get::<SignedInExtension>().map(|extension| Arc::clone(&extension.0));
        let address = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        Ok(Self {
            app: app.clone(),
            who,
            info,
            address,
            path: parts.uri.path().to_owned(),
            query: axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
                .map(|query| query.0)
                .unwrap_or_default(),
        })
    }
}

impl FromRequestParts<App> for Ctx {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        let visit = Visit::from_request_parts(parts, app).await?;
        let Some(who) = visit.who.clone() else { return Err(AppError::SignIn(visit.address)) };
        Ok(Self { now: app.clock.now(), today: who.today, visit, who })
    }
}

impl Visit {
    /// A filter of the address, empty if it is not there.
    pub fn asked(&self, name: &str) -> &str {
        self.query.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The frame of the page: navigation, person, notice of what has just been done.
    pub async fn layout(&self, title: &str) -> Outcome<Layout> {
        let mut layout = crate::routes::frame(self, title).await?;
        let done = self.asked("done").parse::<Uuid>().ok();
        if let (Some(who), Some(key)) = (&self.who, done)
            && let Some(text) = change::notice(&self.app, who.actor.account.0, key).await?
        {
            layout.flash = Some(Flash { tone: Tone::Done, text });
        }
        Ok(layout)
    }
}

impl Ctx {
    pub fn app(&self) -> &App {
        &self.visit.app
    }

    pub fn actor(&self) -> &Actor {
        &self.who.actor
    }

    /// The local day of a moment, by the clock of the municipality.
    pub fn day_of(&self, moment: DateTime<Utc>) -> NaiveDate {
        super::clock::local_day(moment, self.who.zone)
    }

    /// How far the permission reaches for the one who asks.
    pub fn reach(&self, permission: Permission) -> Reach {
        self.who.actor.reach(permission)
    }

    pub fn asked(&self, name: &str) -> &str {
        self.visit.asked(name)
    }

    pub async fn layout(&self, title: &str) -> Outcome<Layout> {
        self.visit.layout(title).await
    }

    /// May they do this here? The thing itself was already found visible.
    pub fn require(&self, permission: Permission, place: &Place) -> Outcome<()> {
        if self.actor().may_at(permission, place) {
            return Ok(());
        }
        Err(refusal(permission))
    }

    /// Begins the change that a submitted form asks for.
    pub async fn change(&self, submitted: &Submission) -> Outcome<Change> {
        let account = self.actor().account.0;
        let by = By { account: Some(account), request_id: Some(self.visit.info.id.clone()) };
        let once = Once { account, key: submitted.key, request_hash: submitted.hash.clone() };
        Change::begin(self.app(), by, once).await
    }
}

/// A submitted form: its fields, its files and its key.
pub struct Submission {
    pub form: Form,
    pub files: Vec<Upload>,
    pub key: Uuid,
    hash: String,
}

/// A file that came with a form.
pub struct Upload {
    pub field: String,
    pub name: String,
    pub content: Vec<u8>,
}

/// Name of the hidden field with the form's key.
pub const KEY: &str = "form_key";

impl FromRequest<App> for Submission {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        let path = request.uri().path().to_owned();
        let is_multipart = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("multipart/form-data"));
        let (pairs, files) = if is_multipart {
            read_parts(Multipart::from_request(request, app).await.map_err(|_| unreadable())?).await?
        } else {
            (read_pairs(request, app).await?, Vec::new())
        };
        let key = pairs.iter().find(|(name, _)| name == KEY).and_then(|(_, value)| value.parse().ok());
        let key = key.ok_or_else(|| {
            AppError::BadRequest(
                "Форма устарела. Вернитесь на страницу, обновите её и отправьте снова".to_owned(),
            )
        })?;
        let hash = request_hash(&path, &pairs, &files);
        Ok(Self { form: Form::new(FormData::from_pairs(pairs)), files, key, hash })
    }
}

impl Submission {
    /// The file of a field, if one was chosen.
    pub fn file(&self, field: &str) -> Option<&Upload> {
        self.files
            .iter()
            .find(|file| file.field == field && !(file.content.is_empty() && file.name.is_empty()))
    }
}

async fn read_pairs(request: Request, app: &App) -> Outcome<Vec<(String, String)>> {
    match axum::Form::<Vec<(String, String)>>::from_request(request, app).await {
        Ok(axum::Form(pairs)) => Ok(pairs),
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(AppError::TooLarge),
        Err(_) => Err(unreadable()),
    }
}

async fn read_parts(mut parts: Multipart) -> Outcome<(Vec<(String, String)>, Vec<Upload>)> {
    const MOST_PARTS: usize = 200;
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    for _ in 0..MOST_PARTS {
        let Some(part) = parts.next_field().await.map_err(part_error)? else { return Ok((pairs, files)) };
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) => {
                let content = part.bytes().await.map_err(part_error)?.to_vec();
                files.push(Upload { field, name, content });
            }
            None => pairs.push((field, part.text().await.map_err(part_error)?)),
        }
    }
    Err(unreadable())
}

#[expect(clippy::needless_pass_by_value, reason = "used as a function of map_err")]
fn part_error(error: axum::extract::multipart::MultipartError) -> AppError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { AppError::TooLarge } else { unreadable() }
}

fn unreadable() -> AppError {
    AppError::BadRequest("Форма пришла повреждённой. Обновите страницу и отправьте её снова".to_owned())
}

/// The same form sent again has the same fingerprint; with anything changed it has another.
fn request_hash(path: &str, pairs: &[(String, String)], files: &[Upload]) -> String {
    let mut text = path.to_owned();
    for (name, value) in pairs.iter().filter(|(name, _)| name != KEY) {
        text.push('\0');
        text.push_str(name);
        text.push('\0');
        text.push_str(value);
    }
    for file in files {
        text.push('\0');
        text.push_str(&file.field);
        text.push_str(&ids::fingerprint(&file.content));
    }
    ids::fingerprint(text.as_bytes())
}

/// Values of the path; a value of a wrong shape means there is no such page.
pub struct Path<T>(pub T);

impl FromRequestParts<App> for Path<Uuid> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        let values = path_values(parts, app).await?;
        values.first().and_then(|value| value.parse().ok()).map(Path).ok_or(AppError::NotFound)
    }
}

impl FromRequestParts<App> for Path<(Uuid, Uuid)> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        let values = path_values(parts, app).await?;
        let id = |index: usize| values.get(index).and_then(|value| value.parse().ok());
        Ok(Path((id(0).ok_or(AppError::NotFound)?, id(1).ok_or(AppError::NotFound)?)))
    }
}

impl FromRequestParts<App> for Path<(Uuid, Uuid, Uuid)> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        let values = path_values(parts, app).await?;
        let id =
            |index: usize| values.get(index).and_then(|value| value.parse().ok()).ok_or(AppError::NotFound);
        Ok(Path((id(0)?, id(1)?, id(2)?)))
    }
}

impl FromRequestParts<App> for Path<(Uuid, String)> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        let values = path_values(parts, app).await?;
        let id = values.first().and_then(|value| value.parse().ok()).ok_or(AppError::NotFound)?;
        Ok(Path((id, values.get(1).cloned().ok_or(AppError::NotFound)?)))
    }
}

impl FromRequestParts<App> for Path<String> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, AppError> {
        path_values(parts, app).await?.into_iter().next().map(Path).ok_or(AppError::NotFound)
    }
}

async fn path_values(parts: &mut Parts, app: &App) -> Outcome<Vec<String>> {
    let values = RawPathParams::from_request_parts(parts, app).await.map_err(|_| AppError::NotFound)?;
    Ok(values.iter().map(|(_, value)| value.to_owned()).collect())
}

/// A page that opened well.
pub fn page(template: &impl Template) -> Outcome {
    Ok(Html(template.render()?).into_response())
}

/// The same form again, with its values and its mistakes.
pub fn again(template: &impl Template) -> Outcome {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(template.render()?)).into_response())
}

/// Bytes to save: never shown inside the site.
pub fn attachment(content: Vec<u8>, media_type: &str, name: &str) -> Outcome {
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(name));
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header_value(media_type)?);
    headers.insert(header::CONTENT_DISPOSITION, header_value(&disposition)?);
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    Ok(response)
}

fn header_value(text: &str) -> Outcome<HeaderValue> {
    HeaderValue::from_str(text).map_err(|error| AppError::Internal(error.into()))
}

/// Leads the browser on without having changed anything.
pub fn redirect(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        Ok(to) => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
        Err(_) => (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response(),
    }
}

/// Percent-encodes a value for an address.
pub fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&ids::hex(&[byte]).to_uppercase());
        }
        out
    })
}

/// An address inside this site to come back to; anything else means the home page.
pub fn local_address(text: &str) -> &str {
    let is_local = text.starts_with('/')
        && !text.starts_with("//")
        && !text.contains(['\\', '\n', '\r'])
        && text.chars().all(|letter| !letter.is_control());
    if is_local { text } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_the_site() {
        for foreign in
            ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
        {
            assert_eq!(local_address(foreign), "/", "{foreign}");
        }
        assert_eq!(local_address("/people?q=1"), "/people?q=1");
    }

    #[test]
    fn names_of_files_travel_whole() {
        assert_eq!(encode("Приказ 1.pdf"), "%D0%9F%D1%80%D0%B8%D0%BA%D0%B0%D0%B7%201.pdf");
    }
}
