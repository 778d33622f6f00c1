//! The one way to add a page or an action: a path does not exist without the permission it needs.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use nastavnik_domain::policy::Permission;

use super::errors::AppError;
use super::state::App;
use super::web::SignedInExtension;

/// A line of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub method: Method,
    pub path: &'static str,
    pub permission: Permission,
}

/// The registry being filled. A path with its permission:
///
/// ```
/// use nastavnik::kernel::registry::Registry;
/// use nastavnik_domain::policy::Permission;
///
/// let registry = Registry::default().get("/open", Permission::Public, async || "for anybody");
/// assert_eq!(registry.finish().1.len(), 1);
/// ```
///
/// A path without one does not compile:
///
/// ```compile_fail
/// use nastavnik::kernel::registry::Registry;
///
/// let registry = Registry::default().get("/secret", async || "for whom?");
/// assert_eq!(registry.finish().1.len(), 1);
/// ```
#[derive(Default)]
pub struct Registry {
    router: Router<App>,
    entries: Vec<Entry>,
}

/// How much a request may carry, bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;
pub const UPLOAD_LIMIT: usize = 21 * 1024 * 1024;

#[expect(clippy::disallowed_methods, reason = "the registry is the only caller of Router::route")]
impl Registry {
    /// A page: changes nothing.
    #[must_use]
    pub fn get<H, T>(mut self, path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.entries.push(Entry { method: Method::GET, path, permission });
        let guarded = get(handler).layer(from_fn(move |request, next| guard(permission, request, next)));
        self.router = self.router.route(path, guarded);
        self
    }

    /// An action.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.post_limited(path, permission, handler, BODY_LIMIT)
    }

    /// An action that takes a file.
    #[must_use]
    pub fn upload<H, T>(self, path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.post_limited(path, permission, handler, UPLOAD_LIMIT)
    }

    /// The router and its list of lines.
    pub fn finish(self) -> (Router<App>, Vec<Entry>) {
        (self.router, self.entries)
    }

    fn post_limited<H, T>(
        mut self,
        path: &'static str,
        permission: Permission,
        handler: H,
        limit: usize,
    ) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.entries.push(Entry { method: Method::POST, path, permission });
        let guarded = post(handler)
            .layer(DefaultBodyLimit::max(limit))
            .layer(from_fn(move |request, next| guard(permission, request, next)));
        self.router = self.router.route(path, guarded);
        self
    }
}

/// The first of two checks: may this person use the permission anywhere at all? Whether at this very row
/// is asked by the handler, which loads only visible rows.
async fn guard(permission: Permission, request: Request, next: Next) -> Response {
    if permission == Permission::Public {
        return next.run(request).await;
    }
    let Some(SignedInExtension(who)) = request.extensions().get::<SignedInExtension>() else {
        let next = match *request.method() {
            Method::GET => request.uri().to_string(),
            _ => "/".to_owned(),
        };
        return AppError::SignIn(next).into_response();
    };
    if who.actor.may_somewhere(permission) {
        return next.run(request).await;
    }
    refusal(permission).into_response()
}

/// A refused page does not exist; a refused action says so.
pub fn refusal(permission: Permission) -> AppError {
    if permission.only_reads() {
        return AppError::NotFound;
    }
    AppError::Forbidden("У вашей роли нет права на это действие. Обратитесь к куратору или руководителю")
}
