//! One code for two databases.
//!
//! SQLite: a pool of readers and ONE writing connection whose transactions begin at once
//! (`BEGIN IMMEDIATE`), so that two writers never meet half way. PostgreSQL: one pool.
//! All SQL is written with `?` for values; for PostgreSQL they are numbered here (`$1`).

use anyhow::{Context, bail};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, DbErr, FromQueryResult, IsolationLevel, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait, Value,
};
use std::cell::Cell;
use std::path::Path;

/// The two ends of the database.
#[derive(Clone)]
pub struct Db {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
}

/// A transaction that writes.
pub type Tx = DatabaseTransaction;

impl Db {
    /// Opens the SQLite file in the data folder, making it if absent.
    pub async fn open_sqlite(file: &Path) -> anyhow::Result<Self> {
        let url = format!("sqlite://{}?mode=rwc", file.display());
        let writer = Database::connect(sqlite_options(&url, 1))
            .await
            .with_context(|| format!("не открывается файл базы {}", file.display()))?;
        let readers = Database::connect(sqlite_options(&url, 8)).await?;
        Ok(Self { readers, writer })
    }

    /// Opens a PostgreSQL database by its address and refuses one that can't compare Russian letters.
    pub async fn open_postgres(url: &str) -> anyhow::Result<Self> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(16).min_connections(1).sqlx_logging(false);
        options.map_sqlx_postgres_opts(|options| options.options([("plan_cache_mode", "force_custom_plan")]));
        let pool = Database::connect(options).await.context("нет связи с базой PostgreSQL")?;
        let knows_russian: Option<Flag> = one(&pool, "SELECT lower('Ё') = 'ё' AS flag", vec![]).await?;
        if !knows_russian.is_some_and(|row| row.flag) {
            bail!(
                "база PostgreSQL создана без русской локали: создайте её с кодировкой UTF8 и локалью ICU ru-RU"
            );
        }
        Ok(Self { readers: pool.clone(), writer: pool })
    }

    /// Where pages read from.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// Begins a writing transaction.
    pub async fn begin(&self) -> Result<Tx, DbErr> {
        self.writer
            .begin_with_options(TransactionOptions {
                isolation_level: None::<IsolationLevel>,
                access_mode: None::<AccessMode>,
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            })
            .await
    }

    /// The name of the database for `/healthz`.
    pub fn name(&self) -> &'static str {
        match self.writer.get_database_backend() {
            DbBackend::Postgres => "postgresql",
            _ => "sqlite",
        }
    }

    /// Runs a statement outside a transaction: only for backup and maintenance.
    pub async fn maintain(&self, sql: &str) -> Result<(), DbErr> {
        self.writer.execute_unprepared(sql).await.map(|_| ())
    }

    /// Closes both ends and waits for what is under way.
    pub async fn close(self) -> Result<(), DbErr> {
        self.readers.close().await?;
        self.writer.close().await
    }
}

#[derive(FromQueryResult)]
struct Flag {
    flag: bool,
}

fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).min_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|options| {
        options
            .foreign_keys(true)
            .busy_timeout(std::time::Duration::from_secs(10))
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("cache_size", "-65536")
            .pragma("mmap_size", "268435456")
            .pragma("secure_delete", "ON")
    });
    options
}

/// A text of SQL that grows with its values.
#[derive(Clone, Debug, Default)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// Adds text with the values of its question marks.
    #[must_use]
    pub fn and(mut self, text: &str, values: impl IntoIterator<Item = Value>) -> Self {
        self.text.push(' ');
        self.text.push_str(text);
        self.values.extend(values);
        self
    }

    /// Puts text without values before and after: a query of this query.
    #[must_use]
    pub fn around(mut self, before: &str, after: &str) -> Self {
        self.text = format!("{before}{}{after}", self.text);
        self
    }

    /// Adds text only if the value is there.
    #[must_use]
    pub fn and_some<V: Into<Value>>(self, value: Option<V>, text: &str) -> Self {
        match value {
            Some(value) => self.and(text, [value.into()]),
            None => self,
        }
    }

    /// Adds `prefix IN (…)`; an empty list is never true.
    #[must_use]
    pub fn and_in<V: Into<Value>>(self, prefix: &str, list: impl IntoIterator<Item = V>) -> Self {
        let values: Vec<Value> = list.into_iter().map(Into::into).collect();
        if values.is_empty() {
            return self.and(&format!("{} 1 = 0", prefix_word(prefix)), []);
        }
        let marks = vec!["?"; values.len()].join(", ");
        self.and(&format!("{prefix} IN ({marks})"), values)
    }

    pub async fn all<T: FromQueryResult>(self, connection: &impl ConnectionTrait) -> Result<Vec<T>, DbErr> {
        all(connection, &self.text, self.values).await
    }

    pub async fn one<T: FromQueryResult>(
        self,
        connection: &impl ConnectionTrait,
    ) -> Result<Option<T>, DbErr> {
        one(connection, &self.text, self.values).await
    }

    pub async fn count(self, connection: &impl ConnectionTrait) -> Result<u64, DbErr> {
        count(connection, &self.text, self.values).await
    }
}

/// «AND x.id» becomes «AND», «x.id» becomes nothing: what stands before a condition.
fn prefix_word(prefix: &str) -> &str {
    let first = prefix.split_whitespace().next().unwrap_or_default();
    if matches!(first, "AND" | "OR" | "WHERE") { first } else { "" }
}

/// All rows of a query.
pub async fn all<T: FromQueryResult>(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>, DbErr> {
    T::find_by_statement(statement(connection, sql, values)).all(connection).await
}

/// The first row of a query.
pub async fn one<T: FromQueryResult>(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<T>, DbErr> {
    T::find_by_statement(statement(connection, sql, values)).one(connection).await
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// The number called `n` of a query's first row.
pub async fn count(connection: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<u64, DbErr> {
    let row: Option<Count> = one(connection, sql, values).await?;
    Ok(row.map_or(0, |row| u64::try_from(row.n).unwrap_or(0)))
}

/// Runs a statement and tells how many rows it touched.
pub async fn exec(connection: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<u64, DbErr> {
    Ok(connection.execute_raw(statement(connection, sql, values)).await?.rows_affected())
}

fn statement(connection: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    // Nobody counts outside of tests: then there is nothing to raise.
    let _ = STATEMENTS.try_with(|count| count.set(count.get() + 1));
    // SQLite takes bare question marks in their order. A number would be a name to it, looked up one by one from the
    // beginning for every value: quadratic in the length of a list.
    match connection.get_database_backend() {
        DbBackend::Sqlite => Statement::from_sql_and_values(DbBackend::Sqlite, sql, values),
        backend => Statement::from_sql_and_values(backend, numbered(sql), values),
    }
}

tokio::task_local! {
    static STATEMENTS: Cell<u32>;
}

/// Does the work and tells how many statements it sent to the database: tests hold pages to it.
pub async fn counted<F: Future>(work: F) -> (F::Output, u32) {
    STATEMENTS
        .scope(Cell::new(0), async {
            let output = work.await;
            (output, STATEMENTS.with(Cell::get))
        })
        .await
}

/// `?` → `$1`, `$2`, … outside of quotes.
fn numbered(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len() + 16);
    let (mut number, mut quoted) = (0_u32, false);
    for letter in sql.chars() {
        match letter {
            '\'' => {
                quoted = !quoted;
                text.push(letter);
            }
            '?' if !quoted => {
                number += 1;
                text.push('$');
                text.push_str(&number.to_string());
            }
            _ => text.push(letter),
        }
    }
    text
}

/// `values![a, b]`: values of a statement in the order of its question marks.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$(sea_orm::Value::from($value)),*] };
}

/// What the database itself finds broken: nothing, if it is whole.
pub async fn complaints(db: &Db) -> Result<Vec<String>, DbErr> {
    if db.writer.get_database_backend() == DbBackend::Postgres {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for pragma in ["PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
        for row in db.writer.query_all_raw(Statement::from_string(DbBackend::Sqlite, pragma)).await? {
            let text: String = row.try_get_by_index(0)?;
            if text != "ok" {
                found.push(text);
            }
        }
    }
    Ok(found)
}

/// Holds every other process off the schema until the transaction ends. SQLite's immediate
/// transaction already does.
pub async fn take_schema_lock(tx: &Tx) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(548)").await?;
    }
    Ok(())
}

/// Locks a row against other writers until the transaction ends and tells if it exists. On SQLite the
/// writing transaction is alone anyway. `table` is a name from our own code, never from a request.
pub async fn lock_row(tx: &Tx, table: &'static str, id: uuid::Uuid) -> Result<bool, DbErr> {
    let suffix = if tx.get_database_backend() == DbBackend::Postgres { " FOR UPDATE" } else { "" };
    let sql = format!("SELECT 1 AS found FROM {table} WHERE id = ?{suffix}");
    Ok(tx.query_one_raw(statement(tx, &sql, vec![id.into()])).await?.is_some())
}

/// A `LIKE` pattern that finds the text anywhere; `%`, `_` and `\` in it mean themselves (use `ESCAPE '\'`).
pub fn contains_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_marks_are_numbered_outside_quotes() {
        assert_eq!(numbered("a = ? AND b = '?' AND c = ?"), "a = $1 AND b = '?' AND c = $2");
    }

    #[test]
    fn an_empty_list_finds_nothing() {
        let sql = Sql::new("SELECT 1 WHERE TRUE").and_in("AND id", Vec::<i64>::new());
        assert_eq!(sql.text, "SELECT 1 WHERE TRUE AND 1 = 0");
    }

    #[test]
    fn wild_cards_in_a_search_mean_themselves() {
        assert_eq!(contains_pattern("50%_"), "%50\\%\\_%");
    }
}
