//! The one registry of paths, the frame every page stands in, and the layers around all of them.

use std::sync::Arc;
use std::time::Instant;

use askama::Template;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use nastavnik_domain::policy::Permission;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::bank;
use crate::board;
use crate::burden;
use crate::consents;
use crate::council;
use crate::deficits;
use crate::diagnosis;
use crate::endings;
use crate::entry;
use crate::evaluations;
use crate::help;
use crate::home;
use crate::imports;
use crate::kernel::auth::{self, SignedIn};
use crate::kernel::errors::{AppError, Outcome, Problem};
use crate::kernel::ids;
use crate::kernel::page::{Brand, Contrast, DemoSign, ErrorPage, Layout, NavGroup, NavItem, UserMenu};
use crate::kernel::registry::{Entry, Registry};
use crate::kernel::saved;
use crate::kernel::state::{App, Mode};
use crate::kernel::web::{RequestInfo, SignedInExtension, Visit};
use crate::matching;
use crate::meetings;
use crate::monitoring;
use crate::oversight;
use crate::pairs;
use crate::papers;
use crate::people;
use crate::places;
use crate::program_base;
use crate::programs;
use crate::register;
use crate::requests;
use crate::speed;
use crate::talk;
use crate::tasks;
use crate::{partnerships, pathway};

/// Every path of the program with the permission it needs.
pub fn registry(mode: Mode) -> Registry {
    let registry = Registry::default();
    let registry = entry::routes(registry);
    let registry = saved::routes(registry);
    let registry = home::routes(registry);
    let registry = monitoring::routes(registry);
    let registry = oversight::routes(registry);
    let registry = bank::routes(registry);
    let registry = consents::routes(registry);
    let registry = register::routes(registry);
    let registry = requests::routes(registry);
    let registry = deficits::routes(registry);
    let registry = places::routes(registry);
    let registry = people::routes(registry);
    let registry = matching::routes(registry);
    let registry = pairs::routes(registry);
    let registry = speed::routes(registry);
    let registry = help::routes(registry);
    let registry = board::routes(registry);
    let registry = endings::routes(registry);
    let registry = diagnosis::routes(registry);
    let registry = council::routes(registry);
    let registry = meetings::routes(registry);
    let registry = tasks::routes(registry);
    let registry = talk::routes(registry);
    let registry = burden::routes(registry);
    let registry = programs::routes(registry);
    let registry = evaluations::routes(registry);
    let registry = program_base::routes(registry);
    let registry = papers::routes(registry);
    let registry = pathway::routes(registry);
    let registry = partnerships::routes(registry);
    let registry = imports::routes(registry);
    if mode == Mode::Demo { entry::demo_routes(registry) } else { registry }
}

/// The router ready to serve, and the list of its paths.
pub fn build(app: App) -> (Router, Vec<Entry>) {
    let (router, entries) = registry(app.config.mode).finish();
    let layers = ServiceBuilder::new()
        .layer(from_fn_with_state(app.clone(), outermost))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CsrfLayer::new())
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app.clone(), identify));
    (router.fallback(nowhere).layer(layers).with_state(app), entries)
}

/// A line of the navigation: address, word, icon, what one must be allowed.
type Section = (&'static str, &'static str, &'static str, Permission);

/// The navigation in groups, each under its word.
const SECTIONS: &[(&str, &[Section])] = &[
    ("", &[("/", "Главная", "home", Permission::SignedIn)]),
    (
        "Люди",
        &[
            ("/organizations", "Организации", "building", Permission::ReadOrganizations),
            ("/people", "Работники", "users", Permission::ReadStaff),
            ("/imports", "Загрузка списков", "upload", Permission::ImportStaff),
            ("/consents", "Согласия", "signature", Permission::ReadConsents),
        ],
    ),
    (
        "Подготовка",
        &[
            ("/bank", "Банк", "archive", Permission::ReadBank),
            ("/diagnosis", "Самодиагностика", "checklist", Permission::ReadDiagnosisFacts),
            ("/requests", "Запросы", "help-circle", Permission::ReadRequests),
            ("/register", "Реестр наставников", "id-badge-2", Permission::ReadRegister),
            ("/routes", "Маршруты", "route", Permission::ReadRoutes),
            ("/matching", "Подбор", "puzzle", Permission::ReadMatching),
            ("/base", "База программ", "books", Permission::ReadProgramBase),
        ],
    ),
    (
        "Пары",
        &[
            ("/pairs", "Пары и группы", "heart-handshake", Permission::ReadPairs),
            ("/programs", "Программы", "clipboard-list", Permission::ReadPrograms),
            ("/meetings", "Встречи", "calendar", Permission::ReadPairFacts),
            ("/help/queue", "Просьбы о помощи", "lifebuoy", Permission::GiveHelp),
            ("/speed", "Быстрые встречи", "arrows-shuffle", Permission::FormPairs),
            ("/opinions", "Заключения", "clipboard-heart", Permission::GiveOpinion),
            ("/council", "Совет наставников", "users-group", Permission::ReadCouncil),
            ("/petitions", "Заявления", "mail", Permission::DecideEndings),
            ("/papers", "Документы", "file-text", Permission::ReadPapers),
            ("/agreements", "Договоры", "contract", Permission::ReadAgreements),
        ],
    ),
    (
        "Итоги",
        &[
            ("/indicators", "Показатели", "chart-bar", Permission::ReadIndicators),
            ("/deficits", "Карта дефицитов", "map-2", Permission::ReadDeficitMap),
            ("/evaluations", "Оценка программ", "checkup-list", Permission::ReadEvaluations),
            ("/endings", "Завершения", "flag", Permission::ReadEndingNumbers),
            ("/help", "Просьбы в числах", "chart-dots", Permission::ReadHelpNumbers),
            ("/burden", "Минуты педагога", "hourglass", Permission::ReadBurden),
        ],
    ),
    (
        "Система",
        &[
            ("/journal", "Журнал", "history", Permission::ReadJournal),
            ("/jobs", "Задания", "list-check", Permission::ManageInstallation),
        ],
    ),
];

/// The group of the menu that a local address belongs to: its order and its word.
pub fn group_of(href: &str) -> Option<(usize, &'static str)> {
    let is_under = |section: &&Section| NavItem::new(section.0, "", "", href).active && section.0 != "/";
    let found = SECTIONS.iter().enumerate().filter_map(|(order, (title, sections))| {
        let longest = sections.iter().filter(is_under).map(|section| section.0.len()).max()?;
        Some((longest, order, *title))
    });
    found.max_by_key(|found| found.0).map(|(_, order, title)| (order, title))
}

/// The frame of a page for this visitor.
pub async fn frame(visit: &Visit, title: &str) -> Outcome<Layout> {
    let mut layout = Layout::titled(title);
    layout.path.clone_from(&visit.address);
    layout.contrast = visit.info.contrast;
    if visit.app.config.mode == Mode::Demo {
        let current = visit.who.as_ref().map_or_else(String::new, |who| who.login.clone());
        layout.demo = Some(DemoSign { personas: entry::personas(&visit.app).await?, current });
    }
    let Some(who) = &visit.who else { return Ok(layout) };
    layout.brand = brand(who);
    layout.user = Some(user_menu(who));
    layout.navigation = SECTIONS.iter().filter_map(|group| open_sections(who, &visit.path, group)).collect();
    Ok(layout)
}

/// A group with the sections this person may open; none if there are none.
fn open_sections(
    who: &SignedIn,
    path: &str,
    (title, sections): &(&'static str, &[Section]),
) -> Option<NavGroup> {
    let open = sections.iter().filter(|section| who.actor.may_somewhere(section.3));
    let items: Vec<_> = open.map(|(href, title, icon, _)| NavItem::new(href, title, icon, path)).collect();
    (!items.is_empty()).then_some(NavGroup { title, items })
}

fn brand(who: &SignedIn) -> Brand {
    let mut brand = Brand { municipality: who.brand.name.clone(), ..Brand::default() };
    if !who.brand.color.is_empty() {
        brand.color.clone_from(&who.brand.color);
    }
    brand.emblem_url =
        who.brand.territory.filter(|_| who.brand.emblem.is_some()).map(|id| format!("/emblems/{id}"));
    brand
}

fn user_menu(who: &SignedIn) -> UserMenu {
    let mut roles: Vec<&str> = who.actor.grants.iter().map(|grant| grant.role.title()).collect();
    roles.dedup();
    let organization = who.actor.grants.first().and_then(|grant| who.places.get(&grant.organization));
    UserMenu {
        account: who.actor.account.0,
        short_name: who.name.short(),
        role_title: roles.join(", "),
        organization: organization.map_or_else(String::new, |place| place.short.clone()),
    }
}

/// Request id, contrast, error pages, security headers and the log line: around everything.
async fn outermost(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let contrast =
        cookie(request.headers(), Contrast::NAME).map_or(Contrast::Usual, |value| Contrast::parse(&value));
    let info = RequestInfo { id: ids::form_key().simple().to_string(), contrast };
    request.extensions_mut().insert(info.clone());
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = error_page(&info, response.status(), &problem, &response.headers().clone());
    } else if needs_error_page(&response) {
        let problem = plain_problem(response.status());
        response = error_page(&info, response.status(), &problem, &response.headers().clone());
    }
    secure(&app, &path, &info, response.headers_mut());
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    tracing::info!(request = %info.id, %method, route = %shape(&path), status = response.status().as_u16(), micros);
    response
}

/// The path without identifiers: logs hold nothing that leads to a person.
fn shape(path: &str) -> String {
    path.split('/')
        .map(|part| if part.len() > 24 || part.parse::<uuid::Uuid>().is_ok() { "*" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// Who holds the cookie.
async fn identify(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if let Some(token) = cookie(request.headers(), auth::cookie_name(&app.config)) {
        match auth::identify(&app, &token).await {
            Ok(Some(who)) => {
                request.extensions_mut().insert(SignedInExtension(Arc::clone(&who)));
            }
            Ok(None) => {}
            Err(error) => return AppError::Internal(error).into_response(),
        }
    }
    let is_private = request.extensions().get::<SignedInExtension>().is_some();
    let mut response = next.run(request).await;
    if is_private && !response.headers().contains_key(header::CACHE_CONTROL) {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

async fn nowhere() -> AppError {
    AppError::NotFound
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands the panic over")]
fn panicked(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    AppError::Internal(anyhow::anyhow!("паника в обработчике: {what}")).into_response()
}

/// Refusals of the framework itself (wrong method, cross-site form) get the same page as ours.
fn needs_error_page(response: &Response) -> bool {
    let status = response.status();
    let has_own_text = response.headers().get(header::CONTENT_TYPE).is_some_and(|value| {
        value.to_str().is_ok_and(|text| text.starts_with("text/html") || text.starts_with("application/json"))
    });
    (status.is_client_error() || status.is_server_error()) && !has_own_text
}

fn plain_problem(status: StatusCode) -> Problem {
    let (title, advice) = match status {
        StatusCode::FORBIDDEN => (
            "Форма отправлена с другого сайта",
            "Ради безопасности такие формы не принимаются. Откройте страницу в этой программе и отправьте её снова",
        ),
        StatusCode::METHOD_NOT_ALLOWED => {
            ("Эту страницу нельзя открыть по ссылке", "Вернитесь назад и нажмите кнопку на странице")
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("Слишком большой файл или текст", "Уменьшите файл или текст и отправьте снова")
        }
        _ => ("Запрос не выполнен", "Вернитесь назад и повторите. Если не помогло, сообщите номер обращения"),
    };
    Problem { title: title.to_owned(), advice: advice.to_owned() }
}

fn error_page(info: &RequestInfo, status: StatusCode, problem: &Problem, kept: &HeaderMap) -> Response {
    let mut layout = Layout::titled(problem.title.clone());
    layout.contrast = info.contrast;
    let page = ErrorPage {
        layout,
        status: status.as_u16(),
        what: problem.title.clone(),
        remedy: problem.advice.clone(),
        request_id: info.id.clone(),
    };
    let mut response = match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, problem.title.clone()).into_response(),
    };
    for name in [header::ALLOW, header::RETRY_AFTER, header::SET_COOKIE] {
        if let Some(value) = kept.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    manifest-src 'self'";

/// Security headers on every answer.
fn secure(app: &App, path: &str, info: &RequestInfo, headers: &mut HeaderMap) {
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, POLICY);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "same-origin");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    if !path.starts_with("/assets/") {
        put(header::CACHE_CONTROL, "no-store");
    }
    if app.config.is_secure() {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if let Ok(id) = HeaderValue::from_str(&info.id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

/// A cookie's value.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::SECTIONS;

    #[test]
    fn no_two_sections_have_the_same_icon() {
        let mut seen = BTreeSet::new();
        for (href, _, icon, _) in SECTIONS.iter().flat_map(|(_, sections)| *sections) {
            assert!(seen.insert(icon), "{href} has the icon «{icon}» of another section");
        }
    }
}
