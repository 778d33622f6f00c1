//! Ways in: accounts by login, one-time slips, passwords.

use chrono::{DateTime, Duration, Utc};
use nastavnik_domain::person::FullName;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use uuid::Uuid;

use super::audit::{self, By, Entry};
use super::auth;
use super::db::{self, Tx};
use super::ids;
use super::password;
use super::state::App;
use crate::values;

/// A slip must be used within this time.
pub const SLIP_LIFE: Duration = Duration::days(14);
/// The link of the first administrator.
pub const FIRST_LINK_LIFE: Duration = Duration::hours(24);

/// What came of an attempt to sign in. A wrong login and a wrong password are one and the same.
#[derive(Debug, PartialEq, Eq)]
pub enum SignIn {
    /// The session's token.
    Welcome(String),
    Wrong,
    /// Too many failures: may try again at this moment.
    Later(DateTime<Utc>),
}

#[derive(FromQueryResult)]
struct AccountRow {
    id: Uuid,
    password_hash: Option<String>,
    failures: i64,
    retry_after: Option<DateTime<Utc>>,
    disabled_at: Option<DateTime<Utc>>,
}

/// Checks a login and a password. Takes the same time whether the login exists or not.
pub async fn sign_in(app: &App, login: &str, password: String, request_id: &str) -> anyhow::Result<SignIn> {
    let now = app.clock.now();
    let row: Option<AccountRow> = db::one(
        app.db.reader(),
        "SELECT id, password_hash, failures, retry_after, disabled_at FROM account WHERE login = ?",
        values![login.trim().to_lowercase()],
    )
    .await?;
    if let Some(until) = row.as_ref().and_then(|row| row.retry_after).filter(|until| *until > now) {
        return Ok(SignIn::Later(until));
    }
    let active = row.as_ref().filter(|row| row.disabled_at.is_none());
    let stored = active.and_then(|row| row.password_hash.clone());
    let fits = app.hasher.fits(stored, password).await?;
    let Some(row) = row else { return Ok(SignIn::Wrong) };
    let tx = app.db.begin().await?;
    let by = By { account: Some(row.id), request_id: Some(request_id.to_owned()) };
    let kind = if fits { "signed_in" } else { "sign_in_refused" };
    let entry = Entry { kind, subject: ("account", Some(row.id)), organization: None, payload: &() };
    audit::record(&tx, now, &by, entry).await?;
    if !fits {
        count_failure(&tx, &row, now).await?;
        tx.commit().await?;
        return Ok(SignIn::Wrong);
    }
    db::exec(&tx, "UPDATE account SET failures = 0, retry_after = NULL WHERE id = ?", values![row.id])
        .await?;
    let token = auth::begin(&tx, row.id, now).await?;
    tx.commit().await?;
    Ok(SignIn::Welcome(token))
}

async fn count_failure(tx: &Tx, row: &AccountRow, now: DateTime<Utc>) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE account SET failures = failures + 1, retry_after = ? WHERE id = ?",
        values![password::pause_after(row.failures + 1, now), row.id],
    )
    .await
    .map(|_| ())
}

/// Finds the account of a person or opens one with a free login made from the name.
pub async fn ensure(
    tx: &Tx,
    now: DateTime<Utc>,
    person: Uuid,
    name: &FullName,
) -> Result<(Uuid, String), DbErr> {
    #[derive(FromQueryResult)]
    struct Known {
        id: Uuid,
        login: String,
    }
    let known: Option<Known> =
        db::one(tx, "SELECT id, login FROM account WHERE person_id = ?", values![person]).await?;
    if let Some(known) = known {
        return Ok((known.id, known.login));
    }
    let base = login_base(name);
    for number in 1..10_000_u32 {
        let login = if number == 1 { base.clone() } else { format!("{base}{number}") };
        let id = ids::row_id();
        let added = db::exec(
            tx,
            "INSERT INTO account (id, person_id, login, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            values![id, person, login.clone(), now],
        )
        .await?;
        if added == 1 {
            return Ok((id, login));
        }
    }
    Err(DbErr::Custom(format!("нет свободного имени для входа {base}")))
}

/// Makes a one-time slip: the secret is returned once and stored only as a fingerprint. Earlier slips of
/// the account die.
pub async fn invite(
    tx: &Tx,
    now: DateTime<Utc>,
    account: Uuid,
    created_by: Option<Uuid>,
    life: Duration,
) -> anyhow::Result<String> {
    let secret = ids::secret()?;
    db::exec(tx, "DELETE FROM invitation WHERE account_id = ? AND used_at IS NULL", values![account]).await?;
    db::exec(
        tx,
        "INSERT INTO invitation (id, account_id, secret_hash, expires_at, created_by, created_at) \
         VALUES (?, ?, ?, ?, ?, ?)",
        values![ids::row_id(), account, ids::fingerprint(secret.as_bytes()), now + life, created_by, now],
    )
    .await?;
    Ok(secret)
}

/// For whom a slip is.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Invitation {
    pub id: Uuid,
    pub account_id: Uuid,
    pub login: String,
    pub surname: String,
    pub given: String,
    pub patronymic: Option<String>,
}

/// Looks at a slip that can still be used. Looking changes nothing: mail scanners open links.
pub async fn open_invitation(
    connection: &impl ConnectionTrait,
    now: DateTime<Utc>,
    secret: &str,
) -> Result<Option<Invitation>, DbErr> {
    db::one(
        connection,
        "SELECT i.id, i.account_id, a.login, p.surname, p.given, p.patronymic \
         FROM invitation i JOIN account a ON a.id = i.account_id JOIN person p ON p.id = a.person_id \
         WHERE i.secret_hash = ? AND i.used_at IS NULL AND i.expires_at > ? AND a.disabled_at IS NULL",
        values![ids::fingerprint(secret.as_bytes()), now],
    )
    .await
}

/// Uses a slip: sets the password, ends other sessions, begins one. `None`: somebody used it first.
pub async fn accept(
    app: &App,
    secret: &str,
    password: String,
    request_id: &str,
) -> anyhow::Result<Option<String>> {
    let hash = app.hasher.hash(password).await?;
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let Some(invitation) = open_invitation(&tx, now, secret).await? else { return Ok(None) };
    let used = db::exec(
        &tx,
        "UPDATE invitation SET used_at = ? WHERE id = ? AND used_at IS NULL",
        values![now, invitation.id],
    )
    .await?;
    if used == 0 {
        return Ok(None);
    }
    store_password(&tx, invitation.account_id, hash).await?;
    let by = By { account: Some(invitation.account_id), request_id: Some(request_id.to_owned()) };
    let subject = ("account", Some(invitation.account_id));
    audit::record(&tx, now, &by, Entry { kind: "slip_used", subject, organization: None, payload: &() })
        .await?;
    let token = auth::begin(&tx, invitation.account_id, now).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Stores a new password and ends every session of the account.
pub async fn store_password(tx: &Tx, account: Uuid, hash: String) -> Result<(), DbErr> {
    db::exec(
        tx,
        "UPDATE account SET password_hash = ?, failures = 0, retry_after = NULL WHERE id = ?",
        values![hash, account],
    )
    .await?;
    auth::end_all(tx, account).await.map(|_| ())
}

/// Does this password belong to the account?
pub async fn password_fits(app: &App, account: Uuid, password: String) -> anyhow::Result<bool> {
    let row: Option<AccountRow> = db::one(
        app.db.reader(),
        "SELECT id, password_hash, failures, retry_after, disabled_at FROM account WHERE id = ?",
        values![account],
    )
    .await?;
    app.hasher.fits(row.and_then(|row| row.password_hash), password).await
}

/// An account as the administrator of the machine sees it.
#[derive(Debug, FromQueryResult)]
pub struct Listed {
    pub id: Uuid,
    pub login: String,
    pub surname: String,
    pub given: String,
    pub disabled_at: Option<DateTime<Utc>>,
    pub password_hash: Option<String>,
}

/// All accounts by login, or the one with this login.
pub async fn list(connection: &impl ConnectionTrait, login: Option<&str>) -> Result<Vec<Listed>, DbErr> {
    db::Sql::new(
        "SELECT a.id, a.login, p.surname, p.given, a.disabled_at, a.password_hash \
         FROM account a JOIN person p ON p.id = a.person_id",
    )
    .and_some(login.map(str::to_lowercase), "WHERE a.login = ?")
    .and("ORDER BY a.login", [])
    .all(connection)
    .await
}

/// Opens an account with this very login.
pub async fn add(tx: &Tx, now: DateTime<Utc>, person: Uuid, login: &str) -> Result<Uuid, DbErr> {
    let id = ids::row_id();
    db::exec(
        tx,
        "INSERT INTO account (id, person_id, login, created_at) VALUES (?, ?, ?, ?)",
        values![id, person, login, now],
    )
    .await?;
    Ok(id)
}

/// Closes the way in and ends every session.
pub async fn disable(tx: &Tx, now: DateTime<Utc>, account: Uuid) -> Result<(), DbErr> {
    db::exec(tx, "UPDATE account SET disabled_at = ? WHERE id = ?", values![now, account]).await?;
    auth::end_all(tx, account).await.map(|_| ())
}

/// Has anybody ever set a password? Until then the first administrator is awaited.
pub async fn anybody_came(connection: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let sql = "SELECT COUNT(*) AS n FROM account WHERE password_hash IS NOT NULL";
    Ok(db::count(connection, sql, vec![]).await? > 0)
}

/// The account of the first administrator, if the ground was already made.
pub async fn first_administrator(connection: &impl ConnectionTrait) -> Result<Option<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let sql = "SELECT a.id FROM account a JOIN role_grant g ON g.person_id = a.person_id \
               WHERE g.role = 'administrator' ORDER BY a.created_at LIMIT 1";
    let row: Option<Id> = db::one(connection, sql, vec![]).await?;
    Ok(row.map(|row| row.id))
}

/// Whose account it is.
pub async fn person_of(connection: &impl ConnectionTrait, account: Uuid) -> Result<Option<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: Uuid,
    }
    let sql = "SELECT person_id FROM account WHERE id = ?";
    let row: Option<Row> = db::one(connection, sql, values![account]).await?;
    Ok(row.map(|row| row.person_id))
}

/// «Семёнова Есения Филимоновна» → `semenova-ef`.
fn login_base(name: &FullName) -> String {
    let initial = |text: &str| text.chars().next().map(latin).unwrap_or_default();
    let surname: String = name.surname.to_lowercase().chars().map(latin).collect();
    let initials = [Some(name.given.as_str()), name.patronymic.as_deref()]
        .into_iter()
        .flatten()
        .map(|word| initial(&word.to_lowercase()))
        .collect::<String>();
    format!("{}-{initials}", surname.trim_matches('-'))
}

fn latin(letter: char) -> String {
    const LETTERS: &[&str] = &[
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
        "f", "h", "c", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya",
    ];
    match letter {
        'а'..='я' => LETTERS[letter as usize - 'а' as usize].to_owned(),
        'ё' => "e".to_owned(),
        'a'..='z' | '-' => letter.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_made_from_the_name() {
        let name = FullName::new("Семёнова", "Есения", Some("Филимоновна"));
        assert_eq!(login_base(&name), "semenova-ef");
        assert_eq!(login_base(&FullName::new("Салтыков-Щедрин", "Юлий", None)), "saltykov-schedrin-yu");
    }
}
