//! Signing in, signing out, the one-time slip.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use nastavnik_domain::person::FullName;

use crate::kernel::accounts::{self, SignIn};
use crate::kernel::auth;
use crate::kernel::errors::{AppError, Outcome};
use crate::kernel::forms::{Form, FormData};
use crate::kernel::page::Layout;
use crate::kernel::password;
use crate::kernel::state::App;
use crate::kernel::web::{Path, Visit, again, local_address, page, redirect};

#[derive(Template)]
#[template(path = "entry/login.html")]
struct LoginPage {
    layout: Layout,
    form: Form,
}

#[derive(Template)]
#[template(path = "entry/invitation.html")]
struct InvitationPage {
    layout: Layout,
    form: Form,
    name: String,
    login: String,
    password_hint: String,
}

#[derive(Template)]
#[template(path = "entry/invitation_over.html")]
struct InvitationOverPage {
    layout: Layout,
}

pub(super) async fn show(visit: Visit) -> Outcome {
    let next = local_address(visit.asked("next")).to_owned();
    if visit.who.is_some() {
        return Ok(redirect(&next));
    }
    page(&LoginPage { layout: visit.layout("Вход").await?, form: Form::blank().with("next", next) })
}

pub(super) async fn enter(State(app): State<App>, visit: Visit, data: FormData) -> Outcome {
    let mut form = Form::new(data);
    let login = form.required_text("login", "Имя для входа", 80);
    if form.text("password").is_empty() {
        form.error("password", "Введите пароль");
    }
    let typed = form.text("password").to_owned();
    if typed.len() > 2_000 {
        form.error("password", "Имя для входа или пароль не подходят. Проверьте раскладку и повторите");
    }
    if let (Some(login), true) = (login, form.is_valid()) {
        match accounts::sign_in(&app, &login, typed, &visit.info.id).await? {
            SignIn::Welcome(token) => {
                let next = local_address(form.text("next")).to_owned();
                return with_session(&app, &next, Some(&token));
            }
            SignIn::Wrong => {
                form.error(
                    "password",
                    "Имя для входа или пароль не подходят. Проверьте раскладку и повторите",
                );
            }
            SignIn::Later(until) => {
                let seconds = (until - app.clock.now()).num_seconds().max(1);
                form.error("password", wait_words(seconds));
            }
        }
    }
    again(&LoginPage { layout: visit.layout("Вход").await?, form })
}

pub(super) async fn leave(State(app): State<App>, visit: Visit) -> Outcome {
    if let Some(who) = &visit.who {
        let tx = app.db.begin().await?;
        auth::end(&tx, &who.session).await?;
        tx.commit().await?;
    }
    let mut response = with_session(&app, "/login", None)?;
    let clear = HeaderValue::from_static("\"cache\", \"storage\"");
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), clear);
    Ok(response)
}

pub(super) async fn show_invitation(
    State(app): State<App>,
    visit: Visit,
    Path(secret): Path<String>,
) -> Outcome {
    let Some(found) = accounts::open_invitation(app.db.reader(), app.clock.now(), &secret).await? else {
        return page(&InvitationOverPage {
            layout: visit.layout("Ссылка больше не действует").await?
        });
    };
    let name = FullName::new(&found.surname, &found.given, found.patronymic.as_deref());
    page(&InvitationPage {
        layout: visit.layout("Первый вход").await?,
        form: Form::blank(),
        name: name.full(),
        login: found.login,
        password_hint: password::hint(),
    })
}

pub(super) async fn accept_invitation(
    State(app): State<App>,
    visit: Visit,
    Path(secret): Path<String>,
    data: FormData,
) -> Outcome {
    let over = async || -> Outcome {
        page(&InvitationOverPage {
            layout: visit.layout("Ссылка больше не действует").await?
        })
    };
    let Some(found) = accounts::open_invitation(app.db.reader(), app.clock.now(), &secret).await? else {
        return over().await;
    };
    let mut form = Form::new(data);
    let typed = form.text("password").to_owned();
    check_new_password(&mut form, &typed, &found.login);
    if form.is_valid() {
        let Some(token) = accounts::accept(&app, &secret, typed, &visit.info.id).await? else {
            return over().await;
        };
        return with_session(&app, "/", Some(&token));
    }
    let name = FullName::new(&found.surname, &found.given, found.patronymic.as_deref());
    again(&InvitationPage {
        layout: visit.layout("Первый вход").await?,
        form,
        name: name.full(),
        login: found.login,
        password_hint: password::hint(),
    })
}

/// A new password typed twice.
pub(super) fn check_new_password(form: &mut Form, typed: &str, login: &str) {
    if let Some(complaint) = password::complaint(typed, login) {
        form.error("password", complaint);
    }
    if form.text("repeat") != typed {
        form.error("repeat", "Пароли не совпали. Введите тот же пароль ещё раз");
    }
}

/// Leads on with a new session, or without any.
pub(super) fn with_session(app: &App, to: &str, token: Option<&str>) -> Outcome<Response> {
    let mut response = redirect(to);
    let cookie = auth::session_cookie(&app.config, token);
    let value = HeaderValue::from_str(&cookie).map_err(|error| AppError::Internal(error.into()))?;
    response.headers_mut().insert(header::SET_COOKIE, value);
    Ok(response)
}

fn wait_words(seconds: i64) -> String {
    if seconds > 120 {
        return "Слишком много неудачных попыток. Вход для этого имени снова откроется через несколько часов; \
                новую памятку для входа может напечатать куратор"
            .to_owned();
    }
    format!("Подождите {seconds} с и попробуйте ещё раз: попытки подряд замедляются ради защиты от подбора")
}
