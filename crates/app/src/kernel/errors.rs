//! Errors become pages in one place.
//!
//! A handler returns `AppError`; the outermost layer (`kernel::web`) turns the problem into the one error
//! page with the request id. What went wrong inside is logged and never shown.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use sea_orm::DbErr;

/// Why a request was not carried out.
#[derive(Debug)]
pub enum AppError {
    /// There is no such thing, or it is not this person's to see: the two look the same.
    NotFound,
    /// They see it and may not do this.
    Forbidden(&'static str),
    /// They must sign in first; the address to come back to.
    SignIn(String),
    /// The same form was already carried out: go where it led.
    Replay(String),
    /// Somebody was first, or the thing has changed meanwhile.
    Conflict(String),
    /// A request no form of ours sends.
    BadRequest(String),
    TooLarge,
    Internal(anyhow::Error),
}

/// The outcome of a handler.
pub type Outcome<T = Response> = Result<T, AppError>;

/// What the error page says; travels from the handler to the outermost layer.
#[derive(Clone, Debug)]
pub struct Problem {
    pub title: String,
    pub advice: String,
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let (status, title, advice) = match self {
            Self::SignIn(next) => {
                let to = format!("/login?next={}", super::web::encode(&next));
                return (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
            }
            Self::Replay(to) => return (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "Такой страницы нет".to_owned(),
                "Возможно, адрес набран с ошибкой или эта запись вам не видна. Начните с главной страницы"
                    .to_owned(),
            ),
            Self::Forbidden(why) => {
                (StatusCode::FORBIDDEN, "Это действие вам недоступно".to_owned(), why.to_owned())
            }
            Self::Conflict(why) => (StatusCode::CONFLICT, "Не получилось: данные изменились".to_owned(), why),
            Self::BadRequest(why) => (StatusCode::BAD_REQUEST, "Запрос не понят".to_owned(), why),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "Слишком большой файл или текст".to_owned(),
                "Файл списка — до 20 МБ, скан документа — до 10 МБ. Уменьшите его и отправьте снова"
                    .to_owned(),
            ),
            Self::Internal(error) => {
                tracing::error!("internal error: {error:#}");
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Ошибка на нашей стороне".to_owned(),
                    "Ничего не потеряно: вернитесь назад и повторите. Если не помогло, сообщите номер обращения"
                        .to_owned(),
                )
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Problem { title, advice });
        response
    }
}

impl From<DbErr> for AppError {
    fn from(error: DbErr) -> Self {
        Self::Internal(error.into())
    }
}

impl From<anyhow::Error> for AppError {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<askama::Error> for AppError {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<serde_json::Error> for AppError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}
