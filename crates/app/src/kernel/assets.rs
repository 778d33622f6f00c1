//! Styles, scripts, fonts and icons: built by `web/build.mjs`, carried inside the binary, served for ever.
//!
//! Each file has a hash of its content in its name, so a browser never asks twice and never sees an old one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use rust_embed::{EmbeddedFile, RustEmbed};

/// Where the files are served: `GET /assets/{file}`.
pub const PREFIX: &str = "/assets/";

const MANIFEST: &str = "manifest.json";

/// Files that every page needs.
const NEEDED: [&str; 4] = ["app.css", "app.js", "icons.svg", "mark.svg"];

// The folder is not kept in git. A checkout without it must still compile: `check` refuses to start instead.
#[derive(RustEmbed)]
#[folder = "assets/dist/"]
#[allow_missing = true]
struct Dist;

/// Plain names with the full addresses of the hashed files.
static ADDRESSES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let manifest = Dist::get(MANIFEST).map(|file| file.data).unwrap_or_default();
    let names: BTreeMap<String, String> = serde_json::from_slice(&manifest).unwrap_or_default();
    names.into_iter().map(|(plain, hashed)| (plain, format!("{PREFIX}{hashed}"))).collect()
});

/// The styles were not built before the binary.
#[derive(Debug, thiserror::Error)]
#[error(
    "В программе нет файла оформления «{0}». Соберите его командой npm run build в папке web и соберите программу снова."
)]
pub struct AssetsMissing(&'static str);

/// Checks at start that the files every page needs are inside the binary.
pub fn check() -> Result<(), AssetsMissing> {
    NEEDED
        .into_iter()
        .find(|name| !ADDRESSES.contains_key(*name))
        .map_or(Ok(()), |name| Err(AssetsMissing(name)))
}

/// The address of a file by its plain name: `asset("app.css")` is `/assets/app-HASH.css`.
/// A name that was not built gives an address that answers 404.
pub fn asset(name: &str) -> &'static str {
    ADDRESSES.get(name).map_or("/assets/missing", String::as_str)
}

/// Answers `GET /assets/{file}`: packed by Brotli or gzip at build time where the browser takes it, else as it is;
/// 404 for anything that is not in the list of built files.
pub fn serve(file: &str, request: &HeaderMap) -> Response {
    // Only names from the manifest: neither the manifest itself nor the packed twins have an address of their own.
    if !ADDRESSES.values().any(|address| address.strip_prefix(PREFIX) == Some(file)) {
        return empty(StatusCode::NOT_FOUND);
    }
    let Some((content, encoding)) = best_copy(file, request) else {
        return empty(StatusCode::NOT_FOUND);
    };
    let mut response = Response::new(body(content.data));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(file)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn best_copy(file: &str, request: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    for (encoding, suffix) in [("br", "br"), ("gzip", "gz")] {
        if accepts(request, encoding)
            && let Some(packed) = Dist::get(&format!("{file}.{suffix}"))
        {
            return Some((packed, Some(encoding)));
        }
    }
    Dist::get(file).map(|plain| (plain, None))
}

/// Whether `Accept-Encoding` names the encoding and does not forbid it by `q=0`.
fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    let lists = request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        named && !refused
    })
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

fn body(data: Cow<'static, [u8]>) -> Body {
    match data {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    }
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking_for(encodings: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(encodings))])
    }

    #[test]
    fn encodings_are_taken_from_the_header() {
        assert!(accepts(&asking_for("gzip, deflate, br"), "br"));
        assert!(accepts(&asking_for("GZIP;q=0.5"), "gzip"));
        assert!(!accepts(&asking_for("br;q=0, gzip"), "br"));
        assert!(!accepts(&asking_for("brotli"), "br"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }

    #[test]
    fn only_built_files_have_an_address() {
        for file in ["manifest.json", "../Cargo.toml", "", "app.css.br", "нет.css"] {
            assert_eq!(serve(file, &HeaderMap::new()).status(), StatusCode::NOT_FOUND, "{file}");
        }
    }

    #[test]
    fn types_are_told_by_the_name() {
        assert_eq!(content_type("app-1a2b.css"), "text/css; charset=utf-8");
        assert_eq!(content_type("inter.woff2"), "font/woff2");
        assert_eq!(content_type("unknown"), "application/octet-stream");
    }
}
