//! One's own password and sessions.

use askama::Template;

use super::door::{check_new_password, with_session};
use crate::kernel::audit::Entry;
use crate::kernel::errors::Outcome;
use crate::kernel::forms::Form;
use crate::kernel::page::Layout;
use crate::kernel::web::{Ctx, Submission, again, page};
use crate::kernel::{accounts, auth, ids, password};

#[derive(Template)]
#[template(path = "entry/password.html")]
struct PasswordPage {
    layout: Layout,
    form: Form,
    form_key: uuid::Uuid,
    login: String,
    password_hint: String,
}

pub(super) async fn show_password(ctx: Ctx) -> Outcome {
    page(&password_page(&ctx, Form::blank()).await?)
}

/// The new password ends every other session; this one goes on under a new id.
pub(super) async fn change_password(ctx: Ctx, submitted: Submission) -> Outcome {
    let mut form = submitted.form.clone();
    let account = ctx.actor().account.0;
    let current = form.text("current").to_owned();
    let typed = form.text("password").to_owned();
    check_new_password(&mut form, &typed, &ctx.who.login);
    if !accounts::password_fits(ctx.app(), account, current).await? {
        form.error("current", "Нынешний пароль не подходит. Проверьте раскладку и введите его снова");
    }
    if !form.is_valid() {
        return again(&password_page(&ctx, form).await?);
    }
    let hash = ctx.app().hasher.hash(typed).await?;
    let change = ctx.change(&submitted).await?;
    accounts::store_password(change.tx(), account, hash).await?;
    let subject = ("account", Some(account));
    change.journal(Entry { kind: "password_changed", subject, organization: None, payload: &() }).await?;
    let token = auth::begin(change.tx(), account, change.now()).await?;
    let done = change.finish("/own/password", "Пароль изменён. Остальные входы завершены").await?;
    let to = done.headers().get("location").and_then(|value| value.to_str().ok()).unwrap_or("/").to_owned();
    with_session(ctx.app(), &to, Some(&token))
}

pub(super) async fn end_sessions(ctx: Ctx, submitted: Submission) -> Outcome {
    let account = ctx.actor().account.0;
    let change = ctx.change(&submitted).await?;
    let ended = auth::end_all(change.tx(), account).await?;
    let subject = ("account", Some(account));
    change.journal(Entry { kind: "sessions_ended", subject, organization: None, payload: &ended }).await?;
    change.finish("/login", "").await?;
    with_session(ctx.app(), "/login", None)
}

async fn password_page(ctx: &Ctx, form: Form) -> Outcome<PasswordPage> {
    Ok(PasswordPage {
        layout: ctx.layout("Пароль и входы").await?,
        form,
        form_key: ids::form_key(),
        login: ctx.who.login.clone(),
        password_hint: password::hint(),
    })
}
