//! `nastavnik user …`: ways in, when nobody inside can help.

use anyhow::bail;
use uuid::Uuid;

use super::args::Options;
use super::open;
use crate::kernel::accounts::{self, FIRST_LINK_LIFE};
use crate::kernel::audit::{self, By, Entry};
use crate::kernel::state::App;

pub(super) async fn list(options: &Options) -> anyhow::Result<()> {
    let app = open::app(options).await?;
    for row in accounts::list(app.db.reader(), None).await? {
        let state = match (row.disabled_at, row.password_hash) {
            (Some(_), _) => "вход закрыт",
            (None, None) => "пароль ещё не задан",
            (None, Some(_)) => "открыт",
        };
        println!("{:<28} {} {} — {state}", row.login, row.surname, row.given);
    }
    Ok(())
}

pub(super) async fn link(options: &Options, login: &str) -> anyhow::Result<()> {
    let app = open::app(options).await?;
    let account = find(&app, login).await?;
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let secret = accounts::invite(&tx, now, account, None, FIRST_LINK_LIFE).await?;
    let subject = ("account", Some(account));
    let entry = Entry { kind: "link_from_console", subject, organization: None, payload: &() };
    audit::record(&tx, now, &By::default(), entry).await?;
    tx.commit().await?;
    println!("Одна ссылка на сутки:\n  {}/invitations/{secret}", app.config.public_url);
    Ok(())
}

pub(super) async fn disable(options: &Options, login: &str) -> anyhow::Result<()> {
    let app = open::app(options).await?;
    let account = find(&app, login).await?;
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    accounts::disable(&tx, now, account).await?;
    let subject = ("account", Some(account));
    let entry = Entry { kind: "account_disabled", subject, organization: None, payload: &() };
    audit::record(&tx, now, &By::default(), entry).await?;
    tx.commit().await?;
    println!("Вход для «{login}» закрыт, все сеансы завершены");
    Ok(())
}

async fn find(app: &App, login: &str) -> anyhow::Result<Uuid> {
    match accounts::list(app.db.reader(), Some(login)).await?.into_iter().next() {
        Some(row) => Ok(row.id),
        None => bail!("нет такого имени для входа: {login}"),
    }
}
