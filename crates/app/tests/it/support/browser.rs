//! A browser without a screen: keeps its cookie, sends forms with their keys.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use nastavnik::kernel::ids;
use tower::ServiceExt;
use uuid::Uuid;

/// One browser.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    cookie: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Browser {
    pub(crate) fn new(router: Router, cookie: Option<String>) -> Self {
        Self { router, cookie }
    }

    /// The same browser talking to another process.
    pub(crate) fn at(&self, router: &Router) -> Self {
        Self { router: router.clone(), cookie: self.cookie.clone() }
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form with a new key.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_keyed(path, fields, ids::form_key()).await
    }

    /// Sends a form with this key: what a double press does.
    pub(crate) async fn post_keyed(&self, path: &str, fields: &[(&str, &str)], key: Uuid) -> Page {
        let key = key.to_string();
        let pairs = fields.iter().copied().chain([("form_key", key.as_str())]);
        let body =
            pairs.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body.join("&"))).await
    }

    /// Sends a form with a file.
    pub(crate) async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &[u8]),
    ) -> Page {
        const EDGE: &str = "----nastavnik-test-edge";
        let key = ids::form_key().to_string();
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain([("form_key", key.as_str())]) {
            body.extend(
                format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        let (field, name, content) = file;
        body.extend(
            format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .bytes(),
        );
        body.extend_from_slice(content);
        body.extend(format!("\r\n--{EDGE}--\r\n").bytes());
        let request =
            Request::post(path).header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"));
        self.send(request, Body::from(body)).await
    }

    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Page {
        let request = match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Page { status: parts.status, headers: parts.headers, bytes }
    }
}

impl Page {
    /// The page as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Says what the page was when it was not what was expected.
    #[track_caller]
    pub(crate) fn expect(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}", self.content().chars().take(3_000).collect::<String>());
        self
    }

    /// The page without the frame that all pages have.
    fn content(&self) -> String {
        let text = self.text();
        text.split_once("<main").map_or(text.clone(), |(_, content)| content.to_owned())
    }

    /// Where the browser is led after a change.
    #[track_caller]
    pub(crate) fn led_to(self) -> String {
        let page = self.expect(StatusCode::SEE_OTHER);
        page.headers[header::LOCATION].to_str().unwrap().to_owned()
    }

    #[track_caller]
    pub(crate) fn shows(&self, text: &str) {
        let plain = plain(&self.text());
        assert!(plain.contains(&plain_spaces(text)), "«{text}» is not on the page:\n{plain}");
    }

    #[track_caller]
    pub(crate) fn hides(&self, text: &str) {
        assert!(
            !plain(&self.text()).contains(&plain_spaces(text)),
            "«{text}» is on the page and should not be"
        );
    }
}

/// The words of a page without its tags, with all spaces alike.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    let text = text.replace("&#38;", "&").replace("&#39;", "'").replace("&#34;", "\"").replace("&nbsp;", " ");
    plain_spaces(&text)
}

fn plain_spaces(text: &str) -> String {
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn encode(text: &str) -> String {
    nastavnik::kernel::web::encode(text)
}
